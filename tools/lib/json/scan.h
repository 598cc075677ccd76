/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JSON_SCAN_H
#define JSON_SCAN_H

#include "json/bits.h"
#include "json/document.h"
#include "json/string.h"

/*
 * Inside json/ only: what the scanner's parts share. One scanner is written
 * (scan_core.h) and compiled once for each way to look at a block of bytes
 * (scan_portable.c, scan_sse2.c, scan_avx2.c, scan_neon.c); all of them fill the
 * same nodes from the same bytes, and scan.c chooses.
 *
 * The text ends in a sentinel: the byte after it is below 0x20 and so ends
 * every string, number and literal; only what skips blanks looks at the limit.
 */

enum scan_fault {
    FAULT_NONE,
    FAULT_EMPTY,
    FAULT_BOM,
    FAULT_SIZE,
    FAULT_VALUE,
    FAULT_KEY,
    FAULT_FIRST_KEY,
    FAULT_COLON,
    FAULT_AFTER,
    FAULT_DEPTH,
    FAULT_CONTROL,
    FAULT_ESCAPE,
    FAULT_HEX,
    FAULT_HIGH_SURROGATE,
    FAULT_LOW_SURROGATE,
    FAULT_UTF8,
    FAULT_LEADING_ZERO,
    FAULT_INTEGER_DIGIT,
    FAULT_FRACTION_DIGIT,
    FAULT_EXPONENT_DIGIT,
    FAULT_EXPONENT_LENGTH,
    FAULT_RANGE,
    FAULT_DUPLICATE
};

enum { SCAN_SEEN = 4, SCAN_FRAMES = 16 };

/* A container that is open. */
struct scan_frame {
    uint32_t container;
    char closer;              /* '}', ']', or 0 for the level above the root */
    uint64_t doubtful;        /* not 0: two keys share a bit of seen, so look closely at the end */
    uint64_t seen[SCAN_SEEN]; /* of an object: a bit for each key's hash */
};

/*
 * Which key came after another one last time. Lines repeat themselves: where the
 * guess is right, the place after the key is known without a look for its end,
 * and so is the hash. That look is what a scan waits for most: nothing behind it
 * can begin before it is done, while a guess is only confirmed.
 */
enum { SCAN_GUESSES = 1024, SCAN_GUESS_MOST = 32, SCAN_GUESS_PADDING = 8 };

struct scan_guess {
    struct json_node node; /* of the key, but for its places */
    uint32_t size;         /* of text: the key with its quotes and its colon; 0 is none */
    uint32_t over;         /* a bit for each byte of text, up to the most, that is none of these */
    char text[SCAN_GUESS_MOST + SCAN_GUESS_PADDING];
};

/* What a document keeps warm besides its nodes. */
struct json_scratch {
    struct scan_guess *guesses; /* by the hash of the key before */
    uint32_t guess_mask;        /* one less than there are: one for the first text, then many */
    bool again;                 /* it is not the first text */
    struct scan_frame *frames;
    uint32_t frame_capacity;
    uint32_t *slots; /* of the search for duplicate keys */
    size_t slot_capacity;
    struct buffer copy;    /* of a text that has no sentinel */
    struct buffer decoded; /* a key without its escapes */
};

struct scan {
    struct json_document *document;
    struct json_scratch *scratch;
    const char *text, *limit;
    uint32_t depth;                      /* the deepest level allowed */
    const struct scan_frame *frames_end; /* of those that there are and may be used */
    enum json_keys keys;
    /* Set by what fails. */
    enum scan_fault fault;
    const char *at;                 /* the byte that is wrong */
    const struct scan_frame *frame; /* the innermost container open there */
    uint32_t first;                 /* FAULT_DUPLICATE: the node of the earlier key */
};

/* 0 and the document's count set, or -1 with the fault and its place. */
typedef int scan_function(struct scan *scan);

struct scan_path {
    const char *name;
    scan_function *run;
};

scan_function json_scan_portable;
#if defined(__x86_64__)
scan_function json_scan_sse2, json_scan_avx2;
#endif
#if defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define SCAN_HAS_NEON 1
scan_function json_scan_neon;
#endif

/* Whether the text goes on as a guess says. */
static inline bool scan_guessed(const char *at, const struct scan_guess *guess)
{
    return guess->size && bytes_same(at, guess->text, guess->size);
}

/* The paths that this machine can run, the best first; a NULL name ends them. */
const struct scan_path *json_scan_paths(void);
/* json_parse by a certain path, for tests. */
int json_parse_by(struct json_document *document, const char *text, size_t size,
    const struct json_options *options, scan_function *run, struct error *error) MUST_USE;

/* ---- what the scanner calls seldom ---- */
/* Notes a fault; returns NULL. */
const char *json_scan_fail(struct scan *scan, enum scan_fault fault, const char *at);
/* Room for at least two more nodes after index; returns all of them. */
struct json_node *json_scan_grow(struct scan *scan, uint32_t index);
/* The frame after the last that may be used: with more memory, or NULL past the depth. */
struct scan_frame *json_scan_deeper(
    struct scan *scan, const struct scan_frame *last, const char *at);
/* Sets frames_end for the frames that there are. */
void json_scan_bound(struct scan *scan);
const char *json_scan_blanks(const struct scan *scan, const char *at);
/* A number with an exponent, of many digits, or wrong; the place after it, or NULL. */
const char *json_scan_number(struct scan *scan, const char *at, unsigned *flags);
/* at is a backslash; the place after the escape, or NULL. */
const char *json_scan_escape(struct scan *scan, const char *at);
uint32_t json_scan_escaped_hash(struct scan *scan, struct slice raw);
/* Ends an object with doubtful keys: 0, or -1 at a duplicate that is an error. */
int json_scan_keys(struct scan *scan, uint32_t object, uint32_t end);

/* Turns a fault into words and a place. */
int json_scan_explain(const struct scan *scan, struct error *error);

/* ---- keys ---- */
enum { KEY_HASH_BITS = 23, KEY_HASH_MASK = (1 << KEY_HASH_BITS) - 1 };

/*
 * Cheap rather than good: the length, the first and the last eight bytes. Eight
 * bytes from `key` on must be readable.
 */
static inline uint32_t key_hash(const char *key, size_t size)
{
    uint64_t first = load_64(key), last;
    if (size >= 8) {
        last = load_64(key + size - 8);
    } else {
        /* Two steps: no bytes are a shift by 64, which there is not. */
        unsigned over = (unsigned)(32 - 4 * size);
        first = last = first << over << over;
    }
    uint64_t mixed = (first ^ (last << 29 | last >> 35)) + size * UINT64_C(0xc2b2ae3d27d4eb4f);
    return (uint32_t)(mixed * UINT64_C(0x9e3779b97f4a7c15) >> (64 - KEY_HASH_BITS));
}

#endif
