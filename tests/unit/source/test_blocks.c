/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files.h"
#include "source/blocks.h"

static struct buffer text;

static int enter(void **state)
{
    numbered_lines(&text, 100000);
    return folder_enter(state);
}

static int leave(void **state)
{
    buffer_release(&text);
    return folder_leave(state);
}

/* Several blocks held at once, each filled again only after the others. */
static void blocks_that_are_held_stay_as_they_are(void **state)
{
    enum { HELD = 4 };
    struct blocks_options options = {0, true};
    struct block held[HELD] = {BLOCK_INIT, BLOCK_INIT, BLOCK_INIT, BLOCK_INIT};
    struct error error = ERROR_INIT;
    uint64_t number = 1;
    size_t given = 0;
    (void)state;
    file_write("a", text.data, text.size);
    struct sources *sources = sources_create((const char *const[]){"a"}, 1, NULL);
    struct blocks *blocks = blocks_create(sources, &options);
    for (int count = HELD; count == HELD;) {
        for (count = 0; count < HELD; count++)
            if (blocks_next(blocks, &held[count], &error) != 1)
                break;
        for (int i = 0; i < count; i++) {
            struct block_walk walk = {&held[i], 0, held[i].first_line};
            struct line line;
            assert_int_equal(held[i].first, given == 0);
            while (block_line(&walk, &line)) {
                assert_int_equal(line.number, number++);
                assert_memory_equal(line.text, text.data + given, line.size);
                given += line.size;
            }
        }
    }
    assert_int_equal(given, text.size);
    assert_int_equal(number, 100001);
    assert_int_equal(error.code, ERROR_NONE);
    for (int i = 0; i < HELD; i++)
        block_release(&held[i]);
    blocks_free(blocks);
    sources_free(sources);
}

static void a_block_is_whole_lines_of_one_file(void **state)
{
    struct blocks_options options = {0, true};
    struct block block = BLOCK_INIT;
    struct error error = ERROR_INIT;
    (void)state;
    file_text("a", "1\n2");
    file_text("b", "3\n");
    struct sources *sources = sources_create((const char *const[]){"a", "b"}, 2, NULL);
    struct blocks *blocks = blocks_create(sources, &options);
    assert_int_equal(blocks_next(blocks, &block, &error), 1);
    assert_int_equal(block.size, 2);
    assert_int_equal(block.first_line, 1);
    assert_true(block.first);
    assert_int_equal(blocks_next(blocks, &block, &error), 1);
    assert_int_equal(block.size, 1);
    assert_int_equal(block.text[0], '2');
    assert_int_equal(block.first_line, 2);
    assert_false(block.first);
    assert_int_equal(blocks_next(blocks, &block, &error), 1);
    assert_string_equal(block.file, "b");
    assert_int_equal(block.first_line, 1);
    assert_true(block.first);
    assert_int_equal(blocks_next(blocks, &block, &error), 0);
    block_release(&block);
    blocks_free(blocks);
    sources_free(sources);
}

static void lines_are_counted_over_an_oversized_one(void **state)
{
    struct blocks_options options = {100, true};
    struct block block = BLOCK_INIT;
    struct error error = ERROR_INIT;
    char *wide = memory_take(3 * LINE_BLOCK);
    (void)state;
    memset(wide, 'x', 3 * LINE_BLOCK);
    file_text("a", "1\n2\n");
    file_write("a", wide, 3 * LINE_BLOCK);
    file_text("a", "\n4\n");
    free(wide);
    struct sources *sources = sources_create((const char *const[]){"a"}, 1, NULL);
    struct blocks *blocks = blocks_create(sources, &options);
    assert_int_equal(blocks_next(blocks, &block, &error), 1);
    assert_int_equal(block.size, 4);
    size_t size = 0;
    do {
        assert_int_equal(blocks_next(blocks, &block, &error), 1);
        assert_true(block.oversized);
        assert_int_equal(block.first_line, 3);
        size += block.size;
    } while (!block.last_part);
    assert_int_equal(size, 3 * LINE_BLOCK + 1);
    assert_int_equal(blocks_next(blocks, &block, &error), 1);
    assert_int_equal(block.first_line, 4);
    assert_int_equal(block.size, 2);
    block_release(&block);
    blocks_free(blocks);
    sources_free(sources);
}

static void memory_is_one_block_plus_the_longest_line(void **state)
{
    struct block block = BLOCK_INIT;
    struct error error = ERROR_INIT;
    (void)state;
    file_write("a", text.data, text.size);
    struct sources *sources = sources_create((const char *const[]){"a"}, 1, NULL);
    struct blocks *blocks = blocks_create(sources, NULL);
    while (blocks_next(blocks, &block, &error) == 1)
        assert_int_equal(block.capacity, LINE_BLOCK + LINE_PADDING);
    block_release(&block);
    blocks_free(blocks);
    sources_free(sources);
}

#define WITH_TEXT(test) cmocka_unit_test_setup_teardown(test, enter, leave)

UNIT_MAIN(WITH_TEXT(blocks_that_are_held_stay_as_they_are),
    WITH_TEXT(a_block_is_whole_lines_of_one_file),
    WITH_TEXT(lines_are_counted_over_an_oversized_one),
    WITH_TEXT(memory_is_one_block_plus_the_longest_line))
