/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_PLAN_H
#define SCHEMA_PLAN_H

#include "base/arena.h"
#include "base/memory.h"
#include "schema/keyword.h"
#include "schema/number.h"
#include "schema/schema.h"
#include "json/document.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What a schema is compiled to, and the only thing that a check looks at.
 *
 * Every schema object (or true, false) that can be reached is one block: the
 * types it lets through, and a run of instructions in one flat array, which all
 * must hold and which PLAN_END closes. An instruction names the types it is
 * about; a value of any other type passes it. Three 32-bit operands a, b, c are
 * numbers, or indices into the plan's other arrays. Keywords that are decided in
 * one walk over the members or items are one instruction.
 *
 *     {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
 *     block 1: object            members of table 0
 *     block 2: integer
 */
enum plan_type {
    PLAN_NULL = 1 << JSON_NULL,
    PLAN_BOOLEAN = 1 << JSON_FALSE | 1 << JSON_TRUE,
    PLAN_NUMBER = 1 << JSON_NUMBER,
    PLAN_STRING = 1 << JSON_STRING,
    PLAN_ARRAY = 1 << JSON_ARRAY,
    PLAN_OBJECT = 1 << JSON_OBJECT,
    PLAN_EVERY = (1 << (JSON_OBJECT + 1)) - 1,
    PLAN_INTEGER = 1 << 7,      /* a number without fraction: 1, 1.0, 1e2 */
    PLAN_INTEGER_TEXT = 1 << 8, /* draft 4: one that is written without fraction and exponent */
};

enum plan_op {
    PLAN_END,
    /* values */
    PLAN_SET,      /* a: values; equals one of them (enum, const) */
    PLAN_LIMITS,   /* a: the first of b bounds, all of which hold */
    PLAN_MULTIPLE, /* a: number; is a multiple of it */
    PLAN_LENGTH,   /* a: least, b: most code points */
    PLAN_MATCH,    /* a: pattern; it matches somewhere */
    PLAN_FORMAT,   /* a: enum format, b: 1 for a warning only */
    /* containers */
    PLAN_ITEMS,    /* a: array table */
    PLAN_UNIQUE,   /* no two items are equal */
    PLAN_CONTAINS, /* a: contains table */
    PLAN_MEMBERS,  /* a: object table; b: enum plan_members */
    PLAN_NEEDS,    /* a: name; where it is a member, names b .. b+c are too */
    PLAN_WHERE,    /* a: name; where it is a member, block b holds for the object */
    /* other schemas on the same value */
    PLAN_CASE,    /* decides the b calls after it by the switch table a; run only */
    PLAN_CALL,    /* a: block; c: its place in an array of schemas or PLAN_NO_PLACE */
    PLAN_DYNAMIC, /* a: block; or, of choices b .. b+c, the one of the outermost scope */
    PLAN_ANY,     /* at least one of the list a .. a+b; c: its switch table + 1, or 0 */
    PLAN_ONE,     /* exactly one of them; likewise */
    PLAN_NOT,     /* a: block; does not hold */
    PLAN_IF,      /* where block a holds, block b; else block c */
    /* what nothing before has looked at */
    PLAN_REST_ITEMS,   /* a: block for each item that is left */
    PLAN_REST_MEMBERS, /* a: block for each member that is left */
    PLAN_OP_COUNT
};

/* How much an object table asks for. */
enum plan_members {
    PLAN_ALL_MEMBERS,
    PLAN_ONLY_PROPERTIES, /* no patterns, nothing about names: properties and the rest */
    PLAN_ONLY_NAMES       /* a few members must be there */
};

#define PLAN_NO_PLACE UINT32_MAX
#define PLAN_NO_LIMIT UINT32_MAX

enum { PLAN_ANYTHING = 0 }; /* the block that lets everything through; also "there is none" */

struct plan_instruction {
    uint8_t op;
    uint8_t types; /* the types it is about */
    uint16_t keyword;
    uint32_t a, b, c;
};

/* Where a schema stands: a node of one of the plan's documents. */
struct plan_place {
    uint32_t document, node;
};

struct plan_body {
    uint32_t code;  /* first instruction; 0 where there is none */
    uint16_t types; /* enum plan_type */
    bool collects;  /* has unevaluatedItems or unevaluatedProperties of its own */
};

struct plan_block {
    struct plan_body run;    /* what is run */
    struct plan_body stated; /* what the schema says, for explanations */
    uint32_t resource;       /* the scope it belongs to */
    struct plan_place place;
};

struct plan_bound {
    struct number number;
    bool upper, exclusive;
    bool zero; /* the sign alone decides most values */
    uint16_t keyword;
};

/* enum, const: the strings first (their values decoded), then the others. */
struct plan_value {
    struct slice string;
    uint64_t hash;
    struct plan_place place;
};

struct plan_set {
    uint32_t first, strings, count; /* plan->values */
    uint32_t slots, mask;           /* into plan->slots; mask 0: few, look at each */
    uint16_t types;
};

struct plan_property {
    const char *key;  /* decoded, padded by PLAN_KEY_PADDING */
    uint64_t at_once; /* the classes (json_class) of values that pass the block as they are */
    uint32_t size, hash;
    uint32_t block; /* of one that is only required: the block of the rest */
    bool required, declared;
};

enum { PLAN_KEY_PADDING = 8 };

struct plan_pattern_property {
    uint32_t pattern, block;
    struct plan_place place; /* of its key */
};

struct plan_object {
    uint32_t first, count; /* plan->properties */
    uint32_t slots, mask;  /* into plan->slots: index in the table + 1 */
    uint32_t patterns, pattern_count;
    uint32_t additional;   /* block for what no property and no pattern took */
    uint32_t names;        /* block for the names themselves */
    uint32_t required;     /* how many of the properties must be there */
    uint32_t least, most;  /* members */
    uint16_t rest_keyword; /* additionalProperties, or unevaluatedProperties where it is the same */
    uint32_t order;        /* first of count + 1 places in the checker's memory */
};

struct plan_array {
    uint32_t prefix, prefix_count; /* plan->lists: a block for each of the first items */
    uint32_t rest;                 /* block for the others */
    uint32_t least, most;
    uint16_t prefix_keyword, rest_keyword;
    uint64_t rest_at_once; /* of rest, as in struct plan_property */
};

struct plan_contains {
    uint32_t block, least, most;
    bool marks; /* what it matched counts as looked at (2020-12) */
};

/* For a dynamic reference: the block of one scope that has its anchor. */
struct plan_choice {
    uint32_t resource, block;
};

/*
 * Branches that demand different values of one member: the value tells which of
 * them can hold, so that the others need not be tried.
 */
struct plan_switch {
    struct slice name;
    uint32_t set;    /* the values, plan->sets */
    uint32_t blocks; /* plan->lists: the branch of each value, in the order of plan->values */
};

/* A document that schemas stand in; lives as long as the plan. */
struct plan_document {
    char *text;      /* owned; NULL for a built-in */
    const char *uri; /* "" for none; in the plan's arena, as the document is */
    struct json_document json;
};

/* A schema with an identifier of its own, or the root of a document. */
struct plan_resource {
    const char *uri; /* absolute, without fragment; "" for none; in the plan's arena */
    uint32_t document, node;
    enum schema_dialect draft;
    uint32_t vocabularies;
    bool asserts_formats;
};

/* An array that grows while the plan is made. */
#define PLAN_LIST(type)                                                                            \
    struct {                                                                                       \
        type *at;                                                                                  \
        uint32_t count, capacity;                                                                  \
    }

#define PLAN_ADD(list, value)                                                                      \
    do {                                                                                           \
        MEMORY_GROW((list).at, (list).count, (list).capacity);                                     \
        (list).at[(list).count++] = (value);                                                       \
    } while (0)

struct plan {
    PLAN_LIST(struct plan_instruction) code;
    PLAN_LIST(struct plan_block) blocks;
    PLAN_LIST(struct plan_bound) bounds;
    PLAN_LIST(struct number) numbers;
    PLAN_LIST(struct plan_set) sets;
    PLAN_LIST(struct plan_value) values;
    PLAN_LIST(struct pattern *) patterns;
    PLAN_LIST(struct plan_object) objects;
    PLAN_LIST(struct plan_property) properties;
    PLAN_LIST(struct plan_pattern_property) pattern_properties;
    PLAN_LIST(struct plan_array) arrays;
    PLAN_LIST(struct plan_contains) contains;
    PLAN_LIST(struct plan_choice) choices;
    PLAN_LIST(struct plan_switch) switches;
    PLAN_LIST(struct slice) names;
    PLAN_LIST(uint32_t) lists; /* blocks */
    PLAN_LIST(uint32_t) slots; /* hash tables */
    PLAN_LIST(struct plan_document *) documents;
    PLAN_LIST(struct plan_resource) resources;
    uint32_t orders;    /* places of the checker's memory of keys */
    uint32_t root;      /* block */
    bool scopes;        /* has dynamic references, so scopes are kept */
    struct arena arena; /* texts */
};

struct schema {
    struct plan plan;
};

void plan_release(struct plan *plan);

/* A block's JSON Pointer inside its resource, and the resource's URI before it. */
void plan_add_location(const struct plan *plan, const struct plan_block *block, struct buffer *out);

/* The types of a value that its node alone tells; 1.0 is an integer too, but that takes a look. */
static inline uint16_t plan_types_of(const struct json_node *node)
{
    enum { WHOLE = PLAN_NUMBER | PLAN_INTEGER | PLAN_INTEGER_TEXT };
    bool whole = node->type == JSON_NUMBER && !(node->flags & (JSON_FRACTION | JSON_EXPONENT));
    return whole ? WHOLE : (uint16_t)(1u << node->type);
}

/* Whether a value's type passes the block's types. */
bool plan_type_holds(uint16_t types, const struct json_document *document, uint32_t node);

#endif
