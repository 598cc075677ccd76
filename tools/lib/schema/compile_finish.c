/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/compile.h"

/* ---- loops ---- */
struct visit {
    uint32_t block, code;
};

static int fail_loop(struct compile *compile, uint32_t block)
{
    const struct plan_place *place = &compile->plan->blocks.at[block].place;
    return store_fail(&compile->store, place->document, place->node, compile->error,
        "the schema refers to itself for the same value, which never ends; expected a reference "
        "from inside an item or a member");
}

/* The next schema that a block applies to the same value come what may, or 0. */
static uint32_t next_call(const struct plan *plan, struct visit *visit)
{
    if (!visit->code)
        return 0;
    for (;; visit->code++) {
        const struct plan_instruction *code = &plan->code.at[visit->code];
        if (code->op == PLAN_END)
            return 0;
        if (code->op == PLAN_CALL) {
            visit->code++;
            return code->a;
        }
    }
}

/* Follows the calls from one block in depth; state: 0 new, 1 on the way here, 2 done. */
static int search_loop(struct compile *compile, uint8_t *state, uint32_t from)
{
    const struct plan *plan = compile->plan;
    PLAN_LIST(struct visit) path = {NULL, 0, 0};
    int result = 0;
    state[from] = 1;
    PLAN_ADD(path, ((struct visit){from, plan->blocks.at[from].stated.code}));
    while (path.count && !result) {
        struct visit *last = &path.at[path.count - 1];
        uint32_t next = next_call(plan, last);
        if (next == 0) {
            state[last->block] = 2;
            path.count--;
        } else if (state[next] == 1) {
            result = fail_loop(compile, last->block);
        } else if (state[next] == 0) {
            state[next] = 1;
            PLAN_ADD(path, ((struct visit){next, plan->blocks.at[next].stated.code}));
        }
    }
    free(path.at);
    return result;
}

static int refuse_loops(struct compile *compile)
{
    uint8_t *state = memory_zero(compile->plan->blocks.count, 1);
    int result = 0;
    for (uint32_t i = 1; i < compile->plan->blocks.count && !result; i++)
        if (!state[i])
            result = search_loop(compile, state, i);
    free(state);
    return result;
}

/* ---- shortcuts ---- */
/* Whether every value of a class passes an instruction: it is about others, or asks for the sign.
 */
static bool lets_through(
    const struct plan *plan, const struct plan_instruction *code, const struct json_node *like)
{
    if (!(code->types & 1u << like->type))
        return true;
    if (code->op != PLAN_LIMITS || code->b != 1)
        return false;
    const struct plan_bound *bound = &plan->bounds.at[code->a];
    return bound->zero && !bound->upper && !bound->exclusive && !(like->flags & JSON_NEGATIVE);
}

/* The classes of values that pass a block whatever stands in them. */
static uint64_t passing_at_once(const struct plan *plan, const struct plan_block *block)
{
    uint64_t classes = 0;
    for (unsigned class = 0; class < JSON_CLASSES; class ++) {
        struct json_node like = {.type = class & 7, .flags = class >> 3};
        bool passes = (block->run.types & plan_types_of(&like)) != 0;
        const struct plan_instruction *code = &plan->code.at[block->run.code];
        for (; passes && block->run.code && code->op != PLAN_END; code++)
            passes = lets_through(plan, code, &like);
        classes |= (uint64_t)passes << class;
    }
    return classes;
}

static void copy_shortcuts(struct plan *plan)
{
    uint64_t *classes = memory_zero(plan->blocks.count, sizeof *classes);
    for (uint32_t i = 0; i < plan->blocks.count; i++)
        classes[i] = passing_at_once(plan, &plan->blocks.at[i]);
    for (uint32_t i = 0; i < plan->arrays.count; i++)
        plan->arrays.at[i].rest_at_once = classes[plan->arrays.at[i].rest];
    for (uint32_t i = 0; i < plan->properties.count; i++)
        plan->properties.at[i].at_once = classes[plan->properties.at[i].block];
    free(classes);
}

/*
 * A block that is only a reference runs as what it refers to. Where scopes are
 * kept it cannot: going through it may enter one.
 */
static void skip_references(struct plan *plan)
{
    for (uint32_t i = 1; i < plan->blocks.count && !plan->scopes; i++) {
        struct plan_block *block = &plan->blocks.at[i];
        uint32_t at = block->stated.code;
        /* There are no loops of calls any more, so this ends. */
        while (at && plan->code.at[at].op == PLAN_CALL && plan->code.at[at + 1].op == PLAN_END &&
               block->run.types == PLAN_EVERY) {
            block->run = plan->blocks.at[plan->code.at[at].a].stated;
            at = block->run.code;
        }
    }
}

int compile_finish(struct compile *compile)
{
    struct plan *plan = compile->plan;
    if (refuse_loops(compile))
        return -1;
    compile_settle_rests(plan);
    compile_switches(plan);
    skip_references(plan);
    copy_shortcuts(plan);
    return 0;
}
