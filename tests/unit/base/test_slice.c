/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/slice.h"

static void trims(const char *text, const char *expected)
{
    assert_true(slice_is(slice_trim(slice_of(text)), expected));
}

static void blanks_at_both_ends_go_and_those_between_stay(void **state)
{
    (void)state;
    trims(" \t a b\r\n", "a b");
    trims("a", "a");
    trims(" \n", "");
    trims("", "");
}

static void only_what_json_calls_white_space_is_blank(void **state)
{
    (void)state;
    trims("\v\f\xC2\xA0", "\v\f\xC2\xA0");
    assert_false(is_blank('\0'));
    assert_true(slice_is_blank(slice_of(" \t\r\n")));
    assert_true(slice_is_blank(slice_of("")));
    assert_false(slice_is_blank(slice_of(" \t.\r\n")));
    assert_false(slice_is_blank((struct slice){"\0", 1}));
}

UNIT_MAIN(cmocka_unit_test(blanks_at_both_ends_go_and_those_between_stay),
    cmocka_unit_test(only_what_json_calls_white_space_is_blank))
