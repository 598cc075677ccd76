/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include "base/compiler.h"
#include "base/error.h"
#include "json/document.h"

#include <stdbool.h>

/*
 * The filter language of --where, the same for all tools; benchline-query(7)
 * describes it. An expression is compiled once; asking it about a line allocates
 * nothing once warm, and its time is bounded by the size of the line times that
 * of the expression.
 */
struct query;

enum {
    QUERY_SIZE = 1 << 16, /* bytes of an expression */
    QUERY_DEPTH = 100,    /* nested parentheses and nots */
    QUERY_PARTS = 32      /* parts of a field's name */
};

/*
 * name is what messages call the expression ("--where"). On failure error holds
 * name, line and column (in bytes from 1) of what is wrong, and what was
 * expected.
 */
int query_compile(
    struct query **out, const char *name, const char *text, struct error *error) MUST_USE;
/*
 * The same language as people write it into a file of their own (targets):
 *   - a bare word on the right is a string: start = warm, size = 7B;
 *   - a number is also equal to a string that reads so: labels are strings;
 *   - a benchmark that is compared is its name: benchmark = parse;
 *   - a field that the line has not at its top is looked for in its benchmark,
 *     its params and its labels, then in the run and in the run's labels.
 */
int query_compile_short(
    struct query **out, const char *name, const char *text, struct error *error) MUST_USE;
void query_free(struct query *query);

/* Whether it holds for a line. Not for two threads at a time: it keeps room to work in. */
bool query_holds(struct query *query, const struct json_document *document);
/*
 * The same for a line seen together with its run's line (which may be NULL): a
 * field that the line has not is looked for there.
 */
bool query_holds_beside(
    struct query *query, const struct json_document *document, const struct json_document *run);

#endif
