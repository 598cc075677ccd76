/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "emit.h"

#include "base/memory.h"
#include "labels.h"
#include "split.h"

#include <signal.h>
#include <stdlib.h>

struct emitting {
    const struct emit_options *options;
    struct gathering *gathering;
    struct emit_totals *totals;
    struct run **order;
    size_t count; /* of the runs that go out */
    struct output *out;
    struct json_document line;
    struct buffer text;
    size_t kept; /* bytes */
};

/* They go out as they stand. */
static bool is_plain(const struct emitting *emitting, const struct run *run)
{
    return run_in_order(run) && !emitting->gathering->where &&
           emitting->options->labels->count == 0;
}

static int write_line(struct emitting *emitting, struct slice bytes, struct error *error)
{
    if (output_write(emitting->out, bytes, error) != 0)
        return -1;
    bool newline = bytes.size > 0 && bytes.data[bytes.size - 1] == '\n';
    return newline ? 0 : output_write(emitting->out, slice_of("\n"), error);
}

/* Whole lines, in pieces of any size. */
static int write_stretch(
    struct emitting *emitting, const struct segment *segment, struct error *error)
{
    enum { PIECE = 1 << 20 };
    struct slice bytes = {NULL, 0};
    uint64_t at = segment->start, end = segment->start + segment->size;
    for (; at < end; at += bytes.size) {
        size_t size = end - at < PIECE ? (size_t)(end - at) : PIECE;
        if (reading_get(emitting->gathering->reading, segment, at, size, &bytes, error) != 0 ||
            output_write(emitting->out, bytes, error) != 0)
            return -1;
    }
    bool newline = bytes.size > 0 && bytes.data[bytes.size - 1] == '\n';
    return newline ? 0 : output_write(emitting->out, slice_of("\n"), error);
}

static int write_plain(struct emitting *emitting, const struct run *run, struct error *error)
{
    const struct segment *segments = emitting->gathering->runs->segments;
    for (uint32_t at = run->first; at != SEGMENT_NONE; at = segments[at].next) {
        struct segment_walk walk = {&segments[at], segments[at].start, segments[at].line};
        struct placed placed;
        int got = 0;
        if (segments[at].place == PLACE_INPUT) {
            if (write_stretch(emitting, &segments[at], error) != 0)
                return -1;
            continue;
        }
        while ((got = reading_line(emitting->gathering->reading, &walk, &placed, error)) == 1)
            if (write_line(emitting, placed.bytes, error) != 0)
                return -1;
        if (got < 0)
            return -1;
    }
    return 0;
}

static int write_entry(struct emitting *emitting, const struct gathered *gathered,
    const struct entry *entry, struct error *error)
{
    struct slice bytes;
    const struct option_list *labels = emitting->options->labels;
    enum phase labelled = gathered->has_run_line ? PHASE_RUN : PHASE_LINES;
    if (entry_read(&bytes, emitting->gathering->reading, gathered, entry, error) != 0)
        return -1;
    if (labels->count == 0 || entry->phase != labelled)
        return write_line(emitting, bytes, error);
    if (json_parse_copy(&emitting->line, bytes, NULL, error) != 0)
        return -1;
    buffer_reset(&emitting->text);
    labels_write(&emitting->line, labels, &emitting->text);
    return write_line(emitting, buffer_slice(&emitting->text), error);
}

static int write_gathered(struct emitting *emitting, struct run *run, struct error *error)
{
    struct gathered *gathered = run->gathered;
    int result = 0;
    if (!gathered && gather(&gathered, emitting->gathering, run, error) != 0)
        return -1;
    if (!run->gathered) {
        emitting->totals->repeats += gathered->repeats;
        emitting->totals->conflicts += gathered->conflicts;
    }
    for (size_t i = 0; i < gathered->count && result == 0; i++)
        if (!gathered->entries[i].dropped)
            result = write_entry(emitting, gathered, &gathered->entries[i], error);
    gathered_free(gathered);
    run->gathered = NULL;
    return result;
}

/*
 * Looks at every run that stands in several inputs before anything is written.
 * What was found is kept for the writing as long as there is room.
 */
static int look_for_conflicts(struct emitting *emitting, struct error *error)
{
    for (size_t i = 0; i < emitting->count; i++) {
        struct run *run = emitting->order[i];
        struct gathered *gathered;
        if (!run->several)
            continue;
        if (gather(&gathered, emitting->gathering, run, error) != 0)
            return -1;
        emitting->totals->conflicts += gathered->conflicts;
        size_t size = gathered_memory(gathered);
        if (emitting->kept + size <= emitting->options->keep) {
            emitting->totals->repeats += gathered->repeats;
            emitting->kept += size;
            run->gathered = gathered;
        } else {
            gathered_free(gathered);
        }
    }
    emitting->gathering->say = NULL;
    emitting->totals->failed = emitting->totals->conflicts > 0;
    return 0;
}

static bool is_wanted(const struct emit_options *options, const struct run *run)
{
    int64_t time;
    if (!options->since_given && !options->until_given)
        return true;
    if (!run_time(run, &time))
        return false;
    return (!options->since_given || time >= options->since) &&
           (!options->until_given || time < options->until);
}

static int write_run(struct emitting *emitting, struct run *run, struct error *error)
{
    emitting->totals->runs++;
    return is_plain(emitting, run) ? write_plain(emitting, run, error)
                                   : write_gathered(emitting, run, error);
}

static int write_one(struct emitting *emitting, struct error *error)
{
    int result = output_open(&emitting->out, emitting->options->output, error);
    for (size_t i = 0; i < emitting->count && result == 0; i++)
        result = write_run(emitting, emitting->order[i], error);
    if (result == 0)
        result = inputs_check(emitting->gathering->reading->inputs, error);
    if (result == 0)
        return output_commit(emitting->out, error);
    output_abandon(emitting->out);
    return -1;
}

/* Files that wait, written to their end, until all can have their names. */
struct waiting {
    struct output **items;
    size_t count, capacity;
};

static int write_part(struct emitting *emitting, const struct split_part *part,
    struct waiting *waiting, struct error *error)
{
    if (output_open(&emitting->out, part->path, error) != 0)
        return -1;
    MEMORY_GROW(waiting->items, waiting->count, waiting->capacity);
    waiting->items[waiting->count++] = emitting->out;
    for (size_t i = 0; i < part->count; i++)
        if (write_run(emitting, part->runs[i], error) != 0)
            return -1;
    return output_rest(emitting->out, error);
}

/* The disk is waited for before the first file has its name; a signal comes before that, or when
 * the last one has it. */
static int commit_all(struct waiting *waiting, struct error *error)
{
    sigset_t all, before;
    int result = 0;
    for (size_t i = 0; i < waiting->count && result == 0; i++)
        result = output_sync(waiting->items[i], error);
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    for (size_t i = 0; i < waiting->count && result == 0; i++) {
        struct output *output = waiting->items[i];
        waiting->items[i] = NULL;
        result = output_commit(output, error);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return result;
}

static int write_split(struct emitting *emitting, struct error *error)
{
    const struct emit_options *options = emitting->options;
    struct waiting waiting = {NULL, 0, 0};
    struct split *split;
    int result = split_create(&split, emitting->order, emitting->count, emitting->gathering,
        options->split_by, options->output, error);
    for (size_t i = 0; result == 0 && i < split->count; i++)
        result = write_part(emitting, &split->parts[i], &waiting, error);
    if (result == 0)
        result = inputs_check(emitting->gathering->reading->inputs, error);
    if (result == 0)
        result = commit_all(&waiting, error);
    for (size_t i = 0; i < waiting.count; i++)
        output_abandon(waiting.items[i]);
    free(waiting.items);
    split_free(split);
    return result;
}

int emit(const struct emit_options *options, struct gathering *gathering,
    struct emit_totals *totals, struct error *error)
{
    struct emitting emitting = {.options = options,
        .gathering = gathering,
        .totals = totals,
        .order = runs_in_order(gathering->runs),
        .line = JSON_DOCUMENT_INIT};
    int result = 0;
    for (size_t i = 0; i < gathering->runs->count; i++) {
        if (is_wanted(options, emitting.order[i]))
            emitting.order[emitting.count++] = emitting.order[i];
        else
            totals->outside++;
    }
    if (gathering->rule == CONFLICT_FAIL)
        result = look_for_conflicts(&emitting, error);
    if (result == 0 && !totals->failed)
        result = options->split_by ? write_split(&emitting, error) : write_one(&emitting, error);
    for (size_t i = 0; i < gathering->runs->count; i++)
        gathered_free(gathering->runs->items[i].gathered);
    json_release(&emitting.line);
    buffer_release(&emitting.text);
    free(emitting.order);
    return result;
}
