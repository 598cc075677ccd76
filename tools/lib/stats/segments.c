/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/segments.h"

#include "stats/distribution.h"
#include "stats/kendall.h"
#include "stats/noise.h"
#include "stats/order.h"
#include "stats/partition.h"

#include <math.h>
#include <string.h>

/* A slope that Mann and Kendall do not see is none. */
static const double SLOPE_ALPHA = 0.01;
/* The chance that the last point of a quiet series, or the last two, are said to stand off; and
 * that a few more are, which the cut, to which the values are brought near, did not find worth its
 * price. */
static const double TAIL_ALPHA = 0.005, LATE_ALPHA = 0.0005;
static const double OUTLIER = 4;
/* A longer line is measured by the medians of so many parts. */
enum { LINE_PARTS = 256 };
/* A piece of so many points may have a noise of its own: it is looked at again when that is so much
 * less or more than the whole's. */
enum { OWN_FEWEST = 12 };
static const double QUIET = 0.6, LOUD = 1.5;

/* A step is more than so many standard errors of the medians on its two sides. */
static const double STEP_ERRORS = 2, MEDIAN_VARIANCE = 1.5708;

/* What part of a step a point must have taken to count for it. */
static const double STEP_BEGUN = 0.25;

struct search {
    const struct samples *series;
    double *centred; /* the values less their median */
    double median, spread;
    struct noise_free free;
    struct arena *arena;
};

double segment_at(const struct segment *segment, size_t place)
{
    return segment->level + segment->slope * ((double)place - (double)segment->from);
}

/* ---- a piece on the values themselves --------------------------------------------- */

/* The free points of a segment, and of how many points at its end only the first count. */
static size_t free_points(
    const struct search *search, const struct segment *segment, size_t without, size_t **places)
{
    size_t count = 0;
    *places = arena_take(search->arena, (segment->to - segment->from + 1) * sizeof **places);
    for (size_t i = segment->from; i + without < segment->to; i++)
        if (!search->free.spikes[i])
            (*places)[count++] = i;
    return count;
}

/* Theil and Sen's slope a point. */
static double slope_of(const struct search *search, const size_t *places, size_t count)
{
    size_t parts = count < LINE_PARTS ? count : LINE_PARTS;
    double *means = arena_take(search->arena, parts * sizeof *means);
    double *part = arena_take(search->arena, (count / parts + 2) * sizeof *part);
    struct samples samples;
    for (size_t k = 0; k < parts; k++) {
        size_t from = k * count / parts, to = (k + 1) * count / parts;
        for (size_t i = from; i < to; i++)
            part[i - from] = search->centred[places[i]];
        means[k] = order_median_in_place(part, to - from);
    }
    samples = (struct samples){means, means, parts};
    double points = (double)(places[count - 1] - places[0]) + 1;
    return theil_sen(&samples, search->arena) * (double)parts / points;
}

/* Whether the noise alone gives such an order; on what is free of memory. */
static double slope_p_of(const struct noise_free *free, struct arena *arena)
{
    struct kendall_null null = {.n = 0};
    struct samples samples;
    if (samples_prepare(&samples, free->values, free->count, arena, NULL) != 0)
        return 1;
    return mann_kendall(&samples, &null, arena).p;
}

/* Level and slope, of all but the last `without` points. */
static void measure(const struct search *search, struct segment *segment, bool line, size_t without)
{
    size_t *places, count = free_points(search, segment, without, &places);
    double *rest = arena_take(search->arena, (count + 1) * sizeof *rest);
    segment->slope = line && count > 1 ? slope_of(search, places, count) : 0;
    for (size_t i = 0; i < count; i++)
        rest[i] = search->centred[places[i]] -
                  segment->slope * ((double)places[i] - (double)segment->from);
    segment->level = count > 0 ? order_median_in_place(rest, count) + search->median : NAN;
}

/* ---- the pieces ------------------------------------------------------------------------ */

/* The pieces of a stretch of the series in the series' own places, appended to *pieces. */
static void find_pieces(struct piece *pieces, size_t *count, const double *values, size_t from,
    size_t to, struct noise_free *free, struct arena *arena)
{
    size_t found = 1;
    struct piece whole = {0, 0, false}, *parts = &whole;
    noise_remove(free, values + from, to - from, arena);
    if (free->count > 0)
        parts = partition(&found, free->values, free->count, arena);
    for (size_t i = 0; i < found; i++)
        pieces[(*count)++] = (struct piece){i > 0 ? from + free->places[parts[i].from] : from,
            i + 1 < found ? from + free->places[parts[i].to] : to, parts[i].line};
}

/*
 * The noise need not be the same everywhere. Where it is much less, lesser steps
 * can be seen; where it is much greater, a step that the whole shows must be seen
 * among its neighbours, too.
 */
static double noise_share(const struct search *search, size_t from, size_t to)
{
    size_t n = search->series->count, length = to - from;
    if (length < OWN_FEWEST || length == n)
        return 1;
    return noise_spread(search->centred + from, length, search->arena) / search->spread;
}

static void join_loud(const struct search *search, struct piece *pieces, size_t *count)
{
    struct noise_free free;
    size_t kept = 0;
    struct piece *parts = arena_take(search->arena, search->series->count * sizeof *parts);
    for (size_t i = 1; i < *count; i++) {
        size_t found = 0, from = pieces[kept].from, to = pieces[i].to;
        if (noise_share(search, from, to) > LOUD)
            find_pieces(parts, &found, search->centred, from, to, &free, search->arena);
        if (found == 1)
            pieces[kept] = parts[0];
        else
            pieces[++kept] = pieces[i];
    }
    *count = kept + 1;
}

/*
 * A step needs three points that have taken a part of it. Fewer at the end of the
 * series are a tail, even where the cut took in a point before them, whose
 * value the clipped series does not tell from theirs.
 */
static void join_early(const struct search *search, struct piece *pieces, size_t *count)
{
    const struct piece *last = &pieces[*count - 1];
    if (*count < 2 || last->line || last->to - last->from > PARTITION_SHORT)
        return;
    const double *values = search->centred;
    struct segment old = {.from = last[-1].from, .to = last[-1].to};
    measure(search, &old, last[-1].line, 0);
    double new = (values[last->to - 1] + values[last->to - 2]) / 2;
    size_t begun = 0;
    while (begun < last->to - last->from) {
        size_t place = last->to - 1 - begun;
        double before = segment_at(&old, place) - search->median;
        if ((values[place] - before) / (new - before) < STEP_BEGUN)
            break;
        begun++;
    }
    if (begun >= SEGMENTS_CONFIRMED)
        return;
    pieces[*count - 2].to = last->to;
    (*count)--;
}

static struct piece *search_pieces(struct search *search, size_t *count)
{
    size_t n = search->series->count, first = 0;
    struct piece *pieces = arena_take(search->arena, n * sizeof *pieces);
    struct piece *finer = arena_take(search->arena, n * sizeof *finer);
    find_pieces(pieces, &first, search->centred, 0, n, &search->free, search->arena);
    search->spread = noise_spread(search->centred, n, search->arena);
    join_loud(search, pieces, &first);
    join_early(search, pieces, &first);
    *count = 0;
    for (size_t i = 0; i < first; i++) {
        struct noise_free free;
        if (noise_share(search, pieces[i].from, pieces[i].to) < QUIET)
            find_pieces(
                finer, count, search->centred, pieces[i].from, pieces[i].to, &free, search->arena);
        else
            finer[(*count)++] = pieces[i];
    }
    return finer;
}

/* What is free of noise in a piece, and which of its points are spikes, by its own noise where it
 * is long enough. The places are the piece's own. */
static void free_piece(
    const struct search *search, const struct piece *piece, struct noise_free *out)
{
    size_t length = piece->to - piece->from;
    if (length < OWN_FEWEST || length == search->series->count) {
        *out = search->free;
        return;
    }
    noise_remove(out, search->centred + piece->from, length, search->arena);
    for (size_t i = 0; i < length; i++)
        search->free.spikes[piece->from + i] = out->spikes[i];
}

static struct segment make_segment(const struct search *search, const struct piece *piece)
{
    struct noise_free free;
    free_piece(search, piece, &free);
    struct segment segment = {.from = piece->from, .to = piece->to, .slope_p = NAN, .sd = free.sd};
    if (piece->line)
        segment.slope_p = slope_p_of(&free, search->arena);
    if (!(segment.slope_p < SLOPE_ALPHA))
        segment.slope_p = NAN;
    measure(search, &segment, !isnan(segment.slope_p), 0);
    return segment;
}

/* The squared error of a level beside another. The noise of a few points is not known: it may be
 * as great as their neighbours'. */
static double level_error(const struct segment *level, const struct segment *other)
{
    size_t count = level->to - level->from;
    double sd = count < OWN_FEWEST ? fmax(level->sd, other->sd) : level->sd;
    return MEDIAN_VARIANCE * sd * sd / (double)count;
}

/* Or the medians of two levels are as near as those of one may be. */
static bool is_seen(const struct segment *left, const struct segment *right)
{
    double error = sqrt(level_error(left, right) + level_error(right, left));
    return fabs(right->level - left->level) > STEP_ERRORS * error;
}

/*
 * What the cut took for a line and is none, or for a step where the noise is greater
 * than elsewhere or far values came close together, is no step of the values themselves.
 */
static void join_unseen(struct segments *out, const struct search *search)
{
    for (size_t i = 0; i + 1 < out->count;) {
        const struct segment *left = &out->items[i], *right = left + 1;
        if (left->slope != 0 || right->slope != 0 || is_seen(left, right)) {
            i++;
            continue;
        }
        struct piece whole = {left->from, right->to, false};
        out->items[i] = make_segment(search, &whole);
        out->count--;
        for (size_t k = i + 1; k < out->count; k++)
            out->items[k] = out->items[k + 1];
        i -= i > 0;
    }
}

static void make_segments(
    struct segments *out, const struct search *search, const struct piece *pieces, size_t count)
{
    out->items = arena_take(search->arena, (count + 1) * sizeof *out->items); /* find_late's */
    out->count = count;
    for (size_t i = 0; i < count; i++)
        out->items[i] = make_segment(search, &pieces[i]);
    join_unseen(out, search);
}

/* ---- the last points, and those that stand off ----------------------------------------- */

/* The last `count` points lie on one side of what the points before say, too far for chance. */
static bool tail_stands_off(
    const struct search *search, const struct segment *segment, size_t count, double alpha)
{
    size_t n = segment->to, base = n - segment->from - count;
    double degrees = 0.6 * (double)search->free.count, least = INFINITY, sum = 0;
    for (size_t i = n - count; i < n; i++) {
        double off = search->series->values[i] - segment_at(segment, i);
        if (i > n - count && (off > 0) != (sum > 0))
            return false;
        sum += off;
        least = fmin(least, fabs(off));
    }
    /* A line's far end is less sure than a level: four times the variance. */
    double share = (segment->slope != 0 ? 4.0 : 1.0) / (double)base;
    double error = segment->sd * sqrt(1 / (double)count + share);
    return fabs(sum) / (double)count > student_critical(alpha, degrees) * error &&
           least > student_critical(0.05, degrees) * segment->sd;
}

/* Whether the last `count` points of the last segment stand off; *before is it without them. */
static bool tail_of(const struct segments *out, const struct search *search, size_t count,
    double alpha, struct segment *before)
{
    *before = out->items[out->count - 1];
    if (before->to - before->from < count + SEGMENTS_CONFIRMED)
        return false;
    measure(search, before, before->slope != 0, count);
    return tail_stands_off(search, before, count, alpha);
}

/* A level of a few points at the end. Where the one before it is short, too, the clipped values do
 * not earn a piece's price, however far the points themselves are off. */
static void find_late(struct segments *out, const struct search *search)
{
    for (size_t count = PARTITION_SHORT; count >= SEGMENTS_CONFIRMED; count--) {
        struct segment before, *last = &out->items[out->count - 1];
        if (last->slope != 0 || !tail_of(out, search, count, LATE_ALPHA, &before))
            continue;
        struct piece late = {last->to - count, last->to, false};
        before.to = late.from;
        *last = before;
        out->items[out->count++] = make_segment(search, &late);
        return;
    }
}

static void find_tail(struct segments *out, const struct search *search)
{
    for (size_t count = SEGMENTS_CONFIRMED - 1; count > 0; count--) {
        struct segment before;
        if (tail_of(out, search, count, TAIL_ALPHA, &before)) {
            out->tail = count;
            out->items[out->count - 1] = before;
            return;
        }
    }
}

static void find_outliers(struct segments *out, const struct search *search)
{
    size_t n = search->series->count;
    out->outliers = arena_take(search->arena, n * sizeof *out->outliers);
    for (size_t k = 0; k < out->count; k++)
        for (size_t i = out->items[k].from; i < out->items[k].to && i + out->tail < n; i++) {
            double off = search->series->values[i] - segment_at(&out->items[k], i);
            if (search->free.spikes[i] || fabs(off) > OUTLIER * out->items[k].sd)
                out->outliers[out->outlier_count++] = i;
        }
}

/* ---- all of it ------------------------------------------------------------------------ */

void segments_find(struct segments *out, const struct samples *series, struct arena *arena)
{
    size_t n = series->count, count;
    struct search search = {.series = series, .median = order_median(series), .arena = arena};
    *out = (struct segments){.sd = NAN, .rho = NAN};
    if (n < SEGMENTS_FEWEST)
        return;
    search.centred = arena_take(arena, n * sizeof *search.centred);
    for (size_t i = 0; i < n; i++)
        search.centred[i] = series->values[i] - search.median;
    struct piece *pieces = search_pieces(&search, &count);
    make_segments(out, &search, pieces, count);
    out->sd = search.free.sd;
    out->rho = search.free.rho;
    if (search.free.count > 0) {
        find_late(out, &search);
        find_tail(out, &search);
    }
    find_outliers(out, &search);
}

void segments_find_exact(struct segments *out, const struct samples *series, struct arena *arena)
{
    size_t n = series->count;
    *out = (struct segments){
        .items = arena_take(arena, (n + 1) * sizeof *out->items), .sd = 0, .rho = 0};
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || series->values[i] != series->values[i - 1])
            out->items[out->count++] = (struct segment){i, i, series->values[i], 0, NAN, 0};
        out->items[out->count - 1].to = i + 1;
    }
}
