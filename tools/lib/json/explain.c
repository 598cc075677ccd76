/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/scan.h"

#include <ctype.h>
#include <stdio.h>

/* What a fault is called. Only a text that is refused comes here. */

static const char value_kinds[] = "an object, an array, a string, a number, true, false or null";

/* A byte of the text, as a message shows it. */
static const char *show(const struct scan *scan, char out[32])
{
    unsigned char byte = (unsigned char)*scan->at;
    if (scan->at >= scan->limit)
        snprintf(out, 32, "the text ends");
    else if (byte > 0x20 && byte < 0x7f)
        snprintf(out, 32, "found '%c'", byte);
    else
        snprintf(out, 32, "found the byte 0x%02x", byte);
    return out;
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* The byte before `at` that is no blank, 0 for none. */
static char before(const struct scan *scan)
{
    for (const char *at = scan->at; at > scan->text;) {
        char byte = *--at;
        if (byte != ' ' && byte != '\t' && byte != '\n' && byte != '\r')
            return byte;
    }
    return 0;
}

static int no_value(const struct scan *scan, struct error *error)
{
    char found[32];
    const char *at = scan->at;
    size_t left = (size_t)(scan->limit - at);
    if (left == 0 && scan->document->count == 0)
        return error_set(error, ERROR_CONTENT, "the text is empty; expected a JSON value");
    if (at == scan->text && left >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
        return error_set(error, ERROR_CONTENT,
            "the text begins with a byte order mark; expected UTF-8 without one");
    if (left > 0 && (*at == ']' || *at == '}') && before(scan) == ',')
        return error_set(
            error, ERROR_CONTENT, "a comma stands before '%c'; expected another value", *at);
    size_t word = 0;
    while (word < left && word < 40 && is_letter(at[word]))
        word++;
    if (word > 0)
        return error_set(error, ERROR_CONTENT, "\"%.*s\" is no JSON value; expected %s", (int)word,
            at, value_kinds);
    return error_set(error, ERROR_CONTENT, "%s where a value should begin; expected %s",
        show(scan, found), value_kinds);
}

static int no_key(const struct scan *scan, struct error *error)
{
    char found[32];
    if (scan->at < scan->limit && *scan->at == '}')
        return error_set(
            error, ERROR_CONTENT, "a comma stands before '}'; expected another member");
    return error_set(error, ERROR_CONTENT,
        "%s where a member's name should begin; expected a string in double quotes%s",
        show(scan, found), scan->fault == FAULT_FIRST_KEY ? " or '}'" : "");
}

static int wrong_after(const struct scan *scan, struct error *error)
{
    char found[32];
    if (!scan->frame->closer)
        return error_set(error, ERROR_CONTENT, "%s after the value; expected the end of the text",
            show(scan, found));
    return error_set(error, ERROR_CONTENT, "%s after %s; expected ',' or '%c'", show(scan, found),
        scan->frame->closer == '}' ? "a member" : "an item", scan->frame->closer);
}

static int wrong_in_string(const struct scan *scan, struct error *error)
{
    if (scan->at >= scan->limit)
        return error_set(
            error, ERROR_CONTENT, "the text ends within a string; expected '\"' at its end");
    return error_set(error, ERROR_CONTENT,
        "a string holds the control character 0x%02x; expected it as \\u%04x", *scan->at,
        *scan->at);
}

static int duplicate(const struct scan *scan, struct error *error)
{
    uint64_t line, column;
    const struct json_node *first = &scan->document->nodes[scan->first];
    json_position(scan->document, first->start, &line, &column);
    struct slice name = json_raw(scan->document, scan->first);
    return error_set(error, ERROR_CONTENT,
        "the key \"%.*s\" stands twice in one object; expected it once (first at column %llu)",
        name.size > 100 ? 100 : (int)name.size, name.data, (unsigned long long)column);
}

static const char *fixed_text(enum scan_fault fault)
{
    switch (fault) {
    case FAULT_ESCAPE:
        return "a backslash begins no escape; expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t "
               "\\uXXXX";
    case FAULT_HEX: return "\\u is not followed by four hexadecimal digits; expected \\uXXXX";
    case FAULT_HIGH_SURROGATE:
        return "a high surrogate stands alone; expected \\uDC00 to \\uDFFF right after it";
    case FAULT_LOW_SURROGATE:
        return "a low surrogate stands alone; expected \\uD800 to \\uDBFF right before it";
    case FAULT_UTF8: return "a string is not UTF-8 here; expected UTF-8";
    case FAULT_LEADING_ZERO:
        return "a number begins with 0; expected no digit after that (as in 0 or 0.5)";
    case FAULT_INTEGER_DIGIT: return "a number has no digit after '-'; expected one";
    case FAULT_FRACTION_DIGIT: return "a number has no digit after '.'; expected one";
    case FAULT_EXPONENT_DIGIT: return "a number has no digit in its exponent; expected one";
    case FAULT_EXPONENT_LENGTH:
        return "a number's exponent has more than 18 digits; expected fewer";
    case FAULT_RANGE:
        return "a number is too large; expected at most 1.7976931348623157e308, the largest double";
    default: return "the text is not JSON";
    }
}

static int say(const struct scan *scan, struct error *error)
{
    char found[32];
    switch (scan->fault) {
    case FAULT_VALUE: return no_value(scan, error);
    case FAULT_KEY:
    case FAULT_FIRST_KEY: return no_key(scan, error);
    case FAULT_COLON:
        return error_set(
            error, ERROR_CONTENT, "%s after a member's name; expected ':'", show(scan, found));
    case FAULT_AFTER: return wrong_after(scan, error);
    case FAULT_CONTROL: return wrong_in_string(scan, error);
    case FAULT_DUPLICATE: return duplicate(scan, error);
    case FAULT_DEPTH:
        return error_set(error, ERROR_CONTENT,
            "the value is nested deeper than %lu levels; expected at most that",
            (unsigned long)scan->depth);
    default: return error_set(error, ERROR_CONTENT, "%s", fixed_text(scan->fault));
    }
}

static void add_key(struct buffer *out, const struct scan *scan, uint32_t key, struct arena *arena)
{
    json_pointer_add(out, json_string(scan->document, key, arena));
}

/* The token of what stands at node `at` in an open container, of which nodes up to at are there. */
static void add_child(struct buffer *out, const struct scan *scan, const struct scan_frame *frame,
    uint32_t at, struct arena *arena)
{
    uint32_t index = 0;
    if (frame->closer == '}') {
        add_key(out, scan, at - 1, arena);
        return;
    }
    for (uint32_t item = frame->container + 1; item < at; item = json_after(scan->document, item))
        index++;
    buffer_add_format(out, "/%lu", (unsigned long)index);
}

/* Whether an open object's last key has no value yet. */
static bool key_waits(const struct scan *scan)
{
    uint32_t key = scan->frame->container + 1;
    while (key + 1 < scan->document->count)
        key = json_after(scan->document, key + 1);
    return key < scan->document->count;
}

/*
 * The containers that are open are not finished as nodes, so the pointer comes
 * from the frames.
 */
static void find_pointer(struct buffer *out, const struct scan *scan, struct arena *arena)
{
    const struct scan_frame *frame = scan->scratch->frames + 1, *last = scan->frame;
    if (last < frame)
        return;
    for (; frame < last; frame++)
        add_child(out, scan, frame, frame[1].container, arena);
    if (scan->fault == FAULT_DUPLICATE)
        add_key(out, scan, scan->first, arena);
    else if (last->closer == '}' ? key_waits(scan) : scan->fault >= FAULT_CONTROL)
        add_child(out, scan, last, scan->document->count, arena);
}

int json_scan_explain(const struct scan *scan, struct error *error)
{
    if (!error)
        return -1;
    uint64_t line, column;
    struct buffer pointer = BUFFER_INIT;
    struct arena arena = ARENA_INIT;
    say(scan, error);
    json_position(scan->document, (uint32_t)(scan->at - scan->text), &line, &column);
    error_place(error, NULL, line, column);
    find_pointer(&pointer, scan, &arena);
    error_pointer(error, buffer_text(&pointer));
    arena_release(&arena);
    buffer_release(&pointer);
    return -1;
}
