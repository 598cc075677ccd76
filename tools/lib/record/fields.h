/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_FIELDS_H
#define RECORD_FIELDS_H

#include "json/document.h"
#include "json/writer.h"

#include <stdbool.h>

/*
 * Carrying the members of an old object over to a new one by a table, so that
 * none is lost: what the table does not take, or what is not of the kind that
 * it expects, is written as it stands by fields_leftover.
 */
enum field_kind {
    FIELD_TEXT,   /* a string that is not empty */
    FIELD_COUNT,  /* a whole number >= 0 */
    FIELD_SCALED, /* a number >= 0, times ten to the power of places */
    FIELD_BYTES,  /* the same as a whole number; where digits are lost the old one stays too */
    FIELD_BOOL,
    FIELD_TEXTS /* a list of strings */
};

struct field {
    const char *old_name, *new_name;
    enum field_kind kind;
    int places;
};

enum { FIELDS_MOST = 48 };

/* One old object on its way. */
struct carry {
    const struct json_document *document;
    bool there; /* false: the old line has no such object */
    uint32_t object;
    uint32_t taken[FIELDS_MOST]; /* the value nodes that found a new place */
    size_t taken_count;
};

struct carry carry_of(const struct json_document *document, uint32_t parent, const char *name);

/* The value of a member that is there and of that kind, else JSON_NONE; does not take it. */
uint32_t carry_find(const struct carry *carry, const char *old_name, enum field_kind kind);
void carry_take(struct carry *carry, uint32_t node);

/* Whether any field of the table can be carried. */
bool carry_has(const struct carry *carry, const struct field *fields, size_t count);
/* Writes and takes them; of two old names for one new name the first in the table. */
void carry_fields(
    struct carry *carry, struct json_writer *writer, const struct field *fields, size_t count);

/* Whether a member was not taken. */
bool carry_has_leftover(const struct carry *carry);
/*
 * Writes those as members of the object that is open in the writer. beside (may
 * be NULL) was written there before: a name that it has too gets "line_" put in
 * front.
 */
void carry_leftover(
    const struct carry *carry, const struct carry *beside, struct json_writer *writer);
/* Whether the old object has a member of that name that was not taken. */
bool carry_left(const struct carry *carry, struct slice name);

/* A number node as FIELD_SCALED and FIELD_BYTES write it. */
void carry_scaled(struct json_writer *writer, const struct json_document *document, uint32_t node,
    int places, bool whole);

#endif
