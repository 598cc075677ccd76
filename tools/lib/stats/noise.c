/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/noise.h"

#include "stats/order.h"
#include "stats/sort.h"

#include <math.h>
#include <string.h>

/*
 * Squared differences that no normal noise gives, as judged by the seventh tenth
 * of them (1.074 times the variance), are set aside: those over steps and at spikes.
 */
static const double SOUND = 0.7, SOUND_SQUARE = 1.074, FAR_SQUARE = 10.5;
static const double CORRELATION_MOST = 0.9;
enum { CORRELATION_FEWEST = 12 };
/* Bends are less sure than steps: they count where they say clearly less. */
static const double BEND_SLACK = 1, RAMP_SPREAD = 0.85;

/* A spike stands off by more than SPIKE while its neighbours are within COMPANY. */
static const double SPIKE = 3.5, COMPANY = 1;
/* Points on each side whose median a value is held against. */
enum { REACH = 3, WINDOW = 2 * REACH + 1 };

/* The mean of those of the squares that are sound. */
static double mean_sound(double *squares, size_t count)
{
    double middle = order_select(squares, count, (size_t)((double)(count - 1) * SOUND));
    double limit = middle / SOUND_SQUARE * FAR_SQUARE, sum = 0;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        bool sound = squares[i] <= limit;
        sum += sound ? squares[i] : 0;
        used += sound;
    }
    return sum / (double)used;
}

static double mean_square_step(
    const double *values, size_t count, size_t lag, struct arena *scratch)
{
    size_t pairs = count - lag;
    double *squares = arena_take(scratch, pairs * sizeof *squares);
    for (size_t i = 0; i < pairs; i++) {
        double step = values[i + lag] - values[i];
        squares[i] = step * step;
    }
    return mean_sound(squares, pairs);
}

/* Second differences, of which a ramp knows nothing. */
static double mean_square_bend(
    const double *values, size_t count, size_t lag, struct arena *scratch)
{
    size_t bends = count - 2 * lag;
    double *squares = arena_take(scratch, bends * sizeof *squares);
    for (size_t i = 0; i < bends; i++) {
        double bend = values[i + 2 * lag] - 2 * values[i + lag] + values[i];
        squares[i] = bend * bend;
    }
    return mean_sound(squares, bends);
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
    return count < 2 ? 0 : sqrt(mean_square_step(values, count, 1, scratch) / 2);
}

/* The rho of which the second differences at lags 2 and 1 have this ratio of squares, which is
 * (1 + rho) (3 - rho²) / (3 - rho). */
static double rho_of_bends(double ratio)
{
    double low = 0, high = CORRELATION_MOST;
    for (int i = 0; i < 40; i++) {
        double rho = (low + high) / 2;
        if ((1 + rho) * (3 - rho * rho) / (3 - rho) < ratio)
            low = rho;
        else
            high = rho;
    }
    return low;
}

/* Mean squares of sound differences and bends, at lags 1 and 2. */
struct differences {
    double near, far, bend, wide;
};

/* Of at least CORRELATION_FEWEST values. */
static struct differences differences_of(const double *values, size_t count, struct arena *scratch)
{
    return (struct differences){.near = mean_square_step(values, count, 1, scratch),
        .far = mean_square_step(values, count, 2, scratch),
        .bend = mean_square_bend(values, count, 1, scratch),
        .wide = mean_square_bend(values, count, 2, scratch)};
}

static double correlation_of(const struct differences *squares, size_t count)
{
    double n = (double)count, allowance = (0.1 + 15 / n) / sqrt(n);
    if (!(squares->near > 0) || !(squares->bend > 0))
        return 0;
    double rho = fmin(squares->far / squares->near - 1,
        rho_of_bends(squares->wide / squares->bend) + BEND_SLACK / sqrt(n));
    return fmin(fmax(rho - allowance, 0), CORRELATION_MOST);
}

double noise_correlation(const double *values, size_t count, struct arena *scratch)
{
    if (count < CORRELATION_FEWEST)
        return 0;
    struct differences squares = differences_of(values, count, scratch);
    return correlation_of(&squares, count);
}

/* Sets rho, and gives the spread of neighbours' differences where the series has no memory beyond
 * it; a ramp makes them larger, but not its bends. */
static double measure_memory(struct noise_free *out, struct arena *scratch)
{
    if (out->count < CORRELATION_FEWEST)
        return noise_spread(out->values, out->count, scratch);
    struct differences squares = differences_of(out->values, out->count, scratch);
    out->rho = correlation_of(&squares, out->count);
    double spread = sqrt(squares.near / 2), bend = sqrt(squares.bend / (2 * (3 - out->rho)));
    return bend < RAMP_SPREAD * spread ? bend : spread;
}

/* ---- neighbours ------------------------------------------------------------------- */

static inline void put_in_order(double *low, double *high)
{
    double first = *low, second = *high;
    *low = first < second ? first : second;
    *high = first < second ? second : first;
}

/* Of seven values, without a branch that chance decides (Devillard 1998, Fast median search). */
static double median_of_window(const double *values)
{
    double window[WINDOW];
    memcpy(window, values, sizeof window);
    put_in_order(&window[0], &window[5]);
    put_in_order(&window[0], &window[3]);
    put_in_order(&window[1], &window[6]);
    put_in_order(&window[2], &window[4]);
    put_in_order(&window[0], &window[1]);
    put_in_order(&window[3], &window[5]);
    put_in_order(&window[2], &window[6]);
    put_in_order(&window[2], &window[3]);
    put_in_order(&window[3], &window[6]);
    put_in_order(&window[4], &window[5]);
    put_in_order(&window[1], &window[4]);
    put_in_order(&window[1], &window[3]);
    put_in_order(&window[3], &window[4]);
    return window[REACH];
}

static double median_round(const double *values, size_t count, size_t place)
{
    double window[WINDOW];
    size_t from = place > REACH ? place - REACH : 0;
    if (count < WINDOW) {
        memcpy(window, values, count * sizeof *window);
        return order_median_in_place(window, count);
    }
    return median_of_window(values + (from + WINDOW > count ? count - WINDOW : from));
}

static double *medians_round(const double *values, size_t count, struct arena *scratch)
{
    double *medians = arena_take(scratch, count * sizeof *medians);
    for (size_t i = 0; i < count; i++)
        medians[i] = median_round(values, count, i);
    return medians;
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

/* Fills out's values, places and spikes as seen with this spread round the neighbours' medians. */
static void clean(struct noise_free *out, const double *values, const double *centres, size_t count,
    double spread)
{
    out->count = 0;
    for (size_t i = 0; i < count; i++) {
        double centre = centres[i], reach = NOISE_CLIP * spread;
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
    double least = tick_of(values, count, arena) / sqrt(12);
    double spread = fmax(noise_spread(values, count, arena), least);
    if (!(spread > 0))
        return;
    double *centres = medians_round(values, count, arena);
    clean(out, values, centres, count, spread);
    spread = fmax(noise_spread(out->values, out->count, arena), least);
    clean(out, values, centres, count, spread);
    /* Neighbours that follow each other differ less than strangers do. */
    spread = fmax(measure_memory(out, arena), least);
    out->sd = spread / sqrt(1 - out->rho);
    whiten(out);
}
