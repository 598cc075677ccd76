/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/plural.h"
#include "emit.h"
#include "gather.h"
#include "inputs.h"
#include "intake.h"
#include "labels.h"
#include "reading.h"
#include "record/time.h"
#include "runs.h"
#include "store.h"
#include "tool/input.h"
#include "tool/newer.h"
#include "tool/options.h"
#include "tool/terminal.h"
#include "tool/tool.h"

#include <string.h>
#include <unistd.h>

struct moment {
    bool given;
    int64_t nanoseconds;
};

struct settings {
    const char *output, *where, *by, *split_by, *repository, *folder;
    int rule;
    struct moment since, until;
    uint64_t memory, max_line;
    bool summary;
    struct option_list labels;
};

/* What is made of the settings. */
struct merge {
    struct identity *identity, *split_by;
    struct query *where;
    struct inputs inputs;
    struct runs runs;
    struct store store;
    struct reading reading;
    struct intake_totals in;
    struct emit_totals out;
};

static const char *const rule_names[] = {"fail", "keep-both", "first", "last", NULL};

/* A day is its first moment, in UTC. */
static int take_moment(void *context, const char *value, struct error *error)
{
    struct moment *moment = context;
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, value);
    if (text.size == sizeof "2026-02-11" - 1)
        buffer_add_text(&text, "T00:00:00Z");
    moment->given = time_read(buffer_slice(&text), &moment->nanoseconds, NULL);
    buffer_release(&text);
    if (moment->given)
        return 0;
    return error_set(error, ERROR_USAGE,
        "\"%s\" is no time; expected a day such as 2026-02-11, or a time such as "
        "2026-02-11T10:30:00Z",
        value);
}

static int take_version(void *context, const char *value, struct error *error)
{
    (void)context;
    if (strcmp(value, "current") == 0 || report_version_read(slice_of(value)) == REPORT_CURRENT)
        return 0;
    return error_set(error, ERROR_USAGE,
        "version \"%s\" cannot be merged to; expected 1.0.0, since older lines name no run", value);
}

static int prepare(const struct settings *settings, struct merge *merge, struct error *error)
{
    store_init(&merge->store, &merge->runs, settings->folder, settings->memory);
    reading_init(&merge->reading, &merge->inputs, &merge->store);
    if (settings->split_by && (!settings->output || !strstr(settings->output, "{}")))
        return error_set(error, ERROR_USAGE,
            "--split-by needs -o with a {} in the name, as -o 'reports/{}.jsonl'");
    if (labels_check(&settings->labels, error) != 0 ||
        identity_create(&merge->identity, settings->by, "--by", error) != 0)
        return -1;
    if (settings->split_by &&
        identity_create(&merge->split_by, settings->split_by, "--split-by", error) != 0)
        return -1;
    if (settings->where && query_compile(&merge->where, "--where", settings->where, error) != 0)
        return -1;
    return 0;
}

static void release(struct merge *merge)
{
    reading_release(&merge->reading);
    store_release(&merge->store);
    runs_release(&merge->runs);
    inputs_release(&merge->inputs);
    identity_free(merge->identity);
    identity_free(merge->split_by);
    query_free(merge->where);
}

static int give_out(const struct settings *settings, struct merge *merge, struct error *error)
{
    struct gathering gathering = {.runs = &merge->runs,
        .reading = &merge->reading,
        .identity = merge->identity,
        .where = merge->where,
        .rule = (enum conflict_rule)settings->rule,
        .say = tool_error};
    struct emit_options options = {.output = settings->output,
        .split_by = merge->split_by,
        .labels = &settings->labels,
        .since_given = settings->since.given,
        .since = settings->since.nanoseconds,
        .until_given = settings->until.given,
        .until = settings->until.nanoseconds,
        .keep = settings->memory / 4};
    return emit(&options, &gathering, &merge->out, error);
}

static void summarize(const struct settings *settings, const struct merge *merge)
{
    if (merge->in.newer > 0)
        newer_were_passed(merge->in.newer);
    if (merge->out.failed)
        tool_note("%llu conflict%s; nothing was written (--on-conflict decides)",
            (unsigned long long)merge->out.conflicts, plural(merge->out.conflicts));
    if (settings->summary || terminal_is(STDERR_FILENO))
        tool_note("lines: %llu in, %llu bad; runs: %llu out, %llu outside the time; repeats left "
                  "out: %llu; conflicts: %llu",
            (unsigned long long)merge->in.lines, (unsigned long long)merge->in.bad,
            (unsigned long long)merge->out.runs, (unsigned long long)merge->out.outside,
            (unsigned long long)merge->out.repeats, (unsigned long long)merge->out.conflicts);
}

static int merge_inputs(const struct settings *settings, const struct operands *operands,
    struct merge *merge, struct error *error)
{
    const struct blocks_options options = {.ceiling = settings->max_line, .count = true};
    struct input *input = input_open(operands, settings->repository, &options);
    struct intake_options taking = {.say = tool_error};
    int result = intake(&taking, input_blocks(input), &merge->inputs, &merge->runs, &merge->store,
        &merge->in, error);
    /* A history with a hole is worse than none: nothing is written beside an input that is missing.
     */
    if (result == 0 && merge->in.status >= STATUS_INPUT)
        tool_note("an input cannot be read; nothing was written");
    else if (result == 0)
        result = give_out(settings, merge, error);
    input_close(input);
    return result;
}

static int run(struct settings *settings, const struct operands *operands, struct error *error)
{
    struct merge merge = {.runs = RUNS_INIT, .in = {.status = STATUS_DONE}};
    if (prepare(settings, &merge, error) == 0 &&
        merge_inputs(settings, operands, &merge, error) == 0)
        summarize(settings, &merge);
    int status = merge.in.status;
    if (merge.out.conflicts > 0)
        status = tool_worse(status, STATUS_FOUND);
    release(&merge);
    return status;
}

int main(int argc, char **argv)
{
    const char *folder = getenv("TMPDIR");
    struct settings settings = {.folder = folder && *folder ? folder : "/tmp",
        .memory = (uint64_t)256 << 20,
        .max_line = LINE_CEILING};
    const struct option options[] = {
        OPTION_GROUP("Selecting"),
        OPTION_TEXT(0, "where", "EXPR", &settings.where,
            "only the lines for which EXPR holds, see benchline-query(7), and their runs' lines"),
        OPTION_CALL(0, "since", "TIME", &settings.since, take_moment,
            "only runs that began at TIME or after"),
        OPTION_CALL(
            0, "until", "TIME", &settings.until, take_moment, "only runs that began before TIME"),
        OPTION_GROUP("Merging"),
        OPTION_CHOICE(0, "on-conflict", "RULE", &settings.rule, rule_names,
            "what becomes of lines that contradict each other; fail writes nothing"),
        OPTION_BY(&settings.by),
        OPTION_LIST(0, "label", "NAME=VALUE", &settings.labels, "set a label in every run"),
        OPTION_CALL(0, "to", "VERSION", NULL, take_version, "the version of the lines: 1.0.0"),
        OPTION_GROUP("Output"),
        OPTION_OUTPUT(&settings.output),
        OPTION_TEXT(0, "split-by", "FIELD", &settings.split_by,
            "a file for each value of a field of the run lines, named by -o with {} in it"),
        OPTION_SUMMARY(&settings.summary),
        OPTION_GROUP("Input"),
        OPTION_SIZE('m', "memory", "SIZE", &settings.memory, 1 << 16, 1e15,
            "the memory for lines; what does not fit goes to a temporary file"),
        OPTION_TEXT('T', "temporary", "FOLDER", &settings.folder,
            "where temporary files go, in place of $TMPDIR or /tmp"),
        OPTION_MAX_LINE(&settings.max_line),
        OPTION_REPOSITORY(&settings.repository),
        OPTION_END,
    };
    static const char *const usage[] = {"[options] [FILE...]", NULL};
    const struct command command = {"bench-merge",
        "merge reports into one, run by run in the order of time, without repeats", usage, options,
        "Exit status: 0 done, 1 lines contradict each other or are bad, 2 wrong usage, 3 an "
        "input cannot be read, 4 the machine failed. See bench-merge(1)."};
    return tool_run(&command, argc, argv, &settings, run);
}
