/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tool/form.h"

#include "tool/terminal.h"

#include <unistd.h>

enum { WIDTH_ELSEWHERE = 120 };

const char *const form_names[] = {"table", "jsonl", "csv", "markdown", "github", "auto", NULL};

enum form form_choose(enum form asked, const char *output, struct table_look *look)
{
    bool terminal = !output && terminal_is(STDOUT_FILENO);
    *look = (struct table_look){
        .width = terminal ? (size_t)terminal_width(STDOUT_FILENO) : WIDTH_ELSEWHERE,
        .colour = terminal && terminal_colour(STDOUT_FILENO)};
    if (asked != FORM_AUTO)
        return asked;
    return terminal ? FORM_TABLE : FORM_JSONL;
}
