/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "convert.h"

#include "record/migration.h"
#include "json/document.h"

#include <string.h>

/* An output on which lines of two files must not run together where the first has no last newline.
 */
struct stream {
    struct output *out;
    bool open; /* the last byte was no newline */
};

struct converter {
    const struct conversion *conversion;
    struct conversion_totals *totals;
    struct migration *migration;
    struct json_document document, made_line;
    struct arena arena;
    struct buffer made, redacted;
    struct stream out, invalid;
};

static int write_bytes(struct stream *stream, struct slice bytes, bool joined, struct error *error)
{
    if (!stream->out || !bytes.data || bytes.size == 0)
        return 0;
    if (stream->open && !joined && output_write(stream->out, slice_of("\n"), error) != 0)
        return -1;
    stream->open = bytes.data[bytes.size - 1] != '\n';
    return output_write(stream->out, bytes, error);
}

static int set_aside(struct converter *converter, const struct line *line, struct error *problem,
    struct error *error)
{
    error_place(problem, line->file, line->number, 0);
    converter->conversion->say(problem);
    converter->totals->bad++;
    return write_bytes(&converter->invalid, (struct slice){line->text, line->size}, false, error);
}

/* The parts of one line that is too long belong together. */
static int take_part(
    struct converter *converter, const struct line *line, bool first, struct error *error)
{
    struct slice bytes = {line->text, line->size};
    if (first) {
        struct error problem = ERROR_INIT;
        line_refuse_oversized(&problem);
        return set_aside(converter, line, &problem, error);
    }
    return write_bytes(&converter->invalid, bytes, true, error);
}

/*
 * A line goes out, without personal data where that is wanted. -1 with problem
 * set: it cannot; with error set: writing failed.
 */
static int write_line(struct converter *converter, const struct json_document *document,
    struct slice bytes, struct error *problem, struct error *error)
{
    struct buffer *redacted = &converter->redacted;
    buffer_reset(redacted);
    switch (redaction_line(converter->conversion->redaction, document, redacted, problem)) {
    case REDACTION_NONE: return write_bytes(&converter->out, bytes, false, error);
    case REDACTION_CHANGED:
        converter->totals->redacted++;
        buffer_add_char(redacted, '\n');
        return write_bytes(&converter->out, buffer_slice(redacted), false, error);
    case REDACTION_LEFT_OUT: return 0;
    default: return -1;
    }
}

/* The lines that an old one became. */
static int write_made(struct converter *converter, struct error *problem, struct error *error)
{
    struct slice left = buffer_slice(&converter->made);
    if (!converter->conversion->redaction)
        return write_bytes(&converter->out, left, false, error);
    int result = 0;
    while (result == 0 && left.size > 0) {
        const char *newline = memchr(left.data, '\n', left.size);
        size_t size = newline ? (size_t)(newline - left.data) + 1 : left.size;
        struct slice line = {left.data, size};
        result = json_parse_copy(&converter->made_line, line, NULL, problem);
        if (result == 0)
            result = write_line(converter, &converter->made_line, line, problem, error);
        left = (struct slice){left.data + size, left.size - size};
    }
    return result;
}

static int write_passed(struct converter *converter, const struct line *line, struct error *problem,
    struct error *error)
{
    struct slice bytes = {line->text, line->size};
    if (!converter->conversion->redaction)
        return write_bytes(&converter->out, bytes, false, error);
    return write_line(converter, &converter->document, bytes, problem, error);
}

static int take_line(struct converter *converter, const struct line *line, struct error *error)
{
    struct error problem = ERROR_INIT;
    enum report_version version = REPORT_UNKNOWN;
    struct json_document *document = &converter->document;
    int made = -1;

    arena_reset(&converter->arena);
    buffer_reset(&converter->made);
    if (json_parse(document, line->text, line->size, NULL, &problem) != 0)
        problem.line = line->number;
    else if (line_version(&version, document, &converter->arena, &problem) == 0) {
        struct query *new_run_at = converter->conversion->new_run_at;
        if (new_run_at && query_holds(new_run_at, document))
            migration_new_run(converter->migration);
        made = migration_line(converter->migration, document, version, &converter->made, &problem);
    }
    if (made < 0)
        return set_aside(converter, line, &problem, error);
    converter->totals->newer += version == REPORT_NEWER;
    if (made > 0)
        converter->totals->migrated++;
    else
        converter->totals->passed++;
    int result = made > 0 ? write_made(converter, &problem, error)
                          : write_passed(converter, line, &problem, error);
    if (problem.code == ERROR_NONE)
        return result;
    return set_aside(converter, line, &problem, error);
}

static int take_block(
    struct converter *converter, const struct block *block, bool *in_part, struct error *error)
{
    struct block_walk walk = {block, 0, block->first_line};
    struct line line;
    int result = 0;
    if (block->first)
        migration_input(converter->migration, strcmp(block->file, SOURCE_STDIN) == 0);
    while (result == 0 && block_line(&walk, &line)) {
        if (line.oversized) {
            result = take_part(converter, &line, !*in_part, error);
            *in_part = !line.last_part;
        } else if (!line.blank) {
            result = take_line(converter, &line, error);
        }
    }
    /* A pipe that gives little at a time is somebody's work in progress: let it through. */
    if (result == 0 && block->size < LINE_BLOCK / 2)
        result = output_flush(converter->out.out, error);
    return result;
}

static int take_blocks(struct converter *converter, struct blocks *blocks, struct error *error)
{
    struct block block = BLOCK_INIT;
    struct error unreadable = ERROR_INIT;
    bool in_part = false;
    int result = 0, more;
    while (result == 0 && (more = blocks_next(blocks, &block, &unreadable)) != 0) {
        if (more > 0) {
            result = take_block(converter, &block, &in_part, error);
            continue;
        }
        converter->conversion->say(&unreadable);
        if ((int)error_status(&unreadable) > converter->totals->status)
            converter->totals->status = (int)error_status(&unreadable);
        error_clear(&unreadable);
    }
    block_release(&block);
    return result;
}

int convert(const struct conversion *conversion, struct blocks *blocks,
    struct conversion_totals *totals, struct error *error)
{
    struct converter converter = {.conversion = conversion,
        .totals = totals,
        .migration = migration_create(conversion->to),
        .document = JSON_DOCUMENT_INIT,
        .made_line = JSON_DOCUMENT_INIT,
        .out = {.out = conversion->out},
        .invalid = {.out = conversion->invalid}};
    int result = take_blocks(&converter, blocks, error);
    if (totals->bad > 0 && totals->status < STATUS_FOUND)
        totals->status = STATUS_FOUND;
    buffer_release(&converter.made);
    buffer_release(&converter.redacted);
    json_release(&converter.made_line);
    arena_release(&converter.arena);
    json_release(&converter.document);
    migration_free(converter.migration);
    return result;
}
