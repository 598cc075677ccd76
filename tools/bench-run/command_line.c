/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bench.h"

#include "base/memory.h"
#include "base/plural.h"
#include "parameters.h"

#include <string.h>

/* What all benchmarks of the command line share. */
struct shared {
    const struct settings *settings;
    struct arena *arena;
    const struct parameter *parameters;
    size_t parameter_count;
};

struct process_stream stream_of(const char *text)
{
    if (!text || strcmp(text, "null") == 0)
        return (struct process_stream){PROCESS_NULL, NULL};
    if (strcmp(text, "pipe") == 0)
        return (struct process_stream){PROCESS_PIPE, NULL};
    if (strcmp(text, "inherit") == 0)
        return (struct process_stream){PROCESS_INHERIT, NULL};
    return (struct process_stream){PROCESS_FILE, text};
}

static struct process_stream output_of(const struct settings *settings)
{
    if (settings->show_output)
        return (struct process_stream){PROCESS_INHERIT, NULL};
    return stream_of(settings->check_output ? "pipe" : settings->command_output);
}

/* One value for all commands, or one for each. */
static int check_list(
    const struct option_list *list, size_t commands, const char *option, struct error *error)
{
    if (list->count <= 1 || list->count == commands)
        return 0;
    return error_set(error, ERROR_USAGE,
        "%zu times %s for %zu command%s; expected one for all, or one for each", list->count,
        option, commands, plural(commands));
}

static int check_lists(const struct settings *settings, size_t commands, struct error *error)
{
    const struct {
        const struct option_list *list;
        const char *option;
    } lists[] = {{&settings->names, "-n"}, {&settings->variants, "--variant"},
        {&settings->setup, "--setup"}, {&settings->prepare, "--prepare"},
        {&settings->conclude, "--conclude"}, {&settings->cleanup, "--cleanup"}};
    for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
        if (check_list(lists[i].list, commands, lists[i].option, error) != 0)
            return -1;
    return 0;
}

/* For the reference (index: none) only what is given for all. */
enum { NO_INDEX = -1 };
static const char *choose(const struct option_list *list, ptrdiff_t index)
{
    if (list->count == 0 || (list->count > 1 && index == NO_INDEX))
        return NULL;
    return list->items[list->count == 1 ? 0 : index];
}

static struct bench *add_bench(
    struct benches *benches, const struct shared *shared, ptrdiff_t index)
{
    const struct settings *settings = shared->settings;
    const char *shell = settings->no_shell ? NULL : settings->shell;
    MEMORY_GROW(benches->items, benches->count, benches->capacity);
    struct bench *bench = &benches->items[benches->count++];
    *bench = (struct bench){.name = choose(&settings->names, index),
        .variant = choose(&settings->variants, index),
        .setup = choose(&settings->setup, index),
        .prepare = choose(&settings->prepare, index),
        .conclude = choose(&settings->conclude, index),
        .cleanup = choose(&settings->cleanup, index),
        .parameters = shared->parameters,
        .parameter_count = shared->parameter_count,
        .input = stream_of(settings->input),
        .output = output_of(settings),
        .environment = settings->environment.items,
        .environment_count = settings->environment.count,
        .directory = settings->directory,
        .timeout_s = settings->timeout_s,
        .runs = INHERIT_SETTING,
        .warmup = INHERIT_SETTING};
    if (shell && strcmp(shell, "none") != 0)
        bench->shell = strcmp(shell, "default") == 0 ? "sh" : shell;
    return bench;
}

static int read_parameters(struct shared *shared, struct error *error)
{
    const struct option_list *scans = &shared->settings->scans, *lists = &shared->settings->lists;
    const struct option_list *steps = &shared->settings->steps;
    size_t scan_count = scans->count / 3, list_count = lists->count / 2, count = 0;
    if (steps->count > 0 && scan_count == 0)
        return error_set(error, ERROR_USAGE, "--parameter-step-size needs a --parameter-scan");
    if (check_list(steps, scan_count, "--parameter-step-size", error) != 0)
        return -1;
    struct parameter *parameters =
        arena_zero(shared->arena, scan_count + list_count + 1, sizeof *parameters);
    for (size_t i = 0; i < scan_count; i++, count++) {
        const char *step = choose(steps, (ptrdiff_t)i);
        const char *const *words = scans->items + 3 * i;
        if (parameter_scan(&parameters[count], shared->arena, words[0], words[1], words[2],
                step ? step : "1", error) != 0)
            return -1;
    }
    for (size_t i = 0; i < list_count; i++, count++)
        if (parameter_list(&parameters[count], shared->arena, lists->items[2 * i],
                lists->items[2 * i + 1], error) != 0)
            return -1;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(parameters[i].name, parameters[j].name) == 0)
                return error_set(
                    error, ERROR_USAGE, "parameter %s is given twice", parameters[i].name);
    shared->parameters = parameters;
    shared->parameter_count = count;
    return 0;
}

/* NAME=VALUE with a name. */
static int check_pairs(const struct option_list *list, const char *option, struct error *error)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *equals = strchr(list->items[i], '=');
        if (!equals || equals == list->items[i])
            return error_set(
                error, ERROR_USAGE, "%s: \"%s\" is not NAME=VALUE", option, list->items[i]);
    }
    return 0;
}

static const char *const *copy_words(struct arena *arena, const struct operands *operands)
{
    const char **words = arena_take(arena, (operands->count + 1) * sizeof *words);
    for (size_t i = 0; i < operands->count; i++)
        words[i] = operands->items[i];
    words[operands->count] = NULL;
    return words;
}

int benches_from_operands(struct benches *benches, struct arena *arena,
    const struct settings *settings, const struct operands *operands, struct error *error)
{
    struct shared shared = {.settings = settings, .arena = arena};
    size_t commands = operands->dashes ? operands->before_dashes + 1 : operands->count;
    if (operands->dashes && operands->before_dashes == operands->count)
        return error_set(error, ERROR_USAGE, "there is no command behind --");
    if (operands->dashes && operands->before_dashes > 0)
        return error_set(error, ERROR_USAGE,
            "commands before and behind --; expected either command lines, or -- and the words "
            "of one command");
    if (check_lists(settings, commands, error) != 0 || read_parameters(&shared, error) != 0 ||
        check_pairs(&settings->environment, "--env", error) != 0 ||
        check_pairs(&settings->labels, "--label", error) != 0)
        return -1;
    if (settings->reference) {
        struct bench *bench = add_bench(benches, &shared, NO_INDEX);
        bench->command = settings->reference;
        bench->reference = true;
        bench->variant = settings->variants.count == 1 ? bench->variant : "reference";
    }
    if (operands->dashes)
        add_bench(benches, &shared, 0)->words = copy_words(arena, operands);
    for (size_t i = 0; !operands->dashes && i < operands->count; i++)
        add_bench(benches, &shared, (ptrdiff_t)i)->command = operands->items[i];
    return 0;
}
