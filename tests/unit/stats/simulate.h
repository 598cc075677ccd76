/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_STATS_SIMULATE_H
#define UNIT_STATS_SIMULATE_H

#include <math.h>
#include <stdint.h>

/* Random numbers from a seed, the same on every machine: splitmix64 and Box-Muller. */
struct simulation {
    uint64_t state;
};

static inline struct simulation simulation_start(uint64_t seed)
{
    return (struct simulation){seed * 0x9e3779b97f4a7c15U + 1};
}

/* In (0, 1). */
static inline double simulate_uniform(struct simulation *simulation)
{
    uint64_t z = simulation->state += 0x9e3779b97f4a7c15U;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return ((double)((z ^ z >> 31) >> 11) + 0.5) / 9007199254740992.0;
}

static inline double simulate_normal(struct simulation *simulation)
{
    double radius = sqrt(-2 * log(simulate_uniform(simulation)));
    return radius * cos(6.283185307179586 * simulate_uniform(simulation));
}

#endif
