/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_PATTERN_H
#define SCHEMA_PATTERN_H

#include "base/compiler.h"
#include "base/error.h"
#include "base/slice.h"

#include <stdbool.h>

/*
 * A regular expression of a schema: ECMA-262 syntax (schema/ecma.h), matched by
 * PCRE2. It is compiled once and may be used by several threads, each with a
 * matcher of its own.
 */
struct pattern;
struct pattern_matcher;

/* text must last as long as the pattern. error holds what is wrong and at which character. */
int pattern_compile(struct pattern **out, struct slice text, struct error *error) MUST_USE;
void pattern_free(struct pattern *pattern);
struct slice pattern_text(const struct pattern *pattern);

struct pattern_matcher *pattern_matcher_create(void);
void pattern_matcher_free(struct pattern_matcher *matcher);

/*
 * 1 where the pattern matches somewhere in subject (valid UTF-8), 0 where it does
 * not, -1 where it cannot be decided within the limits below.
 */
int pattern_matches(
    const struct pattern *pattern, struct pattern_matcher *matcher, struct slice subject);

enum {
    PATTERN_STEPS = 2000000,    /* of one match: well under a second */
    PATTERN_STACK = 8 << 20,    /* bytes that one match may use for backtracking */
    PATTERN_HEAP_KIB = 32 << 10 /* the same where there is no JIT compiler */
};

#endif
