/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/sides_parts.h"

#include <math.h>

struct sides_machine sides_machine_of(const struct report_run *run, struct slice host)
{
    return (struct sides_machine){.model = run->machine_model,
        .cpu = run->cpu_model,
        .container = run->container,
        .vm = run->vm,
        .host = host,
        .cores = run->cores_physical,
        .memory_gib = round(run->memory_bytes / 1073741824)};
}

static void add_text(struct buffer *out, struct slice text)
{
    if (text.size == 0 || slice_is(text, "none"))
        return;
    buffer_add_comma(out, 0);
    buffer_add_slice(out, text);
}

static void add_number(struct buffer *out, double value, const char *what)
{
    if (isnan(value))
        return;
    buffer_add_comma(out, 0);
    buffer_add_format(out, "%.0f %s", value, what);
}

struct slice sides_machine_name(
    const struct sides_machine *machine, struct buffer *out, struct arena *arena)
{
    buffer_reset(out);
    add_text(out, machine->host);
    add_text(out, machine->model);
    add_text(out, machine->cpu);
    add_number(out, machine->cores, machine->cores == 1 ? "core" : "cores");
    add_number(out, machine->memory_gib, "GiB");
    add_text(out, machine->vm);
    add_text(out, machine->container);
    return arena_slice(arena, buffer_slice(out));
}

static bool texts_differ(struct slice a, struct slice b)
{
    return a.data && b.data && !slice_equal(a, b);
}

static bool numbers_differ(double a, double b)
{
    return !isnan(a) && !isnan(b) && a != b;
}

bool sides_machines_differ(const struct sides_machine *a, const struct sides_machine *b)
{
    return texts_differ(a->model, b->model) || texts_differ(a->cpu, b->cpu) ||
           texts_differ(a->container, b->container) || texts_differ(a->vm, b->vm) ||
           texts_differ(a->host, b->host) || numbers_differ(a->cores, b->cores) ||
           numbers_differ(a->memory_gib, b->memory_gib);
}
