/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

static void what_is_taken_is_aligned_and_apart(void **state)
{
    struct arena arena = ARENA_INIT;
    unsigned char *taken[200];
    (void)state;
    for (size_t i = 0; i < 200; i++) {
        taken[i] = arena_take(&arena, i);
        assert_int_equal((uintptr_t)taken[i] % alignof(max_align_t), 0);
        memset(taken[i], (int)i, i);
    }
    for (size_t i = 0; i < 200; i++)
        for (size_t j = 0; j < i; j++)
            assert_int_equal(taken[i][j], i);
    arena_release(&arena);
}

static void a_reset_arena_hands_the_same_memory_out_again(void **state)
{
    static const size_t sizes[] = {1, 3000, 5000, 100, 3 << 20, 7, 9000, 40000};
    void *first[ARRAY_SIZE(sizes)];
    struct arena arena = ARENA_INIT;
    (void)state;
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
            void *taken = arena_take(&arena, sizes[i]);
            memset(taken, round, sizes[i]);
            if (round == 0)
                first[i] = taken;
            else
                assert_ptr_equal(taken, first[i]);
        }
        arena_reset(&arena);
    }
    arena_release(&arena);
}

static void zeroed_memory_is_zero_after_a_reset_too(void **state)
{
    struct arena arena = ARENA_INIT;
    (void)state;
    for (int round = 0; round < 2; round++) {
        unsigned char *taken = arena_zero(&arena, 100, 7);
        for (int i = 0; i < 700; i++)
            assert_int_equal(taken[i], 0);
        memset(taken, 'x', 700);
        arena_reset(&arena);
    }
    arena_release(&arena);
}

static void texts_are_copies_that_end_in_nul(void **state)
{
    struct arena arena = ARENA_INIT;
    struct slice slice = {"a\0b", 3};
    char text[] = "text";
    (void)state;
    char *copy = arena_text(&arena, text);
    text[0] = 'n';
    assert_string_equal(copy, "text");
    assert_string_equal(arena_text_n(&arena, "text", 2), "te");
    assert_string_equal(arena_text_n(&arena, NULL, 0), "");
    assert_string_equal(arena_format(&arena, "%d-%s", 7, "x"), "7-x");
    slice = arena_slice(&arena, slice);
    assert_int_equal(slice.size, 3);
    assert_memory_equal(slice.data, "a\0b", 4);
    arena_release(&arena);
}

static void a_released_arena_can_be_used_again(void **state)
{
    struct arena arena = ARENA_INIT;
    (void)state;
    arena_reset(&arena);
    arena_release(&arena);
    memset(arena_take(&arena, 10000), 1, 10000);
    arena_release(&arena);
    memset(arena_take(&arena, 10), 1, 10);
    arena_release(&arena);
}

UNIT_MAIN(cmocka_unit_test(what_is_taken_is_aligned_and_apart),
    cmocka_unit_test(a_reset_arena_hands_the_same_memory_out_again),
    cmocka_unit_test(zeroed_memory_is_zero_after_a_reset_too),
    cmocka_unit_test(texts_are_copies_that_end_in_nul),
    cmocka_unit_test(a_released_arena_can_be_used_again))
