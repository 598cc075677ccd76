/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/explain.h"

#include "base/nearest.h"
#include "base/plural.h"
#include "schema/format.h"

/* ---- parts of messages ---- */
/* Not more than size bytes, and no half character. */
static struct slice shortened(struct slice text, size_t size)
{
    if (text.size <= size)
        return text;
    while (size && (text.data[size] & 0xc0) == 0x80)
        size--;
    return (struct slice){text.data, size};
}

static void add_shortened(struct explain *explain, struct slice text)
{
    struct slice shown = shortened(text, EXPLAIN_VALUE);
    buffer_add_slice(&explain->scratch, shown);
    if (shown.size < text.size)
        buffer_add_text(&explain->scratch, "…");
}

void explain_add_quoted(struct explain *explain, struct slice text)
{
    buffer_add_char(&explain->scratch, '"');
    add_shortened(explain, text);
    buffer_add_char(&explain->scratch, '"');
}

static void add_value_of(
    struct explain *explain, const struct json_document *document, uint32_t node)
{
    enum json_type type = json_type(document, node);
    struct slice raw = json_raw(document, node);
    if (type == JSON_STRING)
        explain_add_quoted(explain, raw);
    else if (type < JSON_ARRAY || raw.size <= EXPLAIN_VALUE / 2)
        add_shortened(explain, raw);
    else
        buffer_add_format(&explain->scratch, "the %s", json_type_name(type));
}

void explain_add_value(struct explain *explain, uint32_t node)
{
    add_value_of(explain, explain->run->document, node);
}

void explain_add_separator(struct explain *explain, uint32_t i, uint32_t count)
{
    if (i > 0)
        buffer_add_text(&explain->scratch, i + 1 < count ? ", " : " or ");
}

void explain_add_types(struct explain *explain, uint16_t types)
{
    static const struct {
        uint16_t types;
        const char *name;
    } names[] = {
        {PLAN_NULL, "null"},
        {PLAN_BOOLEAN, "true or false"},
        {PLAN_NUMBER, "a number"},
        {PLAN_INTEGER, "a whole number"},
        {PLAN_INTEGER_TEXT, "a whole number written without a point"},
        {PLAN_STRING, "a string"},
        {PLAN_ARRAY, "an array"},
        {PLAN_OBJECT, "an object"},
    };
    uint32_t count = 0, i = 0;
    if (types & PLAN_NUMBER)
        types &= (uint16_t) ~(PLAN_INTEGER | PLAN_INTEGER_TEXT);
    for (size_t n = 0; n < ARRAY_SIZE(names); n++)
        count += (types & names[n].types) != 0;
    for (size_t n = 0; n < ARRAY_SIZE(names); n++) {
        if (!(types & names[n].types))
            continue;
        explain_add_separator(explain, i++, count);
        buffer_add_text(&explain->scratch, names[n].name);
    }
}

/* ---- types ---- */
void explain_type(struct explain *explain, const struct plan_block *block, enum keyword keyword,
    uint16_t types, uint32_t node)
{
    static const char *const kinds[] = {
        "null", "false", "true", "a number", "a string", "an array", "an object"};
    enum json_type type = json_type(explain->run->document, node);
    explain_add_value(explain, node);
    if (types == 0) {
        buffer_add_text(&explain->scratch, " stands where nothing is allowed");
        explain_tell(explain, block, KEYWORD_NONE, "", node);
        return;
    }
    /* null, true and false are called what they are already. */
    if (type == JSON_NUMBER && types & (PLAN_INTEGER | PLAN_INTEGER_TEXT))
        buffer_add_text(&explain->scratch, " has a fraction; expected ");
    else if (type >= JSON_NUMBER)
        buffer_add_format(&explain->scratch, " is %s; expected ", kinds[type]);
    else
        buffer_add_text(&explain->scratch, " has the wrong type; expected ");
    explain_add_types(explain, types);
    explain_tell(explain, block, keyword, "", node);
    if (explain->problems.count)
        explain->problems.at[explain->problems.count - 1].expected = types;
}

/* ---- enum, const ---- */
/* A word that would have to be replaced whole is no typo. */
static size_t limit_for(struct slice text)
{
    size_t limit = nearest_limit(text.size);
    return limit < text.size ? limit : text.size ? text.size - 1 : 0;
}

/* The string of the set nearest to text, where it is near enough to be meant. */
static const struct plan_value *nearest_string(
    const struct plan *plan, const struct plan_set *set, struct slice text)
{
    size_t limit = limit_for(text), best = limit + 1;
    const struct plan_value *found = NULL;
    for (uint32_t i = 0; i < set->strings && i < EXPLAIN_CANDIDATES; i++) {
        const struct plan_value *value = &plan->values.at[set->first + i];
        size_t distance = nearest_distance(text, value->string, limit);
        if (distance < best) {
            best = distance;
            found = value;
        }
    }
    return found;
}

/* " (did you mean …?); expected …" */
static void add_choices(struct explain *explain, const struct plan_set *set, uint32_t node)
{
    const struct plan *plan = explain->run->plan;
    const struct json_document *document = explain->run->document;
    uint32_t shown = set->count <= EXPLAIN_NAMES ? set->count : EXPLAIN_NAMES;
    if (json_type(document, node) == JSON_STRING) {
        struct slice text = json_string(document, node, &explain->run->arena);
        const struct plan_value *near = nearest_string(plan, set, text);
        if (near && set->count > 1) {
            buffer_add_text(&explain->scratch, " (did you mean ");
            explain_add_quoted(explain, near->string);
            buffer_add_text(&explain->scratch, "?)");
        }
    }
    buffer_add_text(&explain->scratch, "; expected ");
    for (uint32_t i = 0; i < shown; i++) {
        const struct plan_value *value = &plan->values.at[set->first + i];
        explain_add_separator(explain, i, set->count);
        add_value_of(explain, &plan->documents.at[value->place.document]->json, value->place.node);
    }
    if (shown < set->count)
        buffer_add_format(&explain->scratch, " or one of %u more", (unsigned)(set->count - shown));
}

void explain_set(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node)
{
    const struct plan_set *set = &explain->run->plan->sets.at[code->a];
    if (run_set(explain->run, set, node) || explain->run->undecided)
        return;
    explain_add_value(explain, node);
    buffer_add_text(&explain->scratch,
        set->count == 0 ? " stands where no value is allowed" : " is not allowed here");
    if (set->count)
        add_choices(explain, set, node);
    explain_tell(explain, block, (enum keyword)code->keyword, "", node);
}

void explain_switch(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node)
{
    const struct plan *plan = explain->run->plan;
    const struct plan_switch *choice = &plan->switches.at[code->c - 1];
    explain_add_value(explain, node);
    buffer_add_text(&explain->scratch, " is no known value of ");
    explain_add_quoted(explain, choice->name);
    add_choices(explain, &plan->sets.at[choice->set], node);
    explain_tell(explain, block, (enum keyword)code->keyword, "", node);
}

/* ---- numbers and strings ---- */
void explain_limits(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node)
{
    for (uint32_t i = 0; i < code->b; i++) {
        const struct plan_bound *bound = &explain->run->plan->bounds.at[code->a + i];
        if (run_bound(explain->run, bound, node))
            continue;
        explain_add_value(explain, node);
        buffer_add_format(&explain->scratch, " is too %s; expected %s ",
            bound->upper ? "large" : "small",
            bound->exclusive ? (bound->upper ? "less than" : "more than")
                             : (bound->upper ? "at most" : "at least"));
        add_shortened(explain, bound->number.text);
        explain_tell(explain, block, (enum keyword)bound->keyword, "", node);
    }
}

static void tell_length(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node)
{
    uint32_t length = run_length(explain->run, node);
    if (length < code->a)
        explain_count(explain, block, KEYWORD_MIN_LENGTH, node, length, code->a, "character");
    if (length > code->b)
        explain_count(explain, block, KEYWORD_MAX_LENGTH, node, length, code->b, "character");
}

static void tell_format(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node)
{
    enum format format = (enum format)code->a;
    struct plan_instruction strict = *code;
    strict.b = 0;
    if (run_format(explain->run, &strict, node))
        return;
    explain_add_value(explain, node);
    buffer_add_format(&explain->scratch, " is not a valid %s; expected %s", format_name(format),
        format_expected(format));
    explain_tell(explain, block, KEYWORD_FORMAT, "", node);
    if (explain->problems.count && code->b)
        explain->problems.at[explain->problems.count - 1].severity = SCHEMA_WARNING;
}

static void tell_match(
    struct explain *explain, const struct plan_block *block, uint32_t pattern, uint32_t node)
{
    const struct plan *plan = explain->run->plan;
    if (run_match(explain->run, pattern, node) || explain->run->undecided)
        return;
    explain_add_value(explain, node);
    buffer_add_text(&explain->scratch, " does not match; expected the pattern ");
    explain_add_quoted(explain, pattern_text(plan->patterns.at[pattern]));
    explain_tell(explain, block, KEYWORD_PATTERN, "", node);
}

static void tell_unique(struct explain *explain, const struct plan_block *block, uint32_t node)
{
    const struct json_document *document = explain->run->document;
    uint32_t first, second, a = 0, b = 0;
    if (run_unique(explain->run, node, &first, &second) || explain->run->undecided)
        return;
    for (uint32_t item = json_first(document, node); item < second;
         item = json_after(document, item), b++)
        a += item < first;
    buffer_add_format(
        &explain->scratch, "the items %u and %u are equal (", (unsigned)a, (unsigned)b);
    explain_add_value(explain, second);
    buffer_add_text(&explain->scratch, "); expected no item twice");
    explain_tell(explain, block, KEYWORD_UNIQUE_ITEMS, "", node);
}

void explain_value(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node)
{
    const struct plan *plan = explain->run->plan;
    if (code->op == PLAN_LENGTH) {
        tell_length(explain, block, code, node);
    } else if (code->op == PLAN_MATCH) {
        tell_match(explain, block, code->a, node);
    } else if (code->op == PLAN_FORMAT) {
        tell_format(explain, block, code, node);
    } else if (code->op == PLAN_UNIQUE) {
        tell_unique(explain, block, node);
    } else if (!run_multiple(explain->run, &plan->numbers.at[code->a], node)) {
        explain_add_value(explain, node);
        buffer_add_text(&explain->scratch, " is no multiple; expected a multiple of ");
        add_shortened(explain, plan->numbers.at[code->a].text);
        explain_tell(explain, block, KEYWORD_MULTIPLE_OF, "", node);
    }
}

/* ---- members and items ---- */
void explain_count(struct explain *explain, const struct plan_block *block, enum keyword keyword,
    uint32_t node, uint32_t count, uint32_t limit, const char *what)
{
    explain_add_value(explain, node);
    buffer_add_format(&explain->scratch, " has %u %s%s; expected at %s %u", (unsigned)count, what,
        plural(count), count < limit ? "least" : "most", (unsigned)limit);
    explain_tell(explain, block, keyword, "", node);
}

void explain_missing(
    struct explain *explain, const struct plan_block *block, uint32_t node, struct slice name)
{
    buffer_add_text(&explain->scratch, "the member ");
    explain_add_quoted(explain, name);
    buffer_add_text(&explain->scratch, " is missing");
    explain_tell(explain, block, KEYWORD_REQUIRED, "", node);
}

struct near_name {
    struct slice name, best;
    size_t limit, distance;
    uint32_t looked;
};

static void look_at_names(
    const struct plan *plan, const struct plan_object *object, struct near_name *near)
{
    for (uint32_t i = 0; i < object->count && near->looked < EXPLAIN_CANDIDATES; i++) {
        const struct plan_property *property = &plan->properties.at[object->first + i];
        struct slice other = {property->key, property->size};
        near->looked++;
        if (plan->blocks.at[property->block].stated.types == 0)
            continue;
        size_t distance = nearest_distance(near->name, other, near->limit);
        if (distance < near->distance) {
            near->distance = distance;
            near->best = other;
        }
    }
}

/* Over every schema that speaks about the same object. */
static void look_for_names(
    const struct plan *plan, uint32_t block, struct near_name *near, unsigned deep)
{
    const struct plan_instruction *code = &plan->code.at[plan->blocks.at[block].stated.code];
    if (deep > EXPLAIN_LOOKS || near->looked >= EXPLAIN_CANDIDATES)
        return;
    for (; code->op != PLAN_END; code++) {
        near->looked++;
        if (code->op == PLAN_MEMBERS) {
            look_at_names(plan, &plan->objects.at[code->a], near);
        } else if (code->op == PLAN_CALL || code->op == PLAN_DYNAMIC) {
            look_for_names(plan, code->a, near, deep + 1);
        } else if (code->op == PLAN_IF) {
            look_for_names(plan, code->b, near, deep + 1);
            look_for_names(plan, code->c, near, deep + 1);
        } else if (code->op == PLAN_ANY || code->op == PLAN_ONE) {
            for (uint32_t i = 0; i < code->b; i++)
                look_for_names(plan, plan->lists.at[code->a + i], near, deep + 1);
        }
    }
}

void explain_unexpected(struct explain *explain, const struct plan_block *block, uint32_t root,
    enum keyword keyword, uint32_t key)
{
    const struct json_document *document = explain->run->document;
    struct slice name = json_string(document, key, &explain->run->arena);
    size_t limit = limit_for(name);
    struct near_name near = {.name = name, .limit = limit, .distance = limit + 1};
    look_for_names(explain->run->plan, root, &near, 0);
    buffer_add_text(&explain->scratch, "the member ");
    explain_add_quoted(explain, name);
    buffer_add_text(&explain->scratch, " is not allowed here");
    if (near.best.data) {
        buffer_add_text(&explain->scratch, "; did you mean ");
        explain_add_quoted(explain, near.best);
        buffer_add_char(&explain->scratch, '?');
    }
    explain_tell(explain, block, keyword, "", key + 1);
}
