/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/comparison_parts.h"

#include "base/memory.h"

/*
 * Several heads beside the one base that each was compared with: a row for each
 * metric of a benchmark, and the sums over what all sides have. Which side is best
 * is said only where it is shown to be better than every other: than the base by
 * its verdict, than another head by intervals that lie apart by more than the band.
 */
struct matrix_row {
    const struct compared **heads; /* NULL for a head that does not have it */
    const struct compared *any;
    size_t place; /* where it came first */
};

struct matrix {
    struct dictionary keys;
    struct matrix_row *rows;
    size_t count, capacity, heads;
    struct arena arena;
};

/* ---- the rows ---- */
static void add_key_part(struct buffer *key, struct slice part)
{
    buffer_add_slice(key, part);
    buffer_add_char(key, '\0');
}

static uint32_t row_id(
    struct report_builder *builder, struct matrix *matrix, const struct finding *about)
{
    struct buffer *key = &builder->text;
    add_key_part(key, about->label);
    add_key_part(key, about->model);
    add_key_part(key, about->modality);
    add_key_part(key, about->variant);
    add_key_part(key, about->machine);
    add_key_part(key, about->metric);
    add_key_part(key, about->unit);
    uint32_t id = dictionary_id(&matrix->keys, buffer_slice(key));
    buffer_reset(key);
    return id;
}

static void gather(
    struct report_builder *builder, struct matrix *matrix, const struct comparisons *comparisons)
{
    for (size_t i = 0; i < comparisons->count; i++) {
        const struct compared *item = &comparisons->items[i];
        if (!compared_has_both(item) || !item->about.metric.data || item->sides >= matrix->heads)
            continue;
        uint32_t id = row_id(builder, matrix, &item->about);
        if (id == matrix->count) {
            MEMORY_GROW(matrix->rows, matrix->count, matrix->capacity);
            matrix->rows[matrix->count++] = (struct matrix_row){
                .heads = arena_zero(&matrix->arena, matrix->heads, sizeof *matrix->rows->heads),
                .any = item,
                .place = i};
        }
        matrix->rows[id].heads[item->sides] = item;
    }
}

static int by_benchmark(const void *left, const void *right)
{
    const struct matrix_row *a = left, *b = right;
    const struct finding *x = &a->any->about, *y = &b->any->about;
    int order = name_compare(x->label, y->label);
    if (order == 0)
        order = name_compare(x->model, y->model);
    if (order == 0)
        order = name_compare(x->modality, y->modality);
    if (order == 0)
        order = name_compare(x->variant, y->variant);
    if (order == 0)
        order = name_compare(x->machine, y->machine);
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

/* ---- which side is best ---- */
static bool heads_apart(const struct compared *better, const struct compared *worse)
{
    bool lower = better->about.better == BETTER_LOWER;
    const struct compared *low = lower ? better : worse, *high = lower ? worse : better;
    double band = fmax(low->band_high, high->band_high);
    if (isfinite(low->ratio) && isfinite(high->ratio))
        return low->ratio_high * (isnan(band) ? 1 : band) < high->ratio_low;
    return low->shift_high + (isnan(band) ? 0 : band) < high->shift_low;
}

/* Sides are numbered from 0, the base. */
static bool is_better(const struct matrix_row *row, size_t side, size_t than)
{
    if (side == 0)
        return row->heads[than - 1]->verdict == VERDICT_REGRESSION;
    if (than == 0)
        return row->heads[side - 1]->verdict == VERDICT_IMPROVEMENT;
    return heads_apart(row->heads[side - 1], row->heads[than - 1]);
}

enum { NONE_IS_BEST = -1 };

static int best_side(const struct matrix *matrix, const struct matrix_row *row)
{
    for (size_t head = 0; head < matrix->heads; head++)
        if (!row->heads[head])
            return NONE_IS_BEST;
    for (size_t side = 0; side <= matrix->heads; side++) {
        size_t than = 0;
        while (than <= matrix->heads && (than == side || is_better(row, side, than)))
            than++;
        if (than > matrix->heads && row->any->about.better != BETTER_NONE)
            return (int)side;
    }
    return NONE_IS_BEST;
}

/* ---- the views ---- */
static struct slice name_of(const struct comparisons *comparisons, size_t side)
{
    return side == 0 ? comparisons->summaries[0].base : comparisons->summaries[side - 1].head;
}

/* The head's cells: the rows of their comparisons, or {both: false} for one that has none. */
static const struct view *row_view(struct report_builder *builder,
    const struct comparisons *comparisons, const struct matrix *matrix,
    const struct matrix_row *row)
{
    struct view *view = view_object(builder->arena), *cells = view_list(builder->arena);
    const struct slice nobody = {NULL, 0};
    for (size_t head = 0; head < matrix->heads; head++) {
        struct view *none = view_object(builder->arena);
        add_flag(builder, none, "both", false);
        view_append(builder->arena, cells,
            row->heads[head] ? compared_row(builder, row->heads[head], nobody) : none);
    }
    int best = best_side(matrix, row);
    finding_add(builder, view, &row->any->about);
    view_set(builder->arena, view, "base",
        view_get(compared_row(builder, row->any, nobody), slice_of("base")));
    view_set(builder->arena, view, "cells", cells);
    add_name(
        builder, view, "best", best == NONE_IS_BEST ? nobody : name_of(comparisons, (size_t)best));
    return view;
}

static void add_rows(struct report_builder *builder, struct view *object,
    const struct comparisons *comparisons, const struct matrix *matrix)
{
    struct view *rows = view_list(builder->arena), *heads = view_list(builder->arena);
    struct view *bests = view_list(builder->arena);
    size_t *wins = arena_zero(builder->arena, matrix->heads + 1, sizeof *wins), open = 0;
    for (size_t i = 0; i < matrix->count; i++) {
        int best = best_side(matrix, &matrix->rows[i]);
        wins[best == NONE_IS_BEST ? 0 : best] += best != NONE_IS_BEST;
        open += best == NONE_IS_BEST;
        view_append(builder->arena, rows, row_view(builder, comparisons, matrix, &matrix->rows[i]));
    }
    for (size_t side = 0; side <= matrix->heads; side++) {
        struct view *name = name_view(builder, name_of(comparisons, side));
        add_count(builder, name, "count", wins[side]);
        add_flag(builder, name, "first", side == 1);
        if (side > 0)
            view_append(builder->arena, heads, name);
        if (wins[side] > 0)
            view_append(builder->arena, bests, name);
    }
    add_count(builder, object, "count", matrix->count);
    add_count(builder, object, "undecided", open);
    view_set(builder->arena, object, "rows", rows);
    view_set(builder->arena, object, "heads", heads);
    view_set(builder->arena, object, "bests", bests);
}

/* ---- the sums ---- */
/* The metric, as a time that all sides have. */
static bool is_time(const struct matrix *matrix, const struct matrix_row *row, const char *metric)
{
    if (!slice_is(row->any->about.metric, metric))
        return false;
    for (size_t i = 0; i < matrix->heads; i++) {
        const struct compared *head = row->heads[i];
        if (!head || isnan(compared_seconds(head, head->base.mean + head->head.mean)))
            return false;
    }
    return true;
}

/* The means of the benchmarks that all sides have, each counting once. */
static void add_time(struct report_builder *builder, struct view *rows, const struct matrix *matrix,
    const char *metric, const char *title)
{
    struct view *row = view_object(builder->arena), *cells = view_list(builder->arena);
    double base = 0;
    uint64_t count = 0;
    for (size_t i = 0; i < matrix->count; i++)
        if (is_time(matrix, &matrix->rows[i], metric)) {
            const struct compared *item = matrix->rows[i].heads[0];
            base += compared_seconds(item, item->base.mean);
            count++;
        }
    if (count == 0)
        return;
    for (size_t head = 0; head < matrix->heads; head++) {
        struct view *cell = view_object(builder->arena);
        double sum = 0;
        for (size_t i = 0; i < matrix->count; i++)
            if (is_time(matrix, &matrix->rows[i], metric)) {
                const struct compared *item = matrix->rows[i].heads[head];
                sum += compared_seconds(item, item->head.mean);
            }
        add_quantity(builder, cell, "value", sum, "s");
        quantity_add_change(&builder->text, base > 0 ? sum / base : NAN);
        view_set(builder->arena, cell, "change", buffer_view(builder));
        view_append(builder->arena, cells, cell);
    }
    add_text(builder, row, "title", slice_of(title));
    add_count(builder, row, "benchmarks", count);
    add_quantity(builder, row, "base", base, "s");
    view_set(builder->arena, row, "cells", cells);
    view_append(builder->arena, rows, row);
}

struct part {
    double good, all;
};

static struct part passed(const struct compared_success *success)
{
    return (struct part){success->passed, success->results};
}

static struct part answered(const struct compared_success *success)
{
    return (struct part){success->answered, success->requests};
}

static const struct view *part_view(struct report_builder *builder, struct part part)
{
    quantity_add_part(&builder->text, part.good, part.all);
    return buffer_view(builder);
}

/* The base counts what ran on both sides, so that each comparison has a base of its own. */
static void add_success(struct report_builder *builder, struct view *rows,
    const struct comparisons *comparisons,
    struct part (*of)(const struct compared_success *success), const char *title)
{
    struct view *row = view_object(builder->arena), *cells = view_list(builder->arena);
    struct part base = of(&comparisons->summaries[0].base_success);
    bool known = false;
    for (size_t i = 0; i < comparisons->summary_count; i++) {
        const struct compared_summary *summary = &comparisons->summaries[i];
        struct part ours = of(&summary->base_success), theirs = of(&summary->head_success);
        struct view *cell = view_object(builder->arena);
        view_set(builder->arena, cell, "value", part_view(builder, theirs));
        view_append(builder->arena, cells, cell);
        known = known || theirs.all > 0;
        if (ours.all != base.all || ours.good != base.good)
            base = (struct part){NAN, NAN};
    }
    if (!known)
        return;
    add_text(builder, row, "title", slice_of(title));
    view_set(builder->arena, row, "base", part_view(builder, base));
    view_set(builder->arena, row, "cells", cells);
    view_append(builder->arena, rows, row);
}

static bool has_one_base(const struct comparisons *comparisons)
{
    for (size_t i = 0; i < comparisons->summary_count; i++) {
        const struct compared_summary *summary = &comparisons->summaries[i];
        if (!summary->head.data || !summary->base.data ||
            !slice_equal(summary->base, comparisons->summaries[0].base))
            return false;
    }
    return comparisons->summary_count > 1 &&
           comparisons_pairs(comparisons) == comparisons->summary_count;
}

void comparison_add_matrix(
    struct report_builder *builder, struct view *root, const struct comparisons *comparisons)
{
    struct matrix matrix = {.heads = comparisons->summary_count};
    struct view *object = view_object(builder->arena), *sums = view_list(builder->arena);
    if (!has_one_base(comparisons)) {
        view_set(builder->arena, root, "matrix", view_null(builder->arena));
        return;
    }
    gather(builder, &matrix, comparisons);
    if (matrix.count > 1)
        qsort(matrix.rows, matrix.count, sizeof *matrix.rows, by_benchmark);
    add_rows(builder, object, comparisons, &matrix);
    add_time(builder, sums, &matrix, "wall_time", "Total wall time");
    add_time(builder, sums, &matrix, "duration", "Total duration");
    add_success(builder, sums, comparisons, passed, "Results that passed");
    add_success(builder, sums, comparisons, answered, "Requests answered");
    view_set(builder->arena, object, "sums", sums);
    view_set(builder->arena, root, "matrix", matrix.count > 0 ? object : view_null(builder->arena));
    dictionary_release(&matrix.keys);
    arena_release(&matrix.arena);
    free(matrix.rows);
}
