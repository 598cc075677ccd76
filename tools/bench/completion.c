/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "completion.h"

#include "base/memory.h"

#include <stdbool.h>
#include <string.h>

/* One line of a tool's answer to --list-options; "" for what is missing. */
struct entry {
    char *letter, *name, *argument, *choices, *help;
};

struct listing {
    struct buffer text;
    struct entry *entries;
    size_t count, capacity;
};

static char *take_field(char **rest)
{
    char *field = *rest;
    char *end = field + strcspn(field, "\t\n");
    *rest = *end == '\t' ? end + 1 : end;
    *end = '\0';
    if (strcmp(field, "-") == 0)
        *field = '\0';
    return field;
}

static int read_listing(
    const struct sisters *sisters, const char *tool, struct listing *out, struct error *error)
{
    *out = (struct listing){.text = BUFFER_INIT};
    if (sisters_ask(sisters, tool, "--list-options", &out->text, error) != 0)
        return -1;
    char *next = out->text.data;
    while (next && *next) {
        char *line = next, *end = strchr(line, '\n');
        next = end ? end + 1 : NULL;
        if (end)
            *end = '\0';
        MEMORY_GROW(out->entries, out->count, out->capacity);
        struct entry *entry = &out->entries[out->count++];
        entry->letter = take_field(&line);
        entry->name = take_field(&line);
        entry->argument = take_field(&line);
        entry->choices = take_field(&line);
        entry->help = take_field(&line);
    }
    return 0;
}

static void release_listing(struct listing *listing)
{
    free(listing->entries);
    buffer_release(&listing->text);
}

/* A text between single quotes; backslash as each shell wants a quote in it. */
static void add_quoted(struct buffer *out, const char *text, enum shell shell)
{
    buffer_add_char(out, '\'');
    for (; *text; text++) {
        if (*text == '\'')
            buffer_add_text(out, shell == SHELL_FISH ? "\\'" : "'\\''");
        else if (*text == '\\' && shell == SHELL_FISH)
            buffer_add_text(out, "\\\\");
        else if (shell == SHELL_ZSH && strchr("[]:", *text))
            buffer_add_format(out, "\\%c", *text);
        else
            buffer_add_char(out, *text);
    }
    buffer_add_char(out, '\'');
}

static bool takes_value(const struct entry *entry)
{
    return entry->argument[0] != '\0' && entry->argument[0] != '[';
}

/* ---- bash ---- */
static void add_bash_words(struct buffer *out, const char *tool, const struct listing *listing)
{
    buffer_add_format(out, "    bench-%s) words='", tool);
    for (size_t i = 0; i < listing->count; i++) {
        const struct entry *entry = &listing->entries[i];
        if (entry->name[0])
            buffer_add_format(out, "%s--%s", i ? " " : "", entry->name);
        else
            buffer_add_format(out, "%s-%s", i ? " " : "", entry->letter);
    }
    buffer_add_text(out, "' ;;\n");
}

static void add_bash_values(struct buffer *out, const char *tool, const struct listing *listing)
{
    for (size_t i = 0; i < listing->count; i++) {
        const struct entry *entry = &listing->entries[i];
        if (!takes_value(entry))
            continue;
        buffer_add_text(out, "    ");
        if (entry->letter[0])
            buffer_add_format(
                out, "bench-%s:-%s%s", tool, entry->letter, entry->name[0] ? "|" : "");
        if (entry->name[0])
            buffer_add_format(out, "bench-%s:--%s", tool, entry->name);
        if (entry->choices[0])
            buffer_add_format(out, ") values='%s' ;;\n", entry->choices);
        else
            buffer_add_text(out, ") values=FILES ;;\n");
    }
}

static void write_bash(
    const struct sisters *sisters, const struct listing *listings, struct buffer *out)
{
    buffer_add_text(out, "# Completion of benchline's tools for bash.\n_benchline()\n{\n"
                         "    local current=$2 previous=$3 tool=${1##*/} words= values=\n"
                         "    COMPREPLY=()\n"
                         "    if [ \"$tool\" = bench ]; then\n"
                         "        if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                         "            mapfile -t COMPREPLY < <(compgen -W 'help completion");
    for (size_t i = 0; i < sisters->count; i++)
        buffer_add_format(out, " %s", sisters->names[i]);
    buffer_add_text(out, "' -- \"$current\")\n            return\n        fi\n"
                         "        tool=bench-${COMP_WORDS[1]}\n    fi\n"
                         "    case $tool:$previous in\n");
    for (size_t i = 0; i < sisters->count; i++)
        add_bash_values(out, sisters->names[i], &listings[i]);
    buffer_add_text(out, "    esac\n    case $tool in\n");
    for (size_t i = 0; i < sisters->count; i++)
        add_bash_words(out, sisters->names[i], &listings[i]);
    buffer_add_text(out,
        "    esac\n"
        "    if [ \"$tool\" = bench-help ] || [ \"$tool\" = bench-completion ]; then\n"
        "        [ \"$tool\" = bench-completion ] && values='bash zsh fish' || values='");
    for (size_t i = 0; i < sisters->count; i++)
        buffer_add_format(out, "%s%s", i ? " " : "", sisters->names[i]);
    buffer_add_text(out,
        "'\n    fi\n"
        "    if [ -n \"$values\" ] && [ \"$values\" != FILES ]; then\n"
        "        mapfile -t COMPREPLY < <(compgen -W \"$values\" -- \"$current\")\n"
        "    elif [ -z \"$values\" ] && [[ $current == -* ]]; then\n"
        "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
        "    else\n"
        "        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
        "    fi\n}\ncomplete -o filenames -F _benchline bench");
    for (size_t i = 0; i < sisters->count; i++)
        buffer_add_format(out, " bench-%s", sisters->names[i]);
    buffer_add_char(out, '\n');
}

/* ---- zsh ---- */
static void add_zsh_entry(struct buffer *out, const struct entry *entry)
{
    buffer_add_text(out, " \\\n            ");
    if (entry->letter[0] && entry->name[0])
        buffer_add_format(
            out, "'(-%s --%s)'{-%s,--%s", entry->letter, entry->name, entry->letter, entry->name);
    else if (entry->name[0])
        buffer_add_format(out, "--%s", entry->name);
    else
        buffer_add_format(out, "-%s", entry->letter);
    if (entry->name[0] && takes_value(entry))
        buffer_add_char(out, '=');
    if (entry->letter[0] && entry->name[0])
        buffer_add_char(out, '}');
    buffer_add_char(out, '\'');
    buffer_add_char(out, '[');
    struct buffer help = BUFFER_INIT;
    add_quoted(&help, entry->help, SHELL_ZSH);
    buffer_add(out, help.data + 1, help.size - 2);
    buffer_release(&help);
    buffer_add_char(out, ']');
    if (takes_value(entry) && entry->choices[0])
        buffer_add_format(out, ":%s:(%s)", "value", entry->choices);
    else if (takes_value(entry))
        buffer_add_text(out, ":value:_files");
    buffer_add_char(out, '\'');
}

static void write_zsh(
    const struct sisters *sisters, const struct listing *listings, struct buffer *out)
{
    buffer_add_text(out, "#compdef bench");
    for (size_t i = 0; i < sisters->count; i++)
        buffer_add_format(out, " bench-%s", sisters->names[i]);
    buffer_add_text(out, "\n# Completion of benchline's tools for zsh.\n_benchline_tool() {\n"
                         "    case $1 in\n");
    for (size_t i = 0; i < sisters->count; i++) {
        buffer_add_format(out, "    %s)\n        _arguments", sisters->names[i]);
        for (size_t j = 0; j < listings[i].count; j++)
            add_zsh_entry(out, &listings[i].entries[j]);
        buffer_add_text(out, " \\\n            '*:file:_files'\n        ;;\n");
    }
    buffer_add_text(out, "    esac\n}\nif [[ $service == bench ]]; then\n"
                         "    if (( CURRENT == 2 )); then\n        compadd help completion");
    for (size_t i = 0; i < sisters->count; i++)
        buffer_add_format(out, " %s", sisters->names[i]);
    buffer_add_text(out, "\n    else\n        local tool=$words[2]\n        shift words\n"
                         "        (( CURRENT-- ))\n        _benchline_tool $tool\n    fi\nelse\n"
                         "    _benchline_tool ${service#bench-}\nfi\n");
}

/* ---- fish ---- */
static void add_fish_entry(struct buffer *out, const char *where, const struct entry *entry)
{
    buffer_add_format(out, "complete %s", where);
    if (entry->letter[0])
        buffer_add_format(out, " -s %s", entry->letter);
    if (entry->name[0])
        buffer_add_format(out, " -l %s", entry->name);
    buffer_add_text(out, " -d ");
    add_quoted(out, entry->help, SHELL_FISH);
    if (takes_value(entry) && entry->choices[0])
        buffer_add_format(out, " -x -a '%s'", entry->choices);
    else if (takes_value(entry))
        buffer_add_text(out, " -r");
    buffer_add_char(out, '\n');
}

static void write_fish(
    const struct sisters *sisters, const struct listing *listings, struct buffer *out)
{
    buffer_add_text(out, "# Completion of benchline's tools for fish.\n");
    buffer_add_text(out, "complete -c bench -n __fish_use_subcommand -f -a 'help completion");
    for (size_t i = 0; i < sisters->count; i++)
        buffer_add_format(out, " %s", sisters->names[i]);
    buffer_add_text(out, "'\ncomplete -c bench -n '__fish_seen_subcommand_from completion' -f -a "
                         "'bash zsh fish'\n");
    for (size_t i = 0; i < sisters->count; i++) {
        char *direct = memory_format("-c bench-%s", sisters->names[i]);
        char *through =
            memory_format("-c bench -n '__fish_seen_subcommand_from %s'", sisters->names[i]);
        for (size_t j = 0; j < listings[i].count; j++) {
            add_fish_entry(out, direct, &listings[i].entries[j]);
            add_fish_entry(out, through, &listings[i].entries[j]);
        }
        free(direct);
        free(through);
    }
}

int completion_write(
    const struct sisters *sisters, enum shell shell, struct buffer *out, struct error *error)
{
    struct listing *listings = memory_zero(sisters->count, sizeof *listings);
    int result = 0;
    for (size_t i = 0; i < sisters->count && result == 0; i++)
        result = read_listing(sisters, sisters->names[i], &listings[i], error);
    if (result == 0 && shell == SHELL_BASH)
        write_bash(sisters, listings, out);
    else if (result == 0 && shell == SHELL_ZSH)
        write_zsh(sisters, listings, out);
    else if (result == 0)
        write_fish(sisters, listings, out);
    for (size_t i = 0; i < sisters->count; i++)
        release_listing(&listings[i]);
    free(listings);
    return result;
}
