/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files.h"
#include "source/lines.h"
#include "source/source.h"

#include <pthread.h>
#include <sys/socket.h>

/* Reads everything that the operands name; a failure is written as "!message!". */
static char *read_operands(const char *const *operands, size_t count)
{
    struct buffer all = BUFFER_INIT;
    struct sources *sources = sources_create(operands, count, NULL);
    struct source *source;
    struct error error = ERROR_INIT;
    char bytes[1000];
    int opened;
    while ((opened = sources_next(sources, &source, &error)) != 0) {
        ptrdiff_t got = opened;
        while (opened == 1 && (got = source_read(source, bytes, sizeof bytes, &error)) > 0)
            buffer_add(&all, bytes, (size_t)got);
        if (opened == 1)
            source_close(source);
        if (got < 0) {
            size_t length = error_format(&error, bytes, sizeof bytes);
            buffer_add_char(&all, '!');
            buffer_add(&all, bytes, length);
            buffer_add_char(&all, '!');
            error_clear(&error);
        }
    }
    sources_free(sources);
    return buffer_steal(&all);
}

static void expect_operands(const char *const *operands, size_t count, const char *expected)
{
    char *all = read_operands(operands, count);
    assert_string_equal(all, expected);
    free(all);
}

static void expect(const char *operand, const char *expected)
{
    expect_operands(&operand, 1, expected);
}

static void files_are_read_in_the_order_they_are_named(void **state)
{
    static const char *const files[] = {"b", "a", "b"};
    (void)state;
    file_text("a", "A");
    file_text("b", "B");
    expect_operands(files, 3, "BAB");
}

static void no_operand_is_standard_input(void **state)
{
    (void)state;
    file_text("a", "in");
    int old = stdin_from("a");
    expect_operands(NULL, 0, "in");
    stdin_restore(old);
}

static void a_dash_is_standard_input_among_files(void **state)
{
    static const char *const files[] = {"b", "-", "b"};
    (void)state;
    file_text("a", "in");
    file_text("b", "B");
    int old = stdin_from("a");
    expect_operands(files, 3, "BinB");
    stdin_restore(old);
}

static void a_second_dash_is_an_error_and_not_silence(void **state)
{
    static const char *const files[] = {"-", "-", "b"};
    (void)state;
    file_text("a", "in");
    file_text("b", "B");
    int old = stdin_from("a");
    expect_operands(files, 3, "in!standard input is named twice; it can be read only once!B");
    stdin_restore(old);
}

static void standard_input_is_unpacked_too(void **state)
{
    (void)state;
    file_gzip("a", "packed", 6);
    int old = stdin_from("a");
    expect_operands(NULL, 0, "packed");
    stdin_restore(old);
}

static void a_socket_can_be_read_as_dev_stdin(void **state)
{
    int ends[2], old = dup(0);
    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_int_equal(write(ends[1], "socket", 6), 6);
    close(ends[1]);
    dup2(ends[0], 0);
    close(ends[0]);
    expect("/dev/stdin", "socket");
    stdin_restore(old);
}

static void *write_fifo(void *path)
{
    int fd = open(path, O_WRONLY);
    if (fd >= 0 && write(fd, "through", 7) == 7)
        close(fd);
    return NULL;
}

static void a_fifo_is_read_like_a_file(void **state)
{
    char path[] = "fifo";
    pthread_t thread;
    (void)state;
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(pthread_create(&thread, NULL, write_fifo, path), 0);
    expect(path, "through");
    pthread_join(thread, NULL);
}

static void a_folder_is_its_reports_sorted_and_nothing_else(void **state)
{
    (void)state;
    mkdir("d", 0700);
    mkdir("d/deeper.jsonl", 0700);
    mkfifo("d/pipe.jsonl", 0600);
    file_text("d/deeper.jsonl/x.jsonl", "no");
    file_text("d/.hidden.jsonl", "no");
    file_text("d/.jsonl", "no");
    file_text("d/notes.txt", "no");
    file_text("d/z.jsonl", "z");
    file_text("d/B.jsonl", "B");
    file_text("d/a.jsonl", "a");
    file_gzip("d/b.jsonl.gz", "b", 1);
    file_zstd("d/c.jsonl.zst", "c", 1);
    expect("d", "Babcz");
    expect("d/", "Babcz");
}

static void a_folder_without_reports_is_an_error(void **state)
{
    static const char *const files[] = {"d", "a"};
    (void)state;
    mkdir("d", 0700);
    file_text("d/notes.txt", "no");
    file_text("a", "A");
    expect_operands(files, 2,
        "!d: the folder holds no report; expected *.jsonl, *.jsonl.gz or *.jsonl.zst in it!A");
}

static void a_dangling_link_in_a_folder_is_named(void **state)
{
    (void)state;
    mkdir("d", 0700);
    file_text("d/a.jsonl", "A");
    assert_int_equal(symlink("nowhere", "d/b.jsonl"), 0);
    expect("d", "A!d/b.jsonl: cannot open: No such file or directory!");
}

static void a_file_that_cannot_be_read_is_named(void **state)
{
    (void)state;
    /* Address 0 of this process: an error that even root meets. */
    expect("/proc/self/mem", "!/proc/self/mem: cannot read: Input/output error!");
}

static void a_file_without_permission_is_named(void **state)
{
    (void)state;
    file_text("a", "secret");
    chmod("a", 0);
    if (geteuid() == 0 && seteuid(65534) != 0)
        fail();
    expect("a", "!a: cannot open: Permission denied!");
    if (getuid() == 0 && seteuid(0) != 0)
        fail();
}

static void what_grows_while_it_is_read_is_read_to_its_end(void **state)
{
    struct sources *sources = sources_create((const char *const[]){"a"}, 1, NULL);
    struct source *source;
    struct error error = ERROR_INIT;
    char bytes[16];
    (void)state;
    file_text("a", "12345678");
    assert_int_equal(sources_next(sources, &source, &error), 1);
    assert_int_equal(source_read(source, bytes, sizeof bytes, &error), 8);
    file_text("a", "9");
    assert_int_equal(source_read(source, bytes, sizeof bytes, &error), 1);
    assert_int_equal(source_read(source, bytes, sizeof bytes, &error), 0);
    source_close(source);
    sources_free(sources);
}

static void raw_bytes_are_not_unpacked(void **state)
{
    struct source_options options = {.raw = true};
    struct source *source;
    struct error error = ERROR_INIT;
    unsigned char bytes[100];
    (void)state;
    file_gzip("a", "packed", 6);
    assert_int_equal(source_open(&source, "a", &options, &error), 0);
    assert_true(source_read(source, bytes, sizeof bytes, &error) > 2);
    assert_int_equal(bytes[0], 0x1f);
    assert_string_equal(source_name(source), "a");
    source_close(source);
}

static void a_folder_is_refused_where_one_file_is_expected(void **state)
{
    struct source *source;
    struct error error = ERROR_INIT;
    (void)state;
    mkdir("d", 0700);
    file_text("d/a.jsonl", "A");
    assert_int_equal(source_open(&source, "d", NULL, &error), -1);
    assert_null(source);
    assert_string_equal(error.file, "d");
    assert_string_equal(error.text, "is a folder; expected a file");
    assert_int_equal(error_status(&error), STATUS_INPUT);
}

static void a_whole_file_is_read_up_to_its_ceiling(void **state)
{
    struct error error = ERROR_INIT;
    struct buffer text = BUFFER_INIT;
    char *whole;
    size_t size;
    (void)state;
    numbered_lines(&text, 20000);
    file_zstd("a", text.data, text.size);
    assert_int_equal(source_read_whole(&whole, &size, "a", text.size, NULL, &error), 0);
    assert_int_equal(size, text.size);
    assert_memory_equal(whole, text.data, size);
    for (int i = 0; i < LINE_PADDING; i++)
        assert_int_equal(whole[size + (size_t)i], 0);
    free(whole);
    assert_int_equal(source_read_whole(&whole, &size, "a", text.size - 1, NULL, &error), -1);
    assert_null(whole);
    assert_string_equal(error.file, "a");
    assert_non_null(strstr(error.text, "is longer than"));
    buffer_release(&text);
}

static void an_empty_file_is_whole_too(void **state)
{
    struct error error = ERROR_INIT;
    char *whole;
    size_t size;
    (void)state;
    assert_int_equal(source_read_whole(&whole, &size, "/dev/null", 10, NULL, &error), 0);
    assert_int_equal(size, 0);
    assert_string_equal(whole, "");
    free(whole);
}

static void a_git_operand_without_path_says_what_one_looks_like(void **state)
{
    (void)state;
    expect("git:main", "!git:main: expected git:REVISION:PATH, such as git:main:reports/; a file "
                       "of this name is ./git:main!");
    file_text("git:main", "file");
    expect("./git:main", "file");
}

static void a_missing_git_module_names_its_package(void **state)
{
    (void)state;
    char *all = read_operands((const char *const[]){"git:main:a"}, 1);
    assert_non_null(strstr(all, "libgit2-1.5"));
    free(all);
}

UNIT_MAIN(IN_FOLDER(files_are_read_in_the_order_they_are_named),
    IN_FOLDER(no_operand_is_standard_input), IN_FOLDER(a_dash_is_standard_input_among_files),
    IN_FOLDER(a_second_dash_is_an_error_and_not_silence), IN_FOLDER(standard_input_is_unpacked_too),
    IN_FOLDER(a_socket_can_be_read_as_dev_stdin), IN_FOLDER(a_fifo_is_read_like_a_file),
    IN_FOLDER(a_folder_is_its_reports_sorted_and_nothing_else),
    IN_FOLDER(a_folder_without_reports_is_an_error),
    IN_FOLDER(a_dangling_link_in_a_folder_is_named), IN_FOLDER(a_file_that_cannot_be_read_is_named),
    IN_FOLDER(a_file_without_permission_is_named),
    IN_FOLDER(what_grows_while_it_is_read_is_read_to_its_end),
    IN_FOLDER(raw_bytes_are_not_unpacked),
    IN_FOLDER(a_folder_is_refused_where_one_file_is_expected),
    IN_FOLDER(a_whole_file_is_read_up_to_its_ceiling), IN_FOLDER(an_empty_file_is_whole_too),
    IN_FOLDER(a_git_operand_without_path_says_what_one_looks_like),
    IN_FOLDER(a_missing_git_module_names_its_package))
