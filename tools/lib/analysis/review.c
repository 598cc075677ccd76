/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/review_parts.h"

#include "base/memory.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

static const struct review_rule rules[REVIEW_CODES] = {
    [REVIEW_UNKNOWN_RUN] = {"unknown-run", true, REVIEW_MEANING, "a run_id that no run line has"},
    [REVIEW_LATE_RUN] = {"late-run", false, REVIEW_MEANING,
        "a run line that comes after other lines of its run"},
    [REVIEW_RUN_TWICE] = {"run-twice", true, REVIEW_MEANING, "a second run line of the same run"},
    [REVIEW_NO_END] = {"no-end", false, REVIEW_MEANING, "a run without its end line"},
    [REVIEW_PART_MISSING] = {"part-missing", true, REVIEW_MEANING,
        "a part of a result before which another is missing"},
    [REVIEW_PART_ORDER] = {"part-order", true, REVIEW_MEANING,
        "a part of a result that comes after a later one, or twice"},
    [REVIEW_DIRTY_TAG] = {"dirty-tag", true, REVIEW_MEANING,
        "a run that claims a tag and measured sources that differ from it"},
    [REVIEW_TWO_MACHINES] = {"two-machines", true, REVIEW_MEANING,
        "a result from another machine than its run"},
    [REVIEW_ENDED_BEFORE_STARTED] = {"ended-before-started", true, REVIEW_MEANING,
        "an end before the start"},
    [REVIEW_WINDOW_OVERLAP] = {"window-overlap", false, REVIEW_MEANING,
        "a window that overlaps the next one of a sequential run"},
    [REVIEW_DURATION] = {"duration-window", false, REVIEW_MEANING,
        "a duration that does not match its window"},
    [REVIEW_UNIT_CONFLICT] = {"unit-conflict", true, REVIEW_MEANING,
        "a metric in a unit that its unit elsewhere cannot be converted into"},
    [REVIEW_UNIT_DIFFERS] = {"unit-differs", false, REVIEW_MEANING,
        "a metric in another unit than elsewhere, which can be converted"},
    [REVIEW_UNIT_NAME] = {"unit-name", false, REVIEW_MEANING,
        "a metric whose name ends in another unit than it has"},
    [REVIEW_BETTER_CONFLICT] = {"better-conflict", true, REVIEW_MEANING,
        "a metric whose better direction is another one elsewhere"},
    [REVIEW_NEGATIVE_SAMPLE] = {"negative-sample", true, REVIEW_MEANING,
        "a sample below zero in a unit that cannot be"},
    [REVIEW_CONSTANT_SERIES] = {"constant-series", false, REVIEW_MEANING,
        "five samples or more of a measured quantity, all the same"},
    [REVIEW_ALL_ZERO] = {"all-zero", true, REVIEW_MEANING,
        "a time or a rate whose samples are all zero"},
    [REVIEW_ALL_FAILED] = {"all-requests-failed", true, REVIEW_MEANING,
        "a passed result of which no observation is ok"},
    [REVIEW_NO_METRICS] = {"no-metrics", false, REVIEW_MEANING,
        "a passed result without a value of any metric"},
    [REVIEW_SUMMARY] = {"summary-contradicted", true, REVIEW_MEANING,
        "a stated figure that the samples beside it contradict"},
    [REVIEW_FEW_SAMPLES] = {"few-samples", false, REVIEW_MEANING,
        "a percentile of fewer samples than it needs, such as a p99 of fewer than 100"},
    [REVIEW_HEALTH] = {"health-contradicted", true, REVIEW_MEANING,
        "health flags that the health figures contradict"},
    [REVIEW_TWO_SPELLINGS] = {"two-spellings", false, REVIEW_MEANING,
        "a benchmark or model that was spelt otherwise before"},
    [REVIEW_HOME_FOLDER] = {"home-folder", true, REVIEW_PRIVACY, "a path into somebody's home"},
    [REVIEW_USER_OR_HOST] = {"user-or-host", true, REVIEW_PRIVACY,
        "the name of a person, an account or a host"},
    [REVIEW_SECRET] = {"secret", true, REVIEW_PRIVACY, "a token, password or key"},
};

const struct review_rule *review_rule(enum review_code code)
{
    return &rules[code];
}

struct review *review_create(unsigned subjects, const struct review_sink *sink)
{
    struct review *review = memory_zero(1, sizeof *review);
    struct error error = ERROR_INIT;
    review->subjects = subjects;
    review->sink = *sink;
    int made = identity_create(&review->identity, NULL, NULL, &error);
    assert(made == 0); /* the usual fields are always good */
    (void)made;
    return review;
}

void review_free(struct review *review)
{
    if (!review)
        return;
    identity_free(review->identity);
    arena_release(&review->arena);
    arena_release(&review->line);
    buffer_release(&review->text);
    struct dictionary *all[] = {
        &review->runs, &review->series, &review->hosts, &review->things, &review->sayings};
    for (size_t i = 0; i < ARRAY_SIZE(all); i++)
        dictionary_release(all[i]);
    free(review->run_items);
    free(review->series_items);
    free(review->first_items);
    free(review);
}

struct review_place review_here(const struct review *review, const char *pointer)
{
    const struct record *record = review->record;
    struct review_place place = {record->file, pointer, record->line, 0};
    uint32_t node;
    if (!report_version_is_old(record->version) &&
        json_pointer_find(record->document, slice_of(pointer), &node))
        place.column = (uint64_t)record->document->nodes[node].start + 1;
    return place;
}

static void tell(struct review *review, enum review_code code, const struct review_place *place,
    const char *format, va_list arguments) PRINTF_LIKE(4, 0);
static void tell(struct review *review, enum review_code code, const struct review_place *place,
    const char *format, va_list arguments)
{
    char text[1024]; /* every slice in it is cut by REVIEW_TEXT */
    vsnprintf(text, sizeof text, format, arguments);
    const struct review_finding finding = {
        code, place->file, place->line, place->column, place->pointer, text};
    review->sink.finding(review->sink.context, &finding);
}

void review_say(
    struct review *review, enum review_code code, const char *pointer, const char *format, ...)
{
    struct review_place place = review_here(review, pointer);
    va_list arguments;
    va_start(arguments, format);
    tell(review, code, &place, format, arguments);
    va_end(arguments);
}

void review_say_at(struct review *review, enum review_code code, const struct review_place *place,
    const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tell(review, code, place, format, arguments);
    va_end(arguments);
}

const struct review_first *review_differs(
    struct review *review, enum review_saying saying, struct slice thing, struct slice said)
{
    buffer_reset(&review->text);
    buffer_add_format(&review->text, "%d\n", saying);
    buffer_add_slice(&review->text, thing);
    uint32_t things = review->things.count, sayings = review->sayings.count;
    uint32_t number = dictionary_id(&review->things, buffer_slice(&review->text));
    buffer_add_char(&review->text, '\n');
    buffer_add_slice(&review->text, said);
    bool repeated = dictionary_id(&review->sayings, buffer_slice(&review->text)) < sayings;
    if (number == things) {
        MEMORY_GROW(review->first_items, things, review->first_capacity);
        review->first_items[number] = (struct review_first){
            arena_slice(&review->arena, said), review->record->file, review->record->line};
        return NULL;
    }
    return repeated ? NULL : &review->first_items[number];
}

static void take_result(struct review *review, struct review_run *run)
{
    struct report_result result;
    struct error error = ERROR_INIT;
    if (!run || report_result_read(&result, review->record, &review->line, &error) != 0)
        return; /* that is the schema's to say */
    review_machines(review, run);
    review_windows(review, run, &result);
    review_names(review, &result);
    review_metrics(review, run, &result);
    review_summaries(review, &result);
    review_health(review, run, &result);
}

void review_take(struct review *review, const struct record *record)
{
    review->record = record;
    arena_reset(&review->line);
    if (review->subjects & REVIEW_PRIVACY)
        review_privacy(review);
    if (!(review->subjects & REVIEW_MEANING))
        return;
    struct review_run *run = review_run_of(review);
    if (record->kind == RECORD_RUN && run)
        review_run_line(review, run);
    else if (record->kind == RECORD_END && run)
        review_end_line(review, run);
    else if (record->kind == RECORD_RESULT)
        take_result(review, run);
    else if (record->kind == RECORD_COMPARISON)
        review_comparison(review);
}

void review_finish(struct review *review)
{
    for (uint32_t i = 0; i < review->runs.count; i++)
        review_run_close(review, review->run_items[i]);
}
