/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../source/files.h"
#include "record/reader.h"

static struct {
    struct sources *sources;
    struct lines *lines;
    struct record_reader *reader;
    struct record record;
    struct error error;
} kit;

static const struct source_options source_options = {.repository = NULL};

static void open_files(const char *const *names, size_t count, size_t ceiling)
{
    struct lines_options options = {.ceiling = ceiling};
    kit.sources = sources_create(names, count, &source_options);
    kit.lines = lines_create(kit.sources, &options);
    kit.reader = record_reader_create(kit.lines, NULL);
}

static void close_files(void)
{
    record_reader_free(kit.reader);
    lines_free(kit.lines);
    sources_free(kit.sources);
}

static int next(void)
{
    error_clear(&kit.error);
    kit.error = (struct error)ERROR_INIT;
    return record_next(kit.reader, &kit.record, &kit.error);
}

static void expect(enum record_kind kind, uint64_t line)
{
    assert_int_equal(next(), 1);
    assert_int_equal(kit.record.kind, kind);
    assert_int_equal(kit.record.line, line);
}

static void expect_error(uint64_t line, uint64_t column, const char *pointer, const char *text)
{
    assert_int_equal(next(), -1);
    assert_int_equal(kit.error.code, ERROR_CONTENT);
    assert_int_equal(kit.error.line, line);
    assert_int_equal(kit.error.column, column);
    assert_string_equal(kit.error.pointer, pointer);
    if (!strstr(kit.error.text, text))
        fail_msg("\"%s\" lacks \"%s\"", kit.error.text, text);
}

static bool says(const char *text)
{
    struct slice raw = json_raw(kit.record.document, 0);
    char *copy = memory_text_n(raw.data, raw.size);
    bool found = strstr(copy, text) != NULL;
    free(copy);
    return found;
}

#define OLD(version, tool, test)                                                                   \
    "{\"schema_version\":\"" version "\",\"timestamp\":\"2025-11-16T10:30:10Z\","                  \
    "\"mlx_knife_version\":\"" tool "\",\"test\":\"" test "\",\"outcome\":\"passed\"}\n"
#define NEW(kind, rest) "{\"schema_version\":\"1.0.0\",\"kind\":\"" kind "\"" rest "}\n"

static void an_old_line_comes_in_the_form_of_1_0_0_behind_a_derived_run(void **state)
{
    (void)state;
    file_text("a", OLD("0.1.0", "2.0.2", "x") OLD("0.2.2", "2.0.2", "y"));
    open_files((const char *const[]){"a"}, 1, 0);
    expect(RECORD_RUN, 1);
    assert_true(kit.record.derived);
    assert_int_equal(kit.record.version, REPORT_0_1_0);
    expect(RECORD_RESULT, 1);
    assert_false(kit.record.derived);
    assert_string_equal(kit.record.file, "a");
    expect(RECORD_RESULT, 2);
    assert_int_equal(kit.record.version, REPORT_0_2_2);
    assert_true(says("\"name\":\"y\""));
    assert_int_equal(next(), 0);
    assert_int_equal(next(), 0);
    close_files();
}

static void each_file_is_a_run_and_a_new_tool_in_it_is_none(void **state)
{
    (void)state;
    file_text("a", OLD("0.1.0", "2.0.2", "x") OLD("0.1.0", "2.0.3", "x"));
    file_text("b", OLD("0.1.0", "2.0.3", "x"));
    open_files((const char *const[]){"a", "b", "a"}, 3, 0);
    expect(RECORD_RUN, 1);
    expect(RECORD_RESULT, 1);
    expect(RECORD_RESULT, 2);
    assert_true(says("\"repetition\":1,"));
    expect(RECORD_RUN, 1);
    expect(RECORD_RESULT, 1);
    assert_string_equal(kit.record.file, "b");
    assert_true(says("\"repetition\":0,"));
    expect(RECORD_RUN, 1);
    close_files();
}

static void on_standard_input_a_new_tool_begins_a_run(void **state)
{
    (void)state;
    static const char padding[] =
        "1234567890123456789012345678901234567890123456789012345678901234567890";
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, OLD("0.1.0", "2.0.2", "x") OLD("0.1.0", "2.0.2", "y"));
    for (int i = 0; i < 2; i++)
        buffer_add_format(&text,
            "{\"schema_version\":\"0.1.0\",\"timestamp\":\"\",\"mlx_knife_version\":\"2.0.3-%s%d\","
            "\"test\":\"x\",\"outcome\":\"passed\"}\n",
            padding, i);
    file_write("a", text.data, text.size);
    buffer_release(&text);
    int old = stdin_from("a");
    open_files(NULL, 0, 0);
    expect(RECORD_RUN, 1);
    expect(RECORD_RESULT, 1);
    expect(RECORD_RESULT, 2);
    expect(RECORD_RUN, 3);
    expect(RECORD_RESULT, 3);
    expect(RECORD_RUN, 4);
    close_files();
    stdin_restore(old);
}

static void new_lines_come_as_they_stand(void **state)
{
    (void)state;
    file_text(
        "a", NEW("run", ",\"run_id\": \"r\"") "\n" NEW("result", ",\"x\": 1.50") NEW("end", ""));
    open_files((const char *const[]){"a"}, 1, 0);
    expect(RECORD_RUN, 1);
    assert_false(kit.record.derived);
    assert_int_equal(kit.record.version, REPORT_1_0_0);
    expect(RECORD_RESULT, 3);
    assert_true(says("\"x\": 1.50}"));
    expect(RECORD_END, 4);
    assert_false(record_reader_saw_newer(kit.reader));
    close_files();
}

static void a_newer_1_n_is_read_and_its_new_kinds_are_unknown(void **state)
{
    (void)state;
    file_text("a", "{\"schema_version\":\"1.7.0\",\"kind\":\"result\",\"novel\":[]}\n"
                   "{\"schema_version\":\"1.7.0\",\"kind\":\"dream\"}\n");
    open_files((const char *const[]){"a"}, 1, 0);
    expect(RECORD_RESULT, 1);
    assert_int_equal(kit.record.version, REPORT_NEWER);
    expect(RECORD_UNKNOWN, 2);
    assert_true(record_reader_saw_newer(kit.reader));
    close_files();
}

static void escapes_in_version_and_kind_change_nothing(void **state)
{
    (void)state;
    file_text("a", "{\"schema_version\":\"1.0.\\u0030\",\"kind\":\"\\u0072un\"}\n");
    open_files((const char *const[]){"a"}, 1, 0);
    expect(RECORD_RUN, 1);
    assert_int_equal(kit.record.version, REPORT_1_0_0);
    close_files();
}

static void what_is_no_record_is_an_error_with_its_place_and_the_next_line_follows(void **state)
{
    (void)state;
    file_text("a", "{\"a\":\n[1]\n{\"kind\":\"run\"}\n{\"schema_version\":\"3.0.0\"}\n"
                   "{\"schema_version\":7}\n{\"schema_version\":\"1.0.0\"}\n"
                   "{\"schema_version\":\"1.0.0\",\"kind\":\"runn\"}\n"
                   "{\"schema_version\":\"0.1.0\",\"test\":\"x\"}\n" NEW("end", ""));
    open_files((const char *const[]){"a"}, 1, 0);
    assert_int_equal(next(), -1);
    assert_int_equal(kit.error.line, 1);
    assert_string_equal(kit.error.file, "a");
    expect_error(2, 1, "", "expected an object");
    expect_error(3, 1, "", "schema_version is missing");
    expect_error(4, 19, "/schema_version", "\"3.0.0\" is unknown; expected 0.1.0");
    expect_error(5, 19, "/schema_version", "report version 7 is unknown");
    expect_error(6, 1, "", "kind is missing");
    expect_error(7, 34, "/kind", "the kind is unknown");
    expect_error(8, 1, "/timestamp", "missing");
    expect(RECORD_END, 9);
    assert_int_equal(next(), 0);
    close_files();
}

static void a_line_over_the_ceiling_is_one_error(void **state)
{
    (void)state;
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "{\"schema_version\":\"");
    for (int i = 0; i < 3000000; i++)
        buffer_add_char(&text, 'x');
    buffer_add_text(&text, "\"}\n" NEW("end", ""));
    file_write("a", text.data, text.size);
    buffer_release(&text);
    open_files((const char *const[]){"a"}, 1, 1000);
    expect_error(1, 1, "", "longer than is read");
    expect(RECORD_END, 2);
    close_files();
}

static void an_input_that_is_missing_is_an_error_and_the_next_one_follows(void **state)
{
    (void)state;
    file_text("b", NEW("end", ""));
    open_files((const char *const[]){"none", "b"}, 2, 0);
    assert_int_equal(next(), -1);
    assert_int_equal(kit.error.code, ERROR_INPUT);
    expect(RECORD_END, 1);
    assert_int_equal(next(), 0);
    close_files();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_enter, folder_leave)

UNIT_MAIN(TEST(an_old_line_comes_in_the_form_of_1_0_0_behind_a_derived_run),
    TEST(each_file_is_a_run_and_a_new_tool_in_it_is_none),
    TEST(on_standard_input_a_new_tool_begins_a_run), TEST(new_lines_come_as_they_stand),
    TEST(a_newer_1_n_is_read_and_its_new_kinds_are_unknown),
    TEST(escapes_in_version_and_kind_change_nothing),
    TEST(what_is_no_record_is_an_error_with_its_place_and_the_next_line_follows),
    TEST(a_line_over_the_ceiling_is_one_error),
    TEST(an_input_that_is_missing_is_an_error_and_the_next_one_follows))
