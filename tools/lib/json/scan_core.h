/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JSON_SCAN_CORE_H
#define JSON_SCAN_CORE_H

#include "json/scan.h"

/*
 * The scanner, once for each path. A path's file defines
 *
 *     SCAN_NAME      the function, a scan_function
 *     SCAN_TARGET    an attribute for every function here, or nothing
 *     BLOCK_SIZE     the bytes looked at together, at most JSON_PADDING
 *     BLOCK_SHIFT    log2 of the bits that a mask has for each byte
 *     struct marks   { uint64_t stop, wide; }
 *     block_marks    where a string's block has a quote, a backslash or a control
 *                    character (stop), and bytes over 0x7f (wide)
 *     block_others   where a block has bytes that are no digits, one bit each
 *
 * and includes this file, so that everything is inlined into one function. What
 * defines nothing gets the portable path.
 *
 * One pass, a value at a time. The places where the branch goes the same way
 * for every line of a report (a quote within two blocks, a comma, a key without
 * escapes) come first; everything else leaves through functions that are
 * compiled once, in scan.c and scan_number.c.
 */
#ifndef SCAN_NAME

/* Eight bytes as one word: for every machine that has no better way. */
enum { BLOCK_SIZE = 8, BLOCK_SHIFT = 3 };
#define SCAN_NAME json_scan_portable
#define SCAN_TARGET

struct marks {
    uint64_t stop, wide;
};

static inline struct marks block_marks(const char *at)
{
    uint64_t word = load_64(at);
    return (struct marks){bytes_to_escape(word), bytes_wide(word)};
}

/* Whatever ends the simple part of a string: a stop, or a byte that is wide. */
static inline uint64_t block_special(const char *at)
{
    uint64_t word = load_64(at);
    return bytes_to_escape(word) | bytes_wide(word);
}

static inline uint64_t block_others(const char *at)
{
    return bytes_not_digits(load_64(at));
}

#endif

#ifndef SCAN_GUESSED
#define SCAN_GUESSED scan_guessed
#endif

#define SCAN_INLINE static inline __attribute__((always_inline)) SCAN_TARGET

/*
 * Between two tokens stands nothing, or one space after a comma or a colon;
 * whoever does not find the token it wants asks for more blanks to be skipped.
 */
SCAN_INLINE const char *skip_space(const char *at)
{
    if (UNLIKELY(*at == ' '))
        at++;
    return at;
}

/* The rest of a string that is long, escaped, not ASCII, or wrong. */
static __attribute__((noinline)) SCAN_TARGET const char *scan_long_string(
    struct scan *scan, const char *from, unsigned *flags)
{
    const char *at = from;
    for (;;) {
        struct marks marks = block_marks(at);
        if (!marks.stop) {
            if (marks.wide)
                *flags |= JSON_WIDE;
            at += BLOCK_SIZE;
            continue;
        }
        if (marks.wide & (marks.stop ^ (marks.stop - 1)))
            *flags |= JSON_WIDE;
        at += trailing_zeros(marks.stop) >> BLOCK_SHIFT;
        if (*at != '\\')
            break;
        *flags |= JSON_ESCAPED;
        at = json_scan_escape(scan, at);
        if (!at)
            return NULL;
    }
    const char *bad = *flags & JSON_WIDE ? utf8_bad(from, at) : NULL;
    if (UNLIKELY(bad))
        return json_scan_fail(scan, FAULT_UTF8, bad);
    return LIKELY(*at == '"') ? at + 1 : json_scan_fail(scan, FAULT_CONTROL, at);
}

/* at is after the opening quote; returns the place after the closing one, or NULL. */
SCAN_INLINE const char *scan_string(struct scan *scan, const char *at, unsigned *flags)
{
    uint64_t special = block_special(at);
    const char *from = at;
    if (!special) {
        at += BLOCK_SIZE;
        special = block_special(at);
    }
    if (LIKELY(special)) {
        const char *end = at + (trailing_zeros(special) >> BLOCK_SHIFT);
        if (LIKELY(*end == '"'))
            return end + 1;
    }
    unsigned more = 0; /* of its own, so that flags stay in a register */
    const char *end = scan_long_string(scan, from, &more);
    *flags |= more;
    return end;
}

/* The length of the number at `at` where it has a common form, else 0. */
SCAN_INLINE size_t common_number(const char *at, unsigned *flags)
{
    const char *digits = at;
    if (UNLIKELY(*at == '-')) {
        digits++;
        *flags |= JSON_NEGATIVE;
    }
    uint64_t others = block_others(digits);
    if (UNLIKELY(!others))
        return 0;
    const char *end = digits + (trailing_zeros(others) >> BLOCK_SHIFT);
    if (UNLIKELY(end == digits || (*digits == '0' && end > digits + 1)))
        return 0;
    if (*end == '.') {
        others &= others - 1;
        const char *fraction = end + 1;
        if (UNLIKELY(!others))
            return 0;
        end = digits + (trailing_zeros(others) >> BLOCK_SHIFT);
        if (UNLIKELY(end == fraction))
            return 0;
        *flags |= JSON_FRACTION;
    }
    return UNLIKELY((*end | 0x20) == 'e') ? 0 : (size_t)(end - at);
}

/* A number, looked at as one block; everything that is not common the long way. */
SCAN_INLINE const char *scan_number(struct scan *scan, const char *at, unsigned *flags)
{
    size_t size = common_number(at, flags);
    if (LIKELY(size))
        return at + size;
    unsigned all = 0;
    const char *end = json_scan_number(scan, at, &all);
    *flags = all;
    return end;
}

/* Sets a node that has nothing in it; a container's end and after come when it closes. */
SCAN_INLINE void set_node(const struct scan *scan, struct json_node *node, uint32_t index,
    const char *start, const char *end, enum json_type type, unsigned flags, uint32_t hash)
{
    *node = (struct json_node){.start = (uint32_t)(start - scan->text),
        .end = (uint32_t)(end - scan->text),
        .after = index + 1,
        .type = type & 7,
        .flags = flags & 63,
        .hash = hash & KEY_HASH_MASK};
}

/* Where the scanner stands: `at` is the byte to look at, `index` the node to be written next. */
struct cursor {
    const char *at;
    struct json_node *nodes;
    uint32_t index, capacity;
    struct scan_frame *frame;
    struct scan_guess *guess; /* of the next key */
    struct scan_guess *guesses;
    uint32_t guess_mask;
};

/* Notes that an object has a key of this hash. */
SCAN_INLINE void see_key(struct scan_frame *frame, uint32_t hash)
{
    uint64_t *seen = &frame->seen[hash / 64 % SCAN_SEEN];
    uint64_t bit = UINT64_C(1) << (hash % 64);
    frame->doubtful |= *seen & bit;
    *seen |= bit;
}

/*
 * A key and its colon, read in full, and guessed the next time; returns the place
 * after them, or NULL.
 */
static __attribute__((noinline)) SCAN_TARGET const char *scan_key(
    struct scan *scan, const struct cursor *cursor, enum scan_fault fault)
{
    const char *at = cursor->at;
    if (UNLIKELY(*at != '"')) {
        at = json_scan_blanks(scan, at);
        if (*at != '"')
            return json_scan_fail(scan, fault, at);
    }
    unsigned flags = 0;
    const char *end = scan_string(scan, at + 1, &flags);
    if (UNLIKELY(!end))
        return NULL;
    struct slice raw = {at + 1, (size_t)(end - at) - 2};
    uint32_t hash = UNLIKELY(flags & JSON_ESCAPED) ? json_scan_escaped_hash(scan, raw)
                                                   : key_hash(raw.data, raw.size);
    struct json_node *node = &cursor->nodes[cursor->index];
    set_node(scan, node, cursor->index, at, end, JSON_STRING, flags, hash);
    if (UNLIKELY(*end != ':')) {
        end = json_scan_blanks(scan, end);
        return *end == ':' ? end + 1 : json_scan_fail(scan, FAULT_COLON, end);
    }
    size_t size = (size_t)(end + 1 - at);
    if (size <= SCAN_GUESS_MOST) {
        struct scan_guess *guess = cursor->guess;
        guess->node = *node;
        guess->size = (uint32_t)size;
        memcpy(guess->text, at, size);
        guess->over = (uint32_t)(UINT64_C(0xffffffff) << size);
    }
    return end + 1;
}

/* The value of a literal, or NULL. */
SCAN_INLINE const char *scan_literal(struct scan *scan, const char *at, enum json_type *type)
{
    if (memcmp(at, "true", 4) == 0) {
        *type = JSON_TRUE;
        return at + 4;
    }
    if (memcmp(at, "null", 4) == 0) {
        *type = JSON_NULL;
        return at + 4;
    }
    *type = JSON_FALSE;
    return memcmp(at, "false", 5) == 0 ? at + 5 : json_scan_fail(scan, FAULT_VALUE, at);
}

/* What comes next. */
enum step { STEP_FAIL, STEP_DONE, STEP_VALUE, STEP_AFTER };

SCAN_INLINE enum step scan_member(struct scan *scan, struct cursor *cursor, enum scan_fault fault)
{
    struct scan_guess *guess = cursor->guess;
    struct json_node *node = &cursor->nodes[cursor->index];
    const char *at = cursor->at;
    if (LIKELY(SCAN_GUESSED(at, guess))) {
        *node = guess->node;
        node->start = (uint32_t)(at - scan->text);
        node->end = node->start + guess->size - 1;
        node->after = cursor->index + 1;
        at += guess->size;
    } else {
        at = scan_key(scan, cursor, fault);
        if (UNLIKELY(!at))
            return STEP_FAIL;
    }
    cursor->index++;
    see_key(cursor->frame, node->hash);
    cursor->guess = &cursor->guesses[node->hash & cursor->guess_mask];
    cursor->at = skip_space(at);
    return STEP_VALUE;
}

/* At the bracket that closes the innermost container. */
SCAN_INLINE enum step close_container(struct scan *scan, struct cursor *cursor)
{
    struct scan_frame *frame = cursor->frame;
    struct json_node *node = &cursor->nodes[frame->container];
    cursor->at++;
    node->end = (uint32_t)(cursor->at - scan->text);
    node->after = cursor->index;
    if (UNLIKELY(frame->doubtful) && json_scan_keys(scan, frame->container, cursor->index))
        return STEP_FAIL;
    cursor->frame--;
    return STEP_AFTER;
}

/* At the bracket that opens a container. */
SCAN_INLINE enum step open_container(struct scan *scan, struct cursor *cursor)
{
    bool object = *cursor->at == '{';
    char closer = object ? '}' : ']';
    struct scan_frame *frame = cursor->frame + 1;
    if (UNLIKELY(frame >= scan->frames_end)) {
        frame = json_scan_deeper(scan, cursor->frame, cursor->at);
        if (!frame)
            return STEP_FAIL;
    }
    cursor->frame = frame;
    *frame = (struct scan_frame){.container = cursor->index, .closer = closer};
    set_node(scan, &cursor->nodes[cursor->index], cursor->index, cursor->at, cursor->at,
        object ? JSON_OBJECT : JSON_ARRAY, 0, 0);
    cursor->index++;
    cursor->at = json_scan_blanks(scan, cursor->at + 1);
    if (*cursor->at == closer)
        return close_container(scan, cursor);
    return object ? scan_member(scan, cursor, FAULT_FIRST_KEY) : STEP_VALUE;
}

/* A value is due. */
SCAN_INLINE enum step scan_value(struct scan *scan, struct cursor *cursor)
{
    if (UNLIKELY(cursor->capacity - cursor->index < 2)) {
        cursor->nodes = json_scan_grow(scan, cursor->index);
        cursor->capacity = scan->document->capacity;
    }
    const char *at = cursor->at, *end;
    enum json_type type;
    unsigned flags = 0;
    if (*at == '"') {
        end = scan_string(scan, at + 1, &flags);
        type = JSON_STRING;
    } else if ((unsigned char)(*at - '0') < 10 || *at == '-') {
        end = scan_number(scan, at, &flags);
        type = JSON_NUMBER;
    } else if (*at == '{' || *at == '[') {
        return open_container(scan, cursor);
    } else if (LIKELY((unsigned char)*at > ' ')) {
        end = scan_literal(scan, at, &type);
    } else {
        cursor->at = json_scan_blanks(scan, at);
        if ((unsigned char)*cursor->at > ' ')
            return STEP_VALUE;
        json_scan_fail(scan, FAULT_VALUE, cursor->at);
        return STEP_FAIL;
    }
    if (UNLIKELY(!end))
        return STEP_FAIL;
    set_node(scan, &cursor->nodes[cursor->index], cursor->index, at, end, type, flags, 0);
    cursor->index++;
    cursor->at = end;
    return STEP_AFTER;
}

/* A value has ended. */
SCAN_INLINE enum step scan_after(struct scan *scan, struct cursor *cursor)
{
    char closer = cursor->frame->closer;
    if (UNLIKELY((unsigned char)*cursor->at <= ' '))
        cursor->at = json_scan_blanks(scan, cursor->at);
    if (LIKELY(*cursor->at == ',' && closer)) {
        cursor->at = skip_space(cursor->at + 1);
        return closer == ']' ? STEP_VALUE : scan_member(scan, cursor, FAULT_KEY);
    }
    if (LIKELY(*cursor->at == closer && closer))
        return close_container(scan, cursor);
    if (!closer && cursor->at == scan->limit)
        return STEP_DONE;
    json_scan_fail(scan, FAULT_AFTER, cursor->at);
    return STEP_FAIL;
}

SCAN_TARGET int SCAN_NAME(struct scan *scan)
{
    struct cursor cursor = {.at = scan->text,
        .nodes = scan->document->nodes,
        .capacity = scan->document->capacity,
        .frame = scan->scratch->frames,
        .guess = scan->scratch->guesses,
        .guesses = scan->scratch->guesses,
        .guess_mask = scan->scratch->guess_mask};
    enum step step;
    do {
        step = scan_value(scan, &cursor);
        while (step == STEP_AFTER)
            step = scan_after(scan, &cursor);
    } while (step == STEP_VALUE);
    scan->document->count = cursor.index;
    scan->frame = cursor.frame;
    return step == STEP_DONE ? 0 : -1;
}

#endif
