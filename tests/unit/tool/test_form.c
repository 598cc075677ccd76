/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../folder.h"
#include "tool/form.h"

struct report {
    const char *found;
};

static void as_table(struct buffer *out, const struct report *report, const struct table_look *look)
{
    buffer_add_format(
        out, "table %s %zu%s\n", report->found, look->width, look->colour ? " in colour" : "");
}

static void as_jsonl(struct buffer *out, const struct report *report)
{
    buffer_add_format(out, "jsonl %s\n", report->found);
}

static void as_csv(struct buffer *out, const struct report *report)
{
    buffer_add_format(out, "csv %s\n", report->found);
}

static void as_markdown(struct buffer *out, const struct report *report)
{
    buffer_add_format(out, "markdown %s\n", report->found);
}

static void as_github(struct buffer *out, const struct report *report)
{
    buffer_add_format(out, "github %s\n", report->found);
}

static const struct form_writers writers = {as_table, as_jsonl, as_csv, as_markdown, as_github};

static void gives(enum form asked, const char *expected)
{
    const struct report report = {"one"};
    struct error error = ERROR_INIT;
    assert_int_equal(form_put(&report, &writers, asked, "out", true, &error), 0);
    expect_file("out", expected);
}

static void each_name_stands_for_the_form_that_is_written(void **state)
{
    (void)state;
    for (int form = FORM_TABLE; form < FORMS; form++) {
        char *expected =
            memory_format(form == FORM_TABLE ? "%s one 120\n" : "%s one\n", form_names[form]);
        gives((enum form)form, expected);
        free(expected);
    }
    assert_null(form_names[FORMS]);
}

static void the_basic_forms_are_the_first_of_all(void **state)
{
    (void)state;
    for (size_t i = 0; form_names_basic[i]; i++)
        assert_string_equal(form_names_basic[i], form_names[i]);
}

static void a_file_gets_lines_unless_a_form_is_asked_for(void **state)
{
    (void)state;
    gives(FORM_AUTO, "jsonl one\n");
}

static void a_named_file_stays_where_the_input_was_not_whole(void **state)
{
    (void)state;
    const struct report report = {"one"};
    struct error error = ERROR_INIT;
    file_text("out", "old\n");
    assert_int_equal(form_put(&report, &writers, FORM_CSV, "out", false, &error), 0);
    expect_file("out", "old\n");
}

UNIT_MAIN(IN_FOLDER(each_name_stands_for_the_form_that_is_written),
    cmocka_unit_test(the_basic_forms_are_the_first_of_all),
    IN_FOLDER(a_file_gets_lines_unless_a_form_is_asked_for),
    IN_FOLDER(a_named_file_stays_where_the_input_was_not_whole))
