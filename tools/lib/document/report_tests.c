/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/report_parts.h"

#include "base/memory.h"
#include "document/report_changes.h"

/*
 * Tests across models: which model was fastest and slowest in each; and the
 * first run of each model, which includes loading it.
 */
struct test_row {
    uint32_t suite, name, modality;
    struct dictionary models;
    struct numbers times;
    const struct item *fastest, *slowest;
    bool same_name; /* another suite has a test of that name */
};

struct test_table {
    struct dictionary keys, names;
    uint32_t *name_suites; /* by the name's number: the suite that was met first */
    bool *name_shared;
    size_t name_count, name_capacity, shared_capacity;
    struct test_row *rows;
    size_t count, capacity;
};

static struct test_row *row_of(struct test_table *table, const struct benchmark *benchmark)
{
    const uint32_t key[] = {benchmark->name, benchmark->suite, benchmark->modality};
    uint32_t name = dictionary_id(&table->names, (struct slice){(const char *)key, sizeof key[0]});
    if (name == table->name_count) {
        size_t count = table->name_count;
        MEMORY_GROW(table->name_suites, count, table->name_capacity);
        MEMORY_GROW(table->name_shared, count, table->shared_capacity);
        table->name_suites[name] = benchmark->suite;
        table->name_shared[name] = false;
        table->name_count++;
    }
    table->name_shared[name] =
        table->name_shared[name] || table->name_suites[name] != benchmark->suite;
    uint32_t index = dictionary_id(&table->keys, (struct slice){(const char *)key, sizeof key});
    if (index == table->count) {
        MEMORY_GROW(table->rows, table->count, table->capacity);
        table->rows[table->count++] = (struct test_row){
            .suite = benchmark->suite, .name = benchmark->name, .modality = benchmark->modality};
    }
    return &table->rows[index];
}

static void gather(struct test_table *table, const struct collection *collection)
{
    for (size_t i = 0; i < collection->item_count; i++) {
        const struct item *item = &collection->items[i];
        const struct benchmark *benchmark = &collection->benchmarks[item->benchmark];
        if (!is_test(benchmark) || !is_inference(collection, item))
            continue;
        struct test_row *row = row_of(table, benchmark);
        dictionary_id(&row->models, collection_text(collection, benchmark->model));
        numbers_add(&row->times, item->time);
        if (isnan(item->time))
            continue;
        if (!row->fastest || item->time < row->fastest->time)
            row->fastest = item;
        if (!row->slowest || item->time > row->slowest->time)
            row->slowest = item;
    }
    for (size_t i = 0; i < table->count; i++) {
        uint32_t name = dictionary_id(&table->names,
            (struct slice){(const char *)&table->rows[i].name, sizeof table->rows[i].name});
        table->rows[i].same_name = table->name_shared[name];
    }
}

/* Rows with the texts that they are sorted by. */
struct sorted_row {
    struct test_row *row;
    struct slice name;
    int rank;
    size_t number;
};

static int by_name(const void *left, const void *right)
{
    const struct sorted_row *a = left, *b = right;
    int order = name_compare(a->name, b->name);
    if (order == 0)
        order = (a->rank > b->rank) - (a->rank < b->rank);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static void add_extreme(
    struct report_builder *builder, struct view *view, const char *key, const struct item *item)
{
    if (!item) {
        add_text(builder, view, key, (struct slice){NULL, 0});
        return;
    }
    struct view *extreme = view_object(builder->arena);
    add_text(builder, extreme, "model",
        model_shown(builder, builder->collection->benchmarks[item->benchmark].model));
    add_quantity(builder, extreme, "time", item->time, "s");
    view_set(builder->arena, view, key, extreme);
}

static const struct view *test_view(struct report_builder *builder, const struct test_row *row)
{
    const struct collection *collection = builder->collection;
    struct view *view = view_object(builder->arena);
    struct slice name = collection_text(collection, row->name);
    struct slice suite = collection_text(collection, row->suite);
    if (row->same_name && suite.data) {
        buffer_add_slice(&builder->text, suite);
        buffer_add_text(&builder->text, "::");
    }
    buffer_add_slice(&builder->text, name);
    add_name(
        builder, view, "test", (struct slice){buffer_text(&builder->text), builder->text.size});
    buffer_reset(&builder->text);
    add_text(builder, view, "suite", suite);
    add_text(builder, view, "mode", modality_shown(builder, row->modality));
    add_count(builder, view, "models", row->models.count);
    add_count(builder, view, "runs", row->times.count);
    add_extreme(builder, view, "fastest", row->fastest);
    add_extreme(builder, view, "slowest", row->slowest);
    add_quantity(
        builder, view, "median", median_of(builder, row->times.values, row->times.count), "s");
    add_report_change(builder, view,
        report_change_of_test(
            builder->changes, suite, name, collection_text(collection, row->modality)),
        false);
    return view;
}

static void add_table(struct report_builder *builder, struct view *root, struct test_table *table)
{
    struct view *rows = view_list(builder->arena);
    struct sorted_row *sorted = memory_zero(table->count, sizeof *sorted);
    for (size_t i = 0; i < table->count; i++)
        sorted[i] = (struct sorted_row){&table->rows[i],
            collection_text(builder->collection, table->rows[i].name),
            modality_rank(builder, table->rows[i].modality), i};
    qsort(sorted, table->count, sizeof *sorted, by_name);
    for (size_t i = 0; i < table->count; i++)
        view_append(builder->arena, rows, test_view(builder, sorted[i].row));
    free(sorted);
    struct view *object = view_object(builder->arena);
    add_count(builder, object, "count", table->count);
    add_flag(builder, object, "has_changes", builder->changes->test_count > 0);
    view_set(builder->arena, object, "rows", rows);
    view_set(builder->arena, root, "per_test", object);
}

/* ---- cold starts ---- */
static int by_start(const void *left, const void *right)
{
    const struct item *a = *(const struct item *const *)left;
    const struct item *b = *(const struct item *const *)right;
    if (a->started != b->started)
        return a->started < b->started ? -1 : 1;
    return (a > b) - (a < b);
}

/* The first test of each model that inferred, by the time it started. */
static const struct item **cold_starts(const struct collection *collection, size_t *count)
{
    const struct item **first = memory_zero(collection->model_count + 1, sizeof *first);
    for (size_t i = 0; i < collection->item_count; i++) {
        const struct item *item = &collection->items[i];
        const struct benchmark *benchmark = &collection->benchmarks[item->benchmark];
        if (!is_test(benchmark) || !is_inference(collection, item) || isnan(item->started))
            continue;
        size_t at = (size_t)(collection_model(collection, benchmark->model) - collection->models);
        if (!first[at] || item->started < first[at]->started)
            first[at] = item;
    }
    *count = 0;
    for (size_t i = 0; i < collection->model_count; i++)
        if (first[i])
            first[(*count)++] = first[i];
    if (*count > 1)
        qsort(first, *count, sizeof(const struct item *), by_start);
    return first;
}

static void add_cold_starts(struct report_builder *builder, struct view *root)
{
    const struct collection *collection = builder->collection;
    size_t count;
    const struct item **first = cold_starts(collection, &count);
    struct view *object = view_object(builder->arena), *rows = view_list(builder->arena);
    for (size_t i = 0; i < count && i < SHOWN_COLD; i++) {
        const struct benchmark *benchmark = &collection->benchmarks[first[i]->benchmark];
        struct view *row = view_object(builder->arena);
        add_name(builder, row, "test", collection_text(collection, benchmark->name));
        add_text(builder, row, "model", model_shown(builder, benchmark->model));
        add_quantity(builder, row, "time", first[i]->time, "s");
        add_activity(builder, row, first[i]);
        view_append(builder->arena, rows, row);
    }
    free(first);
    if (count == 0)
        return;
    add_count(builder, object, "count", count);
    view_set(builder->arena, object, "rows", rows);
    if (count > SHOWN_COLD)
        add_count(builder, object, "more", count - SHOWN_COLD);
    view_set(builder->arena, root, "cold_starts", object);
}

void report_add_tests(struct report_builder *builder, struct view *root)
{
    struct test_table table = {.rows = NULL};
    gather(&table, builder->collection);
    if (table.count > 0)
        add_table(builder, root, &table);
    for (size_t i = 0; i < table.count; i++) {
        dictionary_release(&table.rows[i].models);
        numbers_release(&table.rows[i].times);
    }
    dictionary_release(&table.keys);
    dictionary_release(&table.names);
    free(table.name_suites);
    free(table.name_shared);
    free(table.rows);
    add_cold_starts(builder, root);
}
