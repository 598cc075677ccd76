/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/options.h"

#include <stdio.h>
#include <string.h>

enum { INDENT = 2, HELP_COLUMN = 28, WIDTH = 79 };

/* Words from text, broken at WIDTH, each line after the first indented. */
static void add_wrapped(struct buffer *out, const char *text, size_t indent)
{
    size_t column = indent;
    for (const char *word = text; *word;) {
        size_t length = strcspn(word, " \n");
        if (column > indent && column + 1 + length > WIDTH) {
            buffer_add_format(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            buffer_add_char(out, ' ');
            column++;
        }
        buffer_add(out, word, length);
        column += length;
        word += length + strspn(word + length, " \n");
    }
    buffer_add_char(out, '\n');
}

static void add_names(struct buffer *out, const struct option *option)
{
    size_t start = out->size;
    bool left_out = option->argument && option->argument[0] == '[';

    buffer_add_format(out, "%*s", INDENT, "");
    if (option->letter)
        buffer_add_format(out, "-%c%s", option->letter, option->name ? ", " : "");
    else
        buffer_add_text(out, "    ");
    if (option->name)
        buffer_add_format(out, "--%s", option->name);
    if (left_out)
        buffer_add_format(out, "[=%.*s]", (int)strlen(option->argument) - 2, option->argument + 1);
    else if (option->argument)
        buffer_add_format(out, " %s", option->argument);
    size_t length = out->size - start;
    if (length + 2 > HELP_COLUMN)
        buffer_add_format(out, "\n%*s", HELP_COLUMN, "");
    else
        buffer_add_format(out, "%*s", (int)(HELP_COLUMN - length), "");
}

static void add_option(struct buffer *out, const struct option *option)
{
    struct buffer text = BUFFER_INIT;

    add_names(out, option);
    buffer_add_text(&text, option->help);
    if (option->kind == OPTION_KIND_CHOICE) {
        buffer_add_text(&text, ":");
        for (int i = 0; option->choices[i]; i++)
            buffer_add_format(&text, "%s %s", i ? "," : "", option->choices[i]);
    }
    add_wrapped(out, buffer_text(&text), HELP_COLUMN);
    buffer_release(&text);
}

void options_help(const struct command *command, struct buffer *out)
{
    for (int i = 0; command->usage[i]; i++)
        buffer_add_format(out, "%s %s%s%s\n", i ? "      " : "usage:", command->name,
            command->usage[i][0] ? " " : "", command->usage[i]);
    buffer_add_char(out, '\n');
    add_wrapped(out, command->summary, 0);
    for (const struct option *option = command->options; option->kind != OPTION_KIND_END;
         option++) {
        if (option->kind == OPTION_KIND_GROUP)
            buffer_add_format(out, "\n%s:\n", option->help);
        else if (!option->hidden)
            add_option(out, option);
    }
    buffer_add_text(out, "\nHelp:\n");
    buffer_add_format(out, "%-*s%s\n", HELP_COLUMN, "  -h, --help", "print this");
    buffer_add_format(out, "%-*s%s\n", HELP_COLUMN, "      --version",
        "print the version, and the report versions known");
    if (command->notes) {
        buffer_add_char(out, '\n');
        add_wrapped(out, command->notes, 0);
    }
}

void options_list(const struct option *options, struct buffer *out)
{
    for (const struct option *option = options; option->kind != OPTION_KIND_END; option++) {
        if (option->kind == OPTION_KIND_GROUP || option->hidden)
            continue;
        char letter[2] = {option->letter ? option->letter : '-', '\0'};
        buffer_add_format(out, "%s\t%s\t%s\t", letter, option->name ? option->name : "-",
            option->argument ? option->argument : "-");
        if (option->kind == OPTION_KIND_CHOICE)
            for (int i = 0; option->choices[i]; i++)
                buffer_add_format(out, "%s%s", i ? " " : "", option->choices[i]);
        else
            buffer_add_char(out, '-');
        buffer_add_format(out, "\t%s\n", option->help);
    }
    buffer_add_text(out, "h\thelp\t-\t-\tprint this help\n");
    buffer_add_text(out, "-\tversion\t-\t-\tprint the version\n");
}
