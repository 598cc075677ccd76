/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files.h"
#include "source/lines.h"

#include <pthread.h>
#include <signal.h>

/* A reader of some operands, and what it said last. */
struct reading {
    struct sources *sources;
    struct lines *lines;
    struct line line;
    struct error error;
};

static void begin(
    struct reading *reading, const char *const *operands, size_t count, size_t ceiling)
{
    struct lines_options options = {.ceiling = ceiling};
    *reading = (struct reading){.error = ERROR_INIT};
    reading->sources = sources_create(operands, count, NULL);
    reading->lines = lines_create(reading->sources, &options);
}

static void begin_file(struct reading *reading, const char *const *path)
{
    begin(reading, path, 1, 0);
}

static int next(struct reading *reading)
{
    error_clear(&reading->error);
    return lines_next(reading->lines, &reading->line, &reading->error);
}

static void end(struct reading *reading)
{
    lines_free(reading->lines);
    sources_free(reading->sources);
}

static void expect_line(struct reading *reading, uint64_t number, const char *text)
{
    assert_int_equal(next(reading), 1);
    assert_int_equal(reading->line.number, number);
    assert_int_equal(reading->line.size, strlen(text));
    assert_memory_equal(reading->line.text, text, strlen(text));
}

static void lines_come_in_order_with_their_numbers(void **state)
{
    static const char *const files[] = {"a.jsonl", "b.jsonl"};
    struct reading reading;
    (void)state;
    file_text("a.jsonl", "{\"a\":1}\n\n{\"a\":3}\n");
    file_text("b.jsonl", "{\"b\":1}\n");
    begin(&reading, files, 2, 0);
    expect_line(&reading, 1, "{\"a\":1}\n");
    assert_string_equal(reading.line.file, "a.jsonl");
    assert_true(reading.line.newline);
    assert_true(reading.line.last_part);
    assert_false(reading.line.blank);
    assert_false(reading.line.oversized);
    expect_line(&reading, 2, "\n");
    assert_true(reading.line.blank);
    expect_line(&reading, 3, "{\"a\":3}\n");
    const char *first_file = reading.line.file;
    expect_line(&reading, 1, "{\"b\":1}\n");
    assert_string_equal(reading.line.file, "b.jsonl");
    assert_string_equal(first_file, "a.jsonl");
    assert_int_equal(next(&reading), 0);
    assert_int_equal(next(&reading), 0);
    end(&reading);
}

static void white_space_alone_is_blank_and_nothing_else_is(void **state)
{
    static const char *const file[] = {"a"};
    struct reading reading;
    (void)state;
    file_text("a", " \t\r\n x\n\v\n   ");
    begin_file(&reading, file);
    expect_line(&reading, 1, " \t\r\n");
    assert_true(reading.line.blank);
    expect_line(&reading, 2, " x\n");
    assert_false(reading.line.blank);
    expect_line(&reading, 3, "\v\n");
    assert_false(reading.line.blank);
    expect_line(&reading, 4, "   ");
    assert_true(reading.line.blank);
    end(&reading);
}

static void a_last_line_without_newline_is_a_line(void **state)
{
    static const char *const file[] = {"a"};
    struct reading reading;
    (void)state;
    file_text("a", "1\n2");
    begin_file(&reading, file);
    expect_line(&reading, 1, "1\n");
    expect_line(&reading, 2, "2");
    assert_false(reading.line.newline);
    assert_true(reading.line.last_part);
    assert_int_equal(next(&reading), 0);
    end(&reading);
}

static void an_empty_file_has_no_line(void **state)
{
    static const char *const files[] = {"a", "b"};
    struct reading reading;
    (void)state;
    file_text("a", "");
    file_text("b", "x\n");
    begin(&reading, files, 2, 0);
    expect_line(&reading, 1, "x\n");
    assert_int_equal(next(&reading), 0);
    end(&reading);
}

static void a_line_may_hold_nul_bytes(void **state)
{
    static const char *const file[] = {"a"};
    struct reading reading;
    (void)state;
    file_write("a", "x\0y\n\0\n", 6);
    begin_file(&reading, file);
    assert_int_equal(next(&reading), 1);
    assert_int_equal(reading.line.size, 4);
    assert_memory_equal(reading.line.text, "x\0y\n", 4);
    assert_int_equal(next(&reading), 1);
    assert_int_equal(reading.line.size, 2);
    assert_false(reading.line.blank);
    end(&reading);
}

/* Line lengths around the block's, so that lines end before, at and behind its end. */
static void lines_that_cross_a_block_come_whole(void **state)
{
    static const char *const file[] = {"a"};
    static const size_t lengths[] = {LINE_BLOCK - 1, 1, LINE_BLOCK, 2, 3 * LINE_BLOCK + 7, 5,
        LINE_BLOCK / 2, LINE_BLOCK / 2 + 1, LINE_BLOCK + 1, 9};
    struct reading reading;
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
        char *text = memory_take(lengths[i]);
        memset(text, 'a' + (int)i, lengths[i]);
        text[lengths[i] - 1] = '\n';
        file_write("a", text, lengths[i]);
        free(text);
    }
    begin_file(&reading, file);
    for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
        assert_int_equal(next(&reading), 1);
        assert_int_equal(reading.line.size, lengths[i]);
        for (size_t j = 0; j + 1 < lengths[i]; j++)
            if (reading.line.text[j] != 'a' + (int)i)
                fail();
        /* The bytes behind it can be read: the sanitizer's build sees when not. */
        volatile char last = reading.line.text[reading.line.size + LINE_PADDING - 1];
        (void)last;
    }
    assert_int_equal(next(&reading), 0);
    end(&reading);
}

/* Takes the parts of one oversized line and returns its length. */
static size_t take_parts(struct reading *reading, uint64_t number)
{
    size_t size = 0;
    for (;;) {
        assert_int_equal(next(reading), 1);
        assert_true(reading->line.oversized);
        assert_false(reading->line.blank);
        assert_int_equal(reading->line.number, number);
        assert_in_range(reading->line.size, 1, LINE_BLOCK);
        size += reading->line.size;
        if (reading->line.last_part)
            return size;
        assert_false(reading->line.newline);
    }
}

static void a_line_over_the_ceiling_comes_in_parts(void **state)
{
    static const char *const file[] = {"a"};
    static const size_t lengths[] = {11, 12, LINE_BLOCK, 2 * LINE_BLOCK, 5 * LINE_BLOCK + 3, 13};
    struct reading reading;
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
        char *text = memory_take(lengths[i]);
        memset(text, 'x', lengths[i]);
        text[lengths[i] - 1] = '\n';
        file_write("a", text, lengths[i]);
        file_text("a", "short\n");
        free(text);
    }
    begin(&reading, file, 1, 10);
    expect_line(&reading, 1, "xxxxxxxxxx\n");
    assert_false(reading.line.oversized);
    for (size_t i = 1; i < ARRAY_SIZE(lengths); i++) {
        expect_line(&reading, 2 * i, "short\n");
        assert_false(reading.line.oversized);
        assert_int_equal(take_parts(&reading, 2 * i + 1), lengths[i]);
        assert_true(reading.line.newline);
    }
    expect_line(&reading, 12, "short\n");
    assert_int_equal(next(&reading), 0);
    end(&reading);
}

static void an_oversized_line_may_be_the_last_without_newline(void **state)
{
    static const size_t lengths[] = {12, LINE_BLOCK, LINE_BLOCK + 1, 3 * LINE_BLOCK};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
        static const char *const file[] = {"a", "b"};
        struct reading reading;
        unlink("a");
        unlink("b");
        char *text = memory_take(lengths[i]);
        memset(text, 'x', lengths[i]);
        file_write("a", text, lengths[i]);
        file_text("b", "y\n");
        free(text);
        begin(&reading, file, 2, 11);
        assert_int_equal(take_parts(&reading, 1), lengths[i]);
        assert_false(reading.line.newline);
        expect_line(&reading, 1, "y\n");
        end(&reading);
    }
}

static void the_ceiling_bounds_the_memory_of_a_line(void **state)
{
    static const char *const file[] = {"/dev/zero"};
    struct reading reading;
    (void)state;
    begin(&reading, file, 1, 3 << 20);
    size_t size = 0;
    while (size < (size_t)100 << 20) {
        assert_int_equal(next(&reading), 1);
        assert_true(reading.line.oversized);
        assert_in_range(reading.line.size, 1, LINE_BLOCK);
        size += reading.line.size;
    }
    end(&reading);
}

static void a_file_that_cannot_be_opened_is_named_and_the_next_is_read(void **state)
{
    static const char *const files[] = {"missing.jsonl", "b"};
    struct reading reading;
    char text[600];
    (void)state;
    file_text("b", "x\n");
    begin(&reading, files, 2, 0);
    assert_int_equal(next(&reading), -1);
    assert_int_equal(error_status(&reading.error), STATUS_INPUT);
    error_format(&reading.error, text, sizeof text);
    assert_string_equal(text, "missing.jsonl: cannot open: No such file or directory");
    expect_line(&reading, 1, "x\n");
    assert_int_equal(next(&reading), 0);
    end(&reading);
}

static void a_truncated_gzip_file_gives_its_lines_and_then_says_after_which(void **state)
{
    static const char *const files[] = {"a.gz", "b"};
    struct buffer text = BUFFER_INIT;
    struct reading reading;
    (void)state;
    numbered_lines(&text, 20000);
    file_gzip("a.gz", text.data, text.size);
    file_cut("a.gz", 20000);
    file_text("b", "x\n");
    begin(&reading, files, 2, 0);
    size_t given = 0;
    uint64_t number = 0;
    int result;
    while ((result = next(&reading)) == 1) {
        assert_memory_equal(reading.line.text, text.data + given, reading.line.size);
        given += reading.line.size;
        number = reading.line.number;
    }
    assert_int_equal(result, -1);
    assert_true(number > 1000);
    assert_int_equal(reading.error.line, number);
    assert_string_equal(reading.error.file, "a.gz");
    assert_string_equal(reading.error.text, "the gzip data is cut off; everything before was read");
    assert_int_equal(error_status(&reading.error), STATUS_INPUT);
    expect_line(&reading, 1, "x\n");
    end(&reading);
    buffer_release(&text);
}

static void damage_before_the_first_line_names_no_line(void **state)
{
    static const char *const files[] = {"a", "b.gz"};
    struct reading reading;
    (void)state;
    file_text("a", "x\ny\n");
    file_gzip("b.gz", "1\n", 2);
    file_cut("b.gz", 12);
    begin(&reading, files, 2, 0);
    expect_line(&reading, 1, "x\n");
    expect_line(&reading, 2, "y\n");
    assert_int_equal(next(&reading), -1);
    assert_string_equal(reading.error.file, "b.gz");
    assert_int_equal(reading.error.line, 0);
    assert_int_equal(next(&reading), 0);
    end(&reading);
}

struct writer {
    int fd;
    pthread_t reader;
};

static void no_action(int number)
{
    (void)number;
}

/* Writes a line in pieces, and disturbs the reader between them. */
static void *write_slowly(void *context)
{
    struct writer *writer = context;
    static const char *const pieces[] = {"{\"a\"", ":1}\n{\"b", "\":2}", "\n"};
    for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
        nanosleep(&(struct timespec){0, 5000000}, NULL);
        pthread_kill(writer->reader, SIGUSR1);
        nanosleep(&(struct timespec){0, 5000000}, NULL);
        if (write(writer->fd, pieces[i], strlen(pieces[i])) < 0)
            break;
    }
    close(writer->fd);
    return NULL;
}

static void a_pipe_gives_its_lines_as_they_come_whatever_interrupts(void **state)
{
    struct sigaction action = {.sa_handler = no_action};
    struct writer writer;
    struct reading reading;
    pthread_t thread;
    int ends[2], old = dup(0);
    (void)state;
    sigaction(SIGUSR1, &action, NULL);
    assert_int_equal(pipe(ends), 0);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    dup2(ends[0], 0);
    close(ends[0]);
    writer = (struct writer){ends[1], pthread_self()};
    assert_int_equal(pthread_create(&thread, NULL, write_slowly, &writer), 0);
    begin(&reading, NULL, 0, 0);
    expect_line(&reading, 1, "{\"a\":1}\n");
    assert_string_equal(reading.line.file, "<stdin>");
    expect_line(&reading, 2, "{\"b\":2}\n");
    assert_int_equal(next(&reading), 0);
    end(&reading);
    pthread_join(thread, NULL);
    stdin_restore(old);
}

static void a_line_is_handed_out_before_the_pipe_is_closed(void **state)
{
    struct reading reading;
    int ends[2], old = dup(0);
    (void)state;
    assert_int_equal(pipe(ends), 0);
    dup2(ends[0], 0);
    close(ends[0]);
    assert_int_equal(write(ends[1], "first\nnext", 10), 10);
    begin(&reading, NULL, 0, 0);
    expect_line(&reading, 1, "first\n");
    assert_int_equal(write(ends[1], " one\n", 5), 5);
    expect_line(&reading, 2, "next one\n");
    close(ends[1]);
    assert_int_equal(next(&reading), 0);
    end(&reading);
    stdin_restore(old);
}

UNIT_MAIN(IN_FOLDER(lines_come_in_order_with_their_numbers),
    IN_FOLDER(white_space_alone_is_blank_and_nothing_else_is),
    IN_FOLDER(a_last_line_without_newline_is_a_line), IN_FOLDER(an_empty_file_has_no_line),
    IN_FOLDER(a_line_may_hold_nul_bytes), IN_FOLDER(lines_that_cross_a_block_come_whole),
    IN_FOLDER(a_line_over_the_ceiling_comes_in_parts),
    IN_FOLDER(an_oversized_line_may_be_the_last_without_newline),
    IN_FOLDER(the_ceiling_bounds_the_memory_of_a_line),
    IN_FOLDER(a_file_that_cannot_be_opened_is_named_and_the_next_is_read),
    IN_FOLDER(a_truncated_gzip_file_gives_its_lines_and_then_says_after_which),
    IN_FOLDER(damage_before_the_first_line_names_no_line),
    IN_FOLDER(a_pipe_gives_its_lines_as_they_come_whatever_interrupts),
    IN_FOLDER(a_line_is_handed_out_before_the_pipe_is_closed))
