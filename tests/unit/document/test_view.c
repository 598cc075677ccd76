/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "document/view.h"

#include <stdio.h>
#include <string.h>

static void members_keep_the_order_they_came_in(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct view *object = view_object(&arena);
    char key[16];
    for (int i = 0; i < 1000; i++) {
        snprintf(key, sizeof key, "key%d", 999 - i);
        view_set_slice(&arena, object, slice_of(key), view_integer(&arena, i));
    }
    assert_int_equal(view_count(object), 1000);
    for (size_t i = 0; i < 1000; i++) {
        struct slice name;
        const struct view *value = view_member(object, i, &name);
        snprintf(key, sizeof key, "key%zu", 999 - i);
        assert_true(slice_is(name, key));
        assert_ptr_equal(view_get(object, slice_of(key)), value);
    }
    assert_null(view_get(object, slice_of("key1000")));
    arena_release(&arena);
}

static void a_key_that_is_set_again_keeps_its_place(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct view *object = view_object(&arena);
    view_set(&arena, object, "a", view_text(&arena, "first"));
    view_set(&arena, object, "b", view_text(&arena, "second"));
    view_set(&arena, object, "a", view_text(&arena, "third"));
    struct slice key;
    assert_int_equal(view_count(object), 2);
    assert_true(slice_is(view_member(object, 0, &key)->as.text, "third"));
    assert_true(slice_is(key, "a"));
    arena_release(&arena);
}

static void texts_and_keys_may_hold_nul(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct view *object = view_object(&arena);
    struct slice key = {"a\0b", 3}, text = {"x\0y", 3};
    view_set_slice(&arena, object, key, view_slice(&arena, text));
    assert_null(view_get(object, slice_of("a")));
    assert_true(slice_equal(view_get(object, key)->as.text, text));
    arena_release(&arena);
}

static void only_null_false_and_the_empty_list_are_false(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct view *list = view_list(&arena);
    assert_false(view_truth(view_null(&arena)));
    assert_false(view_truth(view_bool(&arena, false)));
    assert_false(view_truth(list));
    view_append(&arena, list, view_null(&arena));
    assert_true(view_truth(list));
    assert_true(view_truth(view_bool(&arena, true)));
    assert_true(view_truth(view_integer(&arena, 0)));
    assert_true(view_truth(view_text(&arena, "")));
    assert_true(view_truth(view_object(&arena)));
    arena_release(&arena);
}

static void a_number_keeps_its_text(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    assert_true(slice_is(view_number(&arena, slice_of("1.10"))->as.text, "1.10"));
    assert_true(slice_is(view_integer(&arena, INT64_MIN)->as.text, "-9223372036854775808"));
    arena_release(&arena);
}

static void what_is_no_object_has_no_members(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    assert_null(view_get(view_text(&arena, "a"), slice_of("a")));
    assert_null(view_get(view_list(&arena), slice_of("a")));
    assert_int_equal(view_count(view_text(&arena, "a")), 0);
    arena_release(&arena);
}

UNIT_MAIN(cmocka_unit_test(members_keep_the_order_they_came_in),
    cmocka_unit_test(a_key_that_is_set_again_keeps_its_place),
    cmocka_unit_test(texts_and_keys_may_hold_nul),
    cmocka_unit_test(only_null_false_and_the_empty_list_are_false),
    cmocka_unit_test(a_number_keeps_its_text), cmocka_unit_test(what_is_no_object_has_no_members))
