/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_READER_H
#define RECORD_READER_H

#include "base/compiler.h"
#include "base/error.h"
#include "record/kind.h"
#include "record/version.h"
#include "source/lines.h"
#include "json/document.h"

#include <stdbool.h>

/*
 * The records of a stream of lines, one at a time and all in the form of 1.0.0:
 * a line of an older version is upgraded on the way (record/upgrade.h), so that
 * nobody behind this reader knows the old names. What a schema would refuse may
 * still come through; only what cannot be read at all is an error.
 */
struct record {
    enum record_kind kind;
    enum report_version version;          /* of the line as it was read */
    const struct json_document *document; /* until the next call */
    const char *file;                     /* until the reader is freed */
    uint64_t line;
    bool derived; /* a run line that stands for a file of old lines */
};

struct record_reader;

/* lines is borrowed until the reader is freed; NULL where record_take brings them. json may be
 * NULL. */
struct record_reader *record_reader_create(struct lines *lines, const struct json_options *json);
void record_reader_free(struct record_reader *reader);

/*
 * 1 and the next record, 0 at the end, -1 for a line that is no record or an
 * input that cannot be read (error->code tells which: ERROR_CONTENT or other);
 * the next call goes on behind it.
 */
int record_next(struct record_reader *reader, struct record *record, struct error *error) MUST_USE;

/*
 * The same for one line that the caller has, which it keeps until record_next
 * said 0: that gives what else the line became.
 */
int record_take(struct record_reader *reader, const struct line *line, struct record *record,
    struct error *error) MUST_USE;

/* Lines of a version newer than is known came by: say so once. */
bool record_reader_saw_newer(const struct record_reader *reader);

#endif
