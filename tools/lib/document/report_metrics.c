/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/report_parts.h"

#include "base/memory.h"

uint32_t metric_columns_add(struct metric_columns *columns, const struct series *series)
{
    const uint32_t key[] = {series->metric, series->unit};
    uint32_t index = dictionary_id(&columns->keys, (struct slice){(const char *)key, sizeof key});
    if (index < columns->count)
        return index;
    uint32_t name =
        dictionary_id(&columns->names, (struct slice){(const char *)key, sizeof key[0]});
    if (name == columns->use_count) {
        MEMORY_GROW(columns->uses, columns->use_count, columns->use_capacity);
        columns->uses[columns->use_count++] = 0;
    }
    columns->uses[name]++;
    MEMORY_GROW(columns->items, columns->count, columns->capacity);
    columns->items[columns->count++] =
        (struct metric_column){series->metric, series->unit, series->better, name};
    return index;
}

void metric_columns_release(struct metric_columns *columns)
{
    dictionary_release(&columns->keys);
    dictionary_release(&columns->names);
    free(columns->items);
    free(columns->uses);
}

struct slice metric_title(struct report_builder *builder, const struct metric_columns *columns,
    const struct metric_column *column)
{
    struct slice title = title_of(builder, collection_text(builder->collection, column->metric));
    struct slice unit = collection_text(builder->collection, column->unit);
    if (columns->uses[column->name] == 1)
        return title;
    return slice_of(arena_format(
        builder->arena, "%.*s (%.*s)", (int)title.size, title.data, (int)unit.size, unit.data));
}

/* ---- grids ---- */
void metric_grid_add(
    struct metric_grid *grid, uint32_t row, uint32_t column, const struct series *series)
{
    const uint32_t key[] = {row, column};
    uint32_t index = dictionary_id(&grid->keys, (struct slice){(const char *)key, sizeof key});
    if (index == grid->count) {
        MEMORY_GROW(grid->cells, grid->count, grid->capacity);
        grid->cells[grid->count++] = (struct numbers){NULL, 0, 0};
    }
    for (size_t i = 0; i < series->count; i++)
        numbers_add(&grid->cells[index], series->values[i]);
    if (series->count == 0 && series->summary)
        numbers_add(&grid->cells[index], series->summary->median);
}

const struct numbers *metric_grid_cell(
    const struct metric_grid *grid, uint32_t row, uint32_t column)
{
    const uint32_t key[] = {row, column};
    uint32_t index = dictionary_find(&grid->keys, (struct slice){(const char *)key, sizeof key});
    return index == UINT32_MAX ? NULL : &grid->cells[index];
}

void metric_grid_release(struct metric_grid *grid)
{
    for (size_t i = 0; i < grid->count; i++)
        numbers_release(&grid->cells[i]);
    free(grid->cells);
    dictionary_release(&grid->keys);
}

/* ---- tables ---- */
const struct view *metric_cell(struct report_builder *builder, const struct metric_columns *columns,
    const struct metric_grid *grid, uint32_t row, uint32_t column)
{
    const struct numbers *cell = metric_grid_cell(grid, row, column);
    struct slice unit = collection_text(builder->collection, columns->items[column].unit);
    return quantity_view(builder, cell ? median_of(builder, cell->values, cell->count) : NAN, unit);
}

static bool has_any(const struct metric_grid *grid, uint32_t row, uint32_t first, uint32_t end)
{
    for (uint32_t column = first; column < end; column++)
        if (metric_grid_cell(grid, row, column))
            return true;
    return false;
}

static const struct view *table_columns(struct report_builder *builder,
    const struct metric_columns *columns, uint32_t first, uint32_t end)
{
    struct view *list = view_list(builder->arena);
    for (uint32_t i = first; i < end; i++) {
        struct view *column = view_object(builder->arena);
        add_text(builder, column, "title", metric_title(builder, columns, &columns->items[i]));
        view_append(builder->arena, list, column);
    }
    return list;
}

void add_metric_tables(struct report_builder *builder, struct view *list,
    const struct metric_columns *columns, const struct metric_grid *grid, const uint32_t *rows,
    const struct view *const *heads, size_t row_count)
{
    for (uint32_t first = 0; first < columns->count; first += SHOWN_METRICS) {
        uint32_t end = first + SHOWN_METRICS;
        end = end < columns->count ? end : (uint32_t)columns->count;
        struct view *table = view_object(builder->arena), *shown = view_list(builder->arena);
        for (size_t i = 0; i < row_count; i++) {
            if (!has_any(grid, rows[i], first, end))
                continue;
            struct view *row = view_object(builder->arena), *cells = view_list(builder->arena);
            for (uint32_t column = first; column < end; column++)
                view_append(
                    builder->arena, cells, metric_cell(builder, columns, grid, rows[i], column));
            view_set(builder->arena, row, "head", heads[i]);
            view_set(builder->arena, row, "cells", cells);
            view_append(builder->arena, shown, row);
        }
        view_set(builder->arena, table, "columns", table_columns(builder, columns, first, end));
        view_set(builder->arena, table, "rows", shown);
        view_append(builder->arena, list, table);
    }
}
