/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/report_changes.h"

#include "base/memory.h"
#include "document/comparison_parts.h"

/* Texts as one key; no text has the byte between them. */
static void add_key(struct buffer *key, struct slice part)
{
    buffer_add_char(key, part.data ? '+' : '-');
    if (part.data)
        buffer_add_slice(key, part);
    buffer_add_char(key, '\0');
}

static void model_key(struct buffer *key, struct slice model, struct slice modality)
{
    add_key(key, model);
    add_key(key, modality);
}

static void test_key(
    struct buffer *key, struct slice suite, struct slice name, struct slice modality)
{
    add_key(key, suite);
    add_key(key, name);
    add_key(key, modality);
}

static void add(struct report_change *change, const struct compared *item)
{
    numbers_add(&change->before, item->base.median);
    numbers_add(&change->now, item->head.median);
    change->log_sum += log(item->head.median / item->base.median);
    change->worse += item->verdict == VERDICT_REGRESSION;
    change->better += item->verdict == VERDICT_IMPROVEMENT;
}

static bool is_time(const struct compared *item)
{
    const struct finding *about = &item->about;
    return about->metric.data && about->unit.data && slice_is(about->unit, "s") &&
           (slice_is(about->metric, "duration") || slice_is(about->metric, "wall_time")) &&
           compared_has_both(item) && item->base.median > 0 && item->head.median > 0;
}

static void add_by_model(
    struct report_changes *changes, const struct compared *item, struct buffer *key)
{
    if (!item->about.model.data)
        return;
    model_key(key, item->about.model, item->about.modality);
    uint32_t number = dictionary_id(&changes->models, buffer_slice(key));
    if (number == changes->model_count) {
        MEMORY_GROW(changes->of_model, changes->model_count, changes->model_capacity);
        changes->of_model[changes->model_count++] = (struct report_change){.log_sum = 0};
    }
    add(&changes->of_model[number], item);
    buffer_reset(key);
}

static void add_by_test(
    struct report_changes *changes, const struct compared *item, struct buffer *key)
{
    test_key(key, item->about.suite, item->about.name, item->about.modality);
    uint32_t number = dictionary_id(&changes->tests, buffer_slice(key));
    if (number == changes->test_count) {
        MEMORY_GROW(changes->of_test, changes->test_count, changes->test_capacity);
        changes->of_test[changes->test_count++] = (struct report_change){.log_sum = 0};
    }
    add(&changes->of_test[number], item);
    buffer_reset(key);
}

void report_changes_read(struct report_changes *changes, const struct comparisons *comparisons)
{
    struct buffer key = BUFFER_INIT;
    for (size_t i = 0; comparisons && i < comparisons->count; i++)
        if (is_time(&comparisons->items[i])) {
            add_by_model(changes, &comparisons->items[i], &key);
            add_by_test(changes, &comparisons->items[i], &key);
        }
    buffer_release(&key);
}

static void release(struct report_change *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        numbers_release(&items[i].before);
        numbers_release(&items[i].now);
    }
    free(items);
}

void report_changes_release(struct report_changes *changes)
{
    release(changes->of_model, changes->model_count);
    release(changes->of_test, changes->test_count);
    dictionary_release(&changes->models);
    dictionary_release(&changes->tests);
}

static const struct report_change *find(
    const struct dictionary *keys, const struct report_change *items, struct buffer *key)
{
    uint32_t number = dictionary_find(keys, buffer_slice(key));
    buffer_release(key);
    return number == UINT32_MAX ? NULL : &items[number];
}

const struct report_change *report_change_of_model(
    const struct report_changes *changes, struct slice model, struct slice modality)
{
    struct buffer key = BUFFER_INIT;
    if (changes->model_count == 0)
        return NULL;
    model_key(&key, model, modality);
    return find(&changes->models, changes->of_model, &key);
}

const struct report_change *report_change_of_test(const struct report_changes *changes,
    struct slice suite, struct slice name, struct slice modality)
{
    struct buffer key = BUFFER_INIT;
    if (changes->test_count == 0)
        return NULL;
    test_key(&key, suite, name, modality);
    return find(&changes->tests, changes->of_test, &key);
}

static double total(const struct numbers *numbers)
{
    double sum = 0;
    for (size_t i = 0; i < numbers->count; i++)
        sum += numbers->values[i];
    return sum;
}

void add_report_change(
    struct report_builder *builder, struct view *row, const struct report_change *change, bool sums)
{
    static const struct view missing = {.type = VIEW_NULL};
    if (!change) {
        view_set(builder->arena, row, "change", &missing);
        return;
    }
    const struct numbers *before = &change->before, *now = &change->now;
    quantity_add_change(&builder->text, exp(change->log_sum / (double)before->count));
    struct view *view = buffer_view(builder);
    add_count(builder, view, "common", before->count);
    add_quantity(builder, view, "before",
        sums ? total(before) : median_of(builder, before->values, before->count), "s");
    add_quantity(
        builder, view, "now", sums ? total(now) : median_of(builder, now->values, now->count), "s");
    add_count(builder, view, "worse", change->worse);
    add_count(builder, view, "better", change->better);
    view_set(builder->arena, row, "change", view);
}
