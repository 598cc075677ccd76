/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "record/version.h"

static enum report_version version(const char *text)
{
    return report_version_read(slice_of(text));
}

static void every_known_version_reads_back(void **state)
{
    (void)state;
    for (int i = 0; i < REPORT_COUNT; i++)
        assert_int_equal(version(report_version_text((enum report_version)i)), i);
}

static void a_later_minor_version_of_1_is_newer(void **state)
{
    (void)state;
    assert_int_equal(version("1.1.0"), REPORT_NEWER);
    assert_int_equal(version("1.0.1"), REPORT_NEWER);
    assert_int_equal(version("1.20.300"), REPORT_NEWER);
}

static void anything_else_is_unknown(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "1", "1.0", "1.0.0.0", "1.01.0", "2.0.0", "0.3.0",
        "0.2.3", "1.0.x", "v1.0.0", "1.0.0 "};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(version(wrong[i]), REPORT_UNKNOWN);
}

UNIT_MAIN(cmocka_unit_test(every_known_version_reads_back),
    cmocka_unit_test(a_later_minor_version_of_1_is_newer),
    cmocka_unit_test(anything_else_is_unknown))
