/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/sides_parts.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* ---- order ------------------------------------------------------------------ */

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

int sides_run_compare(const struct sides_run *a, const struct sides_run *b)
{
    int order = ORDER(a->started_ns, b->started_ns);
    return order ? order : slice_compare(a->facts.run_id, b->facts.run_id);
}

int sides_result_compare(const struct sides_result *a, const struct sides_result *b)
{
    int order = slice_compare(a->key, b->key);
    if (order == 0)
        order = ORDER(a->side, b->side);
    if (order == 0)
        order = sides_run_compare(a->run, b->run);
    if (order == 0)
        order = slice_compare(a->facts.variant, b->facts.variant);
    if (order == 0)
        order = ORDER(a->facts.repetition, b->facts.repetition);
    if (order == 0)
        order = ORDER(a->facts.part, b->facts.part);
    return order ? order : strcmp(a->digest, b->digest);
}

static int by_identity(const void *a, const void *b)
{
    return sides_result_compare(
        *(const struct sides_result *const *)a, *(const struct sides_result *const *)b);
}

void sides_compact(struct sides *sides)
{
    size_t kept = 0;
    for (size_t i = 0; i < sides->result_count; i++)
        if (!sides->results[i]->dropped)
            sides->results[kept++] = sides->results[i];
    sides->result_count = kept;
}

/* ---- --where ---------------------------------------------------------------- */

/* The run's line stands in the document that holds it until another run's is asked for. */
struct run_document {
    const struct sides_run *run;
    struct json_document document;
};

static const struct json_document *document_of(
    struct run_document *held, const struct sides_run *run, struct error *ignored)
{
    if (held->run != run) {
        held->run = run;
        if (run->text.size == 0 || json_parse_copy(&held->document, run->text, NULL, ignored) != 0)
            held->document.count = 0;
    }
    return held->document.count > 0 ? &held->document : NULL;
}

static void drop_unwanted(struct sides *sides)
{
    struct query *where = sides->options->where;
    struct run_document run = {NULL, JSON_DOCUMENT_INIT};
    struct json_document document = JSON_DOCUMENT_INIT;
    for (size_t i = 0; where && i < sides->result_count; i++) {
        struct sides_result *result = sides->results[i];
        struct error ignored = ERROR_INIT; /* it was read once */
        result->dropped =
            json_parse_copy(&document, result->text, NULL, &ignored) != 0 ||
            !query_holds_beside(where, &document, document_of(&run, result->run, &ignored));
        sides->notes.where += result->dropped;
    }
    json_release(&document);
    json_release(&run.document);
    sides_compact(sides);
}

/* ---- one report that measured both --------------------------------------------- */

static struct slice label_called(const struct sides_result *result, struct slice name)
{
    const struct report_run *run = &result->run->facts;
    for (size_t i = 0; i < result->facts.label_count; i++)
        if (slice_equal(result->facts.labels[i].name, name))
            return result->facts.labels[i].value;
    for (size_t i = 0; i < run->label_count; i++)
        if (slice_equal(run->labels[i].name, name))
            return run->labels[i].value;
    return (struct slice){NULL, 0};
}

struct slice sides_label(const struct sides_result *result, struct slice name)
{
    static const char field[] = "labels.";
    const size_t length = sizeof field - 1;
    struct slice value = label_called(result, name);
    if (!value.data && name.size > length && memcmp(name.data, field, length) == 0)
        value = label_called(result, (struct slice){name.data + length, name.size - length});
    return value;
}

static void find_sides(struct sides *sides)
{
    const struct sides_split *split = sides->options->split;
    for (size_t i = 0; split && i < sides->result_count; i++) {
        struct sides_result *result = sides->results[i];
        struct slice value =
            split->label ? sides_label(result, slice_of(split->label)) : result->facts.variant;
        result->side = SIDE_NEITHER;
        for (int side = 0; side < SIDES; side++)
            if (value.data && slice_equal(value, split->values[side]))
                result->side = (enum side_of)side;
        result->dropped = result->side == SIDE_NEITHER;
        sides->notes.neither += result->dropped;
    }
    sides_compact(sides);
}

/* ---- repeats, old states --------------------------------------------------------- */

static void drop_repeats(struct sides *sides)
{
    for (size_t i = 1; i < sides->result_count; i++)
        if (sides_result_compare(sides->results[i - 1], sides->results[i]) == 0) {
            sides->results[i]->dropped = true;
            sides->notes.repeated++;
        }
    sides_compact(sides);
}

/* The results of one identity on one side. */
struct stretch {
    struct sides_result **results;
    size_t count;
};

static struct stretch next_stretch(const struct sides *sides, size_t from, bool with_side)
{
    struct stretch stretch = {sides->results + from, 1};
    const struct sides_result *first = sides->results[from];
    while (from + stretch.count < sides->result_count) {
        const struct sides_result *next = sides->results[from + stretch.count];
        if (!slice_equal(next->key, first->key) || (with_side && next->side != first->side))
            break;
        stretch.count++;
    }
    return stretch;
}

static bool same_machine(
    const struct sides *sides, const struct sides_result *a, const struct sides_result *b)
{
    return sides->options->any_machine || slice_equal(a->machine_name, b->machine_name);
}

/* A commit that is measured again later does not become the newest by that. */
static bool is_newer(const struct sides_run *a, const struct sides_run *b)
{
    bool committed = a->committed_ns != INT64_MIN && b->committed_ns != INT64_MIN;
    if (committed && a->committed_ns != b->committed_ns)
        return a->committed_ns > b->committed_ns;
    return sides_run_compare(a, b) > 0;
}

/* Of the machine of results[first], all those before it being of other machines. */
static void keep_newest(struct sides *sides, const struct stretch *stretch, size_t first)
{
    const struct sides_result *newest = stretch->results[first];
    for (size_t i = first + 1; i < stretch->count; i++)
        if (stretch->results[i]->of_many && same_machine(sides, stretch->results[i], newest) &&
            is_newer(stretch->results[i]->run, newest->run))
            newest = stretch->results[i];
    for (size_t i = first; i < stretch->count; i++) {
        struct sides_result *result = stretch->results[i];
        if (!result->of_many || !same_machine(sides, result, newest) ||
            slice_equal(result->run->state, newest->run->state))
            continue;
        result->dropped = true;
        sides->notes.older++;
    }
}

static void drop_older(struct sides *sides)
{
    for (size_t from = 0; from < sides->result_count;) {
        struct stretch stretch = next_stretch(sides, from, true);
        for (size_t i = 0; i < stretch.count; i++) {
            bool seen = !stretch.results[i]->of_many;
            for (size_t j = 0; j < i && !seen; j++)
                seen = stretch.results[j]->of_many &&
                       same_machine(sides, stretch.results[i], stretch.results[j]);
            if (!seen)
                keep_newest(sides, &stretch, i);
        }
        from += stretch.count;
    }
    sides_compact(sides);
}

/* ---- what stands on both sides ------------------------------------------------------ */

static void note_shared(struct sides *sides, const struct sides_run *run)
{
    for (size_t i = 0; i < sides->notes.shared_run_count; i++)
        if (sides->notes.shared_runs[i] == run)
            return;
    sides->notes.shared_runs[sides->notes.shared_run_count++] = run;
}

static int by_age(const void *a, const void *b)
{
    return sides_run_compare(
        *(const struct sides_run *const *)a, *(const struct sides_run *const *)b);
}

static void drop_shared(struct sides *sides)
{
    sides->notes.shared_runs =
        arena_zero(&sides->arena, sides->run_count + 1, sizeof(const struct sides_run *));
    for (size_t from = 0; from < sides->result_count;) {
        struct stretch stretch = next_stretch(sides, from, false);
        size_t heads = 0;
        while (heads < stretch.count && stretch.results[heads]->side == SIDE_BASE)
            heads++;
        for (size_t i = 0; i < heads; i++)
            for (size_t j = heads; j < stretch.count; j++)
                if (strcmp(stretch.results[i]->digest, stretch.results[j]->digest) == 0) {
                    stretch.results[i]->dropped = stretch.results[j]->dropped = true;
                    note_shared(sides, stretch.results[i]->run);
                    sides->notes.shared++;
                }
        from += stretch.count;
    }
    if (sides->notes.shared_run_count > 1)
        qsort(sides->notes.shared_runs, sides->notes.shared_run_count,
            sizeof(const struct sides_run *), by_age);
    sides_compact(sides);
}

void sides_select(struct sides *sides)
{
    drop_unwanted(sides);
    find_sides(sides);
    if (sides->result_count > 1)
        qsort(sides->results, sides->result_count, sizeof(struct sides_result *), by_identity);
    drop_repeats(sides);
    if (!sides->options->all_runs)
        drop_older(sides);
    drop_shared(sides);
}
