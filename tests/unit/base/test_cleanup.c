/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../folder.h"
#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>

static void a_temporary_file_is_new_and_not_inherited(void **state)
{
    char one[] = "t.XXXXXX", two[] = "t.XXXXXX";
    struct cleanup *first, *second;
    (void)state;
    int a = cleanup_temporary(&first, one), b = cleanup_temporary(&second, two);
    assert_true(a >= 0 && b >= 0);
    assert_string_not_equal(one, two);
    assert_int_equal(fcntl(a, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    assert_int_equal(access(one, F_OK), 0);
    close(a);
    close(b);
    cleanup_run();
    assert_int_not_equal(access(one, F_OK), 0);
    assert_int_not_equal(access(two, F_OK), 0);
}

static void a_dropped_file_stays(void **state)
{
    char one[] = "t.XXXXXX", two[] = "t.XXXXXX", three[] = "longer-than-the-one-before.XXXXXX";
    struct cleanup *first, *second, *third;
    (void)state;
    close(cleanup_temporary(&first, one));
    close(cleanup_temporary(&second, two));
    cleanup_drop(first);
    /* The entry is used again, for a longer name. */
    close(cleanup_temporary(&third, three));
    cleanup_drop(NULL);
    cleanup_run();
    assert_int_equal(access(one, F_OK), 0);
    assert_int_not_equal(access(two, F_OK), 0);
    assert_int_not_equal(access(three, F_OK), 0);
}

static void a_second_run_removes_nothing_more(void **state)
{
    char one[] = "t.XXXXXX";
    struct cleanup *entry;
    (void)state;
    close(cleanup_temporary(&entry, one));
    cleanup_run();
    file_text(one, "somebody else's");
    cleanup_run();
    expect_file(one, "somebody else's");
}

static void a_folder_that_is_not_there_is_said(void **state)
{
    char pattern[] = "nowhere/t.XXXXXX";
    struct cleanup *entry;
    (void)state;
    assert_int_equal(cleanup_temporary(&entry, pattern), -1);
    assert_int_equal(errno, ENOENT);
    cleanup_run();
}

UNIT_MAIN(IN_FOLDER(a_temporary_file_is_new_and_not_inherited), IN_FOLDER(a_dropped_file_stays),
    IN_FOLDER(a_second_run_removes_nothing_more), IN_FOLDER(a_folder_that_is_not_there_is_said))
