/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/explain.h"

/* ---- the way ---- */
size_t explain_enter(struct explain *explain, struct slice token)
{
    size_t mark = explain->path.size;
    json_pointer_add(&explain->path, token);
    return mark;
}

size_t explain_enter_keyword(struct explain *explain, enum keyword keyword)
{
    return explain_enter(explain, slice_of(keyword_rows[keyword].name));
}

size_t explain_enter_number(struct explain *explain, uint32_t number)
{
    size_t mark = explain->path.size;
    buffer_add_format(&explain->path, "/%u", (unsigned)number);
    return mark;
}

void explain_leave(struct explain *explain, size_t mark)
{
    explain->path.size = mark;
}

const char *schema_uri(const struct schema *schema)
{
    const struct plan *plan = &schema->plan;
    return plan->resources.at[plan->blocks.at[plan->root].resource].uri;
}

void plan_add_location(const struct plan *plan, const struct plan_block *block, struct buffer *out)
{
    const struct plan_resource *resource = &plan->resources.at[block->resource];
    const struct json_document *json = &plan->documents.at[block->place.document]->json;
    struct buffer root = BUFFER_INIT, pointer = BUFFER_INIT;
    json_pointer_of(json, resource->node, &root);
    json_pointer_of(json, block->place.node, &pointer);
    buffer_add_text(out, resource->uri);
    buffer_add_char(out, '#');
    buffer_add(out, buffer_text(&pointer) + root.size, pointer.size - root.size);
    buffer_release(&root);
    buffer_release(&pointer);
}

static struct slice absolute_location(struct explain *explain, const struct plan_block *block,
    enum keyword keyword, const char *detail)
{
    const struct plan *plan = explain->run->plan;
    if (!*plan->resources.at[block->resource].uri)
        return (struct slice){"", 0};
    struct buffer out = BUFFER_INIT;
    plan_add_location(plan, block, &out);
    if (keyword != KEYWORD_NONE)
        buffer_add_format(&out, "/%s", keyword_rows[keyword].name);
    buffer_add_text(&out, detail);
    struct slice kept = arena_slice(&explain->arena, buffer_slice(&out));
    buffer_release(&out);
    return kept;
}

void explain_tell(struct explain *explain, const struct plan_block *block, enum keyword keyword,
    const char *detail, uint32_t node)
{
    if (explain->problems.count == EXPLAIN_MOST) {
        explain->lost = true;
        buffer_reset(&explain->scratch);
        return;
    }
    struct told told = {
        .keyword = (uint16_t)keyword, .node = node, .order = explain->problems.count};
    size_t mark = explain->path.size;
    if (keyword != KEYWORD_NONE)
        explain_enter_keyword(explain, keyword);
    buffer_add_text(&explain->path, detail);
    told.path = arena_slice(&explain->arena, buffer_slice(&explain->path));
    explain_leave(explain, mark);
    told.absolute = absolute_location(explain, block, keyword, detail);
    told.message = arena_slice(&explain->arena, buffer_slice(&explain->scratch));
    buffer_reset(&explain->scratch);
    PLAN_ADD(explain->problems, told);
}

/* ---- containers ---- */
static void explain_items(struct explain *explain, const struct plan_block *block,
    const struct plan_array *array, uint32_t node, const struct marks *marks)
{
    const struct json_document *document = explain->run->document;
    uint32_t count = 0;
    for (uint32_t item = json_first(document, node); item != json_end(document, node);
         item = json_after(document, item), count++) {
        bool first = count < array->prefix_count;
        uint32_t inner = first ? explain->run->plan->lists.at[array->prefix + count] : array->rest;
        if (inner == PLAN_ANYTHING)
            continue;
        size_t mark = explain_enter_keyword(
            explain, (enum keyword)(first ? array->prefix_keyword : array->rest_keyword));
        if (first)
            explain_enter_number(explain, count);
        explain_block(explain, inner, item, NULL);
        explain_leave(explain, mark);
        if (marks)
            marks_add(explain->run, marks, item);
    }
    if (count < array->least)
        explain_count(explain, block, KEYWORD_MIN_ITEMS, node, count, array->least, "item");
    if (count > array->most)
        explain_count(explain, block, KEYWORD_MAX_ITEMS, node, count, array->most, "item");
}

static void explain_contains(struct explain *explain, const struct plan_block *block,
    const struct plan_contains *contains, uint32_t node, const struct marks *marks)
{
    uint32_t count = run_count_contained(explain->run, contains, node, marks, true);
    if (count < contains->least) {
        bool own = contains->least != 1;
        buffer_add_format(&explain->scratch,
            "%u of the items fit%s \"contains\"; expected at least %u", (unsigned)count,
            count == 1 ? "s" : "", (unsigned)contains->least);
        explain_tell(explain, block, own ? KEYWORD_MIN_CONTAINS : KEYWORD_CONTAINS, "", node);
    }
    if (count > contains->most) {
        buffer_add_format(&explain->scratch,
            "%u of the items fit \"contains\"; expected at most %u", (unsigned)count,
            (unsigned)contains->most);
        explain_tell(explain, block, KEYWORD_MAX_CONTAINS, "", node);
    }
}

/* The patterns and the rest, as run_members does it. */
static void explain_other(struct explain *explain, const struct plan_block *block,
    const struct plan_object *object, uint32_t key, bool declared, const struct marks *marks)
{
    struct schema_checker *run = explain->run;
    const struct plan *plan = run->plan;
    bool taken = declared;
    for (uint32_t i = 0; i < object->pattern_count; i++) {
        const struct plan_pattern_property *pattern =
            &plan->pattern_properties.at[object->patterns + i];
        if (!run_match(run, pattern->pattern, key))
            continue;
        taken = true;
        size_t mark = explain_enter_keyword(explain, KEYWORD_PATTERN_PROPERTIES);
        explain_enter(explain, pattern_text(plan->patterns.at[pattern->pattern]));
        explain_block(explain, pattern->block, key + 1, NULL);
        explain_leave(explain, mark);
    }
    if (!taken && object->additional != PLAN_ANYTHING) {
        const struct plan_block *rest = &plan->blocks.at[object->additional];
        taken = true;
        if (!rest->stated.types && !rest->stated.code) {
            explain_unexpected(explain, block, (uint32_t)(block - plan->blocks.at),
                (enum keyword)object->rest_keyword, key);
        } else {
            size_t mark = explain_enter_keyword(explain, (enum keyword)object->rest_keyword);
            explain_block(explain, object->additional, key + 1, NULL);
            explain_leave(explain, mark);
        }
    }
    if (taken && marks)
        marks_add(run, marks, key);
}

static void explain_member(struct explain *explain, const struct plan_block *block,
    const struct plan_object *object, uint32_t key, const struct marks *marks)
{
    struct schema_checker *run = explain->run;
    if (object->names) {
        size_t mark = explain_enter_keyword(explain, KEYWORD_PROPERTY_NAMES);
        explain_block(explain, object->names, key, NULL);
        explain_leave(explain, mark);
    }
    const struct plan_property *property = run_find_property(run, object, key);
    bool declared = property && property->declared;
    if (declared) {
        size_t mark = explain_enter_keyword(explain, KEYWORD_PROPERTIES);
        explain_enter(explain, (struct slice){property->key, property->size});
        explain_block(explain, property->block, key + 1, NULL);
        explain_leave(explain, mark);
        if (marks)
            marks_add(run, marks, key);
    }
    if (!declared || object->pattern_count)
        explain_other(explain, block, object, key, declared, marks);
}

static void explain_required(struct explain *explain, const struct plan_block *block,
    const struct plan_object *object, uint32_t node)
{
    const struct plan *plan = explain->run->plan;
    for (uint32_t i = 0; i < object->count; i++) {
        const struct plan_property *property = &plan->properties.at[object->first + i];
        struct slice name = {property->key, property->size};
        if (property->required && !run_has_member(explain->run, node, name))
            explain_missing(explain, block, node, name);
    }
}

static void explain_members(struct explain *explain, const struct plan_block *block,
    const struct plan_object *object, uint32_t node, const struct marks *marks)
{
    const struct json_document *document = explain->run->document;
    uint32_t count = 0;
    if (object->required)
        explain_required(explain, block, object, node);
    for (uint32_t key = json_first(document, node); key != json_end(document, node);
         key = json_after(document, key + 1)) {
        if (document->nodes[key].flags & JSON_SHADOWED)
            continue;
        count++;
        explain_member(explain, block, object, key, marks);
    }
    if (count < object->least)
        explain_count(explain, block, KEYWORD_MIN_PROPERTIES, node, count, object->least, "member");
    if (count > object->most)
        explain_count(explain, block, KEYWORD_MAX_PROPERTIES, node, count, object->most, "member");
}

static void explain_needs(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node)
{
    const struct slice *names = explain->run->plan->names.at;
    struct buffer detail = BUFFER_INIT;
    if (!run_has_member(explain->run, node, names[code->a]))
        return;
    for (uint32_t i = 0; i < code->c; i++) {
        struct slice name = names[code->b + i];
        if (run_has_member(explain->run, node, name))
            continue;
        buffer_add_text(&explain->scratch, "the member ");
        explain_add_quoted(explain, name);
        buffer_add_text(&explain->scratch, " is missing; it is required beside ");
        explain_add_quoted(explain, names[code->a]);
        buffer_reset(&detail);
        json_pointer_add(&detail, names[code->a]);
        explain_tell(explain, block, (enum keyword)code->keyword, buffer_text(&detail), node);
    }
    buffer_release(&detail);
}

/* ---- what is left ---- */
static void explain_rest(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node, const struct marks *marks)
{
    struct schema_checker *run = explain->run;
    const struct json_document *document = run->document;
    const struct plan_block *rest = &run->plan->blocks.at[code->a];
    bool members = code->op == PLAN_REST_MEMBERS, never = !rest->stated.types && !rest->stated.code;
    uint32_t next;
    for (uint32_t at = json_first(document, node); at != json_end(document, node); at = next) {
        uint32_t value = members ? at + 1 : at;
        next = json_after(document, value);
        if ((document->nodes[at].flags & JSON_SHADOWED) || marks_has(run, marks, at))
            continue;
        if (never && members) {
            explain_unexpected(explain, block, (uint32_t)(block - run->plan->blocks.at),
                (enum keyword)code->keyword, at);
        } else if (never) {
            buffer_add_text(&explain->scratch, "the item ");
            explain_add_value(explain, value);
            buffer_add_text(&explain->scratch, " is one too many; expected no more items");
            explain_tell(explain, block, (enum keyword)code->keyword, "", value);
        } else {
            size_t mark = explain_enter_keyword(explain, (enum keyword)code->keyword);
            explain_block(explain, code->a, value, NULL);
            explain_leave(explain, mark);
        }
        marks_add(run, marks, at);
    }
}

/* ---- schemas on the same value ---- */
static void explain_where(struct explain *explain, const struct plan_instruction *code,
    uint32_t node, const struct marks *marks)
{
    struct slice name = explain->run->plan->names.at[code->a];
    if (!run_has_member(explain->run, node, name))
        return;
    size_t mark = explain_enter_keyword(explain, (enum keyword)code->keyword);
    explain_enter(explain, name);
    explain_block(explain, code->b, node, marks);
    explain_leave(explain, mark);
}

static void explain_call(struct explain *explain, enum keyword keyword, uint32_t place,
    uint32_t block, uint32_t node, const struct marks *marks)
{
    size_t mark = explain_enter_keyword(explain, keyword);
    if (place != PLAN_NO_PLACE)
        explain_enter_number(explain, place);
    explain_block(explain, block, node, marks);
    explain_leave(explain, mark);
}

static void explain_if(struct explain *explain, const struct plan_instruction *code, uint32_t node,
    const struct marks *marks)
{
    bool holds = run_asks(explain->run, code->a, node);
    uint32_t block = holds ? code->b : code->c;
    if (holds)
        explain_call(explain, KEYWORD_IF, PLAN_NO_PLACE, code->a, node, marks);
    if (block != PLAN_ANYTHING)
        explain_call(
            explain, holds ? KEYWORD_THEN : KEYWORD_ELSE, PLAN_NO_PLACE, block, node, marks);
}

static void explain_not(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node)
{
    if (!run_asks(explain->run, code->a, node) || explain->run->undecided)
        return;
    explain_add_value(explain, node);
    buffer_add_text(
        &explain->scratch, " fits the schema under \"not\"; expected a value that does not");
    explain_tell(explain, block, KEYWORD_NOT, "", node);
}

static void explain_instruction(struct explain *explain, const struct plan_block *block,
    const struct plan_instruction *code, uint32_t node, const struct marks *marks)
{
    const struct plan *plan = explain->run->plan;
    switch ((enum plan_op)code->op) {
    case PLAN_SET: explain_set(explain, block, code, node); break;
    case PLAN_LIMITS: explain_limits(explain, block, code, node); break;
    case PLAN_MULTIPLE:
    case PLAN_LENGTH:
    case PLAN_MATCH:
    case PLAN_FORMAT:
    case PLAN_UNIQUE: explain_value(explain, block, code, node); break;
    case PLAN_ITEMS: explain_items(explain, block, &plan->arrays.at[code->a], node, marks); break;
    case PLAN_CONTAINS:
        explain_contains(explain, block, &plan->contains.at[code->a], node, marks);
        break;
    case PLAN_MEMBERS:
        explain_members(explain, block, &plan->objects.at[code->a], node, marks);
        break;
    case PLAN_NEEDS: explain_needs(explain, block, code, node); break;
    case PLAN_WHERE: explain_where(explain, code, node, marks); break;
    case PLAN_CALL:
        explain_call(explain, (enum keyword)code->keyword, code->c, code->a, node, marks);
        break;
    case PLAN_DYNAMIC:
        explain_call(explain, (enum keyword)code->keyword, PLAN_NO_PLACE,
            run_dynamic(explain->run, code, node), node, marks);
        break;
    case PLAN_ANY:
    case PLAN_ONE: explain_choice(explain, block, code, node, marks); break;
    case PLAN_NOT: explain_not(explain, block, code, node); break;
    case PLAN_IF: explain_if(explain, code, node, marks); break;
    case PLAN_REST_ITEMS:
    case PLAN_REST_MEMBERS:
        /* Such a block has marks of its own. */
        if (marks)
            explain_rest(explain, block, code, node, marks);
        break;
    case PLAN_END:
    case PLAN_CASE:
    case PLAN_OP_COUNT: break;
    }
}

static void explain_code(struct explain *explain, const struct plan_block *block, uint32_t node,
    const struct marks *marks)
{
    struct schema_checker *run = explain->run;
    const struct plan_instruction *code = &run->plan->code.at[block->stated.code];
    uint32_t type = 1u << json_type(run->document, node);
    for (; code->op != PLAN_END && !run->undecided; code++)
        if (code->types & type)
            explain_instruction(explain, block, code, node, marks);
}

void explain_block(
    struct explain *explain, uint32_t index, uint32_t node, const struct marks *marks)
{
    struct schema_checker *run = explain->run;
    const struct plan_block *block = &run->plan->blocks.at[index];
    uint32_t scopes = run->scopes.count;
    if (!run_type(run, block->stated.types, node)) {
        explain_type(explain, block, KEYWORD_TYPE, block->stated.types, node);
        return;
    }
    if (!block->stated.code || !run_spend(run, node, 1))
        return;
    if (++run->depth > RUN_DEPTH / 2)
        run_stop(run, node, "the schemas that apply to one value nest too deep");
    if (run->plan->scopes)
        run_enter_scope(run, block->resource);
    if (block->stated.collects) {
        struct marks own = marks_open(run, node);
        explain_code(explain, block, node, &own);
        if (marks)
            marks_join(run, marks, &own);
        marks_close(run, &own);
    } else {
        explain_code(explain, block, node, marks);
    }
    run->scopes.count = scopes;
    run->depth--;
}

/* ---- telling ---- */
static int by_place(const void *left, const void *right)
{
    const struct told *a = left, *b = right;
    if (a->node != b->node)
        return a->node < b->node ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

/* The same thing may be demanded by several schemas. */
static bool is_repeated(const struct told *problems, uint32_t i)
{
    for (uint32_t j = i; j > 0 && i - j < 16 && problems[j - 1].node == problems[i].node; j--)
        if (slice_equal(problems[j - 1].message, problems[i].message))
            return true;
    return false;
}

static enum schema_verdict tell_all(struct explain *explain, const struct schema_sink *sink)
{
    enum schema_verdict verdict = SCHEMA_ACCEPTED;
    struct buffer pointer = BUFFER_INIT;
    bool wanted = true;
    if (explain->problems.count)
        qsort(
            explain->problems.at, explain->problems.count, sizeof *explain->problems.at, by_place);
    for (uint32_t i = 0; i < explain->problems.count; i++) {
        const struct told *told = &explain->problems.at[i];
        if (told->severity == SCHEMA_ERROR)
            verdict = SCHEMA_REFUSED;
        else if (verdict == SCHEMA_ACCEPTED)
            verdict = SCHEMA_ACCEPTED_WITH_WARNINGS;
        if (!wanted || is_repeated(explain->problems.at, i))
            continue;
        buffer_reset(&pointer);
        json_pointer_of(explain->run->document, told->node, &pointer);
        struct schema_problem problem = {
            .severity = told->severity,
            .code = told->keyword == KEYWORD_NONE ? "false" : keyword_rows[told->keyword].name,
            .node = told->node,
            .message = told->message,
            .instance_location = {buffer_text(&pointer), pointer.size},
            .keyword_location = told->path,
            .absolute_keyword_location = told->absolute,
        };
        wanted = sink->problem(sink->context, &problem);
    }
    buffer_release(&pointer);
    return verdict;
}

enum schema_verdict schema_explain(struct schema_checker *checker,
    const struct json_document *document, const struct schema_sink *sink, struct error *error)
{
    struct explain explain = {.run = checker};
    enum schema_verdict verdict = SCHEMA_UNDECIDED;
    run_begin(checker, document);
    explain_block(&explain, checker->plan->root, 0, NULL);
    if (checker->undecided)
        run_tell(checker, error);
    else
        verdict = tell_all(&explain, sink);
    buffer_release(&explain.path);
    buffer_release(&explain.scratch);
    arena_release(&explain.arena);
    free(explain.problems.at);
    return verdict;
}
