/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/collection_parts.h"
#include "document/label.h"

#include "base/memory.h"
#include "record/access.h"

#include <math.h>
#include <string.h>

/* ---- benchmarks ---- */
/* A part of a key: parts cannot run into each other, and a missing one is not an empty one. */
static void add_part(struct buffer *key, struct slice part)
{
    char there = part.data != NULL;
    buffer_add_char(key, there);
    if (!there)
        return;
    buffer_add(key, &part.size, sizeof part.size);
    buffer_add_slice(key, part);
}

static uint32_t benchmark_of(struct collection *collection, const struct report_result *result)
{
    struct arena *line = &collection->line;
    struct buffer *key = &collection->key;
    buffer_reset(key);
    for (size_t i = 0; i < result->suite_count; i++)
        add_part(key, result->suites[i]);
    buffer_add_char(key, ';');
    add_part(key, result->name);
    for (size_t i = 0; i < result->param_count; i++) {
        add_part(key, result->params[i].name);
        add_part(key, result->params[i].value);
    }
    buffer_add_char(key, ';');
    add_part(key, result->model_id);
    add_part(key, result->modality);
    uint32_t index = dictionary_id(&collection->keys, buffer_slice(key));
    if (index < collection->benchmark_count)
        return index;

    struct slice suites = benchmark_suites(result, line), params = benchmark_params(result, line);
    MEMORY_GROW(
        collection->benchmarks, collection->benchmark_count, collection->benchmark_capacity);
    collection->benchmarks[collection->benchmark_count++] = (struct benchmark){
        .label = collection_keep(collection, benchmark_label(result, suites, params, line)),
        .suite = collection_keep(collection, suites),
        .name = collection_keep(collection, result->name),
        .params = collection_keep(collection, params),
        .model = collection_keep(collection, result->model_id),
        .modality = collection_keep(collection, result->modality)};
    return index;
}

/* The number of a key made of numbers. */
static uint32_t number_of(struct dictionary *names, const uint32_t *key, size_t count)
{
    return dictionary_id(names, (struct slice){(const char *)key, count * sizeof *key});
}

/* So many are looked through by hand; the others are found by their keys. */
enum { NEAR = 16 };

static struct side *add_side(
    struct collection *collection, uint32_t index, uint32_t variant, uint32_t labels)
{
    struct benchmark *benchmark = &collection->benchmarks[index];
    struct side *side = arena_zero(&collection->arena, 1, sizeof *side);
    side->number = collection->side_count++;
    side->variant = variant;
    side->labels = labels;
    if (benchmark->last)
        benchmark->last->next = side;
    else
        benchmark->sides = side;
    benchmark->last = side;
    benchmark->side_count++;
    return side;
}

static struct side *side_of(
    struct collection *collection, uint32_t index, uint32_t variant, uint32_t labels)
{
    const uint32_t key[] = {index, variant, labels};
    unsigned seen = 0;
    struct side *side = collection->benchmarks[index].sides;
    for (; side && seen < NEAR; side = side->next, seen++)
        if (side->variant == variant && side->labels == labels)
            return side;
    if (seen < NEAR)
        return add_side(collection, index, variant, labels);
    uint32_t number = number_of(&collection->side_keys, key, ARRAY_SIZE(key));
    if (number == collection->far_side_count) {
        MEMORY_GROW(
            collection->far_sides, collection->far_side_count, collection->far_side_capacity);
        collection->far_sides[collection->far_side_count++] =
            add_side(collection, index, variant, labels);
    }
    return collection->far_sides[number];
}

static struct series *add_series(struct collection *collection, struct side *side,
    const struct metric *metric, uint32_t name, uint32_t unit)
{
    struct series *series = arena_zero(&collection->arena, 1, sizeof *series);
    *series = (struct series){
        .metric = name, .unit = unit, .better = metric->better, .last_run = UINT32_MAX};
    if (side->last)
        side->last->next = series;
    else
        side->series = series;
    side->last = series;
    side->series_count++;
    return series;
}

static struct series *series_of(
    struct collection *collection, struct side *side, const struct metric *metric)
{
    const uint32_t key[] = {side->number, collection_keep(collection, metric->name),
        collection_keep(collection, metric->unit)};
    unsigned seen = 0;
    struct series *series = side->series;
    for (; series && seen < NEAR; series = series->next, seen++)
        if (series->metric == key[1] && series->unit == key[2])
            return series;
    if (seen < NEAR)
        return add_series(collection, side, metric, key[1], key[2]);
    uint32_t number = number_of(&collection->series_keys, key, ARRAY_SIZE(key));
    if (number == collection->far_series_count) {
        MEMORY_GROW(
            collection->far_series, collection->far_series_count, collection->far_series_capacity);
        collection->far_series[collection->far_series_count++] =
            add_series(collection, side, metric, key[1], key[2]);
    }
    return collection->far_series[number];
}

static void add_values(
    struct collection *collection, struct series *series, const struct metric *metric)
{
    size_t wanted = series->count + metric->count;
    if (wanted > series->capacity) {
        size_t capacity = wanted > 2 * series->capacity ? wanted : 2 * series->capacity;
        double *larger = arena_take(&collection->arena, capacity * sizeof *larger);
        if (series->count)
            memcpy(larger, series->values, series->count * sizeof *larger);
        series->values = larger;
        series->capacity = capacity;
    }
    for (size_t i = 0; i < metric->count; i++) {
        if (isfinite(metric->samples[i]))
            series->values[series->count++] = metric->samples[i];
        else
            series->missing++;
    }
}

/* Its figures; nothing here asks for its percentiles. */
static void keep_summary(
    struct collection *collection, struct series *series, const struct metric_summary *summary)
{
    if (!series->summary)
        series->summary = arena_take(&collection->arena, sizeof *series->summary);
    *series->summary = *summary;
    series->summary->percentiles = NULL;
    series->summary->percentile_count = 0;
}

static void add_metrics(struct collection *collection, struct side *side,
    const struct report_result *result, uint32_t run)
{
    for (size_t i = 0; i < result->metric_count; i++) {
        const struct metric *metric = &result->metrics[i];
        struct series *series = series_of(collection, side, metric);
        add_values(collection, series, metric);
        if (metric->summary.present && metric->count == 0)
            keep_summary(collection, series, &metric->summary);
        series->runs += series->last_run != run;
        series->last_run = run;
        series->repetitions++;
    }
}

/* ---- models ---- */
static void fill_text(struct collection *collection, uint32_t *known, struct slice told)
{
    if (*known == NO_TEXT)
        *known = collection_keep(collection, told);
}

static void add_model(struct collection *collection, const struct report_result *result)
{
    uint32_t id = collection_keep(collection, result->model_id);
    if (id == NO_TEXT)
        return;
    while (collection->model_of_text_count <= id) {
        size_t count = collection->model_of_text_count ? 2 * collection->model_of_text_count : 64;
        collection->model_of_text =
            memory_resize(collection->model_of_text, count, sizeof *collection->model_of_text);
        memset(collection->model_of_text + collection->model_of_text_count, 0,
            (count - collection->model_of_text_count) * sizeof *collection->model_of_text);
        collection->model_of_text_count = count;
    }
    if (collection->model_of_text[id] == 0) {
        MEMORY_GROW(collection->models, collection->model_count, collection->model_capacity);
        collection->models[collection->model_count++] =
            (struct model){id, NAN, NO_TEXT, NO_TEXT, NO_TEXT, NO_TEXT};
        collection->model_of_text[id] = (uint32_t)collection->model_count;
    }
    struct model *model = &collection->models[collection->model_of_text[id] - 1];
    collection_fill(&model->size, result->model_size_bytes);
    fill_text(collection, &model->family, result->model_family);
    fill_text(collection, &model->variant, result->model_variant);
    fill_text(collection, &model->framework, result->model_framework);
    fill_text(collection, &model->quantization, result->model_quantization);
}

const struct model *collection_model(const struct collection *collection, uint32_t id)
{
    if (id >= collection->model_of_text_count || collection->model_of_text[id] == 0)
        return NULL;
    return &collection->models[collection->model_of_text[id] - 1];
}

/* ---- results ---- */
/* The first or last bytes of a text, whole characters (and lines) where it had to be cut. */
static struct slice head(struct slice text, size_t limit)
{
    if (text.size <= limit)
        return text;
    while (limit > 0 && ((unsigned char)text.data[limit] & 0xC0) == 0x80)
        limit--;
    return (struct slice){text.data, limit};
}

static struct slice tail(struct slice text, size_t limit)
{
    if (text.size <= limit)
        return text;
    size_t start = text.size - limit;
    const char *newline = memchr(text.data + start, '\n', limit - 1);
    if (newline)
        start = (size_t)(newline - text.data) + 1;
    while (start < text.size && ((unsigned char)text.data[start] & 0xC0) == 0x80)
        start++;
    return (struct slice){text.data + start, text.size - start};
}

static const struct item_failure *failure_of(
    struct collection *collection, const struct failure *failure)
{
    if (!failure->present)
        return NULL;
    struct item_failure *kept = arena_zero(&collection->arena, 1, sizeof *kept);
    struct slice end = tail(failure->stderr_end, STDERR_KEPT);
    *kept = (struct item_failure){.exit_status = failure->exit_status,
        .signal = failure->signal,
        .timed_out = failure->timed_out,
        .stderr_end = end.size ? arena_slice(&collection->arena, end) : (struct slice){NULL, 0},
        .stderr_cut = end.size < failure->stderr_end.size};
    return kept;
}

static void add_health(
    struct collection *collection, struct item *item, const struct health *health)
{
    item->ram = health->ram_available_bytes;
    item->swap = health->swap_used_bytes;
    item->zombies = health->zombies;
    item->load = health->load[0];
    item->flags_known = health->flags_known;
    if (health->flag_count == 0)
        return;
    uint32_t *flags = arena_zero(&collection->arena, health->flag_count, sizeof *flags);
    for (size_t i = 0; i < health->flag_count; i++)
        if (health->flags[i].flag.data)
            flags[item->flag_count++] = collection_keep(collection, health->flags[i].flag);
    item->flags = flags;
}

static double time_of(const struct report_result *result)
{
    const struct metric *duration = report_metric(result, "duration");
    if (duration && duration->count == 1 && slice_is(duration->unit, "s") &&
        isfinite(duration->samples[0]))
        return duration->samples[0];
    return result->ended_ts - result->started_ts;
}

/* The result that this line is a further part of, or NULL. */
static struct item *item_of_part(struct collection *collection, const struct report_result *result,
    uint32_t run, const struct side *side)
{
    uint32_t repetition = isfinite(result->repetition) ? (uint32_t)result->repetition : 0;
    const uint32_t key[] = {run, side->number, repetition};
    if (!(result->part >= 0))
        return NULL;
    uint32_t number = number_of(&collection->part_keys, key, ARRAY_SIZE(key));
    if (number < collection->part_count)
        return &collection->items[collection->part_items[number]];
    MEMORY_GROW(collection->part_items, collection->part_count, collection->part_capacity);
    collection->part_items[collection->part_count++] = (uint32_t)collection->item_count;
    return NULL;
}

static double sum(double a, double b)
{
    return isnan(a) ? b : isnan(b) ? a : a + b;
}

static void join_flags(struct collection *collection, struct item *item, const struct item *part)
{
    item->flags_known = item->flags_known || part->flags_known;
    if (part->flag_count == 0)
        return;
    uint32_t *flags =
        arena_zero(&collection->arena, item->flag_count + part->flag_count, sizeof *flags);
    if (item->flag_count)
        memcpy(flags, item->flags, item->flag_count * sizeof *flags);
    for (uint32_t i = 0; i < part->flag_count; i++) {
        uint32_t known = 0;
        while (known < item->flag_count && flags[known] != part->flags[i])
            known++;
        if (known == item->flag_count)
            flags[item->flag_count++] = part->flags[i];
    }
    item->flags = flags;
}

/* A later part: the result is as bad as its worst part, and as long as all of them. What is not
 * known is NaN, of which fmin and fmax take the other. */
static void join(struct collection *collection, struct item *item, const struct item *part)
{
    static const int badness[] = {
        [OUTCOME_SKIPPED] = 0, [OUTCOME_PASSED] = 1, [OUTCOME_FAILED] = 2, [OUTCOME_ERROR] = 3};
    if (badness[part->outcome] > badness[item->outcome]) {
        item->outcome = part->outcome;
        item->reason = part->reason;
        item->failure = part->failure;
        item->line = part->line;
    }
    item->time = sum(item->time, part->time);
    item->started = fmin(item->started, part->started);
    item->ended = fmax(item->ended, part->ended);
    item->ram = fmin(item->ram, part->ram);
    item->swap = fmax(item->swap, part->swap);
    item->zombies = fmax(item->zombies, part->zombies);
    item->load = fmax(item->load, part->load);
    join_flags(collection, item, part);
}

static void add_item(struct collection *collection, const struct report_result *result,
    const struct item *item, const struct side *side)
{
    struct item *whole = item_of_part(collection, result, item->run, side);
    if (whole) {
        join(collection, whole, item);
        return;
    }
    MEMORY_GROW(collection->items, collection->item_count, collection->item_capacity);
    collection->items[collection->item_count++] = *item;
    collection->runs[item->run].results++;
}

static void note_metrics(struct benchmark *benchmark, const struct report_result *result)
{
    for (size_t i = 0; i < result->metric_count; i++) {
        bool duration = slice_is(result->metrics[i].name, "duration");
        benchmark->measured = true;
        benchmark->timed = benchmark->timed || duration;
        benchmark->performed = benchmark->performed || !duration;
    }
}

static int add_result(
    struct collection *collection, const struct record *record, struct error *error)
{
    struct report_result result;
    if (report_result_read(&result, record, &collection->line, error) != 0)
        return -1;
    uint32_t run = collection_run(collection, result.run_id);
    uint32_t index = benchmark_of(collection, &result);
    struct side *side = side_of(collection, index, collection_keep(collection, result.variant),
        collection_label_set(collection, &result));
    note_metrics(&collection->benchmarks[index], &result);
    if (result.outcome == OUTCOME_PASSED)
        add_metrics(collection, side, &result, run);
    add_model(collection, &result);
    collection_add_system(collection, &collection->runs[run], record->document);
    struct item item = {.run = run,
        .benchmark = index,
        .variant = side->variant,
        .side = side,
        .reason = collection_keep(collection, head(result.reason, REASON_KEPT)),
        .outcome = result.outcome,
        .time = time_of(&result),
        .started = result.started_ts,
        .ended = result.ended_ts,
        .failure = failure_of(collection, &result.failure),
        .host = collection_keep(
            collection, access_text(record->document, ACCESS_ROOT, "host", &collection->line)),
        .file = collection_file(collection, record->file)->name,
        .line = record->line};
    add_health(collection, &item, &result.health);
    add_item(collection, &result, &item, side);
    return 0;
}

void collection_init(struct collection *collection)
{
    *collection = (struct collection){.items = NULL};
}

void collection_finish(struct collection *collection)
{
    collection_name_sides(collection);
    readings_finish(&collection->readings);
}

void collection_release(struct collection *collection)
{
    arena_release(&collection->arena);
    arena_release(&collection->line);
    buffer_release(&collection->key);
    dictionary_release(&collection->texts);
    dictionary_release(&collection->keys);
    dictionary_release(&collection->label_sets);
    dictionary_release(&collection->side_keys);
    dictionary_release(&collection->series_keys);
    dictionary_release(&collection->part_keys);
    free(collection->part_items);
    free(collection->far_sides);
    free(collection->far_series);
    dictionary_release(&collection->run_ids);
    readings_release(&collection->readings);
    free(collection->benchmarks);
    free(collection->items);
    free(collection->models);
    free(collection->model_of_text);
    free(collection->runs);
    free(collection->files);
    free(collection->remarks);
}

int collection_add(struct collection *collection, const struct record *record, struct error *error)
{
    int result = 0;
    arena_reset(&collection->line);
    if (record->kind == RECORD_RUN)
        result = collection_add_run(collection, record, error);
    else if (record->kind == RECORD_RESULT)
        result = add_result(collection, record, error);
    else if (record->kind == RECORD_END)
        collection_add_end(collection, record);
    else if (record->kind == RECORD_READING)
        readings_add(&collection->readings, record);
    if (result != 0)
        return -1;
    /* A derived run line stands for no line of the file. */
    if (record->derived)
        return 0;
    struct input_file *file = collection_file(collection, record->file);
    file->lines++;
    if (record->version >= 0)
        file->versions |= 1u << record->version;
    collection->kinds[record->kind]++;
    return 0;
}
