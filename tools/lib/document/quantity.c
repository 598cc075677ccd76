/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/quantity.h"

#include "base/compiler.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 3, MORE_DECIMALS = 2, SPREAD_DIGITS = 2, MOST_DECIMALS = 9, NUMBER_TEXT = 400 };

#define CLOCK_FROM   120.0   /* seconds that read as minutes */
#define GROUPED_FROM 10000.0 /* numbers with commas */

/* A unit as it is shown, and how many of the family's base unit it is. */
struct scale {
    double size;
    const char *name;
};

static const struct scale TIMES[] = {{1e-9, "ns"}, {1e-6, "\xC2\xB5s"}, {1e-3, "ms"}, {1, "s"}};
static const struct scale BYTES[] = {
    {1, "B"}, {1e3, "kB"}, {1e6, "MB"}, {1e9, "GB"}, {1e12, "TB"}, {1e15, "PB"}};

/* How a unit as it stands in a report is read. */
struct unit {
    const char *code;
    double size; /* in the family's base unit */
};

static const struct unit TIME_UNITS[] = {
    {"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}, {"min", 60}, {"h", 3600}};
static const struct unit BYTE_UNITS[] = {{"By", 1}, {"kBy", 1e3}, {"MBy", 1e6}, {"GBy", 1e9},
    {"TBy", 1e12}, {"KiBy", 1024.}, {"MiBy", 1048576.}, {"GiBy", 1073741824.},
    {"TiBy", 1099511627776.}};

/* What a unit means for the text: its family's scales, or one fixed name. */
struct reading {
    double size;
    const struct scale *scales;
    size_t scale_count;
    bool clock;
    bool counted;       /* what is counted has no parts: whole numbers stay whole */
    const char *suffix; /* behind the scale's name: /s */
    char name[64];      /* where there are no scales */
};

static double size_of(const struct unit *units, size_t count, struct slice code)
{
    for (size_t i = 0; i < count; i++)
        if (slice_is(code, units[i].code))
            return units[i].size;
    return 0;
}

/* The name of a unit without the braces of its notes, and tokens and requests cut short. */
static void plain_name(char *out, size_t size, struct slice unit)
{
    static const struct {
        const char *note, *name;
    } known[] = {{"{token}", "tok"}, {"{request}", "req"}};
    size_t length = 0;
    for (size_t i = 0; i < unit.size && length + 4 < size;) {
        size_t k = 0;
        while (k < ARRAY_SIZE(known) &&
               (unit.size - i < strlen(known[k].note) ||
                   memcmp(unit.data + i, known[k].note, strlen(known[k].note)) != 0))
            k++;
        if (k < ARRAY_SIZE(known)) {
            memcpy(out + length, known[k].name, strlen(known[k].name));
            length += strlen(known[k].name);
            i += strlen(known[k].note);
            continue;
        }
        if (unit.data[i] != '{' && unit.data[i] != '}')
            out[length++] = unit.data[i];
        i++;
    }
    out[length] = '\0';
}

static struct reading reading_of(struct slice unit)
{
    struct reading reading = {.size = 1, .suffix = ""};
    double size = size_of(TIME_UNITS, ARRAY_SIZE(TIME_UNITS), unit);
    if (size > 0) {
        reading.size = size;
        reading.scales = TIMES;
        reading.scale_count = ARRAY_SIZE(TIMES);
        reading.clock = true;
        return reading;
    }
    struct slice bytes = unit;
    if (unit.size > 2 && memcmp(unit.data + unit.size - 2, "/s", 2) == 0)
        bytes.size -= 2;
    size = size_of(BYTE_UNITS, ARRAY_SIZE(BYTE_UNITS), bytes);
    if (size > 0) {
        reading.size = size;
        reading.scales = BYTES;
        reading.scale_count = ARRAY_SIZE(BYTES);
        reading.suffix = bytes.size < unit.size ? "/s" : "";
        reading.counted = bytes.size == unit.size;
        return reading;
    }
    /* 1, nothing, or one {note}. */
    reading.counted =
        unit.size == 0 || slice_is(unit, "1") ||
        (unit.data[0] == '{' && memchr(unit.data, '}', unit.size) == unit.data + unit.size - 1);
    if (slice_is(unit, "%"))
        strcpy(reading.name, "%");
    else if (!slice_is(unit, "1"))
        plain_name(reading.name, sizeof reading.name, unit);
    return reading;
}

/*
 * A decimal tie rounds away from zero: 92.55 is 92.6, though the nearest binary
 * number, which printf rounds, lies a little below it.
 */
static double nudged(double value)
{
    return value * (1 + 1e-12);
}

/* The value with so many digits that count, as a number again. */
static double rounded(double value, int digits)
{
    char text[64];
    snprintf(text, sizeof text, "%.*e", digits - 1, nudged(value));
    return strtod(text, NULL);
}

/* The index of the largest scale in which the value is at least 1. */
static size_t scale_for(const struct reading *reading, double base_value)
{
    size_t at = 0;
    double size = fabs(rounded(base_value, DIGITS));
    if (size == 0)
        return reading->clock ? reading->scale_count - 1 : 0;
    while (at + 1 < reading->scale_count && size >= reading->scales[at + 1].size)
        at++;
    return at;
}

/* The decimals that show so many digits that count. */
static int decimals_for(double value, int digits)
{
    if (value == 0)
        return 0;
    int decimals = digits - 1 - (int)floor(log10(fabs(rounded(value, digits))));
    return decimals < 0 ? 0 : decimals;
}

static void add_grouped(struct buffer *out, const char *number)
{
    size_t sign = number[0] == '-', whole = strcspn(number + sign, ".");
    buffer_add(out, number, sign);
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            buffer_add_char(out, ',');
        buffer_add_char(out, number[sign + i]);
    }
    buffer_add_text(out, number + sign + whole);
}

static void add_number(struct buffer *out, double value, int decimals)
{
    char text[NUMBER_TEXT];
    if (decimals > MOST_DECIMALS || fabs(value) >= 1e15) {
        buffer_add_format(out, "%.*g", DIGITS, value);
        return;
    }
    snprintf(text, sizeof text, "%.*f", decimals, nudged(value));
    /* -0.0 would be a sign without a number. */
    const char *shown = strtod(text, NULL) == 0 && text[0] == '-' ? text + 1 : text;
    if (fabs(value) >= GROUPED_FROM)
        add_grouped(out, shown);
    else
        buffer_add_text(out, shown);
}

static void add_clock(struct buffer *out, double seconds)
{
    if (seconds < 0)
        buffer_add_char(out, '-');
    uint64_t all = (uint64_t)llround(fabs(seconds));
    uint64_t days = all / 86400, hours = all / 3600 % 24, minutes = all / 60 % 60;
    if (days > 0)
        buffer_add_format(out, "%" PRIu64 " d %" PRIu64 " h", days, hours);
    else if (hours > 0)
        buffer_add_format(
            out, "%" PRIu64 " h %" PRIu64 " min %" PRIu64 " s", hours, minutes, all % 60);
    else
        buffer_add_format(out, "%" PRIu64 " min %" PRIu64 " s", minutes, all % 60);
}

static bool is_clock(const struct reading *reading, double base_value)
{
    double seconds = fabs(rounded(base_value, DIGITS));
    return reading->clock && seconds >= CLOCK_FROM && seconds < 1e12;
}

/* The unit, and how many of its base unit it is. */
static double shown_size(const struct reading *reading, double base_value)
{
    return reading->scale_count ? reading->scales[scale_for(reading, base_value)].size : 1;
}

static void add_unit(struct buffer *out, const struct reading *reading, double base_value)
{
    const char *name =
        reading->scale_count ? reading->scales[scale_for(reading, base_value)].name : reading->name;
    if (name[0] == '\0')
        return;
    if (strcmp(name, "%") != 0)
        buffer_add_char(out, ' ');
    buffer_add_text(out, name);
    buffer_add_text(out, reading->suffix);
}

static bool is_whole(const struct reading *reading, double base_value)
{
    return reading->counted && base_value == floor(base_value) && fabs(base_value) < 1e15 &&
           shown_size(reading, base_value) == 1;
}

void quantity_add(struct buffer *out, double value, struct slice unit)
{
    struct reading reading = reading_of(unit);
    double base = value * reading.size;
    if (!isfinite(value)) {
        buffer_add_text(out, QUANTITY_UNKNOWN);
        return;
    }
    if (is_clock(&reading, base)) {
        add_clock(out, base);
        return;
    }
    double shown = base / shown_size(&reading, base);
    add_number(out, shown, is_whole(&reading, base) ? 0 : decimals_for(shown, DIGITS));
    add_unit(out, &reading, base);
}

void quantity_add_spread(struct buffer *out, double value, double spread, struct slice unit)
{
    struct reading reading = reading_of(unit);
    double base = value * reading.size, size = shown_size(&reading, base);
    if (!isfinite(value) || !isfinite(spread) || spread <= 0 || is_clock(&reading, base)) {
        quantity_add(out, value, unit);
        return;
    }
    double shown = base / size, width = spread * reading.size / size;
    int decimals = decimals_for(width, SPREAD_DIGITS);
    add_number(out, shown, decimals);
    buffer_add_text(out, " \xC2\xB1 ");
    add_number(out, width, decimals);
    add_unit(out, &reading, base);
}

/* More of them where two numbers would read alike, but only a few. */
static int decimals_that_part(double low, double high, int decimals)
{
    int most = decimals + MORE_DECIMALS;
    while (low != high && decimals < most) {
        double step = pow(10, -decimals);
        if (round(nudged(low) / step) != round(nudged(high) / step))
            break;
        decimals++;
    }
    return decimals;
}

/* Two numbers in the larger one's scale; merged: one where they read alike. */
static void add_pair(struct buffer *out, double low, double high, const char *between, bool merged,
    struct slice unit)
{
    struct reading reading = reading_of(unit);
    double base = high * reading.size, size = shown_size(&reading, base);
    struct buffer first = BUFFER_INIT, second = BUFFER_INIT;
    bool clock = is_clock(&reading, base);
    size_t number;
    if (clock) {
        quantity_add(&first, low, unit);
        quantity_add(&second, high, unit);
        number = second.size;
    } else {
        int decimals = decimals_for(base / size, DIGITS);
        if (is_whole(&reading, base) && is_whole(&reading, low * reading.size))
            decimals = 0;
        else if (!merged)
            decimals = decimals_that_part(low * reading.size / size, base / size, decimals);
        add_number(&first, low * reading.size / size, decimals);
        add_number(&second, base / size, decimals);
        number = second.size;
        add_unit(&second, &reading, base);
    }
    if (!merged || !slice_equal(buffer_slice(&first), (struct slice){second.data, number})) {
        buffer_add_slice(out, buffer_slice(&first));
        buffer_add_text(out, clock && between[0] == '-' ? " - " : between);
    }
    buffer_add_slice(out, buffer_slice(&second));
    buffer_release(&first);
    buffer_release(&second);
}

void quantity_add_range(struct buffer *out, double low, double high, struct slice unit)
{
    if (isfinite(low) && isfinite(high))
        add_pair(out, low, high, low < 0 ? " to " : "-", true, unit);
    else
        quantity_add(out, isfinite(high) ? high : low, unit);
}

void quantity_add_interval(struct buffer *out, double low, double high, struct slice unit)
{
    if (isfinite(low) && isfinite(high)) {
        add_pair(out, low, high, " to ", false, unit);
        return;
    }
    if (isnan(low) && isnan(high)) {
        buffer_add_text(out, QUANTITY_UNKNOWN);
        return;
    }
    quantity_add(out, low, unit);
    buffer_add_text(out, " to ");
    quantity_add(out, high, unit);
}

void quantity_add_count(struct buffer *out, uint64_t count)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, count);
    if (count >= (uint64_t)GROUPED_FROM)
        add_grouped(out, text);
    else
        buffer_add_text(out, text);
}

void quantity_add_change(struct buffer *out, double ratio)
{
    char text[NUMBER_TEXT];
    double percent = 100 * (ratio - 1);
    if (!isfinite(percent) || ratio < 0) {
        buffer_add_text(out, QUANTITY_UNKNOWN);
        return;
    }
    snprintf(text, sizeof text, "%+.1f", nudged(percent));
    if (strtod(text, NULL) == 0)
        strcpy(text, "0.0");
    if (fabs(percent) >= GROUPED_FROM && percent < 1e15) {
        buffer_add_char(out, '+');
        add_grouped(out, text + 1);
    } else {
        buffer_add_text(out, text);
    }
    buffer_add_char(out, '%');
}

void quantity_add_ratio(struct buffer *out, double ratio)
{
    if (!isfinite(ratio)) {
        buffer_add_text(out, QUANTITY_UNKNOWN);
        return;
    }
    add_number(out, ratio, decimals_for(ratio, DIGITS));
    buffer_add_text(out, "\xC3\x97");
}

void quantity_add_shift(struct buffer *out, double shift, struct slice unit)
{
    if (shift > 0)
        buffer_add_char(out, '+');
    quantity_add(out, shift, unit);
}

void quantity_add_share(struct buffer *out, double share)
{
    if (!isfinite(share)) {
        buffer_add_text(out, QUANTITY_UNKNOWN);
        return;
    }
    add_number(out, 100 * share, 1);
    buffer_add_char(out, '%');
}

void quantity_add_limit(struct buffer *out, double share)
{
    if (isfinite(share))
        buffer_add_format(out, "%.6g%%", 100 * share);
    else
        buffer_add_text(out, QUANTITY_UNKNOWN);
}

void quantity_add_part(struct buffer *out, double part, double all)
{
    if (!(all > 0 && part >= 0 && part <= all)) {
        buffer_add_text(out, QUANTITY_UNKNOWN);
        return;
    }
    quantity_add_count(out, (uint64_t)part);
    buffer_add_text(out, " of ");
    quantity_add_count(out, (uint64_t)all);
    buffer_add_text(out, " (");
    quantity_add_share(out, part / all);
    buffer_add_char(out, ')');
}
