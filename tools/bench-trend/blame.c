/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "blame.h"

#include "base/memory.h"
#include "base/plural.h"
#include "document/character.h"
#include "document/label.h"
#include "document/quantity.h"
#include "process/words.h"
#include "record/access.h"
#include "record/inputs.h"
#include "tool/tool.h"

#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 30, BLAMED_MOST = 64 };

struct blame {
    const struct report *report;
    size_t point, before;
    struct {
        const struct trend_series *series;
        const struct trend_change *change;
    } items[BLAMED_MOST];
    size_t count;
    bool worse;
};

/* ---- which changes ------------------------------------------------------------------- */

static bool is_named(const struct trend_point *point, struct slice name)
{
    bool digits = name.size >= 7 && name.size <= point->commit.size &&
                  memcmp(point->commit.data, name.data, name.size) == 0;
    return digits || (point->ref.data && slice_equal(point->ref, name));
}

static int find_point(struct blame *blame, const char *name, struct error *error)
{
    size_t count;
    const struct trend_point *points = trend_points(blame->report->trend, &count);
    for (size_t i = 0; i < count; i++)
        if (is_named(&points[i], slice_of(name))) {
            blame->point = i;
            return 0;
        }
    return error_set(error, ERROR_USAGE,
        "--blame: no point is called \"%s\"; expected a tag or at least seven digits of a commit",
        name);
}

static void find_changes(struct blame *blame)
{
    const struct report *report = blame->report;
    for (size_t i = 0; i < report->row_count; i++) {
        const struct trend_series *series = report->rows[i];
        for (size_t k = 0; k < series->change_count && blame->count < BLAMED_MOST; k++) {
            const struct trend_change *change = &series->changes[k];
            if (series->values[change->index].point != blame->point)
                continue;
            size_t before = series->values[change->index - 1].point;
            if (blame->count == 0 || before > blame->before)
                blame->before = before;
            blame->worse = blame->worse ||
                           (series->better != BETTER_NONE && change->direction != BETTER_NONE &&
                               change->direction != series->better);
            blame->items[blame->count].series = series;
            blame->items[blame->count++].change = change;
        }
    }
}

static void write_changes(struct buffer *out, const struct blame *blame, struct buffer *work)
{
    for (size_t i = 0; i < blame->count; i++) {
        const struct trend_series *series = blame->items[i].series;
        const struct trend_change *change = blame->items[i].change;
        buffer_reset(work);
        benchmark_words(work, &series->names, series->names.variant, series->machine);
        buffer_add_char(work, ' ');
        buffer_add_slice(work, series->metric);
        buffer_add_text(out, "    ");
        text_safe(out, buffer_slice(work));
        buffer_reset(work);
        words_change(work, series, change);
        buffer_add_format(work, " (%s)", change->confirmed ? "confirmed" : "unconfirmed");
        buffer_add_text(out, ": ");
        text_safe(out, buffer_slice(work));
        buffer_add_char(out, '\n');
    }
}

/* ---- commits -------------------------------------------------------------------------- */

static int write_commits(struct buffer *out, const struct blame *blame, struct error *error)
{
    size_t count;
    const struct trend_point *points = trend_points(blame->report->trend, &count);
    struct git_points commits = {NULL, 0, 0};
    if (!points[blame->before].commit.data)
        return error_set(error, ERROR_INPUT,
            "--blame: the run before %s does not say which commit it measured",
            blame->report->settings->blame);
    char *range = memory_format(
        "%s..%s", points[blame->before].commit.data, points[blame->point].commit.data);
    int result =
        repository_walk(blame->report->material->repository, &commits, range, false, error);
    if (result == 0) {
        buffer_add_format(out, "\n%zu commit%s since ", commits.count, plural(commits.count));
        words_point(out, blame->report->trend, blame->before);
        buffer_add_text(out, ", oldest first:\n\n");
    }
    for (size_t i = 0; i < commits.count; i++) {
        buffer_add_format(out, "    %.*s  ", COMMIT_SHOWN, commits.items[i].commit.hex);
        text_safe(out, slice_of(commits.items[i].summary));
        buffer_add_char(out, '\n');
    }
    git_points_release(&commits);
    free(range);
    return result;
}

/* ---- the command of the first benchmark -------------------------------------------------- */

struct lookup {
    const struct report_result *names;
    struct arena arena;
    struct slice command; /* data NULL until it is found */
};

static int look_at(void *context, const struct record *record, bool of_many, struct error *error)
{
    struct lookup *lookup = context;
    struct report_result result;
    (void)of_many;
    if (record->kind != RECORD_RESULT || lookup->command.data)
        return 0;
    if (report_result_read(&result, record, &lookup->arena, error) != 0)
        return -1;
    uint32_t metadata = access_node(record->document, ACCESS_ROOT, "metadata", JSON_OBJECT);
    struct slice command = access_text(record->document, metadata, "command", &lookup->arena);
    if (command.data && slice_equal(result.name, lookup->names->name) &&
        slice_equal(result.variant, lookup->names->variant) &&
        !memchr(command.data, '\0', command.size))
        lookup->command = command;
    return 0;
}

static void tell_nobody(const struct error *error)
{
    (void)error; /* it was told when the points were read */
}

static void find_command(const struct blame *blame, struct lookup *lookup)
{
    size_t count;
    const struct material *material = blame->report->material;
    const struct trend_point *point = &trend_points(blame->report->trend, &count)[blame->point];
    struct source_options source = {
        .repository = material->settings->repository, .git_module = material->git_module};
    struct record_inputs inputs = {.source = &source,
        .max_line = material->settings->max_line,
        .take = look_at,
        .context = lookup,
        .tell = tell_nobody};
    for (size_t i = 0; i < material->held_count && !lookup->command.data; i++) {
        const struct held_history *held = &material->held[i];
        bool here = false;
        for (size_t k = 0; k < held->history.run_count; k++)
            here = here || held->points[k] == blame->point;
        if (!here)
            continue;
        const char *branch = material->settings->branch;
        char *operand =
            memory_format("git:%s:%s", branch ? branch : point->commit.data, held->file);
        const char *operands[] = {operand};
        struct error ignored = ERROR_INIT; /* then the command is not known */
        if (record_inputs_read(&inputs, operands, 1, &ignored) != 0)
            error_clear(&ignored);
        free(operand);
    }
}

/* ---- advice ---------------------------------------------------------------------------------- */

static void add_measuring(
    struct buffer *out, const struct trend_series *series, struct slice command)
{
    buffer_add_format(out, "bench-run -r %d -n ", (int)SAMPLES);
    words_quote(out, series->names.name);
    buffer_add_char(out, ' ');
    words_quote(out, command.data ? command : slice_of("COMMAND"));
}

static void write_advice(struct buffer *out, const struct blame *blame, struct buffer *work)
{
    size_t count;
    const struct trend_point *points = trend_points(blame->report->trend, &count);
    const struct trend_series *series = blame->items[0].series;
    struct lookup lookup = {.names = &series->names};
    const char *good = points[blame->before].commit.data, *bad = points[blame->point].commit.data;
    find_command(blame, &lookup);
    buffer_reset(work);
    buffer_add_text(work, "make || exit 125; ");
    add_measuring(work, series, lookup.command);
    buffer_add_format(
        work, " | bench-diff --fail-on=%s --metric ", blame->worse ? "regression" : "change");
    words_quote(work, series->metric);
    buffer_add_text(work, " ../good.jsonl -; s=$?; [ $s -gt 1 ] && s=125; exit $s");
    buffer_add_text(out,
        "\nTo find the one, with your build in place of make, measure the good state and let git "
        "search:\n\n");
    buffer_add_format(out, "    git checkout %.*s && make && ", COMMIT_SHOWN, good);
    struct buffer command = BUFFER_INIT;
    add_measuring(&command, series, lookup.command);
    buffer_add_text(&command, " >../good.jsonl");
    text_safe(out, buffer_slice(&command));
    buffer_add_format(
        out, "\n    git bisect start %.*s %.*s\n", COMMIT_SHOWN, bad, COMMIT_SHOWN, good);
    buffer_add_text(out, "    git bisect run sh -c ");
    buffer_reset(&command);
    words_quote(&command, buffer_slice(work));
    text_safe(out, buffer_slice(&command));
    buffer_add_char(out, '\n');
    buffer_release(&command);
    arena_release(&lookup.arena);
}

int write_blame(struct buffer *out, const struct report *report, struct error *error)
{
    struct blame blame = {.report = report};
    struct buffer work = BUFFER_INIT;
    int status = STATUS_DONE;
    if (find_point(&blame, report->settings->blame, error) != 0)
        return STATUS_USAGE;
    find_changes(&blame);
    if (blame.count == 0) {
        error_set(error, ERROR_USAGE,
            "--blame: no series changes at %s; bench-trend without --blame says where they do",
            report->settings->blame);
        return STATUS_USAGE;
    }
    buffer_add_text(out, "At ");
    words_point(&work, report->trend, blame.point);
    text_safe(out, buffer_slice(&work));
    buffer_add_text(out, ":\n\n");
    write_changes(out, &blame, &work);
    if (write_commits(out, &blame, error) != 0)
        status = STATUS_INPUT;
    else
        write_advice(out, &blame, &work);
    buffer_release(&work);
    return status;
}
