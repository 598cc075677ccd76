/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/buffer.h"
#include "document/markdown_lint.h"

#include <inttypes.h>
#include <string.h>

static void tell(void *context, uint64_t line, uint64_t column, const char *code, const char *text)
{
    (void)column;
    (void)text;
    buffer_add_format(context, "%" PRIu64 " %s\n", line, code);
}

static void finds(const char *markdown, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    const struct lint_options options = {"schemas"};
    const struct lint_sink sink = {tell, &out};
    struct error error = ERROR_INIT;
    assert_int_equal(markdown_lint(slice_of(markdown), &options, &sink, &error), 0);
    if (strcmp(buffer_text(&out), expected) != 0)
        fail_msg("%s\ngives\n%sinstead of\n%s", markdown, buffer_text(&out), expected);
    buffer_release(&out);
}

static void a_sound_document_has_no_faults(void **state)
{
    (void)state;
    finds(
        "# A\n\n[a](#a) [b](#b-c) [f](report-v1.0.schema.json#x) <https://x.y> [m](mailto:a@b)\n\n"
        "## B c\n\n| a | b |\n|:--|--:|\n| `x\\|y` | 2 |\n| z | "
        "|\n\n<details>\n<summary>S</summary>\n\n"
        "text<br>more <!-- c -->\n\n</details>\n\na | b without a rule\n\n```\n| a "
        "|\n|--|--|\n```\n",
        "");
}

static void a_row_of_another_width_is_found(void **state)
{
    (void)state;
    finds("| a | b |\n|--|--|\n| 1 | 2 | 3 |\n| 1 |\n| 1 | 2 |\n", "3 row\n4 row\n");
    finds("a | b\n--|--\n1 | 2\n1 | 2 | 3\n", "4 row\n");
    finds("> | a | b |\n> |--|--|\n> | 1 | 2 |\n", "");
}

static void a_table_that_is_none_is_found(void **state)
{
    (void)state;
    finds("| a | b | c |\n|--|--|\n| 1 | 2 |\n", "2 table\n");
    finds("text\n| a | b |\n|--|--|--|\n", "3 table\n");
}

static void an_anchor_that_no_heading_has_is_found(void **state)
{
    (void)state;
    finds("# A\n\n# A\n\n[x](#a-1) [y](#a-2) [z](#)\n", "3 heading\n5 anchor\n");
    finds("[x](#later)\n\n## Later\n", "");
}

static void a_link_that_leads_nowhere_is_found(void **state)
{
    (void)state;
    finds("[a](nowhere.md) ![b](no.svg) [c](javascript:x) [d](/root/path)\n",
        "1 link\n1 link\n1 link\n");
    finds("[a](report-v1.0%2Eschema.json)\n", "");
}

static void html_that_is_taken_out_or_left_open_is_found(void **state)
{
    (void)state;
    finds("text <script>x</script> and <b onclick=x>\n", "1 html\n1 html\n1 html\n");
    finds("<details>\n\n# A\n\ntext\n", "1 html\n");
    finds("text\n\n</details>\n", "3 html\n");
    finds("<img src=\"a.png\" onerror=x>\n", "1 html\n");
}

static void a_repeated_heading_is_found(void **state)
{
    (void)state;
    finds("# A\n\n## B\n\n## A\n", "5 heading\n");
}

static void a_table_that_grows_without_bound_is_refused(void **state)
{
    struct buffer text = BUFFER_INIT;
    const struct lint_options options = {NULL};
    const struct lint_sink sink = {tell, &text};
    struct error error = ERROR_INIT;
    struct buffer markdown = BUFFER_INIT;
    (void)state;
    for (int row = 0; row < 3000; row++) {
        for (int column = 0; row < 2 && column < 3000; column++)
            buffer_add_text(&markdown, row == 0 ? "|x" : "|-");
        buffer_add_text(&markdown, "|\n");
    }
    assert_int_equal(markdown_lint(buffer_slice(&markdown), &options, &sink, &error), -1);
    assert_non_null(strstr(error.text, "at most"));
    buffer_release(&markdown);
    buffer_release(&text);
}

UNIT_MAIN(cmocka_unit_test(a_sound_document_has_no_faults),
    cmocka_unit_test(a_row_of_another_width_is_found),
    cmocka_unit_test(a_table_that_is_none_is_found),
    cmocka_unit_test(an_anchor_that_no_heading_has_is_found),
    cmocka_unit_test(a_link_that_leads_nowhere_is_found),
    cmocka_unit_test(html_that_is_taken_out_or_left_open_is_found),
    cmocka_unit_test(a_repeated_heading_is_found),
    cmocka_unit_test(a_table_that_grows_without_bound_is_refused))
