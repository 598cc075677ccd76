/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tool/form.h"

#include "base/output.h"
#include "tool/terminal.h"

#include <unistd.h>

enum { WIDTH_ELSEWHERE = 120 };

const char *const form_names[] = {"auto", "table", "jsonl", "csv", "markdown", "github", NULL};
const char *const form_names_basic[] = {"auto", "table", "jsonl", NULL};

static void write_report(struct buffer *out, const struct report *report,
    const struct form_writers *writers, enum form asked, bool terminal)
{
    const struct table_look look = {
        .width = terminal ? (size_t)terminal_width(STDOUT_FILENO) : WIDTH_ELSEWHERE,
        .colour = terminal && terminal_colour(STDOUT_FILENO)};
    enum form automatic = terminal ? FORM_TABLE : FORM_JSONL;
    switch (asked == FORM_AUTO ? automatic : asked) {
    case FORM_TABLE: writers->table(out, report, &look); break;
    case FORM_CSV: writers->csv(out, report); break;
    case FORM_MARKDOWN: writers->markdown(out, report); break;
    case FORM_GITHUB: writers->github(out, report); break;
    default: writers->jsonl(out, report); break;
    }
}

int form_put(const struct report *report, const struct form_writers *writers, enum form asked,
    const char *output, bool whole, struct error *error)
{
    struct buffer text = BUFFER_INIT;
    bool terminal = !output && terminal_is(STDOUT_FILENO);
    write_report(&text, report, writers, asked, terminal);
    int result = output_put(output, buffer_slice(&text), whole, error);
    buffer_release(&text);
    return result;
}
