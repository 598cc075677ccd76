/* SPDX-License-Identifier: GPL-2.0-or-later */
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
 * and includes this file, so that everything is inlined into one function.
 *
 * One pass, a value at a time. The places where the branch goes the same way
 * for every line of a report (a quote within the first block, a comma, a key
 * without escapes) come first; everything else leaves through functions that
 * are compiled once, in scan.c and number.c.
 */

#define SCAN_INLINE static inline __attribute__((always_inline)) SCAN_TARGET

/*
 * Between two tokens stands nothing, or one space after a comma or a colon;
 * whoever does not find the token it wants asks for more blanks to be skipped.
 */
SCAN_INLINE const char *skip_space(const char *at)
{
    return *at == ' ' ? at + 1 : at;
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
    struct marks marks = block_marks(at);
    const char *from = at;
    if (!marks.stop && !marks.wide) {
        at += BLOCK_SIZE;
        marks = block_marks(at);
    }
    if (LIKELY(marks.stop)) {
        const char *end = at + (trailing_zeros(marks.stop) >> BLOCK_SHIFT);
        if (LIKELY(*end == '"' && !(marks.wide & (marks.stop ^ (marks.stop - 1)))))
            return end + 1;
    }
    return scan_long_string(scan, from, flags);
}

/* A number of the common form, looked at as one block; everything else the long way. */
SCAN_INLINE const char *scan_number(struct scan *scan, const char *at, unsigned *flags)
{
    const char *digits = at;
    if (*at == '-') {
        digits++;
        *flags |= JSON_NEGATIVE;
    }
    uint64_t others = block_others(digits);
    if (UNLIKELY(!others))
        return json_scan_number(scan, at, flags);
    const char *end = digits + (trailing_zeros(others) >> BLOCK_SHIFT);
    if (UNLIKELY(end == digits || (*digits == '0' && end > digits + 1)))
        return json_scan_number(scan, at, flags);
    if (*end == '.') {
        others &= others - 1;
        const char *fraction = end + 1;
        if (UNLIKELY(!others))
            return json_scan_number(scan, at, flags);
        end = digits + (trailing_zeros(others) >> BLOCK_SHIFT);
        if (UNLIKELY(end == fraction))
            return json_scan_number(scan, at, flags);
        *flags |= JSON_FRACTION;
    }
    if (UNLIKELY((*end | 0x20) == 'e'))
        return json_scan_number(scan, at, flags);
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

/* A key and its colon; returns the place of the value, or NULL. */
SCAN_INLINE const char *scan_key(struct scan *scan, struct scan_frame *frame,
    struct json_node *node, uint32_t index, const char *at, enum scan_fault fault)
{
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
    set_node(scan, node, index, at, end, JSON_STRING, flags, hash);
    uint64_t *seen = &frame->seen[hash / 64 % SCAN_SEEN];
    uint64_t bit = UINT64_C(1) << (hash % 64);
    frame->doubtful |= (*seen & bit) != 0;
    *seen |= bit;
    if (UNLIKELY(*end != ':')) {
        end = json_scan_blanks(scan, end);
        if (*end != ':')
            return json_scan_fail(scan, FAULT_COLON, end);
    }
    return skip_space(end + 1);
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

SCAN_INLINE struct scan_frame *open_frame(
    struct scan *scan, struct scan_frame *frame, uint32_t container, char closer, const char *at)
{
    uint32_t level = (uint32_t)(frame - scan->scratch->frames) + 1;
    if (UNLIKELY(level >= scan->levels))
        frame = json_scan_deeper(scan, level, at);
    else
        frame++;
    if (LIKELY(frame != NULL))
        *frame = (struct scan_frame){.container = container, .closer = closer};
    return frame;
}

/*
 * Three places to be at: before a value, after one, and at a bracket that closes
 * a container. at is the byte to look at, index the node to be written next.
 */
SCAN_TARGET int SCAN_NAME(struct scan *scan)
{
    struct json_node *nodes = scan->document->nodes;
    uint32_t capacity = scan->document->capacity, index = 0;
    struct scan_frame *frame = scan->scratch->frames, *inner;
    const char *at = scan->text, *end;
    enum json_type type;
    unsigned flags;

value:
    if (UNLIKELY(capacity - index < 2)) {
        nodes = json_scan_grow(scan, index);
        capacity = scan->document->capacity;
    }
    flags = 0;
    if (*at == '"') {
        end = scan_string(scan, at + 1, &flags);
        type = JSON_STRING;
    } else if ((unsigned char)(*at - '0') < 10 || *at == '-') {
        end = scan_number(scan, at, &flags);
        type = JSON_NUMBER;
    } else if (*at == '{' || *at == '[') {
        char closer = *at == '{' ? '}' : ']';
        inner = open_frame(scan, frame, index, closer, at);
        if (UNLIKELY(!inner))
            goto fail;
        frame = inner;
        set_node(
            scan, &nodes[index], index, at, at, closer == '}' ? JSON_OBJECT : JSON_ARRAY, 0, 0);
        index++;
        at = json_scan_blanks(scan, at + 1);
        if (*at == closer)
            goto close;
        if (closer == ']')
            goto value;
        at = scan_key(scan, frame, &nodes[index], index, at, FAULT_FIRST_KEY);
        if (UNLIKELY(!at))
            goto fail;
        index++;
        goto value;
    } else if (LIKELY((unsigned char)*at > ' ')) {
        end = scan_literal(scan, at, &type);
    } else {
        at = json_scan_blanks(scan, at);
        if ((unsigned char)*at > ' ')
            goto value;
        type = JSON_NULL;
        end = json_scan_fail(scan, FAULT_VALUE, at);
    }
    if (UNLIKELY(!end))
        goto fail;
    set_node(scan, &nodes[index], index, at, end, type, flags, 0);
    index++;

after:
    at = end;
    if (UNLIKELY((unsigned char)*at <= ' '))
        at = json_scan_blanks(scan, at);
    if (LIKELY(*at == ',' && frame->closer)) {
        at = skip_space(at + 1);
        if (frame->closer == ']')
            goto value;
        at = scan_key(scan, frame, &nodes[index], index, at, FAULT_KEY);
        if (UNLIKELY(!at))
            goto fail;
        index++;
        goto value;
    }
    if (UNLIKELY(*at != frame->closer || !frame->closer)) {
        if (!frame->closer && at == scan->limit) {
            scan->document->count = index;
            return 0;
        }
        json_scan_fail(scan, FAULT_AFTER, at);
        goto fail;
    }

close:
    end = at + 1;
    nodes[frame->container].end = (uint32_t)(end - scan->text);
    nodes[frame->container].after = index;
    if (UNLIKELY(frame->doubtful) && json_scan_keys(scan, frame->container, index))
        goto fail;
    frame--;
    goto after;

fail:
    scan->frame = frame;
    scan->count = index;
    return -1;
}
