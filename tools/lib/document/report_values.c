/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/report_parts.h"

#include "base/memory.h"
#include "document/character.h"
#include "document/markdown.h"
#include "stats/order.h"
#include "json/writer.h"

#include <string.h>

void add_text(
    struct report_builder *builder, struct view *object, const char *key, struct slice text)
{
    /* One that is set to null hides what a section further out calls by the same name. */
    static const struct view missing = {.type = VIEW_NULL};
    view_set(builder->arena, object, key, text.data ? view_slice(builder->arena, text) : &missing);
}

void add_text_id(struct report_builder *builder, struct view *object, const char *key, uint32_t id)
{
    add_text(builder, object, key, collection_text(builder->collection, id));
}

void add_count(struct report_builder *builder, struct view *object, const char *key, uint64_t count)
{
    view_set(builder->arena, object, key, view_integer(builder->arena, (int64_t)count));
}

void add_flag(struct report_builder *builder, struct view *object, const char *key, bool flag)
{
    view_set(builder->arena, object, key, view_bool(builder->arena, flag));
}

struct view *buffer_view(struct report_builder *builder)
{
    struct view *object = view_object(builder->arena);
    add_text(
        builder, object, "text", (struct slice){buffer_text(&builder->text), builder->text.size});
    buffer_reset(&builder->text);
    return object;
}

static const struct view *number_view(struct report_builder *builder, double value)
{
    if (!isfinite(value))
        return view_null(builder->arena);
    struct json_writer writer = json_writer(&builder->text, 0);
    json_write_double(&writer, value);
    const struct view *number = view_number(builder->arena, buffer_slice(&builder->text));
    buffer_reset(&builder->text);
    return number;
}

struct view *quantity_view(struct report_builder *builder, double value, struct slice unit)
{
    const struct view *number = number_view(builder, value);
    quantity_add(&builder->text, value, unit);
    struct view *object = buffer_view(builder);
    view_set(builder->arena, object, "value", number);
    add_text(builder, object, "unit", unit);
    return object;
}

void add_quantity(struct report_builder *builder, struct view *object, const char *key,
    double value, const char *unit)
{
    view_set(builder->arena, object, key, quantity_view(builder, value, slice_of(unit)));
}

/* ---- names ---- */
/* What a lambda that shows a text in some form needs. */
struct shown {
    struct view_lambda lambda;
    struct slice text;
    void (*show)(struct buffer *out, struct slice text);
};

static int show(
    void *context, const struct view_call *call, struct buffer *out, struct error *error)
{
    const struct shown *shown = context;
    (void)call;
    (void)error;
    shown->show(out, shown->text);
    return 0;
}

/* The forms are made when a template asks for them, since few of them are. */
static void add_shown(struct report_builder *builder, struct view *object, const char *key,
    struct slice text, void (*form)(struct buffer *out, struct slice text))
{
    struct shown *shown = arena_take(builder->arena, sizeof *shown);
    *shown = (struct shown){{show, shown, true}, text, form};
    view_set(builder->arena, object, key, view_lambda(builder->arena, &shown->lambda));
}

static void show_name(struct buffer *out, struct slice name, bool in_cell)
{
    struct slice head = text_head(name, SHOWN_NAME);
    if (name.size == 0)
        buffer_add_text(out, "(empty)");
    markdown_code(out, head, in_cell);
    if (head.size == name.size)
        return;
    buffer_add_text(out, "\xE2\x80\xA6 (");
    quantity_add_count(out, text_length(name));
    buffer_add_text(out, " characters)");
}

static void show_code(struct buffer *out, struct slice name)
{
    show_name(out, name, false);
}

static void show_cell(struct buffer *out, struct slice name)
{
    show_name(out, name, true);
}

static void show_block(struct buffer *out, struct slice text)
{
    markdown_block(out, text, "");
}

struct view *name_view(struct report_builder *builder, struct slice name)
{
    struct view *object = view_object(builder->arena);
    struct view *text = view_slice(builder->arena, name);
    view_set(builder->arena, object, "text", text);
    add_shown(builder, object, "code", text->as.text, show_code);
    add_shown(builder, object, "cell", text->as.text, show_cell);
    return object;
}

void add_name(
    struct report_builder *builder, struct view *object, const char *key, struct slice name)
{
    if (name.data)
        view_set(builder->arena, object, key, name_view(builder, name));
    else
        add_text(builder, object, key, name);
}

void add_block(
    struct report_builder *builder, struct view *object, const char *key, struct slice text)
{
    if (text.data)
        add_shown(builder, object, key, arena_slice(builder->arena, text), show_block);
}

/* Words that are read letter by letter. */
static bool is_acronym(struct slice word)
{
    static const char *const known[] = {
        "cpu", "e2e", "gpu", "id", "io", "ipc", "ram", "rss", "tpot", "tps", "ttft"};
    for (size_t i = 0; i < ARRAY_SIZE(known); i++)
        if (slice_is(word, known[i]))
            return true;
    return false;
}

static void raise(char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text[i] >= 'a' && text[i] <= 'z')
            text[i] = (char)(text[i] - 'a' + 'A');
}

struct slice title_of(struct report_builder *builder, struct slice name)
{
    char *title = arena_text_n(builder->arena, name.data, name.size);
    size_t start = 0;
    for (size_t i = 0; i <= name.size; i++) {
        if (i < name.size && title[i] != '_')
            continue;
        if (is_acronym((struct slice){title + start, i - start}))
            raise(title + start, i - start);
        else if (start == 0 && i > 0)
            raise(title, 1);
        if (i < name.size)
            title[i] = ' ';
        start = i + 1;
    }
    return (struct slice){title, name.size};
}

/* ---- models and modalities ---- */
struct slice model_name(struct slice id)
{
    size_t start = id.size;
    if (id.size > 0 && id.data[0] == '/') {
        /* A folder on the machine: its last part. */
        while (start > 1 && id.data[start - 1] == '/')
            start--;
        size_t end = start;
        while (start > 0 && id.data[start - 1] != '/')
            start--;
        return (struct slice){id.data + start, end - start};
    }
    const char *slash = id.size ? memchr(id.data, '/', id.size) : NULL;
    start = slash && (size_t)(slash - id.data) + 1 < id.size ? (size_t)(slash - id.data) + 1 : 0;
    return (struct slice){id.data + start, id.size - start};
}

void model_names_find(struct report_builder *builder)
{
    const struct collection *collection = builder->collection;
    struct dictionary names = {.texts = NULL};
    uint32_t *uses = memory_zero(collection->model_count + 1, sizeof *uses);
    builder->model_names =
        arena_zero(builder->arena, collection->model_count, sizeof *builder->model_names);
    for (size_t i = 0; i < collection->model_count; i++)
        uses[dictionary_id(
            &names, model_name(collection_text(collection, collection->models[i].id)))]++;
    for (size_t i = 0; i < collection->model_count; i++) {
        struct slice full = collection_text(collection, collection->models[i].id);
        struct slice name = model_name(full);
        builder->model_names[i] = uses[dictionary_id(&names, name)] > 1 ? full : name;
    }
    free(uses);
    dictionary_release(&names);
}

struct slice model_shown(struct report_builder *builder, uint32_t id)
{
    const struct model *model = collection_model(builder->collection, id);
    return model ? builder->model_names[model - builder->collection->models]
                 : (struct slice){NULL, 0};
}

struct slice modality_shown(struct report_builder *builder, uint32_t id)
{
    return id == NO_TEXT ? (struct slice){NULL, 0}
                         : title_of(builder, collection_text(builder->collection, id));
}

int modality_rank(const struct report_builder *builder, uint32_t id)
{
    static const char *const order[] = {"vision", "text", "audio", "video"};
    struct slice modality = collection_text(builder->collection, id);
    for (int i = 0; i < (int)ARRAY_SIZE(order); i++)
        if (modality.data && slice_is(modality, order[i]))
            return i;
    return ARRAY_SIZE(order) + (id == NO_TEXT);
}

/* ---- numbers ---- */
double median_of(struct report_builder *builder, const double *values, size_t count)
{
    struct samples samples;
    double median = NAN;
    arena_reset(&builder->scratch);
    if (samples_prepare(&samples, values, count, &builder->scratch, NULL) == 0)
        median = order_median(&samples);
    return median;
}

int name_compare(struct slice a, struct slice b)
{
    for (size_t i = 0; i < a.size && i < b.size; i++) {
        unsigned char x = (unsigned char)a.data[i], y = (unsigned char)b.data[i];
        x = x >= 'A' && x <= 'Z' ? (unsigned char)(x | 0x20) : x;
        y = y >= 'A' && y <= 'Z' ? (unsigned char)(y | 0x20) : y;
        if (x != y)
            return x < y ? -1 : 1;
    }
    if (a.size != b.size)
        return a.size < b.size ? -1 : 1;
    return slice_compare(a, b);
}

void numbers_add(struct numbers *numbers, double value)
{
    if (!isfinite(value))
        return;
    MEMORY_GROW(numbers->values, numbers->count, numbers->capacity);
    numbers->values[numbers->count++] = value;
}

void numbers_release(struct numbers *numbers)
{
    free(numbers->values);
    *numbers = (struct numbers){NULL, 0, 0};
}

void extent_add(struct extent *extent, double value)
{
    if (!isfinite(value))
        return;
    if (extent->count == 0 || value < extent->least)
        extent->least = value;
    if (extent->count == 0 || value > extent->most)
        extent->most = value;
    extent->sum += value;
    extent->count++;
}
