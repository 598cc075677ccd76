/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_LINT_RULES_H
#define SCHEMA_LINT_RULES_H

#include "schema/lint.h"
#include "schema/store.h"

/* What the rules share. */
enum { LINT_LOOKS = 1000000 };

struct finding {
    enum schema_severity severity;
    const char *code;
    uint32_t node, order;
    struct slice message;
};

struct lint {
    struct store *store;
    const struct json_document *json;
    struct arena arena;
    uint32_t looks; /* names that may still be compared for a did-you-mean */
    PLAN_LIST(struct finding) findings;
};

/* The schema that is looked at, with its keywords found as the compiler finds them. */
struct lint_site {
    struct lint *lint;
    uint32_t node, resource;
    enum schema_dialect draft;
    bool in_place;
    uint32_t at[KEYWORD_COUNT];
};

void lint_find(struct lint *lint, enum schema_severity severity, const char *code, uint32_t node,
    const char *format, ...) PRINTF_LIKE(5, 6);

/* The types that a schema's own "type" lets through; PLAN_EVERY where it has none. */
uint16_t lint_types(const struct lint *lint, uint32_t schema);

void lint_keywords(struct lint_site *site); /* unknown and ignored ones */
void lint_anchors(struct lint_site *site);  /* and identifiers that stand twice */
void lint_patterns(struct lint_site *site);
void lint_format(struct lint_site *site);
void lint_limits(struct lint_site *site);   /* bounds and values that exclude each other */
void lint_branches(struct lint_site *site); /* of anyOf, oneOf, if */
void lint_closed(struct lint_site *site);   /* members that additionalProperties shuts out */
void lint_required(struct lint_site *site);

#endif
