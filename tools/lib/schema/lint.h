/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_LINT_H
#define SCHEMA_LINT_H

#include "schema/schema.h"

/*
 * What is suspicious about a schema besides being wrong (`bench-validate
 * --check-schema`). Everything that stands where a schema is due is looked at,
 * also what no reference reaches, so that a broken definition is found before
 * somebody uses it.
 */
struct lint_finding {
    enum schema_severity severity; /* an error would stop schema_compile where it is used */
    const char *code;              /* as in the list below */
    uint64_t line, column;
    struct slice pointer; /* into the schema */
    struct slice message; /* borrowed during the call, as the pointer */
};

struct lint_sink {
    /* false stops. */
    bool (*finding)(void *context, const struct lint_finding *finding);
    void *context;
};

/*
 * In the order of the text:
 *   schema               (error) it does not fit its meta-schema
 *   compile              (error) what else stops schema_compile: a reference above all
 *   pattern              (error) a pattern that cannot be compiled
 *   unknown-keyword      one that the dialect does not know, with the nearest; not x-…
 *   ignored-keyword      beside a $ref up to draft 7, without the keyword it belongs to, or
 *                        about types that "type" does not let through
 *   unreachable          a branch, value or bound that excludes another or is excluded
 *   undeclared-required  a required member that "properties" lacks, where it looks like a
 *                        mistake: there is a near name, or nothing else could declare it
 *
 * 0, and the findings told; -1 where the schema is not JSON (error says where).
 */
int schema_lint(const char *text, size_t size, const struct schema_options *options,
    const struct lint_sink *sink, struct error *error) MUST_USE;

#endif
