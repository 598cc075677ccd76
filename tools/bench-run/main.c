/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* environ */
#include "base/output.h"
#include "context.h"
#include "interrupt.h"
#include "journal.h"
#include "measure.h"
#include "plan.h"
#include "process/spawner.h"
#include "settings.h"
#include "tool/tool.h"

#include <stdlib.h>
#include <unistd.h>

extern char **environ;

const char *const order_names[] = {"interleaved", "blocked", "given", NULL};

static int run_plan(struct measurement *measurement, int *status, struct error *error)
{
    const struct settings *settings = measurement->settings;
    struct output *output = measurement->output;
    measurement->journal = journal_create(output, measurement->context);
    context_look(measurement->context, true, 0);
    int result = journal_run(measurement->journal, settings, measurement->plan, error);
    if (result == 0)
        result = output_sync(output, error);
    if (result == 0)
        result = measure(measurement, status, error);
    journal_free(measurement->journal);
    return result;
}

/* The spawner is forked before anything else grows: see process/spawner.h. */
static int run(const struct settings *settings, const struct plan *plan, struct error *error)
{
    struct spawner *spawner = NULL;
    struct context context = {.run_id = NULL};
    struct interrupt interrupt = {.fd = -1};
    struct measurement measurement = {
        .settings = settings, .plan = plan, .context = &context, .interrupt = &interrupt};
    int status = STATUS_DONE;

    if (spawner_start(&spawner, plan->specs, plan->spec_count, error) != 0)
        return STATUS_MACHINE;
    measurement.spawner = spawner;
    if (context_create(&context, settings, getenv("SOURCE_DATE_EPOCH"), error) == 0 &&
        output_append(&measurement.output, settings->output, error) == 0 &&
        interrupt_arrange(&interrupt, error) == 0)
        run_plan(&measurement, &status, error);
    spawner_stop(spawner);
    if (output_commit(measurement.output, error) != 0)
        status = tool_worse(status, STATUS_MACHINE);
    context_release(&context);
    if (interrupt.number != 0 && error->code != ERROR_NONE)
        tool_error(error);
    if (interrupt.fd >= 0)
        interrupt_finish(&interrupt);
    return status;
}

int main(int argc, char **argv)
{
    struct settings settings = SETTINGS_INIT;
    const struct option options[] = {
        OPTION_GROUP("How often, and in what order"),
        OPTION_COUNT('r', "runs", "N", &settings.runs, 1, RUNS_MOST,
            "take N samples of each command; without it as many as fit in 3 s, but at least 10"),
        OPTION_COUNT('w', "warmup", "N", &settings.warmup, 0, WARMUP_MOST,
            "run each command N times first, and set these times aside"),
        OPTION_CHOICE(0, "order", "MODE", &settings.order, order_names,
            "all commands in turn in rounds of random order, or one after the other, or in rounds "
            "of the order given"),
        {.kind = OPTION_KIND_COUNT,
            .name = "seed",
            .argument = "N",
            .value = &settings.seed,
            .low = 0,
            .high = SEED_MOST,
            .given = &settings.seed_given,
            .help = "take the random order from N instead of from chance"},
        OPTION_GROUP("What the lines say"),
        OPTION_LIST('n', "name", "NAME", &settings.names,
            "name the benchmark: once for all commands, or once for each"),
        OPTION_LIST(0, "variant", "NAME", &settings.variants,
            "name the side that a command is on: once for all, or once for each"),
        OPTION_TEXT('o', "output", "FILE", &settings.output,
            "add the lines to FILE instead of writing them to standard output"),
        {.kind = OPTION_KIND_TEXT,
            .name = "run-id",
            .argument = "ID",
            .value = &settings.run_id,
            .hidden = true,
            .help = "the name of the run"},
        {.kind = OPTION_KIND_TEXT,
            .name = "sysroot",
            .argument = "DIR",
            .value = &settings.sysroot,
            .hidden = true,
            .help = "where /proc and /sys of the machine lie"},
        OPTION_END,
    };
    static const char *const usage[] = {"[OPTION]… COMMAND…", "[OPTION]… -- PROGRAM [WORD]…", NULL};
    const struct command command = {"bench-run",
        "measure commands, and write what was measured as lines of a report", usage, options, NULL};
    struct operands operands;
    struct plan plan;
    int status;

    if (!tool_start(&command, argc, argv, &operands, &status))
        return status;
    struct error error = ERROR_INIT;
    if (plan_create(&plan, &settings, &operands, environ, &error) == 0)
        status = run(&settings, &plan, &error);
    else
        status = STATUS_USAGE;
    plan_release(&plan);
    option_list_release(&settings.names);
    option_list_release(&settings.variants);
    return tool_finish(status, &error);
}
