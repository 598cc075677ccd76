/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/pattern.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "schema/ecma.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { STACK_FIRST = 64 << 10 };

struct pattern {
    struct slice text;
    pcre2_code *code;
    bool jit;
};

struct pattern_matcher {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack; /* made when the first match needs more than the machine's */
};

static int fail(struct slice text, int number, struct error *error)
{
    PCRE2_UCHAR message[200];
    if (pcre2_get_error_message(number, message, sizeof message) < 0)
        message[0] = '\0';
    return error_set(error, ERROR_CONTENT, "the pattern \"%.*s\" cannot be used: %s",
        text.size > 120 ? 120 : (int)text.size, text.data, (const char *)message);
}

int pattern_compile(struct pattern **out, struct slice text, struct error *error)
{
    struct buffer translated = BUFFER_INIT;
    if (ecma_translate(&translated, text, ECMA_LOOSE, error)) {
        buffer_release(&translated);
        return -1;
    }
    int number;
    PCRE2_SIZE place;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)buffer_text(&translated), translated.size,
        PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF, &number,
        &place, NULL);
    buffer_release(&translated);
    if (!code && number == PCRE2_ERROR_HEAP_FAILED)
        memory_exhausted(text.size);
    if (!code)
        return fail(text, number, error);
    struct pattern *pattern = memory_zero(1, sizeof *pattern);
    pattern->text = text;
    pattern->code = code;
    pattern->jit = pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0;
    *out = pattern;
    return 0;
}

void pattern_free(struct pattern *pattern)
{
    if (!pattern)
        return;
    pcre2_code_free(pattern->code);
    free(pattern);
}

struct slice pattern_text(const struct pattern *pattern)
{
    return pattern->text;
}

struct pattern_matcher *pattern_matcher_create(void)
{
    struct pattern_matcher *matcher = memory_zero(1, sizeof *matcher);
    matcher->data = pcre2_match_data_create(1, NULL);
    matcher->context = pcre2_match_context_create(NULL);
    if (!matcher->data || !matcher->context)
        memory_exhausted(sizeof *matcher);
    pcre2_set_match_limit(matcher->context, PATTERN_STEPS);
    pcre2_set_heap_limit(matcher->context, PATTERN_HEAP_KIB);
    return matcher;
}

void pattern_matcher_free(struct pattern_matcher *matcher)
{
    if (!matcher)
        return;
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_jit_stack_free(matcher->stack);
    free(matcher);
}

static int match_jit(
    const struct pattern *pattern, struct pattern_matcher *matcher, PCRE2_SPTR text, size_t size)
{
    int result = pcre2_jit_match(pattern->code, text, size, 0, 0, matcher->data, matcher->context);
    if (result != PCRE2_ERROR_JIT_STACKLIMIT || matcher->stack)
        return result;
    matcher->stack = pcre2_jit_stack_create(STACK_FIRST, PATTERN_STACK, NULL);
    if (!matcher->stack)
        memory_exhausted(PATTERN_STACK);
    pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
    return pcre2_jit_match(pattern->code, text, size, 0, 0, matcher->data, matcher->context);
}

int pattern_matches(
    const struct pattern *pattern, struct pattern_matcher *matcher, struct slice subject)
{
    PCRE2_SPTR text = (PCRE2_SPTR)(subject.data ? subject.data : "");
    int result = PCRE2_ERROR_JIT_STACKLIMIT;
    if (pattern->jit)
        result = match_jit(pattern, matcher, text, subject.size);
    /* The interpreter keeps its backtracking on the heap. */
    if (result == PCRE2_ERROR_JIT_STACKLIMIT)
        result = pcre2_match(pattern->code, text, subject.size, 0,
            PCRE2_NO_JIT | PCRE2_NO_UTF_CHECK, matcher->data, matcher->context);
    return result >= 0 ? 1 : result == PCRE2_ERROR_NOMATCH ? 0 : -1;
}
