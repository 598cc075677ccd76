/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/review_parts.h"

static bool is_capital(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_small(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

/* A name as it is whatever its spelling: parse-JSON, parse_json and parseJson are parse_json. */
static void add_folded(struct buffer *out, struct slice name)
{
    char last = '_';
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.data[i];
        bool between = byte == '-' || byte == '_' || byte == ' ';
        bool hump = is_capital(byte) && i > 0 && is_small(name.data[i - 1]);
        if ((between || hump) && last != '_')
            buffer_add_char(out, last = '_');
        if (!between)
            buffer_add_char(out, last = is_capital(byte) ? (char)(byte - 'A' + 'a') : byte);
    }
}

static void check(struct review *review, enum review_saying saying, const char *pointer,
    struct slice folded, struct slice name, const char *what)
{
    const struct review_first *first = review_differs(review, saying, folded, name);
    if (first)
        review_say(review, REVIEW_TWO_SPELLINGS, pointer,
            "%s %.*s is spelt %.*s at %s:%llu; expected one spelling", what, REVIEW_TEXT(name),
            REVIEW_TEXT(first->said), first->file, (unsigned long long)first->line);
}

static void check_benchmark(struct review *review, const struct report_result *result)
{
    struct buffer folded = BUFFER_INIT, name = BUFFER_INIT;
    for (size_t i = 0; i < result->suite_count; i++) {
        add_folded(&folded, result->suites[i]);
        buffer_add_char(&folded, '/');
        buffer_add_slice(&name, result->suites[i]);
        buffer_add_char(&name, '/');
    }
    add_folded(&folded, result->name);
    buffer_add_slice(&name, result->name);
    check(review, SAYING_BENCHMARK, "/benchmark/name", buffer_slice(&folded), buffer_slice(&name),
        "benchmark");
    buffer_release(&folded);
    buffer_release(&name);
}

void review_names(struct review *review, const struct report_result *result)
{
    struct buffer folded = BUFFER_INIT;
    check_benchmark(review, result);
    if (result->model_id.size > 0) {
        add_folded(&folded, result->model_id);
        check(review, SAYING_MODEL, "/model/id", buffer_slice(&folded), result->model_id, "model");
    }
    buffer_release(&folded);
}
