/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/explain.h"

/*
 * How far a branch is from holding, from what was found wrong in it. Of the
 * three, the first that differs decides: the value's own type is wrong; a member
 * that the branch demands a certain value of has another one; how much is wrong.
 */
struct distance {
    uint32_t types, decisions, problems;
};

static bool is_nearer(struct distance a, struct distance b)
{
    if (a.types != b.types)
        return a.types < b.types;
    if (a.decisions != b.decisions)
        return a.decisions < b.decisions;
    return a.problems < b.problems;
}

static bool is_member_of(const struct json_document *document, uint32_t node, uint32_t object)
{
    if (json_type(document, object) != JSON_OBJECT)
        return false;
    for (uint32_t key = json_first(document, object); key != json_end(document, object);
         key = json_after(document, key + 1))
        if (key + 1 == node)
            return true;
    return false;
}

static struct distance measure(const struct explain *explain, uint32_t from, uint32_t node)
{
    const struct json_document *document = explain->run->document;
    struct distance distance = {0, 0, 0};
    for (uint32_t i = from; i < explain->problems.count; i++) {
        const struct told *told = &explain->problems.at[i];
        if (told->severity != SCHEMA_ERROR)
            continue;
        bool listed = told->keyword == KEYWORD_CONST || told->keyword == KEYWORD_ENUM;
        distance.problems++;
        /* What is listed is hardly ever an array or an object. */
        if (told->node == node &&
            (told->expected || (listed && json_type(document, node) >= JSON_ARRAY)))
            distance.types++;
        else if (listed && is_member_of(document, told->node, node))
            distance.decisions++;
    }
    return distance;
}

/* Keeps the problems from `best` on, which are `count`, as those from `first` on. */
static void keep_problems(struct explain *explain, uint32_t first, uint32_t best, uint32_t count)
{
    struct told *at = explain->problems.at;
    if (count)
        memmove(at + first, at + best, count * sizeof *at);
    explain->problems.count = first + count;
}

static void explain_branch(struct explain *explain, const struct plan_instruction *code,
    uint32_t branch, uint32_t node, const struct marks *marks)
{
    size_t mark = explain_enter_keyword(explain, (enum keyword)code->keyword);
    explain_enter_number(explain, branch);
    explain_block(explain, explain->run->plan->lists.at[code->a + branch], node, marks);
    explain_leave(explain, mark);
}

/* Where every branch only asks for another type, the types are told as one. */
static bool tell_types(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t first, uint32_t node)
{
    uint16_t types = 0;
    if (explain->problems.count - first != code->b || code->b < 2)
        return false;
    for (uint32_t i = first; i < explain->problems.count; i++) {
        const struct told *told = &explain->problems.at[i];
        if (!told->expected || told->node != node)
            return false;
        types |= told->expected;
    }
    explain->problems.count = first;
    explain_type(explain, block, (enum keyword)code->keyword, types, node);
    return true;
}

/* Each branch is explained once; the problems of the nearest stay. */
static void explain_nearest(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node, const struct marks *marks)
{
    struct schema_checker *run = explain->run;
    uint32_t first = explain->problems.count, best = 0, best_count = 0;
    struct distance nearest = {UINT32_MAX, 0, 0};
    bool all_types = true;
    for (uint32_t i = 0; i < code->b && !run->undecided; i++) {
        uint32_t from = explain->problems.count;
        explain_branch(explain, code, i, node, marks);
        struct distance distance = measure(explain, from, node);
        uint32_t count = explain->problems.count - from;
        all_types = all_types && count == 1 && distance.types == 1;
        if (best_count == 0 || is_nearer(distance, nearest)) {
            if (!all_types) {
                keep_problems(explain, first, from, count);
                from = first;
            }
            nearest = distance;
            best = from;
            best_count = count;
        } else if (!all_types) {
            explain->problems.count = from;
        }
    }
    if (all_types && tell_types(explain, block, code, first, node))
        return;
    keep_problems(explain, first, best, best_count);
}

static void tell_several(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node)
{
    const uint32_t *blocks = explain->run->plan->lists.at + code->a;
    uint32_t holding = 0;
    explain_add_value(explain, node);
    buffer_add_text(&explain->scratch, " fits more than one schema of \"oneOf\" (");
    for (uint32_t i = 0; i < code->b; i++) {
        if (!run_asks(explain->run, blocks[i], node))
            continue;
        if (holding++ < EXPLAIN_NAMES)
            buffer_add_format(&explain->scratch, "%s%u", holding > 1 ? ", " : "", (unsigned)i);
    }
    buffer_add_text(&explain->scratch, "); expected exactly one");
    explain_tell(explain, block, KEYWORD_ONE_OF, "", node);
}

/* A switch decides without trying the branches. */
static bool explain_decided(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node, const struct marks *marks)
{
    const struct plan *plan = explain->run->plan;
    uint32_t branch, member;
    if (!code->c ||
        !run_switch(explain->run, &plan->switches.at[code->c - 1], node, &branch, &member))
        return false;
    if (branch == PLAN_ANYTHING) {
        explain_switch(explain, block, code, member);
        /* Nothing is known about the other members; they are no fault of their own. */
        for (uint32_t key = json_first(explain->run->document, node);
             marks && key != json_end(explain->run->document, node);
             key = json_after(explain->run->document, key + 1))
            marks_add(explain->run, marks, key);
        return true;
    }
    for (uint32_t i = 0; i < code->b; i++) {
        if (plan->lists.at[code->a + i] == branch) {
            explain_branch(explain, code, i, node, marks);
            return true;
        }
    }
    return true;
}

void explain_choice(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node, const struct marks *marks)
{
    struct schema_checker *run = explain->run;
    const uint32_t *blocks = run->plan->lists.at + code->a;
    uint32_t holding = 0;
    if (explain_decided(explain, block, code, node, marks))
        return;
    for (uint32_t i = 0; i < code->b && !run->undecided; i++) {
        if (!run_asks(run, blocks[i], node))
            continue;
        holding++;
        explain_branch(explain, code, i, node, marks);
    }
    if (run->undecided)
        return;
    if (holding == 0)
        explain_nearest(explain, block, code, node, marks);
    else if (holding > 1 && code->op == PLAN_ONE)
        tell_several(explain, block, code, node);
}
