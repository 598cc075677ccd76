/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "document/formats.h"
#include "document/mustache.h"

#include <string.h>

static struct view *data(struct arena *arena)
{
    struct view *root = view_object(arena), *list = view_list(arena);
    static const char *const names[] = {"a|b", "`c`"};
    for (int i = 0; i < 2; i++) {
        struct view *item = view_object(arena), *inner = view_object(arena);
        view_set(arena, inner, "text", view_text(arena, names[i]));
        view_set(arena, item, "name", inner);
        view_set(arena, item, "n", view_integer(arena, 10 * i));
        view_append(arena, list, item);
    }
    view_set(arena, root, "list", list);
    view_set(arena, root, "name", view_text(arena, "a|`b`<c>"));
    view_set(arena, root, "nothing", view_null(arena));
    formats_add(arena, root);
    return root;
}

static int expand(struct buffer *out, const char *template, struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct mustache *compiled = NULL;
    int result = mustache_compile(&compiled, slice_of(template), "t", error);
    if (result == 0)
        result = mustache_render(out, compiled, data(&arena), NULL, error);
    mustache_free(compiled);
    arena_release(&arena);
    return result;
}

static void gives(const char *template, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    struct error error = ERROR_INIT;
    if (expand(&out, template, &error) != 0)
        fail_msg("%s: %s", template, error.text);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void fails(const char *template, const char *text)
{
    struct buffer out = BUFFER_INIT;
    struct error error = ERROR_INIT;
    assert_int_equal(expand(&out, template, &error), -1);
    assert_int_equal(error.line, 1);
    assert_int_equal(error.column, 2);
    if (!strstr(error.text, text))
        fail_msg("\"%s\" was expected in \"%s\"", text, error.text);
    buffer_release(&out);
}

static void texts_take_the_form_of_their_place(void **state)
{
    (void)state;
    gives("{{#as.code}}{{name}}{{/as.code}}", "``a|`b`<c>``");
    gives("{{#as.cell}}{{name}}{{/as.cell}}", "``a\\|`b`<c>``");
    gives("{{#as.text}}{{name}}{{/as.text}}", "a\\|\\`b\\`\\<c>");
    gives("{{#as.html}}{{name}}{{/as.html}}", "a|`b`&lt;c&gt;");
    gives("{{#as.block}}{{name}}{{/as.block}}", "```\na|`b`<c>\n```\n");
    gives("{{#as.comment}}a -- b{{/as.comment}}", "<!-- a - - b -->");
    gives("{{#as.anchor}}Some Heading!{{/as.anchor}}", "some-heading");
    gives("{{#as.link}}docs/a.md The {{name}}{{/as.link}}", "[The a\\|\\`b\\`\\<c>](docs/a.md)");
    gives("{{#as.link}}javascript:x text{{/as.link}}", "text");
}

static void numbers_take_the_form_of_their_kind(void **state)
{
    (void)state;
    gives("{{#as.number}}12345.678{{/as.number}}", "12,346");
    gives("{{#as.quantity}}0.0123 s{{/as.quantity}}", "12.3 ms");
    gives("{{#as.quantity}} 45.2 {token}/s {{/as.quantity}}", "45.2 tok/s");
    gives("{{#as.duration}}75{{/as.duration}}", "75.0 s");
    gives("{{#as.bytes}}8100000000{{/as.bytes}}", "8.10 GB");
    gives("{{#as.share}}0.25{{/as.share}}", "25.0%");
    gives("{{#as.percent}}1.052{{/as.percent}}{{#as.percent}}0.5{{/as.percent}}", "+5.2%-50.0%");
    gives("{{#as.ratio}}1.052{{/as.ratio}}", "1.05\xC3\x97");
    gives("{{#as.number}}{{nothing}}{{/as.number}}", "n/a");
    gives("{{#as.sparkline}}{{#list}}{{n}} {{/list}}5{{/as.sparkline}}",
        "\xE2\x96\x81\xE2\x96\x88\xE2\x96\x85");
    gives("{{#as.sparkline}}3 3{{/as.sparkline}}", "\xE2\x96\x85\xE2\x96\x85");
}

static void what_cannot_be_read_so_is_an_error_at_its_section(void **state)
{
    (void)state;
    fails(" {{#as.number}}{{name}}{{/as.number}}", "is no number");
    fails(" {{#as.duration}}1 2{{/as.duration}}", "is no number");
    fails(" {{#as.bytes}}1e999{{/as.bytes}}", "is no number");
    fails(" {{#as.link}}alone{{/as.link}}", "is no link");
    fails(" {{as.number}}", "without a section");
    fails(" {{#as.sparkline}}1 x{{/as.sparkline}}", "is no number");
}

static void a_table_writes_its_own_pipes(void **state)
{
    (void)state;
    gives("{{#as.table}}list: Na|me = name.text, N = n right{{/as.table}}",
        "| Na\\|me | N |\n|:--|--:|\n| a\\|b | 0 |\n| \\`c\\` | 10 |\n");
    gives("{{#as.table}}list: X = absent center{{/as.table}}", "| X |\n|:-:|\n|  |\n|  |\n");
    gives("[{{#as.table}}absent: X = x{{/as.table}}]", "[]");
}

static void a_table_that_cannot_be_written_says_why(void **state)
{
    (void)state;
    fails(" {{#as.table}}list{{/as.table}}", "without a list");
    fails(" {{#as.table}}list: {{/as.table}}", "without columns");
    fails(" {{#as.table}}list: Name{{/as.table}}", "expected TITLE = MEMBER");
    fails(" {{#as.table}}list: N = n up{{/as.table}}", "expected left, right or center");
    fails(" {{#as.table}}name: N = n{{/as.table}}", "a table needs a list");
    fails(" {{#as.table}}list: N = name{{/as.table}}", "a cell of a table is an object");
}

UNIT_MAIN(cmocka_unit_test(texts_take_the_form_of_their_place),
    cmocka_unit_test(numbers_take_the_form_of_their_kind),
    cmocka_unit_test(what_cannot_be_read_so_is_an_error_at_its_section),
    cmocka_unit_test(a_table_writes_its_own_pipes),
    cmocka_unit_test(a_table_that_cannot_be_written_says_why))
