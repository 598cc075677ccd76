/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "journal_run.h"

#include "record/machine.h"
#include "stopping.h"
#include "tool/tool.h"

#include <string.h>

static void write_producer(struct json_writer *writer)
{
    json_member_object(writer, "producer");
    json_member_text(writer, "name", tool_name());
    json_member_text(writer, "version", tool_version());
    json_end_object(writer);
}

static void write_head(struct json_writer *writer, const struct git_head *head)
{
    json_member_object(writer, "vcs");
    if (head->commit.hex[0])
        json_member_text(writer, "commit", head->commit.hex);
    json_member_text(writer, "branch", head->branch);
    json_member_text(writer, "tag", head->tag);
    if (head->dirty != GIT_DIRTY_UNKNOWN)
        json_member_bool(writer, "dirty", head->dirty == GIT_DIRTY_YES);
    if (head->committed_at[0])
        json_member_text(writer, "committed_at", head->committed_at);
    json_end_object(writer);
}

static bool is_repeated(const struct option_list *labels, size_t from, struct slice name)
{
    for (size_t i = from; i < labels->count; i++)
        if (strncmp(labels->items[i], name.data, name.size) == 0 &&
            labels->items[i][name.size] == '=')
            return true;
    return false;
}

/* A suite's labels, and over them the command line's; the last of two with the same name counts. */
static void write_labels(struct json_writer *writer, const struct option_list *labels,
    const struct suite_labels *of_suites)
{
    if (labels->count == 0 && of_suites->count == 0)
        return;
    json_member_object(writer, "labels");
    for (size_t i = 0; i < of_suites->count; i++) {
        const struct label *label = &of_suites->items[i];
        bool again = is_repeated(labels, 0, slice_of(label->name));
        for (size_t j = i + 1; j < of_suites->count; j++)
            again = again || strcmp(label->name, of_suites->items[j].name) == 0;
        if (!again)
            json_member_text(writer, label->name, label->value);
    }
    for (size_t i = 0; i < labels->count; i++) {
        struct slice name = {labels->items[i], strcspn(labels->items[i], "=")};
        if (is_repeated(labels, i + 1, name))
            continue;
        json_write_key_slice(writer, name);
        json_write_text(writer, name.data + name.size + 1);
    }
    json_end_object(writer);
}

static void member_known(struct json_writer *writer, const char *key, const char *value)
{
    if (value)
        json_member_text(writer, key, value);
}

static void write_ignored(struct json_writer *writer, const struct settings *settings)
{
    if (settings->ignore_failure && settings->ignoring.count == 0)
        json_member_bool(writer, "ignore_failure", true);
    if (settings->ignoring.count == 0)
        return;
    json_member_array(writer, "ignore_failure");
    for (int status = 1; status <= STATUS_MOST; status++)
        if (settings->ignoring.has[status])
            json_write_integer(writer, status);
    json_end_array(writer);
}

static void write_config(
    struct json_writer *writer, const struct settings *settings, const struct plan *plan)
{
    json_member_object(writer, "config");
    if (settings->runs > 0)
        json_member_integer(writer, "runs", settings->runs);
    json_member_integer(writer, "warmup", settings->warmup);
    if (settings->discard > 0)
        json_member_integer(writer, "discard", settings->discard);
    if (settings->timeout_s > 0)
        json_member_double(writer, "timeout_s", settings->timeout_s);
    write_ignored(writer, settings);
    member_known(writer, "input", settings->input);
    member_known(writer, "output", settings->show_output ? "inherit" : settings->command_output);
    member_known(writer, "shell", settings->no_shell ? NULL : settings->shell);
    if (settings->suites.count > 0) {
        json_member_array(writer, "suites");
        for (size_t i = 0; i < settings->suites.count; i++)
            json_write_text(writer, settings->suites.items[i]);
        json_end_array(writer);
    }
    json_member_array(writer, "commands");
    for (size_t i = 0; i < plan->count; i++)
        json_write_text(writer, plan->cells[i].command);
    json_end_array(writer);
    json_end_object(writer);
}

static void write_order(
    struct json_writer *writer, const struct settings *settings, const struct context *context)
{
    json_member_object(writer, "order");
    json_member_text(writer, "mode", order_names[settings->order]);
    if (settings->order == ORDER_INTERLEAVED)
        json_member_integer(writer, "seed", (int64_t)context->seed);
    json_end_object(writer);
}

static void member_interval(
    struct json_writer *writer, const char *key, const struct interval *interval)
{
    if (!interval_exists(*interval))
        return;
    json_member_array(writer, key);
    json_write_double(writer, interval->low);
    json_write_double(writer, interval->high);
    json_end_array(writer);
}

void journal_member_calibration(
    struct json_writer *writer, const struct calibration *calibration, const struct plan *plan)
{
    if (!calibration->done)
        return;
    json_member_object(writer, "calibration");
    json_member_integer(writer, "n", calibration->n);
    json_member_double(writer, "overhead_s", calibration->overhead_s);
    member_interval(writer, "overhead_ci", &calibration->overhead_ci);
    if (calibration->has_shell) {
        json_member_text(writer, "shell", plan->specs[plan->empty_shell].arguments[0]);
        json_member_double(writer, "shell_overhead_s", calibration->shell_overhead_s);
        member_interval(writer, "shell_overhead_ci", &calibration->shell_overhead_ci);
    }
    json_member_double(writer, "subtracted_s", calibration->subtracted.wall_s);
    if (calibration->has_shell) {
        json_member_object(writer, "metadata");
        json_member_double(writer, "subtracted_user_s", calibration->subtracted.user_s);
        json_member_double(writer, "subtracted_system_s", calibration->subtracted.system_s);
        json_end_object(writer);
    }
    json_end_object(writer);
}

static void write_isolation(
    struct json_writer *writer, const struct settings *settings, const struct plan *plan)
{
    json_member_object(writer, "isolation");
    json_write_key(writer, "pin");
    if (plan->cpus) {
        json_begin_array(writer);
        for (size_t i = 0; i < plan->cpu_count; i++)
            json_write_integer(writer, plan->cpus[i]);
        json_end_array(writer);
    } else {
        json_write_null(writer);
    }
    if (settings->nice_given)
        json_member_integer(writer, "nice", settings->nice);
    if (settings->no_aslr)
        json_member_bool(writer, "aslr", false);
    json_member_bool(writer, "drop_caches", settings->drop_caches);
    json_member_bool(writer, "require_clean", settings->require_clean);
    json_end_object(writer);
}

void journal_run_members(struct json_writer *writer, const struct settings *settings,
    const struct context *context, const struct plan *plan, const struct calibration *calibration)
{
    journal_member_time(writer, "started_at", context->started_real_ns);
    write_producer(writer);
    if (context->has_head)
        write_head(writer, &context->head);
    json_write_key(writer, "system");
    machine_write_system(writer, &context->facts);
    write_labels(writer, &settings->labels, &plan->labels);
    write_config(writer, settings, plan);
    write_order(writer, settings, context);
    json_write_key(writer, "stopping");
    stopping_write(writer, settings, NULL);
    journal_member_calibration(writer, calibration, plan);
    write_isolation(writer, settings, plan);
    json_member_text(writer, "sampling", "process");
}
