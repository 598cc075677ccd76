/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two numbers, a line each: their order, whether one is a multiple of the other,
 * their doubles and the texts of these, each held against another way to find it.
 *
 * Covers: tools/lib/json/decimal.c tools/lib/json/number.c tools/lib/json/big.c
 * tools/lib/json/shortest.c
 */
#include "base/memory.h"
#include "fuzz.h"
#include "json/canonical.h"
#include "json/decimal.h"
#include "json/number.h"
#include "json/writer.h"

#include <math.h>
#include <string.h>

struct text {
    char *terminated;
    struct slice slice;
    double value;
};

/* false where it is no number. */
static bool read_text(struct text *text, struct slice bytes)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    bool is = json_parse_copy(&document, bytes, NULL, NULL) == 0 &&
              json_type(&document, 0) == JSON_NUMBER;
    if (is) {
        struct slice raw = json_raw(&document, 0);
        text->terminated = memory_text_n(raw.data, raw.size);
        text->slice = (struct slice){text->terminated, raw.size};
        text->value = json_double(&document, 0);
    }
    json_release(&document);
    return is;
}

static void check_double(const struct text *text)
{
    /* The C library reads as exactly, in the C locale in which a fuzz target runs. */
    double expected = strtod(text->terminated, NULL);
    MUST(memcmp(&expected, &text->value, sizeof expected) == 0);
    MUST(isfinite(text->value) && !number_overflows(text->slice));

    char printed[NUMBER_TEXT + 1];
    printed[double_print(printed, text->value)] = '\0';
    double back = strtod(printed, NULL);
    MUST(memcmp(&back, &text->value, sizeof back) == 0);
    if (text->value == 0)
        return;
    int exponent;
    uint64_t significand = double_split(text->value, &exponent);
    struct number number = number_read(slice_of(printed));
    MUST(fabs(ldexp((double)significand, exponent)) == fabs(text->value));
    /* The order of the short text and the double is the one that long digits give. */
    char exact[1200];
    snprintf(exact, sizeof exact, "%.1100e", fabs(text->value));
    struct slice magnitude = slice_of(printed[0] == '-' ? printed + 1 : printed);
    MUST(number_compare_binary(&number, significand, exponent) ==
         decimal_compare(magnitude, slice_of(exact)));
}

static void check_integer(const struct text *text)
{
    int64_t value;
    struct buffer out = BUFFER_INIT;
    if (number_int64(text->slice, &value)) {
        MUST(decimal_is_integer(text->slice));
        struct json_writer writer = json_writer(&out, 0);
        json_write_integer(&writer, value);
        MUST(decimal_compare(text->slice, buffer_slice(&out)) == 0);
        MUST((double)value == text->value);
    }
    buffer_release(&out);
}

static void check_canonical(const struct text *text)
{
    struct buffer once = BUFFER_INIT, twice = BUFFER_INIT;
    struct json_document document = JSON_DOCUMENT_INIT;
    MUST(json_parse_copy(&document, text->slice, NULL, NULL) == 0);
    json_canonical(&document, 0, &once);
    MUST(json_parse_copy(&document, buffer_slice(&once), NULL, NULL) == 0);
    json_canonical(&document, 0, &twice);
    MUST(slice_equal(buffer_slice(&once), buffer_slice(&twice)));
    double value = strtod(buffer_text(&once), NULL);
    MUST(value == text->value);
    /* Only a number that a double holds may be shortened. */
    if (decimal_compare(buffer_slice(&once), text->slice) != 0) {
        int exponent;
        uint64_t significand = double_split(text->value, &exponent);
        struct number number = number_read(text->slice);
        MUST(number_compare_binary(&number, significand, exponent) == 0);
    }
    json_release(&document);
    buffer_release(&once);
    buffer_release(&twice);
}

static void check_pair(const struct text *a, const struct text *b)
{
    int order = decimal_compare(a->slice, b->slice);
    MUST(order == -decimal_compare(b->slice, a->slice));
    if (a->value < b->value)
        MUST(order < 0);
    if (order == 0)
        MUST(a->value == b->value);

    struct json_document documents[2] = {JSON_DOCUMENT_INIT, JSON_DOCUMENT_INIT};
    MUST(json_parse_copy(&documents[0], a->slice, NULL, NULL) == 0);
    MUST(json_parse_copy(&documents[1], b->slice, NULL, NULL) == 0);
    MUST(json_equal(&documents[0], 0, &documents[1], 0) == (order == 0));
    json_release(&documents[0]);
    json_release(&documents[1]);

    if (b->terminated[0] == '-' || decimal_compare(b->slice, slice_of("0")) == 0)
        return;
    bool multiple = decimal_is_multiple(a->slice, b->slice);
    int64_t dividend, divisor;
    if (number_int64(a->slice, &dividend) && number_int64(b->slice, &divisor))
        MUST(multiple == (dividend % divisor == 0));
    MUST(decimal_is_multiple(b->slice, b->slice));
    if (decimal_is_integer(b->slice) && multiple)
        MUST(decimal_is_integer(a->slice));
    /* Of one of the integers and one tenth everything that ends there is a multiple. */
    MUST(decimal_is_multiple(a->slice, slice_of("1")) == decimal_is_integer(a->slice));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text a = {0}, b = {0};
    const char *bytes = (const char *)data;
    const char *newline = size ? memchr(bytes, '\n', size) : NULL;
    if (!newline)
        return 0;
    size_t first = (size_t)(newline - bytes);
    if (read_text(&a, (struct slice){bytes, first}) &&
        read_text(&b, (struct slice){newline + 1, size - first - 1})) {
        check_double(&a);
        check_double(&b);
        check_integer(&a);
        check_canonical(&a);
        check_pair(&a, &b);
        check_pair(&b, &a);
    }
    free(a.terminated);
    free(b.terminated);
    return 0;
}
