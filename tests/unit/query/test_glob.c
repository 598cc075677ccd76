/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "query/glob.h"

static bool matches(const char *pattern, const char *text)
{
    return glob_matches(slice_of(pattern), slice_of(text));
}

/* What the pattern says, tried in every way: slow, and easy to believe. */
static bool by_trying(const char *pattern, const char *text)
{
    if (*pattern == '\0')
        return *text == '\0';
    if (*pattern == '*')
        return by_trying(pattern + 1, text) || (*text && by_trying(pattern, text + 1));
    return *text && (*pattern == '?' || *pattern == *text) && by_trying(pattern + 1, text + 1);
}

static void every_short_pattern_matches_as_by_trying(void **state)
{
    (void)state;
    static const char letters[] = "ab?*";
    for (int p = 0; p < 4 * 4 * 4 * 4 * 4 * 4; p++) {
        char pattern[7] = "", text[7] = "";
        for (int i = 0, rest = p; i < 6; i++, rest /= 4)
            pattern[i] = letters[rest % 4];
        for (int t = 0; t < 64; t++) {
            int length = t % 7;
            for (int i = 0; i < length; i++)
                text[i] = (char)('a' + (t >> i & 1));
            text[length] = '\0';
            assert_int_equal(matches(pattern, text), by_trying(pattern, text));
        }
    }
}

static void a_backslash_takes_the_special_meaning_away(void **state)
{
    (void)state;
    assert_true(matches("a\\*", "a*"));
    assert_false(matches("a\\*", "ab"));
    assert_true(matches("\\?", "?"));
    assert_false(matches("\\?", "x"));
    assert_true(matches("\\\\", "\\"));
    assert_true(matches("a\\", "a\\"));
    assert_true(matches("*\\*x", "**x"));
}

static void a_question_mark_is_one_character_of_any_width(void **state)
{
    (void)state;
    assert_true(matches("?", "\xe2\x82\xac"));
    assert_false(matches("??", "\xe2\x82\xac"));
    assert_true(matches("*?b", "a\xe2\x82\xac"
                               "b"));
    assert_true(matches("?", "\xff"));
}

static void empty_patterns_and_texts_and_nul_are_fine(void **state)
{
    (void)state;
    assert_true(matches("", ""));
    assert_false(matches("", "a"));
    assert_true(matches("**", ""));
    assert_false(matches("?", ""));
    assert_true(glob_matches((struct slice){"a*b", 3}, (struct slice){"a\0b", 3}));
    assert_true(glob_matches((struct slice){"a\0b", 3}, (struct slice){"a\0b", 3}));
    assert_false(glob_matches((struct slice){"a", 1}, (struct slice){"a\0b", 3}));
}

UNIT_MAIN(cmocka_unit_test(every_short_pattern_matches_as_by_trying),
    cmocka_unit_test(a_backslash_takes_the_special_meaning_away),
    cmocka_unit_test(a_question_mark_is_one_character_of_any_width),
    cmocka_unit_test(empty_patterns_and_texts_and_nul_are_fine))
