/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/unit.h"

#include "base/compiler.h"

#include <math.h>
#include <string.h>

/* A unit is up / down of its kind's first one. */
struct known_unit {
    const char *name, *kind;
    double up, down;
};

static const struct known_unit known_units[] = {
    {"s", "s", 1, 1},
    {"ms", "s", 1, 1e3},
    {"us", "s", 1, 1e6},
    {"\302\265s", "s", 1, 1e6}, /* micro sign */
    {"\316\274s", "s", 1, 1e6}, /* Greek mu */
    {"ns", "s", 1, 1e9},
    {"ps", "s", 1, 1e12},
    {"min", "s", 60, 1},
    {"h", "s", 3600, 1},
    {"d", "s", 86400, 1},
    {"By", "By", 1, 1},
    {"kBy", "By", 1e3, 1},
    {"MBy", "By", 1e6, 1},
    {"GBy", "By", 1e9, 1},
    {"TBy", "By", 1e12, 1},
    {"KiBy", "By", 1024, 1},
    {"MiBy", "By", 1048576, 1},
    {"GiBy", "By", 1073741824, 1},
    {"TiBy", "By", 1099511627776, 1},
    {"bit", "By", 1, 8},
    {"1", "1", 1, 1},
    {"%", "1", 1, 100},
    {"Hz", "Hz", 1, 1},
    {"kHz", "Hz", 1e3, 1},
    {"MHz", "Hz", 1e6, 1},
    {"GHz", "Hz", 1e9, 1},
    {"J", "J", 1, 1},
    {"uJ", "J", 1, 1e6},
    {"mJ", "J", 1, 1e3},
    {"kJ", "J", 1e3, 1},
    {"W", "W", 1, 1},
    {"mW", "W", 1, 1e3},
    {"kW", "W", 1e3, 1},
};

static const struct known_unit *find_known(struct slice name)
{
    for (size_t i = 0; i < ARRAY_SIZE(known_units); i++)
        if (slice_is(name, known_units[i].name))
            return &known_units[i];
    return NULL;
}

/* From one whole number by another, shortened where they divide. */
static struct unit_step shortened(double up, double down)
{
    if (fmod(up, down) == 0)
        return (struct unit_step){up / down, 1};
    if (fmod(down, up) == 0)
        return (struct unit_step){1, down / up};
    return (struct unit_step){up, down};
}

static bool plain_step(struct unit_step *out, struct slice from, struct slice to)
{
    const struct known_unit *a = find_known(from), *b = find_known(to);
    *out = (struct unit_step){1, 1};
    if (slice_equal(from, to))
        return true;
    if (!a || !b || strcmp(a->kind, b->kind) != 0)
        return false;
    *out = shortened(a->up * b->down, a->down * b->up);
    return true;
}

/* The parts before and behind a '/' that stands in no braces; the second is "" without one. */
static void split(struct slice unit, struct slice *over, struct slice *under)
{
    bool note = false;
    *over = unit;
    *under = (struct slice){NULL, 0};
    for (size_t i = 0; i < unit.size; i++) {
        if (unit.data[i] == '{' || unit.data[i] == '}')
            note = unit.data[i] == '{';
        if (unit.data[i] != '/' || note)
            continue;
        over->size = i;
        *under = (struct slice){unit.data + i + 1, unit.size - i - 1};
        return;
    }
}

bool unit_step_between(struct unit_step *out, struct slice from, struct slice to)
{
    struct slice from_over, from_under, to_over, to_under;
    struct unit_step over, under;
    split(from, &from_over, &from_under);
    split(to, &to_over, &to_under);
    *out = (struct unit_step){1, 1};
    if (slice_equal(from, to))
        return true;
    if (!plain_step(&over, from_over, to_over) || !plain_step(&under, from_under, to_under))
        return false;
    *out = shortened(over.up * under.down, over.down * under.up);
    return true;
}

/* A note in braces is the whole unit: {token}. */
static bool is_note(struct slice unit)
{
    return unit.size >= 2 && unit.data[0] == '{' &&
           (const char *)memchr(unit.data, '}', unit.size) == unit.data + unit.size - 1;
}

static bool is_of_kind(struct slice unit, const char *kind)
{
    const struct known_unit *known = find_known(unit);
    return known && strcmp(known->kind, kind) == 0;
}

bool unit_takes_time(struct slice unit)
{
    struct slice over, under;
    split(unit, &over, &under);
    return is_of_kind(under.data ? under : over, "s");
}

bool unit_is_never_negative(struct slice unit)
{
    struct slice over, under;
    split(unit, &over, &under);
    const struct known_unit *known = find_known(over);
    return is_note(over) || (known && strcmp(known->kind, "1") != 0);
}

/* ---- as people write them --------------------------------------------------------- */

static const struct {
    const char *written, *meant;
} spoken_units[] = {
    {"tok", "{token}"},
    {"token", "{token}"},
    {"tokens", "{token}"},
    {"req", "{request}"},
    {"request", "{request}"},
    {"requests", "{request}"},
    {"sec", "s"},
    {"msec", "ms"},
    {"B", "By"},
    {"KB", "kBy"},
    {"kB", "kBy"},
    {"MB", "MBy"},
    {"GB", "GBy"},
    {"TB", "TBy"},
    {"KiB", "KiBy"},
    {"MiB", "MiBy"},
    {"GiB", "GiBy"},
    {"TiB", "TiBy"},
};

static struct slice meant_unit(struct slice part)
{
    if (find_known(part) || (is_note(part) && part.size > 2))
        return part;
    for (size_t i = 0; i < ARRAY_SIZE(spoken_units); i++)
        if (slice_is(part, spoken_units[i].written))
            return slice_of(spoken_units[i].meant);
    return (struct slice){NULL, 0};
}

bool unit_read(struct buffer *out, struct slice text)
{
    struct slice over, under;
    split(text, &over, &under);
    over = meant_unit(over);
    if (!over.data || (under.data && !meant_unit(under).data))
        return false;
    buffer_add_slice(out, over);
    if (under.data) {
        buffer_add_char(out, '/');
        buffer_add_slice(out, meant_unit(under));
    }
    return true;
}

bool unit_is_countable(struct slice unit)
{
    const struct known_unit *known = find_known(unit);
    if (known)
        return strcmp(known->kind, "By") == 0 || slice_is(unit, "1");
    return is_note(unit);
}
