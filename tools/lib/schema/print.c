/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/format.h"
#include "schema/pattern.h"
#include "schema/plan.h"

/*
 * The plan as a text: each block with the place of its schema and, indented, what
 * must hold. A block that only asks for types is written out where it is used;
 * the others are named by their number.
 */
enum { PRINT_TEXT = 60 };

static void add_quoted(struct buffer *out, struct slice text)
{
    size_t size = text.size < PRINT_TEXT ? text.size : PRINT_TEXT;
    while (size < text.size && size && (text.data[size] & 0xc0) == 0x80)
        size--;
    buffer_add_char(out, '"');
    buffer_add(out, text.data ? text.data : "", size);
    buffer_add_text(out, size < text.size ? "…\"" : "\"");
}

static void add_types(struct buffer *out, uint16_t types)
{
    static const struct {
        uint16_t types;
        const char *name;
    } names[] = {{PLAN_NULL, "null"}, {PLAN_BOOLEAN, "boolean"}, {PLAN_NUMBER, "number"},
        {PLAN_INTEGER, "integer"}, {PLAN_INTEGER_TEXT, "integer"}, {PLAN_STRING, "string"},
        {PLAN_ARRAY, "array"}, {PLAN_OBJECT, "object"}};
    bool more = false;
    if (types == 0 || (types & PLAN_EVERY) == PLAN_EVERY) {
        buffer_add_text(out, types ? "anything" : "nothing");
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (!(types & names[i].types))
            continue;
        buffer_add_format(out, "%s%s", more ? " or " : "", names[i].name);
        more = true;
    }
}

static void add_block(const struct plan *plan, uint32_t block, struct buffer *out)
{
    if (plan->blocks.at[block].stated.code)
        buffer_add_format(out, "block %u", (unsigned)block);
    else
        add_types(out, plan->blocks.at[block].stated.types);
}

static void add_limits(struct buffer *out, const char *what, uint32_t least, uint32_t most)
{
    if (least > 0)
        buffer_add_format(out, ", at least %u %s", (unsigned)least, what);
    if (most != PLAN_NO_LIMIT)
        buffer_add_format(out, ", at most %u %s", (unsigned)most, what);
}

static void add_set(const struct plan *plan, const struct plan_set *set, struct buffer *out)
{
    enum { SHOWN = 8 };
    buffer_add_text(out, "is");
    for (uint32_t i = 0; i < set->count && i < SHOWN; i++) {
        const struct plan_value *value = &plan->values.at[set->first + i];
        const struct json_document *json = &plan->documents.at[value->place.document]->json;
        struct slice raw = json_raw(json, value->place.node);
        buffer_add_text(out, i ? " or " : " ");
        if (json_type(json, value->place.node) == JSON_STRING)
            add_quoted(out, raw);
        else
            buffer_add(out, raw.data, raw.size < PRINT_TEXT ? raw.size : PRINT_TEXT);
    }
    if (set->count > SHOWN)
        buffer_add_format(out, " or one of %u more", (unsigned)(set->count - SHOWN));
    if (set->mask)
        buffer_add_text(out, " (hashed)");
}

static void add_members(
    const struct plan *plan, const struct plan_object *object, struct buffer *out)
{
    buffer_add_format(out, "members, %u of them required", (unsigned)object->required);
    add_limits(out, "in all", object->least, object->most);
    for (uint32_t i = 0; i < object->count; i++) {
        const struct plan_property *property = &plan->properties.at[object->first + i];
        buffer_add_text(out, "\n        ");
        add_quoted(out, (struct slice){property->key, property->size});
        buffer_add_text(out, property->required ? " required: " : ": ");
        if (property->declared)
            add_block(plan, property->block, out);
        else
            buffer_add_text(out, "as undeclared");
    }
    for (uint32_t i = 0; i < object->pattern_count; i++) {
        const struct plan_pattern_property *pattern =
            &plan->pattern_properties.at[object->patterns + i];
        buffer_add_text(out, "\n        names matching ");
        add_quoted(out, pattern_text(plan->patterns.at[pattern->pattern]));
        buffer_add_text(out, ": ");
        add_block(plan, pattern->block, out);
    }
    if (object->additional) {
        buffer_add_text(out, "\n        others: ");
        add_block(plan, object->additional, out);
    }
    if (object->names) {
        buffer_add_text(out, "\n        each name: ");
        add_block(plan, object->names, out);
    }
}

static void add_items(const struct plan *plan, const struct plan_array *array, struct buffer *out)
{
    buffer_add_text(out, "items");
    add_limits(out, "of them", array->least, array->most);
    for (uint32_t i = 0; i < array->prefix_count; i++) {
        buffer_add_format(out, "\n        %u: ", (unsigned)i);
        add_block(plan, plan->lists.at[array->prefix + i], out);
    }
    if (array->rest) {
        buffer_add_text(out, array->prefix_count ? "\n        others: " : ", each ");
        add_block(plan, array->rest, out);
    }
}

static void add_choice(
    const struct plan *plan, const struct plan_instruction *code, struct buffer *out)
{
    buffer_add_text(out, code->op == PLAN_ANY ? "at least one of" : "exactly one of");
    if (code->c) {
        const struct plan_switch *choice = &plan->switches.at[code->c - 1];
        const struct plan_set *set = &plan->sets.at[choice->set];
        buffer_add_text(out, ", decided by ");
        add_quoted(out, choice->name);
        for (uint32_t i = 0; i < set->count; i++) {
            buffer_add_text(out, "\n        ");
            add_quoted(out, plan->values.at[set->first + i].string);
            buffer_add_text(out, ": ");
            add_block(plan, plan->lists.at[choice->blocks + i], out);
        }
        return;
    }
    for (uint32_t i = 0; i < code->b; i++) {
        buffer_add_text(out, "\n        ");
        add_block(plan, plan->lists.at[code->a + i], out);
    }
}

static void add_if(const struct plan *plan, const struct plan_instruction *code, struct buffer *out)
{
    buffer_add_text(out, "if ");
    add_block(plan, code->a, out);
    if (code->b) {
        buffer_add_text(out, " then ");
        add_block(plan, code->b, out);
    }
    if (code->c) {
        buffer_add_text(out, " else ");
        add_block(plan, code->c, out);
    }
}

static void add_bounds(
    const struct plan *plan, const struct plan_instruction *code, struct buffer *out)
{
    for (uint32_t i = 0; i < code->b; i++) {
        const struct plan_bound *bound = &plan->bounds.at[code->a + i];
        buffer_add_format(out, "%s%s%s ", i ? " and " : "is ", bound->upper ? "<" : ">",
            bound->exclusive ? "" : "=");
        buffer_add_slice(out, bound->number.text);
        if (bound->zero && !bound->upper && !bound->exclusive)
            buffer_add_text(out, " (by its sign)");
    }
}

static void add_container(
    const struct plan *plan, const struct plan_instruction *code, struct buffer *out)
{
    const struct plan_contains *contains;
    switch ((enum plan_op)code->op) {
    case PLAN_ITEMS: add_items(plan, &plan->arrays.at[code->a], out); break;
    case PLAN_UNIQUE: buffer_add_text(out, "no item twice"); break;
    case PLAN_CONTAINS:
        contains = &plan->contains.at[code->a];
        buffer_add_text(out, "contains ");
        add_block(plan, contains->block, out);
        add_limits(out, "of them", contains->least, contains->most);
        break;
    case PLAN_MEMBERS: add_members(plan, &plan->objects.at[code->a], out); break;
    case PLAN_NEEDS:
        buffer_add_text(out, "where there is ");
        add_quoted(out, plan->names.at[code->a]);
        for (uint32_t i = 0; i < code->c; i++) {
            buffer_add_text(out, i ? ", " : ", also ");
            add_quoted(out, plan->names.at[code->b + i]);
        }
        break;
    case PLAN_WHERE:
        buffer_add_text(out, "where there is ");
        add_quoted(out, plan->names.at[code->a]);
        buffer_add_text(out, ", ");
        add_block(plan, code->b, out);
        break;
    default:
        buffer_add_text(out, code->op == PLAN_REST_ITEMS ? "items" : "members");
        buffer_add_text(out, " that nothing else looked at: ");
        add_block(plan, code->a, out);
        break;
    }
}

static void add_instruction(
    const struct plan *plan, const struct plan_instruction *code, struct buffer *out)
{
    switch ((enum plan_op)code->op) {
    case PLAN_SET: add_set(plan, &plan->sets.at[code->a], out); break;
    case PLAN_LIMITS: add_bounds(plan, code, out); break;
    case PLAN_MULTIPLE:
        buffer_add_text(out, "is a multiple of ");
        buffer_add_slice(out, plan->numbers.at[code->a].text);
        break;
    case PLAN_LENGTH:
        buffer_add_text(out, "is a text");
        add_limits(out, "characters", code->a, code->b);
        break;
    case PLAN_MATCH:
        buffer_add_text(out, "matches ");
        add_quoted(out, pattern_text(plan->patterns.at[code->a]));
        break;
    case PLAN_FORMAT:
        buffer_add_format(
            out, "is a %s%s", format_name((enum format)code->a), code->b ? " (or a warning)" : "");
        break;
    case PLAN_CALL:
        buffer_add_text(out, "holds as ");
        add_block(plan, code->a, out);
        break;
    case PLAN_DYNAMIC:
        buffer_add_text(out, "holds as ");
        add_block(plan, code->a, out);
        for (uint32_t i = 0; i < code->c; i++) {
            buffer_add_text(out, i ? " or " : ", or by the outermost scope as ");
            add_block(plan, plan->choices.at[code->b + i].block, out);
        }
        break;
    case PLAN_ANY:
    case PLAN_ONE: add_choice(plan, code, out); break;
    case PLAN_NOT:
        buffer_add_text(out, "does not hold as ");
        add_block(plan, code->a, out);
        break;
    case PLAN_IF: add_if(plan, code, out); break;
    default: add_container(plan, code, out); break;
    }
}

static void print_block(const struct plan *plan, uint32_t index, struct buffer *out)
{
    const struct plan_block *block = &plan->blocks.at[index];
    const struct plan_instruction *code = &plan->code.at[block->stated.code];
    buffer_add_format(out, "block %u, ", (unsigned)index);
    plan_add_location(plan, block, out);
    buffer_add_text(out, ": ");
    add_types(out, block->stated.types);
    buffer_add_char(out, '\n');
    for (; code->op != PLAN_END; code++) {
        buffer_add_text(out, "    ");
        add_instruction(plan, code, out);
        buffer_add_char(out, '\n');
    }
}

void schema_print_plan(const struct schema *schema, struct buffer *out)
{
    const struct plan *plan = &schema->plan;
    for (uint32_t i = 1; i < plan->blocks.count; i++)
        if (plan->blocks.at[i].stated.code || i == plan->root)
            print_block(plan, i, out);
}
