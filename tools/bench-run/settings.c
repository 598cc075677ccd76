/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings.h"

#include "base/output.h"
#include "bench.h"
#include "source/source.h"
#include "stopping.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

const char *const order_names[] = {"interleaved", "blocked", "given", NULL};
static const char *const unit_names[] = {"auto", "second", "millisecond", "microsecond", NULL};

/* 1%, 1 % or 0.01. */
static int take_precision(void *context, const char *value, struct error *error)
{
    struct settings *settings = context;
    char *end;
    settings->conclusive = strcmp(value, "conclusive") == 0;
    settings->precision = 0;
    if (settings->conclusive)
        return 0;
    double number = strtod(value, &end);
    size_t blanks = strspn(end, " ");
    if (end != value && strcmp(end + blanks, "%") == 0)
        number /= 100;
    else if (*end != '\0')
        end = (char *)value;
    if (end == value || !(number > 0 && number <= 1))
        return error_set(error, ERROR_USAGE,
            "\"%s\" is not a precision; expected a share of the median, such as 1%%, or conclusive",
            value);
    settings->precision = number;
    return 0;
}

/* The statuses that -i is limited to; none for all of them. */
static int take_statuses(void *context, const char *value, struct error *error)
{
    struct settings *settings = context;
    settings->ignore_failure = true;
    settings->ignoring = (struct status_set){.count = 0};
    if (!value || strcmp(value, "all-non-zero") == 0)
        return 0;
    for (const char *rest = value;; rest++) {
        char *end;
        long status = strtol(rest, &end, 10);
        bool digits = *rest >= '0' && *rest <= '9' && (*end == ',' || *end == '\0');
        if (!digits || status < 1 || status > STATUS_MOST)
            return error_set(error, ERROR_USAGE,
                "\"%s\" is not a list of exit statuses; expected numbers from 1 to %d, parted by "
                "commas, or all-non-zero",
                value, STATUS_MOST);
        settings->ignoring.count += !settings->ignoring.has[status];
        settings->ignoring.has[status] = true;
        rest = end;
        if (*rest == '\0')
            return 0;
    }
}

static size_t add_how_often(struct settings *settings, struct option *out)
{
    const struct option options[] = {
        OPTION_GROUP("How often, and in what order"),
        OPTION_COUNT('r', "runs", "N", &settings->runs, 1, RUNS_MOST,
            "take N samples of each command; without it as many as fit in 3 s, but at least 10"),
        OPTION_COUNT(0, "samples", "N", &settings->runs, 1, RUNS_MOST, "the same as --runs"),
        {.kind = OPTION_KIND_COUNT,
            .letter = 'm',
            .name = "min-runs",
            .argument = "N",
            .value = &settings->min_runs,
            .low = 1,
            .high = RUNS_MOST,
            .given = &settings->min_given,
            .help = "take at least N samples"},
        {.kind = OPTION_KIND_COUNT,
            .letter = 'M',
            .name = "max-runs",
            .argument = "N",
            .value = &settings->max_runs,
            .low = 1,
            .high = RUNS_MOST,
            .given = &settings->max_given,
            .help = "take at most N samples"},
        OPTION_CALL(0, "until", "PRECISION", settings, take_precision,
            "go on until the 95 % interval of each median is as narrow as that, such as 1%, or, "
            "with "
            "conclusive, until each comparison has a verdict"),
        OPTION_TEXT(0, "against", "REPORT", &settings->against,
            "with --until conclusive: compare with REPORT instead of the variants with each other"),
        {.kind = OPTION_KIND_SECONDS,
            .name = "max-time",
            .argument = "TIME",
            .value = &settings->max_time_s,
            .high = 1e9,
            .given = &settings->max_time_given,
            .help = "with --until: stop after TIME in any case (5 minutes)"},
        OPTION_COUNT('w', "warmup", "N", &settings->warmup, 0, WARMUP_MOST,
            "run each command N times first, and set these times aside"),
        OPTION_COUNT(0, "discard", "N", &settings->discard, 0, DISCARD_MOST,
            "take the first N samples out, and keep them as discarded"),
        OPTION_CHOICE(0, "order", "MODE", &settings->order, order_names,
            "all commands in turn in rounds of random order, or one after the other, or in rounds "
            "of the order given"),
        {.kind = OPTION_KIND_COUNT,
            .name = "seed",
            .argument = "N",
            .value = &settings->seed,
            .low = 0,
            .high = SEED_MOST,
            .given = &settings->seed_given,
            .help = "take the random order from N instead of from chance"},
    };
    memcpy(out, options, sizeof options);
    return ARRAY_SIZE(options);
}

static size_t add_around(struct settings *settings, struct option *out)
{
    const struct option options[] = {
        OPTION_GROUP("Around each command"),
        OPTION_LIST('s', "setup", "COMMAND", &settings->setup,
            "run COMMAND before the first run; once for all commands, or once for each"),
        OPTION_LIST('p', "prepare", "COMMAND", &settings->prepare, "run COMMAND before each run"),
        OPTION_LIST('C', "conclude", "COMMAND", &settings->conclude, "run COMMAND after each run"),
        OPTION_LIST(
            'c', "cleanup", "COMMAND", &settings->cleanup, "run COMMAND after the last run"),
        {.kind = OPTION_KIND_LIST,
            .letter = 'P',
            .name = "parameter-scan",
            .more = 2,
            .argument = "VAR MIN MAX",
            .value = &settings->scans,
            .help = "measure with {VAR} replaced by each number from MIN to MAX"},
        OPTION_LIST('D', "parameter-step-size", "STEP", &settings->steps,
            "go from MIN to MAX in steps of STEP"),
        {.kind = OPTION_KIND_LIST,
            .letter = 'L',
            .name = "parameter-list",
            .more = 1,
            .argument = "VAR VALUES",
            .value = &settings->lists,
            .help = "measure with {VAR} replaced by each of VALUES, which commas part"},
        OPTION_TEXT('S', "shell", "SHELL", &settings->shell,
            "let SHELL run the commands, and take the time it needs itself off; default is sh, "
            "none is none"),
        OPTION_FLAG(
            'N', "no-shell", &settings->no_shell, "run the commands directly (the default)"),
        {.kind = OPTION_KIND_CALL,
            .letter = 'i',
            .name = "ignore-failure",
            .argument = "[STATUSES]",
            .value = settings,
            .take = take_statuses,
            .help = "take samples of commands that fail too, or only of those that end with one of "
                    "STATUSES, such as 1,3"},
        OPTION_TEXT(0, "input", "FILE", &settings->input,
            "let the commands read FILE, anew in each run; null is empty"),
        OPTION_TEXT(0, "output", "WHERE", &settings->command_output,
            "what becomes of the commands' output: null, pipe (read and dropped), inherit, or a "
            "FILE, emptied in each run"),
        OPTION_FLAG(0, "show-output", &settings->show_output, "the same as --output inherit"),
        OPTION_SECONDS(0, "timeout", "TIME", &settings->timeout_s,
            "end a run, with all it started, after TIME; it has failed then"),
        OPTION_LIST(0, "env", "NAME=VALUE", &settings->environment,
            "run the commands with this in their environment"),
        OPTION_TEXT(0, "dir", "FOLDER", &settings->directory, "run the commands in FOLDER"),
        OPTION_FLAG(0, "check-output", &settings->check_output,
            "fail a command whose output differs between its runs or from another variant's"),
        OPTION_TEXT(0, "reference", "COMMAND", &settings->reference,
            "measure COMMAND too, as what the others are compared with"),
    };
    memcpy(out, options, sizeof options);
    return ARRAY_SIZE(options);
}

static size_t add_machine(struct settings *settings, struct option *out)
{
    const struct option options[] = {
        OPTION_GROUP("The machine"),
        OPTION_FLAG(0, "require-clean", &settings->require_clean,
            "measure nothing where the machine is not fit: swap in use, load from others, …"),
        OPTION_TEXT(0, "pin", "CPUS", &settings->pin,
            "run the commands on these processors only, such as 2 or 0-3,8"),
        {.kind = OPTION_KIND_COUNT,
            .name = "nice",
            .argument = "N",
            .value = &settings->nice,
            .low = -20,
            .high = 19,
            .given = &settings->nice_given,
            .help = "run the commands at this nice value"},
        OPTION_FLAG(0, "no-aslr", &settings->no_aslr,
            "run the commands without randomization of their address space"),
        OPTION_FLAG(0, "drop-caches", &settings->drop_caches,
            "let the kernel forget the files it holds before each run"),
        OPTION_FLAG(0, "counters", &settings->counters,
            "count instructions, cycles, branches and cache misses too"),
        {.kind = OPTION_KIND_COUNT,
            .name = "calibrate",
            .argument = "[N]",
            .value = &settings->calibrate,
            .low = 2,
            .high = CALIBRATE_MOST,
            .given = &settings->calibrate_given,
            .help = "time an empty command in N rounds of its own (50), and report it"},
    };
    memcpy(out, options, sizeof options);
    return ARRAY_SIZE(options);
}

static size_t add_suites(struct settings *settings, struct option *out)
{
    const struct option options[] = {
        OPTION_GROUP("Suites"),
        OPTION_LIST(0, "suite", "FILE", &settings->suites,
            "measure the benchmarks of FILE (YAML); without it and a command, of bench.yaml"),
        OPTION_LIST('b', "benchmark", "GLOB", &settings->patterns,
            "measure only those whose name, or suite/name, is as GLOB says"),
        OPTION_TEXT(0, "continue", "REPORT", &settings->resume,
            "add to the last run of REPORT, of the same commands on the same machine"),
        OPTION_FLAG(0, "list", &settings->list, "only print the names of the benchmarks"),
        OPTION_FLAG(0, "dry-run", &settings->dry_run, "only print what would be run"),
    };
    memcpy(out, options, sizeof options);
    return ARRAY_SIZE(options);
}

static size_t add_lines(struct settings *settings, struct option *out)
{
    const struct option options[] = {
        OPTION_GROUP("What is said, and where"),
        OPTION_LIST('n', "name", "NAME", &settings->names,
            "name the benchmark: once for all commands, or once for each"),
        OPTION_LIST(0, "command-name", "NAME", &settings->names, "the same as --name"),
        OPTION_LIST(0, "variant", "NAME", &settings->variants,
            "name the side that a command is on: once for all, or once for each"),
        OPTION_LIST('l', "label", "NAME=VALUE", &settings->labels, "put a label on the run"),
        OPTION_TEXT('o', "append", "FILE", &settings->output,
            "add the lines to FILE instead of writing them to standard output"),
        OPTION_CHOICE(0, "format", "FORM", &settings->format, form_names_basic,
            "what standard output gets: a table on a terminal, else the lines"),
        OPTION_CHOICE(
            'u', "time-unit", "UNIT", &settings->unit, unit_names, "the unit of times in tables"),
        OPTION_TEXT(0, "export-json", "FILE", &settings->export_json,
            "write the results to FILE as hyperfine does, in JSON"),
        OPTION_TEXT(0, "export-csv", "FILE", &settings->export_csv, "the same as CSV"),
        OPTION_TEXT(
            0, "export-markdown", "FILE", &settings->export_markdown, "the same as Markdown"),
        OPTION_TEXT(
            0, "export-asciidoc", "FILE", &settings->export_asciidoc, "the same as AsciiDoc"),
        OPTION_TEXT(
            0, "export-orgmode", "FILE", &settings->export_orgmode, "the same as an Org table"),
        {.kind = OPTION_KIND_TEXT,
            .hidden = true,
            .name = "run-id",
            .argument = "ID",
            .value = &settings->run_id,
            .help = "the name of the run"},
        {.kind = OPTION_KIND_TEXT,
            .hidden = true,
            .name = "sysroot",
            .argument = "DIR",
            .value = &settings->sysroot,
            .help = "where /proc and /sys of the machine lie"},
        OPTION_END,
    };
    memcpy(out, options, sizeof options);
    return ARRAY_SIZE(options);
}

void settings_options(struct settings *settings, struct option options[static SETTINGS_OPTIONS])
{
    size_t count = add_how_often(settings, options);
    count += add_around(settings, options + count);
    count += add_machine(settings, options + count);
    count += add_suites(settings, options + count);
    add_lines(settings, options + count);
}

struct exports settings_exports(const struct settings *settings)
{
    const char *const paths[] = {settings->export_json, settings->export_csv,
        settings->export_markdown, settings->export_asciidoc, settings->export_orgmode};
    struct exports exports = {0, 0};
    for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
        exports.asked += paths[i] != NULL;
        exports.on_stdout += paths[i] && strcmp(paths[i], "-") == 0;
    }
    return exports;
}

/* Standard output holds one thing. */
static int check_exports(const struct settings *settings, struct error *error)
{
    int on_stdout = settings_exports(settings).on_stdout;
    if (on_stdout > 1)
        return error_set(error, ERROR_USAGE, "several exports to -; expected one");
    if (on_stdout == 1 && settings->format != FORM_AUTO)
        return error_set(error, ERROR_USAGE,
            "--format %s and an export to - both want standard output",
            form_names_basic[settings->format]);
    return 0;
}

/* Of two outputs into one file one would be lost. */
static int check_files(const struct settings *settings, struct error *error)
{
    const struct {
        const char *option, *path;
    } files[] = {{settings->output ? "--append" : "--continue",
                     settings->output ? settings->output : settings->resume},
        {"--output", stream_of(settings->command_output).path},
        {"--export-json", settings->export_json}, {"--export-csv", settings->export_csv},
        {"--export-markdown", settings->export_markdown},
        {"--export-asciidoc", settings->export_asciidoc},
        {"--export-orgmode", settings->export_orgmode}};
    for (size_t i = 0; i < ARRAY_SIZE(files); i++)
        for (size_t k = i + 1; k < ARRAY_SIZE(files); k++)
            if (output_same(files[i].path, files[k].path))
                return error_set(error, ERROR_USAGE, "%s and %s are one file; expected two",
                    files[i].option, files[k].option);
    return 0;
}

/* When to stop. */
static int check_until(const struct settings *settings, struct error *error)
{
    if (settings->runs > 0 && stopping_looks(settings))
        return error_set(error, ERROR_USAGE, "--runs is exact; leave --until out");
    if (settings->max_time_given && !stopping_looks(settings))
        return error_set(error, ERROR_USAGE, "--max-time belongs to --until");
    if (settings->against && !settings->conclusive)
        return error_set(error, ERROR_USAGE, "--against belongs to --until conclusive");
    if (settings->conclusive && settings->order == ORDER_BLOCKED)
        return error_set(error, ERROR_USAGE,
            "--until conclusive looks at all commands after each round; leave --order blocked out");
    if (settings->resume && !settings->output &&
        strncmp(settings->resume, SOURCE_GIT, strlen(SOURCE_GIT)) == 0)
        return error_set(error, ERROR_USAGE,
            "nothing can be added to %s; --append says where the new lines go", settings->resume);
    if (settings->resume && settings->calibrate_given)
        return error_set(
            error, ERROR_USAGE, "--continue goes on as it began; leave --calibrate out");
    if (settings->runs > 0 && (settings->min_given || settings->max_given))
        return error_set(
            error, ERROR_USAGE, "--runs is exact; leave --min-runs and --max-runs out");
    if (settings->min_given && settings->max_given && settings->min_runs > settings->max_runs)
        return error_set(error, ERROR_USAGE, "--min-runs %lld is more than --max-runs %lld",
            (long long)settings->min_runs, (long long)settings->max_runs);
    return 0;
}

/* What becomes of the commands' output. */
static int check_output(const struct settings *settings, struct error *error)
{
    const char *where = settings->command_output;
    bool inherits = where && strcmp(where, "inherit") == 0;
    if (settings->show_output && where && !inherits)
        return error_set(
            error, ERROR_USAGE, "--show-output and --output %s exclude each other", where);
    if (settings->check_output && (settings->show_output || (where && strcmp(where, "pipe") != 0)))
        return error_set(error, ERROR_USAGE,
            "--check-output reads the output itself; leave --output and --show-output out");
    return 0;
}

int settings_check(struct settings *settings, struct error *error)
{
    if (check_until(settings, error) != 0 || check_output(settings, error) != 0 ||
        check_exports(settings, error) != 0 || check_files(settings, error) != 0)
        return -1;
    if (settings->no_shell && settings->shell && strcmp(settings->shell, "none") != 0)
        return error_set(error, ERROR_USAGE, "-N and -S %s exclude each other", settings->shell);
    if (!settings->max_time_given)
        settings->max_time_s = UNTIL_TIME_USUAL;
    if (settings->command_output && strcmp(settings->command_output, "inherit") == 0)
        settings->show_output = true;
    return 0;
}
