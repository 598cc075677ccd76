/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/nearest.h"

static size_t distance(const char *a, const char *b)
{
    return nearest_distance(slice_of(a), slice_of(b), 10);
}

static void equal_words_are_no_edit_apart(void **state)
{
    (void)state;
    assert_int_equal(distance("outcome", "outcome"), 0);
    assert_int_equal(distance("Outcome", "oUTCOME"), 0);
}

static void each_kind_of_edit_counts_one(void **state)
{
    (void)state;
    assert_int_equal(distance("outcme", "outcome"), 1);
    assert_int_equal(distance("outccome", "outcome"), 1);
    assert_int_equal(distance("outkome", "outcome"), 1);
    assert_int_equal(distance("outocme", "outcome"), 1);
    assert_int_equal(distance("", "abc"), 3);
}

static void far_words_give_one_more_than_the_limit(void **state)
{
    (void)state;
    assert_int_equal(nearest_distance(slice_of("abcdefgh"), slice_of("zyxwvuts"), 2), 3);
    char longer[66];
    memset(longer, 'x', 65);
    longer[65] = '\0';
    assert_int_equal(nearest_distance(slice_of(longer), slice_of(longer), 2), 3);
}

UNIT_MAIN(cmocka_unit_test(equal_words_are_no_edit_apart),
    cmocka_unit_test(each_kind_of_edit_counts_one),
    cmocka_unit_test(far_words_give_one_more_than_the_limit))
