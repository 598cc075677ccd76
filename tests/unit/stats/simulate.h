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

static inline uint64_t simulate_bits(struct simulation *simulation)
{
    uint64_t z = simulation->state += 0x9e3779b97f4a7c15U;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
}

/* A stream of its own for each number: what is simulated in parts does not depend on the parts. */
static inline struct simulation simulation_part(uint64_t seed, uint64_t part)
{
    struct simulation both = {seed ^ part * 0xd1342543de82ef95U};
    return (struct simulation){simulate_bits(&both)};
}

/* In (0, 1). */
static inline double simulate_uniform(struct simulation *simulation)
{
    return ((double)(simulate_bits(simulation) >> 11) + 0.5) / 9007199254740992.0;
}

static inline double simulate_normal(struct simulation *simulation)
{
    double radius = sqrt(-2 * log(simulate_uniform(simulation)));
    return radius * cos(6.283185307179586 * simulate_uniform(simulation));
}

/* What noise looks like; each with mean 0 and sd 1, but for the spikes. */
enum simulated_noise {
    NOISE_NORMAL,
    NOISE_STUDENT,   /* t with 3 degrees: heavy on both sides */
    NOISE_LOGNORMAL, /* e to the normal one: skewed, a long tail upward */
    NOISE_SPIKES     /* normal, but one sample in twenty stands 5 to 15 sd above */
};

static inline double simulate_student(struct simulation *simulation)
{
    double normal = simulate_normal(simulation), squares = 0;
    for (int i = 0; i < 3; i++) {
        double next = simulate_normal(simulation);
        squares += next * next;
    }
    return normal / sqrt(squares); /* t / sqrt(3), and the variance of t is 3 */
}

static inline double simulate_noise(struct simulation *simulation, enum simulated_noise noise)
{
    switch (noise) {
    case NOISE_STUDENT: return simulate_student(simulation);
    case NOISE_LOGNORMAL:
        return (exp(simulate_normal(simulation)) - 1.6487212707001282) / 2.161197415895088;
    case NOISE_SPIKES:
        if (simulate_uniform(simulation) < 0.05)
            return 5 + 10 * simulate_uniform(simulation);
        break;
    case NOISE_NORMAL: break;
    }
    return simulate_normal(simulation);
}

#endif
