/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/selection.h"

#include "stats/distribution.h"
#include "stats/sort.h"

#include <math.h>
#include <stdbool.h>

enum { KNOWN_LARGEST = 128, GATHERED_LEAST = 1024, PATIENCE = 2 };

struct known {
    double value;
    uint64_t below;
};

/* What is known holds for all ranks that are looked for; so does what was gathered last. */
struct search {
    const struct selection_source *source;
    struct known known[KNOWN_LARGEST];
    size_t count;
    uint64_t enough;  /* so few elements left are gathered */
    uint64_t drawn;   /* the state of the generator */
    double *gathered; /* sorted: from gathered_low on and below gathered_high */
    double gathered_low, gathered_high;
    struct arena *scratch;
};

/* The elements from low on and below high, among them the one that is looked for. */
struct bracket {
    struct known low, high;
};

static struct known look(struct search *search, double value)
{
    struct known known = {value, search->source->count(search->source->set, value)};
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

static void narrow(struct bracket *bracket, struct known known, uint64_t rank)
{
    if (known.below > rank && known.value < bracket->high.value)
        bracket->high = known;
    if (known.below <= rank && known.value > bracket->low.value)
        bracket->low = known;
}

static uint64_t left_in(const struct bracket *bracket)
{
    return bracket->high.below - bracket->low.below;
}

/*
 * Where the rank lies between the two on normal paper: sums of many things are
 * straight there, tails too. The aim is a little beyond the rank, on the side
 * that is still far, so that both sides come near.
 */
static double interpolate(const struct search *search, uint64_t rank, const struct bracket *bracket)
{
    double total = (double)search->source->total, half = 0.5 / total;
    double before = (double)(rank - bracket->low.below);
    double after = (double)(bracket->high.below - rank);
    double margin = fmax((double)search->enough / 4, fmin(before, after) / 64);
    double aim = (double)rank + (before < after ? margin : -margin);
    double from = normal_quantile(fmax(half, (double)bracket->low.below / total));
    double to = normal_quantile(fmin(1 - half, (double)bracket->high.below / total));
    double at = normal_quantile(fmin(1 - half, fmax(half, aim / total)));
    double share = to > from ? (at - from) / (to - from) : 0.5;
    double width = bracket->high.value - bracket->low.value;
    return bracket->low.value + width * fmin(1, fmax(0, share));
}

/* An element that is left; when the lowest comes up, what follows it, to part it from the rest. */
static double drawn_element(struct search *search, const struct bracket *bracket)
{
    double low = bracket->low.value, high = bracket->high.value;
    double value =
        search->source->nth(search->source->set, low, high, draw(search, left_in(bracket)));
    return value > low ? value : nextafter(low, high);
}

static double from_gathered(struct search *search, uint64_t rank, const struct bracket *bracket)
{
    double low = bracket->low.value, high = bracket->high.value;
    uint64_t left = left_in(bracket);
    if (!search->gathered || search->gathered_low != low || search->gathered_high != high) {
        search->gathered = arena_take(search->scratch, left * sizeof *search->gathered);
        search->source->gather(search->source->set, low, high, search->gathered);
        sort_numbers(search->gathered, left, search->scratch);
        search->gathered_low = low;
        search->gathered_high = high;
    }
    return search->gathered[rank - bracket->low.below];
}

static double find(struct search *search, uint64_t rank)
{
    struct bracket bracket = {search->known[0], search->known[1]};
    for (size_t i = 2; i < search->count; i++)
        narrow(&bracket, search->known[i], rank);
    int slow = 0;
    for (;;) {
        double low = bracket.low.value, high = bracket.high.value;
        uint64_t left = left_in(&bracket);
        if (nextafter(low, high) >= high)
            return low;
        if (left <= search->enough)
            return from_gathered(search, rank, &bracket);
        double guess = interpolate(search, rank, &bracket);
        if (slow == PATIENCE || !(guess > low && guess < high)) {
            guess = drawn_element(search, &bracket);
            slow = 0;
        }
        narrow(&bracket, look(search, guess), rank);
        slow = left_in(&bracket) > left / 2 ? slow + 1 : 0;
        if (slow > PATIENCE)
            slow = PATIENCE;
    }
}

void selection_ranks(double *values, const uint64_t *ranks, size_t count,
    const struct selection_source *source, struct arena *scratch)
{
    uint64_t enough = source->cost < SELECTION_GATHERED ? source->cost : SELECTION_GATHERED;
    struct search search = {
        .source = source,
        .known = {{source->least, 0}, {nextafter(source->most, INFINITY), source->total}},
        .count = 2,
        .enough = enough > GATHERED_LEAST ? enough : GATHERED_LEAST,
        .scratch = scratch,
    };
    for (size_t i = 0; i < count; i++)
        values[i] = find(&search, ranks[i]);
}
