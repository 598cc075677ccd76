/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/options.h"

#include "base/memory.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void option_list_add(struct option_list *list, const char *item)
{
    MEMORY_GROW(list->items, list->count, list->capacity);
    list->items[list->count++] = item;
}

void option_list_release(struct option_list *list)
{
    free(list->items);
    *list = (struct option_list){NULL, 0, 0};
}

/* What strtod takes besides decimal numbers (nan, inf, 0x1p3, leading blanks) is none here. */
static bool starts_number(const char *text)
{
    if (*text == '-' || *text == '+')
        text++;
    if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
        return false;
    return (*text >= '0' && *text <= '9') || *text == '.';
}

int option_read_count(int64_t *out, const char *text, double low, double high, struct error *error)
{
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (!starts_number(text) || end == text || *end != '\0')
        return error_set(error, ERROR_USAGE, "\"%s\" is not a whole number", text);
    if (errno == ERANGE || (double)value < low || (double)value > high) {
        if (high >= 1e18)
            return error_set(
                error, ERROR_USAGE, "%s is out of range; expected %.0f or more", text, low);
        return error_set(
            error, ERROR_USAGE, "%s is out of range; expected %.0f to %.0f", text, low, high);
    }
    *out = value;
    return 0;
}

int option_read_number(double *out, const char *text, struct error *error)
{
    char *end;
    double value = strtod(text, &end);
    if (!starts_number(text) || end == text || *end != '\0' || !isfinite(value))
        return error_set(error, ERROR_USAGE, "\"%s\" is not a number", text);
    *out = value;
    return 0;
}

int option_take_share(void *share, const char *text, struct error *error)
{
    double *out = share;
    char *end;
    double value = strtod(text, &end);
    bool percent = *end == '%';
    if (!starts_number(text) || end == text || end[percent] != '\0' || !isfinite(value))
        return error_set(error, ERROR_USAGE, "\"%s\" is no share; expected 1%% or 0.01", text);
    *out = percent ? value / 100 : value;
    if (*out >= 0 && *out < 10)
        return 0;
    return error_set(error, ERROR_USAGE, "\"%s\" is out of range; expected 0 to 999%%", text);
}

int option_read_size(uint64_t *out, const char *text, struct error *error)
{
    static const char units[] = "KMGT";
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || errno == ERANGE)
        return error_set(error, ERROR_USAGE,
            "\"%s\" is not a size; expected a number of bytes, such as 64K or 10M", text);
    const char *unit = *end ? strchr(units, *end >= 'a' ? *end - 'a' + 'A' : *end) : NULL;
    unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
    const char *rest = unit ? end + 1 : end;
    if (unit && strcmp(rest, "iB") == 0)
        rest += 2;
    if (*rest != '\0' || value > UINT64_MAX >> shift)
        return error_set(error, ERROR_USAGE,
            "\"%s\" is not a size; expected a number of bytes, such as 64K or 10M", text);
    *out = (uint64_t)value << shift;
    return 0;
}

int option_read_seconds(double *out, const char *text, struct error *error)
{
    /* Divided, so that 5us is the double nearest to 0.000005. */
    static const struct {
        const char *name;
        double times, over;
    } units[] = {{"", 1, 1}, {"s", 1, 1}, {"ms", 1, 1e3}, {"us", 1, 1e6}, {"m", 60, 1},
        {"min", 60, 1}, {"h", 3600, 1}};
    char *end;
    double value = strtod(text, &end);
    if (starts_number(text) && isfinite(value) && value >= 0)
        for (size_t i = 0; i < ARRAY_SIZE(units); i++)
            if (strcmp(end, units[i].name) == 0) {
                *out = value * units[i].times / units[i].over;
                return 0;
            }
    return error_set(error, ERROR_USAGE,
        "\"%s\" is not a time; expected seconds, or a number with ms, s, m or h", text);
}
