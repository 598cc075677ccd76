/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/target.h"

#include "record/unit.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- words -------------------------------------------------------------------------- */

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_QUOTED, TOKEN_NUMBER, TOKEN_OPERATOR, TOKEN_TIMES };

struct token {
    enum token_kind kind;
    size_t start, end;
    struct slice text; /* of a quoted word what stands in the quotes */
    double number;
    struct target_range range; /* of an operator: which ends the limit closes */
};

struct parser {
    struct slice text;
    struct arena *arena;
    struct token now;
    size_t at; /* behind it */
};

static int fail(size_t at, struct error *error, const char *format, ...) PRINTF_LIKE(3, 4);

static int fail(size_t at, struct error *error, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    error_place(error, NULL, 0, at + 1);
    return error_set(error, ERROR_CONTENT, "%s", text);
}

/* What stands where something else was expected. */
static int unexpected(const struct parser *parser, const char *expected, struct error *error)
{
    const struct token *now = &parser->now;
    size_t size = now->end - now->start;
    if (now->kind == TOKEN_END)
        return fail(now->start, error, "the target ends; expected %s", expected);
    return fail(now->start, error, "found %.*s; expected %s", size > 60 ? 60 : (int)size,
        parser->text.data + now->start, expected);
}

static int byte_at(const struct parser *parser, size_t at)
{
    return at < parser->text.size ? (unsigned char)parser->text.data[at] : -1;
}

static bool is_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

static bool starts_with(const struct parser *parser, const char *text)
{
    size_t size = strlen(text);
    return parser->text.size - parser->at >= size &&
           memcmp(parser->text.data + parser->at, text, size) == 0;
}

static const struct {
    const char *text;
    enum token_kind kind;
    struct target_range range; /* the ends that are 1 take the limit */
} signs[] = {
    {"<=", TOKEN_OPERATOR, {0, 1, false, false}},
    {"\342\211\244", TOKEN_OPERATOR, {0, 1, false, false}},
    {"<", TOKEN_OPERATOR, {0, 1, false, true}},
    {">=", TOKEN_OPERATOR, {1, 0, false, false}},
    {"\342\211\245", TOKEN_OPERATOR, {1, 0, false, false}},
    {">", TOKEN_OPERATOR, {1, 0, true, false}},
    {"==", TOKEN_OPERATOR, {1, 1, false, false}},
    {"=", TOKEN_OPERATOR, {1, 1, false, false}},
    {"\303\227", TOKEN_TIMES, {0, 0, false, false}},
    {"*", TOKEN_TIMES, {0, 0, false, false}},
};

static bool take_sign(struct parser *parser)
{
    for (size_t i = 0; i < ARRAY_SIZE(signs); i++) {
        if (!starts_with(parser, signs[i].text))
            continue;
        parser->at += strlen(signs[i].text);
        parser->now.kind = signs[i].kind;
        parser->now.range = signs[i].range;
        return true;
    }
    return false;
}

/* The end of a number that begins at `at`; `at` itself where none does. */
static size_t number_end(const struct parser *parser, size_t at)
{
    size_t end = at + (byte_at(parser, at) == '-'), digits = end;
    while (is_digit(byte_at(parser, end)))
        end++;
    if (byte_at(parser, end) == '.' && is_digit(byte_at(parser, end + 1)))
        for (end++; is_digit(byte_at(parser, end));)
            end++;
    if (end == digits)
        return at;
    size_t exponent = end + 1;
    if (byte_at(parser, end) != 'e' && byte_at(parser, end) != 'E')
        return end;
    exponent += byte_at(parser, exponent) == '-' || byte_at(parser, exponent) == '+';
    if (!is_digit(byte_at(parser, exponent)))
        return end;
    while (is_digit(byte_at(parser, exponent)))
        exponent++;
    return exponent;
}

static int take_number(struct parser *parser, size_t end, struct error *error)
{
    char text[64];
    size_t size = end - parser->at;
    double value = INFINITY;
    if (size < sizeof text) {
        memcpy(text, parser->text.data + parser->at, size);
        text[size] = '\0';
        value = strtod(text, NULL);
    }
    if (!isfinite(value))
        return fail(parser->at, error, "a number that no double holds");
    parser->now.kind = TOKEN_NUMBER;
    parser->now.number = value;
    parser->at = end;
    return 0;
}

static int take_quoted(struct parser *parser, struct error *error)
{
    size_t from = parser->at, end = from + 1;
    while (end < parser->text.size && parser->text.data[end] != parser->text.data[from])
        end++;
    if (end == parser->text.size)
        return fail(
            from, error, "the quotes do not end; expected a closing %c", parser->text.data[from]);
    if (end == from + 1)
        return fail(from, error, "nothing stands in the quotes");
    parser->now.kind = TOKEN_QUOTED;
    parser->now.text = (struct slice){parser->text.data + from + 1, end - from - 1};
    parser->at = end + 1;
    return 0;
}

static bool ends_word(int byte)
{
    return byte < 0 || strchr(" \t\r\n<>=\"'*", byte) != NULL;
}

/* Up to a blank, an operator or a quote. */
static void take_word(struct parser *parser)
{
    size_t from = parser->at;
    while (!ends_word(byte_at(parser, parser->at)) && !starts_with(parser, "\342\211") &&
           !starts_with(parser, "\303\227"))
        parser->at++;
    parser->now.kind = TOKEN_WORD;
    parser->now.text = (struct slice){parser->text.data + from, parser->at - from};
}

static int next(struct parser *parser, struct error *error)
{
    while (parser->at < parser->text.size && is_blank(parser->text.data[parser->at]))
        parser->at++;
    int byte = byte_at(parser, parser->at), result = 0;
    parser->now = (struct token){.kind = TOKEN_END, .start = parser->at};
    if (byte == 0)
        return fail(parser->at, error, "byte 0x00 means nothing here");
    size_t end = number_end(parser, parser->at);
    if (byte == '"' || byte == '\'')
        result = take_quoted(parser, error);
    else if (end > parser->at)
        result = take_number(parser, end, error);
    else if (byte >= 0 && !take_sign(parser))
        take_word(parser);
    parser->now.end = parser->at;
    return result;
}

static bool is_word(const struct parser *parser, const char *word)
{
    return parser->now.kind == TOKEN_WORD && slice_is(parser->now.text, word);
}

static bool is_name(const struct parser *parser)
{
    return parser->now.kind == TOKEN_WORD || parser->now.kind == TOKEN_QUOTED;
}

/* A name that can be the subject or a side; which is no keyword where a clause may begin. */
static int take_name(
    struct parser *parser, struct slice *out, const char *expected, struct error *error)
{
    if (!is_name(parser) || is_word(parser, "where") || is_word(parser, "for"))
        return unexpected(parser, expected, error);
    *out = arena_slice(parser->arena, parser->now.text);
    return next(parser, error);
}

/* ---- subject ------------------------------------------------------------------------ */

/* p95, p99.9 */
static bool read_percentile(struct slice text, double *quantile)
{
    char digits[16], *end;
    if (text.size < 2 || text.size > sizeof digits || text.data[0] != 'p' ||
        !is_digit((unsigned char)text.data[1]))
        return false;
    memcpy(digits, text.data + 1, text.size - 1);
    digits[text.size - 1] = '\0';
    *quantile = strtod(digits, &end) / 100;
    return *end == '\0' && *quantile > 0 && *quantile < 1;
}

static const struct {
    const char *word;
    enum statistic statistic;
} statistics[] = {
    {"median", STATISTIC_MEDIAN},
    {"mean", STATISTIC_MEAN},
    {"min", STATISTIC_MIN},
    {"max", STATISTIC_MAX},
    {"sd", STATISTIC_SD},
    {"cv", STATISTIC_CV},
    {"count", STATISTIC_COUNT},
};

static bool read_statistic(struct target *target, const struct parser *parser)
{
    if (parser->now.kind != TOKEN_WORD)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(statistics); i++)
        if (slice_is(parser->now.text, statistics[i].word)) {
            target->statistic = statistics[i].statistic;
            return true;
        }
    if (!read_percentile(parser->now.text, &target->quantile))
        return false;
    target->statistic = STATISTIC_QUANTILE;
    return true;
}

static int read_subject(struct target *target, struct parser *parser, struct error *error)
{
    bool quoted = parser->now.kind == TOKEN_QUOTED;
    if (take_name(parser, &target->metric,
            "a metric, as in \"ttft p95 < 200 ms\", \"success rate\", \"failures\" or \"degraded\"",
            error) != 0)
        return -1;
    if (!quoted && slice_is(target->metric, "success") && is_word(parser, "rate")) {
        target->statistic = STATISTIC_SUCCESS_RATE;
        target->metric = (struct slice){NULL, 0};
        return next(parser, error);
    }
    bool failures = slice_is(target->metric, "failures");
    if (!quoted && (failures || slice_is(target->metric, "degraded"))) {
        target->statistic = failures ? STATISTIC_FAILURES : STATISTIC_DEGRADED;
        target->metric = (struct slice){NULL, 0};
        return 0;
    }
    return read_statistic(target, parser) ? next(parser, error) : 0;
}

/* ---- limits --------------------------------------------------------------------------- */

static bool is_pure(const struct target *target)
{
    return target->statistic == STATISTIC_COUNT || target->statistic == STATISTIC_FAILURES ||
           target->statistic == STATISTIC_DEGRADED;
}

static bool is_share(const struct target *target)
{
    return target->statistic == STATISTIC_CV || target->statistic == STATISTIC_SUCCESS_RATE;
}

/* A unit, if one stands here. */
static int read_unit(struct target *target, struct parser *parser, struct error *error)
{
    struct buffer unit = BUFFER_INIT;
    int result = 0;
    if (!is_name(parser) || is_word(parser, "where") || is_word(parser, "for") ||
        is_word(parser, "and"))
        return 0;
    if (parser->now.kind == TOKEN_QUOTED)
        buffer_add_slice(&unit, parser->now.text);
    else if (!unit_read(&unit, parser->now.text))
        result = unexpected(parser,
            "a unit, such as ms, s, GB, tok/s or %, one of your own in braces, "
            "as in {frame}/s, for, where or the end",
            error);
    if (result == 0 && is_pure(target))
        result = unexpected(parser, "a number without a unit", error);
    if (result == 0 && is_share(target) && !slice_is(buffer_slice(&unit), "%") &&
        !slice_is(buffer_slice(&unit), "1"))
        result = unexpected(parser, "a share: a number, or one with %", error);
    if (result == 0)
        target->unit = arena_slice(parser->arena, buffer_slice(&unit));
    buffer_release(&unit);
    return result == 0 ? next(parser, error) : -1;
}

/* The parser stands before the name of the side that the value is measured by. */
static int read_reference(struct target *target, struct parser *parser, struct error *error)
{
    if (!target->metric.data || is_pure(target))
        return unexpected(parser, "a number: this has no ratio", error);
    return take_name(parser, &target->reference, "the side that is the reference", error);
}

static void set_range(struct target *target, const struct target_range *ends, double limit)
{
    target->range = (struct target_range){ends->low > 0 ? limit : -INFINITY,
        ends->high > 0 ? limit : INFINITY, ends->low_open, ends->high_open};
}

/* Behind "90 %": "of reference", or it was the unit. */
static int read_percent(struct target *target, struct parser *parser, double number,
    const struct target_range *ends, struct error *error)
{
    const struct parser unit = *parser;
    if (next(parser, error) != 0)
        return -1;
    if (!is_word(parser, "of")) {
        *parser = unit;
        return read_unit(target, parser, error);
    }
    set_range(target, ends, number / 100);
    return next(parser, error) == 0 ? read_reference(target, parser, error) : -1;
}

static int read_limit(struct target *target, struct parser *parser, struct error *error)
{
    const struct target_range ends = parser->now.range;
    if (next(parser, error) != 0)
        return -1;
    set_range(target, &ends, 1);
    if (parser->now.kind != TOKEN_NUMBER && is_name(parser))
        return read_reference(target, parser, error);
    if (parser->now.kind != TOKEN_NUMBER)
        return unexpected(parser, "a limit: a number with its unit, or a side", error);
    double number = parser->now.number;
    set_range(target, &ends, number);
    if (next(parser, error) != 0)
        return -1;
    if (is_word(parser, "%"))
        return read_percent(target, parser, number, &ends, error);
    if (parser->now.kind != TOKEN_TIMES && !is_word(parser, "x") && !is_word(parser, "times"))
        return read_unit(target, parser, error);
    return next(parser, error) == 0 ? read_reference(target, parser, error) : -1;
}

static int expect_number(
    struct parser *parser, double *out, const char *expected, struct error *error)
{
    if (parser->now.kind != TOKEN_NUMBER)
        return unexpected(parser, expected, error);
    *out = parser->now.number;
    return next(parser, error);
}

static int read_between(struct target *target, struct parser *parser, struct error *error)
{
    struct target_range *range = &target->range;
    size_t start = parser->now.start;
    if (next(parser, error) != 0 ||
        expect_number(
            parser, &range->low, "the lower end, as in \"between 40 and 60 tok/s\"", error) != 0)
        return -1;
    if (!is_word(parser, "and"))
        return unexpected(parser, "and; the unit stands behind the second number", error);
    if (next(parser, error) != 0 ||
        expect_number(parser, &range->high, "the upper end", error) != 0)
        return -1;
    if (range->low > range->high)
        return fail(start, error, "between %g and %g; expected the lower end first", range->low,
            range->high);
    return read_unit(target, parser, error);
}

static int read_stable(struct target *target, struct parser *parser, struct error *error)
{
    if (next(parser, error) != 0)
        return -1;
    if (!is_word(parser, "stable"))
        return unexpected(parser, "stable", error);
    if (!target->metric.data)
        return unexpected(parser, "a metric before \"is stable\"", error);
    target->statistic = STATISTIC_CV;
    target->graded = true;
    target->range = (struct target_range){-INFINITY, TARGET_STABLE_CV, false, false};
    return next(parser, error);
}

static int read_condition(struct target *target, struct parser *parser, struct error *error)
{
    if (parser->now.kind == TOKEN_OPERATOR)
        return read_limit(target, parser, error);
    if (is_word(parser, "between"))
        return read_between(target, parser, error);
    if (is_word(parser, "is"))
        return read_stable(target, parser, error);
    return unexpected(parser,
        target->metric.data && target->statistic == STATISTIC_MEDIAN
            ? "a statistic (median, mean, p95, …), of, an operator, between or is stable"
            : "of, an operator, between or is stable",
        error);
}

/* ---- for, where ------------------------------------------------------------------------ */

static double scale_of(int letter)
{
    switch (letter) {
    case 'm':
    case 'M': return 1e6;
    case 'b':
    case 'B': return 1e9;
    case 't':
    case 'T': return 1e12;
    default: return NAN;
    }
}

/* "7B" */
static double read_size(struct slice word)
{
    char digits[16], *end;
    if (word.size < 2 || word.size > sizeof digits || !is_digit((unsigned char)word.data[0]))
        return NAN;
    memcpy(digits, word.data, word.size - 1);
    digits[word.size - 1] = '\0';
    for (size_t i = 0; digits[i]; i++)
        if (!is_digit((unsigned char)digits[i]) && digits[i] != '.')
            return NAN;
    double number = strtod(digits, &end);
    return *end == '\0' ? number * scale_of(word.data[word.size - 1]) : NAN;
}

static int take_size(struct parser *parser, double *out, struct error *error)
{
    *out = NAN;
    if (parser->now.kind != TOKEN_END) {
        parser->at = parser->now.start; /* 7B is no number here */
        take_word(parser);
        parser->now.end = parser->at;
        *out = read_size(parser->now.text);
    }
    if (isnan(*out))
        return unexpected(parser, "the size of a model, such as 7B, 1.5B or 350M", error);
    return next(parser, error);
}

static int read_sizes(struct target *target, struct parser *parser, struct error *error)
{
    if (!is_word(parser, "for"))
        return 0;
    if (next(parser, error) != 0 || take_size(parser, &target->size_low, error) != 0)
        return -1;
    target->size_high = target->size_low;
    if (!is_word(parser, "to"))
        return 0;
    size_t start = parser->now.start;
    if (next(parser, error) != 0 || take_size(parser, &target->size_high, error) != 0)
        return -1;
    if (target->size_high < target->size_low)
        return fail(start, error, "the sizes run downward; expected the smaller first");
    return 0;
}

static int read_where(struct target *target, struct parser *parser, struct error *error)
{
    struct error fault = ERROR_INIT;
    if (parser->now.kind == TOKEN_END)
        return 0;
    if (!is_word(parser, "where"))
        return unexpected(parser, "for, where or the end", error);
    size_t from = parser->at;
    if (memchr(parser->text.data + from, '\0', parser->text.size - from))
        return fail(from, error, "byte 0x00 means nothing here");
    const char *text =
        arena_text_n(parser->arena, parser->text.data + from, parser->text.size - from);
    if (query_compile_short(&target->where, NULL, text, &fault) == 0)
        return 0;
    return fail(from + (fault.column > 0 ? (size_t)fault.column - 1 : 0), error, "%s", fault.text);
}

/* ---- all of it --------------------------------------------------------------------------- */

static int read_side(struct target *target, struct parser *parser, struct error *error)
{
    if (!is_word(parser, "of"))
        return 0;
    if (next(parser, error) != 0)
        return -1;
    return take_name(parser, &target->side, "a side", error);
}

int target_parse(struct target *target, struct slice text, struct arena *arena, struct error *error)
{
    *target = (struct target){.text = arena_slice(arena, text),
        .range = {-INFINITY, INFINITY, false, false},
        .size_low = NAN,
        .size_high = NAN};
    struct parser parser = {.text = target->text, .arena = arena};
    if (next(&parser, error) != 0 || read_subject(target, &parser, error) != 0 ||
        read_side(target, &parser, error) != 0 || read_condition(target, &parser, error) != 0 ||
        read_sizes(target, &parser, error) != 0)
        return -1;
    if (target->side.data && slice_equal(target->side, target->reference))
        return fail(0, error, "a side that is its own reference");
    return read_where(target, &parser, error);
}

void target_release(struct target *target)
{
    query_free(target->where);
    query_free(target->scope);
    target->where = target->scope = NULL;
}

struct slice target_statistic(const struct target *target, struct arena *arena)
{
    switch (target->statistic) {
    case STATISTIC_SUCCESS_RATE: return slice_of("success rate");
    case STATISTIC_FAILURES: return slice_of("failures");
    case STATISTIC_DEGRADED: return slice_of("degraded");
    case STATISTIC_QUANTILE: return slice_of(arena_format(arena, "p%.6g", 100 * target->quantile));
    default: break;
    }
    for (size_t i = 0; i < ARRAY_SIZE(statistics); i++)
        if (statistics[i].statistic == target->statistic)
            return slice_of(statistics[i].word);
    return (struct slice){NULL, 0};
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           is_digit((unsigned char)byte) || byte == '.';
}

double target_model_size(struct slice name)
{
    for (size_t from = 0, end; from < name.size; from = end + 1) {
        for (end = from; end < name.size && is_word_byte(name.data[end]);)
            end++;
        double size = read_size((struct slice){name.data + from, end - from});
        if (!isnan(size))
            return size;
    }
    return NAN;
}

bool target_range_holds(const struct target_range *range, double value)
{
    bool above = range->low_open ? value > range->low : value >= range->low;
    bool below = range->high_open ? value < range->high : value <= range->high;
    return above && below;
}
