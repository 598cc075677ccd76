/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../folder.h"
#include "base/cleanup.h"

#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* The sanitizer's allocator would end the program in its own way. */
const char *__asan_default_options(void); /* NOLINT: the sanitizer's name */
const char *__asan_default_options(void)  /* NOLINT */
{
    return "allocator_may_return_null=1";
}

static void sizes_of_zero_can_be_freed(void **state)
{
    (void)state;
    free(memory_take(0));
    free(memory_zero(0, 10));
    free(memory_zero(10, 0));
    char *block = memory_resize(NULL, 0, 8);
    block = memory_resize(block, 4, 8);
    memset(block, 1, 32);
    free(memory_resize(block, 0, 0));
}

static void an_array_grows_and_keeps_what_it_held(void **state)
{
    size_t *array = NULL, count = 0, capacity = 0;
    (void)state;
    for (; count < 1000; count++) {
        MEMORY_GROW(array, count, capacity);
        array[count] = count;
    }
    for (size_t i = 0; i < count; i++)
        assert_int_equal(array[i], i);
    assert_in_range(capacity, 1000, 2000);
    free(array);
}

static void texts_are_copied(void **state)
{
    (void)state;
    char *texts[] = {memory_text("text"), memory_text_n("text", 2), memory_text_n(NULL, 0),
        memory_format("%s %d", "text", 7)};
    assert_string_equal(texts[0], "text");
    assert_string_equal(texts[1], "te");
    assert_string_equal(texts[2], "");
    assert_string_equal(texts[3], "text 7");
    for (int i = 0; i < 4; i++)
        free(texts[i]);
}

/* What a child does that wants more than there is; its messages go to a file. */
static void want(int which)
{
    struct cleanup *entry;
    char pattern[] = "temporary.XXXXXX";
    volatile size_t huge = SIZE_MAX / 4;
    int messages = open("messages", O_WRONLY | O_CREAT, 0600);
    dup2(messages, 2);
    if (cleanup_temporary(&entry, pattern) < 0)
        _exit(9);
    if (which == 0)
        free(memory_resize(NULL, huge, 8));
    else if (which == 1)
        free(memory_zero(huge, 2));
    else
        free(memory_take(huge * 2));
    _exit(0);
}

static void memory_that_runs_out_ends_the_program_clean(void **state)
{
    (void)state;
    for (int which = 0; which < 3; which++) {
        int status;
        unlink("messages");
        pid_t child = fork();
        if (child == 0)
            want(which);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 4);
        char *said = file_read("messages");
        assert_non_null(strstr(said, "benchline: out of memory ("));
        free(said);
        assert_int_equal(system("test -z \"$(ls | grep temporary)\""), 0);
    }
}

UNIT_MAIN(cmocka_unit_test(sizes_of_zero_can_be_freed),
    cmocka_unit_test(an_array_grows_and_keeps_what_it_held), cmocka_unit_test(texts_are_copied),
    IN_FOLDER(memory_that_runs_out_ends_the_program_clean))
