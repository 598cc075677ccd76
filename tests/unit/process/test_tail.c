/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "process/tail.h"

#include <string.h>

static struct tail tail;

static void what_fits_is_kept_whole(void **state)
{
    (void)state;
    tail_reset(&tail);
    tail_add(&tail, slice_of("one "));
    tail_add(&tail, slice_of("two"));
    assert_true(slice_is(tail_slice(&tail), "one two"));
    assert_int_equal(tail.total, 7);
}

static void of_a_long_stream_the_end_is_kept_in_order(void **state)
{
    (void)state;
    char all[3 * TAIL_CEILING];
    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (char)('a' + i % 23);
    for (size_t part = 1; part < 2 * TAIL_CEILING; part = 3 * part + 1) {
        tail_reset(&tail);
        size_t at = 0;
        while (at + part <= sizeof all) {
            tail_add(&tail, (struct slice){all + at, part});
            at += part;
            if (at % 5 == 0)
                tail_slice(&tail);
        }
        size_t kept = at < TAIL_CEILING ? at : TAIL_CEILING;
        assert_true(slice_equal(tail_slice(&tail), (struct slice){all + at - kept, kept}));
        assert_int_equal(tail.total, at);
    }
}

UNIT_MAIN(cmocka_unit_test(what_fits_is_kept_whole),
    cmocka_unit_test(of_a_long_stream_the_end_is_kept_in_order))
