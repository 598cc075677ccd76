/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "schema/ecma.h"
#include "schema/format.h"
#include "schema/pattern.h"

#include <string.h>

static int matches_text(const char *pattern_source, struct slice text)
{
    struct pattern *pattern;
    struct error error = ERROR_INIT;
    if (pattern_compile(&pattern, slice_of(pattern_source), &error))
        fail_msg("%s", error.text);
    struct pattern_matcher *matcher = pattern_matcher_create();
    int result = pattern_matches(pattern, matcher, text);
    pattern_matcher_free(matcher);
    pattern_free(pattern);
    return result;
}

#define matches(pattern, text) assert_int_equal(matches_text(pattern, slice_of(text)), 1)
#define differs(pattern, text) assert_int_equal(matches_text(pattern, slice_of(text)), 0)

static void wrong(const char *pattern, const char *words)
{
    struct buffer out = BUFFER_INIT;
    struct error error = ERROR_INIT;
    if (ecma_translate(&out, slice_of(pattern), ECMA_LOOSE, &error) == 0)
        fail_msg("%s was taken as %s", pattern, buffer_text(&out));
    if (!strstr(error.text, words))
        fail_msg("\"%s\" lacks \"%s\"", error.text, words);
    buffer_release(&out);
}

static void classes_are_those_of_ecmascript(void **state)
{
    (void)state;
    matches("^\\d\\w\\s$", "7_\xc2\xa0");
    matches("^\\s$", "\xef\xbb\xbf");
    matches("^[\\s]$", "\xe2\x80\xa8");
    differs("^\\s$", "\xe2\x80\x8b");
    differs("\\d", "\xdb\xb0");
    differs("\\w", "\xc3\xa9");
    matches("^\\W\\D\\S$", "\xc3\xa9\xdb\xb0\xc3\xa9");
    matches("^[^\\S]$", " ");
    matches("^[\\S]$", "x");
    differs("^[\\S]$", "\xc2\xa0");
    differs("^.$", "\xe2\x80\xa8");
    matches("^.$", "\xf0\x9f\x98\x80");
    matches("^[^]$", "\n");
    differs("[]", "x");
}

static void escapes_stand_for_their_characters(void **state)
{
    (void)state;
    matches("^\\t\\n\\v\\f\\r$", "\t\n\v\f\r");
    assert_int_equal(matches_text("^\\0$", (struct slice){"", 1}), 1);
    matches("^\\cA\\cz$", "\x01\x1a");
    matches("^\\x41\\u0042\\u{43}\\u{1F600}$", "ABC\xf0\x9f\x98\x80");
    matches("^\\ud83d\\ude00$", "\xf0\x9f\x98\x80");
    matches("^[\\ud83d\\ude00-\\ud83d\\ude02]$", "\xf0\x9f\x98\x81");
    differs("\\ud83d", "\xf0\x9f\x98\x80");
    matches("^[\\b\\-\\]]+$", "\b-]");
    matches("^\\^\\$\\\\\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|\\/$", "^$\\.*+?()[]{}|/");
}

static void a_dollar_is_only_the_very_end(void **state)
{
    (void)state;
    differs("^a$", "a\n");
    matches("^a$", "a");
    differs("^b", "a\nb");
}

static void groups_are_referred_to_by_number_and_name(void **state)
{
    (void)state;
    matches("^(a|b)\\1$", "aa");
    differs("^(a|b)\\1$", "ab");
    matches("^(?<x>a)(?<y>b)\\k<y>\\k<x>$", "abba");
    /* What took no part matches nothing, as ECMAScript has it. */
    matches("^(?:(a)|b)\\1$", "b");
    matches("^\\1(a)$", "a");
    matches("^(?:a)(?=b)(?!c)b(?<=ab)(?<!x)$", "ab");
}

static void counts_repeat_lazily_or_not(void **state)
{
    (void)state;
    matches("^a{2}b{1,}c{0,3}?d??e*?f+?$", "aabccdf");
    differs("^a{2}$", "a");
    matches("^x{0}$", "");
}

static void properties_of_characters_are_those_of_ecma_262(void **state)
{
    (void)state;
    matches("^\\p{L}\\p{Letter}\\p{Lu}\\p{gc=Ll}\\p{General_Category=Lowercase_Letter}$", "aBCde");
    matches("^\\p{Script=Greek}\\p{sc=Grek}\\p{scx=Greek}$", "\xce\xb1\xce\xb2\xce\xb3");
    matches("^[\\p{Nd}_]\\P{Nd}\\p{digit}$", "_x\xdb\xb0");
    matches("^\\p{ASCII}\\p{Alphabetic}\\p{White_Space}\\p{Any}\\p{Assigned}\\p{LC}$", "ab cde");
    wrong("\\p{letter}", "no such property");
    wrong("\\p{L", "no such property");
    wrong("\\pL", "expected a property");
    wrong("\\p{Nonsense}", "no such property");
    wrong("\\p{gc=Greek}", "no such property");
}

static void what_ecma_262_does_not_know_is_an_error(void **state)
{
    (void)state;
    wrong("a\\Z", "no such escape");
    wrong("\\Aa", "no such escape");
    wrong("\\a", "no such escape");
    wrong("\\h", "no such escape");
    wrong("\\Qa\\E", "no such escape");
    wrong("(?>a)", "no such group");
    wrong("(?i)a", "no such group");
    wrong("(?i:a)", "no such group");
    wrong("(?#x)", "no such group");
    wrong("(?P<n>a)", "no such group");
    wrong("(*UTF)a", "nothing to repeat");
    wrong("a*+", "nothing to repeat");
    wrong("a++", "nothing to repeat");
    wrong("*a", "nothing to repeat");
    wrong("^*", "nothing to repeat");
    wrong("(?<=a)*", "nothing to repeat");
    wrong("(a", "not closed");
    wrong("a)", "no group to close");
    wrong("[a", "not closed");
    wrong("[z-a]", "wrong order");
    wrong("a{3,2}", "wrong order");
    wrong("a{65536}", "at most 65535");
    wrong("\\2(a)", "no group with this number");
    wrong("\\k<n>", "no group with this name");
    wrong("\\u12", "hexadecimal");
    wrong("\\u{110000}", "above 10FFFF");
    wrong("\\", "ends in a backslash");
    wrong("\\08", "no such escape");
    wrong("\\c1", "no such escape");
}

static void pcre2s_own_syntax_does_not_get_through(void **state)
{
    (void)state;
    matches("^[[:alpha:]$", ":");
    differs("^[[:alpha:]$", "b");
    matches("^#a b$", "#a b");
    matches("^a{,3}$", "a{,3}");
    matches("^[a&&b]$", "&");
    matches("^[^\\^-]$", "x");
}

static void loose_patterns_allow_what_engines_accept_without_the_flag(void **state)
{
    (void)state;
    matches("^\\-\\_\\@\\:\\\"\\ $", "-_@:\" ");
    matches("^[\\w-.]+$", "a-.");
    matches("^}]{$", "}]{");
    assert_false(format_regex(slice_of("\\-")));
    assert_false(format_regex(slice_of("}")));
    assert_false(format_regex(slice_of("a{")));
    assert_false(format_regex(slice_of("[\\w-.]")));
    assert_true(format_regex(slice_of("[\\w\\-.]\\p{Script=Latin}(?<n>\\u{1F600})\\k<n>")));
}

static void the_place_of_an_error_is_told(void **state)
{
    (void)state;
    wrong("abc(?>d)", "\"abc(?>d)\" is wrong at character 4: ");
}

UNIT_MAIN(cmocka_unit_test(classes_are_those_of_ecmascript),
    cmocka_unit_test(escapes_stand_for_their_characters),
    cmocka_unit_test(a_dollar_is_only_the_very_end),
    cmocka_unit_test(groups_are_referred_to_by_number_and_name),
    cmocka_unit_test(counts_repeat_lazily_or_not),
    cmocka_unit_test(properties_of_characters_are_those_of_ecma_262),
    cmocka_unit_test(what_ecma_262_does_not_know_is_an_error),
    cmocka_unit_test(pcre2s_own_syntax_does_not_get_through),
    cmocka_unit_test(loose_patterns_allow_what_engines_accept_without_the_flag),
    cmocka_unit_test(the_place_of_an_error_is_told))
