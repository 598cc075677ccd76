/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "record/counter.h"

#include <stdio.h>

static void a_key_is_counted_from_zero(void **state)
{
    (void)state;
    struct counter *counter = counter_create();
    assert_int_equal(counter_next(counter, slice_of("a")), 0);
    assert_int_equal(counter_next(counter, slice_of("a")), 1);
    assert_int_equal(counter_next(counter, slice_of("b")), 0);
    assert_int_equal(counter_next(counter, slice_of("a")), 2);
    counter_free(counter);
}

static void keys_are_copied_and_may_be_empty_or_hold_nul(void **state)
{
    (void)state;
    struct counter *counter = counter_create();
    char key[] = "x\0y";
    assert_int_equal(counter_next(counter, (struct slice){key, 3}), 0);
    key[2] = 'z';
    assert_int_equal(counter_next(counter, (struct slice){key, 3}), 0);
    key[2] = 'y';
    assert_int_equal(counter_next(counter, (struct slice){key, 3}), 1);
    assert_int_equal(counter_next(counter, (struct slice){key, 1}), 0);
    assert_int_equal(counter_next(counter, (struct slice){NULL, 0}), 0);
    assert_int_equal(counter_next(counter, (struct slice){"", 0}), 1);
    counter_free(counter);
}

static void counts_hold_while_the_table_grows_and_end_with_a_reset(void **state)
{
    (void)state;
    enum { KEYS = 5000 };
    struct counter *counter = counter_create();
    char key[32];
    for (uint64_t round = 0; round < 3; round++)
        for (int i = 0; i < KEYS; i++) {
            snprintf(key, sizeof key, "key %d", i);
            assert_int_equal(counter_next(counter, slice_of(key)), round);
        }
    counter_reset(counter);
    assert_int_equal(counter_next(counter, slice_of("key 7")), 0);
    counter_free(counter);
    counter_free(NULL);
}

UNIT_MAIN(cmocka_unit_test(a_key_is_counted_from_zero),
    cmocka_unit_test(keys_are_copied_and_may_be_empty_or_hold_nul),
    cmocka_unit_test(counts_hold_while_the_table_grows_and_end_with_a_reset))
