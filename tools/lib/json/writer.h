/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JSON_WRITER_H
#define JSON_WRITER_H

#include "base/buffer.h"
#include "json/document.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Writes JSON into a buffer, one call a value; commas, colons, escapes and (with
 * indent) line breaks are the writer's. What is called out of order (a value
 * where a key is due) is a defect of the program and ends in an assertion.
 *
 *     struct json_writer writer = json_writer(&line, 0);
 *     json_begin_object(&writer);
 *     json_write_key(&writer, "kind");
 *     json_write_text(&writer, "run");
 *     json_end_object(&writer);
 */
enum { JSON_WRITER_DEPTH = 64 }; /* of the writer's own containers; copies may nest deeper */

struct json_writer {
    struct buffer *out;
    unsigned indent; /* spaces a level; 0 writes one line without blanks */
    unsigned depth;
    uint64_t object, filled; /* a bit for each open level */
    bool after_key;
};

struct json_writer json_writer(struct buffer *out, unsigned indent);

void json_begin_object(struct json_writer *writer);
void json_end_object(struct json_writer *writer);
void json_begin_array(struct json_writer *writer);
void json_end_array(struct json_writer *writer);

void json_write_key(struct json_writer *writer, const char *key);
void json_write_key_slice(struct json_writer *writer, struct slice key);

void json_write_null(struct json_writer *writer);
void json_write_bool(struct json_writer *writer, bool value);
void json_write_integer(struct json_writer *writer, int64_t value);
void json_write_unsigned(struct json_writer *writer, uint64_t value);
/* The shortest text that reads back as the same double; NaN and infinity are null. */
void json_write_double(struct json_writer *writer, double value);
/* A text that is not UTF-8 has each bad byte replaced by U+FFFD. NULL writes null. */
void json_write_text(struct json_writer *writer, const char *text);
void json_write_slice(struct json_writer *writer, struct slice text);
/* A whole JSON value that stands ready; not checked. */
void json_write_raw(struct json_writer *writer, struct slice json);
/*
 * A value of a document: with indent 0 byte for byte, else its strings and
 * numbers byte for byte and the blanks between them as the writer sets them.
 */
void json_write_copy(
    struct json_writer *writer, const struct json_document *document, uint32_t node);

/* key and value in one call, for the many simple members. */
void json_member_text(struct json_writer *writer, const char *key, const char *value);
void json_member_slice(struct json_writer *writer, const char *key, struct slice value);
void json_member_integer(struct json_writer *writer, const char *key, int64_t value);
void json_member_double(struct json_writer *writer, const char *key, double value);
void json_member_bool(struct json_writer *writer, const char *key, bool value);
void json_member_copy(struct json_writer *writer, const char *key,
    const struct json_document *document, uint32_t node);

#endif
