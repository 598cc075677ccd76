/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "show.h"

#include "base/output.h"
#include "document/character.h"
#include "figures.h"
#include "quote.h"
#include "subject.h"

#include <string.h>

/* Adds what a suite of somebody else's says, and ends the line; line is empty then. */
static void add_line(struct buffer *out, struct buffer *line)
{
    text_safe(out, buffer_slice(line));
    buffer_add_char(out, '\n');
    buffer_reset(line);
}

/* The same; a script keeps its lines. */
static void add_script(struct buffer *out, struct buffer *line)
{
    struct slice text = buffer_slice(line);
    for (const char *end; (end = memchr(text.data, '\n', text.size));) {
        text_safe(out, (struct slice){text.data, (size_t)(end - text.data)});
        buffer_add_char(out, '\n');
        text.size -= (size_t)(end + 1 - text.data);
        text.data = end + 1;
    }
    text_safe(out, text);
    buffer_add_char(out, '\n');
    buffer_reset(line);
}

static void add_title(struct buffer *out, struct buffer *line, const struct cell *cell)
{
    const struct subject subject = {.cell = cell};
    figures_add_title(line, &subject);
    add_line(out, line);
}

static void add_program(
    struct buffer *out, struct buffer *line, const char *what, const struct process_spec *spec)
{
    buffer_add_format(line, "  %-8s  ", what);
    quote_words(line, spec->arguments);
    if (spec->directory)
        buffer_add_format(line, "  (in %s)", spec->directory);
    add_script(out, line);
}

static void add_cell(
    struct buffer *out, struct buffer *line, const struct plan *plan, const struct cell *cell)
{
    for (int i = 0; i < HOOKS; i++) {
        if (i == HOOK_CONCLUDE && cell->spec != NO_SPEC)
            add_program(out, line, "run", &plan->specs[cell->spec]);
        if (cell->hooks[i] != NO_SPEC)
            add_program(out, line, hook_name((enum hook)i), &plan->specs[cell->hooks[i]]);
    }
    if (cell->bench->skip) {
        buffer_add_format(line, "  skipped   %s", cell->bench->skip);
        add_line(out, line);
    }
}

int show_plan(const struct plan *plan, const struct settings *settings, struct error *error)
{
    struct buffer text = BUFFER_INIT, line = BUFFER_INIT;
    struct output *output;
    for (size_t i = 0; i < plan->count; i++) {
        add_title(&text, &line, &plan->cells[i]);
        if (settings->dry_run)
            add_cell(&text, &line, plan, &plan->cells[i]);
    }
    int status = STATUS_MACHINE;
    if (output_open(&output, NULL, error) == 0) {
        output_write(output, buffer_slice(&text), error);
        if (output_commit(output, error) == 0)
            status = STATUS_DONE;
    }
    buffer_release(&line);
    buffer_release(&text);
    return status;
}
