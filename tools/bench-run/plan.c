/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "plan.h"

#include "base/memory.h"
#include "process/words.h"
#include "tool/tool.h"

#include <stdlib.h>
#include <string.h>

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static size_t add_spec(struct plan *plan, const char *const *arguments, char *const *environment)
{
    MEMORY_GROW(plan->specs, plan->spec_count, plan->spec_capacity);
    plan->specs[plan->spec_count] = (struct process_spec){
        .arguments = arguments, .environment = environment, .errors = {.kind = PROCESS_PIPE}};
    return plan->spec_count++;
}

/* A word as a shell reads it back. */
static void add_quoted(struct buffer *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "%+,-./:=@_";
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
        buffer_add_text(out, word);
        return;
    }
    buffer_add_char(out, '\'');
    for (; *word; word++)
        if (*word == '\'')
            buffer_add_text(out, "'\\''");
        else
            buffer_add_char(out, *word);
    buffer_add_char(out, '\'');
}

/* One command, given as words behind "--". */
static void plan_words(struct plan *plan, const struct operands *operands, char *const *environment)
{
    struct buffer shown = BUFFER_INIT;
    const char **arguments = arena_take(&plan->arena, (operands->count + 1) * sizeof *arguments);
    for (size_t i = 0; i < operands->count; i++) {
        arguments[i] = operands->items[i];
        buffer_add_text(&shown, i ? " " : "");
        add_quoted(&shown, arguments[i]);
    }
    arguments[operands->count] = NULL;
    plan->cells[0].command = arena_text(&plan->arena, buffer_text(&shown));
    plan->cells[0].spec = add_spec(plan, arguments, environment);
    plan->count = 1;
    buffer_release(&shown);
}

static int plan_command(
    struct plan *plan, const char *command, char *const *environment, struct error *error)
{
    struct words words;
    if (words_split(&words, &plan->arena, command, error) != 0)
        return -1;
    if (words.special > 0)
        tool_note("no shell runs \"%s\": its %c is handed on as it stands", command,
            command[words.special - 1]);
    struct cell *cell = &plan->cells[plan->count++];
    cell->command = command;
    cell->spec = add_spec(plan, (const char *const *)words.items, environment);
    return 0;
}

/* One value for all cells, or one for each. */
static int check_count(
    const struct option_list *list, size_t cells, const char *option, struct error *error)
{
    if (list->count <= 1 || list->count == cells)
        return 0;
    return error_set(error, ERROR_USAGE,
        "%zu times %s for %zu command%s; expected one for all, or one for each", list->count,
        option, cells, cells == 1 ? "" : "s");
}

static const char *choose(const struct option_list *list, size_t index)
{
    return list->count == 0 ? NULL : list->items[list->count == 1 ? 0 : index];
}

static int check_empty(const struct option_list *list, const char *option, struct error *error)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i][0] == '\0')
            return error_set(error, ERROR_USAGE, "%s: a name is empty", option);
    return 0;
}

static int name_cells(struct plan *plan, const struct settings *settings, struct error *error)
{
    const struct option_list *names = &settings->names, *variants = &settings->variants;
    if (check_count(names, plan->count, "-n", error) != 0 ||
        check_count(variants, plan->count, "--variant", error) != 0 ||
        check_empty(names, "-n", error) != 0 || check_empty(variants, "--variant", error) != 0)
        return -1;
    for (size_t i = 0; i < plan->count; i++) {
        struct cell *cell = &plan->cells[i];
        cell->name = choose(names, i);
        cell->variant = choose(variants, i);
        if (!cell->name)
            cell->name = cell->command;
    }
    return 0;
}

/*
 * The same command twice is a repetition (how much does the machine vary?);
 * two commands under one name would be taken for one.
 */
static int number_repetitions(struct plan *plan, struct error *error)
{
    for (size_t i = 0; i < plan->count; i++) {
        struct cell *cell = &plan->cells[i];
        for (size_t j = 0; j < i; j++) {
            const struct cell *other = &plan->cells[j];
            if (!same_text(cell->name, other->name) || !same_text(cell->variant, other->variant))
                continue;
            if (!same_text(cell->command, other->command))
                return error_set(error, ERROR_USAGE,
                    "\"%s\" and \"%s\" would be one benchmark, \"%s\"; give each a --variant or "
                    "a -n of its own",
                    other->command, cell->command, cell->name);
            cell->repetition = other->repetition + 1;
        }
    }
    return 0;
}

/* Sides of a benchmark that has no common name could never be compared. */
static int check_sides(
    const struct plan *plan, const struct settings *settings, struct error *error)
{
    if (settings->names.count > 0)
        return 0;
    for (size_t i = 1; i < plan->count; i++)
        if (!same_text(plan->cells[i].variant, plan->cells[0].variant) &&
            !same_text(plan->cells[i].command, plan->cells[0].command))
            return error_set(error, ERROR_USAGE,
                "--variant says on which side of one benchmark a command is; name the benchmark "
                "with -n NAME");
    return 0;
}

int plan_create(struct plan *plan, const struct settings *settings, const struct operands *operands,
    char *const *environment, struct error *error)
{
    *plan = (struct plan){.arena = ARENA_INIT};
    if (operands->count == 0)
        return error_set(error, ERROR_USAGE, "there is no command to measure; --help shows how");
    if (operands->dashes && operands->before_dashes > 0)
        return error_set(error, ERROR_USAGE,
            "commands before and behind --; expected either command lines, or -- and the words "
            "of one command");
    plan->cells = arena_zero(&plan->arena, operands->count, sizeof *plan->cells);
    if (operands->dashes)
        plan_words(plan, operands, environment);
    for (size_t i = 0; !operands->dashes && i < operands->count; i++)
        if (plan_command(plan, operands->items[i], environment, error) != 0)
            return -1;
    if (name_cells(plan, settings, error) != 0 || check_sides(plan, settings, error) != 0)
        return -1;
    return number_repetitions(plan, error);
}

void plan_release(struct plan *plan)
{
    free(plan->specs);
    arena_release(&plan->arena);
}
