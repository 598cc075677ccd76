/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/report_parts.h"

#include "base/memory.h"
#include "document/character.h"

/* How the results ended: counts, times, what failed, what was skipped, and all of them. */

bool is_test(const struct benchmark *benchmark)
{
    return benchmark->timed || !benchmark->measured;
}

bool is_inference(const struct collection *collection, const struct item *item)
{
    const struct benchmark *benchmark = &collection->benchmarks[item->benchmark];
    if (item->outcome != OUTCOME_PASSED || benchmark->model == NO_TEXT)
        return false;
    return benchmark->performed || isnan(item->time) || item->time >= TEST_LEAST;
}

static void add_test(struct report_builder *builder, struct view *row, const struct item *item)
{
    const struct collection *collection = builder->collection;
    const struct benchmark *benchmark = &collection->benchmarks[item->benchmark];
    add_name(builder, row, "test", collection_text(collection, benchmark->label));
    add_name(builder, row, "name", collection_text(collection, benchmark->name));
    add_text(builder, row, "model", model_shown(builder, benchmark->model));
    add_text(builder, row, "modality", modality_shown(builder, benchmark->modality));
    add_text_id(builder, row, "variant", item->variant);
    add_text(builder, row, "outcome", slice_of(outcome_text(item->outcome)));
    add_quantity(builder, row, "time", item->time, "s");
}

/* ---- failures ---- */
static const char *signal_name(int number)
{
    static const struct {
        int number;
        const char *name;
    } signals[] = {{1, "SIGHUP"}, {2, "SIGINT"}, {3, "SIGQUIT"}, {4, "SIGILL"}, {6, "SIGABRT"},
        {7, "SIGBUS"}, {8, "SIGFPE"}, {9, "SIGKILL"}, {11, "SIGSEGV"}, {13, "SIGPIPE"},
        {14, "SIGALRM"}, {15, "SIGTERM"}, {24, "SIGXCPU"}, {25, "SIGXFSZ"}};
    for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
        if (signals[i].number == number)
            return signals[i].name;
    return NULL;
}

/* "timed out", "signal 9 (SIGKILL)", "exit status 3", or nothing. */
static void add_ending(
    struct report_builder *builder, struct view *row, const struct item_failure *failure)
{
    struct buffer *text = &builder->text;
    if (!failure) {
        add_text(builder, row, "ending", (struct slice){NULL, 0});
        return;
    }
    if (failure->timed_out == KNOWN_TRUE)
        buffer_add_text(text, "timed out");
    if (isfinite(failure->signal)) {
        const char *name = failure->signal >= 0 && failure->signal < 100
                               ? signal_name((int)failure->signal)
                               : NULL;
        buffer_add_format(text, "%ssignal %.0f", text->size ? ", " : "", failure->signal);
        if (name)
            buffer_add_format(text, " (%s)", name);
    }
    if (isfinite(failure->exit_status))
        buffer_add_format(text, "%sexit status %.0f", text->size ? ", " : "", failure->exit_status);
    add_text(builder, row, "ending", text->size ? buffer_slice(text) : (struct slice){NULL, 0});
    buffer_reset(text);
}

/* A reason as far as a table can show it. */
static void add_reason(struct report_builder *builder, struct view *row, struct slice reason)
{
    enum { SHOWN = 300 };
    if (!reason.data) {
        add_text(builder, row, "reason", reason);
        return;
    }
    struct slice head = text_head(reason, SHOWN);
    buffer_add_slice(&builder->text, head);
    if (head.size < reason.size)
        buffer_add_text(&builder->text, "\xE2\x80\xA6");
    add_text(
        builder, row, "reason", (struct slice){buffer_text(&builder->text), builder->text.size});
    buffer_reset(&builder->text);
}

static const struct view *failure_row(struct report_builder *builder, const struct item *item)
{
    const struct collection *collection = builder->collection;
    struct view *row = view_object(builder->arena);
    add_test(builder, row, item);
    add_reason(builder, row, collection_text(collection, item->reason));
    add_ending(builder, row, item->failure);
    buffer_add_slice(&builder->text, collection_text(collection, item->file));
    buffer_add_format(&builder->text, ":%llu", (unsigned long long)item->line);
    add_text(builder, row, "place", buffer_slice(&builder->text));
    buffer_reset(&builder->text);
    if (!item->failure || !item->failure->stderr_end.data)
        return row;
    struct view *end = view_object(builder->arena);
    add_text(builder, end, "text", item->failure->stderr_end);
    add_block(builder, end, "block", item->failure->stderr_end);
    add_flag(builder, end, "cut", item->failure->stderr_cut);
    view_set(builder->arena, row, "stderr", end);
    return row;
}

/* {count, rows, more}: rows of the results that one of the two outcomes has. */
static void add_failures(struct report_builder *builder, struct view *root)
{
    const struct collection *collection = builder->collection;
    struct view *failures = view_object(builder->arena), *rows = view_list(builder->arena);
    uint64_t count = 0;
    bool blocks = false;
    for (size_t i = 0; i < collection->item_count; i++) {
        const struct item *item = &collection->items[i];
        if (item->outcome != OUTCOME_FAILED && item->outcome != OUTCOME_ERROR)
            continue;
        if (count++ >= SHOWN_FAILURES)
            continue;
        view_append(builder->arena, rows, failure_row(builder, item));
        blocks = blocks || (item->failure && item->failure->stderr_end.data);
    }
    if (count == 0)
        return;
    add_count(builder, failures, "count", count);
    view_set(builder->arena, failures, "rows", rows);
    add_flag(builder, failures, "has_stderr", blocks);
    if (count > SHOWN_FAILURES)
        add_count(builder, failures, "more", count - SHOWN_FAILURES);
    view_set(builder->arena, root, "failures", failures);
}

/* ---- skipped ---- */
struct skip {
    uint32_t reason;
    uint64_t count;
    struct view *names;
};

static struct skip *skip_of(struct skip **skips, size_t *count, size_t *capacity,
    struct dictionary *reasons, const struct collection *collection, const struct item *item)
{
    uint32_t index = dictionary_id(reasons, collection_text(collection, item->reason));
    if (index == *count) {
        MEMORY_GROW(*skips, *count, *capacity);
        (*skips)[(*count)++] = (struct skip){item->reason, 0, NULL};
    }
    return &(*skips)[index];
}

static int by_count(const void *left, const void *right)
{
    const struct skip *a = left, *b = right;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return (a->reason > b->reason) - (a->reason < b->reason);
}

static const struct view *skip_row(struct report_builder *builder, const struct skip *skip)
{
    struct view *row = view_object(builder->arena);
    add_reason(builder, row, collection_text(builder->collection, skip->reason));
    add_count(builder, row, "count", skip->count);
    view_set(builder->arena, row, "tests", skip->names);
    if (skip->count > view_count(skip->names))
        add_count(builder, row, "more", skip->count - view_count(skip->names));
    return row;
}

/* {count, reasons}: the reasons, most frequent first, each with the first tests of it. */
static void add_skips(struct report_builder *builder, struct view *root)
{
    const struct collection *collection = builder->collection;
    struct dictionary reasons = {.texts = NULL};
    struct skip *skips = NULL;
    size_t count = 0, capacity = 0;
    uint64_t all = 0;
    for (size_t i = 0; i < collection->item_count; i++) {
        const struct item *item = &collection->items[i];
        if (item->outcome != OUTCOME_SKIPPED)
            continue;
        struct skip *skip = skip_of(&skips, &count, &capacity, &reasons, collection, item);
        if (!skip->names)
            skip->names = view_list(builder->arena);
        all++;
        if (skip->count++ >= SHOWN_NAMES)
            continue;
        struct view *test = name_view(
            builder, collection_text(collection, collection->benchmarks[item->benchmark].label));
        add_flag(builder, test, "first", skip->count == 1);
        view_append(builder->arena, skip->names, test);
    }
    if (count > 1)
        qsort(skips, count, sizeof *skips, by_count);
    if (all > 0) {
        struct view *object = view_object(builder->arena), *rows = view_list(builder->arena);
        for (size_t i = 0; i < count; i++)
            view_append(builder->arena, rows, skip_row(builder, &skips[i]));
        add_count(builder, object, "count", all);
        view_set(builder->arena, object, "reasons", rows);
        view_set(builder->arena, root, "skips", object);
    }
    free(skips);
    dictionary_release(&reasons);
}

/* ---- counts and times ---- */
static void add_time(
    struct report_builder *builder, struct view *time, const char *key, const struct extent *extent)
{
    add_quantity(builder, time, key, extent->count ? extent->sum : NAN, "s");
}

static void add_times(struct report_builder *builder, struct view *root)
{
    const struct collection *collection = builder->collection;
    struct view *time = view_object(builder->arena);
    struct extent passed = EXTENT_NONE, all = EXTENT_NONE, start = EXTENT_NONE, end = EXTENT_NONE;
    for (size_t i = 0; i < collection->item_count; i++) {
        const struct item *item = &collection->items[i];
        extent_add(&all, item->time);
        if (item->outcome == OUTCOME_PASSED)
            extent_add(&passed, item->time);
        extent_add(&start, item->started);
        extent_add(&end, item->ended);
    }
    add_time(builder, time, "passed", &passed);
    add_time(builder, time, "all", &all);
    add_quantity(
        builder, time, "elapsed", collection->run_count == 1 ? end.most - start.least : NAN, "s");
    if (all.count > 0 && all.count < collection->item_count)
        add_count(builder, time, "unknown", collection->item_count - all.count);
    view_set(builder->arena, root, "time", time);
}

/* "9 results: 5 passed, 2 failed, 1 could not run, 1 skipped" */
static void add_headline(
    struct report_builder *builder, struct view *root, const uint64_t counts[static 4])
{
    static const struct {
        enum outcome outcome;
        const char *words;
    } parts[] = {{OUTCOME_PASSED, "passed"}, {OUTCOME_FAILED, "failed"},
        {OUTCOME_ERROR, "could not run"}, {OUTCOME_SKIPPED, "skipped"}};
    struct buffer *text = &builder->text;
    size_t total = builder->collection->item_count;
    const char *before = ": ";
    quantity_add_count(text, total);
    buffer_add_text(text, total == 1 ? " result" : " results");
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
        if (counts[parts[i].outcome] == 0)
            continue;
        buffer_add_text(text, before);
        quantity_add_count(text, counts[parts[i].outcome]);
        buffer_add_format(text, " %s", parts[i].words);
        before = ", ";
    }
    add_text(builder, root, "headline", buffer_slice(text));
    buffer_reset(text);
}

static void add_counts(struct report_builder *builder, struct view *root)
{
    static const char *const keys[] = {"passed", "failed", "skipped", "errors"};
    const struct collection *collection = builder->collection;
    struct view *tests = view_object(builder->arena);
    uint64_t counts[4] = {0}, with_model = 0;
    for (size_t i = 0; i < collection->item_count; i++) {
        const struct item *item = &collection->items[i];
        counts[item->outcome]++;
        with_model += item->outcome == OUTCOME_PASSED &&
                      collection->benchmarks[item->benchmark].model != NO_TEXT;
    }
    add_count(builder, tests, "total", collection->item_count);
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        add_count(builder, tests, keys[i], counts[i]);
    add_count(builder, tests, "bad", counts[OUTCOME_FAILED] + counts[OUTCOME_ERROR]);
    add_count(builder, tests, "with_model", with_model);
    add_count(builder, tests, "infrastructure", counts[OUTCOME_PASSED] - with_model);
    add_flag(builder, tests, "has_failed", counts[OUTCOME_FAILED] > 0);
    add_flag(builder, tests, "has_skipped", counts[OUTCOME_SKIPPED] > 0);
    add_flag(builder, tests, "has_errors", counts[OUTCOME_ERROR] > 0);
    add_flag(builder, tests, "has_models", collection->model_count > 0);
    view_set(builder->arena, root, "tests", tests);
    add_headline(builder, root, counts);
}

/* Every result by itself, in the order of the input. */
static void add_results(struct report_builder *builder, struct view *root)
{
    const struct collection *collection = builder->collection;
    struct view *results = view_object(builder->arena), *rows = view_list(builder->arena);
    size_t shown = collection->item_count < SHOWN_RESULTS ? collection->item_count : SHOWN_RESULTS;
    for (size_t i = 0; i < shown; i++) {
        struct view *row = view_object(builder->arena);
        add_test(builder, row, &collection->items[i]);
        view_append(builder->arena, rows, row);
    }
    add_count(builder, results, "count", collection->item_count);
    view_set(builder->arena, results, "rows", rows);
    if (collection->item_count > shown)
        add_count(builder, results, "more", collection->item_count - shown);
    view_set(builder->arena, root, "results", results);
}

void report_add_outcomes(struct report_builder *builder, struct view *root)
{
    add_counts(builder, root);
    add_times(builder, root);
    add_failures(builder, root);
    add_skips(builder, root);
    add_results(builder, root);
}
