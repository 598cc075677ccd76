/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/run.h"

#include "json/bits.h"

#define NOT_INLINE __attribute__((noinline))

/* ---- marks ---- */
static void mark_all(struct schema_checker *run, const struct marks *marks)
{
    memset(run->words + marks->at, 0xff, marks->words * sizeof *run->words);
}

/* ---- types ---- */
bool run_type(const struct schema_checker *run, uint16_t types, uint32_t node)
{
    const struct json_node *at = &run->document->nodes[node];
    if (types & plan_types_of(at))
        return true;
    /* 1.0 and 1e2 are whole too. */
    return at->type == JSON_NUMBER && types & PLAN_INTEGER &&
           number_is_integer(json_raw(run->document, node));
}

static bool run_code(struct schema_checker *run, const struct plan_block *block, uint32_t node,
    const struct marks *marks);

/* The way to a value inside: the types first, most blocks have nothing else. */
static inline bool run_value(struct schema_checker *run, uint32_t index, uint32_t node)
{
    const struct plan_block *block = &run->plan->blocks.at[index];
    if (!run_type(run, block->run.types, node))
        return false;
    return !block->run.code || run_code(run, block, node, NULL);
}

bool run_block(struct schema_checker *run, uint32_t index, uint32_t node, const struct marks *marks)
{
    const struct plan_block *block = &run->plan->blocks.at[index];
    if (!run_type(run, block->run.types, node))
        return false;
    return !block->run.code || run_code(run, block, node, marks);
}

bool run_asks(struct schema_checker *run, uint32_t block, uint32_t node)
{
    bool warned = run->warned, holds = run_block(run, block, node, NULL);
    run->warned = warned;
    return holds;
}

/* Most values inside are decided by their class. */
static inline bool passes_at_once(uint64_t classes, const struct json_node *at)
{
    return classes >> json_class(at) & 1;
}

/* ---- arrays ---- */
static bool run_items(struct schema_checker *run, const struct plan_array *array, uint32_t node,
    const struct marks *marks)
{
    const struct json_node *nodes = run->document->nodes;
    uint32_t end = nodes[node].after, count = 0;
    for (uint32_t item = node + 1; item != end; item = nodes[item].after, count++) {
        bool rest = count >= array->prefix_count;
        if (marks && (!rest || array->rest))
            marks_add(run, marks, item);
        if (rest && passes_at_once(array->rest_at_once, nodes + item))
            continue;
        uint32_t block = rest ? array->rest : run->plan->lists.at[array->prefix + count];
        if (!run_value(run, block, item))
            return false;
    }
    return count >= array->least && count <= array->most && run_spend(run, node, count);
}

uint32_t run_count_contained(struct schema_checker *run, const struct plan_contains *contains,
    uint32_t node, const struct marks *marks, bool all)
{
    const struct json_node *nodes = run->document->nodes;
    uint32_t end = nodes[node].after, count = 0;
    all = all || (marks && contains->marks) || contains->most != PLAN_NO_LIMIT;
    for (uint32_t item = node + 1; item != end; item = nodes[item].after) {
        bool warned = run->warned;
        if (!all && count >= contains->least)
            break;
        if (run_value(run, contains->block, item)) {
            count++;
            if (marks && contains->marks)
                marks_add(run, marks, item);
        } else {
            run->warned = warned;
        }
    }
    return count;
}

static bool run_contains(struct schema_checker *run, const struct plan_contains *contains,
    uint32_t node, const struct marks *marks)
{
    uint32_t count = run_count_contained(run, contains, node, marks, false);
    return count >= contains->least && count <= contains->most &&
           run_spend(run, node, json_end(run->document, node) - node);
}

/* ---- objects ---- */
static uint32_t look_up(const struct plan *plan, const struct plan_object *object, const char *key,
    uint32_t size, uint32_t hash)
{
    const uint32_t *slots = plan->slots.at + object->slots;
    for (uint32_t at = hash & object->mask; slots[at]; at = (at + 1) & object->mask) {
        const struct plan_property *property = &plan->properties.at[object->first + slots[at] - 1];
        if (property->hash == hash && property->size == size &&
            memcmp(property->key, key, size) == 0)
            return slots[at] - 1;
    }
    return object->count;
}

/* Its index in the table, or the table's count. */
static uint32_t find_property(
    struct schema_checker *run, const struct plan_object *object, uint32_t key)
{
    if (object->count == 0)
        return 0;
    const struct json_node *at = &run->document->nodes[key];
    struct slice name = at->flags & JSON_ESCAPED ? json_string(run->document, key, &run->arena)
                                                 : json_raw(run->document, key);
    return look_up(run->plan, object, name.data, (uint32_t)name.size, at->hash);
}

const struct plan_property *run_find_property(
    struct schema_checker *run, const struct plan_object *object, uint32_t key)
{
    uint32_t index = find_property(run, object, key);
    return index < object->count ? &run->plan->properties.at[object->first + index] : NULL;
}

static inline bool run_property(
    struct schema_checker *run, const struct plan_property *property, uint32_t node)
{
    return passes_at_once(property->at_once, &run->document->nodes[node]) ||
           run_value(run, property->block, node);
}

/* What no property declares: the patterns, and if none of them takes it the rest. */
static bool run_other(struct schema_checker *run, const struct plan_object *object, uint32_t key,
    bool declared, const struct marks *marks)
{
    const struct plan_pattern_property *patterns =
        run->plan->pattern_properties.at + object->patterns;
    bool taken = declared;
    for (uint32_t i = 0; i < object->pattern_count; i++) {
        if (!run_match(run, patterns[i].pattern, key))
            continue;
        taken = true;
        if (!run_value(run, patterns[i].block, key + 1))
            return false;
    }
    if (!taken && object->additional != PLAN_ANYTHING) {
        taken = true;
        if (!run_value(run, object->additional, key + 1))
            return false;
    }
    if (taken && marks)
        marks_add(run, marks, key);
    return true;
}

static bool run_members(struct schema_checker *run, const struct plan_object *object, uint32_t node,
    const struct marks *marks)
{
    const struct json_node *nodes = run->document->nodes;
    const struct plan_property *properties = run->plan->properties.at + object->first;
    uint32_t end = nodes[node].after, required = 0, count = 0;
    for (uint32_t key = node + 1; key != end; key = nodes[key + 1].after) {
        if (UNLIKELY(nodes[key].flags & JSON_SHADOWED))
            continue;
        count++;
        if (object->names && !run_value(run, object->names, key))
            return false;
        uint32_t index = find_property(run, object, key);
        bool declared = index < object->count && properties[index].declared;
        if (index < object->count)
            required += properties[index].required;
        if (declared) {
            if (!run_property(run, &properties[index], key + 1))
                return false;
            if (marks)
                marks_add(run, marks, key);
        }
        if ((!declared || object->pattern_count) && !run_other(run, object, key, declared, marks))
            return false;
    }
    return required == object->required && count >= object->least && count <= object->most &&
           run_spend(run, node, count);
}

/* Whether a key is that of a property, as it stands in the text. */
static inline bool is_key(
    const struct plan_property *property, const char *text, const struct json_node *key)
{
    uint32_t size = key->end - key->start - 2;
    return property->size == size && !(key->flags & (JSON_ESCAPED | JSON_SHADOWED)) &&
           bytes_same(property->key, text + key->start + 1, size);
}

/* A key that was not expected: its index, kept for next time, or the table's count. */
static NOT_INLINE uint32_t learn_property(
    struct schema_checker *run, const struct plan_object *object, uint32_t key, uint32_t *guess)
{
    uint32_t index = find_property(run, object, key);
    if (index < object->count)
        *guess = index;
    return index;
}

/* Kept out of the loop over the members, which most of them do not leave. */
static NOT_INLINE bool run_inside(struct schema_checker *run, uint32_t block, uint32_t node)
{
    return run_value(run, block, node);
}

/*
 * The same where nothing but the properties counts: the way of almost every
 * object. What came after a key last time is tried before its hash.
 */
static NOT_INLINE bool run_plain_members(
    struct schema_checker *run, const struct plan_object *object, uint32_t node)
{
    const struct json_node *nodes = run->document->nodes;
    const char *text = run->document->text;
    const struct plan_property *properties = run->plan->properties.at + object->first;
    uint32_t *guess = run->order + object->order, *order = guess + 1;
    uint32_t end = nodes[node].after, required = 0, count = 0;
    for (uint32_t key = node + 1; key != end; key = nodes[key + 1].after) {
        uint32_t index = *guess;
        if (UNLIKELY(!is_key(&properties[index], text, nodes + key))) {
            if (nodes[key].flags & JSON_SHADOWED)
                continue;
            index = learn_property(run, object, key, guess);
        }
        count++;
        if (UNLIKELY(index == object->count)) {
            if (object->additional && !run_inside(run, object->additional, key + 1))
                return false;
            continue;
        }
        guess = order + index;
        required += properties[index].required;
        if (!passes_at_once(properties[index].at_once, nodes + key + 1) &&
            !run_inside(run, properties[index].block, key + 1))
            return false;
    }
    return required == object->required && count >= object->least && count <= object->most &&
           run_spend(run, node, count);
}

/* Only asks for members to be there. */
static bool run_only_names(
    struct schema_checker *run, const struct plan_object *object, uint32_t node)
{
    const struct plan_property *properties = run->plan->properties.at + object->first;
    for (uint32_t i = 0; i < object->count; i++) {
        struct slice name = {properties[i].key, properties[i].size};
        if (!run_has_member(run, node, name))
            return false;
    }
    return true;
}

bool run_has_member(struct schema_checker *run, uint32_t node, struct slice name)
{
    return run_spend(run, node, (json_end(run->document, node) - node) / 2) &&
           json_get_slice(run->document, node, name) != JSON_NONE;
}

static bool run_needs(
    struct schema_checker *run, const struct plan_instruction *code, uint32_t node)
{
    const struct slice *names = run->plan->names.at;
    if (!run_has_member(run, node, names[code->a]))
        return true;
    for (uint32_t i = 0; i < code->c; i++)
        if (!run_has_member(run, node, names[code->b + i]))
            return false;
    return true;
}

/* ---- schemas on the same value ---- */
uint32_t run_dynamic(struct schema_checker *run, const struct plan_instruction *code, uint32_t node)
{
    const struct plan_choice *choices = run->plan->choices.at + code->b;
    for (uint32_t i = 0; i < run->scopes.count; i++) {
        if (!run_spend(run, node, 1 + code->c / 8))
            break;
        for (uint32_t j = 0; j < code->c; j++)
            if (choices[j].resource == run->scopes.at[i])
                return choices[j].block;
    }
    return code->a;
}

bool run_switch(struct schema_checker *run, const struct plan_switch *choice, uint32_t node,
    uint32_t *branch, uint32_t *member)
{
    const struct json_document *document = run->document;
    if (json_type(document, node) != JSON_OBJECT)
        return false;
    uint32_t value = json_get_slice(document, node, choice->name);
    if (value == JSON_NONE || json_type(document, value) != JSON_STRING)
        return false;
    const struct plan_set *set = &run->plan->sets.at[choice->set];
    struct slice text = json_string(document, value, &run->arena);
    uint32_t index = run_find_string(run->plan, set, text);
    *branch = index < set->count ? run->plan->lists.at[choice->blocks + index] : PLAN_ANYTHING;
    *member = value;
    return true;
}

/* A branch that may fail: what it looked at counts only where it holds. */
static bool run_branch(
    struct schema_checker *run, uint32_t block, uint32_t node, const struct marks *marks)
{
    bool warned = run->warned;
    if (!marks) {
        bool holds = run_block(run, block, node, NULL);
        run->warned = holds ? run->warned : warned;
        return holds;
    }
    struct marks own = marks_open(run, node);
    bool holds = run_block(run, block, node, &own);
    if (holds)
        marks_join(run, marks, &own);
    else
        run->warned = warned;
    marks_close(run, &own);
    return holds;
}

static bool run_choice(struct schema_checker *run, const struct plan_instruction *code,
    uint32_t node, const struct marks *marks)
{
    const uint32_t *blocks = run->plan->lists.at + code->a;
    uint32_t branch, member, holding = 0;
    if (code->c && run_switch(run, &run->plan->switches.at[code->c - 1], node, &branch, &member))
        return branch != PLAN_ANYTHING && run_block(run, branch, node, marks);
    for (uint32_t i = 0; i < code->b; i++) {
        if (!run_branch(run, blocks[i], node, marks))
            continue;
        holding++;
        /* The first one decides, unless what the others look at counts too. */
        if (code->op == PLAN_ANY ? !marks : holding > 1)
            break;
    }
    return code->op == PLAN_ANY ? holding > 0 : holding == 1;
}

static bool run_if(struct schema_checker *run, const struct plan_instruction *code, uint32_t node,
    const struct marks *marks)
{
    bool holds = run_branch(run, code->a, node, marks);
    uint32_t block = holds ? code->b : code->c;
    return block == PLAN_ANYTHING || run_block(run, block, node, marks);
}

/* ---- what is left ---- */
static bool run_rest_items(
    struct schema_checker *run, uint32_t block, uint32_t node, const struct marks *marks)
{
    const struct json_node *nodes = run->document->nodes;
    for (uint32_t item = node + 1; item != nodes[node].after; item = nodes[item].after)
        if (!marks_has(run, marks, item) && !run_value(run, block, item))
            return false;
    mark_all(run, marks);
    return true;
}

static bool run_rest_members(
    struct schema_checker *run, uint32_t block, uint32_t node, const struct marks *marks)
{
    const struct json_node *nodes = run->document->nodes;
    for (uint32_t key = node + 1; key != nodes[node].after; key = nodes[key + 1].after)
        if (!(nodes[key].flags & JSON_SHADOWED) && !marks_has(run, marks, key) &&
            !run_value(run, block, key + 1))
            return false;
    mark_all(run, marks);
    return true;
}

static bool run_instruction(struct schema_checker *run, const struct plan_instruction *code,
    uint32_t node, const struct marks *marks)
{
    const struct plan *plan = run->plan;
    uint32_t first, second;
    switch ((enum plan_op)code->op) {
    case PLAN_SET: return run_set(run, &plan->sets.at[code->a], node);
    case PLAN_LIMITS: return run_limits(run, code, node);
    case PLAN_MULTIPLE: return run_multiple(run, &plan->numbers.at[code->a], node);
    case PLAN_LENGTH: return run_length_holds(run, code, node);
    case PLAN_MATCH: return run_match(run, code->a, node);
    case PLAN_FORMAT: return run_format(run, code, node);
    case PLAN_ITEMS: return run_items(run, &plan->arrays.at[code->a], node, marks);
    case PLAN_UNIQUE: return run_unique(run, node, &first, &second);
    case PLAN_CONTAINS: return run_contains(run, &plan->contains.at[code->a], node, marks);
    case PLAN_MEMBERS:
        if (code->b == PLAN_ONLY_NAMES)
            return run_only_names(run, &plan->objects.at[code->a], node);
        if (code->b == PLAN_ONLY_PROPERTIES && !marks)
            return run_plain_members(run, &plan->objects.at[code->a], node);
        return run_members(run, &plan->objects.at[code->a], node, marks);
    case PLAN_NEEDS: return run_needs(run, code, node);
    case PLAN_WHERE:
        return !run_has_member(run, node, plan->names.at[code->a]) ||
               run_block(run, code->b, node, marks);
    case PLAN_CALL: return run_block(run, code->a, node, marks);
    case PLAN_DYNAMIC: return run_block(run, run_dynamic(run, code, node), node, marks);
    case PLAN_ANY:
    case PLAN_ONE: return run_choice(run, code, node, marks);
    case PLAN_NOT: return !run_asks(run, code->a, node);
    case PLAN_IF: return run_if(run, code, node, marks);
    case PLAN_REST_ITEMS: return run_rest_items(run, code->a, node, marks);
    case PLAN_REST_MEMBERS: return run_rest_members(run, code->a, node, marks);
    case PLAN_END:
    case PLAN_CASE:
    case PLAN_OP_COUNT: break;
    }
    return true;
}

void run_enter_scope(struct schema_checker *run, uint32_t resource)
{
    if (run->scopes.count == 0 || run->scopes.at[run->scopes.count - 1] != resource)
        PLAN_ADD(run->scopes, resource);
}

/* Whether the member decides which of the conditions applies, and whether what it asks holds. */
static bool run_case(
    struct schema_checker *run, const struct plan_instruction *code, uint32_t node, bool *holds)
{
    uint32_t branch, member;
    *holds = true;
    if (!run_switch(run, &run->plan->switches.at[code->a], node, &branch, &member))
        return false;
    if (branch != PLAN_ANYTHING)
        *holds = run_block(run, branch, node, NULL);
    return true;
}

static bool run_all(struct schema_checker *run, const struct plan_block *block, uint32_t node,
    const struct marks *marks)
{
    uint32_t type = 1u << run->document->nodes[node].type;
    const struct plan_instruction *code = &run->plan->code.at[block->run.code];
    for (; code->op != PLAN_END; code++) {
        bool holds;
        if (!(code->types & type))
            continue;
        if (code->op == PLAN_CASE) {
            if (marks || !run_case(run, code, node, &holds))
                continue;
            code += code->b;
        } else {
            holds = run_instruction(run, code, node, marks);
        }
        if (!holds)
            return false;
    }
    return true;
}

/* A block that keeps scopes or marks of its own. */
static NOT_INLINE bool run_scoped(struct schema_checker *run, const struct plan_block *block,
    uint32_t node, const struct marks *marks)
{
    uint32_t scopes = run->scopes.count;
    bool holds;
    if (run->plan->scopes)
        run_enter_scope(run, block->resource);
    if (block->run.collects) {
        struct marks own = marks_open(run, node);
        holds = run_all(run, block, node, &own);
        if (holds && marks)
            marks_join(run, marks, &own);
        marks_close(run, &own);
    } else {
        holds = run_all(run, block, node, marks);
    }
    run->scopes.count = scopes;
    return holds;
}

static bool run_code(struct schema_checker *run, const struct plan_block *block, uint32_t node,
    const struct marks *marks)
{
    if (!run_spend(run, node, 1))
        return false;
    if (++run->depth > RUN_DEPTH)
        run_stop(run, node, "the schemas that apply to one value nest too deep");
    bool holds = UNLIKELY(run->plan->scopes || block->run.collects)
                     ? run_scoped(run, block, node, marks)
                     : run_all(run, block, node, marks);
    run->depth--;
    return holds;
}

enum schema_verdict schema_accepts(
    struct schema_checker *checker, const struct json_document *document, struct error *error)
{
    run_begin(checker, document);
    bool holds = run_block(checker, checker->plan->root, 0, NULL);
    if (UNLIKELY(checker->undecided != NULL)) {
        run_tell(checker, error);
        return SCHEMA_UNDECIDED;
    }
    if (!holds)
        return SCHEMA_REFUSED;
    return checker->warned ? SCHEMA_ACCEPTED_WITH_WARNINGS : SCHEMA_ACCEPTED;
}
