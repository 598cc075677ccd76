/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_FIELDS_H
#define RECORD_FIELDS_H

#include "json/document.h"
#include "json/writer.h"

#include <stdbool.h>

/*
 * Carrying the members of an old object over to a new one by a table, so that
 * none is lost: what the table does not name, or what is not of the kind that it
 * expects, or what was not taken, is written as it stands by carry_leftover.
 */
enum field_kind {
    FIELD_TEXT,   /* a string that is not empty */
    FIELD_STRING, /* any string */
    FIELD_COUNT,  /* a whole number >= 0 */
    FIELD_SCALED, /* a number >= 0, times ten to the power of places */
    FIELD_BYTES,  /* the same as a whole number; where digits are lost the old one stays too */
    FIELD_BOOL,
    FIELD_TEXTS, /* a list of strings */
    FIELD_OBJECT
};

/*
 * Of neighbours in a table with the same new name the first that is there
 * counts; the others are left over.
 */
struct field {
    struct slice old_name, new_name;
    enum field_kind kind;
    int places;
};

#define FIELD(old_text, new_text, its_kind, its_places)                                            \
    {                                                                                              \
        .old_name = SLICE(old_text), .new_name = SLICE(new_text), .kind = (its_kind),              \
        .places = (its_places)                                                                     \
    }

enum { FIELDS_MOST = 24 };

/* One old object on its way. Borrows the document and the table. */
struct carry {
    const struct json_document *document;
    const struct field *fields;
    size_t count;    /* of fields, FIELDS_MOST at most */
    bool there;      /* false: the old line has no such object */
    bool strangers;  /* there are members that the table does not name, or of another kind */
    uint32_t object; /* its node */
    uint32_t nodes[FIELDS_MOST]; /* the value of each field, JSON_NONE where it is not there */
    uint32_t found, taken;       /* a bit a field */
    const struct carry *beside;  /* carry_beside, or NULL */
    unsigned depth;              /* how often "line_" stands in front of its names */
};

/* object is a node; where it is none, or no object, nothing is there. */
void carry_init(struct carry *carry, const struct json_document *document, uint32_t object,
    const struct field *fields, size_t count);
/* The same for the line itself, whose node is 0. */
void carry_init_line(struct carry *carry, const struct json_document *document,
    const struct field *fields, size_t count);

/* The node of a field's value, else JSON_NONE. */
static inline uint32_t carry_node(const struct carry *carry, size_t field)
{
    return carry->nodes[field];
}

/* The field found a new place. */
static inline void carry_take(struct carry *carry, size_t field)
{
    carry->taken |= UINT32_C(1) << field;
}

/* Whether any of the count fields from first can be carried. */
bool carry_has(const struct carry *carry, size_t first, size_t count);
/* Writes and takes them, as members of the object that is open in the writer. */
void carry_write(struct carry *carry, struct json_writer *writer, size_t first, size_t count);
/* Writes the value of one that is there, as a FIELD_SCALED or a FIELD_BYTES is written. */
void carry_write_scaled(const struct carry *carry, struct json_writer *writer, size_t field);

/* Whether a member was not taken. */
bool carry_has_leftover(const struct carry *carry);
/* Writes those as members of the object that is open in the writer. */
void carry_leftover(const struct carry *carry, struct json_writer *writer);
/* Whether the old object has a member of that name that was not taken. */
bool carry_left(const struct carry *carry, struct slice name);

/*
 * The leftovers are written beside those of another object, and then a member
 * called more, by carry_write_key: where beside left the same name, "line_" is
 * put in front, as often as it takes for all of them to have names of their own.
 */
void carry_beside(struct carry *carry, const struct carry *beside, struct slice more);
void carry_write_key(const struct carry *carry, struct slice name, struct json_writer *writer);

#endif
