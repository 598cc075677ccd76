/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/review_parts.h"

#include "record/access.h"
#include "record/unit.h"
#include "stats/moments.h"

#include <math.h>

/* Clocks tell milliseconds; hooks around a test take some of their own. */
static const double overlap_allowed = 0.001;                       /* s */
static const double duration_allowed = 0.1, duration_share = 0.01; /* s; of the window */
static const double idle_allowed = 1;                              /* s */

static double seconds_of(const struct metric *metric, double value)
{
    struct unit_step step;
    return unit_step_between(&step, metric->unit, slice_of("s")) ? unit_turn(step, value) : NAN;
}

/* Every one of count values is a number. */
static bool all_known(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (isnan(values[i]))
            return false;
    return count > 0;
}

static bool beyond(double value, double window)
{
    return value > window + duration_allowed + duration_share * window;
}

/* A window may hold what is done before and after what the duration is of, but not mostly. */
static bool mostly_idle(double duration, double window)
{
    return duration < window / 2 && window - duration > idle_allowed;
}

/* A duration fills its window, and what several samples took one after the other fits into it. */
static void check_duration(struct review *review, const struct report_result *result, double window)
{
    const struct metric *duration = report_metric(result, "duration");
    const struct metric *wall = report_metric(result, "wall_time");
    if (duration && duration->count == 1) {
        double seconds = seconds_of(duration, duration->samples[0]);
        if (beyond(seconds, window) || mostly_idle(seconds, window))
            review_say(review, REVIEW_DURATION, "/ended_ts",
                "the window is %.3f s and the duration %.3f s; expected about the same", window,
                seconds);
    }
    if (!wall || !all_known(wall->samples, wall->count) ||
        json_get(review->record->document, 0, "observations") != JSON_NONE)
        return;
    double sum = seconds_of(wall, moments_sum(wall->samples, wall->count));
    if (beyond(sum, window))
        review_say(review, REVIEW_DURATION, "/ended_ts",
            "the window is %.3f s and the samples of wall_time take %.3f s; expected room for them",
            window, sum);
}

/*
 * Of neighbours in a sequential run one ends before the other begins, whichever
 * comes first; or both are of one measurement, and their windows the same.
 */
static void check_overlap(
    struct review *review, const struct review_run *run, const struct review_window *window)
{
    const struct review_window *last = &run->last;
    double both = fmin(last->ended, window->ended) - fmax(last->started, window->started);
    bool same = last->started == window->started && last->ended == window->ended;
    if (isnan(last->started) || same || last->host != window->host || both <= overlap_allowed)
        return;
    review_say(review, REVIEW_WINDOW_OVERLAP, "/started_ts",
        "its window shares %.3f s with that of line %llu; expected one after the other in a "
        "sequential run",
        both, (unsigned long long)last->line);
}

void review_windows(
    struct review *review, struct review_run *run, const struct report_result *result)
{
    const struct json_document *document = review->record->document;
    struct review_window window = {
        .started = result->started_ts, .ended = result->ended_ts, .line = review->record->line};
    if (isnan(window.started) || isnan(window.ended))
        return;
    if (window.ended < window.started) {
        review_say(review, REVIEW_ENDED_BEFORE_STARTED, "/ended_ts",
            "it ended %.3f s before it started; expected a later time",
            window.started - window.ended);
        return;
    }
    check_duration(review, result, window.ended - window.started);
    if (!run->sequential)
        return;
    window.host =
        dictionary_id(&review->hosts, access_text(document, ACCESS_ROOT, "host", &review->line));
    check_overlap(review, run, &window);
    run->last = window;
}
