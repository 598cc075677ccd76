/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "record/nodeid.h"

static void path_class_test_and_params_are_told_apart(void **state)
{
    (void)state;
    struct nodeid id = nodeid_split(slice_of("tests/a.py::TestX::test_y[phi-3::mini[1]]"));
    assert_int_equal(id.suite_count, 2);
    assert_true(slice_is(id.suites[0], "tests/a.py"));
    assert_true(slice_is(id.suites[1], "TestX"));
    assert_true(slice_is(id.name, "test_y"));
    assert_true(slice_is(id.params, "phi-3::mini[1]"));
}

static void a_name_alone_has_no_suite(void **state)
{
    (void)state;
    struct nodeid id = nodeid_split(slice_of("test_y"));
    assert_int_equal(id.suite_count, 0);
    assert_true(slice_is(id.name, "test_y"));
    assert_null(id.params.data);
}

static void what_has_another_shape_is_a_name_whole(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "::test", "a.py::", "a.py::::test", "test[]", "[x]",
        "test[x", "a::b::c::d::e::f::g::h::i::j"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct nodeid id = nodeid_split(slice_of(texts[i]));
        assert_int_equal(id.suite_count, 0);
        assert_true(slice_is(id.name, texts[i]));
        assert_null(id.params.data);
    }
}

UNIT_MAIN(cmocka_unit_test(path_class_test_and_params_are_told_apart),
    cmocka_unit_test(a_name_alone_has_no_suite),
    cmocka_unit_test(what_has_another_shape_is_a_name_whole))
