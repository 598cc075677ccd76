/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "plan.h"

#include "base/memory.h"
#include "machine/probe.h"
#include "parameters.h"
#include "process/words.h"
#include "query/glob.h"
#include "quote.h"
#include "suite.h"
#include "tool/tool.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The highest processor that the kernel's usual set can name. */
enum { CPUS_MOST = 1024 };

/* What is needed while cells are made. */
struct expansion {
    struct plan *plan;
    const struct settings *settings;
    char *const *environment;
    struct error *error;
    /* Of the cell that is made. */
    const struct bench *bench;
    struct point point;
    char *const *cell_environment;
};

const char *hook_name(enum hook hook)
{
    static const char *const names[HOOKS] = {"setup", "prepare", "conclude", "cleanup"};
    return names[hook];
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static const char *fill(const struct expansion *expansion, const char *text)
{
    return point_fill(&expansion->point, &expansion->plan->arena, text);
}

static size_t add_spec(struct plan *plan, const struct process_spec *spec)
{
    MEMORY_GROW(plan->specs, plan->spec_count, plan->spec_capacity);
    plan->specs[plan->spec_count] = *spec;
    return plan->spec_count++;
}

/* The words of the shell, -c and the text: NULL-terminated. */
static const char *const *shell_arguments(
    struct arena *arena, const char *shell, const char *text, struct error *error)
{
    struct words words;
    if (words_split(&words, arena, shell, error) != 0)
        return NULL;
    const char **arguments = arena_take(arena, (words.count + 3) * sizeof *arguments);
    memcpy(arguments, words.items, words.count * sizeof *arguments);
    arguments[words.count] = "-c";
    arguments[words.count + 1] = text;
    arguments[words.count + 2] = NULL;
    return arguments;
}

static size_t names_end(const char *entry)
{
    return strcspn(entry, "=");
}

/* The tool's environment with the benchmark's over it. */
static char *const *merge_environment(const struct expansion *expansion)
{
    const struct bench *bench = expansion->bench;
    if (bench->environment_count == 0)
        return expansion->environment;
    size_t count = 0, kept = 0;
    while (expansion->environment[count])
        count++;
    const char **merged = arena_take(
        &expansion->plan->arena, (count + bench->environment_count + 1) * sizeof *merged);
    for (size_t i = 0; i < bench->environment_count; i++)
        merged[kept++] = fill(expansion, bench->environment[i]);
    for (size_t i = 0; i < count; i++) {
        const char *entry = expansion->environment[i];
        size_t length = names_end(entry);
        bool hidden = false;
        for (size_t j = 0; j < bench->environment_count; j++)
            hidden = hidden ||
                     (names_end(merged[j]) == length && strncmp(merged[j], entry, length) == 0);
        if (!hidden)
            merged[kept++] = entry;
    }
    merged[kept] = NULL;
    return (char *const *)merged;
}

static struct process_stream fill_stream(
    const struct expansion *expansion, struct process_stream stream)
{
    stream.path = fill(expansion, stream.path);
    return stream;
}

static const char *const *fill_words(const struct expansion *expansion)
{
    const char *const *words = expansion->bench->words;
    size_t count = 0;
    while (words[count])
        count++;
    const char **filled = arena_take(&expansion->plan->arena, (count + 1) * sizeof *filled);
    for (size_t i = 0; i < count; i++)
        filled[i] = fill(expansion, words[i]);
    filled[count] = NULL;
    return filled;
}

/* The program of a cell, and the command as it is shown. */
static const char *const *command_arguments(struct expansion *expansion, struct cell *cell)
{
    const struct bench *bench = expansion->bench;
    struct arena *arena = &expansion->plan->arena;
    struct words words;
    if (bench->words) {
        const char *const *filled = fill_words(expansion);
        struct buffer shown = BUFFER_INIT;
        quote_words(&shown, filled);
        cell->command = arena_text(arena, buffer_text(&shown));
        buffer_release(&shown);
        return bench->shell ? shell_arguments(arena, bench->shell, cell->command, expansion->error)
                            : filled;
    }
    cell->command = fill(expansion, bench->command);
    if (bench->shell)
        return shell_arguments(arena, bench->shell, cell->command, expansion->error);
    if (words_split(&words, arena, cell->command, expansion->error) != 0)
        return NULL;
    if (words.special > 0)
        tool_note("no shell runs \"%s\": its %c is handed on as it stands (-S runs one)",
            cell->command, cell->command[words.special - 1]);
    return (const char *const *)words.items;
}

static int add_program(struct expansion *expansion, struct cell *cell)
{
    const struct settings *settings = expansion->settings;
    const struct bench *bench = expansion->bench;
    const char *const *arguments = command_arguments(expansion, cell);
    if (!arguments)
        return -1;
    const struct process_spec spec = {.arguments = arguments,
        .environment = expansion->cell_environment,
        .directory = fill(expansion, bench->directory),
        .input = fill_stream(expansion, bench->input),
        .output = fill_stream(expansion, bench->output),
        .errors = {bench->output.kind == PROCESS_INHERIT ? PROCESS_INHERIT : PROCESS_PIPE, NULL},
        .timeout_s = bench->timeout_s,
        .cpus = expansion->plan->cpus,
        .cpu_count = expansion->plan->cpu_count,
        .set_nice = settings->nice_given,
        .nice = (int)settings->nice,
        .counters = settings->counters,
        .no_aslr = settings->no_aslr};
    cell->spec = add_spec(expansion->plan, &spec);
    return 0;
}

/* Hooks are not measured, so a shell may always run them. */
static int add_hooks(struct expansion *expansion, struct cell *cell)
{
    const struct bench *bench = expansion->bench;
    const char *const texts[HOOKS] = {
        bench->setup, bench->prepare, bench->conclude, bench->cleanup};
    for (int i = 0; i < HOOKS; i++) {
        cell->hooks[i] = NO_SPEC;
        if (!texts[i])
            continue;
        const char *const *arguments = shell_arguments(&expansion->plan->arena,
            bench->shell ? bench->shell : "sh", fill(expansion, texts[i]), expansion->error);
        if (!arguments)
            return -1;
        const struct process_spec spec = {.arguments = arguments,
            .environment = expansion->cell_environment,
            .directory = fill(expansion, bench->directory),
            .output = {bench->output.kind == PROCESS_INHERIT ? PROCESS_INHERIT : PROCESS_NULL,
                NULL},
            .errors = {PROCESS_PIPE, NULL},
            .keep_children = true};
        cell->hooks[i] = add_spec(expansion->plan, &spec);
    }
    return 0;
}

/* Whether -b asks for it, by its name or by its suite and name. */
static bool is_wanted(const struct expansion *expansion, const char *name)
{
    const struct option_list *patterns = &expansion->settings->patterns;
    const char *suite = expansion->bench->suite;
    const char *whole = suite ? arena_format(&expansion->plan->arena, "%s/%s", suite, name) : name;
    for (size_t i = 0; i < patterns->count; i++) {
        struct slice pattern = slice_of(patterns->items[i]);
        if (glob_matches(pattern, slice_of(name)) || glob_matches(pattern, slice_of(whole)))
            return true;
    }
    return patterns->count == 0;
}

/* Whether the suite leaves this point out. */
static bool is_excluded(const struct expansion *expansion)
{
    const struct bench *bench = expansion->bench;
    for (size_t i = 0; i < bench->excluded_count; i++) {
        const struct excluded *excluded = &bench->excluded[i];
        size_t met = 0;
        for (size_t j = 0; j < excluded->count; j++)
            for (size_t k = 0; k < bench->parameter_count; k++)
                met += same_text(excluded->names[j], bench->parameters[k].name) &&
                       same_text(excluded->values[j],
                           bench->parameters[k].values[expansion->point.chosen[k]]);
        if (met == excluded->count)
            return true;
    }
    return false;
}

static int add_cell(struct expansion *expansion)
{
    struct plan *plan = expansion->plan;
    const struct bench *bench = expansion->bench;
    const char *name = fill(expansion, bench->name ? bench->name : "");
    if (is_excluded(expansion) || !is_wanted(expansion, name))
        return 0;
    if (plan->count == CELLS_MOST)
        return error_set(expansion->error, ERROR_USAGE,
            "there are more than %d benchmarks; take fewer values of the parameters", CELLS_MOST);
    MEMORY_GROW(plan->cells, plan->count, plan->capacity);
    struct cell *cell = &plan->cells[plan->count++];
    size_t *chosen = arena_zero(&plan->arena, bench->parameter_count + 1, sizeof *chosen);
    if (bench->parameter_count > 0)
        memcpy(chosen, expansion->point.chosen, bench->parameter_count * sizeof *chosen);
    *cell = (struct cell){.bench = bench,
        .chosen = chosen,
        .variant = fill(expansion, bench->variant),
        .name = fill(expansion, bench->name),
        .runs = bench->runs == INHERIT_SETTING ? expansion->settings->runs : bench->runs,
        .warmup = bench->warmup == INHERIT_SETTING ? expansion->settings->warmup : bench->warmup,
        .spec = NO_SPEC};
    expansion->cell_environment = merge_environment(expansion);
    if (add_program(expansion, cell) != 0 || add_hooks(expansion, cell) != 0)
        return -1;
    /* Its parameters stand beside the name, so the name need not hold their values. */
    if (!cell->name)
        cell->name = bench->command ? bench->command : cell->command;
    if (bench->skip)
        cell->spec = NO_SPEC;
    return 0;
}

/* What is a wrong command line elsewhere is a wrong file in a suite. */
static void place_in_suite(const struct bench *bench, struct error *error)
{
    if (!bench->file)
        return;
    error->code = ERROR_CONTENT;
    error->column = 0; /* of the command, not of the file */
    error_place(error, bench->file, bench->line, bench->column);
}

static int expand(struct expansion *expansion, const struct bench *bench, bool *used)
{
    expansion->bench = bench;
    expansion->point = (struct point){bench->parameters, bench->parameter_count,
        arena_zero(&expansion->plan->arena, bench->parameter_count + 1, sizeof(size_t)), used};
    do
        if (add_cell(expansion) != 0) {
            place_in_suite(bench, expansion->error);
            return -1;
        }
    while (point_next(&expansion->point));
    return 0;
}

/* Measuring the same for each of its values is rarely what was meant. */
static void note_unused(const struct bench *bench, const bool *used)
{
    for (size_t i = 0; i < bench->parameter_count; i++) {
        struct error note = ERROR_INIT;
        if (used[i] || bench->parameters[i].count == 1)
            continue;
        error_set(&note, ERROR_CONTENT, "no text names the parameter %s: expected a {%s}",
            bench->parameters[i].name, bench->parameters[i].name);
        error_place(&note, bench->file, bench->line, bench->column);
        tool_error(&note);
    }
}

/* The benchmarks of the command line share their parameters. */
static int expand_all(struct expansion *expansion)
{
    struct plan *plan = expansion->plan;
    const struct benches *benches = &plan->benches;
    for (size_t i = 0, next; i < benches->count; i = next) {
        const struct bench *first = &benches->items[i];
        bool *used = arena_zero(&plan->arena, first->parameter_count + 1, sizeof *used);
        size_t before = plan->count;
        for (next = i; next < benches->count &&
                       (next == i || benches->items[next].parameters == first->parameters);
             next++)
            if (expand(expansion, &benches->items[next], used) != 0)
                return -1;
        if (plan->count > before)
            note_unused(first, used);
    }
    return 0;
}

static bool same_parameters(const struct cell *a, const struct cell *b)
{
    if (a->bench->parameter_count != b->bench->parameter_count)
        return false;
    for (size_t i = 0; i < a->bench->parameter_count; i++) {
        const struct parameter *one = &a->bench->parameters[i], *two = &b->bench->parameters[i];
        if (!same_text(one->name, two->name) ||
            !same_text(one->values[a->chosen[i]], two->values[b->chosen[i]]))
            return false;
    }
    return true;
}

bool cell_same_benchmark(const struct cell *a, const struct cell *b)
{
    return same_text(a->bench->suite, b->bench->suite) && same_text(a->name, b->name) &&
           same_parameters(a, b);
}

/*
 * The same command twice is a repetition (how much does the machine vary?);
 * two commands under one name would be taken for one.
 */
static int number_repetition(const struct plan *plan, struct cell *cell, struct error *error)
{
    for (const struct cell *other = plan->cells; other < cell; other++) {
        if (!cell_same_benchmark(cell, other) || !same_text(cell->variant, other->variant))
            continue;
        if (!same_text(cell->command, other->command)) {
            error_set(error, ERROR_USAGE,
                "\"%s\" and \"%s\" would be one benchmark, \"%s\"; give each a variant or a name "
                "of its own",
                other->command, cell->command, cell->name);
            place_in_suite(cell->bench, error);
            return -1;
        }
        cell->repetition = other->repetition + 1;
    }
    return 0;
}

/* Sides of a benchmark that has no common name could never be compared. */
static int check_sides(
    const struct plan *plan, const struct settings *settings, struct error *error)
{
    if (settings->names.count > 0 || settings->variants.count < 2)
        return 0;
    for (size_t i = 1; i < plan->count; i++)
        if (!same_text(plan->cells[i].variant, plan->cells[0].variant) &&
            !same_text(plan->cells[i].name, plan->cells[0].name))
            return error_set(error, ERROR_USAGE,
                "--variant says on which side of one benchmark a command is; name the benchmark "
                "with -n NAME");
    return 0;
}

static bool has_sides(const struct plan *plan)
{
    for (size_t i = 1; i < plan->count; i++)
        for (size_t j = 0; j < i; j++)
            if (cell_same_benchmark(&plan->cells[i], &plan->cells[j]))
                return true;
    return false;
}

/* A rule that compares needs two things to compare. */
static int check_rule(const struct plan *plan, const struct settings *settings, struct error *error)
{
    if (!settings->conclusive || settings->against || has_sides(plan))
        return 0;
    return error_set(error, ERROR_USAGE,
        "--until conclusive has nothing to compare; give the commands one -n NAME and a --variant "
        "each, or a report with --against");
}

struct pinning {
    unsigned *cpus;
    size_t count;
    bool too_high;
};

static void take_cpu(void *context, unsigned number)
{
    struct pinning *pinning = context;
    pinning->too_high = pinning->too_high || number >= CPUS_MOST;
    if (pinning->count < CPUS_MOST)
        pinning->cpus[pinning->count++] = number;
}

static int read_pin(struct plan *plan, const char *list, struct error *error)
{
    if (!list)
        return 0;
    struct pinning pinning = {arena_take(&plan->arena, CPUS_MOST * sizeof(unsigned)), 0, false};
    if (!probe_each(list, take_cpu, &pinning) || pinning.too_high)
        return error_set(error, ERROR_USAGE,
            "--pin: \"%s\" is not a list of processors; expected such as 2 or 0-3,8", list);
    plan->cpus = pinning.cpus;
    plan->cpu_count = pinning.count;
    return 0;
}

/* What costs nothing but to be started: the program true, and the shell told to do nothing. */
static int add_empty(struct expansion *expansion)
{
    struct plan *plan = expansion->plan;
    const char *shell = NULL;
    for (size_t i = 0; i < plan->benches.count && !shell; i++)
        shell = plan->benches.items[i].shell;
    if (!expansion->settings->calibrate_given && !shell)
        return 0;
    const char **arguments = arena_take(&plan->arena, 2 * sizeof *arguments);
    arguments[0] = "true";
    arguments[1] = NULL;
    struct process_spec spec = {.arguments = arguments,
        .environment = expansion->environment,
        .errors = {PROCESS_PIPE, NULL},
        .cpus = plan->cpus,
        .cpu_count = plan->cpu_count,
        .set_nice = expansion->settings->nice_given,
        .nice = (int)expansion->settings->nice,
        .no_aslr = expansion->settings->no_aslr};
    plan->empty = add_spec(plan, &spec);
    if (!shell)
        return 0;
    spec.arguments = shell_arguments(&plan->arena, shell, "", expansion->error);
    if (!spec.arguments)
        return -1;
    plan->empty_shell = add_spec(plan, &spec);
    return 0;
}

#define USUAL_SUITE "bench.yaml"

/* Options that say of commands what a suite says of its own. */
static int check_alone(
    const struct settings *settings, const struct operands *operands, struct error *error)
{
    const struct {
        bool given;
        const char *what;
    } misplaced[] = {{operands->count > 0, "a command"}, {settings->reference, "--reference"},
        {settings->names.count > 0, "--name"}, {settings->variants.count > 0, "--variant"},
        {settings->setup.count > 0, "--setup"}, {settings->prepare.count > 0, "--prepare"},
        {settings->conclude.count > 0, "--conclude"}, {settings->cleanup.count > 0, "--cleanup"},
        {settings->scans.count > 0, "--parameter-scan"},
        {settings->lists.count > 0, "--parameter-list"}, {settings->input, "--input"},
        {settings->command_output || settings->show_output, "--output"},
        {settings->directory, "--dir"}};
    for (size_t i = 0; i < ARRAY_SIZE(misplaced); i++)
        if (misplaced[i].given)
            return error_set(error, ERROR_USAGE,
                "%s beside a suite; a suite says itself what it measures", misplaced[i].what);
    return 0;
}

static int read_suites(struct plan *plan, const struct settings *settings,
    const struct operands *operands, struct error *error)
{
    if (check_alone(settings, operands, error) != 0)
        return -1;
    size_t count = settings->suites.count;
    for (size_t i = 0; i < (count ? count : 1); i++)
        if (suite_read(&plan->benches, &plan->labels, &plan->arena, settings,
                count ? settings->suites.items[i] : USUAL_SUITE, error) != 0)
            return -1;
    return 0;
}

static int read_benches(struct plan *plan, const struct settings *settings,
    const struct operands *operands, struct error *error)
{
    bool named = operands->count > 0 || operands->dashes || settings->reference;
    if (settings->suites.count > 0 || (!named && access(USUAL_SUITE, F_OK) == 0))
        return read_suites(plan, settings, operands, error);
    if (!named)
        return error_set(error, ERROR_USAGE,
            "there is no command to measure, and no " USUAL_SUITE " here; --help shows how");
    return benches_from_operands(&plan->benches, &plan->arena, settings, operands, error);
}

int run_plan_create(struct plan *plan, const struct settings *settings,
    const struct operands *operands, char *const *environment, struct error *error)
{
    *plan = (struct plan){.arena = ARENA_INIT, .empty = NO_SPEC, .empty_shell = NO_SPEC};
    struct expansion expansion = {
        .plan = plan, .settings = settings, .environment = environment, .error = error};
    if (read_pin(plan, settings->pin, error) != 0 ||
        read_benches(plan, settings, operands, error) != 0)
        return -1;
    if (expand_all(&expansion) != 0)
        return -1;
    if (plan->count == 0)
        return error_set(error, ERROR_INPUT, "no benchmark is left to measure");
    for (size_t i = 0; i < plan->count; i++)
        if (number_repetition(plan, &plan->cells[i], error) != 0)
            return -1;
    if (check_sides(plan, settings, error) != 0 || check_rule(plan, settings, error) != 0)
        return -1;
    return add_empty(&expansion);
}

void run_plan_release(struct plan *plan)
{
    free(plan->cells);
    free(plan->specs);
    free(plan->labels.items);
    benches_release(&plan->benches);
    arena_release(&plan->arena);
}
