/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/noise.h"

#include "stats/order.h"
#include "stats/sort.h"

#include <math.h>
#include <string.h>

/* Of the squared differences the largest are set aside: with a tenth of them gone, the mean square
 * of normal ones is .623 of what it was. */
static const double SPREAD_KEPT = 0.9, SPREAD_KEPT_SHARE = 0.62303;
static const double CORRELATION_KEPT = 0.95;
static const double CORRELATION_MOST = 0.9;
enum { CORRELATION_FEWEST = 12 };

/* A spike stands off by more than SPIKE while its neighbours are within COMPANY. */
static const double SPIKE = 3.5, COMPANY = 1;
/* Points on each side whose median a value is held against. */
enum { REACH = 3, WINDOW = 2 * REACH + 1 };

static double mean_square_step(
    const double *values, size_t count, size_t lag, double kept, struct arena *scratch)
{
    size_t pairs = count - lag, used = (size_t)ceil((double)pairs * kept);
    double *squares = arena_take(scratch, pairs * sizeof *squares), sum = 0;
    for (size_t i = 0; i < pairs; i++) {
        double step = values[i + lag] - values[i];
        squares[i] = step * step;
    }
    sort_numbers(squares, pairs, scratch);
    for (size_t i = 0; i < used; i++)
        sum += squares[i];
    return sum / (double)used;
}

/* The least distance between values that are not the same but for rounding. */
static double tick_of(const double *values, size_t count, struct arena *scratch)
{
    double *sorted = arena_take(scratch, count * sizeof *sorted), tick = INFINITY;
    memcpy(sorted, values, count * sizeof *sorted);
    sort_numbers(sorted, count, scratch);
    double same = 1e-9 * (sorted[count - 1] - sorted[0]);
    for (size_t i = 1; i < count; i++) {
        double distance = sorted[i] - sorted[i - 1];
        if (distance > same && distance < tick)
            tick = distance;
    }
    return isinf(tick) ? 0 : tick;
}

double noise_spread(const double *values, size_t count, struct arena *scratch)
{
    if (count < 2)
        return 0;
    double square = mean_square_step(values, count, 1, SPREAD_KEPT, scratch) / SPREAD_KEPT_SHARE;
    return fmax(sqrt(square / 2), tick_of(values, count, scratch) / sqrt(12));
}

double noise_correlation(const double *values, size_t count, struct arena *scratch)
{
    if (count < CORRELATION_FEWEST)
        return 0;
    double near = mean_square_step(values, count, 1, CORRELATION_KEPT, scratch);
    double far = mean_square_step(values, count, 2, CORRELATION_KEPT, scratch);
    double n = (double)count, allowance = (0.1 + 15 / n) / sqrt(n);
    if (!(near > 0))
        return 0;
    return fmin(fmax(far / near - 1 - allowance, 0), CORRELATION_MOST);
}

/* ---- neighbours ------------------------------------------------------------------- */

static double median_round(const double *values, size_t count, size_t place)
{
    double window[WINDOW];
    size_t size = count < WINDOW ? count : WINDOW;
    size_t from = place > REACH ? place - REACH : 0;
    if (from + size > count)
        from = count - size;
    for (size_t i = 0; i < size; i++) {
        double value = values[from + i];
        size_t k = i;
        for (; k > 0 && window[k - 1] > value; k--)
            window[k] = window[k - 1];
        window[k] = value;
    }
    return order_median_of(window, size);
}

/* A step would have taken a neighbour along; at an end both are on the same side. */
static bool stands_alone(
    const double *values, size_t count, size_t place, double centre, double spread)
{
    double side = values[place] > centre ? 1 : -1;
    size_t before = place > 0 ? place - 1 : place + 2;
    size_t after = place + 1 < count ? place + 1 : place - 2;
    return side * (values[place] - centre) > SPIKE * spread &&
           side * (values[before] - centre) < COMPANY * spread &&
           side * (values[after] - centre) < COMPANY * spread;
}

/* ---- all of it ------------------------------------------------------------------------ */

/* Fills out's values, places and spikes as seen with this spread. */
static void clean(struct noise_free *out, const double *values, size_t count, double spread)
{
    out->count = 0;
    for (size_t i = 0; i < count; i++) {
        double centre = median_round(values, count, i), reach = NOISE_CLIP * spread;
        out->spikes[i] = count > 4 && stands_alone(values, count, i, centre, spread);
        if (out->spikes[i])
            continue;
        out->places[out->count] = i;
        out->values[out->count++] = fmin(fmax(values[i], centre - reach), centre + reach);
    }
}

/* The first value has nobody before it; the level that it moves round is the median at the start.
 */
static void whiten(struct noise_free *out)
{
    double rho = out->rho, scale = out->sd * sqrt(1 - rho * rho);
    double before = out->values[0], start = median_round(out->values, out->count, 0);
    out->values[0] = ((1 - rho) * start + sqrt(1 - rho * rho) * (before - start)) / scale;
    for (size_t i = 1; i < out->count; i++) {
        double value = out->values[i];
        out->values[i] = (value - rho * before) / scale;
        before = value;
    }
}

void noise_remove(struct noise_free *out, const double *values, size_t count, struct arena *arena)
{
    *out = (struct noise_free){.values = arena_take(arena, (count + 1) * sizeof *out->values),
        .places = arena_take(arena, (count + 1) * sizeof *out->places),
        .spikes = arena_zero(arena, count + 1, sizeof *out->spikes)};
    double spread = noise_spread(values, count, arena);
    if (!(spread > 0))
        return;
    clean(out, values, count, spread);
    spread = noise_spread(out->values, out->count, arena);
    clean(out, values, count, spread);
    /* Neighbours that follow each other differ less than strangers do. */
    out->rho = noise_correlation(out->values, out->count, arena);
    out->sd = noise_spread(out->values, out->count, arena) / sqrt(1 - out->rho);
    whiten(out);
}
