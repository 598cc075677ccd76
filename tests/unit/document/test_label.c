/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "document/label.h"

static void point(const char *ref, const char *commit, int64_t ns, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    point_words(&out, slice_of(ref), slice_of(commit), ns, 7);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void a_point_is_called_by_the_best_name_it_has(void **state)
{
    (void)state;
    point("v1.2", "0123456789abcdef", 0, "v1.2");
    point(NULL, "0123456789abcdef", 0, "012345678");
    point(NULL, "01234", 0, "01234");
    point(NULL, NULL, 86400 * INT64_C(1000000000), "1970-01-02");
    point(NULL, NULL, INT64_MIN, "point 7");
}

static void machines(const char *first, const char *second, const char *expected)
{
    const struct slice names[] = {slice_of(first), slice_of(second)};
    struct buffer out = BUFFER_INIT;
    machines_words(&out, names, second ? 2 : 1);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void a_machine_s_name_begins_no_sentence(void **state)
{
    (void)state;
    machines("laptop", NULL, "machine: laptop.\n");
    machines("laptop", "", "machines: laptop; unknown.\n");
    machines("lap\ntop", NULL, "machine: lap\xE2\x90\x8Atop.\n");
}

UNIT_MAIN(cmocka_unit_test(a_machine_s_name_begins_no_sentence),
    cmocka_unit_test(a_point_is_called_by_the_best_name_it_has))
