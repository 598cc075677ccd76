/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/comparisons.h"

#include "base/memory.h"
#include "record/access.h"

#include <math.h>
#include <string.h>

struct told {
    const struct json_document *document;
    struct arena *arena;
};

static struct slice text_of(const struct told *at, uint32_t object, const char *name)
{
    return access_text(at->document, object, name, at->arena);
}

static double number_of(const struct told *at, uint32_t object, const char *name)
{
    return access_number(at->document, object, name);
}

static uint32_t object_of(const struct told *at, uint32_t object, const char *name)
{
    return access_node(at->document, object, name, JSON_OBJECT);
}

static void interval_of(
    const struct told *at, uint32_t object, const char *name, double *low, double *high)
{
    finding_interval(at->document, object, name, low, high, at->arena);
}

static struct compared_side read_side(const struct told *at, const char *name)
{
    uint32_t object = object_of(at, ACCESS_ROOT, name);
    struct compared_side side = {.there = object != JSON_NONE,
        .n = number_of(at, object, "n"),
        .runs = number_of(at, object, "runs"),
        .median = number_of(at, object, "median"),
        .mean = number_of(at, object, "mean"),
        .sd = number_of(at, object, "sd"),
        .cv = number_of(at, object, "cv"),
        .cv_within = number_of(at, object, "cv_within"),
        .cv_between = number_of(at, object, "cv_between"),
        .least = number_of(at, object, "min"),
        .most = number_of(at, object, "max"),
        .p95 = number_of(at, object, "p95"),
        .p99 = number_of(at, object, "p99")};
    interval_of(at, object, "median_ci", &side.median_low, &side.median_high);
    return side;
}

static void read_change(struct compared *out, const struct told *at)
{
    uint32_t change = object_of(at, ACCESS_ROOT, "change");
    uint32_t test = object_of(at, ACCESS_ROOT, "test");
    uint32_t needed = object_of(at, ACCESS_ROOT, "needed");
    out->ratio = number_of(at, change, "ratio");
    out->shift = number_of(at, change, "shift");
    interval_of(at, change, "ratio_ci", &out->ratio_low, &out->ratio_high);
    interval_of(at, change, "shift_ci", &out->shift_low, &out->shift_high);
    interval_of(at, ACCESS_ROOT, "band", &out->band_low, &out->band_high);
    out->test = text_of(at, test, "name");
    out->p = number_of(at, test, "p");
    out->p_adjusted = number_of(at, test, "p_adjusted");
    out->spread_p = number_of(at, object_of(at, ACCESS_ROOT, "spread"), "p");
    out->shape_p = number_of(at, object_of(at, ACCESS_ROOT, "shape"), "p");
    out->cliffs_delta = number_of(at, object_of(at, ACCESS_ROOT, "effect"), "cliffs_delta");
    out->needed_samples = number_of(at, needed, "samples");
    out->needed_runs = number_of(at, needed, "runs");
}

static void read_reasons(struct compared *out, const struct told *at)
{
    uint32_t list = access_node(at->document, ACCESS_ROOT, "reasons", JSON_ARRAY);
    if (list == JSON_NONE)
        return;
    for (uint32_t item = json_first(at->document, list); item != json_end(at->document, list);
         item = json_after(at->document, item))
        for (int reason = 0; reason < REASONS; reason++)
            if (json_type(at->document, item) == JSON_STRING &&
                json_string_is(at->document, item, slice_of(reason_name((enum reason)reason))))
                out->reasons |= reason_bit((enum reason)reason);
}

static bool read_verdict(struct compared *out, const struct told *at)
{
    struct slice word = text_of(at, ACCESS_ROOT, "verdict");
    for (int verdict = 0; word.data && verdict < VERDICTS; verdict++)
        if (slice_is(word, verdict_name((enum verdict)verdict))) {
            out->verdict = (enum verdict)verdict;
            return true;
        }
    return false;
}

static void add_comparison(struct comparisons *comparisons, const struct record *record)
{
    const struct told told = {record->document, &comparisons->arena}, *at = &told;
    struct compared item = {.verdict = VERDICT_UNCHANGED};
    if (!read_verdict(&item, at))
        return;
    finding_read(&item.about, record, &comparisons->arena);
    if (!item.about.label.data)
        item.about.label = item.about.name = slice_of("unnamed");
    item.failure = text_of(at, object_of(at, ACCESS_ROOT, "metadata"), "failure");
    item.base = read_side(at, "base");
    item.head = read_side(at, "head");
    read_change(&item, at);
    read_reasons(&item, at);
    item.sides = comparisons->summary_count;
    MEMORY_GROW(comparisons->items, comparisons->count, comparisons->capacity);
    comparisons->items[comparisons->count++] = item;
}

/* ---- the summary ---- */
static struct slice *read_texts(
    const struct told *at, uint32_t object, const char *name, size_t *count)
{
    uint32_t list = access_node(at->document, object, name, JSON_ARRAY);
    *count = 0;
    if (list == JSON_NONE)
        return NULL;
    struct slice *texts = arena_zero(at->arena, json_count(at->document, list), sizeof *texts);
    for (uint32_t item = json_first(at->document, list); item != json_end(at->document, list);
         item = json_after(at->document, item))
        if (json_type(at->document, item) == JSON_STRING)
            texts[(*count)++] = arena_slice(at->arena, json_string(at->document, item, at->arena));
    return texts;
}

static struct compared_success read_success(
    const struct told *at, uint32_t metadata, const char *side)
{
    uint32_t object = object_of(at, object_of(at, metadata, "success"), side);
    return (struct compared_success){.results = number_of(at, object, "results"),
        .passed = number_of(at, object, "passed"),
        .requests = number_of(at, object, "requests"),
        .answered = number_of(at, object, "answered")};
}

static void add_summary(struct comparisons *comparisons, const struct record *record)
{
    const struct told told = {record->document, &comparisons->arena}, *at = &told;
    struct slice tool = text_of(at, ACCESS_ROOT, "tool");
    if (!tool.data || !slice_is(tool, "bench-diff"))
        return;
    uint32_t metadata = object_of(at, ACCESS_ROOT, "metadata");
    struct compared_summary summary = {.verdict = text_of(at, ACCESS_ROOT, "verdict"),
        .correction = text_of(at, ACCESS_ROOT, "correction"),
        .base = text_of(at, metadata, "base"),
        .head = text_of(at, metadata, "head"),
        .alpha = number_of(at, ACCESS_ROOT, "alpha"),
        .band = number_of(at, metadata, "band"),
        .base_success = read_success(at, metadata, "base"),
        .head_success = read_success(at, metadata, "head"),
        .strict = (enum known)access_bool(at->document, metadata, "strict"),
        .autocorrelated = (enum known)access_bool(at->document, metadata, "autocorrelated")};
    summary.machines = read_texts(at, metadata, "machines", &summary.machine_count);
    summary.shared_runs = read_texts(at, metadata, "shared_runs", &summary.shared_run_count);
    MEMORY_GROW(comparisons->summaries, comparisons->summary_count, comparisons->summary_capacity);
    comparisons->summaries[comparisons->summary_count++] = summary;
}

/* ---- several of them ---- */
static struct slice shared_text(struct slice ours, struct slice theirs)
{
    bool same = ours.data && theirs.data && slice_equal(ours, theirs);
    return same ? ours : (struct slice){NULL, 0};
}

static double shared_number(double ours, double theirs)
{
    return ours == theirs ? ours : NAN;
}

static enum known shared_flag(enum known ours, enum known theirs)
{
    return ours == theirs ? ours : UNKNOWN;
}

/* Those of the texts that are not there yet; there is room for all. */
static void add_new(
    struct slice *there, size_t *there_count, const struct slice *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < *there_count && !slice_equal(there[at], texts[i]))
            at++;
        if (at == *there_count)
            there[(*there_count)++] = texts[i];
    }
}

static void share(struct compared_summary *shared, const struct compared_summary *next)
{
    shared->verdict = shared_text(shared->verdict, next->verdict);
    shared->correction = shared_text(shared->correction, next->correction);
    shared->base = shared_text(shared->base, next->base);
    shared->head = shared_text(shared->head, next->head);
    shared->alpha = shared_number(shared->alpha, next->alpha);
    shared->band = shared_number(shared->band, next->band);
    shared->strict = shared_flag(shared->strict, next->strict);
    if (next->autocorrelated == KNOWN_TRUE)
        shared->autocorrelated = KNOWN_TRUE;
    add_new(shared->machines, &shared->machine_count, next->machines, next->machine_count);
    add_new(
        shared->shared_runs, &shared->shared_run_count, next->shared_runs, next->shared_run_count);
}

struct compared_summary comparisons_summary(
    const struct comparisons *comparisons, struct arena *arena)
{
    struct compared_summary shared = {.alpha = NAN, .band = NAN};
    size_t machines = 0, runs = 0;
    if (comparisons->summary_count > 0)
        shared = comparisons->summaries[0];
    for (size_t i = 0; i < comparisons->summary_count; i++) {
        machines += comparisons->summaries[i].machine_count;
        runs += comparisons->summaries[i].shared_run_count;
    }
    shared.machines = arena_zero(arena, machines, sizeof *shared.machines);
    shared.shared_runs = arena_zero(arena, runs, sizeof *shared.shared_runs);
    shared.machine_count = shared.shared_run_count = 0;
    for (size_t i = 0; i < comparisons->summary_count; i++)
        share(&shared, &comparisons->summaries[i]);
    return shared;
}

size_t comparisons_pairs(const struct comparisons *comparisons)
{
    size_t count = comparisons->count, summaries = comparisons->summary_count;
    return summaries + (count > 0 && comparisons->items[count - 1].sides == summaries);
}

const struct compared_summary *compared_sides(
    const struct comparisons *comparisons, const struct compared *item)
{
    return item->sides < comparisons->summary_count ? &comparisons->summaries[item->sides] : NULL;
}

void comparisons_add(struct comparisons *comparisons, const struct record *record)
{
    if (record->kind == RECORD_COMPARISON)
        add_comparison(comparisons, record);
    if (record->kind == RECORD_SUMMARY)
        add_summary(comparisons, record);
}

void comparisons_release(struct comparisons *comparisons)
{
    arena_release(&comparisons->arena);
    free(comparisons->items);
    free(comparisons->summaries);
}
