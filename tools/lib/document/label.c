/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/label.h"

#include "base/buffer.h"
#include "base/plural.h"
#include "document/character.h"
#include "document/csv.h"
#include "record/time.h"

struct slice benchmark_suites(const struct report_result *result, struct arena *arena)
{
    struct buffer text = BUFFER_INIT;
    if (result->suite_count == 0)
        return (struct slice){NULL, 0};
    for (size_t i = 0; i < result->suite_count; i++) {
        if (i > 0)
            buffer_add_text(&text, "::");
        buffer_add_slice(&text, result->suites[i]);
    }
    struct slice kept = arena_slice(arena, buffer_slice(&text));
    buffer_release(&text);
    return kept;
}

/* A pytest-like test has one param, its id. */
static bool has_id_only(const struct report_result *result)
{
    return result->param_count == 1 && slice_is(result->params[0].name, "id");
}

struct slice benchmark_params(const struct report_result *result, struct arena *arena)
{
    struct buffer text = BUFFER_INIT;
    if (result->param_count == 0)
        return (struct slice){NULL, 0};
    for (size_t i = 0; i < result->param_count; i++) {
        if (i > 0)
            buffer_add_text(&text, ", ");
        if (!has_id_only(result)) {
            buffer_add_slice(&text, result->params[i].name);
            buffer_add_char(&text, '=');
        }
        buffer_add_slice(&text, result->params[i].value);
    }
    struct slice kept = arena_slice(arena, buffer_slice(&text));
    buffer_release(&text);
    return kept;
}

struct slice benchmark_label(const struct report_result *result, struct slice suites,
    struct slice params, struct arena *arena)
{
    struct buffer text = BUFFER_INIT;
    if (suites.data) {
        buffer_add_slice(&text, suites);
        buffer_add_text(&text, "::");
    }
    buffer_add_slice(&text, result->name);
    if (params.data) {
        buffer_add_text(&text, has_id_only(result) ? "[" : " (");
        buffer_add_slice(&text, params);
        buffer_add_text(&text, has_id_only(result) ? "]" : ")");
    }
    struct slice kept = arena_slice(arena, buffer_slice(&text));
    buffer_release(&text);
    return kept;
}

static void add_word(struct buffer *out, struct slice word)
{
    if (word.size == 0)
        return;
    buffer_add_char(out, ' ');
    buffer_add_slice(out, word);
}

void benchmark_words(struct buffer *out, const struct report_result *result, struct slice variant,
    struct slice machine)
{
    for (size_t i = 0; i < result->suite_count; i++) {
        buffer_add_slice(out, result->suites[i]);
        buffer_add_char(out, '/');
    }
    buffer_add_slice(out, result->name);
    for (size_t i = 0; i < result->param_count; i++) {
        add_word(out, result->params[i].name);
        buffer_add_char(out, '=');
        buffer_add_slice(out, result->params[i].value);
    }
    add_word(out, result->model_id);
    add_word(out, result->modality);
    if (variant.size > 0) {
        buffer_add_text(out, " (");
        buffer_add_slice(out, variant);
        buffer_add_char(out, ')');
    }
    if (machine.size > 0) {
        buffer_add_text(out, " on ");
        buffer_add_slice(out, machine);
    }
}

void benchmark_csv(struct buffer *out, const struct report_result *result)
{
    struct buffer work = BUFFER_INIT;
    for (size_t i = 0; i < result->suite_count; i++) {
        buffer_add_text(&work, i > 0 ? "/" : "");
        buffer_add_slice(&work, result->suites[i]);
    }
    csv_text(out, buffer_slice(&work));
    csv_text(out, result->name);
    buffer_reset(&work);
    for (size_t i = 0; i < result->param_count; i++) {
        buffer_add_text(&work, i > 0 ? " " : "");
        buffer_add_slice(&work, result->params[i].name);
        buffer_add_char(&work, '=');
        buffer_add_slice(&work, result->params[i].value);
    }
    csv_text(out, buffer_slice(&work));
    csv_text(out, result->model_id);
    csv_text(out, result->modality);
    buffer_release(&work);
}

void point_words(
    struct buffer *out, struct slice ref, struct slice commit, int64_t ns, size_t number)
{
    enum { DAY = 10 }; /* of 2026-03-01T00:00:00Z */
    char time[TIME_TEXT];
    if (ref.data) {
        buffer_add_slice(out, ref);
    } else if (commit.data) {
        commit.size = commit.size < COMMIT_SHOWN ? commit.size : COMMIT_SHOWN;
        buffer_add_slice(out, commit);
    } else if (ns != INT64_MIN) {
        time_text(ns, time);
        buffer_add_slice(out, (struct slice){time, DAY});
    } else {
        buffer_add_format(out, "point %zu", number);
    }
}

void machines_words(struct buffer *out, const struct slice *names, size_t count)
{
    buffer_add_format(out, "machine%s: ", plural(count));
    for (size_t i = 0; i < count; i++) {
        buffer_add_text(out, i > 0 ? "; " : "");
        text_safe(out, names[i].size > 0 ? names[i] : slice_of("unknown"));
    }
    buffer_add_text(out, ".\n");
}
