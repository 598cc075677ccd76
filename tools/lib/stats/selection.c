/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/selection.h"

#include "stats/distribution.h"
#include "stats/sort.h"

#include <math.h>
#include <stdbool.h>

enum { KNOWN_LARGEST = 128 };

struct known {
    double value;
    uint64_t below, up_to;
};

struct search {
    const struct selection_source *source;
    struct known known[KNOWN_LARGEST];
    size_t count;
    uint64_t drawn;   /* the state of the generator */
    double *gathered; /* what lies strictly between gathered_low and gathered_high, sorted */
    double gathered_low, gathered_high;
};

static struct known look(struct search *search, double value)
{
    struct known known = {value, 0, 0};
    search->source->count(search->source->set, value, &known.below, &known.up_to);
    if (search->count < KNOWN_LARGEST)
        search->known[search->count++] = known;
    return known;
}

/* splitmix64 (Steele, Lea & Flood 2014), one step. */
static uint64_t draw(struct search *search, uint64_t below)
{
    uint64_t z = search->drawn += 0x9e3779b97f4a7c15U;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return (z ^ z >> 31) % below;
}

/* The nearest values known on both sides of the rank; true when one of them holds it. */
static bool surround(
    const struct search *search, uint64_t rank, struct known *low, struct known *high)
{
    *low = search->known[0];
    *high = search->known[1];
    for (size_t i = 0; i < search->count; i++) {
        const struct known *known = &search->known[i];
        if (known->below <= rank && rank < known->up_to) {
            *low = *known;
            return true;
        }
        if (known->up_to <= rank && known->value > low->value)
            *low = *known;
        if (known->below > rank && known->value < high->value)
            *high = *known;
    }
    return false;
}

/* Between the two on normal paper: sums of many things are straight there, tails too. */
static double interpolate(
    const struct search *search, uint64_t rank, const struct known *low, const struct known *high)
{
    double total = (double)search->source->total;
    double from = normal_quantile((double)low->up_to / total);
    double to = normal_quantile((double)high->below / total);
    double at = normal_quantile(((double)rank + 0.5) / total);
    double share = to > from ? (at - from) / (to - from) : 0.5;
    return low->value + (high->value - low->value) * fmin(1, fmax(0, share));
}

static double gathered(struct search *search, uint64_t rank, const struct known *low,
    const struct known *high, struct arena *scratch)
{
    if (!search->gathered)
        search->gathered = arena_take(scratch, SELECTION_GATHERED * sizeof *search->gathered);
    if (search->gathered_low != low->value || search->gathered_high != high->value) {
        size_t count =
            search->source->gather(search->source->set, low->value, high->value, search->gathered);
        sort_numbers(search->gathered, count, scratch);
        search->gathered_low = low->value;
        search->gathered_high = high->value;
    }
    return search->gathered[rank - low->up_to];
}

static double find(struct search *search, uint64_t rank, struct arena *scratch)
{
    struct known low, high;
    if (surround(search, rank, &low, &high))
        return low.value;
    bool stalled = false;
    for (;;) {
        uint64_t left = high.below - low.up_to;
        if (left <= SELECTION_GATHERED)
            return gathered(search, rank, &low, &high, scratch);
        double guess = interpolate(search, rank, &low, &high);
        if (stalled || !(guess > low.value && guess < high.value))
            guess =
                search->source->nth(search->source->set, low.value, high.value, draw(search, left));
        struct known known = look(search, guess);
        if (known.up_to <= rank)
            low = known;
        else if (known.below > rank)
            high = known;
        else
            return guess;
        stalled = !stalled && high.below - low.up_to > left / 4;
    }
}

void selection_ranks(double *values, const uint64_t *ranks, size_t count,
    const struct selection_source *source, struct arena *scratch)
{
    struct search search = {.source = source, .gathered_low = INFINITY, .gathered_high = -INFINITY};
    look(&search, source->least);
    look(&search, source->most);
    for (size_t i = 0; i < count; i++)
        values[i] = find(&search, ranks[i], scratch);
}
