/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_COMPILE_H
#define SCHEMA_COMPILE_H

#include "schema/plan.h"
#include "schema/store.h"

/*
 * From schemas to blocks, one at a time: a block that refers to another asks
 * for its number and that schema is put into a queue, so neither nesting nor
 * references that go round recurse.
 */
struct compile_dynamic {
    uint32_t code; /* an instruction whose choices are due when all is known */
    uint32_t name; /* the first one with the same name, which shares its choices */
    struct slice text;
};

struct compile {
    struct plan *plan;
    struct store store;
    const struct schema_options *options;
    struct table by_place;   /* blocks */
    struct table by_pattern; /* patterns, by text */
    struct table by_dynamic; /* dynamics, by text */
    PLAN_LIST(struct compile_dynamic) dynamics;
    uint32_t next; /* the first block that is not compiled yet */
    struct error *error;
};

/* The schema that is being compiled, with its keywords found. */
struct site {
    struct compile *compile;
    const struct json_document *json;
    uint32_t document, node, resource;
    enum schema_dialect draft;
    uint32_t block;
    uint32_t at[KEYWORD_COUNT]; /* the value of each keyword, JSON_NONE where it is missing */
};

/*
 * Everything that can be reached from root. compile->store must be ready, the
 * plan empty but for its documents and resources.
 */
int compile_plan(struct compile *compile, struct store_target root) MUST_USE;
void compile_release(struct compile *compile);

/*
 * Holds the store's first document against its meta-schema: 1 where it fits, 0
 * where it does not and the sink was told, -1 where that cannot be found out.
 */
int compile_check(const struct store *store, const struct schema_options *options,
    const struct schema_sink *sink, struct error *error) MUST_USE;

/* The block of a schema, made and queued where it is new. */
uint32_t compile_block(
    struct compile *compile, uint32_t document, uint32_t node, uint32_t resource);
/* The block of a schema inside the site's. */
uint32_t compile_inner(struct site *site, uint32_t node);

/* Appends an instruction to the site's block. */
void compile_emit(struct site *site, enum plan_op op, uint32_t types, enum keyword keyword,
    uint32_t a, uint32_t b, uint32_t c);

/* An error at a node of the site's document; returns -1. */
int compile_fail(const struct site *site, uint32_t node, const char *format, ...) PRINTF_LIKE(3, 4);
/* Checks that the keyword's value is of one of the types (enum plan_type); what is expected. */
int compile_expect(
    const struct site *site, enum keyword keyword, uint32_t types, const char *expected) MUST_USE;
/* A count (maxItems and the like); fallback where the keyword is missing. */
int compile_count(
    const struct site *site, enum keyword keyword, uint32_t fallback, uint32_t *out) MUST_USE;
/* A name of the plan, its bytes in the plan's arena. */
uint32_t compile_name(struct site *site, uint32_t node);
int compile_pattern(struct site *site, uint32_t node, uint32_t *out) MUST_USE;

/* Gives a set of many values its hash table. */
void compile_index_set(struct plan *plan, struct plan_set *set);

/* Each takes its keywords from the site. 0 or -1. */
int compile_values(struct site *site);     /* type, enum, const, numbers, strings */
int compile_items(struct site *site);      /* arrays */
int compile_members(struct site *site);    /* objects */
int compile_logic(struct site *site);      /* allOf and the like, dependencies */
int compile_references(struct site *site); /* $ref, $dynamicRef, $recursiveRef */
int compile_rest(struct site *site);       /* unevaluated… */

/* The property of a table with the same name as one of another, or NULL. */
const struct plan_property *compile_find_property(
    const struct plan *plan, const struct plan_object *object, const struct plan_property *like);
/* unevaluatedProperties that can be decided now. */
void compile_settle_rests(struct plan *plan);
/* Switch tables for the choices that a member decides. */
void compile_switches(struct plan *plan);
/* After all blocks: the choices of dynamic references (may queue more blocks). */
void compile_choices(struct compile *compile);
/* What is derived from finished blocks: types beside properties, switches; loops are refused. */
int compile_finish(struct compile *compile) MUST_USE;

#endif
