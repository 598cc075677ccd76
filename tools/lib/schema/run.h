/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_RUN_H
#define SCHEMA_RUN_H

#include "schema/pattern.h"
#include "schema/plan.h"

/*
 * Holding a document against a plan. The checker is the memory between
 * documents: which key followed which last time, what a pattern matched last
 * time, and stacks that keep their room.
 *
 * Work is bounded in two ways, whatever the schema: RUN_DEPTH schemas inside
 * each other, and RUN_STEPS schemas, members and items looked at a document,
 * plus RUN_STEPS_A_VALUE for each of its values.
 */
enum { RUN_DEPTH = 4000, RUN_STEPS = 20000000, RUN_STEPS_A_VALUE = 2000, RUN_MEMO = 62 };

struct run_memo {
    uint8_t set, size;
    char text[RUN_MEMO];
};

/*
 * Which members (their keys) or items of one value have been looked at, for
 * unevaluatedProperties and unevaluatedItems: a bit for each node inside it.
 */
struct marks {
    size_t at; /* first word on the checker's stack */
    uint32_t base, words;
};

struct schema_checker {
    const struct plan *plan;
    const struct json_document *document; /* during a check */
    uint32_t *order;                      /* see struct plan_object */
    struct run_memo *memos;               /* one a pattern */
    struct pattern_matcher *matcher;
    struct arena arena; /* decoded strings, until the next document */
    uint64_t *words;    /* stack of marks */
    size_t word_count, word_capacity;
    PLAN_LIST(uint32_t) scopes; /* resources, outermost first */
    int64_t steps;
    uint32_t depth;
    bool warned;           /* a format that only warns did not hold */
    const char *undecided; /* why it cannot be decided; NULL is fine */
    uint32_t undecided_node;
};

/* Makes ready for a document. */
void run_begin(struct schema_checker *run, const struct json_document *document);
/* Gives up: nothing holds any more, and the first reason is kept. */
void run_stop(struct schema_checker *run, uint32_t node, const char *why);
/* Counts work that a schema cannot hide; false once the limit is passed. */
static inline bool run_spend(struct schema_checker *run, uint32_t node, uint64_t steps)
{
    run->steps -= (int64_t)steps;
    if (LIKELY(run->steps >= 0))
        return true;
    run_stop(run, node, "the schema needs too many steps for this document");
    return false;
}

/* Puts the reason and its place into error. */
void run_tell(const struct schema_checker *run, struct error *error);

/*
 * Whether a value holds against a block. marks (may be NULL) are those of the
 * value: they are added to; what a block that does not hold adds is void.
 */
bool run_block(
    struct schema_checker *run, uint32_t block, uint32_t node, const struct marks *marks);
/* Whether a value's type passes. */
bool run_type(const struct schema_checker *run, uint16_t types, uint32_t node);
/* The same without effect on warnings or marks: a question. */
bool run_asks(struct schema_checker *run, uint32_t block, uint32_t node);

/* ---- the instructions on values ---- */
bool run_set(struct schema_checker *run, const struct plan_set *set, uint32_t node);
/* The place of a string in a set, or set->count. */
uint32_t run_find_string(const struct plan *plan, const struct plan_set *set, struct slice string);
bool run_bound(struct schema_checker *run, const struct plan_bound *bound, uint32_t node);
bool run_limits(struct schema_checker *run, const struct plan_instruction *code, uint32_t node);
bool run_multiple(struct schema_checker *run, const struct number *divisor, uint32_t node);
uint32_t run_length(struct schema_checker *run, uint32_t node);
bool run_length_holds(
    struct schema_checker *run, const struct plan_instruction *code, uint32_t node);
bool run_match(struct schema_checker *run, uint32_t pattern, uint32_t node);
bool run_format(struct schema_checker *run, const struct plan_instruction *code, uint32_t node);
bool run_unique(struct schema_checker *run, uint32_t node, uint32_t *first, uint32_t *second);

/* ---- the parts of the others that an explanation needs as well ---- */
/* The property of a key, or NULL. */
const struct plan_property *run_find_property(
    struct schema_checker *run, const struct plan_object *object, uint32_t key);
bool run_has_member(struct schema_checker *run, uint32_t node, struct slice name);
uint32_t run_dynamic(
    struct schema_checker *run, const struct plan_instruction *code, uint32_t node);
/* Where the switch decides: true, and the branch's block, or PLAN_ANYTHING for none of them. */
bool run_switch(struct schema_checker *run, const struct plan_switch *choice, uint32_t node,
    uint32_t *branch, uint32_t *member);
uint32_t run_count_contained(struct schema_checker *run, const struct plan_contains *contains,
    uint32_t node, const struct marks *marks, bool all);
void run_enter_scope(struct schema_checker *run, uint32_t resource);

struct marks marks_open(struct schema_checker *run, uint32_t node);
void marks_close(struct schema_checker *run, const struct marks *marks);
void marks_join(struct schema_checker *run, const struct marks *into, const struct marks *from);
static inline void marks_add(struct schema_checker *run, const struct marks *marks, uint32_t node)
{
    uint32_t bit = node - marks->base;
    run->words[marks->at + bit / 64] |= (uint64_t)1 << bit % 64;
}
static inline bool marks_has(
    const struct schema_checker *run, const struct marks *marks, uint32_t node)
{
    uint32_t bit = node - marks->base;
    return run->words[marks->at + bit / 64] >> bit % 64 & 1;
}

#endif
