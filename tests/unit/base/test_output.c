/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../folder.h"
#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>

static struct output *open_ok(const char *path)
{
    struct error error = ERROR_INIT;
    struct output *out;
    if (output_open(&out, path, &error) != 0)
        assert_string_equal(error.text, "");
    return out;
}

static void write_ok(struct output *out, const char *text)
{
    struct error error = ERROR_INIT;
    assert_int_equal(output_write(out, slice_of(text), &error), 0);
}

static void commit_ok(struct output *out)
{
    struct error error = ERROR_INIT;
    assert_int_equal(output_commit(out, &error), 0);
}

/* The files of the current folder, sorted, with the hidden ones. */
static void expect_listing(const char *expected)
{
    assert_int_equal(system("ls -A | tr '\\n' ' ' > ../listing.$PPID"), 0);
    char *path = memory_format("../listing.%d", (int)getpid());
    expect_file(path, expected);
    unlink(path);
    free(path);
}

static void a_new_file_appears_at_the_commit_and_not_before(void **state)
{
    (void)state;
    struct output *out = open_ok("new");
    write_ok(out, "one\n");
    struct error error = ERROR_INIT;
    assert_int_equal(output_flush(out, &error), 0);
    expect_file("new", "(none)");
    write_ok(out, "two\n");
    commit_ok(out);
    expect_file("new", "one\ntwo\n");
    expect_listing("new ");
}

static void an_abandoned_output_leaves_the_file_as_it_was(void **state)
{
    (void)state;
    file_text("old", "old");
    struct output *out = open_ok("old");
    write_ok(out, "new");
    expect_file("old", "old");
    output_abandon(out);
    expect_file("old", "old");
    expect_listing("old ");
    output_abandon(NULL);
    commit_ok(NULL);
}

static void what_is_not_whole_goes_out_in_place_only(void **state)
{
    struct error error = ERROR_INIT;
    (void)state;
    file_text("old", "old");
    struct output *out = open_ok("old");
    write_ok(out, "part");
    assert_int_equal(output_settle(out, false, &error), 0);
    expect_file("old", "old");
    out = open_ok("old");
    write_ok(out, "whole");
    assert_int_equal(output_settle(out, true, &error), 0);
    expect_file("old", "whole");
    int fd = open("stream", O_WRONLY | O_CREAT, 0600);
    out = output_of_descriptor(fd, "stream");
    write_ok(out, "part");
    assert_int_equal(output_settle(out, false, &error), 0);
    close(fd);
    expect_file("stream", "part");
    assert_int_equal(output_settle(NULL, false, &error), 0);
}

static void the_mode_of_a_file_that_is_replaced_is_kept(void **state)
{
    struct stat status;
    (void)state;
    file_text("old", "old");
    chmod("old", 0640);
    commit_ok(open_ok("old"));
    assert_int_equal(stat("old", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
    mode_t mask = umask(027);
    commit_ok(open_ok("new"));
    umask(mask);
    assert_int_equal(stat("new", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
}

static void through_symbolic_links_the_file_at_their_end_is_replaced(void **state)
{
    struct stat status;
    (void)state;
    mkdir("d", 0700);
    mkdir("e", 0700);
    file_text("d/file", "old");
    assert_int_equal(symlink("../d/file", "e/inner"), 0);
    assert_int_equal(symlink("e/inner", "outer"), 0);
    struct output *out = open_ok("outer");
    write_ok(out, "new");
    commit_ok(out);
    expect_file("d/file", "new");
    assert_int_equal(lstat("outer", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(lstat("e/inner", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
}

static void a_dangling_link_gets_its_file(void **state)
{
    (void)state;
    mkdir("d", 0700);
    assert_int_equal(symlink("d/file", "link"), 0);
    struct output *out = open_ok("link");
    write_ok(out, "new");
    commit_ok(out);
    expect_file("d/file", "new");
}

static void two_names_of_one_file_are_told(void **state)
{
    (void)state;
    file_text("old", "old");
    assert_int_equal(symlink("old", "link"), 0);
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_true(output_same("old", "link"));
    assert_true(output_same("new", "./new"));
    assert_true(output_same("folder/../new", "new"));
    assert_false(output_same("old", "new"));
    assert_false(output_same("folder/new", "new"));
    assert_false(output_same("none/new", "none/new"));
    assert_false(output_same("/dev/null", "/dev/null"));
    assert_false(output_same("-", "-"));
    assert_false(output_same("old", NULL));
    unlink("link");
    rmdir("folder");
}

static void expect_failure(const char *path, enum error_code code, const char *text)
{
    struct error error = ERROR_INIT;
    struct output *out = (struct output *)&error;
    assert_int_equal(output_open(&out, path, &error), -1);
    assert_null(out);
    assert_int_equal(error.code, code);
    assert_string_equal(error.text, text);
}

static void what_cannot_be_written_is_said_at_the_opening(void **state)
{
    (void)state;
    mkdir("d", 0700);
    assert_int_equal(symlink("round", "round"), 0);
    expect_failure("", ERROR_USAGE, "the name of the output file is empty");
    expect_failure("d", ERROR_MACHINE, "cannot write d: Is a directory");
    expect_failure("d/", ERROR_MACHINE, "cannot write d/: Is a directory");
    expect_failure("no/file", ERROR_MACHINE, "cannot write no/file: No such file or directory");
    expect_failure("round", ERROR_MACHINE, "cannot write round: Too many levels of symbolic links");
    expect_failure("d/x/", ERROR_MACHINE, "cannot write d/x/: No such file or directory");
    expect_listing("d round ");
}

static void long_writes_arrive_in_order(void **state)
{
    enum { SIZE = 300000 };
    static const size_t pieces[] = {1, 131071, 1, 131072, 2, 7, 131073, 40000};
    struct error error = ERROR_INIT;
    char *text = memory_take(SIZE * 2);
    size_t used = 0;
    (void)state;
    for (size_t i = 0; i < (size_t)SIZE * 2; i++)
        text[i] = (char)('a' + i % 23 + i / 1000 % 3);
    struct output *out = open_ok("big");
    for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
        struct slice piece = {text + used, pieces[i]};
        assert_int_equal(output_write(out, piece, &error), 0);
        used += pieces[i];
    }
    commit_ok(out);
    char *read = file_read("big");
    assert_int_equal(strlen(read), used);
    assert_memory_equal(read, text, used);
    free(read);
    free(text);
}

static void a_device_is_written_in_place(void **state)
{
    struct stat status;
    (void)state;
    struct output *out = open_ok("/dev/null");
    write_ok(out, "x");
    commit_ok(out);
    assert_int_equal(stat("/dev/null", &status), 0);
    assert_true(S_ISCHR(status.st_mode));
}

static void the_first_failure_comes_back_from_every_later_call(void **state)
{
    struct error error = ERROR_INIT;
    (void)state;
    struct output *out = open_ok("/dev/full");
    write_ok(out, "x");
    assert_int_equal(output_flush(out, &error), -1);
    assert_int_equal(error_status(&error), STATUS_MACHINE);
    assert_string_equal(error.text, "cannot write /dev/full: No space left on device");
    error_clear(&error);
    assert_int_equal(output_write(out, slice_of("y"), &error), -1);
    assert_int_equal(error.number, ENOSPC);
    error_clear(&error);
    assert_int_equal(output_sync(out, &error), -1);
    assert_int_equal(error.number, ENOSPC);
    error_clear(&error);
    assert_false(output_pipe_closed(out));
    assert_int_equal(output_commit(out, &error), -1);
    assert_int_equal(error.number, ENOSPC);
}

static void a_reader_that_went_away_can_be_told(void **state)
{
    struct error error = ERROR_INIT;
    int ends[2];
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    char *path = memory_format("/dev/fd/%d", ends[1]);
    struct output *out = open_ok(path);
    close(ends[0]);
    write_ok(out, "x");
    assert_int_equal(output_flush(out, &error), -1);
    assert_true(output_pipe_closed(out));
    assert_int_equal(error.number, EPIPE);
    output_abandon(out);
    close(ends[1]);
    free(path);
}

static void a_descriptor_is_written_where_it_stands(void **state)
{
    (void)state;
    file_text("log", "one\n");
    int fd = open("log", O_WRONLY | O_APPEND);
    char *path = memory_format("/dev/fd/%d", fd);
    struct output *out = open_ok(path);
    write_ok(out, "two\n");
    commit_ok(out);
    assert_int_equal(write(fd, "three\n", 6), 6);
    close(fd);
    expect_file("log", "one\ntwo\nthree\n");
    free(path);
    expect_listing("log ");
}

static void *drain(void *end)
{
    char bytes[4096];
    size_t total = 0;
    ssize_t got;
    nanosleep(&(struct timespec){0, 20000000}, NULL);
    while ((got = read(*(int *)end, bytes, sizeof bytes)) > 0)
        total += (size_t)got;
    return (void *)total;
}

static void a_pipe_that_does_not_wait_is_waited_for(void **state)
{
    enum { SIZE = 1000000 };
    struct error error = ERROR_INIT;
    pthread_t thread;
    void *total;
    int ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    assert_int_equal(pthread_create(&thread, NULL, drain, &ends[0]), 0);
    struct output *out = output_of_descriptor(ends[1], "pipe");
    char *text = memory_zero(1, SIZE);
    assert_int_equal(output_write(out, (struct slice){text, SIZE}, &error), 0);
    assert_int_equal(output_commit(out, &error), 0);
    close(ends[1]);
    pthread_join(thread, &total);
    assert_int_equal((size_t)total, SIZE);
    close(ends[0]);
    free(text);
}

static void an_append_goes_on_behind_what_is_there(void **state)
{
    struct error error = ERROR_INIT;
    struct output *out;
    (void)state;
    file_text("log", "one\n");
    assert_int_equal(output_append(&out, "log", &error), 0);
    write_ok(out, "two\n");
    assert_int_equal(output_sync(out, &error), 0);
    expect_file("log", "one\ntwo\n");
    write_ok(out, "three\n");
    commit_ok(out);
    expect_file("log", "one\ntwo\nthree\n");
    assert_int_equal(output_append(&out, "new", &error), 0);
    commit_ok(out);
    expect_file("new", "");
    assert_int_equal(output_append(&out, "no/log", &error), -1);
    assert_string_equal(error.text, "cannot write no/log: No such file or directory");
}

static void what_rests_holds_no_descriptor_until_it_is_committed(void **state)
{
    enum { FILES = 3 };
    static const char *const names[FILES] = {"new", "old", "secret"};
    struct error error = ERROR_INIT;
    struct output *outs[FILES];
    (void)state;
    file_text("old", "old");
    file_text("secret", "old");
    chmod("secret", 0); /* could not be opened again by its owner */
    int lowest = dup(STDERR_FILENO);
    close(lowest);
    for (int i = 0; i < FILES; i++) {
        outs[i] = open_ok(names[i]);
        write_ok(outs[i], names[i]);
        assert_int_equal(output_rest(outs[i], &error), 0);
    }
    int next = dup(STDERR_FILENO);
    assert_int_equal(next, lowest);
    close(next);
    expect_file("new", "(none)");
    expect_file("old", "old");
    for (int i = 0; i < FILES; i++)
        assert_int_equal(output_sync(outs[i], &error), 0);
    expect_file("old", "old");
    for (int i = 0; i < FILES; i++)
        commit_ok(outs[i]);
    chmod("secret", 0600);
    for (int i = 0; i < FILES; i++)
        expect_file(names[i], names[i]);
    expect_listing("new old secret ");
}

static void what_rests_can_be_abandoned_and_in_place_it_is_out(void **state)
{
    struct error error = ERROR_INIT;
    (void)state;
    struct output *out = open_ok("new");
    write_ok(out, "new");
    assert_int_equal(output_rest(out, &error), 0);
    output_abandon(out);
    int fd = open("stream", O_WRONLY | O_CREAT, 0600);
    out = output_of_descriptor(fd, "stream");
    write_ok(out, "there");
    assert_int_equal(output_rest(out, &error), 0);
    expect_file("stream", "there");
    commit_ok(out);
    assert_int_equal(write(fd, " still", 6), 6);
    close(fd);
    expect_file("stream", "there still");
    expect_listing("stream ");
}

UNIT_MAIN(IN_FOLDER(a_new_file_appears_at_the_commit_and_not_before),
    IN_FOLDER(an_abandoned_output_leaves_the_file_as_it_was),
    IN_FOLDER(what_is_not_whole_goes_out_in_place_only),
    IN_FOLDER(the_mode_of_a_file_that_is_replaced_is_kept),
    IN_FOLDER(through_symbolic_links_the_file_at_their_end_is_replaced),
    IN_FOLDER(a_dangling_link_gets_its_file), IN_FOLDER(two_names_of_one_file_are_told),
    IN_FOLDER(what_cannot_be_written_is_said_at_the_opening),
    IN_FOLDER(long_writes_arrive_in_order), IN_FOLDER(a_device_is_written_in_place),
    IN_FOLDER(the_first_failure_comes_back_from_every_later_call),
    IN_FOLDER(a_reader_that_went_away_can_be_told),
    IN_FOLDER(a_descriptor_is_written_where_it_stands),
    IN_FOLDER(a_pipe_that_does_not_wait_is_waited_for),
    IN_FOLDER(an_append_goes_on_behind_what_is_there),
    IN_FOLDER(what_rests_holds_no_descriptor_until_it_is_committed),
    IN_FOLDER(what_rests_can_be_abandoned_and_in_place_it_is_out))
