/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "show.h"

#include "base/output.h"
#include "figures.h"
#include "quote.h"
#include "subject.h"

static void add_title(struct buffer *out, const struct cell *cell)
{
    const struct subject subject = {.cell = cell};
    figures_add_title(out, &subject);
}

static void add_program(struct buffer *out, const char *what, const struct process_spec *spec)
{
    buffer_add_format(out, "  %-8s  ", what);
    quote_words(out, spec->arguments);
    if (spec->directory)
        buffer_add_format(out, "  (in %s)", spec->directory);
    buffer_add_char(out, '\n');
}

static void add_cell(struct buffer *out, const struct plan *plan, const struct cell *cell)
{
    for (int i = 0; i < HOOKS; i++) {
        if (i == HOOK_CONCLUDE && cell->spec != NO_SPEC)
            add_program(out, "run", &plan->specs[cell->spec]);
        if (cell->hooks[i] != NO_SPEC)
            add_program(out, hook_name((enum hook)i), &plan->specs[cell->hooks[i]]);
    }
    if (cell->bench->skip)
        buffer_add_format(out, "  skipped   %s\n", cell->bench->skip);
}

int show_plan(const struct plan *plan, const struct settings *settings, struct error *error)
{
    struct buffer text = BUFFER_INIT;
    struct output *output;
    for (size_t i = 0; i < plan->count; i++) {
        add_title(&text, &plan->cells[i]);
        buffer_add_char(&text, '\n');
        if (settings->dry_run)
            add_cell(&text, plan, &plan->cells[i]);
    }
    int status = STATUS_MACHINE;
    if (output_open(&output, NULL, error) == 0) {
        output_write(output, buffer_slice(&text), error);
        if (output_commit(output, error) == 0)
            status = STATUS_DONE;
    }
    buffer_release(&text);
    return status;
}
