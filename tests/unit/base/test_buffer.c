/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

static void additions_stand_one_after_the_other(void **state)
{
    struct buffer buffer = BUFFER_INIT;
    (void)state;
    buffer_add_text(&buffer, "one");
    buffer_add_char(&buffer, ' ');
    buffer_add_format(&buffer, "%d %s", 2, "three");
    buffer_add_slice(&buffer, (struct slice){" 4x", 2});
    buffer_add(&buffer, NULL, 0);
    buffer_add(&buffer, "\0", 1);
    assert_int_equal(buffer.size, 14);
    assert_memory_equal(buffer.data, "one 2 three 4\0", 15);
    assert_false(buffer.overflow);
    buffer_release(&buffer);
}

static void an_empty_buffer_is_an_empty_text(void **state)
{
    struct buffer buffer = BUFFER_INIT;
    (void)state;
    assert_string_equal(buffer_text(&buffer), "");
    assert_int_equal(buffer_slice(&buffer).size, 0);
    char *stolen = buffer_steal(&buffer);
    assert_string_equal(stolen, "");
    free(stolen);
    buffer_reset(&buffer);
    buffer_release(&buffer);
}

static void what_would_pass_the_ceiling_is_left_out_whole(void **state)
{
    struct buffer buffer = {.ceiling = 8};
    (void)state;
    buffer_add_text(&buffer, "12345");
    buffer_add_text(&buffer, "678");
    assert_false(buffer.overflow);
    buffer_add_text(&buffer, "9");
    assert_true(buffer.overflow);
    assert_string_equal(buffer_text(&buffer), "12345678");
    buffer_reset(&buffer);
    buffer_add_text(&buffer, "123456789");
    assert_string_equal(buffer_text(&buffer), "");
    buffer_add_text(&buffer, "1");
    assert_string_equal(buffer_text(&buffer), "");
    assert_true(buffer.overflow);
    buffer_add_format(&buffer, "%d", 1);
    assert_null(buffer_room(&buffer, 0));
    buffer_release(&buffer);
}

static void room_is_written_and_then_counted(void **state)
{
    struct buffer buffer = BUFFER_INIT;
    (void)state;
    buffer_add_text(&buffer, "ab");
    char *room = buffer_room(&buffer, 100);
    assert_non_null(room);
    memset(room, 'c', 100);
    buffer_wrote(&buffer, 3);
    assert_string_equal(buffer_text(&buffer), "abccc");
    buffer_release(&buffer);
}

static void a_reset_keeps_the_memory_and_a_steal_gives_it_away(void **state)
{
    struct buffer buffer = BUFFER_INIT;
    (void)state;
    buffer_add_text(&buffer, "text");
    const char *before = buffer.data;
    buffer_reset(&buffer);
    assert_string_equal(buffer_text(&buffer), "");
    buffer_add_text(&buffer, "next");
    assert_ptr_equal(buffer.data, before);
    char *stolen = buffer_steal(&buffer);
    assert_string_equal(stolen, "next");
    assert_string_equal(buffer_text(&buffer), "");
    buffer_add_text(&buffer, "third");
    assert_string_equal(stolen, "next");
    free(stolen);
    buffer_release(&buffer);
}

UNIT_MAIN(cmocka_unit_test(additions_stand_one_after_the_other),
    cmocka_unit_test(an_empty_buffer_is_an_empty_text),
    cmocka_unit_test(what_would_pass_the_ceiling_is_left_out_whole),
    cmocka_unit_test(room_is_written_and_then_counted),
    cmocka_unit_test(a_reset_keeps_the_memory_and_a_steal_gives_it_away))
