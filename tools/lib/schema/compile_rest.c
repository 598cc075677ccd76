/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/compile.h"

/*
 * unevaluatedProperties needs to know at run time which members the schemas
 * before it looked at. Where every one of them can only look at members that the
 * block's own properties declare, that is known now, and it is the same as
 * additionalProperties.
 */
enum { REST_DEEP = 16, REST_BUDGET = 2000 };

struct rest {
    const struct plan *plan;
    const struct plan_object *own;
    uint32_t budget;
};

static bool declares_no_more(struct rest *rest, const struct plan_object *other)
{
    if (other == rest->own)
        return true;
    if (other->pattern_count || other->additional || other->count > rest->budget)
        return false;
    rest->budget -= other->count;
    for (uint32_t i = 0; i < other->count; i++) {
        const struct plan_property *property = &rest->plan->properties.at[other->first + i];
        if (!property->declared)
            continue;
        const struct plan_property *same = compile_find_property(rest->plan, rest->own, property);
        if (!same || !same->declared)
            return false;
    }
    return true;
}

static bool block_adds_nothing(struct rest *rest, uint32_t block, unsigned deep);

static bool adds_nothing(struct rest *rest, const struct plan_instruction *code, unsigned deep)
{
    const struct plan *plan = rest->plan;
    switch ((enum plan_op)code->op) {
    case PLAN_MEMBERS: return declares_no_more(rest, &plan->objects.at[code->a]);
    case PLAN_CALL: return block_adds_nothing(rest, code->a, deep);
    case PLAN_WHERE: return block_adds_nothing(rest, code->b, deep);
    case PLAN_IF:
        return block_adds_nothing(rest, code->a, deep) && block_adds_nothing(rest, code->b, deep) &&
               block_adds_nothing(rest, code->c, deep);
    case PLAN_ANY:
    case PLAN_ONE:
        for (uint32_t i = 0; i < code->b; i++)
            if (!block_adds_nothing(rest, plan->lists.at[code->a + i], deep))
                return false;
        return true;
    case PLAN_DYNAMIC:
    case PLAN_REST_MEMBERS: return false;
    default: return true;
    }
}

static bool block_adds_nothing(struct rest *rest, uint32_t block, unsigned deep)
{
    uint32_t at = rest->plan->blocks.at[block].stated.code;
    if (!at)
        return true;
    if (deep == REST_DEEP)
        return false;
    for (; rest->plan->code.at[at].op != PLAN_END; at++) {
        if (rest->budget == 0)
            return false;
        rest->budget--;
        if (!adds_nothing(rest, &rest->plan->code.at[at], deep + 1))
            return false;
    }
    return true;
}

static void settle(struct plan *plan, struct plan_block *block)
{
    struct plan_instruction *code = &plan->code.at[block->stated.code], *members = NULL;
    for (; code->op != PLAN_END && code->op != PLAN_REST_MEMBERS; code++)
        if (code->op == PLAN_MEMBERS)
            members = code;
    if (code->op != PLAN_REST_MEMBERS || code[1].op != PLAN_END || !members)
        return;
    struct plan_object *object = &plan->objects.at[members->a];
    struct rest rest = {plan, object, REST_BUDGET};
    if (object->additional)
        return;
    for (const struct plan_instruction *other = &plan->code.at[block->stated.code]; other != code;
         other++)
        if (!adds_nothing(&rest, other, 0))
            return;
    object->additional = code->a;
    object->rest_keyword = code->keyword;
    if (members->b == PLAN_ONLY_NAMES)
        members->b = PLAN_ONLY_PROPERTIES;
    for (uint32_t i = 0; i < object->count; i++)
        if (!plan->properties.at[object->first + i].declared)
            plan->properties.at[object->first + i].block = code->a;
    *code = (struct plan_instruction){.op = PLAN_END};
    bool items = code > &plan->code.at[block->stated.code] && code[-1].op == PLAN_REST_ITEMS;
    block->stated.collects = block->run.collects = items;
}

void compile_settle_rests(struct plan *plan)
{
    for (uint32_t i = 1; i < plan->blocks.count; i++)
        if (plan->blocks.at[i].stated.collects)
            settle(plan, &plan->blocks.at[i]);
}
