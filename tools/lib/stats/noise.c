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

/* The value with rank others below it, which are put in some other order (Hoare 1961). */
static double select_rank(double *values, size_t count, size_t rank)
{
    size_t low = 0, high = count - 1;
    while (low < high) {
        double pivot = values[low + (high - low) / 2];
        size_t i = low, k = high;
        while (i <= k) {
            while (values[i] < pivot)
                i++;
            while (values[k] > pivot)
                k--;
            if (i > k)
                break;
            double other = values[i];
            values[i++] = values[k];
            values[k] = other;
            if (k == 0)
                break;
            k--;
        }
        if (rank <= k)
            high = k;
        else if (rank >= i)
            low = i;
        else
            break;
    }
    return values[rank];
}

/* The mean of those of the squares that are sound. */
static double mean_sound(double *squares, size_t count)
{
    double middle = select_rank(squares, count, (size_t)((double)(count - 1) * SOUND));
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

double noise_correlation(const double *values, size_t count, struct arena *scratch)
{
    if (count < CORRELATION_FEWEST)
        return 0;
    double near = mean_square_step(values, count, 1, scratch);
    double far = mean_square_step(values, count, 2, scratch);
    double bend = mean_square_bend(values, count, 1, scratch);
    double wide = mean_square_bend(values, count, 2, scratch);
    double n = (double)count, allowance = (0.1 + 15 / n) / sqrt(n);
    if (!(near > 0) || !(bend > 0))
        return 0;
    double rho = fmin(far / near - 1, rho_of_bends(wide / bend) + BEND_SLACK / sqrt(n));
    return fmin(fmax(rho - allowance, 0), CORRELATION_MOST);
}

/* Of neighbours' differences where the series has no memory beyond rho; a ramp makes them larger,
 * but not its bends. */
static double spread_without_ramps(
    const double *values, size_t count, double rho, struct arena *scratch)
{
    double spread = noise_spread(values, count, scratch);
    if (count < CORRELATION_FEWEST)
        return spread;
    double bend = sqrt(mean_square_bend(values, count, 1, scratch) / (2 * (3 - rho)));
    return bend < RAMP_SPREAD * spread ? bend : spread;
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
    double least = tick_of(values, count, arena) / sqrt(12);
    double spread = fmax(noise_spread(values, count, arena), least);
    if (!(spread > 0))
        return;
    clean(out, values, count, spread);
    spread = fmax(noise_spread(out->values, out->count, arena), least);
    clean(out, values, count, spread);
    /* Neighbours that follow each other differ less than strangers do. */
    out->rho = noise_correlation(out->values, out->count, arena);
    spread = spread_without_ramps(out->values, out->count, out->rho, arena);
    out->sd = fmax(spread, least) / sqrt(1 - out->rho);
    whiten(out);
}
