/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/reader.h"

#include "base/arena.h"
#include "base/memory.h"
#include "record/migration.h"

#include <string.h>

struct record_reader {
    struct lines *lines;
    struct json_options json;
    struct json_document line, upgraded;
    struct migration *migration;
    struct arena arena;    /* for names that are written with escapes */
    struct buffer pending; /* upgraded lines that wait, each with its newline and padding behind */
    size_t pending_at;
    const char *file; /* of the last line */
    uint64_t number;
    enum report_version version;
    bool saw_newer;
};

struct record_reader *record_reader_create(struct lines *lines, const struct json_options *json)
{
    struct record_reader *reader = memory_zero(1, sizeof *reader);
    reader->lines = lines;
    reader->migration = migration_create(REPORT_CURRENT);
    if (json)
        reader->json = *json;
    return reader;
}

void record_reader_free(struct record_reader *reader)
{
    if (!reader)
        return;
    json_release(&reader->line);
    json_release(&reader->upgraded);
    migration_free(reader->migration);
    buffer_release(&reader->pending);
    arena_release(&reader->arena);
    free(reader);
}

bool record_reader_saw_newer(const struct record_reader *reader)
{
    return reader->saw_newer;
}

/* -1 with the place of a value of the line. */
static int fault(const struct record_reader *reader, uint32_t node, const char *pointer,
    const char *text, struct error *error)
{
    error_set(error, ERROR_CONTENT, "%s", text);
    error_place(error, reader->file, reader->number, reader->line.nodes[node].start + 1);
    error_pointer(error, pointer);
    return -1;
}

static int take_old_line(struct record_reader *reader, struct error *error)
{
    buffer_reset(&reader->pending);
    reader->pending_at = 0;
    if (migration_line(reader->migration, &reader->line, reader->version, &reader->pending, error) <
        0) {
        error_place(error, reader->file, reader->number, 1);
        return -1;
    }
    size_t size = reader->pending.size;
    char *padding = buffer_room(&reader->pending, JSON_PADDING);
    if (!padding) {
        buffer_reset(&reader->pending);
        return error_set(error, ERROR_CONTENT, "the line is too long in its new form");
    }
    memset(padding, ' ', JSON_PADDING);
    reader->pending.size = size;
    return 0;
}

static int give_pending(struct record_reader *reader, struct record *record, struct error *error)
{
    const char *text = reader->pending.data + reader->pending_at;
    size_t left = reader->pending.size - reader->pending_at;
    const char *newline = memchr(text, '\n', left);
    size_t size = newline ? (size_t)(newline - text) : left;
    reader->pending_at += size + 1;
    if (json_parse(&reader->upgraded, text, size, NULL, error) != 0) {
        error_place(error, reader->file, reader->number, 0);
        return -1;
    }
    uint32_t kind = json_get(&reader->upgraded, 0, "kind");
    *record = (struct record){.kind = record_kind_read(json_raw(&reader->upgraded, kind)),
        .version = reader->version,
        .document = &reader->upgraded,
        .file = reader->file,
        .line = reader->number};
    record->derived = record->kind == RECORD_RUN;
    return 1;
}

static int give_line(struct record_reader *reader, struct record *record, struct error *error)
{
    uint32_t kind = json_get(&reader->line, 0, "kind");
    if (kind == JSON_NONE || json_type(&reader->line, kind) != JSON_STRING)
        return fault(reader, kind, kind == JSON_NONE ? "" : "/kind",
            "kind is missing or no string; expected one in every line of version 1", error);
    enum record_kind read = record_kind_read(json_string(&reader->line, kind, &reader->arena));
    if (read == RECORD_UNKNOWN && reader->version != REPORT_NEWER)
        return fault(
            reader, kind, "/kind", "the kind is unknown; expected run, result, end, …", error);
    *record = (struct record){.kind = read,
        .version = reader->version,
        .document = &reader->line,
        .file = reader->file,
        .line = reader->number};
    return 1;
}

static int take_line(struct record_reader *reader, const struct line *line, struct record *record,
    struct error *error)
{
    if (line->file != reader->file)
        migration_input(reader->migration, strcmp(line->file, SOURCE_STDIN) == 0);
    reader->file = line->file;
    reader->number = line->number;
    if (line->oversized) {
        if (!line->last_part)
            return 0;
        line_refuse_oversized(error);
        error_place(error, line->file, line->number, 0);
        return -1;
    }
    if (line->blank)
        return 0;
    if (json_parse(&reader->line, line->text, line->size, &reader->json, error) != 0) {
        error->line = line->number;
        error_place(error, line->file, line->number, 0);
        return -1;
    }
    arena_reset(&reader->arena);
    if (line_version(&reader->version, &reader->line, &reader->arena, error) != 0) {
        error_place(error, line->file, line->number, 0);
        return -1;
    }
    if (reader->version == REPORT_NEWER)
        reader->saw_newer = true;
    if (!report_version_is_old(reader->version))
        return give_line(reader, record, error);
    if (take_old_line(reader, error) != 0)
        return -1;
    return give_pending(reader, record, error);
}

int record_next(struct record_reader *reader, struct record *record, struct error *error)
{
    if (reader->pending_at < reader->pending.size)
        return give_pending(reader, record, error);
    while (reader->lines) {
        struct line line;
        int got = lines_next(reader->lines, &line, error);
        if (got <= 0)
            return got;
        got = take_line(reader, &line, record, error);
        if (got != 0)
            return got;
    }
    return 0;
}

int record_take(struct record_reader *reader, const struct line *line, struct record *record,
    struct error *error)
{
    return take_line(reader, line, record, error);
}
