/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../folder.h"
#include "tool/input.h"

static void reads(char **files, size_t count, const char *expected)
{
    const struct operands operands = {.items = files, .count = count};
    const struct blocks_options options = {.count = true};
    struct input *input = input_open(&operands, NULL, &options);
    struct block block = BLOCK_INIT;
    struct error error = ERROR_INIT;
    struct buffer all = BUFFER_INIT;
    int got;
    while ((got = blocks_next(input_blocks(input), &block, &error)) != 0) {
        if (got < 0)
            buffer_add_format(&all, "(%s)", error.file);
        else
            buffer_add_slice(&all, (struct slice){block.text, block.size});
        error_clear(&error);
    }
    assert_string_equal(buffer_text(&all), expected);
    buffer_release(&all);
    block_release(&block);
    input_close(input);
}

static void operands_follow_each_other_and_a_missing_one_is_an_error_between(void **state)
{
    (void)state;
    char a[] = "a", missing[] = "missing", b[] = "b", *files[] = {a, missing, b};
    file_text("a", "one\ntwo\n");
    file_text("b", "three\n");
    reads(files, 3, "one\ntwo\n(missing)three\n");
}

static void closing_nothing_is_fine(void **state)
{
    (void)state;
    input_close(NULL);
}

UNIT_MAIN(IN_FOLDER(operands_follow_each_other_and_a_missing_one_is_an_error_between),
    cmocka_unit_test(closing_nothing_is_fine))
