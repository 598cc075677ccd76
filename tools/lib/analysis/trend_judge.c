/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/trend_parts.h"
#include "stats/hodges_lehmann.h"
#include "stats/mann_whitney.h"
#include "stats/order.h"
#include "stats/segments.h"

#include <math.h>
#include <string.h>

static const double CONFIDENCE = 0.95;
/* A ramp's end is no step unless it is as large as that, in spreads of the noise. */
static const double JOINT_ALPHA = 0.01, JOINT_NOISES = 3;

/* A stretch of the series from one accepted change to the next. */
struct epoch {
    size_t from, to;
    const struct policy_acceptance *accepted; /* what begins it; NULL for the first */
    struct segments segments;                 /* places count from `from` */
};

struct judging {
    struct trend_worker *worker;
    struct trend_series *series;
    double *medians;
    struct epoch *epochs;
    size_t epoch_count;
};

/* ---- epochs ------------------------------------------------------------------------------ */

/* The first value that has the commit, where one before it has not; 0: there is none. */
static size_t first_with(
    const struct trend_worker *worker, const struct trend_series *series, struct slice commit)
{
    size_t at = 0;
    while (at < series->count && !trend_contains(worker, series->values[at].point, commit))
        at++;
    return at < series->count ? at : 0;
}

static struct policy_subject subject_of(const struct trend_series *series)
{
    return (struct policy_subject){.facts = &series->names,
        .machine = series->machine,
        .metric = series->metric,
        .unit = series->unit};
}

static void add_epoch(
    struct judging *judging, size_t from, const struct policy_acceptance *accepted)
{
    size_t at = judging->epoch_count;
    for (size_t i = 1; i < at; i++)
        if (judging->epochs[i].from == from)
            return;
    while (at > 1 && judging->epochs[at - 1].from > from) {
        judging->epochs[at] = judging->epochs[at - 1];
        at--;
    }
    judging->epochs[at] = (struct epoch){.from = from, .accepted = accepted};
    judging->epoch_count++;
}

static void find_epochs(struct judging *judging)
{
    struct trend_worker *worker = judging->worker;
    const struct policy *policy = worker->trend->options->policy;
    struct trend_series *series = judging->series;
    struct policy_subject subject = subject_of(series);
    const struct policy_acceptance *accepted = NULL;
    size_t most = 1;
    while ((accepted = policy_accepts(policy, &subject, accepted)))
        most++;
    judging->epochs = arena_zero(&worker->scratch, most, sizeof *judging->epochs);
    judging->epoch_count = 1;
    while ((accepted = policy_accepts(policy, &subject, accepted))) {
        size_t at = first_with(worker, series, accepted->commit);
        if (at > 0)
            add_epoch(judging, at, accepted);
    }
    for (size_t i = 0; i < judging->epoch_count; i++)
        judging->epochs[i].to =
            i + 1 < judging->epoch_count ? judging->epochs[i + 1].from : series->count;
}

/* ---- segments ----------------------------------------------------------------------------- */

/* Too few values for anything but their middle. */
static void one_segment(struct segments *out, const struct samples *samples, struct arena *arena)
{
    out->items = arena_zero(arena, 1, sizeof *out->items);
    out->count = 1;
    out->items[0] = (struct segment){0, samples->count, order_median(samples), 0, NAN, NAN};
}

static void find_segments(struct judging *judging, struct epoch *epoch)
{
    struct arena *scratch = &judging->worker->scratch;
    struct samples samples;
    size_t count = epoch->to - epoch->from;
    /* Medians are finite, but their squares need not be. */
    if (samples_prepare(&samples, judging->medians + epoch->from, count, scratch, NULL) != 0)
        samples =
            (struct samples){judging->medians + epoch->from, judging->medians + epoch->from, count};
    else if (judging->series->deterministic)
        segments_find_exact(&epoch->segments, &samples, scratch);
    else
        segments_find(&epoch->segments, &samples, scratch);
    if (epoch->segments.count == 0)
        one_segment(&epoch->segments, &samples, scratch);
}

/* ---- changes ------------------------------------------------------------------------------ */

/* Up to TREND_NEAR values of a segment next to a step, as if they all stood at it. */
struct near {
    double *values;
    size_t count;
    double level;
};

static struct near near_values(const struct judging *judging, const struct epoch *epoch,
    const struct segment *segment, size_t from, size_t to, size_t step)
{
    size_t count = to - from < TREND_NEAR ? to - from : TREND_NEAR;
    size_t first = to <= step ? to - count : from;
    struct near near = {.values = arena_take(&judging->worker->scratch, count * sizeof(double)),
        .count = count,
        .level = segment_at(segment, step - epoch->from)};
    for (size_t i = 0; i < count; i++)
        near.values[i] =
            judging->medians[first + i] - segment->slope * ((double)(first + i) - (double)step);
    return near;
}

static bool all_positive(const struct near *near)
{
    for (size_t i = 0; i < near->count; i++)
        if (!(near->values[i] > 0))
            return false;
    return true;
}

static struct shift shift_between(const struct judging *judging, const struct near *before,
    const struct near *after, double *p, bool logs)
{
    struct arena *scratch = &judging->worker->scratch;
    struct samples x, y;
    struct shift shift = {NAN, {interval_none()}};
    struct mann_whitney test;
    const struct near *sides[] = {before, after};
    struct samples *samples[] = {&x, &y};
    for (int side = 0; side < 2; side++) {
        if (logs)
            for (size_t i = 0; i < sides[side]->count; i++)
                sides[side]->values[i] = log(sides[side]->values[i]);
        if (samples_prepare(samples[side], sides[side]->values, sides[side]->count, scratch, NULL))
            return shift;
    }
    mann_whitney(&test, &x, &y, &judging->worker->null, scratch);
    hodges_lehmann(&shift, &x, &y, &CONFIDENCE, 1, &judging->worker->null, scratch);
    *p = test.p;
    return shift;
}

/* How far it went, on both scales. */
static void measure(
    struct judging *judging, struct trend_change *change, struct near *before, struct near *after)
{
    double ignored;
    change->before = before->level;
    change->after = after->level;
    struct shift shift = shift_between(judging, before, after, &change->p, false);
    change->shift = shift.estimate;
    change->shift_ci = shift.intervals[0];
    change->ratio = NAN;
    change->ratio_ci = interval_none();
    if (!all_positive(before) || !all_positive(after))
        return;
    shift = shift_between(judging, before, after, &ignored, true);
    struct interval interval = shift.intervals[0];
    change->ratio = exp(shift.estimate);
    change->ratio_ci = (struct interval){exp(interval.low), exp(interval.high), interval.coverage};
}

static void measure_exact(struct trend_change *change)
{
    double ratio = change->before > 0 && change->after > 0 ? change->after / change->before : NAN;
    change->shift = change->after - change->before;
    change->shift_ci = (struct interval){change->shift, change->shift, 1};
    change->ratio = ratio;
    change->ratio_ci = (struct interval){ratio, ratio, 1};
    change->p = NAN;
}

/* What the change means; within the band it means nothing. */
static enum better direction_of(
    const struct trend_series *series, const struct trend_change *change)
{
    bool relative = !isnan(change->ratio);
    double size = relative ? log(change->ratio) : change->shift;
    double band = relative ? log1p(series->band) : series->band * fabs(change->before);
    if (!(fabs(size) > band))
        return BETTER_NONE;
    return size > 0 ? BETTER_HIGHER : BETTER_LOWER;
}

/* The step at `step`, from the segment before it to the values from there to `to`. */
static void add_change(struct judging *judging, const struct epoch *old,
    const struct segment *before, const struct epoch *new, const struct segment *after, size_t step,
    size_t to)
{
    struct trend_series *series = judging->series;
    struct trend_change *change = &series->changes[series->change_count++];
    struct segment level = *after;
    *change = (struct trend_change){.index = step, .confirmed = true, .p = NAN};
    struct near left = near_values(judging, old, before, old->from + before->from, step, step);
    struct near right = near_values(judging, new, &level, step, to, step);
    if (series->deterministic) {
        change->before = before->level;
        change->after = after->level;
        measure_exact(change);
    } else {
        measure(judging, change, &left, &right);
    }
    change->direction = direction_of(series, change);
}

/* Worse by no more than was accepted. */
static bool is_accepted(const struct trend_series *series, const struct trend_change *change,
    const struct policy_acceptance *accepted)
{
    bool worse = change->direction != BETTER_NONE && change->direction != series->better;
    double size = isnan(change->ratio) ? fabs(change->shift / change->before)
                                       : expm1(fabs(log(change->ratio)));
    return isnan(accepted->up_to) || !worse || size <= accepted->up_to;
}

/* The level of the last one or two values is their middle. */
static void add_tail(struct judging *judging, const struct epoch *epoch)
{
    struct trend_series *series = judging->series;
    const struct segments *segments = &epoch->segments;
    const struct segment *last = &segments->items[segments->count - 1];
    size_t step = series->count - segments->tail;
    double sum = 0;
    for (size_t i = step; i < series->count; i++)
        sum += judging->medians[i];
    struct segment tail = {step - epoch->from, last->to, sum / (double)segments->tail, 0, NAN, NAN};
    add_change(judging, epoch, last, epoch, &tail, step, series->count);
    series->changes[series->change_count - 1].confirmed = false;
}

/* Where a ramp meets a level without a step, nothing steps. */
static void drop_joint(
    struct judging *judging, const struct segment *before, const struct segment *after)
{
    struct trend_series *series = judging->series;
    const struct trend_change *change = &series->changes[series->change_count - 1];
    double noise = fmax(before->sd, after->sd);
    if ((before->slope != 0 || after->slope != 0) &&
        (!(change->p < JOINT_ALPHA) || fabs(change->shift) < JOINT_NOISES * noise))
        series->change_count--;
}

static void add_steps(struct judging *judging, const struct epoch *epoch)
{
    const struct segments *segments = &epoch->segments;
    bool is_last = epoch->to == judging->series->count;
    for (size_t i = 1; i < segments->count; i++) {
        const struct segment *after = &segments->items[i];
        size_t to = epoch->from + after->to;
        if (i + 1 == segments->count)
            to -= segments->tail;
        add_change(judging, epoch, after - 1, epoch, after, epoch->from + after->from, to);
        drop_joint(judging, after - 1, after);
    }
    if (is_last && segments->tail > 0)
        add_tail(judging, epoch);
}

static void find_changes(struct judging *judging)
{
    struct trend_series *series = judging->series;
    size_t most = 0;
    for (size_t i = 0; i < judging->epoch_count; i++)
        most += judging->epochs[i].segments.count + 1;
    series->changes = arena_zero(&judging->worker->arena, most, sizeof *series->changes);
    for (size_t i = 0; i < judging->epoch_count; i++) {
        struct epoch *epoch = &judging->epochs[i], *old = epoch - 1;
        if (i > 0) {
            const struct segment *before = &old->segments.items[old->segments.count - 1];
            const struct segment *after = &epoch->segments.items[0];
            add_change(judging, old, before, epoch, after, epoch->from, epoch->from + after->to);
            struct trend_change *change = &series->changes[series->change_count - 1];
            if (is_accepted(series, change, epoch->accepted))
                change->accepted = epoch->accepted;
        }
        add_steps(judging, epoch);
    }
}

/* ---- slopes, outliers, noise ---------------------------------------------------------------- */

static void find_slopes(struct judging *judging)
{
    struct trend_series *series = judging->series;
    size_t most = 0;
    for (size_t i = 0; i < judging->epoch_count; i++)
        most += judging->epochs[i].segments.count;
    series->slopes = arena_zero(&judging->worker->arena, most + 1, sizeof *series->slopes);
    for (size_t i = 0; i < judging->epoch_count; i++) {
        const struct epoch *epoch = &judging->epochs[i];
        for (size_t k = 0; k < epoch->segments.count; k++) {
            const struct segment *segment = &epoch->segments.items[k];
            if (segment->slope == 0)
                continue;
            double middle = segment_at(segment, (segment->from + segment->to - 1) / 2);
            series->slopes[series->slope_count++] =
                (struct trend_slope){.from = epoch->from + segment->from,
                    .to = epoch->from + segment->to - 1,
                    .per_point = middle != 0 ? segment->slope / fabs(middle) : NAN,
                    .p = segment->slope_p};
        }
    }
}

static void find_outliers(struct judging *judging)
{
    struct trend_series *series = judging->series;
    series->outliers =
        arena_take(&judging->worker->arena, (series->count + 1) * sizeof *series->outliers);
    for (size_t i = 0; i < judging->epoch_count; i++) {
        const struct epoch *epoch = &judging->epochs[i];
        for (size_t k = 0; k < epoch->segments.outlier_count; k++)
            series->outliers[series->outlier_count++] = epoch->from + epoch->segments.outliers[k];
    }
}

/* The distances from the levels, as shares of them, without outliers and unconfirmed values. */
static double noise_of(const struct judging *judging)
{
    const struct trend_series *series = judging->series;
    double squares = 0, degrees = 0;
    size_t outlier = 0;
    if (series->count < SEGMENTS_FEWEST)
        return NAN;
    for (size_t i = 0; i < judging->epoch_count; i++) {
        const struct epoch *epoch = &judging->epochs[i];
        for (size_t k = 0; k < epoch->segments.count; k++) {
            const struct segment *segment = &epoch->segments.items[k];
            size_t end = segment->to - (k + 1 == epoch->segments.count ? epoch->segments.tail : 0);
            degrees -= 1 + (segment->slope != 0);
            for (size_t place = segment->from; place < end; place++) {
                double level = segment_at(segment, place);
                if (outlier < series->outlier_count &&
                    series->outliers[outlier] == epoch->from + place) {
                    outlier++;
                    continue;
                }
                double off = judging->medians[epoch->from + place] / level - 1;
                squares += off * off;
                degrees++;
            }
        }
    }
    double variance = degrees > 0 ? squares / degrees : NAN;
    return isfinite(variance) ? sqrt(variance) : NAN;
}

/* ---- the verdict ------------------------------------------------------------------------------
 */

static bool is_worse(const struct trend_series *series, enum better direction)
{
    return series->better != BETTER_NONE && direction != BETTER_NONE && direction != series->better;
}

static enum trend_verdict verdict_of_step(struct trend_series *series, enum better direction)
{
    series->worse = is_worse(series, direction);
    if (series->better == BETTER_NONE)
        return TREND_CHANGED;
    return series->worse ? TREND_REGRESSED : TREND_IMPROVED;
}

/* The last drift that goes beyond the band over its whole length; NULL: none does. */
static const struct trend_slope *last_drift(const struct trend_series *series)
{
    for (size_t i = series->slope_count; i-- > 0;) {
        const struct trend_slope *slope = &series->slopes[i];
        if (fabs(slope->per_point) * (double)(slope->to - slope->from) > series->band)
            return slope;
    }
    return NULL;
}

static const struct trend_change *last_step(const struct trend_series *series)
{
    for (size_t i = series->change_count; i-- > 0;)
        if (series->changes[i].direction != BETTER_NONE)
            return &series->changes[i];
    return NULL;
}

/* What happened last counts. */
static enum trend_verdict verdict_of(struct trend_series *series)
{
    const struct trend_change *step = last_step(series);
    const struct trend_slope *drift = last_drift(series);
    if (series->count < SEGMENTS_FEWEST && !(series->deterministic && series->count > 1))
        return TREND_TOO_FEW_POINTS;
    if (step && !step->confirmed) {
        series->worse = is_worse(series, step->direction);
        return TREND_UNCONFIRMED;
    }
    if (drift && (!step || drift->to > step->index)) {
        series->worse = is_worse(series, drift->per_point > 0 ? BETTER_HIGHER : BETTER_LOWER);
        return TREND_DRIFTING;
    }
    if (!step || step->accepted)
        return TREND_STABLE;
    return verdict_of_step(series, step->direction);
}

static void read_policy(const struct trend *trend, struct trend_series *series)
{
    struct policy_subject subject = subject_of(series);
    struct policy_rule rule = policy_find(trend->options->policy, &subject);
    series->importance = rule.importance;
    series->band = trend->options->band;
    if (rule.better_known)
        series->better = rule.better;
    if (!isnan(rule.band.relative))
        series->band = rule.band.relative;
    double last = series->values[series->count - 1].median;
    if (!isnan(rule.band.absolute) && last != 0)
        series->band = rule.band.absolute / fabs(last);
}

void trend_judge(struct trend_worker *worker, struct trend_series *series)
{
    struct judging judging = {.worker = worker, .series = series};
    arena_reset(&worker->scratch);
    judging.medians = arena_take(&worker->scratch, series->count * sizeof(double));
    for (size_t i = 0; i < series->count; i++)
        judging.medians[i] = series->values[i].median;
    read_policy(worker->trend, series);
    if (series->importance == IMPORTANCE_IGNORE)
        return;
    find_epochs(&judging);
    for (size_t i = 0; i < judging.epoch_count; i++)
        find_segments(&judging, &judging.epochs[i]);
    find_changes(&judging);
    find_slopes(&judging);
    find_outliers(&judging);
    series->cv = noise_of(&judging);
    const struct epoch *last = &judging.epochs[judging.epoch_count - 1];
    series->level =
        segment_at(&last->segments.items[last->segments.count - 1], series->count - 1 - last->from);
    series->verdict = verdict_of(series);
}

const char *trend_verdict_name(enum trend_verdict verdict)
{
    static const char *const names[] = {[TREND_STABLE] = "stable",
        [TREND_REGRESSED] = "regressed",
        [TREND_IMPROVED] = "improved",
        [TREND_CHANGED] = "changed",
        [TREND_DRIFTING] = "drifting",
        [TREND_UNCONFIRMED] = "unconfirmed",
        [TREND_TOO_FEW_POINTS] = "too-few-points",
        [TREND_VERDICTS] = ""};
    return names[verdict];
}
