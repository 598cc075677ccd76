/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/report_parts.h"

#include "base/memory.h"

const struct activity_measure activity_measures[ACTIVITY_MEASURES] = {{READING_GPU, "GPU", "%"},
    {READING_RENDERER, "GPU renderer", "%"}, {READING_CPU_USER, "CPU, programs", "%"},
    {READING_CPU_SYSTEM, "CPU, kernel", "%"}, {READING_MEMORY, "Memory available", "By"},
    {READING_SWAP, "Swap used", "By"}};

struct reading_window item_window(const struct collection *collection, const struct item *item)
{
    return readings_window(
        &collection->readings, collection_text(collection, item->host), item->started, item->ended);
}

struct slice pressure_word(double level)
{
    static const char *const words[] = {"normal", "warning", "critical"};
    return isnan(level) ? slice_of(QUANTITY_UNKNOWN) : slice_of(words[(int)level]);
}

static void add_column(struct report_builder *builder, struct view *row, const char *key,
    const struct reading_extent *extent, const char *unit)
{
    struct view *view = view_object(builder->arena);
    add_quantity(builder, view, "mean", extent->mean, unit);
    add_quantity(builder, view, "least", extent->least, unit);
    add_quantity(builder, view, "most", extent->most, unit);
    view_set(builder->arena, row, key, view);
}

static void add_window(
    struct report_builder *builder, struct view *row, const struct reading_window *window)
{
    add_count(builder, row, "samples", window->count);
    add_column(builder, row, "gpu", &window->columns[READING_GPU], "%");
    add_column(builder, row, "renderer", &window->columns[READING_RENDERER], "%");
    add_column(builder, row, "cpu_user", &window->columns[READING_CPU_USER], "%");
    add_column(builder, row, "cpu_system", &window->columns[READING_CPU_SYSTEM], "%");
    add_column(builder, row, "memory", &window->columns[READING_MEMORY], "By");
    add_column(builder, row, "swap", &window->columns[READING_SWAP], "By");
    add_text(builder, row, "pressure", pressure_word(window->columns[READING_PRESSURE].most));
}

void add_activity(struct report_builder *builder, struct view *row, const struct item *item)
{
    struct reading_window window = item_window(builder->collection, item);
    add_window(builder, row, &window);
}

/* A result with readings in its window. */
struct busy {
    const struct item *item;
    struct reading_window window;
};

struct activity {
    struct busy *items;
    size_t count, capacity;
    uint64_t without, no_window;
};

static void gather(struct activity *activity, const struct collection *collection)
{
    for (size_t i = 0; i < collection->item_count; i++) {
        const struct item *item = &collection->items[i];
        if (item->outcome == OUTCOME_SKIPPED)
            continue;
        if (isnan(item->started) || isnan(item->ended)) {
            activity->no_window++;
            continue;
        }
        struct reading_window window = item_window(collection, item);
        if (window.count == 0) {
            activity->without++;
            continue;
        }
        MEMORY_GROW(activity->items, activity->count, activity->capacity);
        activity->items[activity->count++] = (struct busy){item, window};
    }
}

static int by_gpu(const void *left, const void *right)
{
    const struct busy *a = left, *b = right;
    double x = a->window.columns[READING_GPU].mean, y = b->window.columns[READING_GPU].mean;
    if (x != y)
        return x > y ? -1 : 1;
    return (a->item > b->item) - (a->item < b->item);
}

static const struct view *busy_row(struct report_builder *builder, const struct busy *busy)
{
    const struct collection *collection = builder->collection;
    const struct benchmark *benchmark = &collection->benchmarks[busy->item->benchmark];
    struct view *row = view_object(builder->arena);
    add_name(builder, row, "test", collection_text(collection, benchmark->label));
    add_name(builder, row, "name", collection_text(collection, benchmark->name));
    add_text(builder, row, "model", model_shown(builder, benchmark->model));
    add_text_id(builder, row, "variant", busy->item->variant);
    add_quantity(builder, row, "time", busy->item->time, "s");
    add_window(builder, row, &busy->window);
    add_activity_was(builder, row, busy->item);
    return row;
}

static void add_rows(
    struct report_builder *builder, struct view *root, const struct activity *activity)
{
    struct view *rows = view_list(builder->arena);
    size_t shown = activity->count < SHOWN_RESULTS ? activity->count : SHOWN_RESULTS;
    for (size_t i = 0; i < shown; i++)
        view_append(builder->arena, rows, busy_row(builder, &activity->items[i]));
    view_set(builder->arena, root, "rows", rows);
    if (activity->count > shown)
        add_count(builder, root, "more", activity->count - shown);
}

/* The results that kept the graphics unit busiest. */
static void add_busy(
    struct report_builder *builder, struct view *root, const struct activity *activity)
{
    struct busy *sorted = memory_zero(activity->count, sizeof *sorted);
    struct view *object = view_object(builder->arena), *rows = view_list(builder->arena);
    size_t count = 0;
    for (size_t i = 0; i < activity->count; i++)
        if (activity->items[i].window.columns[READING_GPU].mean > BUSY_GPU)
            sorted[count++] = activity->items[i];
    if (count > 1)
        qsort(sorted, count, sizeof *sorted, by_gpu);
    for (size_t i = 0; i < count && i < SHOWN_BUSY; i++)
        view_append(builder->arena, rows, busy_row(builder, &sorted[i]));
    free(sorted);
    if (count == 0)
        return;
    add_count(builder, object, "count", count);
    view_set(builder->arena, object, "rows", rows);
    if (count > SHOWN_BUSY)
        add_count(builder, object, "more", count - SHOWN_BUSY);
    view_set(builder->arena, root, "busy", object);
}

/* Each column over all results: the mean of their means, and the extremes of all readings. */
static void add_summary(
    struct report_builder *builder, struct view *root, const struct activity *activity)
{
    struct view *list = view_list(builder->arena);
    for (size_t c = 0; c < ACTIVITY_MEASURES; c++) {
        const struct activity_measure *measure = &activity_measures[c];
        struct extent means = EXTENT_NONE, extremes = EXTENT_NONE;
        for (size_t i = 0; i < activity->count; i++) {
            const struct reading_extent *extent =
                &activity->items[i].window.columns[measure->column];
            extent_add(&means, extent->mean);
            extent_add(&extremes, extent->least);
            extent_add(&extremes, extent->most);
        }
        if (means.count == 0)
            continue;
        struct view *row = view_object(builder->arena);
        add_text(builder, row, "title", slice_of(measure->title));
        add_quantity(builder, row, "mean", means.sum / (double)means.count, measure->unit);
        add_quantity(builder, row, "least", extremes.least, measure->unit);
        add_quantity(builder, row, "most", extremes.most, measure->unit);
        view_append(builder->arena, list, row);
    }
    view_set(builder->arena, root, "summary", list);
}

static void count_pressure(
    struct report_builder *builder, struct view *root, const struct activity *activity)
{
    uint64_t warning = 0, critical = 0;
    for (size_t i = 0; i < activity->count; i++) {
        double level = activity->items[i].window.columns[READING_PRESSURE].most;
        warning += level == 1;
        critical += level == 2;
    }
    if (warning > 0)
        add_count(builder, root, "warning", warning);
    if (critical > 0)
        add_count(builder, root, "critical", critical);
}

void report_add_activity(struct report_builder *builder, struct view *root)
{
    const struct collection *collection = builder->collection;
    struct activity activity = {.items = NULL};
    if (collection->readings.count == 0 && !builder->before)
        return;
    gather(&activity, collection);
    struct view *object = view_object(builder->arena);
    add_count(builder, object, "readings", collection->kinds[RECORD_READING]);
    add_quantity(builder, object, "period", readings_period(&collection->readings), "s");
    add_count(builder, object, "count", activity.count);
    add_flag(builder, object, "any", activity.count > 0);
    add_flag(builder, object, "has_readings", collection->readings.count > 0);
    if (activity.without > 0)
        add_count(builder, object, "without", activity.without);
    if (activity.no_window > 0)
        add_count(builder, object, "no_window", activity.no_window);
    if (activity.count > 0) {
        add_summary(builder, object, &activity);
        add_busy(builder, object, &activity);
        add_rows(builder, object, &activity);
        count_pressure(builder, object, &activity);
    }
    add_activity_before(builder, object);
    view_set(builder->arena, root, "activity", object);
    free(activity.items);
}
