/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "append.h"
#include "base/output.h"
#include "calibrate.h"
#include "context.h"
#include "document/text_table.h"
#include "export.h"
#include "interrupt.h"
#include "journal.h"
#include "measure.h"
#include "notes.h"
#include "plan.h"
#include "process/spawner.h"
#include "runner.h"
#include "settings.h"
#include "show.h"
#include "table.h"
#include "tool/terminal.h"
#include "tool/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/* Half a second of doing nothing shows what others do. */
static bool machine_is_fit(struct context *context)
{
    nanosleep(&(struct timespec){.tv_nsec = (long)(HEALTH_WINDOW_S * 1.1e9)}, NULL);
    context_look(context, true, 0);
    for (size_t i = 0; i < context->flags.count; i++)
        tool_note("the machine is not fit to measure: %s: %s",
            machine_flag_name(context->flags.items[i].kind), context->flags.items[i].evidence);
    return context->flags.count == 0;
}

static int run_journal(struct measurement *with, int *status, struct error *error)
{
    struct calibration *calibration = &with->calibration;
    struct runner *runner = with->runner;
    int going = 1;
    context_look(with->context, true, 0);
    if (with->settings->require_clean && !machine_is_fit(with->context)) {
        *status = STATUS_FOUND;
        return 0;
    }
    if (with->plan->empty != NO_SPEC)
        going = calibrate(calibration, runner, with->settings->calibrate, error);
    if (going <= 0)
        return going;
    runner->overhead = calibration->subtracted;
    with->journal = journal_create(with->output, with->context, with->settings, with->plan);
    int result = 0;
    if (with->resume)
        journal_continue(with->journal, with->resume->lines, calibration);
    else
        result = journal_run(with->journal, calibration, error);
    if (result == 0 && with->output)
        result = output_sync(with->output, error);
    if (result == 0)
        result = measure(with, error);
    journal_free(with->journal);
    return result;
}

/* Standard output gets the lines, or the table, or an export, or with --append nothing. */
static bool wants_table(const struct settings *settings)
{
    return settings->format == FORM_TABLE ||
           (settings->format == FORM_AUTO && settings_exports(settings).on_stdout == 0 &&
               terminal_is(STDOUT_FILENO));
}

static const char *report_path(const struct settings *settings)
{
    return settings->output ? settings->output : settings->resume;
}

/* Standard output is a program's to read: lines, or an export. */
static bool prints_data(const struct settings *settings)
{
    return settings_exports(settings).on_stdout > 0 ||
           (!report_path(settings) && !wants_table(settings));
}

/*
 * Commands inherit their output from the spawner. Where standard output is the lines', what a
 * command prints would break them; it goes to standard error then, as the spawner's own does.
 */
static int start_spawner(struct spawner **spawner, const struct settings *settings,
    const struct plan *plan, struct error *error)
{
    int kept = -1;
    if (prints_data(settings)) {
        kept = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
        if (kept < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
            return error_system(error, ERROR_MACHINE, errno, "cannot part outputs");
    }
    int result = spawner_start(spawner, plan->specs, plan->spec_count, error);
    if (kept >= 0) {
        if (dup2(kept, STDOUT_FILENO) < 0)
            result = error_system(error, ERROR_MACHINE, errno, "cannot part outputs");
        close(kept);
    }
    return result;
}

static int open_output(struct output **out, const struct settings *settings, struct error *error)
{
    const char *path = report_path(settings);
    *out = NULL;
    if (!path && (wants_table(settings) || settings_exports(settings).on_stdout > 0))
        return 0;
    return append_open(out, path, error);
}

static int read_against(struct measurement *with, struct against *against, struct error *error)
{
    if (!with->settings->against)
        return 0;
    with->against = against;
    return against_read(against, with->settings->against, with->plan, error);
}

/* Goes on with the last run of a report. */
static int resume(struct measurement *with, struct resume *resumed, struct error *error)
{
    const char *path = with->settings->resume;
    if (!path)
        return 0;
    if (resume_read(resumed, path, with->settings, with->plan, &with->context->facts,
            with->subjects, error) != 0)
        return -1;
    with->context->run_id = resumed->run_id;
    with->resume = resumed;
    return 0;
}

/* The table, and what is to be known below it. */
static void add_summary(struct buffer *out, const struct measurement *with)
{
    const struct table_look look = table_look_of(NULL);
    enum time_unit unit = (enum time_unit)with->settings->unit;
    struct buffer notes = BUFFER_INIT;
    summary_table_add(out, with->subjects, with->plan->count, unit, &look);
    notes_add(&notes, with);
    if (notes.size > 0)
        buffer_add_char(out, '\n');
    text_wrap(out, buffer_slice(&notes), look.width);
    buffer_release(&notes);
}

/* What is for people, and for programs that read hyperfine's files. */
static int tell(const struct measurement *with, struct error *error)
{
    const struct settings *settings = with->settings;
    size_t count = with->plan->count;
    int result = export_all(settings, with->subjects, count, error);
    if (!wants_table(settings))
        return result;
    struct buffer text = BUFFER_INIT;
    add_summary(&text, with);
    if (output_put(NULL, buffer_slice(&text), true, error) != 0)
        result = -1;
    buffer_release(&text);
    return result;
}

static int worst_status(const struct subject *subjects, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (subjects[i].outcome == OUTCOME_FAILED || subjects[i].outcome == OUTCOME_ERROR)
            return STATUS_FOUND;
    return STATUS_DONE;
}

/* The spawner is forked before anything else grows: see process/spawner.h. */
static int run_plan(const struct settings *settings, const struct plan *plan, struct error *error)
{
    struct context context = {.run_id = NULL};
    struct interrupt interrupt = {.fd = -1};
    struct progress progress;
    struct resume resumed = {.run_id = NULL};
    struct against against = {.cells = NULL};
    struct runner runner = {.settings = settings, .plan = plan, .interrupt = &interrupt};
    struct measurement with = {.settings = settings,
        .plan = plan,
        .context = &context,
        .runner = &runner,
        .progress = &progress};

    int status = STATUS_DONE;
    struct terminal_mode mode;
    terminal_remember(&mode);
    if (start_spawner(&runner.spawner, settings, plan, error) != 0)
        return STATUS_MACHINE;
    with.subjects = subjects_create(plan);
    progress_start(&progress, !settings->show_output);
    if (context_create(&context, settings, getenv("SOURCE_DATE_EPOCH"), error) == 0 &&
        read_against(&with, &against, error) == 0 && resume(&with, &resumed, error) == 0 &&
        export_check(settings, error) == 0 && open_output(&with.output, settings, error) == 0 &&
        interrupt_arrange(&interrupt, error) == 0 && run_journal(&with, &status, error) == 0 &&
        status == STATUS_DONE)
        tell(&with, error);
    status = tool_worse(status, worst_status(with.subjects, plan->count));
    spawner_stop(runner.spawner);
    terminal_restore(&mode);
    if (output_commit(with.output, error) != 0)
        status = tool_worse(status, STATUS_MACHINE);
    subjects_free(with.subjects, plan->count);
    runner_release(&runner);
    resume_release(&resumed);
    against_release(&against);
    context_release(&context);
    if (interrupt.number != 0 && error->code != ERROR_NONE)
        tool_error(error);
    if (interrupt.fd >= 0)
        interrupt_finish(&interrupt);
    return status;
}

static int run(struct settings *settings, const struct operands *operands, struct error *error)
{
    struct plan plan;
    int status = STATUS_DONE;
    if (settings_check(settings, error) != 0)
        return status;
    if (run_plan_create(&plan, settings, operands, environ, error) == 0)
        status = settings->list || settings->dry_run ? show_plan(&plan, settings, error)
                                                     : run_plan(settings, &plan, error);
    run_plan_release(&plan);
    return status;
}

int main(int argc, char **argv)
{
    struct settings settings = SETTINGS_INIT;
    struct option options[SETTINGS_OPTIONS];
    static const char *const usage[] = {"[options] COMMAND...", "[options] -- PROGRAM [WORD...]",
        "[options] [--suite FILE...]", NULL};
    const struct command command = {"bench-run",
        "measure commands, and write what was measured as lines of a report", usage, options,
        "Exit status: 0 everything was measured, 1 a command failed, 2 wrong usage, 3 a suite "
        "or an earlier report cannot be read, 4 the machine failed. See bench-run(1)."};
    settings_options(&settings, options);
    return tool_run(&command, argc, argv, &settings, run);
}
