/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/random.h"

#include "base/compiler.h"

uint64_t random_mix(uint64_t *state)
{
    uint64_t mixed = *state += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
}

struct random random_from(uint64_t seed)
{
    struct random random;
    for (size_t i = 0; i < ARRAY_SIZE(random.state); i++)
        random.state[i] = random_mix(&seed);
    return random;
}

static uint64_t rotate(uint64_t value, unsigned by)
{
    return value << by | value >> (64 - by);
}

uint64_t random_next(struct random *random)
{
    uint64_t *state = random->state;
    uint64_t result = rotate(state[1] * 5, 7) * 9;
    uint64_t shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate(state[3], 45);
    return result;
}

uint64_t random_below(struct random *random, uint64_t limit)
{
    /* What lies above the last whole multiple of limit would favour the low numbers. */
    uint64_t beyond = UINT64_MAX - (UINT64_MAX % limit + 1) % limit;
    uint64_t drawn;
    do
        drawn = random_next(random);
    while (drawn > beyond);
    return drawn % limit;
}

void random_shuffle(struct random *random, size_t *items, size_t count)
{
    for (size_t left = count; left > 1; left--) {
        size_t chosen = (size_t)random_below(random, left);
        size_t item = items[left - 1];
        items[left - 1] = items[chosen];
        items[chosen] = item;
    }
}
