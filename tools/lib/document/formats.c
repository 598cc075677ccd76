/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/formats.h"

#include "document/format_table.h"
#include "document/markdown.h"
#include "document/mustache.h"
#include "document/quantity.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One form: what it does with the expanded text of its section. */
typedef int form(struct buffer *out, struct slice text, struct error *error);

/* ---- texts ---- */
static int as_code(struct buffer *out, struct slice text, struct error *error)
{
    (void)error;
    markdown_code(out, text, false);
    return 0;
}

static int as_cell(struct buffer *out, struct slice text, struct error *error)
{
    (void)error;
    markdown_code(out, text, true);
    return 0;
}

static int as_text(struct buffer *out, struct slice text, struct error *error)
{
    (void)error;
    markdown_text(out, text);
    return 0;
}

static int as_html(struct buffer *out, struct slice text, struct error *error)
{
    (void)error;
    mustache_escape_html(out, text);
    return 0;
}

static int as_block(struct buffer *out, struct slice text, struct error *error)
{
    (void)error;
    markdown_block(out, text, "");
    return 0;
}

static int as_comment(struct buffer *out, struct slice text, struct error *error)
{
    (void)error;
    markdown_comment(out, slice_trim(text));
    return 0;
}

static int as_anchor(struct buffer *out, struct slice text, struct error *error)
{
    (void)error;
    markdown_anchor(out, slice_trim(text));
    return 0;
}

static int as_link(struct buffer *out, struct slice text, struct error *error)
{
    struct slice both = slice_trim(text);
    const char *blank = both.size ? memchr(both.data, ' ', both.size) : NULL;
    if (!blank)
        return error_set(error, ERROR_CONTENT,
            "\"%.*s\" is no link; expected a target, a blank and the text to show",
            (int)(both.size < 100 ? both.size : 100), both.data);
    size_t size = (size_t)(blank - both.data);
    markdown_link(
        out, slice_trim((struct slice){blank, both.size - size}), (struct slice){both.data, size});
    return 0;
}

/* ---- numbers ---- */
static int number_of(double *value, struct slice text, struct error *error)
{
    char copy[64], *end = copy;
    struct slice number = slice_trim(text);
    *value = NAN;
    if (number.size == 0 || slice_is(number, QUANTITY_UNKNOWN))
        return 0;
    if (number.size < sizeof copy) {
        memcpy(copy, number.data, number.size);
        copy[number.size] = '\0';
        *value = strtod(copy, &end);
    }
    if (end != copy && *end == '\0' && isfinite(*value))
        return 0;
    return error_set(error, ERROR_CONTENT, "\"%.*s\" is no number; expected one in this form",
        (int)(number.size < 100 ? number.size : 100), number.data);
}

static int add_quantity_of(
    struct buffer *out, struct slice text, const char *unit, struct error *error)
{
    double value;
    if (number_of(&value, text, error) != 0)
        return -1;
    quantity_add(out, value, slice_of(unit));
    return 0;
}

static int as_number(struct buffer *out, struct slice text, struct error *error)
{
    return add_quantity_of(out, text, "1", error);
}

static int as_duration(struct buffer *out, struct slice text, struct error *error)
{
    return add_quantity_of(out, text, "s", error);
}

static int as_bytes(struct buffer *out, struct slice text, struct error *error)
{
    return add_quantity_of(out, text, "By", error);
}

static int as_quantity(struct buffer *out, struct slice text, struct error *error)
{
    struct slice both = slice_trim(text);
    double value;
    const char *blank = both.size ? memchr(both.data, ' ', both.size) : NULL;
    size_t size = blank ? (size_t)(blank - both.data) : both.size;
    if (number_of(&value, (struct slice){both.data, size}, error) != 0)
        return -1;
    quantity_add(out, value, slice_trim((struct slice){both.data + size, both.size - size}));
    return 0;
}

static int as_share(struct buffer *out, struct slice text, struct error *error)
{
    double value;
    if (number_of(&value, text, error) != 0)
        return -1;
    quantity_add_share(out, value);
    return 0;
}

static int as_percent(struct buffer *out, struct slice text, struct error *error)
{
    double value;
    if (number_of(&value, text, error) != 0)
        return -1;
    quantity_add_change(out, value);
    return 0;
}

static int as_ratio(struct buffer *out, struct slice text, struct error *error)
{
    double value;
    if (number_of(&value, text, error) != 0)
        return -1;
    quantity_add_ratio(out, value);
    return 0;
}

/* The next word of a text that blanks and commas part. */
static struct slice next_word(struct slice *text)
{
    while (text->size && strchr(" \t\r\n,", text->data[0]))
        *text = (struct slice){text->data + 1, text->size - 1};
    size_t size = 0;
    while (size < text->size && !strchr(" \t\r\n,", text->data[size]))
        size++;
    struct slice word = {text->data, size};
    *text = (struct slice){text->data + size, text->size - size};
    return word;
}

static int as_sparkline(struct buffer *out, struct slice text, struct error *error)
{
    enum { LEVELS = 8 };
    double least = INFINITY, most = -INFINITY, value;
    struct slice rest = text;
    for (struct slice word; (word = next_word(&rest)).size > 0;) {
        if (number_of(&value, word, error) != 0)
            return -1;
        if (value < least)
            least = value;
        if (value > most)
            most = value;
    }
    rest = text;
    for (struct slice word; (word = next_word(&rest)).size > 0;) {
        if (number_of(&value, word, error) != 0)
            return -1;
        int level = most > least ? (int)((value - least) / (most - least) * (LEVELS - 1) + 0.5)
                                 : LEVELS / 2;
        if (isnan(value))
            buffer_add_char(out, ' ');
        else
            buffer_add_format(out, "\xE2\x96%c", 0x81 + level);
    }
    return 0;
}

/* ---- the lambdas ---- */
static int call_form(
    void *context, const struct view_call *call, struct buffer *out, struct error *error)
{
    struct buffer text = {.ceiling = MUSTACHE_OUTPUT};
    form *const *function = context;
    if (!call->section)
        return error_set(error, ERROR_CONTENT,
            "a form without a section; expected {{#as.form}}text{{/as.form}}");
    int result = call->expand(call, &text, call->text, true, error);
    if (result == 0)
        result = (*function)(out, (struct slice){buffer_text(&text), text.size}, error);
    buffer_release(&text);
    return result;
}

static const struct {
    const char *name;
    form *function;
} forms[] = {{"code", as_code}, {"cell", as_cell}, {"text", as_text}, {"html", as_html},
    {"block", as_block}, {"comment", as_comment}, {"anchor", as_anchor}, {"link", as_link},
    {"number", as_number}, {"quantity", as_quantity}, {"duration", as_duration},
    {"bytes", as_bytes}, {"share", as_share}, {"percent", as_percent}, {"ratio", as_ratio},
    {"sparkline", as_sparkline}};

void formats_add(struct arena *arena, struct view *root)
{
    static const struct view_lambda table = {format_table, NULL, true};
    struct view *as = view_object(arena);
    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        struct view_lambda *lambda = arena_take(arena, sizeof *lambda);
        *lambda = (struct view_lambda){call_form, (void *)&forms[i].function, true};
        view_set(arena, as, forms[i].name, view_lambda(arena, lambda));
    }
    view_set(arena, as, "table", view_lambda(arena, &table));
    view_set(arena, root, "as", as);
}
