/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/spread.h"

#include "base/memory.h"
#include "record/access.h"

#include <math.h>
#include <stdlib.h>

struct spread {
    struct sides_options options;
    struct sides *sides;
    struct spread_noise *noises;
    size_t count, capacity;
    struct arena arena;
    struct buffer text;
};

struct spread *spread_create(const struct sides_options *options)
{
    struct spread *spread = memory_zero(1, sizeof *spread);
    spread->options = *options;
    spread->options.identities[SIDE_HEAD] = options->identities[SIDE_BASE];
    spread->options.split = NULL;
    spread->options.all_runs = true;
    spread->sides = sides_create(&spread->options);
    return spread;
}

void spread_free(struct spread *spread)
{
    if (!spread)
        return;
    sides_free(spread->sides);
    free(spread->noises);
    arena_release(&spread->arena);
    buffer_release(&spread->text);
    free(spread);
}

static void take_trend(struct spread *spread, const struct record *record)
{
    const struct json_document *document = record->document;
    struct arena *arena = &spread->arena;
    uint32_t noise = access_node(document, ACCESS_ROOT, "noise", JSON_OBJECT);
    uint32_t points = access_node(document, ACCESS_ROOT, "points", JSON_ARRAY);
    double cv = access_number(document, noise, "cv");
    struct slice metric = access_text(document, ACCESS_ROOT, "metric", arena);
    if (isnan(cv) || points == JSON_NONE || !metric.data)
        return;
    buffer_reset(&spread->text);
    identity_write(spread->options.identities[SIDE_BASE], document, &spread->text);
    MEMORY_GROW(spread->noises, spread->count, spread->capacity);
    spread->noises[spread->count++] =
        (struct spread_noise){.key = arena_slice(arena, buffer_slice(&spread->text)),
            .machine = access_text(document, ACCESS_ROOT, "machine", arena),
            .variant = access_text(document, ACCESS_ROOT, "variant", arena),
            .metric = metric,
            .cv = cv,
            .points = (double)json_count(document, points)};
}

int spread_take(struct spread *spread, const struct record *record, struct error *error)
{
    if (record->kind == RECORD_TREND) {
        take_trend(spread, record);
        return 0;
    }
    return sides_take(spread->sides, record, SIDE_BASE, true, error);
}

void spread_match(struct spread *spread)
{
    sides_match(spread->sides);
}

size_t spread_runs(const struct spread *spread)
{
    size_t count;
    sides_runs(spread->sides, &count);
    return count;
}

size_t spread_trends(const struct spread *spread)
{
    return spread->count;
}

/* Groups are sorted by their keys. */
const struct sides_group *spread_groups(
    const struct spread *spread, struct slice key, size_t *count)
{
    size_t all, low = 0;
    const struct sides_group *groups = sides_groups(spread->sides, &all);
    for (size_t high = all; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (slice_compare(groups[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*count = 0; low + *count < all && slice_equal(groups[low + *count].key, key);)
        ++*count;
    return groups + low;
}

static bool is_other(struct slice a, struct slice b)
{
    return a.size > 0 && b.size > 0 && !slice_equal(a, b);
}

const struct spread_noise *spread_noise(const struct spread *spread,
    const struct sides_result *shown, struct slice key, struct slice metric)
{
    for (size_t i = spread->count; i-- > 0;) {
        const struct spread_noise *noise = &spread->noises[i];
        if (slice_equal(noise->key, key) && slice_equal(noise->metric, metric) &&
            (spread->options.any_machine || !is_other(noise->machine, shown->machine_name)) &&
            !is_other(noise->variant, shown->facts.variant))
            return noise;
    }
    return NULL;
}
