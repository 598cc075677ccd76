/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "parameters.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A decimal number as a whole number of its last places, so that 0.1 three times is 0.3. */
struct decimal_text {
    int64_t units;
    int places;
};

enum { PLACES_MOST = 9, DIGITS_MOST = 15 };

static int read_decimal(struct decimal_text *out, const char *text, struct error *error)
{
    const char *at = text;
    bool negative = *at == '-', point = false;
    int digits = 0;
    *out = (struct decimal_text){0, 0};
    at += *at == '-' || *at == '+';
    for (; (*at >= '0' && *at <= '9') || (*at == '.' && !point); at++) {
        if (*at == '.') {
            point = true;
            continue;
        }
        if (++digits > DIGITS_MOST || (point && ++out->places > PLACES_MOST))
            break;
        out->units = 10 * out->units + (*at - '0');
    }
    if (*at != '\0' || digits == 0)
        return error_set(error, ERROR_USAGE,
            "\"%s\" is not a number of up to %d digits, %d of them behind the point", text,
            DIGITS_MOST, PLACES_MOST);
    if (negative)
        out->units = -out->units;
    return 0;
}

static int scale(struct decimal_text *number, int places, struct error *error)
{
    for (; number->places < places; number->places++)
        if (__builtin_mul_overflow(number->units, 10, &number->units))
            return error_set(
                error, ERROR_USAGE, "the numbers are too far apart in size to count exactly");
    return 0;
}

static const char *decimal_show(struct arena *arena, struct decimal_text number)
{
    int64_t unit = 1;
    for (int i = 0; i < number.places; i++)
        unit *= 10;
    if (number.places == 0)
        return arena_format(arena, "%" PRId64, number.units);
    int64_t size = number.units < 0 ? -number.units : number.units;
    return arena_format(arena, "%s%" PRId64 ".%0*" PRId64, number.units < 0 ? "-" : "", size / unit,
        number.places, size % unit);
}

static int check_name(const char *name, struct error *error)
{
    if (name[0] == '\0' || strpbrk(name, "{}"))
        return error_set(error, ERROR_USAGE, "\"%s\" cannot name a parameter", name);
    return 0;
}

int parameter_scan(struct parameter *parameter, struct arena *arena, const char *name,
    const char *low, const char *high, const char *step, struct error *error)
{
    struct decimal_text from, to, by;
    if (check_name(name, error) != 0 || read_decimal(&from, low, error) != 0 ||
        read_decimal(&to, high, error) != 0 || read_decimal(&by, step, error) != 0)
        return -1;
    int places = from.places > to.places ? from.places : to.places;
    places = by.places > places ? by.places : places;
    if (scale(&from, places, error) != 0 || scale(&to, places, error) != 0 ||
        scale(&by, places, error) != 0)
        return -1;
    if (from.units > to.units || by.units <= 0)
        return error_set(error, ERROR_USAGE,
            "parameter %s goes from %s to %s in steps of %s; expected to go up", name, low, high,
            step);
    int64_t count = (to.units - from.units) / by.units + 1;
    if (count > PARAMETER_VALUES_MOST)
        return error_set(error, ERROR_USAGE,
            "parameter %s has %" PRId64 " values; expected up to %d", name, count,
            PARAMETER_VALUES_MOST);
    const char **values = arena_take(arena, (size_t)count * sizeof *values);
    for (int64_t i = 0; i < count; i++)
        values[i] = decimal_show(arena, (struct decimal_text){from.units + i * by.units, places});
    *parameter = (struct parameter){name, values, (size_t)count};
    return 0;
}

int parameter_list(struct parameter *parameter, struct arena *arena, const char *name,
    const char *values, struct error *error)
{
    const char **items = NULL;
    size_t count = 0, capacity = 0;
    if (check_name(name, error) != 0)
        return -1;
    struct buffer value = BUFFER_INIT;
    for (const char *at = values;; at++) {
        if (*at == '\\' && at[1] == ',') {
            buffer_add_char(&value, *++at);
        } else if (*at == ',' || *at == '\0') {
            MEMORY_GROW(items, count, capacity);
            items[count++] = arena_text_n(arena, buffer_text(&value), value.size);
            buffer_reset(&value);
            if (*at == '\0' || count > PARAMETER_VALUES_MOST)
                break;
        } else {
            buffer_add_char(&value, *at);
        }
    }
    buffer_release(&value);
    const char **kept = arena_take(arena, count * sizeof *kept);
    memcpy(kept, items, count * sizeof *kept);
    free(items);
    *parameter = (struct parameter){name, kept, count};
    if (count > PARAMETER_VALUES_MOST)
        return error_set(error, ERROR_USAGE, "parameter %s has more than %d values", name,
            PARAMETER_VALUES_MOST);
    return 0;
}

/* The parameter whose {NAME} stands at text, or NULL. */
static const char *value_at(const struct point *point, const char *text, size_t *length)
{
    for (size_t i = 0; i < point->count; i++) {
        const char *name = point->parameters[i].name;
        size_t size = strlen(name);
        if (strncmp(text + 1, name, size) == 0 && text[1 + size] == '}') {
            *length = size + 2;
            point->used[i] = true;
            return point->parameters[i].values[point->chosen[i]];
        }
    }
    return NULL;
}

const char *point_fill(const struct point *point, struct arena *arena, const char *text)
{
    if (!text || point->count == 0 || !strchr(text, '{'))
        return text;
    struct buffer out = BUFFER_INIT;
    while (*text) {
        size_t length = 1;
        const char *value = *text == '{' ? value_at(point, text, &length) : NULL;
        if (value)
            buffer_add_text(&out, value);
        else
            buffer_add_char(&out, *text);
        text += length;
    }
    const char *filled = arena_text_n(arena, buffer_text(&out), out.size);
    buffer_release(&out);
    return filled;
}

bool point_next(struct point *point)
{
    for (size_t i = point->count; i-- > 0;) {
        if (++point->chosen[i] < point->parameters[i].count)
            return true;
        point->chosen[i] = 0;
    }
    return false;
}

bool parameter_is_number(const char *text)
{
    const char *at = text + (*text == '-');
    size_t digits = strspn(at, "0123456789");
    if (digits == 0 || digits > DIGITS_MOST || (digits > 1 && *at == '0'))
        return false;
    at += digits;
    if (*at == '.') {
        digits = strspn(++at, "0123456789");
        if (digits == 0 || digits > DIGITS_MOST)
            return false;
        at += digits;
    }
    return *at == '\0';
}
