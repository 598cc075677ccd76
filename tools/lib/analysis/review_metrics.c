/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/review_parts.h"

#include "record/access.h"
#include "record/unit.h"

#include <math.h>
#include <string.h>

/* Ends of names that say a unit; in a name with "per" they say another thing. */
static const struct {
    const char *end, *unit;
} unit_names[] = {
    {"_ns", "ns"},
    {"_us", "us"},
    {"_ms", "ms"},
    {"_seconds", "s"},
    {"_bytes", "By"},
    {"_kb", "kBy"},
    {"_mb", "MBy"},
    {"_gb", "GBy"},
    {"_percent", "%"},
    {"_hz", "Hz"},
};

static bool ends_in(struct slice name, const char *end)
{
    size_t size = strlen(end);
    return name.size > size && memcmp(name.data + name.size - size, end, size) == 0;
}

static bool says_per(struct slice name)
{
    for (size_t i = 0; i + 5 <= name.size; i++)
        if (memcmp(name.data + i, "_per_", 5) == 0)
            return true;
    return false;
}

static const char *pointer_of(struct review *review, size_t number, const char *member)
{
    return arena_format(&review->line, "/metrics/%zu/%s", number, member);
}

static void check_unit_name(struct review *review, const struct metric *metric, size_t number)
{
    if (says_per(metric->name))
        return;
    for (size_t i = 0; i < ARRAY_SIZE(unit_names); i++)
        if (ends_in(metric->name, unit_names[i].end) && !slice_is(metric->unit, unit_names[i].unit))
            review_say(review, REVIEW_UNIT_NAME, pointer_of(review, number, "unit"),
                "the unit of %.*s is %.*s; expected %s by its name", REVIEW_TEXT(metric->name),
                REVIEW_TEXT(metric->unit), unit_names[i].unit);
}

static void check_unit(struct review *review, const struct metric *metric, size_t number)
{
    struct unit_step step;
    const struct review_first *first =
        review_differs(review, SAYING_UNIT, metric->name, metric->unit);
    if (!first)
        return;
    bool turns = unit_step_between(&step, metric->unit, first->said);
    review_say(review, turns ? REVIEW_UNIT_DIFFERS : REVIEW_UNIT_CONFLICT,
        pointer_of(review, number, "unit"),
        "the unit of %.*s is %.*s, and %.*s at %s:%llu; expected one unit for a metric%s",
        REVIEW_TEXT(metric->name), REVIEW_TEXT(metric->unit), REVIEW_TEXT(first->said), first->file,
        (unsigned long long)first->line, turns ? "" : ", or units that can be converted");
}

static void check_better(struct review *review, const struct metric *metric, size_t number)
{
    static const char *const words[] = {
        [BETTER_NONE] = "none", [BETTER_LOWER] = "lower", [BETTER_HIGHER] = "higher"};
    if (!metric->better_known)
        return;
    const char *word = words[metric->better];
    const struct review_first *first =
        review_differs(review, SAYING_BETTER, metric->name, slice_of(word));
    if (first)
        review_say(review, REVIEW_BETTER_CONFLICT, pointer_of(review, number, "better"),
            "%.*s is better when %s, and when %.*s at %s:%llu; expected one direction",
            REVIEW_TEXT(metric->name), word, REVIEW_TEXT(first->said), first->file,
            (unsigned long long)first->line);
}

static void check_signs(struct review *review, const struct metric *metric, size_t number)
{
    if (!unit_is_never_negative(metric->unit))
        return;
    for (size_t i = 0; i < metric->count; i++) {
        if (!(metric->samples[i] < 0))
            continue;
        review_say(review, REVIEW_NEGATIVE_SAMPLE,
            arena_format(&review->line, "/metrics/%zu/samples/%zu", number, i),
            "a sample of %.*s is %.9g %.*s; expected no less than 0", REVIEW_TEXT(metric->name),
            metric->samples[i], REVIEW_TEXT(metric->unit));
        return;
    }
}

static void check_observations(struct review *review, const struct report_result *result)
{
    const struct json_document *document = review->record->document;
    uint32_t observations = access_node(document, ACCESS_ROOT, "observations", JSON_OBJECT);
    uint32_t ok = access_node(document, observations, "ok", JSON_ARRAY);
    size_t failed = 0;
    if (ok == JSON_NONE || result->outcome != OUTCOME_PASSED)
        return;
    for (uint32_t item = json_first(document, ok); item != json_end(document, ok);
         item = json_after(document, item)) {
        if (json_type(document, item) != JSON_FALSE)
            return;
        failed++;
    }
    if (failed > 0)
        review_say(review, REVIEW_ALL_FAILED, "/observations/ok",
            "it passed, and none of its %zu observations is ok; expected failed", failed);
}

void review_metrics(
    struct review *review, struct review_run *run, const struct report_result *result)
{
    for (size_t i = 0; i < result->metric_count; i++) {
        const struct metric *metric = &result->metrics[i];
        check_unit(review, metric, i);
        check_unit_name(review, metric, i);
        check_better(review, metric, i);
        check_signs(review, metric, i);
    }
    check_observations(review, result);
    review_series_take(review, run, result);
}
