/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/glob.h"
#include "query/program.h"
#include "query/query.h"
#include "json/decimal.h"

#include <string.h>

/* One test of a line. */
struct asking {
    const struct json_document *document;
    struct arena *scratch;
    const struct term *term;
    struct value value; /* the term's, or what the field on its right says */
    /* Where that field is, where the term has one. */
    const struct json_document *other_document;
    uint32_t other;
};

static bool read_index(struct slice part, uint32_t *index)
{
    *index = 0;
    for (size_t i = 0; i < part.size; i++) {
        if (part.data[i] < '0' || part.data[i] > '9' || *index > UINT32_MAX / 10 - 1)
            return false;
        *index = *index * 10 + (uint32_t)(part.data[i] - '0');
    }
    return part.size > 0 && (part.size == 1 || part.data[0] != '0');
}

/* One step down; false where there is nothing. */
static bool child(
    const struct json_document *document, uint32_t parent, struct slice part, uint32_t *out)
{
    uint32_t index;
    if (json_type(document, parent) != JSON_ARRAY) {
        *out = json_get_slice(document, parent, part);
        return *out != JSON_NONE;
    }
    if (!read_index(part, &index))
        return false;
    for (*out = json_first(document, parent); *out != json_end(document, parent);
         *out = json_after(document, *out))
        if (index-- == 0)
            return true;
    return false;
}

static bool matches(const struct asking *asking, uint32_t node);
static bool any_child(const struct asking *asking, uint32_t parent, size_t step);

/* Whether the test holds at the path from step on, or at any of the places that it names. */
static bool along(const struct asking *asking, uint32_t node, size_t step)
{
    const struct path *field = &asking->term->field;
    for (; step < field->count; step++) {
        if (!field->parts[step].data)
            return any_child(asking, node, step + 1);
        if (!child(asking->document, node, field->parts[step], &node))
            return false;
    }
    return matches(asking, node);
}

static bool any_child(const struct asking *asking, uint32_t parent, size_t step)
{
    const struct json_document *document = asking->document;
    enum json_type type = json_type(document, parent);
    uint32_t key = type == JSON_OBJECT;
    if (type != JSON_OBJECT && type != JSON_ARRAY)
        return false;
    for (uint32_t at = json_first(document, parent); at != json_end(document, parent);
         at = json_after(document, at + key)) {
        bool shadowed = key && (document->nodes[at].flags & JSON_SHADOWED);
        if (!shadowed && along(asking, at + key, step))
            return true;
    }
    return false;
}

static bool equals(const struct json_document *document, uint32_t node, const struct value *value)
{
    enum json_type type = json_type(document, node);
    switch (value->kind) {
    case VALUE_TEXT: return type == JSON_STRING && json_string_is(document, node, value->text);
    case VALUE_NUMBER:
        if (value->loose && type == JSON_STRING)
            return json_string_is(document, node, value->text);
        return type == JSON_NUMBER && decimal_compare(json_raw(document, node), value->text) == 0;
    case VALUE_TRUE: return type == JSON_TRUE;
    case VALUE_FALSE: return type == JSON_FALSE;
    case VALUE_NULL: return type == JSON_NULL;
    case VALUE_PATH: break;
    }
    return false;
}

/* With a whole object or list on the right, too. */
static bool is_equal(const struct asking *asking, uint32_t node)
{
    const struct json_document *document = asking->document;
    if (asking->value.kind == VALUE_PATH)
        return json_equal(document, node, asking->other_document, asking->other);
    return equals(document, node, &asking->value);
}

static bool in_order(enum test test, int order)
{
    switch (test) {
    case TEST_LESS: return order < 0;
    case TEST_LESS_EQUAL: return order <= 0;
    case TEST_GREATER: return order > 0;
    default: return order >= 0;
    }
}

static struct slice text_of(const struct asking *asking, uint32_t node)
{
    return json_string(asking->document, node, asking->scratch);
}

/* Numbers with numbers and strings with strings; nothing else has an order. */
static bool is_ordered(const struct asking *asking, uint32_t node)
{
    const struct json_document *document = asking->document;
    const struct value *value = &asking->value;
    enum json_type type = json_type(document, node);
    enum test test = asking->term->test;
    if (type == JSON_NUMBER && value->kind == VALUE_NUMBER)
        return in_order(test, decimal_compare(json_raw(document, node), value->text));
    if (type == JSON_STRING && value->kind == VALUE_TEXT)
        return in_order(test, slice_compare(text_of(asking, node), value->text));
    return false;
}

static bool text_contains(struct slice text, struct slice part)
{
    for (size_t at = 0; part.size <= text.size && at <= text.size - part.size; at++)
        if (part.size == 0 || memcmp(text.data + at, part.data, part.size) == 0)
            return true;
    return false;
}

static bool contains(const struct asking *asking, uint32_t node)
{
    const struct json_document *document = asking->document;
    if (json_type(document, node) == JSON_STRING)
        return asking->value.kind == VALUE_TEXT &&
               text_contains(text_of(asking, node), asking->value.text);
    if (json_type(document, node) != JSON_ARRAY)
        return false;
    for (uint32_t item = json_first(document, node); item != json_end(document, node);
         item = json_after(document, item))
        if (is_equal(asking, item))
            return true;
    return false;
}

static bool is_like(const struct asking *asking, uint32_t node)
{
    return json_type(asking->document, node) == JSON_STRING &&
           glob_matches(asking->value.text, text_of(asking, node));
}

/* Whether the test holds for a value that is there. */
static bool matches(const struct asking *asking, uint32_t node)
{
    switch (asking->term->test) {
    case TEST_THERE: return true;
    case TEST_TRUE: return json_type(asking->document, node) == JSON_TRUE;
    case TEST_EQUAL: return is_equal(asking, node);
    case TEST_NOT_EQUAL: return !is_equal(asking, node);
    case TEST_LIKE: return is_like(asking, node);
    case TEST_NOT_LIKE: return !is_like(asking, node);
    case TEST_CONTAINS: return contains(asking, node);
    default: return is_ordered(asking, node);
    }
}

/* A line with its run's. */
struct pair {
    struct query *query;
    const struct json_document *line, *run;
};

/* Where a field is looked for: below a node of the line or of its run's. */
struct place {
    const struct json_document *document;
    uint32_t root;
};

/* Whether the path is there as far as its first star, and the node there. */
static bool follow(const struct place *place, const struct path *path, uint32_t *node)
{
    *node = place->root;
    for (size_t i = 0; i < path->count && path->parts[i].data; i++)
        if (!child(place->document, *node, path->parts[i], node))
            return false;
    return true;
}

/* The node called outer, or outer's member called inner. */
static bool place_in(
    struct place *place, const struct json_document *document, const char *outer, const char *inner)
{
    place->document = document;
    place->root = json_get(document, 0, outer);
    if (inner && place->root != JSON_NONE && json_type(document, place->root) == JSON_OBJECT)
        place->root = json_get(document, place->root, inner);
    else if (inner)
        return false;
    return place->root != JSON_NONE && json_type(document, place->root) == JSON_OBJECT;
}

/* The first place that has the field. */
static bool find_short(struct place *place, const struct pair *pair, const struct path *path)
{
    static const struct {
        bool run;
        const char *outer, *inner;
    } more[] = {{false, "benchmark", NULL}, {false, "benchmark", "params"}, {false, "labels", NULL},
        {true, NULL, NULL}, {true, "labels", NULL}};
    uint32_t node;
    for (size_t i = 0; i < ARRAY_SIZE(more); i++) {
        const struct json_document *document = more[i].run ? pair->run : pair->line;
        *place = (struct place){document, 0};
        if (document && json_type(document, 0) == JSON_OBJECT &&
            (!more[i].outer || place_in(place, document, more[i].outer, more[i].inner)) &&
            follow(place, path, &node))
            return true;
    }
    return false;
}

/* The line, or where it has no such field, its run's. */
static struct place find(const struct pair *pair, const struct path *path)
{
    struct place place = {pair->line, 0}, other = {pair->run, 0};
    uint32_t node;
    if (follow(&place, path, &node))
        return place;
    if (pair->query->is_short)
        return find_short(&other, pair, path) ? other : place;
    return pair->run && follow(&other, path, &node) ? other : place;
}

/* What the field on the right says, once for the line; false where it is not there. */
static bool look_right(struct asking *asking, const struct pair *pair)
{
    uint32_t other;
    const struct place place = find(pair, &asking->value.path);
    const struct json_document *document = place.document;
    if (!follow(&place, &asking->value.path, &other))
        return false;
    asking->other = other;
    asking->other_document = document;
    if (json_type(document, other) == JSON_STRING)
        asking->value = (struct value){
            .kind = VALUE_TEXT, .text = json_string(document, other, asking->scratch)};
    else if (json_type(document, other) == JSON_NUMBER)
        asking->value = (struct value){.kind = VALUE_NUMBER, .text = json_raw(document, other)};
    return true;
}

static bool test_holds(const struct pair *pair, const struct term *term)
{
    const struct place place = find(pair, &term->field);
    struct asking asking = {.document = place.document,
        .scratch = &pair->query->scratch,
        .term = term,
        .value = term->value};
    if (asking.value.kind == VALUE_PATH && !look_right(&asking, pair))
        return false;
    return along(&asking, place.root, 0);
}

/* No deeper than an and, an or and a not on each of QUERY_DEPTH levels. */
static bool term_holds(const struct pair *pair, const struct term *term)
{
    if (term->kind == TERM_TEST)
        return test_holds(pair, term);
    if (term->kind == TERM_NOT)
        return !term_holds(pair, term->first);
    bool stop = term->kind == TERM_OR;
    for (const struct term *part = term->first; part; part = part->next)
        if (term_holds(pair, part) == stop)
            return stop;
    return !stop;
}

bool query_holds_beside(
    struct query *query, const struct json_document *document, const struct json_document *run)
{
    struct pair pair = {query, document, run && run->count > 0 ? run : NULL};
    arena_reset(&query->scratch);
    return document->count > 0 && term_holds(&pair, query->root);
}

bool query_holds(struct query *query, const struct json_document *document)
{
    return query_holds_beside(query, document, NULL);
}
