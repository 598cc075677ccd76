/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/*
 * Numbers that follow from a seed alone, the same on every machine: for orders
 * that have to be repeatable, not for secrets. The generator is xoshiro256**
 * (Blackman & Vigna, Scrambled linear pseudorandom number generators, 2021), its
 * state filled from the seed by splitmix64 (Steele, Lea & Flood, Fast splittable
 * pseudorandom number generators, 2014), as its authors advise.
 */
struct random {
    uint64_t state[4];
};

struct random random_from(uint64_t seed);
uint64_t random_next(struct random *random);
/* Each of 0 … limit - 1 equally likely; limit > 0. */
uint64_t random_below(struct random *random, uint64_t limit);
/* Every order equally likely (Durstenfeld 1964). */
void random_shuffle(struct random *random, size_t *items, size_t count);

/* One step of splitmix64. */
uint64_t random_mix(uint64_t *state);

#endif
