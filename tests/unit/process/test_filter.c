/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/memory.h"
#include "process/filter.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

extern char **environ;

static int shell(struct filter *filter, const char *commands, struct slice input)
{
    static const char *arguments[4] = {"sh", "-c", NULL, NULL};
    struct error error = ERROR_INIT;
    arguments[2] = commands;
    *filter = (struct filter){.arguments = arguments, .environment = environ, .input = input};
    return filter_run(filter, &error);
}

static void release(struct filter *filter)
{
    buffer_release(&filter->out);
    buffer_release(&filter->errors);
}

static void bytes_go_in_and_come_out(void **state)
{
    struct filter filter;
    (void)state;
    assert_int_equal(shell(&filter, "tr a b; echo said >&2; exit 3", slice_of("banana")), 0);
    assert_string_equal(buffer_text(&filter.out), "bbnbnb");
    assert_string_equal(buffer_text(&filter.errors), "said\n");
    assert_int_equal(filter.exit_code, 3);
    release(&filter);
}

static void more_than_a_pipe_holds_goes_both_ways_at_once(void **state)
{
    enum { SIZE = 3 << 20 };
    struct filter filter;
    char *text = memory_take(SIZE);
    (void)state;
    for (size_t i = 0; i < SIZE; i++)
        text[i] = (char)('a' + i % 26);
    assert_int_equal(shell(&filter, "tee /dev/stderr", (struct slice){text, SIZE}), 0);
    assert_int_equal(filter.out.size, SIZE);
    assert_memory_equal(filter.out.data, text, SIZE);
    assert_int_equal(filter.errors.size, SIZE);
    release(&filter);
    free(text);
}

static void a_program_that_does_not_read_raises_no_signal(void **state)
{
    enum { SIZE = 1 << 20 };
    struct filter filter;
    char *text = memory_zero(1, SIZE);
    (void)state;
    signal(SIGPIPE, SIG_DFL);
    assert_int_equal(shell(&filter, "exec <&-; echo done", (struct slice){text, SIZE}), 0);
    assert_string_equal(buffer_text(&filter.out), "done\n");
    assert_int_equal(filter.exit_code, 0);
    release(&filter);
    free(text);
}

static void no_input_is_an_end_of_file(void **state)
{
    struct filter filter;
    (void)state;
    assert_int_equal(shell(&filter, "cat", slice_of("")), 0);
    assert_int_equal(filter.out.size, 0);
    assert_int_equal(filter.exit_code, 0);
    release(&filter);
}

static void a_signal_is_no_exit_code(void **state)
{
    struct filter filter;
    (void)state;
    assert_int_equal(shell(&filter, "kill -KILL $$", slice_of("")), 0);
    assert_int_equal(filter.exit_code, -1);
    release(&filter);
}

static void a_program_that_is_not_there_is_named(void **state)
{
    static const char *const arguments[] = {"benchline-no-such-program", NULL};
    struct filter filter = {.arguments = arguments, .environment = environ};
    struct error error = ERROR_INIT;
    (void)state;
    assert_int_equal(filter_run(&filter, &error), -1);
    assert_int_equal(error.number, ENOENT);
    assert_string_equal(
        error.text, "cannot run benchline-no-such-program: No such file or directory");
    release(&filter);
}

UNIT_MAIN(cmocka_unit_test(bytes_go_in_and_come_out),
    cmocka_unit_test(more_than_a_pipe_holds_goes_both_ways_at_once),
    cmocka_unit_test(a_program_that_does_not_read_raises_no_signal),
    cmocka_unit_test(no_input_is_an_end_of_file), cmocka_unit_test(a_signal_is_no_exit_code),
    cmocka_unit_test(a_program_that_is_not_there_is_named))
