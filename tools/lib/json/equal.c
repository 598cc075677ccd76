/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/decimal.h"
#include "json/document.h"
#include "json/members.h"
#include "json/string.h"

/* One side of a comparison. */
struct side {
    const struct json_document *document;
    uint32_t node;
};

static bool equal(struct side a, struct side b, struct arena *arena);

static struct side at(struct side side, uint32_t node)
{
    return (struct side){side.document, node};
}

static bool equal_strings(struct side a, struct side b)
{
    struct slice left = json_raw(a.document, a.node), right = json_raw(b.document, b.node);
    if ((a.document->nodes[a.node].flags | b.document->nodes[b.node].flags) & JSON_ESCAPED)
        return string_same(left, right);
    return slice_equal(left, right);
}

static bool equal_numbers(struct side a, struct side b)
{
    struct slice left = json_raw(a.document, a.node), right = json_raw(b.document, b.node);
    return slice_equal(left, right) || decimal_compare(left, right) == 0;
}

static bool equal_arrays(struct side a, struct side b, struct arena *arena)
{
    uint32_t left = a.node + 1, left_end = json_end(a.document, a.node);
    uint32_t right = b.node + 1, right_end = json_end(b.document, b.node);
    while (left < left_end && right < right_end) {
        if (!equal(at(a, left), at(b, right), arena))
            return false;
        left = json_after(a.document, left);
        right = json_after(b.document, right);
    }
    return left == left_end && right == right_end;
}

static bool equal_objects(struct side a, struct side b, struct arena *arena)
{
    struct member *left, *right;
    if (json_count(a.document, a.node) != json_count(b.document, b.node))
        return false;
    size_t count = members_sorted(&left, a.document, a.node, arena);
    members_sorted(&right, b.document, b.node, arena);
    for (size_t i = 0; i < count; i++)
        if (!slice_equal(left[i].name, right[i].name))
            return false;
    for (size_t i = 0; i < count; i++)
        if (!equal(at(a, left[i].value), at(b, right[i].value), arena))
            return false;
    return true;
}

/* As deep as the documents, which JSON_DEPTH_LIMIT bounds. */
static bool equal(struct side a, struct side b, struct arena *arena)
{
    enum json_type type = json_type(a.document, a.node);
    if (type != json_type(b.document, b.node))
        return false;
    switch (type) {
    case JSON_NUMBER: return equal_numbers(a, b);
    case JSON_STRING: return equal_strings(a, b);
    case JSON_ARRAY: return equal_arrays(a, b, arena);
    case JSON_OBJECT: return equal_objects(a, b, arena);
    default: return true;
    }
}

bool json_equal(
    const struct json_document *a, uint32_t a_node, const struct json_document *b, uint32_t b_node)
{
    struct arena arena = ARENA_INIT;
    bool result = equal((struct side){a, a_node}, (struct side){b, b_node}, &arena);
    arena_release(&arena);
    return result;
}
