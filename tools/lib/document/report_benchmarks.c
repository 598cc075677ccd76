/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/report_parts.h"

#include "base/memory.h"
#include "stats/moments.h"
#include "stats/order.h"

#include <string.h>

/*
 * Benchmarks: what was measured, in samples. A row for each benchmark and
 * variant with its main metric, then all metrics; and variants side by side.
 */

/* Whether there is more to say than the tables of tests do. */
static bool is_shown(const struct benchmark *benchmark)
{
    if (!benchmark->measured)
        return false;
    if (!benchmark->timed || benchmark->side_count > 1)
        return true;
    for (const struct side *side = benchmark->sides; side; side = side->next)
        for (const struct series *series = side->series; series; series = series->next)
            if (series->count > 1 || side->variant != NO_TEXT)
                return true;
    return false;
}

static const struct series *named_series(
    const struct collection *collection, const struct side *side, const char *name)
{
    for (const struct series *series = side->series; series; series = series->next)
        if (slice_is(collection_text(collection, series->metric), name))
            return series;
    return NULL;
}

const struct series *main_series(
    const struct collection *collection, const struct benchmark *benchmark)
{
    static const char *const wanted[] = {"wall_time", "duration"};
    for (const struct side *side = benchmark->sides; side; side = side->next) {
        for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
            const struct series *series = named_series(collection, side, wanted[i]);
            if (series)
                return series;
        }
        for (const struct series *series = side->series; series; series = series->next)
            if (series->better != BETTER_NONE)
                return series;
        if (side->series)
            return side->series;
    }
    return NULL;
}

static const struct series *same_series(const struct side *side, const struct series *like)
{
    for (const struct series *series = side->series; series; series = series->next)
        if (series->metric == like->metric && series->unit == like->unit)
            return series;
    return NULL;
}

/* ---- figures of one series ---- */
static void add_spread(struct report_builder *builder, struct view *row, double cv)
{
    quantity_add_share(&builder->text, cv);
    view_set(builder->arena, row, "spread", buffer_view(builder));
}

static void add_summary(
    struct report_builder *builder, struct view *row, const struct series *series)
{
    const struct metric_summary *summary = series->summary;
    const char *unit =
        arena_text_n(builder->arena, collection_text(builder->collection, series->unit).data,
            collection_text(builder->collection, series->unit).size);
    if (isfinite(summary->n) && summary->n >= 0)
        add_count(builder, row, "n", (uint64_t)summary->n);
    add_quantity(builder, row, "median", summary->median, unit);
    add_quantity(builder, row, "mean", summary->mean, unit);
    add_spread(builder, row, summary->sd / fabs(summary->mean));
    quantity_add_range(&builder->text, summary->min, summary->max, slice_of(unit));
    view_set(builder->arena, row, "range", buffer_view(builder));
}

static void add_interval(struct report_builder *builder, struct view *row,
    const struct series *series, const struct samples *samples)
{
    struct slice unit = collection_text(builder->collection, series->unit);
    /* Samples of several runs are not one sample: their interval would be too narrow. */
    struct interval interval =
        series->runs > 1 ? interval_none() : order_median_interval(samples, REPORT_COVERAGE);
    quantity_add_interval(&builder->text, interval.low, interval.high, unit);
    view_set(builder->arena, row, "interval", buffer_view(builder));
}

static void add_figures(
    struct report_builder *builder, struct view *row, const struct series *series)
{
    struct slice unit = collection_text(builder->collection, series->unit);
    struct samples samples;
    arena_reset(&builder->scratch);
    if (samples_prepare(&samples, series->values, series->count, &builder->scratch, NULL) != 0)
        return;
    struct moments moments = moments_of(&samples);
    add_count(builder, row, "n", series->count);
    add_count(builder, row, "missing", series->missing);
    add_count(builder, row, "runs", series->runs);
    add_flag(builder, row, "has_missing", series->missing > 0);
    add_flag(builder, row, "several_runs", series->runs > 1);
    view_set(builder->arena, row, "median", quantity_view(builder, order_median(&samples), unit));
    view_set(builder->arena, row, "mean", quantity_view(builder, moments.mean, unit));
    add_interval(builder, row, series, &samples);
    add_spread(builder, row, moments.cv);
    quantity_add_range(&builder->text, samples.count ? samples.sorted[0] : NAN,
        samples.count ? samples.sorted[samples.count - 1] : NAN, unit);
    view_set(builder->arena, row, "range", buffer_view(builder));
}

static double series_median(struct report_builder *builder, const struct series *series)
{
    if (!series)
        return NAN;
    if (series->count == 0)
        return series->summary ? series->summary->median : NAN;
    return median_of(builder, series->values, series->count);
}

/* ---- rows ---- */
static struct view *benchmark_head(
    struct report_builder *builder, const struct benchmark *benchmark, uint32_t variant)
{
    const struct collection *collection = builder->collection;
    struct view *head = view_object(builder->arena);
    add_name(builder, head, "benchmark", collection_text(collection, benchmark->label));
    add_text_id(builder, head, "suite", benchmark->suite);
    add_text_id(builder, head, "name", benchmark->name);
    add_text_id(builder, head, "params", benchmark->params);
    add_text(builder, head, "model", model_shown(builder, benchmark->model));
    add_text(builder, head, "mode", modality_shown(builder, benchmark->modality));
    add_text_id(builder, head, "variant", variant);
    return head;
}

static const struct view *side_row(struct report_builder *builder,
    const struct benchmark *benchmark, const struct side *side, const struct series *about)
{
    struct view *row = benchmark_head(builder, benchmark, side->variant);
    const struct series *series = about ? same_series(side, about) : NULL;
    add_flag(builder, row, "none", series == NULL);
    if (!series)
        return row;
    add_text(builder, row, "metric",
        title_of(builder, collection_text(builder->collection, series->metric)));
    if (series->count == 0 && series->summary)
        add_summary(builder, row, series);
    else
        add_figures(builder, row, series);
    return row;
}

/* What the tables of benchmarks have columns for. */
struct shape {
    struct dictionary metrics;
    bool variants, models, modes;
};

static void add_shape(
    struct report_builder *builder, struct view *object, const struct shape *shape)
{
    add_flag(builder, object, "has_variants", shape->variants);
    add_flag(builder, object, "has_models", shape->models);
    add_flag(builder, object, "has_modes", shape->modes);
    add_flag(builder, object, "has_metrics", shape->metrics.count > 1);
    if (shape->metrics.count == 1)
        add_text(builder, object, "metric", title_of(builder, dictionary_text(&shape->metrics, 0)));
}

struct benchmark_rows {
    struct metric_columns columns;
    struct metric_grid grid;
    uint32_t *numbers;
    const struct view **heads;
    size_t count, capacity, head_capacity;
    struct shape shape;
};

static void add_benchmark(struct report_builder *builder, struct view *rows,
    struct benchmark_rows *all, const struct benchmark *benchmark)
{
    const struct series *about = main_series(builder->collection, benchmark);
    if (about)
        dictionary_id(&all->shape.metrics, collection_text(builder->collection, about->metric));
    all->shape.models = all->shape.models || benchmark->model != NO_TEXT;
    all->shape.modes = all->shape.modes || benchmark->modality != NO_TEXT;
    for (const struct side *side = benchmark->sides; side; side = side->next) {
        size_t count = all->count;
        if (!side->series)
            continue;
        all->shape.variants = all->shape.variants || side->variant != NO_TEXT;
        for (const struct series *series = side->series; series; series = series->next)
            metric_grid_add(
                &all->grid, side->number, metric_columns_add(&all->columns, series), series);
        MEMORY_GROW(all->numbers, count, all->capacity);
        MEMORY_GROW(all->heads, count, all->head_capacity);
        all->numbers[count] = side->number;
        all->heads[count] = benchmark_head(builder, benchmark, side->variant);
        all->count++;
        view_append(builder->arena, rows, side_row(builder, benchmark, side, about));
    }
}

void report_add_benchmarks(struct report_builder *builder, struct view *root)
{
    const struct collection *collection = builder->collection;
    struct benchmark_rows all = {.numbers = NULL};
    struct view *object = view_object(builder->arena), *rows = view_list(builder->arena);
    for (size_t i = 0; i < collection->benchmark_count; i++)
        if (is_shown(&collection->benchmarks[i]))
            add_benchmark(builder, rows, &all, &collection->benchmarks[i]);
    if (all.count > 0) {
        struct view *tables = view_list(builder->arena);
        add_metric_tables(
            builder, tables, &all.columns, &all.grid, all.numbers, all.heads, all.count);
        add_shape(builder, object, &all.shape);
        view_set(builder->arena, object, "rows", rows);
        add_flag(builder, object, "has_more", all.columns.count > 1);
        view_set(builder->arena, object, "metrics", tables);
        view_set(builder->arena, root, "benchmarks", object);
    }
    metric_columns_release(&all.columns);
    metric_grid_release(&all.grid);
    dictionary_release(&all.shape.metrics);
    free(all.numbers);
    free(all.heads);
}

/* ---- variants side by side ---- */
struct variants {
    uint32_t shown[SHOWN_VARIANTS]; /* texts, the reference first */
    size_t count;
    uint64_t more;
};

/* The variants of one benchmark, in the order in which they came. */
static struct variants variants_of(const struct benchmark *benchmark)
{
    struct variants variants = {.count = 0};
    for (const struct side *side = benchmark->sides; side; side = side->next) {
        bool known = side->variant == NO_TEXT;
        for (size_t i = 0; i < variants.count && !known; i++)
            known = variants.shown[i] == side->variant;
        if (known)
            continue;
        if (variants.count < SHOWN_VARIANTS)
            variants.shown[variants.count++] = side->variant;
        else
            variants.more++;
    }
    return variants;
}

static bool same_variants(const struct variants *a, const struct variants *b)
{
    return a->count == b->count && a->more == b->more &&
           memcmp(a->shown, b->shown, a->count * sizeof *a->shown) == 0;
}

static const struct series *variant_series(
    const struct benchmark *benchmark, uint32_t variant, const struct series *about)
{
    for (const struct side *side = benchmark->sides; side; side = side->next)
        if (side->variant == variant)
            return same_series(side, about);
    return NULL;
}

static void add_ratio(struct report_builder *builder, struct view *cells, double ratio)
{
    quantity_add_ratio(&builder->text, ratio);
    struct view *cell = buffer_view(builder);
    quantity_add_change(&builder->text, ratio);
    view_set(builder->arena, cell, "change", buffer_view(builder));
    add_flag(builder, cell, "known", isfinite(ratio));
    view_append(builder->arena, cells, cell);
}

static void add_variant_row(struct report_builder *builder, struct view *rows,
    const struct variants *variants, const struct benchmark *benchmark)
{
    const struct series *about = main_series(builder->collection, benchmark);
    if (benchmark->side_count < 2 || !about)
        return;
    struct slice unit = collection_text(builder->collection, about->unit);
    struct view *row = benchmark_head(builder, benchmark, NO_TEXT);
    struct view *medians = view_list(builder->arena), *ratios = view_list(builder->arena);
    double reference = NAN;
    for (size_t i = 0; i < variants->count; i++) {
        const struct series *series = variant_series(benchmark, variants->shown[i], about);
        double median = series_median(builder, series);
        struct view *cell = quantity_view(builder, median, unit);
        add_count(builder, cell, "n", series ? series->count : 0);
        add_flag(builder, cell, "first", i == 0);
        view_append(builder->arena, medians, cell);
        if (i == 0)
            reference = median;
        else
            add_ratio(builder, ratios, reference > 0 && median > 0 ? median / reference : NAN);
    }
    add_text(builder, row, "metric",
        title_of(builder, collection_text(builder->collection, about->metric)));
    view_set(builder->arena, row, "medians", medians);
    view_set(builder->arena, row, "ratios", ratios);
    view_append(builder->arena, rows, row);
}

/* One table: the benchmarks from `first` on that have the same variants. */
static struct view *variants_table(
    struct report_builder *builder, const struct variants *variants, size_t first)
{
    const struct collection *collection = builder->collection;
    struct view *object = view_object(builder->arena), *rows = view_list(builder->arena);
    struct view *names = view_list(builder->arena), *others = view_list(builder->arena);
    for (size_t i = 0; i < variants->count; i++) {
        struct view *name = name_view(builder, collection_text(collection, variants->shown[i]));
        view_append(builder->arena, names, name);
        if (i > 0)
            view_append(builder->arena, others, name);
    }
    for (size_t i = first; i < collection->benchmark_count; i++) {
        struct variants own = variants_of(&collection->benchmarks[i]);
        if (same_variants(&own, variants))
            add_variant_row(builder, rows, variants, &collection->benchmarks[i]);
    }
    view_set(builder->arena, object, "reference", view_item(names, 0));
    view_set(builder->arena, object, "variants", names);
    view_set(builder->arena, object, "others", others);
    view_set(builder->arena, object, "rows", rows);
    if (variants->more > 0)
        add_count(builder, object, "more", variants->more);
    return object;
}

void report_add_variants(struct report_builder *builder, struct view *root)
{
    const struct collection *collection = builder->collection;
    struct view *tables = view_list(builder->arena);
    struct variants *done = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < collection->benchmark_count; i++) {
        struct variants variants = variants_of(&collection->benchmarks[i]);
        bool told = variants.count < 2;
        for (size_t j = 0; j < count && !told; j++)
            told = same_variants(&done[j], &variants);
        if (told)
            continue;
        view_append(builder->arena, tables, variants_table(builder, &variants, i));
        MEMORY_GROW(done, count, capacity);
        done[count++] = variants;
    }
    free(done);
    add_flag(builder, root, "has_side_by_side", count > 0);
    view_set(builder->arena, root, "side_by_side", tables);
}
