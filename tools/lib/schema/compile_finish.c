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
    PLAN_ADD(path, ((struct visit){from, plan->blocks.at[from].code}));
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
            PLAN_ADD(path, ((struct visit){next, plan->blocks.at[next].code}));
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

/* ---- switches ---- */
enum {
    SWITCH_LOOKS = 4,     /* how many references deep a branch's members are looked for */
    SWITCH_CANDIDATES = 8 /* members of the first branch that are tried as the deciding one */
};

/* The object table that a block applies for certain, or NULL. */
static const struct plan_object *members_of(const struct plan *plan, uint32_t block, unsigned deep)
{
    uint32_t at = plan->blocks.at[block].code, call = 0;
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
    uint32_t at = plan->blocks.at[block].code;
    for (; at && plan->code.at[at].op != PLAN_END; at++) {
        if (plan->code.at[at].op == PLAN_SET) {
            const struct plan_set *set = &plan->sets.at[plan->code.at[at].a];
            return set->count && set->strings == set->count ? set : NULL;
        }
    }
    return NULL;
}

static const struct plan_set *set_of_member(
    const struct plan *plan, uint32_t branch, const struct plan_property *like)
{
    const struct plan_object *object = members_of(plan, branch, 0);
    if (!object || object->count == 0)
        return NULL;
    const uint32_t *slots = plan->slots.at + object->slots;
    for (uint32_t at = like->hash & object->mask; slots[at]; at = (at + 1) & object->mask) {
        const struct plan_property *property = &plan->properties.at[object->first + slots[at] - 1];
        if (property->size == like->size && memcmp(property->key, like->key, like->size) == 0)
            return property->declared ? strings_of(plan, property->block) : NULL;
    }
    return NULL;
}

static bool branches_differ(
    const struct plan *plan, const struct plan_instruction *code, const struct plan_property *like)
{
    struct table seen = TABLE_INIT;
    bool differ = true;
    for (uint32_t i = 0; i < code->b && differ; i++) {
        const struct plan_set *set = set_of_member(plan, plan->lists.at[code->a + i], like);
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

static uint32_t add_switch(struct plan *plan, const struct plan_instruction *code, uint32_t like)
{
    struct plan_property property = plan->properties.at[like];
    struct plan_set joined = {.first = plan->values.count, .types = PLAN_STRING};
    struct plan_switch choice = {
        .name = {property.key, property.size},
        .hash = property.hash,
        .blocks = plan->lists.count,
    };
    for (uint32_t i = 0; i < code->b; i++) {
        uint32_t branch = plan->lists.at[code->a + i];
        const struct plan_set *set = set_of_member(plan, branch, &property);
        for (uint32_t j = 0; set && j < set->count; j++) {
            struct plan_value value = plan->values.at[set->first + j];
            PLAN_ADD(plan->values, value);
            PLAN_ADD(plan->lists, branch);
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

static void find_switch(struct plan *plan, uint32_t index)
{
    struct plan_instruction code = plan->code.at[index];
    if (code.b < 2)
        return;
    const struct plan_object *object = members_of(plan, plan->lists.at[code.a], 0);
    if (!object)
        return;
    uint32_t first = object->first, tried = 0;
    for (uint32_t i = 0; i < object->count && tried < SWITCH_CANDIDATES; i++) {
        const struct plan_property *property = &plan->properties.at[first + i];
        if (!property->declared || !strings_of(plan, property->block))
            continue;
        tried++;
        if (branches_differ(plan, &code, property)) {
            plan->code.at[index].c = add_switch(plan, &code, first + i);
            return;
        }
    }
}

/* ---- shortcuts ---- */
static enum plan_shortcut shortcut_of(const struct plan *plan, const struct plan_block *block)
{
    const struct plan_instruction *code = &plan->code.at[block->code];
    if (!block->code)
        return PLAN_BY_TYPE;
    if (code->op != PLAN_LIMITS || code->b != 1 || code[1].op != PLAN_END)
        return PLAN_NO_SHORTCUT;
    const struct plan_bound *bound = &plan->bounds.at[code->a];
    return bound->zero && !bound->upper && !bound->exclusive ? PLAN_BY_SIGN : PLAN_NO_SHORTCUT;
}

static void copy_to_properties(struct plan *plan)
{
    for (uint32_t i = 0; i < plan->properties.count; i++) {
        struct plan_property *property = &plan->properties.at[i];
        const struct plan_block *block = &plan->blocks.at[property->block];
        property->types = block->types;
        property->shortcut = (uint8_t)shortcut_of(plan, block);
    }
}

int compile_finish(struct compile *compile)
{
    struct plan *plan = compile->plan;
    if (refuse_loops(compile))
        return -1;
    copy_to_properties(plan);
    for (uint32_t i = 0; i < plan->code.count; i++)
        if (plan->code.at[i].op == PLAN_ANY || plan->code.at[i].op == PLAN_ONE)
            find_switch(plan, i);
    return 0;
}
