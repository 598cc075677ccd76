/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "record/release.h"

static int compare(const char *left, const char *right)
{
    struct release a = release_read(slice_of(left)), b = release_read(slice_of(right));
    int order = release_compare(&a, &b);
    assert_int_equal(release_compare(&b, &a) > 0, order < 0);
    assert_int_equal(release_compare(&b, &a) < 0, order > 0);
    return order;
}

static void releases_come_in_the_order_of_semantic_versioning(void **state)
{
    (void)state;
    /* The list of section 11, and what real tags add. */
    static const char *const names[] = {"v0.9", "1.0.0-alpha", "v1.0.0-alpha.1", "1.0.0-alpha.beta",
        "1.0.0-beta", "1.0.0-beta.2", "v1.0.0-beta.9", "1.0.0-beta.10", "v1.0.0-beta.11",
        "1.0.0-rc.1", "1.0.0", "v1.0.1", "1.2", "v1.10.0", "2.0.5-beta.3", "2.0.5", "json-0.4.0",
        "json-0.4.1", "json-0.10"};
    for (size_t i = 0; i + 1 < sizeof names / sizeof *names; i++)
        for (size_t k = i + 1; k < sizeof names / sizeof *names; k++)
            assert_true(compare(names[i], names[k]) < 0);
}

static void two_spellings_of_a_version_are_the_same(void **state)
{
    (void)state;
    assert_int_equal(compare("1.1.0", "v1.1.0"), 0);
    assert_int_equal(compare("V1.1", "1.1.0"), 0);
    assert_int_equal(compare("1.0.0+build.5", "1.0.0"), 0);
    assert_int_equal(compare("release-2.0", "release-v2.0.0"), 0);
    assert_int_equal(compare("2026-02-11", "2026-02-11"), 0);
}

static void names_without_a_version_are_ordered_too(void **state)
{
    (void)state;
    assert_true(compare("before", "rewrite") < 0);
    assert_true(compare("", "v1") != 0);
    assert_true(compare("nightly-2026-02-11", "nightly-2026-02-12") < 0);
}

UNIT_MAIN(cmocka_unit_test(releases_come_in_the_order_of_semantic_versioning),
    cmocka_unit_test(two_spellings_of_a_version_are_the_same),
    cmocka_unit_test(names_without_a_version_are_ordered_too))
