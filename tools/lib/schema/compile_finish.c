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
static enum plan_shortcut shortcut_of(const struct plan *plan, const struct plan_block *block)
{
    const struct plan_instruction *code = &plan->code.at[block->run.code];
    if (!block->run.code)
        return PLAN_BY_TYPE;
    if (code->op != PLAN_LIMITS || code->b != 1 || code[1].op != PLAN_END)
        return PLAN_NO_SHORTCUT;
    const struct plan_bound *bound = &plan->bounds.at[code->a];
    return bound->zero && !bound->upper && !bound->exclusive ? PLAN_BY_SIGN : PLAN_NO_SHORTCUT;
}

static void copy_shortcuts(struct plan *plan)
{
    for (uint32_t i = 0; i < plan->arrays.count; i++) {
        struct plan_array *array = &plan->arrays.at[i];
        array->rest_types = plan->blocks.at[array->rest].run.types;
        array->rest_shortcut = (uint8_t)shortcut_of(plan, &plan->blocks.at[array->rest]);
    }
    for (uint32_t i = 0; i < plan->properties.count; i++) {
        struct plan_property *property = &plan->properties.at[i];
        const struct plan_block *block = &plan->blocks.at[property->block];
        property->types = block->run.types;
        property->shortcut = (uint8_t)shortcut_of(plan, block);
    }
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
