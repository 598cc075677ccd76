/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/canonical.h"

#include "json/members.h"
#include "json/number.h"
#include "json/string.h"

#include <float.h>

/* A number of so few digits is what ECMAScript prints for its double, digit for digit. */
enum { PLAIN_DIGITS = DBL_DIG, WORD_DIGITS = 19, DOUBLE_DIGITS = 767 };

/* Whether the digits after the point, as a whole number, hold the factors five that they need. */
static bool can_be_binary(const struct number *number)
{
    char digits[WORD_DIGITS];
    uint64_t word = 0;
    int64_t places = (int64_t)number->count - number->point;
    if (number->count > WORD_DIGITS || places <= 0)
        return true;
    number_digits(number, digits, WORD_DIGITS);
    for (size_t i = 0; i < number->count; i++)
        word = word * 10 + (uint64_t)(digits[i] - '0');
    for (; places > 0 && word % 5 == 0; places--)
        word /= 5;
    return places == 0;
}

/* Whether value, the nearest double, is exactly this number. */
static bool is_exact(const struct number *number, double value)
{
    if (value == 0 || number->count > DOUBLE_DIGITS || !can_be_binary(number))
        return false;
    int exponent;
    uint64_t significand = double_split(value, &exponent);
    return number_compare_binary(number, significand, exponent) == 0;
}

static void add_number(struct buffer *out, struct slice text, struct arena *arena)
{
    struct number number = number_read(text);
    if (number.count == 0) {
        buffer_add_char(out, '0');
        return;
    }
    double value = number_double(text);
    if (number.count > PLAIN_DIGITS && is_exact(&number, value)) {
        char printed[NUMBER_TEXT];
        buffer_add(out, printed, double_print(printed, value));
        return;
    }
    char *digits = arena_take(arena, number.count);
    number_digits(&number, digits, number.count);
    char *room = buffer_room(out, number.count + NUMBER_TEXT);
    if (room)
        buffer_wrote(out, number_layout(room, number.negative, digits, number.count, number.point));
}

static void add_node(
    struct buffer *out, const struct json_document *document, uint32_t node, struct arena *arena);

static void add_array(
    struct buffer *out, const struct json_document *document, uint32_t array, struct arena *arena)
{
    buffer_add_char(out, '[');
    for (uint32_t item = json_first(document, array); item != json_end(document, array);
         item = json_after(document, item)) {
        if (item != json_first(document, array))
            buffer_add_char(out, ',');
        add_node(out, document, item, arena);
    }
    buffer_add_char(out, ']');
}

static void add_object(
    struct buffer *out, const struct json_document *document, uint32_t object, struct arena *arena)
{
    struct member *members;
    size_t count = members_sorted(&members, document, object, arena);
    buffer_add_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_add_char(out, ',');
        string_encode(out, members[i].name);
        buffer_add_char(out, ':');
        add_node(out, document, members[i].value, arena);
    }
    buffer_add_char(out, '}');
}

/* As deep as the document, which JSON_DEPTH_LIMIT bounds. */
static void add_node(
    struct buffer *out, const struct json_document *document, uint32_t node, struct arena *arena)
{
    switch (json_type(document, node)) {
    case JSON_NUMBER: add_number(out, json_raw(document, node), arena); break;
    case JSON_STRING: string_encode(out, json_string(document, node, arena)); break;
    case JSON_ARRAY: add_array(out, document, node, arena); break;
    case JSON_OBJECT: add_object(out, document, node, arena); break;
    default: buffer_add_slice(out, json_raw(document, node)); break;
    }
}

void json_canonical(const struct json_document *document, uint32_t node, struct buffer *out)
{
    struct arena arena = ARENA_INIT;
    add_node(out, document, node, &arena);
    arena_release(&arena);
}
