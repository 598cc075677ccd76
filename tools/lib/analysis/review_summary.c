/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/review_parts.h"

#include "record/access.h"
#include "stats/moments.h"
#include "stats/order.h"

#include <math.h>
#include <stdlib.h>

/* One metric that states figures beside its samples. */
struct stated {
    struct review *review;
    size_t number; /* of the metric */
    struct slice name;
    uint32_t summary;
    struct samples samples;
    int type; /* of its quantiles by Hyndman & Fan; 0: by a rule that is not known */
};

/* How a rule may be called besides by its number. */
static const struct {
    const char *rule;
    int type;
} rule_names[] = {
    {"nearest-rank", 1},
    {"inverted_cdf", 1},
    {"averaged_inverted_cdf", 2},
    {"closest_observation", 3},
    {"interpolated_inverted_cdf", 4},
    {"hazen", 5},
    {"weibull", 6},
    {"linear", 7},
    {"median_unbiased", 8},
    {"normal_unbiased", 9},
};

/* "type 7", "R-7", "hyndman-fan 7", "7"; without a rule it is type 7. */
static int type_of_rule(struct slice rule)
{
    if (!rule.data)
        return 7;
    for (size_t i = 0; i < ARRAY_SIZE(rule_names); i++)
        if (slice_is(rule, rule_names[i].rule))
            return rule_names[i].type;
    if (rule.size == 0)
        return 0;
    char last = rule.data[rule.size - 1], before = rule.size > 1 ? rule.data[rule.size - 2] : ' ';
    bool alone = before < '0' || before > '9';
    return alone && last >= '1' && last <= '9' ? last - '0' : 0;
}

/* Half of the last digit that a number's text states: 0.52 is 0.515 to 0.525, 1.5e3 is 1450 to
 * 1550. */
static double half_of_last_digit(struct slice text)
{
    double exponent = 0, decimals = 0;
    bool behind = false;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (byte == 'e' || byte == 'E') {
            exponent = strtod(text.data + i + 1, NULL); /* ends at what is no digit */
            break;
        }
        decimals += behind;
        behind = behind || byte == '.';
    }
    return 0.5 * pow(10, exponent - decimals);
}

static bool agrees(struct slice text, double stated, double actual)
{
    double allowed = half_of_last_digit(text) + 1e-9 * fabs(actual);
    return !(fabs(stated - actual) > allowed);
}

static void contradict(
    const struct stated *at, const char *pointer, const char *what, double stated, double actual)
{
    review_say(at->review, REVIEW_SUMMARY, pointer,
        "the %s of %.*s is stated as %.9g; expected %.9g by its %zu samples", what,
        REVIEW_TEXT(at->name), stated, actual, at->samples.count);
}

/* other: what the figure may be instead, by another convention; NaN for none. */
static void check(const struct stated *at, const char *member, double actual, double other)
{
    const struct json_document *document = at->review->record->document;
    uint32_t node = access_node(document, at->summary, member, JSON_NUMBER);
    if (node == JSON_NONE || isnan(actual))
        return;
    double value = json_double(document, node);
    struct slice text = json_raw(document, node);
    if (agrees(text, value, actual) || (!isnan(other) && agrees(text, value, other)))
        return;
    contradict(at, arena_format(&at->review->line, "/metrics/%zu/summary/%s", at->number, member),
        member, value, actual);
}

/* By an unknown rule all that is sure is that it lies among the samples. */
static double quantile(const struct stated *at, double p, double stated)
{
    const struct samples *samples = &at->samples;
    if (at->type)
        return order_quantile_type(samples, at->type, p);
    return fmin(fmax(stated, samples->sorted[0]), samples->sorted[samples->count - 1]);
}

static void check_quantile(const struct stated *at, const char *member, double p)
{
    double value = access_number(at->review->record->document, at->summary, member);
    check(at, member, isnan(value) ? NAN : quantile(at, p, value), NAN);
}

/* The stated percentiles, [percent, value] each; what is no such pair is passed over. */
struct percentiles {
    const struct json_document *document;
    uint32_t list, next; /* list JSON_NONE: there are none */
    size_t count;        /* pairs gone by */
    double percent;
    uint32_t value;
};

static struct percentiles percentiles_of(const struct stated *at)
{
    struct percentiles walk = {.document = at->review->record->document};
    walk.list = access_node(walk.document, at->summary, "percentiles", JSON_ARRAY);
    if (walk.list != JSON_NONE)
        walk.next = json_first(walk.document, walk.list);
    return walk;
}

static bool read_pair(struct percentiles *walk, uint32_t pair)
{
    const struct json_document *document = walk->document;
    if (json_type(document, pair) != JSON_ARRAY || json_count(document, pair) != 2)
        return false;
    uint32_t first = json_first(document, pair);
    walk->value = json_after(document, first);
    if (json_type(document, first) != JSON_NUMBER ||
        json_type(document, walk->value) != JSON_NUMBER)
        return false;
    walk->percent = json_double(document, first);
    return walk->percent >= 0 && walk->percent <= 100;
}

static bool percentiles_next(struct percentiles *walk)
{
    if (walk->list == JSON_NONE)
        return false;
    while (walk->next != json_end(walk->document, walk->list)) {
        uint32_t pair = walk->next;
        walk->next = json_after(walk->document, pair);
        walk->count++;
        if (read_pair(walk, pair))
            return true;
    }
    return false;
}

/* Where the pair stands. */
static char *percentile_pointer(
    const struct stated *at, const struct percentiles *walk, const char *behind)
{
    return arena_format(&at->review->line, "/metrics/%zu/summary/percentiles/%zu%s", at->number,
        walk->count - 1, behind);
}

static void check_percentiles(const struct stated *at)
{
    struct percentiles walk = percentiles_of(at);
    while (percentiles_next(&walk)) {
        double stated = json_double(walk.document, walk.value);
        double actual = quantile(at, walk.percent / 100, stated);
        if (!agrees(json_raw(walk.document, walk.value), stated, actual))
            contradict(at, percentile_pointer(at, &walk, "/1"),
                arena_format(&at->review->line, "%g. percentile", walk.percent), stated, actual);
    }
}

static void check_figures(const struct stated *at)
{
    const struct samples *samples = &at->samples;
    double n = (double)samples->count;
    struct moments moments = moments_of(samples);
    check(at, "mean", moments.mean, NAN);
    check(at, "sd", moments.sd, moments.sd * sqrt((n - 1) / n));
    check(at, "median", order_median(samples), at->type ? quantile(at, 0.5, NAN) : NAN);
    check(at, "min", samples->sorted[0], NAN);
    check(at, "max", samples->sorted[samples->count - 1], NAN);
    check_quantile(at, "q1", 0.25);
    check_quantile(at, "q3", 0.75);
    if (at->type)
        check(at, "iqr", quantile(at, 0.75, NAN) - quantile(at, 0.25, NAN), NAN);
    check_percentiles(at);
}

/* The samples that are there; false where there are none, or none that can be reckoned with. */
static bool take_samples(struct stated *at, const struct metric *metric)
{
    struct arena *arena = &at->review->line;
    struct error error = ERROR_INIT;
    double *known = arena_zero(arena, metric->count, sizeof *known);
    size_t count = 0;
    for (size_t i = 0; i < metric->count; i++)
        if (!isnan(metric->samples[i]))
            known[count++] = metric->samples[i];
    return count > 0 && samples_prepare(&at->samples, known, count, arena, &error) == 0;
}

/* p of a hundred needs that there are samples beyond it: 100 of them for a p99, 20 for a p95. */
static void check_few(struct stated *at, double n)
{
    struct percentiles walk = percentiles_of(at);
    while (percentiles_next(&walk)) {
        double percent = walk.percent;
        if (percent <= 0 || percent >= 100 || percent == 25 || percent == 50 || percent == 75)
            continue;
        double needed = ceil(100 / fmin(percent, 100 - percent) - 1e-9);
        if (n < needed)
            review_say(at->review, REVIEW_FEW_SAMPLES, percentile_pointer(at, &walk, ""),
                "p%g of %.*s is from %.0f samples; expected %.0f or more, or null", percent,
                REVIEW_TEXT(at->name), n, needed);
    }
}

static void check_metric(struct review *review, const struct report_result *result,
    const struct metric *metric, size_t number, uint32_t node)
{
    const struct json_document *document = review->record->document;
    struct stated at = {.review = review, .number = number, .name = metric->name};
    at.summary = access_node(document, node, "summary", JSON_OBJECT);
    if (at.summary == JSON_NONE)
        return;
    at.type = type_of_rule(access_text(document, at.summary, "rule", &review->line));
    double n = access_number(document, at.summary, "n");
    bool sampled = take_samples(&at, metric);
    if (!isnan(n) || sampled)
        check_few(&at, isnan(n) ? (double)at.samples.count : n);
    /* The samples of a part need not be all that its summary is of. */
    if (!sampled || (!isnan(result->part) && n != (double)at.samples.count))
        return;
    check(&at, "n", (double)at.samples.count, NAN);
    if (isnan(n) || n == (double)at.samples.count)
        check_figures(&at);
}

void review_summaries(struct review *review, const struct report_result *result)
{
    const struct json_document *document = review->record->document;
    uint32_t list = access_node(document, ACCESS_ROOT, "metrics", JSON_ARRAY);
    size_t number = 0;
    if (list == JSON_NONE)
        return;
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item), number++)
        check_metric(review, result, &result->metrics[number], number, item);
}

static void check_side(struct review *review, const char *name, const char *member, double needed)
{
    const struct json_document *document = review->record->document;
    uint32_t side = access_node(document, ACCESS_ROOT, name, JSON_OBJECT);
    double n = access_number(document, side, "n");
    if (!isnan(access_number(document, side, member)) && n < needed)
        review_say(review, REVIEW_FEW_SAMPLES, arena_format(&review->line, "/%s/%s", name, member),
            "%s is from %.0f samples; expected %.0f or more, or null", member, n, needed);
}

void review_comparison(struct review *review)
{
    static const char *const sides[] = {"base", "head"};
    for (size_t i = 0; i < ARRAY_SIZE(sides); i++) {
        check_side(review, sides[i], "p95", 20);
        check_side(review, sides[i], "p99", 100);
    }
}
