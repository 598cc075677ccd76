/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/report_parts.h"

#include "base/memory.h"
#include "document/report_changes.h"

#include <string.h>

/* Models: a row for each model and modality, their metrics, and the classes by size. */
struct model_row {
    const struct model *model;
    uint32_t modality;
    uint64_t passed, failed;
    struct extent time, ram;
    struct slice shown;
    int rank;
    uint32_t number; /* in the order they came: the grid's row */
};

struct model_table {
    struct dictionary keys;
    struct model_row *rows;
    size_t count, capacity;
    struct metric_columns columns;
    struct metric_grid grid;
    uint64_t failed;
};

static struct model_row *row_of(
    struct model_table *table, struct report_builder *builder, const struct benchmark *benchmark)
{
    const uint32_t key[] = {benchmark->model, benchmark->modality};
    uint32_t index = dictionary_id(&table->keys, (struct slice){(const char *)key, sizeof key});
    if (index == table->count) {
        MEMORY_GROW(table->rows, table->count, table->capacity);
        table->rows[table->count++] =
            (struct model_row){.model = collection_model(builder->collection, benchmark->model),
                .modality = benchmark->modality,
                .time = EXTENT_NONE,
                .ram = EXTENT_NONE,
                .shown = model_shown(builder, benchmark->model),
                .rank = modality_rank(builder, benchmark->modality),
                .number = index};
    }
    return &table->rows[index];
}

static void gather_items(struct model_table *table, struct report_builder *builder)
{
    const struct collection *collection = builder->collection;
    for (size_t i = 0; i < collection->item_count; i++) {
        const struct item *item = &collection->items[i];
        const struct benchmark *benchmark = &collection->benchmarks[item->benchmark];
        bool failed = item->outcome == OUTCOME_FAILED || item->outcome == OUTCOME_ERROR;
        if (benchmark->model == NO_TEXT || (!failed && !is_inference(collection, item)))
            continue;
        struct model_row *row = row_of(table, builder, benchmark);
        if (failed) {
            row->failed++;
            table->failed++;
            continue;
        }
        row->passed++;
        extent_add(&row->time, item->time);
        extent_add(&row->ram, item->ram);
    }
}

static bool is_duration(const struct collection *collection, const struct series *series)
{
    return slice_is(collection_text(collection, series->metric), "duration");
}

static void gather_metrics(struct model_table *table, struct report_builder *builder)
{
    const struct collection *collection = builder->collection;
    for (size_t i = 0; i < collection->benchmark_count; i++) {
        const struct benchmark *benchmark = &collection->benchmarks[i];
        if (benchmark->model == NO_TEXT)
            continue;
        for (const struct side *side = benchmark->sides; side; side = side->next)
            for (const struct series *series = side->series; series; series = series->next)
                if (!is_duration(collection, series))
                    metric_grid_add(&table->grid, row_of(table, builder, benchmark)->number,
                        metric_columns_add(&table->columns, series), series);
    }
}

static int by_model(const void *left, const void *right)
{
    const struct model_row *a = left, *b = right;
    int order = name_compare(a->shown, b->shown);
    if (order == 0)
        order = (a->model->id > b->model->id) - (a->model->id < b->model->id);
    if (order == 0)
        order = (a->rank > b->rank) - (a->rank < b->rank);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

/* ---- the table ---- */
enum { LEADING = 3, LEADING_MOST = 16 };

static size_t named_columns(const struct model_table *table, const struct collection *collection,
    struct slice name, uint32_t *out, size_t room)
{
    size_t count = 0;
    for (uint32_t i = 0; i < table->columns.count && count < room; i++)
        if (slice_equal(collection_text(collection, table->columns.items[i].metric), name))
            out[count++] = i;
    return count;
}

/* What the template asks for, else what a reader of such a table looks for first. */
static size_t leading_columns(
    const struct model_table *table, const struct report_builder *builder, uint32_t *out)
{
    static const char *const wanted[] = {"tokens_per_second", "output_throughput",
        "time_to_first_token", "ttft", "time_per_output_token", "tpot"};
    const struct collection *collection = builder->collection;
    size_t count = 0;
    if (builder->front && builder->front->columns_given) {
        for (size_t i = 0; i < builder->front->column_count; i++)
            count += named_columns(
                table, collection, builder->front->columns[i], out + count, LEADING_MOST - count);
        return count;
    }
    for (size_t i = 0; i < ARRAY_SIZE(wanted); i++)
        count +=
            named_columns(table, collection, slice_of(wanted[i]), out + count, LEADING - count);
    for (uint32_t i = 0; i < table->columns.count && count == 0; i++)
        if (table->columns.items[i].better != BETTER_NONE)
            out[count++] = i;
    return count;
}

static void add_size(struct report_builder *builder, struct view *row, const struct model *model)
{
    add_quantity(builder, row, "size", model->size, "By");
}

static struct view *model_head(struct report_builder *builder, const struct model_row *row)
{
    struct view *head = view_object(builder->arena);
    add_text(builder, head, "model", row->shown);
    add_text_id(builder, head, "id", row->model->id);
    add_text(builder, head, "mode", modality_shown(builder, row->modality));
    add_text_id(builder, head, "family", row->model->family);
    add_text_id(builder, head, "framework", row->model->framework);
    add_text_id(builder, head, "quantization", row->model->quantization);
    add_size(builder, head, row->model);
    return head;
}

static const struct view *model_view(struct report_builder *builder,
    const struct model_table *table, const struct model_row *row, const uint32_t *leading,
    size_t leading_count)
{
    struct view *view = model_head(builder, row), *metrics = view_list(builder->arena);
    add_count(builder, view, "tests", row->passed);
    add_count(builder, view, "failed", row->failed);
    add_quantity(builder, view, "time", row->time.count ? row->time.sum : NAN, "s");
    quantity_add_range(&builder->text, row->ram.least, row->ram.most, slice_of("By"));
    view_set(builder->arena, view, "ram", buffer_view(builder));
    for (size_t i = 0; i < leading_count; i++)
        view_append(builder->arena, metrics,
            metric_cell(builder, &table->columns, &table->grid, row->number, leading[i]));
    view_set(builder->arena, view, "metrics", metrics);
    add_report_change(builder, view,
        report_change_of_model(builder->changes,
            collection_text(builder->collection, row->model->id),
            collection_text(builder->collection, row->modality)),
        true);
    return view;
}

static void add_rows(
    struct report_builder *builder, struct view *models, const struct model_table *table)
{
    uint32_t leading[LEADING_MOST];
    size_t count = leading_columns(table, builder, leading);
    struct view *titles = view_list(builder->arena), *rows = view_list(builder->arena);
    for (size_t i = 0; i < count; i++) {
        struct view *column = view_object(builder->arena);
        add_text(builder, column, "title",
            metric_title(builder, &table->columns, &table->columns.items[leading[i]]));
        view_append(builder->arena, titles, column);
    }
    for (size_t i = 0; i < table->count; i++)
        view_append(
            builder->arena, rows, model_view(builder, table, &table->rows[i], leading, count));
    view_set(builder->arena, models, "metrics", titles);
    view_set(builder->arena, models, "rows", rows);
}

static void add_performance(
    struct report_builder *builder, struct view *models, const struct model_table *table)
{
    struct view *tables = view_list(builder->arena);
    uint32_t *rows = memory_zero(table->count, sizeof *rows);
    const struct view **heads = memory_zero(table->count, sizeof *heads);
    for (size_t i = 0; i < table->count; i++) {
        rows[i] = table->rows[i].number;
        heads[i] = model_head(builder, &table->rows[i]);
    }
    add_metric_tables(builder, tables, &table->columns, &table->grid, rows, heads, table->count);
    view_set(builder->arena, models, "performance", tables);
    free(heads);
    free(rows);
}

/* ---- classes ---- */
struct class_part {
    uint32_t modality;
    int rank;
    uint64_t models;
    struct extent mean_time, ram;
};

struct size_class {
    const char *name, *range;
    double least, below;
    struct extent size;
    uint64_t models;
    struct class_part *parts;
    size_t part_count, part_capacity;
    const struct model *last;
};

static bool belongs(const struct size_class *class, double size)
{
    return isnan(class->least) ? isnan(size) : size >= class->least && size < class->below;
}

static void add_to_class(struct size_class *class, const struct model_row *row)
{
    size_t i = 0;
    if (row->model != class->last) {
        class->models++;
        extent_add(&class->size, row->model->size);
    }
    class->last = row->model;
    while (i < class->part_count && class->parts[i].modality != row->modality)
        i++;
    if (i == class->part_count) {
        MEMORY_GROW(class->parts, class->part_count, class->part_capacity);
        class->parts[class->part_count++] =
            (struct class_part){row->modality, row->rank, 0, EXTENT_NONE, EXTENT_NONE};
    }
    struct class_part *part = &class->parts[i];
    part->models++;
    if (row->time.count > 0)
        extent_add(&part->mean_time, row->time.sum / (double)row->time.count);
    extent_add(&part->ram, row->ram.least);
    extent_add(&part->ram, row->ram.most);
}

static int by_rank(const void *left, const void *right)
{
    const struct class_part *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->modality > b->modality) - (a->modality < b->modality);
}

static void add_parts(
    struct report_builder *builder, struct view *rows, const struct size_class *class)
{
    for (size_t i = 0; i < class->part_count; i++) {
        const struct class_part *part = &class->parts[i];
        struct view *row = view_object(builder->arena);
        add_text(builder, row, "name", slice_of(class->name));
        add_text(builder, row, "range", slice_of(class->range));
        add_count(builder, row, "models", class->models);
        add_quantity(builder, row, "size",
            class->size.count ? class->size.sum / (double)class->size.count : NAN, "By");
        add_text(builder, row, "mode", modality_shown(builder, part->modality));
        add_count(builder, row, "tested", part->models);
        add_quantity(builder, row, "time",
            part->mean_time.count ? part->mean_time.sum / (double)part->mean_time.count : NAN, "s");
        quantity_add_range(&builder->text, part->ram.least, part->ram.most, slice_of("By"));
        view_set(builder->arena, row, "ram", buffer_view(builder));
        add_flag(builder, row, "first", i == 0);
        view_append(builder->arena, rows, row);
    }
}

/* Rows come sorted by model, so that a model's rows stand together. */
static void add_classes(
    struct report_builder *builder, struct view *models, const struct model_table *table)
{
    struct size_class classes[] = {
        {.name = "Large", .range = "20 GB and more", .least = LARGE_MODEL, .below = INFINITY},
        {.name = "Medium", .range = "10 to 20 GB", .least = MEDIUM_MODEL, .below = LARGE_MODEL},
        {.name = "Small", .range = "under 10 GB", .least = 0, .below = MEDIUM_MODEL},
        {.name = "Unknown size", .range = "n/a", .least = NAN}};
    struct view *rows = view_list(builder->arena);
    for (size_t c = 0; c < ARRAY_SIZE(classes); c++) {
        classes[c].size = EXTENT_NONE;
        for (size_t i = 0; i < table->count; i++)
            if (table->rows[i].passed > 0 && belongs(&classes[c], table->rows[i].model->size))
                add_to_class(&classes[c], &table->rows[i]);
        if (classes[c].part_count > 1)
            qsort(classes[c].parts, classes[c].part_count, sizeof *classes[c].parts, by_rank);
        add_parts(builder, rows, &classes[c]);
        free(classes[c].parts);
    }
    view_set(builder->arena, models, "classes", rows);
}

static uint64_t models_tested(const struct model_table *table)
{
    uint64_t count = 0;
    for (size_t i = 0; i < table->count; i++)
        count += i == 0 || table->rows[i].model != table->rows[i - 1].model;
    return count;
}

void report_add_models(struct report_builder *builder, struct view *root)
{
    struct model_table table = {.rows = NULL};
    gather_items(&table, builder);
    gather_metrics(&table, builder);
    if (table.count > 0) {
        struct view *models = view_object(builder->arena);
        qsort(table.rows, table.count, sizeof *table.rows, by_model);
        add_count(builder, models, "count", models_tested(&table));
        add_flag(builder, models, "any_failed", table.failed > 0);
        add_flag(builder, models, "has_changes", builder->changes->model_count > 0);
        add_rows(builder, models, &table);
        add_performance(builder, models, &table);
        add_classes(builder, models, &table);
        view_set(builder->arena, root, "models", models);
    }
    metric_columns_release(&table.columns);
    metric_grid_release(&table.grid);
    dictionary_release(&table.keys);
    free(table.rows);
}
