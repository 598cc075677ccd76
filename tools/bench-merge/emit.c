/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "emit.h"

#include "base/memory.h"
#include "intake.h"
#include "labels.h"

#include <string.h>

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

/* Its lines lie one behind the other, in the order in which they go out. */
static bool is_in_order(const struct run *run)
{
    return !run->several && !run->disorder && !(run->in_inputs && run->in_store);
}

/* They go out as they stand. */
static bool is_plain(const struct emitting *emitting, const struct run *run)
{
    return is_in_order(run) && !emitting->gathering->where && emitting->options->labels->count == 0;
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
    if (entry_read(&bytes, emitting->gathering->reading, entry, error) != 0)
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
        size_t size = gathered->capacity * sizeof *gathered->entries;
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

static int write_runs(struct emitting *emitting, const char *path, char *const *names,
    const char *name, struct error *error)
{
    int result = output_open(&emitting->out, path, error);
    for (size_t i = 0; i < emitting->count && result == 0; i++) {
        struct run *run = emitting->order[i];
        if (name && strcmp(names[i], name) != 0)
            continue;
        emitting->totals->runs++;
        result = is_plain(emitting, run) ? write_plain(emitting, run, error)
                                         : write_gathered(emitting, run, error);
    }
    if (result == 0)
        result = inputs_check(emitting->gathering->reading->inputs, error);
    if (result == 0)
        return output_commit(emitting->out, error);
    output_abandon(emitting->out);
    return -1;
}

/* ---- --split-by ---- */

/* A text from a report as a part of a file's name: nothing that leads anywhere else. */
static char *safe_name(struct slice text)
{
    char *name = memory_text_n(text.data ? text.data : "", text.size);
    for (size_t i = 0; i < text.size; i++) {
        char byte = name[i];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                     (byte >= '0' && byte <= '9') || strchr("._+-", byte);
        if (byte == '\0' || !plain || (byte == '.' && i == 0))
            name[i] = '_';
    }
    if (name[0] != '\0')
        return name;
    free(name);
    return memory_text("unknown");
}

/* The first run line among a segment's lines, read into emitting->line: 1, or 0. */
static int find_run_line(
    struct emitting *emitting, const struct segment *segment, bool first_only, struct error *error)
{
    struct segment_walk walk = {segment, segment->start, segment->line};
    struct placed placed;
    int got;
    while ((got = reading_line(emitting->gathering->reading, &walk, &placed, error)) == 1) {
        if (json_parse_copy(&emitting->line, placed.bytes, NULL, error) != 0)
            return -1;
        if (intake_phase(&emitting->line) == PHASE_RUN)
            return 1;
        if (first_only)
            return 0;
    }
    return got;
}

/* What the run's line says in the field; only a run line is asked. */
static int name_run(
    struct emitting *emitting, const struct run *run, char **out, struct error *error)
{
    const struct segment *segments = emitting->gathering->runs->segments;
    bool in_order = is_in_order(run);
    struct arena arena = ARENA_INIT;
    int found = 0;
    for (uint32_t at = run->first; at != SEGMENT_NONE && found == 0; at = segments[at].next) {
        found = find_run_line(emitting, &segments[at], in_order, error);
        if (in_order)
            break;
    }
    if (found < 0)
        return -1;
    struct slice value = {NULL, 0};
    if (found > 0)
        value = identity_text(emitting->options->split_by, &emitting->line, &arena);
    *out = safe_name(value);
    arena_release(&arena);
    return 0;
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* pattern with name for its "{}". */
static char *path_of(const char *pattern, const char *name)
{
    const char *place = strstr(pattern, "{}");
    return memory_format("%.*s%s%s", (int)(place - pattern), pattern, name, place + 2);
}

static int write_split(struct emitting *emitting, struct error *error)
{
    size_t count = emitting->count;
    char **names = memory_zero(count + 1, sizeof *names);
    char **sorted = memory_zero(count + 1, sizeof *sorted);
    int result = 0;
    for (size_t i = 0; i < count && result == 0; i++)
        result = name_run(emitting, emitting->order[i], &names[i], error);
    if (result == 0) {
        memcpy(sorted, names, count * sizeof *names);
        qsort(sorted, count, sizeof *sorted, compare_names);
    }
    for (size_t i = 0; i < count && result == 0; i++) {
        if (i > 0 && strcmp(sorted[i], sorted[i - 1]) == 0)
            continue;
        char *path = path_of(emitting->options->output, sorted[i]);
        result = write_runs(emitting, path, names, sorted[i], error);
        free(path);
    }
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    free(sorted);
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
        result = options->split_by ? write_split(&emitting, error)
                                   : write_runs(&emitting, options->output, NULL, NULL, error);
    for (size_t i = 0; i < gathering->runs->count; i++)
        gathered_free(gathering->runs->items[i].gathered);
    json_release(&emitting.line);
    buffer_release(&emitting.text);
    free(emitting.order);
    return result;
}
