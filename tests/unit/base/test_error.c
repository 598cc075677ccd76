/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/error.h"

#include <errno.h>
#include <string.h>

static void expect_shown(const struct error *error, const char *expected)
{
    char text[4096];
    assert_int_equal(error_format(error, text, sizeof text), strlen(expected));
    assert_string_equal(text, expected);
}

static void the_first_failure_wins(void **state)
{
    struct error error = ERROR_INIT;
    (void)state;
    assert_int_equal(error_set(&error, ERROR_CONTENT, "first %d", 1), -1);
    assert_int_equal(error_set(&error, ERROR_MACHINE, "second"), -1);
    assert_int_equal(error_system(&error, ERROR_MACHINE, ENOSPC, "third"), -1);
    assert_int_equal(error.code, ERROR_CONTENT);
    assert_int_equal(error.number, 0);
    assert_string_equal(error.text, "first 1");
}

static void a_place_that_is_known_stays(void **state)
{
    struct error error = ERROR_INIT;
    (void)state;
    error_set(&error, ERROR_CONTENT, "wrong");
    error_place(&error, NULL, 3, 0);
    error_place(&error, "a.jsonl", 4, 5);
    error_place(&error, "b.jsonl", 6, 7);
    error_pointer(&error, "/a");
    error_pointer(&error, "/b");
    expect_shown(&error, "a.jsonl:3:5: /a: wrong");
}

static void only_what_is_known_is_shown(void **state)
{
    struct error error = ERROR_INIT;
    (void)state;
    error_set(&error, ERROR_USAGE, "wrong");
    expect_shown(&error, "wrong");
    error_place(&error, "a", 0, 9);
    expect_shown(&error, "a: wrong");
    error_place(&error, NULL, 2, 0);
    expect_shown(&error, "a:2:9: wrong");
}

static void a_system_error_says_why(void **state)
{
    struct error error = ERROR_INIT;
    (void)state;
    error_system(&error, ERROR_MACHINE, ENOSPC, "cannot write %s", "x");
    assert_int_equal(error.number, ENOSPC);
    assert_string_equal(error.text, "cannot write x: No space left on device");
}

static void a_long_text_is_cut_but_never_its_cause(void **state)
{
    struct error error = ERROR_INIT;
    char text[3000];
    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    error_set(&error, ERROR_INPUT, "%s", text);
    assert_int_equal(strlen(error.text), sizeof error.text - 1);
    assert_string_equal(error.text + strlen(error.text) - 4, "x...");
    error_clear(&error);
    error_system(&error, ERROR_INPUT, EACCES, "cannot open %s", text);
    assert_string_equal(error.text + strlen(error.text) - 23, "x...: Permission denied");
}

static void a_long_text_is_not_cut_inside_a_character(void **state)
{
    (void)state;
    for (int shift = 0; shift < 4; shift++) {
        struct error error = ERROR_INIT;
        char text[3000] = "abc";
        size_t length = (size_t)shift;
        while (length + 5 < sizeof text) {
            memcpy(text + length, "\xf0\x9f\x90\xa2", 5);
            length += 4;
        }
        error_set(&error, ERROR_INPUT, "%s", text);
        size_t kept = strlen(error.text) - 3;
        assert_int_equal((kept - (size_t)shift) % 4, 0);
        error_place(&error, text, 0, 0);
        assert_memory_equal(error.file, "...\xf0\x9f\x90\xa2", 7);
        assert_string_equal(error.file + strlen(error.file) - 4, "\xf0\x9f\x90\xa2");
    }
}

static void of_a_long_path_the_end_is_kept(void **state)
{
    struct error error = ERROR_INIT;
    char path[1000];
    (void)state;
    memset(path, 'd', sizeof path);
    memcpy(path + sizeof path - 9, "/a.jsonl", 9);
    error_place(&error, path, 0, 0);
    assert_int_equal(strlen(error.file), sizeof error.file - 1);
    assert_memory_equal(error.file, "...d", 4);
    assert_string_equal(error.file + strlen(error.file) - 8, "/a.jsonl");
}

static void nothing_in_a_message_reaches_the_terminal_as_a_command(void **state)
{
    struct error error = ERROR_INIT;
    (void)state;
    error_set(
        &error, ERROR_CONTENT, "bell\a esc\x1b[31m del\x7f tab\t \xc3\xa4 csi\xc2\x9b bad\xff");
    error_place(&error, "a\nb", 1, 0);
    error_pointer(&error, "/\r");
    expect_shown(&error, "a\\x0ab:1: /\\x0d: bell\\x07 esc\\x1b[31m del\\x7f tab\\x09 \xc3\xa4 "
                         "csi\\xc2\\x9b bad\\xff");
}

static void a_message_fits_where_there_is_little_room(void **state)
{
    struct error error = ERROR_INIT;
    char text[8] = "uuuuuuu";
    (void)state;
    error_set(&error, ERROR_CONTENT, "a long message");
    assert_int_equal(error_format(&error, text, 0), 0);
    assert_string_equal(text, "uuuuuuu");
    assert_int_equal(error_format(&error, text, 6), 5);
    assert_string_equal(text, "a lon");
}

static void each_code_asks_for_its_exit_status(void **state)
{
    struct error error = ERROR_INIT;
    (void)state;
    assert_int_equal(error_status(&error), 0);
    error.code = ERROR_USAGE;
    assert_int_equal(error_status(&error), 2);
    error.code = ERROR_INPUT;
    assert_int_equal(error_status(&error), 3);
    error.code = ERROR_CONTENT;
    assert_int_equal(error_status(&error), 3);
    error.code = ERROR_MACHINE;
    assert_int_equal(error_status(&error), 4);
}

static void a_caller_may_not_want_the_error(void **state)
{
    (void)state;
    assert_int_equal(error_set(NULL, ERROR_USAGE, "x"), -1);
    assert_int_equal(error_system(NULL, ERROR_USAGE, EIO, "x"), -1);
    error_place(NULL, "f", 1, 1);
    error_pointer(NULL, "/");
    error_clear(NULL);
}

UNIT_MAIN(cmocka_unit_test(the_first_failure_wins), cmocka_unit_test(a_place_that_is_known_stays),
    cmocka_unit_test(only_what_is_known_is_shown), cmocka_unit_test(a_system_error_says_why),
    cmocka_unit_test(a_long_text_is_cut_but_never_its_cause),
    cmocka_unit_test(a_long_text_is_not_cut_inside_a_character),
    cmocka_unit_test(of_a_long_path_the_end_is_kept),
    cmocka_unit_test(nothing_in_a_message_reaches_the_terminal_as_a_command),
    cmocka_unit_test(a_message_fits_where_there_is_little_room),
    cmocka_unit_test(each_code_asks_for_its_exit_status),
    cmocka_unit_test(a_caller_may_not_want_the_error))
