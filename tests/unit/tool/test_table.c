/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/compiler.h"
#include "tool/table.h"

static const struct text_column columns[] = {{"name", false, false}, {"time", true, false}};
static const struct text_fit steps[] = {{0, 4}};
static const char *const names[] = {"parse", "emit", "sort"};

static void add_cell(struct buffer *out, const void *context, size_t row, size_t column)
{
    const char *const *of = context;
    if (column == 0)
        buffer_add_text(out, of[row]);
    else
        buffer_add_format(out, "%zu ms", row + 9);
}

static const char *colour_of(const void *context, size_t row)
{
    (void)context;
    return row == 0 ? "\033[31m" : "";
}

static void shows(int64_t rows, const char *notes, bool colour, const char *expected)
{
    const struct table table = {.heading = slice_of("3 found\n"),
        .columns = columns,
        .column_count = ARRAY_SIZE(columns),
        .steps = steps,
        .step_count = ARRAY_SIZE(steps),
        .shown = table_shown(rows, ARRAY_SIZE(names)),
        .count = ARRAY_SIZE(names),
        .cell = add_cell,
        .colour = colour_of,
        .context = names,
        .notes = slice_of(notes)};
    struct table_look look = {.width = 60, .colour = colour};
    struct buffer out = BUFFER_INIT;
    table_write(&out, &table, &look);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void a_heading_and_notes_stand_round_the_rows(void **state)
{
    (void)state;
    shows(0, "One is slow.\nOne is not.\n", false,
        "3 found\n\nname    time\nparse   9 ms\nemit   10 ms\nsort   11 ms\n\n"
        "One is slow.\nOne is not.\n");
}

static void without_notes_the_rows_come_last(void **state)
{
    (void)state;
    shows(3, "", false, "3 found\n\nname    time\nparse   9 ms\nemit   10 ms\nsort   11 ms\n");
}

static void rows_that_are_not_shown_are_counted(void **state)
{
    (void)state;
    shows(1, "", false,
        "3 found\n\nname   time\nparse  9 ms\n\n"
        "2 more rows, none worse than these; --rows=0 shows all.\n");
}

static void a_row_has_its_colour_only_where_colour_is_wanted(void **state)
{
    (void)state;
    shows(2, "", true,
        "3 found\n\n\033[1mname    time\033[0m\n\033[31mparse   9 ms\033[0m\nemit   10 ms\n\n"
        "1 more row, none worse than these; --rows=0 shows all.\n");
}

static void zero_and_more_than_there_are_show_all(void **state)
{
    (void)state;
    assert_int_equal(table_shown(0, 7), 7);
    assert_int_equal(table_shown(8, 7), 7);
    assert_int_equal(table_shown(6, 7), 6);
}

UNIT_MAIN(cmocka_unit_test(a_heading_and_notes_stand_round_the_rows),
    cmocka_unit_test(without_notes_the_rows_come_last),
    cmocka_unit_test(rows_that_are_not_shown_are_counted),
    cmocka_unit_test(a_row_has_its_colour_only_where_colour_is_wanted),
    cmocka_unit_test(zero_and_more_than_there_are_show_all))
