/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "intake.h"

#include "record/kind.h"
#include "record/migration.h"
#include "record/time.h"

#include <math.h>
#include <string.h>

/*
 * Lines of one run that follow each other in a file that can be read again are
 * noted as one stretch. A file in which runs are left and come back more often
 * than this is mixed; from then on its lines are copied and sorted.
 */
enum { RETURNS_LIMIT = 1024 };

struct stretch {
    bool open;
    uint32_t run;
    uint64_t start, end, line;
};

struct taking {
    const struct intake_options *options;
    struct intake_totals *totals;
    struct inputs *inputs;
    struct runs *runs;
    struct store *store;
    struct migration *migration;
    struct json_document document, migrated;
    struct arena arena;
    struct buffer made;
    struct stretch stretch;
    uint32_t input;
    bool in_place;    /* lines of this input need not be copied */
    uint64_t offset;  /* of the block in the input */
    unsigned returns; /* stretches of a run that had been left */
    uint32_t last_run;
    struct slice last_id; /* of last_run */
};

enum phase intake_phase(const struct json_document *line)
{
    uint32_t kind = json_get(line, 0, "kind");
    if (kind == JSON_NONE || json_type(line, kind) != JSON_STRING)
        return PHASE_LINES;
    switch (record_kind_read(json_raw(line, kind))) {
    case RECORD_RUN: return PHASE_RUN;
    case RECORD_END: return PHASE_END;
    case RECORD_SIGNATURE: return PHASE_SIGNATURE;
    default: return PHASE_LINES;
    }
}

static void say(struct taking *taking, const struct line *line, struct error *problem)
{
    error_place(problem, line->file, line->number, 0);
    taking->options->say(problem);
    taking->totals->bad++;
}

static void end_stretch(struct taking *taking)
{
    struct stretch *stretch = &taking->stretch;
    if (!stretch->open)
        return;
    struct segment segment = {.place = PLACE_INPUT,
        .input = taking->input,
        .start = stretch->start,
        .size = stretch->end - stretch->start,
        .line = stretch->line};
    runs_add_segment(taking->runs, stretch->run, &segment);
    stretch->open = false;
}

/* Consecutive lines are mostly of one run. */
static uint32_t find_run(struct taking *taking, const struct json_document *line)
{
    uint32_t node = json_get(line, 0, "run_id");
    struct slice id = {NULL, 0};
    if (node != JSON_NONE && json_type(line, node) == JSON_STRING)
        id = json_string(line, node, &taking->arena);
    if (id.data && taking->last_id.data && slice_equal(id, taking->last_id))
        return taking->last_run;
    taking->last_run = runs_find(taking->runs, id);
    taking->last_id = taking->runs->items[taking->last_run].id;
    return taking->last_run;
}

static void note_started(struct run *run, const struct json_document *line)
{
    uint32_t node = json_get(line, 0, "started_at");
    int64_t started;
    if (run->started_known || node == JSON_NONE || json_type(line, node) != JSON_STRING ||
        !time_read(json_raw(line, node), &started, NULL))
        return;
    run->started = started;
    run->started_known = true;
}

/* For a run without a run line: the earliest time that a line names. */
static void note_seen(struct run *run, const struct json_document *line)
{
    static const char *const names[] = {"started_ts", "ts", "ended_ts"};
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        uint32_t node = json_get(line, 0, names[i]);
        double seconds = node != JSON_NONE && json_type(line, node) == JSON_NUMBER
                             ? json_double(line, node)
                             : NAN;
        if (!(fabs(seconds) < 9e9))
            continue;
        int64_t seen = llround(seconds * 1e6) * 1000;
        if (!run->seen_known || seen < run->seen)
            run->seen = seen;
        run->seen_known = true;
        return;
    }
}

static void note_run(
    struct taking *taking, struct run *run, const struct json_document *line, enum phase phase)
{
    if (run->input == UINT32_MAX)
        run->input = taking->input;
    else if (run->input != taking->input)
        run->several = true;
    if (phase < run->phase)
        run->disorder = true;
    run->phase = phase;
    if (phase == PHASE_RUN)
        note_started(run, line);
    else if (!run->started_known)
        note_seen(run, line);
}

/* The line lies where it can be read again: it goes on with the stretch, or begins one. */
static void note_place(
    struct taking *taking, uint32_t run, const struct line *line, uint64_t offset)
{
    struct stretch *stretch = &taking->stretch;
    if (stretch->open && stretch->run == run && stretch->end == offset) {
        stretch->end += line->size;
        return;
    }
    end_stretch(taking);
    if (taking->runs->items[run].first != SEGMENT_NONE && ++taking->returns > RETURNS_LIMIT)
        taking->in_place = false;
    *stretch = (struct stretch){true, run, offset, offset + line->size, line->number};
}

static int take_document(struct taking *taking, const struct json_document *document,
    const struct line *line, struct slice bytes, uint64_t offset, struct error *error)
{
    uint32_t run = find_run(taking, document);
    enum phase phase = intake_phase(document);
    note_run(taking, &taking->runs->items[run], document, phase);
    if (taking->in_place && bytes.data == line->text) {
        note_place(taking, run, line, offset);
        return 0;
    }
    end_stretch(taking);
    struct stored stored = {
        .run = run, .input = taking->input, .line = line->number, .phase = phase};
    return store_add(taking->store, &stored, bytes, error);
}

/* The lines that an old one became. */
static int take_made(struct taking *taking, const struct line *line, struct error *error)
{
    size_t size = taking->made.size;
    char *padding = buffer_room(&taking->made, JSON_PADDING);
    if (padding)
        memset(padding, '\n', JSON_PADDING);
    for (size_t at = 0; at < size && padding;) {
        const char *text = taking->made.data + at;
        const char *newline = memchr(text, '\n', size - at);
        size_t length = newline ? (size_t)(newline + 1 - text) : size - at;
        if (json_parse(&taking->migrated, text, length, NULL, error) != 0 ||
            take_document(
                taking, &taking->migrated, line, (struct slice){text, length}, 0, error) != 0)
            return -1;
        at += length;
    }
    return 0;
}

static int take_line(
    struct taking *taking, const struct line *line, uint64_t offset, struct error *error)
{
    struct error problem = ERROR_INIT;
    enum report_version version = REPORT_UNKNOWN;
    int made = -1;
    taking->totals->lines++;
    arena_reset(&taking->arena);
    buffer_reset(&taking->made);
    if (json_parse(&taking->document, line->text, line->size, NULL, &problem) != 0)
        problem.line = line->number;
    else if (line_version(&version, &taking->document, &taking->arena, &problem) == 0)
        made =
            migration_line(taking->migration, &taking->document, version, &taking->made, &problem);
    if (made < 0) {
        say(taking, line, &problem);
        return 0;
    }
    taking->totals->newer += version == REPORT_NEWER;
    if (made > 0)
        return take_made(taking, line, error);
    struct slice bytes = {line->text, line->size};
    return take_document(taking, &taking->document, line, bytes, offset, error);
}

static int take_block(struct taking *taking, const struct block *block, struct error *error)
{
    struct block_walk walk = {block, 0, block->first_line};
    struct line line;
    int result = 0;
    if (block->first) {
        taking->input = inputs_add(taking->inputs, block);
        taking->in_place = taking->inputs->items[taking->input].again;
        taking->offset = 0;
        taking->returns = 0;
        migration_input(taking->migration, strcmp(block->file, SOURCE_STDIN) == 0);
    }
    while (result == 0 && block_line(&walk, &line)) {
        if (line.oversized && line.last_part) {
            struct error problem = ERROR_INIT;
            line_refuse_oversized(&problem);
            say(taking, &line, &problem);
        } else if (!line.oversized && !line.blank) {
            uint64_t offset = taking->offset + (uint64_t)(line.text - block->text);
            result = take_line(taking, &line, offset, error);
        }
    }
    taking->offset += block->size;
    return result;
}

static int take_blocks(struct taking *taking, struct blocks *blocks, struct error *error)
{
    struct block block = BLOCK_INIT;
    struct error unreadable = ERROR_INIT;
    int result = 0, more;
    while (result == 0 && (more = blocks_next(blocks, &block, &unreadable)) != 0) {
        /* A stretch ends with its file. */
        if (more < 0 || block.first)
            end_stretch(taking);
        if (more > 0) {
            result = take_block(taking, &block, error);
            continue;
        }
        taking->options->say(&unreadable);
        if ((int)error_status(&unreadable) > taking->totals->status)
            taking->totals->status = (int)error_status(&unreadable);
        error_clear(&unreadable);
    }
    end_stretch(taking);
    block_release(&block);
    return result;
}

int intake(const struct intake_options *options, struct blocks *blocks, struct inputs *inputs,
    struct runs *runs, struct store *store, struct intake_totals *totals, struct error *error)
{
    struct taking taking = {.options = options,
        .totals = totals,
        .inputs = inputs,
        .runs = runs,
        .store = store,
        .migration = migration_create(REPORT_CURRENT),
        .document = JSON_DOCUMENT_INIT,
        .migrated = JSON_DOCUMENT_INIT};
    int result = take_blocks(&taking, blocks, error);
    if (result == 0)
        result = store_finish(store, error);
    if (totals->bad > 0 && totals->status < STATUS_FOUND)
        totals->status = STATUS_FOUND;
    migration_free(taking.migration);
    json_release(&taking.document);
    json_release(&taking.migrated);
    buffer_release(&taking.made);
    arena_release(&taking.arena);
    return result;
}
