/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_KEYWORD_H
#define SCHEMA_KEYWORD_H

#include "base/slice.h"
#include "schema/schema.h"

#include <stdint.h>

/* Every keyword of every draft: one row each of the table in keyword.c. */
enum keyword {
    KEYWORD_NONE,
    KEYWORD_SCHEMA,
    KEYWORD_ID,
    KEYWORD_ID_04,
    KEYWORD_ANCHOR,
    KEYWORD_DYNAMIC_ANCHOR,
    KEYWORD_RECURSIVE_ANCHOR,
    KEYWORD_REF,
    KEYWORD_DYNAMIC_REF,
    KEYWORD_RECURSIVE_REF,
    KEYWORD_VOCABULARY,
    KEYWORD_COMMENT,
    KEYWORD_DEFS,
    KEYWORD_DEFINITIONS,
    KEYWORD_TYPE,
    KEYWORD_ENUM,
    KEYWORD_CONST,
    KEYWORD_MULTIPLE_OF,
    KEYWORD_MAXIMUM,
    KEYWORD_EXCLUSIVE_MAXIMUM,
    KEYWORD_MINIMUM,
    KEYWORD_EXCLUSIVE_MINIMUM,
    KEYWORD_MAX_LENGTH,
    KEYWORD_MIN_LENGTH,
    KEYWORD_PATTERN,
    KEYWORD_FORMAT,
    KEYWORD_ITEMS,
    KEYWORD_PREFIX_ITEMS,
    KEYWORD_ADDITIONAL_ITEMS,
    KEYWORD_UNEVALUATED_ITEMS,
    KEYWORD_CONTAINS,
    KEYWORD_MAX_CONTAINS,
    KEYWORD_MIN_CONTAINS,
    KEYWORD_MAX_ITEMS,
    KEYWORD_MIN_ITEMS,
    KEYWORD_UNIQUE_ITEMS,
    KEYWORD_PROPERTIES,
    KEYWORD_PATTERN_PROPERTIES,
    KEYWORD_ADDITIONAL_PROPERTIES,
    KEYWORD_UNEVALUATED_PROPERTIES,
    KEYWORD_PROPERTY_NAMES,
    KEYWORD_MAX_PROPERTIES,
    KEYWORD_MIN_PROPERTIES,
    KEYWORD_REQUIRED,
    KEYWORD_DEPENDENCIES,
    KEYWORD_DEPENDENT_REQUIRED,
    KEYWORD_DEPENDENT_SCHEMAS,
    KEYWORD_ALL_OF,
    KEYWORD_ANY_OF,
    KEYWORD_ONE_OF,
    KEYWORD_NOT,
    KEYWORD_IF,
    KEYWORD_THEN,
    KEYWORD_ELSE,
    KEYWORD_TITLE,
    KEYWORD_DESCRIPTION,
    KEYWORD_DEFAULT,
    KEYWORD_DEPRECATED,
    KEYWORD_READ_ONLY,
    KEYWORD_WRITE_ONLY,
    KEYWORD_EXAMPLES,
    KEYWORD_CONTENT_ENCODING,
    KEYWORD_CONTENT_MEDIA_TYPE,
    KEYWORD_CONTENT_SCHEMA,
    KEYWORD_COUNT
};

/* Where schemas stand in a keyword's value. */
enum keyword_shape {
    KEYWORD_HOLDS_NONE,
    KEYWORD_HOLDS_SCHEMA,
    KEYWORD_HOLDS_LIST,        /* an array of schemas */
    KEYWORD_HOLDS_EITHER,      /* a schema or an array of them (items before 2020-12) */
    KEYWORD_HOLDS_MAP,         /* an object of schemas */
    KEYWORD_HOLDS_DEPENDENCIES /* an object of schemas or arrays of names */
};

/* The vocabularies of 2019-09 and 2020-12; earlier drafts have all of them always. */
enum keyword_vocabulary {
    VOCABULARY_CORE = 1,
    VOCABULARY_APPLICATOR = 2,
    VOCABULARY_UNEVALUATED = 4, /* in 2019-09 a part of the applicators */
    VOCABULARY_VALIDATION = 8,
    VOCABULARY_FORMAT = 16, /* with either meaning */
    VOCABULARY_META_DATA = 32,
    VOCABULARY_CONTENT = 64,
    VOCABULARY_ALL = 127
};

struct keyword_row {
    const char *name;
    uint8_t size;
    uint8_t drafts; /* a bit for each enum schema_dialect */
    uint8_t vocabulary;
    uint8_t shape;
};

extern const struct keyword_row keyword_rows[KEYWORD_COUNT];

/* KEYWORD_NONE for a name that the draft does not know. */
enum keyword keyword_find(struct slice name, enum schema_dialect draft);

/* "draft-07", "2020-12": as --dialect names them. */
const char *keyword_draft_name(enum schema_dialect draft);

#endif
