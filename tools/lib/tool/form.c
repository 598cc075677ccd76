/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tool/form.h"

#include "base/output.h"
#include "tool/terminal.h"

#include <unistd.h>

const char *const form_names[] = {"auto", "table", "jsonl", "csv", "markdown", "github", NULL};
const char *const form_names_basic[] = {"auto", "table", "jsonl", NULL};

static enum form form_of(enum form asked, const char *output)
{
    if (asked != FORM_AUTO)
        return asked;
    return !output && terminal_is(STDOUT_FILENO) ? FORM_TABLE : FORM_JSONL;
}

int form_put(const struct report *report, const struct form_writers *writers, enum form asked,
    const char *output, bool whole, struct error *error)
{
    const struct table_look look = table_look_of(output);
    struct buffer text = BUFFER_INIT;
    switch (form_of(asked, output)) {
    case FORM_TABLE: writers->table(&text, report, &look); break;
    case FORM_CSV: writers->csv(&text, report); break;
    case FORM_MARKDOWN: writers->markdown(&text, report); break;
    case FORM_GITHUB: writers->github(&text, report); break;
    default: writers->jsonl(&text, report); break;
    }
    int result = output_put(output, buffer_slice(&text), whole, error);
    buffer_release(&text);
    return result;
}
