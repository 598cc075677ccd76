/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/review_parts.h"

#include "base/memory.h"
#include "record/access.h"
#include "record/time.h"

#include <math.h>

struct review_run *review_run_of(struct review *review)
{
    const struct record *record = review->record;
    struct slice id = access_text(record->document, ACCESS_ROOT, "run_id", &review->line);
    uint32_t known = review->runs.count;
    if (!id.data)
        return NULL;
    uint32_t number = dictionary_id(&review->runs, id);
    if (number < known)
        return review->run_items[number];
    MEMORY_GROW(review->run_items, known, review->run_capacity);
    struct review_run *run = arena_zero(&review->arena, 1, sizeof *run);
    run->id = dictionary_text(&review->runs, number);
    run->place = review_here(review, "/run_id");
    run->last.started = run->last.ended = NAN;
    run->machine.cores = run->machine.memory_bytes = NAN;
    review->run_items[number] = run;
    return run;
}

static bool first_of_its_run(const struct review *review, const struct review_run *run)
{
    return run->place.line == review->record->line && run->place.file == review->record->file;
}

static void keep_facts(
    struct review *review, struct review_run *run, const struct report_run *facts)
{
    run->place = review_here(review, "/run_id");
    run->known = true;
    run->derived = review->record->derived;
    /* pytest runs one test after the other; "given" is in turns, as "interleaved" is. */
    run->sequential = run->derived || slice_is(facts->order_mode, "blocked");
    run->started_known =
        facts->started_at.data && time_read(facts->started_at, &run->started_ns, NULL);
}

void review_run_line(struct review *review, struct review_run *run)
{
    struct report_run facts;
    struct error error = ERROR_INIT;
    if (run->known) {
        review_say(review, REVIEW_RUN_TWICE, "/run_id",
            "run %.*s has a run line at %s:%llu already; expected one", REVIEW_TEXT(run->id),
            run->place.file, (unsigned long long)run->place.line);
        return;
    }
    if (!first_of_its_run(review, run))
        review_say(review, REVIEW_LATE_RUN, "/run_id",
            "lines of run %.*s stand before it, the first at %s:%llu; expected it first",
            REVIEW_TEXT(run->id), run->place.file, (unsigned long long)run->place.line);
    if (report_run_read(&facts, review->record, &review->line, &error) != 0)
        return;
    keep_facts(review, run, &facts);
    review_machines(review, run);
    if (facts.dirty == KNOWN_TRUE && facts.tag.size > 0)
        review_say(review, REVIEW_DIRTY_TAG, "/vcs/dirty",
            "the sources differed from tag %.*s, which the run claims; expected a clean checkout, "
            "or no tag",
            REVIEW_TEXT(facts.tag));
}

void review_end_line(struct review *review, struct review_run *run)
{
    int64_t ended;
    struct slice text =
        access_text(review->record->document, ACCESS_ROOT, "ended_at", &review->line);
    run->ended = true;
    if (run->started_known && text.data && time_read(text, &ended, NULL) && ended < run->started_ns)
        review_say(review, REVIEW_ENDED_BEFORE_STARTED, "/ended_at",
            "the run ended %.3f s before it started; expected a later time",
            (double)(run->started_ns - ended) / 1e9);
    review_series_close(review, run);
}

void review_run_close(struct review *review, struct review_run *run)
{
    review_series_close(review, run);
    if (!run->known)
        review_say_at(review, REVIEW_UNKNOWN_RUN, &run->place,
            "no run line has the run_id %.*s; expected one before its other lines",
            REVIEW_TEXT(run->id));
    else if (!run->ended && !run->derived)
        review_say_at(review, REVIEW_NO_END, &run->place,
            "run %.*s has no end line; it was broken off, or the end is lost",
            REVIEW_TEXT(run->id));
}

static bool texts_differ(struct slice one, struct slice other)
{
    return one.size > 0 && other.size > 0 && !slice_equal(one, other);
}

/* As texts_differ; "M2 Max" and "Apple M2 Max" are one. */
static bool processors_differ(struct slice one, struct slice other)
{
    if (!texts_differ(one, other))
        return false;
    struct slice longer = one.size > other.size ? one : other;
    struct slice shorter = one.size > other.size ? other : one;
    struct slice end = {longer.data + (longer.size - shorter.size), shorter.size};
    return !slice_equal(end, shorter);
}

static struct review_machine read_machine(struct review *review)
{
    const struct json_document *document = review->record->document;
    uint32_t system = access_node(document, ACCESS_ROOT, "system", JSON_OBJECT);
    uint32_t cpu = access_node(document, system, "cpu", JSON_OBJECT);
    return (struct review_machine){.model = access_text(document, system, "model", &review->line),
        .cpu = access_text(document, cpu, "model", &review->line),
        .cores =
            access_number(document, access_node(document, cpu, "cores", JSON_OBJECT), "physical"),
        .memory_bytes = access_number(
            document, access_node(document, system, "memory", JSON_OBJECT), "total_bytes")};
}

/* The first that says a thing says it for the run. */
static void learn_machine(
    struct review *review, struct review_machine *known, const struct review_machine *said)
{
    if (known->model.size == 0 && said->model.size > 0)
        known->model = arena_slice(&review->arena, said->model);
    if (known->cpu.size == 0 && said->cpu.size > 0)
        known->cpu = arena_slice(&review->arena, said->cpu);
    if (isnan(known->cores))
        known->cores = said->cores;
    if (isnan(known->memory_bytes))
        known->memory_bytes = said->memory_bytes;
    if (known->line == 0 && (said->model.size > 0 || said->cpu.size > 0 || !isnan(said->cores) ||
                                !isnan(said->memory_bytes))) {
        known->file = review->record->file;
        known->line = review->record->line;
    }
}

/* The pointer to what is another one, or NULL. */
static const char *machine_difference(
    const struct review_machine *known, const struct review_machine *said)
{
    if (texts_differ(said->model, known->model))
        return "/system/model";
    if (processors_differ(said->cpu, known->cpu))
        return "/system/cpu/model";
    if (!isnan(said->cores) && !isnan(known->cores) && said->cores != known->cores)
        return "/system/cpu/cores/physical";
    /* Kernels differ in what they keep for themselves, so whole GiB count. */
    if (!isnan(said->memory_bytes) && !isnan(known->memory_bytes) &&
        round(said->memory_bytes / 1073741824) != round(known->memory_bytes / 1073741824))
        return "/system/memory/total_bytes";
    return NULL;
}

/* system of a run line is the first of its hosts; results of others name theirs. */
void review_machines(struct review *review, struct review_run *run)
{
    const struct json_document *document = review->record->document;
    uint32_t node;
    if (json_get(document, 0, "host") != JSON_NONE)
        return;
    const struct review_machine said = read_machine(review);
    const char *pointer = machine_difference(&run->machine, &said);
    if (pointer && json_pointer_find(document, slice_of(pointer), &node))
        review_say(review, REVIEW_TWO_MACHINES, pointer,
            "\"%.*s\" is not what %s:%llu says of this run's machine; expected one machine, or "
            "hosts that are named",
            REVIEW_TEXT(json_raw(document, node)), run->machine.file,
            (unsigned long long)run->machine.line);
    learn_machine(review, &run->machine, &said);
}
