/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/run.h"

#include "schema/format.h"
#include "schema/value.h"

static bool is_escaped(const struct schema_checker *run, uint32_t node)
{
    return run->document->nodes[node].flags & JSON_ESCAPED;
}

static struct slice string_of(struct schema_checker *run, uint32_t node)
{
    return is_escaped(run, node) ? json_string(run->document, node, &run->arena)
                                 : json_raw(run->document, node);
}

/* ---- enum, const ---- */
uint32_t run_find_string(const struct plan *plan, const struct plan_set *set, struct slice string)
{
    const struct plan_value *values = plan->values.at + set->first;
    if (set->mask == 0) {
        for (uint32_t i = 0; i < set->strings; i++)
            if (slice_equal(values[i].string, string))
                return i;
        return set->count;
    }
    uint64_t hash = value_hash_string(string);
    const uint32_t *slots = plan->slots.at + set->slots;
    for (uint32_t at = (uint32_t)hash & set->mask; slots[at]; at = (at + 1) & set->mask) {
        uint32_t index = slots[at] - 1;
        if (index < set->strings && values[index].hash == hash &&
            slice_equal(values[index].string, string))
            return index;
    }
    return set->count;
}

static bool equals(struct schema_checker *run, const struct plan_value *value, uint32_t node)
{
    const struct json_document *other = &run->plan->documents.at[value->place.document]->json;
    return json_equal(run->document, node, other, value->place.node);
}

static bool find_value(struct schema_checker *run, const struct plan_set *set, uint32_t node)
{
    const struct plan_value *values = run->plan->values.at + set->first;
    if (set->mask == 0) {
        for (uint32_t i = set->strings; i < set->count; i++)
            if (equals(run, &values[i], node))
                return true;
        return false;
    }
    uint64_t hash = value_hash(run->document, node, &run->arena);
    const uint32_t *slots = run->plan->slots.at + set->slots;
    for (uint32_t at = (uint32_t)hash & set->mask; slots[at]; at = (at + 1) & set->mask) {
        const struct plan_value *value = &values[slots[at] - 1];
        if (value->hash == hash && run_spend(run, node, 1) && equals(run, value, node))
            return true;
    }
    return false;
}

bool run_set(struct schema_checker *run, const struct plan_set *set, uint32_t node)
{
    const struct json_node *at = &run->document->nodes[node];
    if (!(set->types & 1u << at->type))
        return false;
    if (at->type == JSON_STRING)
        return run_find_string(run->plan, set, string_of(run, node)) < set->count;
    if (at->type >= JSON_ARRAY && !run_spend(run, node, at->after - node))
        return false;
    return find_value(run, set, node);
}

/* ---- numbers ---- */
static bool is_zero(struct slice number)
{
    for (size_t i = 0; i < number.size; i++) {
        if (number.data[i] >= '1' && number.data[i] <= '9')
            return false;
        if (number.data[i] == 'e' || number.data[i] == 'E')
            break;
    }
    return true;
}

bool run_bound(struct schema_checker *run, const struct plan_bound *bound, uint32_t node)
{
    if (bound->zero && !bound->upper && !bound->exclusive)
        return !(run->document->nodes[node].flags & JSON_NEGATIVE) ||
               is_zero(json_raw(run->document, node));
    struct number number = number_of(json_raw(run->document, node));
    int order = number_compare(&number, &bound->number);
    if (order == 0)
        return !bound->exclusive;
    return bound->upper ? order < 0 : order > 0;
}

bool run_limits(struct schema_checker *run, const struct plan_instruction *code, uint32_t node)
{
    for (uint32_t i = 0; i < code->b; i++)
        if (!run_bound(run, &run->plan->bounds.at[code->a + i], node))
            return false;
    return true;
}

bool run_multiple(struct schema_checker *run, const struct number *divisor, uint32_t node)
{
    struct number number = number_of(json_raw(run->document, node));
    return number_is_multiple(&number, divisor);
}

/* ---- strings ---- */
uint32_t run_length(struct schema_checker *run, uint32_t node)
{
    struct slice text = string_of(run, node);
    uint32_t length = (uint32_t)text.size;
    if (run->document->nodes[node].flags & (JSON_WIDE | JSON_ESCAPED))
        for (size_t i = 0; i < text.size; i++)
            length -= (text.data[i] & 0xc0) == 0x80;
    return length;
}

bool run_length_holds(
    struct schema_checker *run, const struct plan_instruction *code, uint32_t node)
{
    uint32_t length = run_length(run, node);
    return length >= code->a && length <= code->b;
}

bool run_match(struct schema_checker *run, uint32_t pattern, uint32_t node)
{
    struct run_memo *memo = &run->memos[pattern];
    struct slice text = string_of(run, node);
    /* Lines repeat themselves: versions, names and ids are what they were last time. */
    if (memo->set && memo->size == text.size && memcmp(memo->text, text.data, text.size) == 0)
        return true;
    int matches = pattern_matches(run->plan->patterns.at[pattern], run->matcher, text);
    if (matches < 0)
        run_stop(run, node, "a pattern needs too many steps for a string");
    if (matches > 0 && text.size > 0 && text.size <= RUN_MEMO) {
        memo->set = 1;
        memo->size = (uint8_t)text.size;
        memcpy(memo->text, text.data, text.size);
    }
    return matches > 0;
}

bool run_format(struct schema_checker *run, const struct plan_instruction *code, uint32_t node)
{
    if (format_holds((enum format)code->a, string_of(run, node)))
        return true;
    if (!code->b)
        return false;
    run->warned = true;
    return true;
}

/* ---- uniqueItems ---- */
enum { UNIQUE_SCANNED = 8 }; /* up to here each is compared with each */

static bool same(struct schema_checker *run, uint32_t a, uint32_t b)
{
    const struct json_document *document = run->document;
    return json_type(document, a) == json_type(document, b) && json_equal(document, a, document, b);
}

static bool unique_few(struct schema_checker *run, uint32_t node, uint32_t *first, uint32_t *second)
{
    const struct json_document *document = run->document;
    for (uint32_t a = json_first(document, node); a != json_end(document, node);
         a = json_after(document, a)) {
        for (uint32_t b = json_after(document, a); b != json_end(document, node);
             b = json_after(document, b)) {
            if (same(run, a, b)) {
                *first = a;
                *second = b;
                return false;
            }
        }
    }
    return true;
}

bool run_unique(struct schema_checker *run, uint32_t node, uint32_t *first, uint32_t *second)
{
    const struct json_document *document = run->document;
    uint32_t count = json_count(document, node), capacity = 16;
    if (!run_spend(run, node, json_end(document, node) - node))
        return false;
    if (count <= UNIQUE_SCANNED)
        return unique_few(run, node, first, second);
    while (capacity < 2 * count)
        capacity *= 2;
    struct {
        uint64_t hash;
        uint32_t item;
    } *slots = arena_zero(&run->arena, capacity, sizeof *slots);
    for (uint32_t item = json_first(document, node); item != json_end(document, node);
         item = json_after(document, item)) {
        uint64_t hash = value_hash(document, item, &run->arena);
        uint32_t at = (uint32_t)hash & (capacity - 1);
        for (; slots[at].item; at = (at + 1) & (capacity - 1)) {
            uint32_t other = slots[at].item;
            if (!run_spend(run, node, 1))
                return false;
            if (slots[at].hash == hash && same(run, other, item)) {
                *first = other;
                *second = item;
                return false;
            }
        }
        slots[at].hash = hash;
        slots[at].item = item;
    }
    return true;
}
