/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JSON_DOCUMENT_H
#define JSON_DOCUMENT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A JSON text (RFC 8259, UTF-8 checked) read in place into one flat array of
 * nodes. Nothing is copied and nothing is converted until it is asked for; a
 * document that is used again for the next line allocates nothing once warm.
 *
 * A value is named by the index of its node; 0 is the whole document. The
 * members of an object and the items of an array follow their container:
 *
 *     {"a": [1, 2], "b": "x"}
 *     0:object 1:"a" 2:array 3:1 4:2 5:"b" 6:"x"
 *
 *     for (uint32_t key = json_first(doc, object); key != json_end(doc, object);
 *          key = json_after(doc, key + 1))
 *         value is key + 1
 *     for (uint32_t item = json_first(doc, array); item != json_end(doc, array);
 *          item = json_after(doc, item))
 */
enum json_type {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

/*
 * jansson has functions of these names too. A test that links both must not have
 * jansson's own calls end up here, so ours stay inside the program.
 */
#define JSON_HIDDEN __attribute__((visibility("hidden")))

/* What a scan tells about a scalar besides its text. */
enum json_flag {
    JSON_FRACTION = 1, /* a number with a '.' */
    JSON_EXPONENT = 2, /* a number with an exponent */
    JSON_NEGATIVE = 4, /* a number with a '-' */
    JSON_ESCAPED = 8,  /* a string with a backslash: its text is not its value */
    JSON_WIDE = 16,    /* a string with bytes over 0x7f */
    JSON_SHADOWED = 32 /* a member's key that a later one replaces (JSON_KEYS_LAST) */
};

struct json_node {
    uint32_t start; /* offset of the value's first byte: the quote, the bracket, the digit */
    uint32_t end;   /* offset after its last byte */
    uint32_t after; /* index of the node after this value and everything in it */
    uint32_t type : 3;
    uint32_t flags : 6;
    uint32_t hash : 23; /* of a string that is a key: see json_key_hash; else 0 */
};

enum {
    JSON_NONE = 0,            /* no such value: the root is nobody's member */
    JSON_PADDING = 64,        /* readable bytes that must follow every text */
    JSON_DEPTH = 1000,        /* nesting, by default */
    JSON_DEPTH_LIMIT = 10000, /* the deepest that may be asked for */
    JSON_SIZE_LIMIT = 1 << 30
};

enum json_keys {
    JSON_KEYS_ERROR, /* a key that stands twice in one object is an error */
    JSON_KEYS_LAST   /* the last one counts, the others are JSON_SHADOWED */
};

struct json_options {
    uint32_t depth; /* 0 is JSON_DEPTH; more than JSON_DEPTH_LIMIT is that */
    enum json_keys keys;
};

/* Readers may look at text, nodes and count; the rest is the scanner's. */
struct json_document {
    const char *text; /* borrowed: as long as the caller keeps it */
    size_t size;
    struct json_node *nodes;
    uint32_t count, capacity;
    struct json_scratch *scratch;
};

#define JSON_DOCUMENT_INIT                                                                         \
    {                                                                                              \
        NULL, 0, NULL, 0, 0, NULL                                                                  \
    }

/*
 * Reads text, of which JSON_PADDING bytes after size must be readable. What is
 * in them does not matter, but a text that ends in a newline or is followed by a
 * control character (a newline, a NUL) is read in place; any other is copied
 * into the document first. options NULL gives the defaults. On failure error
 * holds line and column (in bytes, from 1, counted inside text), the pointer of
 * the value or else of the container it happened in, and what was expected; the
 * document is empty.
 *
 * Stricter than the grammar of RFC 8259 in what has no value: a number that no
 * double can hold (1e400; one that underflows reads as it stands), an exponent
 * of more than 18 digits, an escaped surrogate without its other half.
 */
int json_parse(struct json_document *document, const char *text, size_t size,
    const struct json_options *options, struct error *error) MUST_USE;

/* The same for bytes without padding; they are copied into the document. */
int json_parse_copy(struct json_document *document, struct slice text,
    const struct json_options *options, struct error *error) MUST_USE;

void json_release(struct json_document *document);

/* ---- walking ---- */
static inline enum json_type json_type(const struct json_document *document, uint32_t node)
{
    return (enum json_type)document->nodes[node].type;
}

static inline uint32_t json_first(const struct json_document *document, uint32_t container)
{
    (void)document;
    return container + 1;
}

static inline uint32_t json_end(const struct json_document *document, uint32_t container)
{
    return document->nodes[container].after;
}

static inline uint32_t json_after(const struct json_document *document, uint32_t node)
{
    return document->nodes[node].after;
}

/* The bytes of a value as they stand in the text; of a string without its quotes, undecoded. */
static inline struct slice json_raw(const struct json_document *document, uint32_t node)
{
    const struct json_node *at = &document->nodes[node];
    uint32_t quote = at->type == JSON_STRING;
    return (struct slice){document->text + at->start + quote, at->end - at->start - 2 * quote};
}

static inline bool json_is_integer_text(const struct json_document *document, uint32_t node)
{
    return !(document->nodes[node].flags & (JSON_FRACTION | JSON_EXPONENT));
}

/*
 * What can be asked of a value without a look at its text, as one number: the
 * type, and of a number its form. A set of them is the bits of a 64-bit word.
 */
enum { JSON_CLASSES = 64 };

static inline unsigned json_class(const struct json_node *node)
{
    return node->type | (node->flags & (JSON_FRACTION | JSON_EXPONENT | JSON_NEGATIVE)) << 3;
}

/* The number of items or members (a shadowed member is none). */
uint32_t json_count(const struct json_document *document, uint32_t container);

/* ---- finding ---- */
/* The value of the member called name, JSON_NONE where object is none or has none. */
uint32_t json_get(const struct json_document *document, uint32_t object, const char *name);
uint32_t json_get_slice(const struct json_document *document, uint32_t object, struct slice name);
/* A JSON Pointer (RFC 6901): "" is the root. true and the node, or false. */
bool json_pointer_find(const struct json_document *document, struct slice pointer, uint32_t *node);
/* The pointer of a node (of a key: its member's), appended; walks from the root, so for messages
 * only. */
void json_pointer_of(const struct json_document *document, uint32_t node, struct buffer *out);
/* Adds one reference token, escaped, with its slash. */
void json_pointer_add(struct buffer *pointer, struct slice token);
/* Where an offset of the text lies: line and column from 1, the column in bytes. */
void json_position(
    const struct json_document *document, uint32_t offset, uint64_t *line, uint64_t *column);

/* ---- values ---- */
/*
 * A string's value: borrowed from the text where nothing was escaped, else
 * decoded into the arena. Also for keys. node must be a string.
 */
JSON_HIDDEN struct slice json_string(
    const struct json_document *document, uint32_t node, struct arena *arena);
/* Whether a string's value is this, without decoding it anywhere. */
bool json_string_is(const struct json_document *document, uint32_t node, struct slice value);
/* The nearest double, correctly rounded, in no locale. node must be a number. */
double json_double(const struct json_document *document, uint32_t node);
/* true where the number is an integer (1.0 and 1e3 are) that int64_t holds. */
bool json_int64(const struct json_document *document, uint32_t node, int64_t *out);

/* The hash kept in a key's node: of the key's value (its bytes without escapes). */
uint32_t json_key_hash(struct slice value);

/* Equality as JSON Schema has it: numbers by exact value, objects without order. */
JSON_HIDDEN bool json_equal(
    const struct json_document *a, uint32_t a_node, const struct json_document *b, uint32_t b_node);

const char *json_type_name(enum json_type type);

#endif
