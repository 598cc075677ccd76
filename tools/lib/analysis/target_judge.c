/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/target_judge.h"

#include "analysis/target_serial.h"
#include "base/memory.h"
#include "record/unit.h"
#include "stats/distribution.h"

#include <math.h>

const char *target_outcome_name(enum target_outcome outcome)
{
    static const char *const names[] = {"pass", "fail", "unproven"};
    return names[outcome];
}

const char *target_grade_name(enum target_grade grade)
{
    static const char *const names[] = {NULL, "excellent", "fair", "unstable"};
    return names[grade];
}

void judgements_release(struct judgements *judgements)
{
    target_cells_release(&judgements->cells);
    free(judgements->items);
    arena_release(&judgements->arena);
    arena_release(&judgements->scratch);
}

struct judging {
    struct judgements *out;
    const struct targets *targets;
    const struct target_rules *rules;
    struct target_confidence confidence;
    size_t index; /* of the target that is judged */
    const struct target *target;
};

/* ---- the verdict on a value ------------------------------------------------------------- */

static bool is_proven(const struct judgement *judgement)
{
    const struct interval *interval = &judgement->figure.interval;
    return interval_exists(*interval) && target_range_holds(&judgement->limit, interval->low) &&
           target_range_holds(&judgement->limit, interval->high);
}

static enum target_outcome outcome_of(const struct judgement *judgement, bool fact)
{
    bool limited = judgement->reasons & reason_bit(REASON_PARTLY_FAILED);
    /* Who knows what the results that never came would have been? */
    if (!judgement->target->metric.data)
        limited = judgement->reasons & reason_bit(REASON_INTERRUPTED);
    if (judgement->gap != GAP_NONE)
        return TARGET_UNPROVEN;
    if (!target_range_holds(&judgement->limit, judgement->figure.value))
        return TARGET_FAIL;
    if (judgement->against || limited)
        return TARGET_UNPROVEN;
    return fact || is_proven(judgement) ? TARGET_PASS : TARGET_UNPROVEN;
}

static enum target_grade grade_of(const struct judgement *judgement)
{
    if (!judgement->target->graded || judgement->gap != GAP_NONE)
        return GRADE_NONE;
    double cv = judgement->figure.value;
    return cv < TARGET_EXCELLENT_CV ? GRADE_EXCELLENT
           : cv <= TARGET_STABLE_CV ? GRADE_FAIR
                                    : GRADE_UNSTABLE;
}

/* Only an upper limit where higher is better, or the other way round. */
static bool is_against(const struct judgement *judgement)
{
    bool above = isfinite(judgement->limit.low), below = isfinite(judgement->limit.high);
    return (judgement->better == BETTER_HIGHER && below && !above) ||
           (judgement->better == BETTER_LOWER && above && !below);
}

static void settle(struct judging *at, struct judgement *judgement, bool fact)
{
    struct judgements *out = at->out;
    if (judgement->gap != GAP_NONE)
        judgement->figure = (struct estimated){NAN, interval_none()};
    else if (!fact && !interval_exists(judgement->figure.interval))
        judgement->reasons |= reason_bit(REASON_NO_INTERVAL);
    judgement->against = is_against(judgement);
    judgement->outcome = outcome_of(judgement, fact);
    judgement->grade = grade_of(judgement);
    judgement->missed =
        judgement->outcome == TARGET_FAIL || judgement->gap != GAP_NONE ||
        (judgement->outcome == TARGET_UNPROVEN && (at->rules->prove || judgement->target->prove));
    out->missed += judgement->missed;
    out->counts[judgement->outcome]++;
    MEMORY_GROW(out->items, out->count, out->capacity);
    out->items[out->count++] = *judgement;
}

/* A judgement of the target that is looked at, without a value yet. */
static struct judgement begin(struct judging *at)
{
    return (struct judgement){.target = at->target,
        .statistic = target_statistic(at->target, &at->out->arena),
        .figure = {NAN, interval_none()},
        .limit = at->target->range,
        .ours = NAN,
        .theirs = NAN,
        .closes_at = NAN,
        .unit = at->target->unit,
        .better = BETTER_NONE};
}

static void settle_gap(struct judging *at, const struct target_cell *cell,
    const struct sides_result *shown, enum target_gap gap)
{
    struct judgement judgement = begin(at);
    judgement.gap = gap;
    if (cell) {
        judgement.group = cell->group;
        judgement.shown = shown;
        judgement.side = cell->side;
    }
    if (at->target->reference.data)
        judgement.unit = slice_of("1");
    settle(at, &judgement, false);
}

/* ---- limits in the value's unit -------------------------------------------------------------- */

static bool is_count(struct slice unit)
{
    return slice_is(unit, "1") || (unit_is_countable(unit) && unit.size > 0 && unit.data[0] == '{');
}

/* false: the limit cannot be said in that unit. */
static bool turn_limit(struct target_range *limit, const struct target *target, struct slice unit)
{
    struct unit_step step;
    if (!target->unit.data)
        return target->statistic == STATISTIC_COUNT || is_count(unit);
    if (!unit_step_between(&step, target->unit, unit))
        return false;
    limit->low = unit_turn(step, limit->low);
    limit->high = unit_turn(step, limit->high);
    return true;
}

/* The limit in the unit of the value, or else in its own. */
static void say_limit(struct judgement *judgement)
{
    const struct target *target = judgement->target;
    if (judgement->unit.size > 0 && turn_limit(&judgement->limit, target, judgement->unit))
        return;
    judgement->unit = target->unit;
    if (judgement->gap == GAP_NONE)
        judgement->gap = GAP_UNIT;
}

/* ---- what is measured in one cell
 * ---------------------------------------------------------------- */

/* Some of its rows are what the target is about, whatever the side. */
static bool wants(const struct judging *at, const struct target_cell *cell)
{
    for (size_t i = cell->first; i < cell->first + cell->count; i++)
        if (target_cells_wanted(&at->out->cells, at->index, i))
            return true;
    return false;
}

static int measure(
    struct judging *at, struct measured *out, const struct target_cell *cell, struct error *error)
{
    arena_reset(&at->out->scratch);
    int result = target_measure(out, at->target, &at->out->cells, cell, at->index, at->confidence,
        &at->out->scratch, error);
    if (at->out->autocorrelated && out->gap == GAP_NONE && !out->fact)
        out->reasons |= reason_bit(REASON_AUTOCORRELATED);
    out->unit = arena_slice(&at->out->arena, out->unit);
    return result;
}

/* It selects by more than the name of its metric and of a side. */
static bool is_selective(const struct target *target)
{
    return target->where || target->scope || !isnan(target->size_low);
}

static struct judgement judgement_of(
    struct judging *at, const struct target_cell *cell, const struct measured *measured)
{
    struct judgement judgement = begin(at);
    judgement.group = cell->group;
    judgement.shown = measured->shown;
    judgement.side = cell->side;
    judgement.figure = measured->figure;
    judgement.unit = measured->unit;
    judgement.better = measured->better;
    judgement.n = measured->n;
    judgement.runs = measured->runs;
    judgement.closes_at = measured->closes_at;
    judgement.reasons = measured->reasons;
    judgement.gap = measured->gap;
    return judgement;
}

/* 1 where it was judged, 0 where the target is not about it. */
static int judge_cell(struct judging *at, const struct target_cell *cell, struct error *error)
{
    struct measured measured;
    if ((at->target->side.data && !slice_equal(cell->side, at->target->side)) || !wants(at, cell))
        return 0;
    if (measure(at, &measured, cell, error) != 0)
        return -1;
    if (measured.gap == GAP_NO_METRIC && !is_selective(at->target))
        return 0;
    struct judgement judgement = judgement_of(at, cell, &measured);
    if (measured.runs == 1 && !measured.fact)
        judgement.reasons |= reason_bit(REASON_BETWEEN_RUN_UNKNOWN);
    say_limit(&judgement);
    settle(at, &judgement, measured.fact);
    return 1;
}

static bool has_metric(const struct judging *at, const struct target_cell *cell)
{
    for (size_t i = cell->first; i < cell->first + cell->count; i++)
        if (target_cells_wanted(&at->out->cells, at->index, i) &&
            target_measures(at->target, at->out->cells.rows[i].result))
            return true;
    return false;
}

/* No cell that the target is about has a value. */
static bool is_without_metric(struct judging *at, size_t *about)
{
    bool found = false;
    *about = 0;
    for (size_t i = 0; i < at->out->cells.count; i++) {
        *about += wants(at, &at->out->cells.items[i]);
        found = found || has_metric(at, &at->out->cells.items[i]);
    }
    return !found;
}

static int judge_absolute(struct judging *at, struct error *error)
{
    size_t judged = 0;
    for (size_t i = 0; i < at->out->cells.count; i++) {
        int result = judge_cell(at, &at->out->cells.items[i], error);
        if (result < 0)
            return -1;
        judged += result > 0;
    }
    if (judged == 0)
        settle_gap(at, NULL, NULL, GAP_NO_RESULT);
    return 0;
}

/* ---- ours / reference
 * ------------------------------------------------------------------------------ */

/* Cells of one benchmark stand together: those from *from to the one before *end. */
static void find_kin(
    const struct target_cells *cells, const struct target_cell *cell, size_t *from, size_t *end)
{
    *from = (size_t)(cell - cells->items);
    *end = *from + 1;
    while (*from > 0 && slice_equal(cells->items[*from - 1].group->key, cell->group->key))
        --*from;
    while (*end < cells->count && slice_equal(cells->items[*end].group->key, cell->group->key))
        ++*end;
}

static bool are_counterparts(
    const struct judging *at, const struct target_cell *ours, const struct target_cell *theirs)
{
    return slice_equal(ours->group->machine, theirs->group->machine) &&
           (!at->targets->label || slice_equal(ours->variant, theirs->variant));
}

static const struct target_cell *reference_of(
    const struct judging *at, const struct target_cell *ours)
{
    const struct target_cells *cells = &at->out->cells;
    size_t i, end;
    for (find_kin(cells, ours, &i, &end); i < end; i++)
        if (slice_equal(cells->items[i].side, at->target->reference) &&
            are_counterparts(at, ours, &cells->items[i]) && wants(at, &cells->items[i]))
            return &cells->items[i];
    return NULL;
}

/* The reference's figure in our unit; false where its unit is of another kind. */
static bool turn_to_unit(struct estimated *out, const struct measured *theirs, struct slice unit)
{
    struct unit_step step = {1, 1};
    const struct interval *interval = &theirs->figure.interval;
    if (!unit_step_between(&step, theirs->unit, unit))
        return false;
    *out = (struct estimated){unit_turn(step, theirs->figure.value),
        {unit_turn(step, interval->low), unit_turn(step, interval->high), interval->coverage}};
    return true;
}

static enum target_gap reference_gap(enum target_gap gap)
{
    return gap == GAP_NO_METRIC || gap == GAP_FAILED ? GAP_NO_REFERENCE : gap;
}

/* The ratio, or the gap that is in its place. */
static void divide(
    struct judgement *judgement, const struct measured *ours, const struct measured *theirs)
{
    struct estimated under;
    if (!turn_to_unit(&under, theirs, ours->unit)) {
        judgement->gap = GAP_MIXED_UNITS;
        return;
    }
    judgement->ours = ours->figure.value;
    judgement->theirs = under.value;
    if (!(ours->figure.value > 0 && under.value > 0)) {
        judgement->gap = GAP_NOT_POSITIVE;
        return;
    }
    judgement->figure =
        (struct estimated){ours->figure.value / under.value, ratio_interval(&ours->figure, &under)};
    /* What one run shares is in both parts; of single runs nobody knows how much they differ. */
    if ((ours->runs == 1 || theirs->runs == 1) && !(ours->run && ours->run == theirs->run) &&
        !ours->fact)
        judgement->reasons |= reason_bit(REASON_BETWEEN_RUN_UNKNOWN);
}

/* Two reasons for the same: the reference has its part in it. */
static void add_reference(
    struct judgement *judgement, const struct measured *ours, const struct measured *theirs)
{
    judgement->parts_unit = ours->unit;
    judgement->unit = slice_of("1");
    judgement->reasons |= theirs->reasons;
    judgement->n = ours->n < theirs->n ? ours->n : theirs->n;
    judgement->runs = ours->runs < theirs->runs ? ours->runs : theirs->runs;
    judgement->closes_at = fmax(ours->closes_at, theirs->closes_at);
    if (judgement->gap != GAP_NONE)
        return;
    if (theirs->gap != GAP_NONE)
        judgement->gap = reference_gap(theirs->gap);
    else
        divide(judgement, ours, theirs);
}

static int judge_pair(struct judging *at, const struct target_cell *ours,
    const struct target_cell *theirs, struct error *error)
{
    struct measured mine,
        other = {.gap = GAP_NO_METRIC, .figure = {NAN, interval_none()}, .closes_at = NAN};
    if (measure(at, &mine, ours, error) != 0 || (theirs && measure(at, &other, theirs, error) != 0))
        return -1;
    if (mine.gap == GAP_NO_METRIC && other.gap == GAP_NO_METRIC && !is_selective(at->target))
        return 0;
    struct judgement judgement = judgement_of(at, ours, &mine);
    add_reference(&judgement, &mine, &other);
    settle(at, &judgement, mine.fact);
    return 1;
}

/* The reference has a benchmark that nothing is held against: that must not pass unseen. */
static int judge_alone(struct judging *at, const struct target_cell *theirs, struct error *error)
{
    struct measured other;
    if (measure(at, &other, theirs, error) != 0)
        return -1;
    if (other.gap == GAP_NO_METRIC)
        return 0;
    settle_gap(at, theirs, other.shown, GAP_NO_COUNTERPART);
    return 1;
}

static bool is_ours(const struct judging *at, const struct target_cell *cell)
{
    if (slice_equal(cell->side, at->target->reference) || !wants(at, cell))
        return false;
    return !at->target->side.data || slice_equal(cell->side, at->target->side);
}

static bool has_ours(const struct judging *at, const struct target_cell *theirs)
{
    const struct target_cells *cells = &at->out->cells;
    size_t i, end;
    for (find_kin(cells, theirs, &i, &end); i < end; i++)
        if (is_ours(at, &cells->items[i]) && are_counterparts(at, &cells->items[i], theirs))
            return true;
    return false;
}

static int judge_relative(struct judging *at, struct error *error)
{
    const struct target_cells *cells = &at->out->cells;
    size_t judged = 0;
    for (size_t i = 0; i < cells->count; i++) {
        const struct target_cell *cell = &cells->items[i];
        int result = 0;
        if (is_ours(at, cell))
            result = judge_pair(at, cell, reference_of(at, cell), error);
        else if (slice_equal(cell->side, at->target->reference) && wants(at, cell) &&
                 !has_ours(at, cell))
            result = judge_alone(at, cell, error);
        if (result < 0)
            return -1;
        judged += result > 0;
    }
    if (judged == 0)
        settle_gap(at, NULL, NULL, GAP_NO_RESULT);
    return 0;
}

/* ---- all rows together ------------------------------------------------------------------------
 */

struct tally {
    size_t successes, failures;
    size_t looked_at, degraded; /* results of which the machine's state is known, and bad */
    bool interrupted;           /* a run was: results are missing */
};

static struct tally tally_of(const struct judging *at)
{
    const struct target_cells *cells = &at->out->cells;
    struct tally tally = {.interrupted = false};
    for (size_t i = 0; i < cells->count; i++) {
        const struct target_cell *cell = &cells->items[i];
        if (at->target->side.data && !slice_equal(cell->side, at->target->side))
            continue;
        for (size_t row = cell->first; row < cell->first + cell->count; row++) {
            const struct health *health = &cells->rows[row].result->facts.health;
            if (!target_cells_wanted(cells, at->index, row))
                continue;
            tally.successes += cells->rows[row].successes;
            tally.failures += cells->rows[row].failures;
            tally.looked_at += health->flags_known;
            tally.degraded += health->flag_count > 0;
            tally.interrupted = tally.interrupted || cells->rows[row].result->run->interrupted;
        }
    }
    return tally;
}

static void judge_together(struct judging *at)
{
    struct judgement judgement = begin(at);
    const struct tally tally = tally_of(at);
    bool rate = at->target->statistic == STATISTIC_SUCCESS_RATE;
    bool health = at->target->statistic == STATISTIC_DEGRADED;
    judgement.side = at->target->side;
    judgement.n = health ? tally.looked_at : tally.successes + tally.failures;
    judgement.unit = slice_of("1");
    judgement.better = rate ? BETTER_HIGHER : BETTER_LOWER;
    if (tally.interrupted)
        judgement.reasons |= reason_bit(REASON_INTERRUPTED);
    if (at->target->unit.data)
        (void)turn_limit(&judgement.limit, at->target, judgement.unit);
    if (judgement.n == 0)
        judgement.gap = GAP_NO_RESULT;
    else if (rate)
        judgement.figure = (struct estimated){(double)tally.successes / (double)judgement.n,
            share_interval(tally.successes, judgement.n, 1 - at->rules->alpha)};
    else
        judgement.figure.value = (double)(health ? tally.degraded : tally.failures);
    settle(at, &judgement, !rate);
}

/* The alpha at which an interval for independent samples is wide enough for these. */
static struct target_confidence confidence_for(const struct judgements *out, double alpha)
{
    double inflation = out->autocorrelated ? serial_inflation(out->rho) : 1;
    double wide = normal_two_sided(normal_critical(alpha) * sqrt(inflation));
    return (struct target_confidence){1 - (out->autocorrelated ? wide : alpha), 1 - alpha};
}

static int judge_target(struct judging *at, struct error *error)
{
    size_t about;
    if (!at->target->metric.data) {
        judge_together(at);
        return 0;
    }
    if (is_without_metric(at, &about)) {
        settle_gap(at, NULL, NULL, about > 0 ? GAP_NO_METRIC : GAP_NO_RESULT);
        return 0;
    }
    return at->target->reference.data ? judge_relative(at, error) : judge_absolute(at, error);
}

int targets_judge(struct judgements *out, const struct sides *sides, const struct targets *targets,
    const struct target_rules *rules, struct error *error)
{
    struct judging at = {.out = out, .targets = targets, .rules = rules};
    target_cells_make(&out->cells, sides, targets);
    const struct serial_pooled serial = target_serial_pool(&out->cells, targets, &out->scratch);
    out->rho = serial.rho;
    out->autocorrelated = serial.p < TARGET_SERIAL_ALPHA;
    at.confidence = confidence_for(out, rules->alpha);
    for (at.index = 0; at.index < targets->count; at.index++) {
        at.target = &targets->items[at.index];
        if (judge_target(&at, error) != 0)
            return -1;
    }
    return 0;
}
