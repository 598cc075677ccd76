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

void json_write_key_slice(struct json_writer *writer, struct slice key);
/* Inline, as what takes a key below, so that the length of a literal costs nothing. */
static inline void json_write_key(struct json_writer *writer, const char *key)
{
    json_write_key_slice(writer, slice_of(key));
}

void json_write_null(struct json_writer *writer);
void json_write_bool(struct json_writer *writer, bool value);
void json_write_integer(struct json_writer *writer, int64_t value);
void json_write_unsigned(struct json_writer *writer, uint64_t value);
/* The shortest text that reads back as the same double; NaN and infinity are null. */
void json_write_double(struct json_writer *writer, double value);
/* A text that is not UTF-8 has each bad byte replaced by U+FFFD. */
void json_write_slice(struct json_writer *writer, struct slice text);
/* The same; NULL writes null. */
static inline void json_write_text(struct json_writer *writer, const char *text)
{
    if (text)
        json_write_slice(writer, slice_of(text));
    else
        json_write_null(writer);
}
/* A whole JSON value that stands ready; not checked. */
void json_write_raw(struct json_writer *writer, struct slice json);
/* The members of an object that stands ready, whole and on one line, into the open one; not
 * checked, nor laid out with indent. */
void json_write_members(struct json_writer *writer, struct slice object);
/*
 * One that stands ready around another: between the two calls exactly one value
 * is written. head and tail are not checked, nor laid out with indent.
 */
void json_begin_raw(struct json_writer *writer, struct slice head);
void json_end_raw(struct json_writer *writer, struct slice tail);
/*
 * A value of a document: with indent 0 byte for byte, else its strings and
 * numbers byte for byte and the blanks between them as the writer sets them.
 */
void json_write_copy(
    struct json_writer *writer, const struct json_document *document, uint32_t node);

/* key and value in one call, for the many simple members. */
static inline void json_member_text(struct json_writer *writer, const char *key, const char *value)
{
    json_write_key(writer, key);
    json_write_text(writer, value);
}

static inline void json_member_slice(
    struct json_writer *writer, const char *key, struct slice value)
{
    json_write_key(writer, key);
    json_write_slice(writer, value);
}

static inline void json_member_integer(struct json_writer *writer, const char *key, int64_t value)
{
    json_write_key(writer, key);
    json_write_integer(writer, value);
}

static inline void json_member_double(struct json_writer *writer, const char *key, double value)
{
    json_write_key(writer, key);
    json_write_double(writer, value);
}

static inline void json_member_bool(struct json_writer *writer, const char *key, bool value)
{
    json_write_key(writer, key);
    json_write_bool(writer, value);
}

static inline void json_member_copy(struct json_writer *writer, const char *key,
    const struct json_document *document, uint32_t node)
{
    json_write_key(writer, key);
    json_write_copy(writer, document, node);
}

/* Opens an object or an array as a member; json_end_object or json_end_array closes it. */
static inline void json_member_object(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    json_begin_object(writer);
}

static inline void json_member_array(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    json_begin_array(writer);
}

#endif
