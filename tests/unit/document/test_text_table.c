/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/compiler.h"
#include "document/csv.h"
#include "document/text_table.h"
#include "document/workflow.h"

#include <math.h>

static const struct text_column columns[] = {
    {"name", false, true}, {"time", true, false}, {"note", false, false}};
static const struct text_fit steps[] = {{2, 6}, {0, 5}, {2, 0}};

static void add_row(struct text_table *table, const char *name, const char *time, const char *note)
{
    text_table_cell(table, 0, slice_of(name));
    text_table_cell(table, 1, slice_of(time));
    text_table_cell(table, 2, slice_of(note));
    text_table_row_end(table, "\033[31m");
}

static void shows(const char *note, size_t width, bool colour, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    struct text_table *table = text_table_create(columns, ARRAY_SIZE(columns));
    add_row(table, "parse/large", "12 ms", note);
    add_row(table, "x", "1.5 ms", "");
    text_table_fit(table, steps, ARRAY_SIZE(steps), width);
    text_table_write(table, &out, colour);
    assert_string_equal(buffer_text(&out), expected);
    text_table_free(table);
    buffer_release(&out);
}

static void columns_are_as_wide_as_their_widest_cell(void **state)
{
    (void)state;
    shows("slow", 80, false,
        "name           time  note\n"
        "parse/large   12 ms  slow\n"
        "x            1.5 ms\n");
}

static void an_empty_column_is_left_out(void **state)
{
    (void)state;
    shows("", 80, false,
        "name           time\n"
        "parse/large   12 ms\n"
        "x            1.5 ms\n");
}

static void a_narrow_table_cuts_in_the_order_of_its_steps(void **state)
{
    (void)state;
    shows("a long note", 30, false,
        "name           time  note\n"
        "parse/large   12 ms  a long n\xE2\x80\xA6\n"
        "x            1.5 ms\n");
    shows("a long note", 22, false,
        "name      time  note\n"
        "\xE2\x80\xA6large   12 ms  a lon\xE2\x80\xA6\n"
        "x       1.5 ms\n");
    shows("a long note", 10, false,
        "name     time\n"
        "\xE2\x80\xA6"
        "arge   12 ms\n"
        "x      1.5 ms\n");
}

static void each_row_has_its_colour(void **state)
{
    (void)state;
    shows("", 80, true,
        "\033[1mname           time\033[0m\n"
        "\033[31mparse/large   12 ms\033[0m\n"
        "\033[31mx            1.5 ms\033[0m\n");
}

static void a_cell_moves_no_cursor(void **state)
{
    (void)state;
    shows("\033[2J", 80, false,
        "name           time  note\n"
        "parse/large   12 ms  \xE2\x90\x9B[2J\n"
        "x            1.5 ms\n");
}

static void sentences_are_broken_at_blanks(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    text_wrap(&out, slice_of("one two three four\nfive\n"), 10);
    assert_string_equal(buffer_text(&out), "one two\n  three\n  four\nfive\n");
    buffer_release(&out);
}

static void csv_quotes_texts_and_leaves_the_unknown_empty(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    csv_text(&out, slice_of("a \"b\", c"));
    csv_text(&out, slice_of(""));
    csv_number(&out, 0.25);
    csv_number(&out, NAN);
    csv_number(&out, INFINITY);
    csv_end(&out);
    assert_string_equal(buffer_text(&out), "\"a \"\"b\"\", c\",,0.25,,\r\n");
    buffer_release(&out);
}

static void an_annotation_begins_no_other_command(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    workflow_text(&out, "error", "bench-x", slice_of("50%\n::set-output::"));
    workflow_sentences(&out, "notice", "bench-x", slice_of("one\ntwo\n"));
    assert_string_equal(buffer_text(&out),
        "::error title=bench-x::50%25\xE2\x90\x8A::set-output::\n"
        "::notice title=bench-x::one%0Atwo\n");
    buffer_release(&out);
}

UNIT_MAIN(cmocka_unit_test(columns_are_as_wide_as_their_widest_cell),
    cmocka_unit_test(an_empty_column_is_left_out),
    cmocka_unit_test(a_narrow_table_cuts_in_the_order_of_its_steps),
    cmocka_unit_test(each_row_has_its_colour), cmocka_unit_test(a_cell_moves_no_cursor),
    cmocka_unit_test(sentences_are_broken_at_blanks),
    cmocka_unit_test(csv_quotes_texts_and_leaves_the_unknown_empty),
    cmocka_unit_test(an_annotation_begins_no_other_command))
