/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/compile.h"

/*
 * Choices that one member decides: the branches of anyOf and oneOf that each
 * demand their own values of it, and the conditions of an allOf that each ask
 * for one. Looking at the member saves trying them.
 */
enum {
    SWITCH_LOOKS = 4,     /* how many references deep a branch's members are looked for */
    SWITCH_CANDIDATES = 8 /* members of the first branch that are tried as the deciding one */
};

/* The object table that a block applies for certain, or NULL. */
static const struct plan_object *members_of(const struct plan *plan, uint32_t block, unsigned deep)
{
    uint32_t at = plan->blocks.at[block].stated.code, call = 0;
    if (!at || deep > SWITCH_LOOKS)
        return NULL;
    for (; plan->code.at[at].op != PLAN_END; at++) {
        if (plan->code.at[at].op == PLAN_MEMBERS)
            return &plan->objects.at[plan->code.at[at].a];
        if (plan->code.at[at].op == PLAN_CALL && !call)
            call = plan->code.at[at].a;
    }
    return call ? members_of(plan, call, deep + 1) : NULL;
}

/* The strings that a block demands, or NULL where it takes anything else too. */
static const struct plan_set *strings_of(const struct plan *plan, uint32_t block)
{
    uint32_t at = plan->blocks.at[block].stated.code;
    for (; at && plan->code.at[at].op != PLAN_END; at++) {
        if (plan->code.at[at].op == PLAN_SET) {
            const struct plan_set *set = &plan->sets.at[plan->code.at[at].a];
            return set->count && set->strings == set->count ? set : NULL;
        }
    }
    return NULL;
}

const struct plan_property *compile_find_property(
    const struct plan *plan, const struct plan_object *object, const struct plan_property *like)
{
    if (object->count == 0)
        return NULL;
    const uint32_t *slots = plan->slots.at + object->slots;
    for (uint32_t at = like->hash & object->mask; slots[at]; at = (at + 1) & object->mask) {
        const struct plan_property *property = &plan->properties.at[object->first + slots[at] - 1];
        if (property->size == like->size && memcmp(property->key, like->key, like->size) == 0)
            return property;
    }
    return NULL;
}

static const struct plan_set *set_of_member(
    const struct plan *plan, uint32_t branch, const struct plan_property *like)
{
    const struct plan_object *object = members_of(plan, branch, 0);
    const struct plan_property *found = object ? compile_find_property(plan, object, like) : NULL;
    return found && found->declared ? strings_of(plan, found->block) : NULL;
}

/* The branches of a choice, and what each asks of the member that decides. */
struct branches {
    const uint32_t *tests;  /* blocks that demand values of the member */
    const uint32_t *blocks; /* what holds then */
    uint32_t count;
};

static bool branches_differ(
    const struct plan *plan, const struct branches *branches, const struct plan_property *like)
{
    struct table seen = TABLE_INIT;
    bool differ = true;
    for (uint32_t i = 0; i < branches->count && differ; i++) {
        const struct plan_set *set = set_of_member(plan, branches->tests[i], like);
        differ = set != NULL;
        for (uint32_t j = 0; set && j < set->count && differ; j++) {
            const struct plan_value *value = &plan->values.at[set->first + j];
            struct table_cursor at = table_find(&seen, value->hash);
            /* Equal hashes of different strings only lose the shortcut. */
            differ = !table_next(&seen, &at);
            table_add(&seen, value->hash, 0);
        }
    }
    table_release(&seen);
    return differ;
}

static uint32_t add_switch(
    struct plan *plan, const struct branches *branches, struct plan_property like)
{
    struct plan_set joined = {.first = plan->values.count, .types = PLAN_STRING};
    struct plan_switch choice = {.name = {like.key, like.size}, .blocks = plan->lists.count};
    for (uint32_t i = 0; i < branches->count; i++) {
        const struct plan_set *set = set_of_member(plan, branches->tests[i], &like);
        for (uint32_t j = 0; set && j < set->count; j++) {
            struct plan_value value = plan->values.at[set->first + j];
            PLAN_ADD(plan->values, value);
            PLAN_ADD(plan->lists, branches->blocks[i]);
            joined.count++;
        }
    }
    joined.strings = joined.count;
    compile_index_set(plan, &joined);
    choice.set = plan->sets.count;
    PLAN_ADD(plan->sets, joined);
    PLAN_ADD(plan->switches, choice);
    return plan->switches.count;
}

/* Looks through the members of the first branch for one that decides: its switch + 1, or 0. */
static uint32_t find_deciding(struct plan *plan, const struct branches *branches)
{
    const struct plan_object *object = members_of(plan, branches->tests[0], 0);
    uint32_t tried = 0;
    if (!object || branches->count < 2)
        return 0;
    for (uint32_t i = 0; i < object->count && tried < SWITCH_CANDIDATES; i++) {
        const struct plan_property *property = &plan->properties.at[object->first + i];
        if (!property->declared || !strings_of(plan, property->block))
            continue;
        tried++;
        if (branches_differ(plan, branches, property))
            return add_switch(plan, branches, *property);
    }
    return 0;
}

static void decide_choice(struct plan *plan, uint32_t index)
{
    struct plan_instruction code = plan->code.at[index];
    uint32_t *blocks = memory_take(((size_t)code.b + 1) * sizeof *blocks);
    if (code.b)
        memcpy(blocks, plan->lists.at + code.a, code.b * sizeof *blocks);
    struct branches branches = {blocks, blocks, code.b};
    if (code.b > 1)
        plan->code.at[index].c = find_deciding(plan, &branches);
    free(blocks);
}

/* ---- conditions ---- */
/* Whether a block is nothing but: if one member has a value, then. */
static bool is_condition(
    const struct plan *plan, uint32_t index, struct plan_instruction *condition)
{
    const struct plan_block *block = &plan->blocks.at[index];
    const struct plan_instruction *code = &plan->code.at[block->stated.code];
    if (block->stated.types != PLAN_EVERY || !block->stated.code || code->op != PLAN_IF ||
        code[1].op != PLAN_END || code->c != PLAN_ANYTHING || code->b == PLAN_ANYTHING)
        return false;
    const struct plan_block *test = &plan->blocks.at[code->a];
    const struct plan_instruction *members = &plan->code.at[test->stated.code];
    if (test->stated.types != PLAN_EVERY || !test->stated.code || members->op != PLAN_MEMBERS ||
        members[1].op != PLAN_END)
        return false;
    const struct plan_object *object = &plan->objects.at[members->a];
    *condition = *code;
    return object->count == 1 && object->pattern_count == 0 && !object->additional &&
           !object->names && object->least == 0 && object->most == PLAN_NO_LIMIT &&
           test->stated.collects == false;
}

static uint32_t count_conditions(const struct plan *plan, uint32_t at)
{
    struct plan_instruction condition;
    uint32_t count = 0;
    while (plan->code.at[at + count].op == PLAN_CALL &&
           is_condition(plan, plan->code.at[at + count].a, &condition))
        count++;
    return count;
}

/* Writes the block's code anew, with PLAN_CASE before its row of conditions. */
static void insert_case(
    struct plan *plan, uint32_t block, uint32_t at, uint32_t count, uint32_t choice)
{
    uint32_t from = plan->blocks.at[block].stated.code;
    plan->blocks.at[block].run.code = plan->code.count;
    for (;; from++) {
        struct plan_instruction code = plan->code.at[from];
        if (from == at)
            PLAN_ADD(plan->code, ((struct plan_instruction){.op = PLAN_CASE,
                                     .types = PLAN_EVERY,
                                     .keyword = KEYWORD_ALL_OF,
                                     .a = choice,
                                     .b = count}));
        PLAN_ADD(plan->code, code);
        if (code.op == PLAN_END)
            return;
    }
}

static void decide_conditions(struct plan *plan, uint32_t block)
{
    for (uint32_t at = plan->blocks.at[block].stated.code; at && plan->code.at[at].op != PLAN_END;
         at++) {
        uint32_t count = count_conditions(plan, at);
        if (count < 2)
            continue;
        uint32_t *tests = memory_take(2 * count * sizeof *tests);
        for (uint32_t i = 0; i < count; i++) {
            struct plan_instruction condition = {0};
            if (!is_condition(plan, plan->code.at[at + i].a, &condition))
                continue;
            tests[i] = condition.a;
            tests[count + i] = condition.b;
        }
        struct branches branches = {tests, tests + count, count};
        uint32_t choice = find_deciding(plan, &branches);
        free(tests);
        if (choice)
            insert_case(plan, block, at, count, choice - 1);
        return;
    }
}

void compile_switches(struct plan *plan)
{
    uint32_t blocks = plan->blocks.count, codes = plan->code.count;
    for (uint32_t i = 0; i < codes; i++)
        if (plan->code.at[i].op == PLAN_ANY || plan->code.at[i].op == PLAN_ONE)
            decide_choice(plan, i);
    for (uint32_t i = 1; i < blocks; i++)
        decide_conditions(plan, i);
}
