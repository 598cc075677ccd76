/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_STATS_HISTORIES_H
#define UNIT_STATS_HISTORIES_H

#include "simulate.h"

#include <stddef.h>

/* Simulated series over time: noise of several kinds with the standard deviation 1, over which
 * something may happen. */
enum history_noise {
    HISTORY_NORMAL,
    HISTORY_SPIKES,    /* every twentieth point stands off by ten */
    HISTORY_AR_3,      /* each keeps .3 of the distance of the one before */
    HISTORY_AR_6,      /* .6 */
    HISTORY_T3,        /* Student's t with 3 degrees */
    HISTORY_LOGNORMAL, /* exp of a normal one */
    HISTORY_COARSE,    /* rounded to whole ones */
    HISTORY_TWO_MODES, /* three of ten are higher by ten spreads of their own */
    HISTORY_NOISES
};

static const char *const history_names[] = {
    "normal", "spikes", "ar-0.3", "ar-0.6", "t3", "lognormal", "coarse-clock", "two-modes"};

static inline double history_next(
    struct simulation *simulation, enum history_noise noise, double before)
{
    double normal = simulate_normal(simulation), rho = noise == HISTORY_AR_6 ? 0.6 : 0.3,
           square = 0;
    switch (noise) {
    case HISTORY_SPIKES: return normal + (simulate_uniform(simulation) < 0.05 ? 10 : 0);
    case HISTORY_AR_3:
    case HISTORY_AR_6: return rho * before + sqrt(1 - rho * rho) * normal;
    case HISTORY_T3:
        for (int i = 0; i < 3; i++) {
            double other = simulate_normal(simulation);
            square += other * other;
        }
        return normal / sqrt(square / 3);
    case HISTORY_LOGNORMAL: return exp(normal);
    case HISTORY_COARSE: return round(normal);
    case HISTORY_TWO_MODES: return 0.3 * normal + (simulate_uniform(simulation) < 0.3 ? 3 : 0);
    case HISTORY_NORMAL:
    case HISTORY_NOISES: break;
    }
    return normal;
}

static inline void history_simulate(
    double *values, size_t count, enum history_noise noise, struct simulation *simulation)
{
    double before = simulate_normal(simulation);
    for (size_t i = 0; i < count; i++)
        values[i] = before = history_next(simulation, noise, before);
}

/* From a point on everything is higher. */
static inline void history_step(double *values, size_t count, size_t from, double by)
{
    for (size_t i = from; i < count; i++)
        values[i] += by;
}

/* Rises from 0 at one point by `by` until another, and stays there. */
static inline void history_ramp(double *values, size_t count, size_t from, size_t to, double by)
{
    for (size_t i = from; i < count; i++)
        values[i] += i >= to ? by : by * (double)(i - from) / (double)(to - from);
}

#endif
