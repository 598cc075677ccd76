/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/partition.h"

#include <math.h>

/* What a piece costs in a series of a hundred points, and a line besides. */
static const double PRICE_PIECE = 12, PRICE_LINE = 8;
/* A short last piece is cheaper: it is what a reader waits for. */
static const double REBATE_LAST = 3.75;
/* How much worse than two pieces a line of a hundred points may be and still take their place. */
static const double LINE_PREFERENCE = 8;

/* Sums over values[0 … i), so that any stretch costs a few steps. */
struct sums {
    double *plain, *squares, *moments;
    size_t n;
};

static struct sums sum_up(const double *values, size_t n, struct arena *arena)
{
    struct sums sums = {.plain = arena_take(arena, (n + 1) * sizeof(double)),
        .squares = arena_take(arena, (n + 1) * sizeof(double)),
        .moments = arena_take(arena, (n + 1) * sizeof(double)),
        .n = n};
    sums.plain[0] = sums.squares[0] = sums.moments[0] = 0;
    for (size_t i = 0; i < n; i++) {
        sums.plain[i + 1] = sums.plain[i] + values[i];
        sums.squares[i + 1] = sums.squares[i] + values[i] * values[i];
        sums.moments[i + 1] = sums.moments[i] + values[i] * (double)i;
    }
    return sums;
}

/* Squared distances from the mean of a stretch, and what a line takes off them. */
static double level_cost(const struct sums *sums, size_t from, size_t to)
{
    double sum = sums->plain[to] - sums->plain[from];
    return sums->squares[to] - sums->squares[from] - sum * sum / (double)(to - from);
}

static double line_gain(const struct sums *sums, size_t from, size_t to)
{
    double m = (double)(to - from), middle = ((double)from + (double)to - 1) / 2;
    double with =
        sums->moments[to] - sums->moments[from] - middle * (sums->plain[to] - sums->plain[from]);
    return with * with / (m * (m * m - 1) / 12);
}

static double price_of_piece(size_t n)
{
    return PRICE_PIECE + (n > 100 ? 2 * log((double)n / 100) : 0);
}

static double rebate(const struct sums *sums, size_t from, size_t to)
{
    return to == sums->n && to - from <= PARTITION_SHORT ? REBATE_LAST : 0;
}

static bool may_be_line(const struct sums *sums, size_t from, size_t to)
{
    return to - from >= PARTITION_LINE || (to - from == sums->n && sums->n > PARTITION_OTHERS);
}

/* ---- where cuts are tried ------------------------------------------------------- */

static double step_seen(const struct sums *sums, size_t place, size_t width)
{
    double left = sums->plain[place] - sums->plain[place - width];
    double right = sums->plain[place + width] - sums->plain[place];
    return fabs(right - left) / sqrt(2 * (double)width);
}

/* Marks the places where a window sees a step of two standard errors and none greater near by. */
static void mark_steps(bool *marked, const struct sums *sums, size_t width)
{
    size_t reach = width / 2 + 1;
    for (size_t i = width; i + width <= sums->n; i++) {
        double seen = step_seen(sums, i, width);
        bool most = seen > 2;
        for (size_t k = 1; most && k <= reach; k++) {
            most = (i < width + k || step_seen(sums, i - k, width) <= seen) &&
                   (i + k + width > sums->n || step_seen(sums, i + k, width) < seen);
        }
        marked[i] = marked[i] || most;
    }
}

/* The places in order, 0 and n among them. */
static size_t *choose_places(size_t *count, const struct sums *sums, struct arena *arena)
{
    size_t n = sums->n, *places = arena_take(arena, (n + 1) * sizeof *places);
    bool *marked = arena_zero(arena, n + 1, sizeof *marked);
    bool all = n <= PARTITION_EXACT;
    if (!all)
        for (size_t width = PARTITION_OTHERS; width <= n / 4; width *= 3)
            mark_steps(marked, sums, width);
    size_t grid = n / 64 + 1;
    *count = 0;
    for (size_t i = 0; i <= n; i++)
        if (all || marked[i] || i % grid == 0 || n - i <= PARTITION_SHORT)
            places[(*count)++] = i;
    return places;
}

/* ---- the best cuts ------------------------------------------------------------------- */

struct best {
    double cost;
    size_t before; /* index of the place where its last piece begins */
    bool line;
};

/* A short series has no room for more than two halves. */
static size_t least_length(size_t n)
{
    return n < 2 * PARTITION_OTHERS ? n / 2 : PARTITION_OTHERS;
}

/* The best way to end at `to` with a piece that begins at `from`, if it is better than *best. */
static void try_piece(struct best *best, const struct best *start, const struct sums *sums,
    size_t from, size_t to, double price)
{
    size_t length = to - from;
    bool last = to == sums->n;
    if (length < (last ? PARTITION_LAST : least_length(sums->n)))
        return;
    double cost = start->cost + price + level_cost(sums, from, to) - rebate(sums, from, to);
    if (cost < best->cost)
        *best = (struct best){cost, 0, false};
    if (!may_be_line(sums, from, to))
        return;
    cost += PRICE_LINE - line_gain(sums, from, to);
    if (cost < best->cost)
        *best = (struct best){cost, 0, true};
}

static struct best *find_best(
    const struct sums *sums, const size_t *places, size_t count, struct arena *arena)
{
    struct best *best = arena_take(arena, count * sizeof *best);
    double price = price_of_piece(sums->n);
    best[0] = (struct best){0, 0, false};
    for (size_t j = 1; j < count; j++) {
        best[j] = (struct best){INFINITY, 0, false};
        for (size_t i = 0; i < j; i++) {
            double cost = best[j].cost;
            try_piece(&best[j], &best[i], sums, places[i], places[j], price);
            if (best[j].cost < cost)
                best[j].before = i;
        }
    }
    return best;
}

/* ---- what is no step ---------------------------------------------------------------------------
 */

static void join(struct piece *pieces, size_t *count, size_t left, bool line)
{
    pieces[left] = (struct piece){pieces[left].from, pieces[left + 1].to, line};
    (*count)--;
    for (size_t k = left + 1; k < *count; k++)
        pieces[k] = pieces[k + 1];
}

static double cost_of(const struct sums *sums, const struct piece *piece)
{
    double cost = level_cost(sums, piece->from, piece->to);
    return piece->line ? cost + PRICE_LINE - line_gain(sums, piece->from, piece->to) : cost;
}

static bool is_ramp(const struct sums *sums, const struct piece *left, const struct piece *right)
{
    struct piece whole = {left->from, right->to, true};
    double length = (double)(whole.to - whole.from);
    double preference = LINE_PREFERENCE * fmin(1, length / 100);
    double apart = cost_of(sums, left) + cost_of(sums, right) + price_of_piece(sums->n) -
                   rebate(sums, right->from, right->to);
    return may_be_line(sums, whole.from, whole.to) &&
           line_gain(sums, whole.from, whole.to) > PRICE_LINE &&
           cost_of(sums, &whole) < apart + preference;
}

static void join_ramps(struct piece *pieces, size_t *count, const struct sums *sums)
{
    for (size_t i = 0; i + 1 < *count;) {
        if (is_ramp(sums, &pieces[i], &pieces[i + 1])) {
            join(pieces, count, i, true);
            i -= i > 0; /* what is before it may go on into it now */
        } else {
            i++;
        }
    }
}

struct piece *partition(size_t *count, const double *values, size_t n, struct arena *arena)
{
    struct sums sums = sum_up(values, n, arena);
    size_t place_count, pieces_count = 0;
    size_t *places = choose_places(&place_count, &sums, arena);
    struct best *best = find_best(&sums, places, place_count, arena);
    if (isinf(best[place_count - 1].cost)) /* too short for any rule */
        best[place_count - 1] = (struct best){0, 0, false};
    for (size_t j = place_count - 1; j > 0; j = best[j].before)
        pieces_count++;
    struct piece *pieces = arena_take(arena, (pieces_count + 1) * sizeof *pieces);
    size_t k = pieces_count;
    for (size_t j = place_count - 1; j > 0; j = best[j].before)
        pieces[--k] = (struct piece){places[best[j].before], places[j], best[j].line};
    *count = pieces_count;
    join_ramps(pieces, count, &sums);
    return pieces;
}
