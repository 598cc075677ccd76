/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/arena.h"
#include "process/words.h"

#include <string.h>

static struct arena arena = ARENA_INIT;
static struct words words;

/* The words joined by "|", or NULL for a failure. */
static const char *split(const char *text, struct error *error)
{
    static char joined[1000];
    joined[0] = '\0';
    if (words_split(&words, &arena, text, error) != 0)
        return NULL;
    for (size_t i = 0; i < words.count; i++) {
        strcat(joined, words.items[i]);
        strcat(joined, "|");
    }
    assert_null(words.items[words.count]);
    return joined;
}

static void check(const char *text, const char *expected)
{
    struct error error = ERROR_INIT;
    const char *found = split(text, &error);
    assert_non_null(found);
    assert_string_equal(found, expected);
}

static void blanks_tabs_and_newlines_part_words(void **state)
{
    (void)state;
    check("  grep\t-i \n todo  ", "grep|-i|todo|");
}

static void single_quotes_keep_everything(void **state)
{
    (void)state;
    check("echo 'a \"b\" \\c $d'", "echo|a \"b\" \\c $d|");
}

static void double_quotes_know_four_escapes(void **state)
{
    (void)state;
    check("echo \"a\\\"b\\\\c\\$d\\`e\\n\"", "echo|a\"b\\c$d`e\\n|");
}

static void a_backslash_takes_the_meaning_of_the_next_byte(void **state)
{
    (void)state;
    check("a\\ b \\' \\\\", "a b|'|\\|");
}

static void a_backslash_before_a_newline_joins_lines(void **state)
{
    (void)state;
    check("ab\\\ncd \"e\\\nf\" \\\n", "abcd|ef|");
}

static void parts_that_touch_are_one_word(void **state)
{
    (void)state;
    check("a'b c'\"d e\"f", "ab cd ef|");
}

static void empty_quotes_are_a_word(void **state)
{
    (void)state;
    check("printf '' \"\" x", "printf|||x|");
    assert_int_equal(words.count, 4);
}

static void nothing_is_expanded_but_what_a_shell_would_do_is_pointed_at(void **state)
{
    (void)state;
    check("echo $HOME *.c ~", "echo|$HOME|*.c|~|");
    assert_int_equal(words.special, 6);
    check("echo '$HOME' \\| \"a;b\"", "echo|$HOME|||a;b|");
    assert_int_equal(words.special, 0);
}

static void an_open_quote_is_an_error_that_says_where(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned column;
    } cases[] = {{"echo 'abc", 6}, {"echo a\"bc 'd'", 7}, {"echo \\", 6}, {"\"a\\\"", 1}};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct error error = ERROR_INIT;
        assert_null(split(cases[i].text, &error));
        assert_int_equal(error.code, ERROR_USAGE);
        assert_int_equal(error.column, cases[i].column);
    }
}

static void a_text_without_words_is_an_error(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    assert_null(split(" \t", &error));
    assert_int_equal(error.code, ERROR_USAGE);
}

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(blanks_tabs_and_newlines_part_words),
        cmocka_unit_test(single_quotes_keep_everything),
        cmocka_unit_test(double_quotes_know_four_escapes),
        cmocka_unit_test(a_backslash_takes_the_meaning_of_the_next_byte),
        cmocka_unit_test(a_backslash_before_a_newline_joins_lines),
        cmocka_unit_test(parts_that_touch_are_one_word), cmocka_unit_test(empty_quotes_are_a_word),
        cmocka_unit_test(nothing_is_expanded_but_what_a_shell_would_do_is_pointed_at),
        cmocka_unit_test(an_open_quote_is_an_error_that_says_where),
        cmocka_unit_test(a_text_without_words_is_an_error)};
    return cmocka_run_group_tests(tests, NULL, release);
}
