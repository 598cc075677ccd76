/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_EXPLAIN_H
#define SCHEMA_EXPLAIN_H

#include "schema/run.h"

/*
 * The second walk: over the same plan as schema_accepts, but it goes on after a
 * violation and keeps the way it came. Problems are collected and told in the
 * order of the document. Only what failed costs anything here.
 */
struct told {
    enum schema_severity severity;
    uint16_t keyword;
    uint16_t expected; /* for a type: the types that would do */
    uint32_t node, order;
    struct slice message, path, absolute;
};

struct explain {
    struct schema_checker *run;
    struct buffer path;    /* the keyword location of where the walk is */
    struct buffer scratch; /* of a message that is being written */
    struct arena arena;
    PLAN_LIST(struct told) problems;
    bool lost; /* there were more than EXPLAIN_MOST */
};

enum {
    EXPLAIN_MOST = 100000, /* problems of one document */
    EXPLAIN_NAMES = 12,    /* names or values listed in a message */
    EXPLAIN_VALUE = 60,    /* bytes of a value that a message shows */
    EXPLAIN_LOOKS = 8,     /* references deep that names are gathered for a did-you-mean */
    EXPLAIN_CANDIDATES = 4096
};

/* Everything wrong with a value; marks as in run_block, of what is good and what is not. */
void explain_block(
    struct explain *explain, uint32_t block, uint32_t node, const struct marks *marks);
/* anyOf, oneOf where they do not hold: by the branch that came nearest. */
void explain_choice(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node, const struct marks *marks);

/* Adds a token to the path; give the result to explain_leave. */
size_t explain_enter(struct explain *explain, struct slice token);
size_t explain_enter_keyword(struct explain *explain, enum keyword keyword);
size_t explain_enter_number(struct explain *explain, uint32_t number);
void explain_leave(struct explain *explain, size_t mark);

/*
 * Tells a problem: the message is what stands in scratch, which is emptied. The
 * keyword is one of the block's; detail is what follows it in the location (a
 * pointer such as "/2"), or "".
 */
void explain_tell(struct explain *explain, const struct plan_block *block, enum keyword keyword,
    const char *detail, uint32_t node);

/* ---- words ---- */
/* A value as it stands, shortened; objects and arrays by their kind. */
void explain_add_value(struct explain *explain, uint32_t node);
/* A name or value in quotes, shortened. */
void explain_add_quoted(struct explain *explain, struct slice text);
/* "a string or null" */
void explain_add_types(struct explain *explain, uint16_t types);
/* "a, b or c": item i of count; at the front the separator. */
void explain_add_separator(struct explain *explain, uint32_t i, uint32_t count);

/* Of the wrong type; the keyword is "type", or the one whose branches all ask for types. */
void explain_type(struct explain *explain, const struct plan_block *block, enum keyword keyword,
    uint16_t types, uint32_t node);
void explain_set(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node);
/* The value of a member that decides between branches and is none of theirs. */
void explain_switch(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node);
void explain_limits(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node);
/* The instructions on values that are left: multipleOf, lengths, patterns, formats, uniqueItems. */
void explain_value(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node);
/* Fewer or more than they should be; what is "item", "member". */
void explain_count(struct explain *explain, const struct plan_block *block, enum keyword keyword,
    uint32_t node, uint32_t count, uint32_t limit, const char *what);
/* A member that nothing allows. root: the block whose schemas say what would be. */
void explain_unexpected(struct explain *explain, const struct plan_block *block, uint32_t root,
    enum keyword keyword, uint32_t key);
void explain_missing(
    struct explain *explain, const struct plan_block *block, uint32_t node, struct slice name);

#endif
