/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/memory.h"
#include "document/character.h"
#include "document/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <string.h>

/* ---- what a reader of GitHub's Markdown gets to see ---- */
struct seen {
    struct buffer text;
    bool strange; /* a node that only markup makes */
};

static cmark_node *parse(struct slice markdown)
{
    static const char *const names[] = {"table", "autolink", "strikethrough", "tasklist"};
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
    cmark_parser_feed(parser, markdown.data, markdown.size);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return document;
}

/* The text without the zero width spaces that part it. */
static void add_seen(struct buffer *out, const char *text)
{
    for (; *text; text++)
        if (strncmp(text, "\xE2\x80\x8B", 3) == 0)
            text += 2;
        else
            buffer_add_char(out, *text);
}

static void look_at(struct seen *seen, cmark_node *node)
{
    const char *literal = cmark_node_get_literal(node);
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
        add_seen(&seen->text, literal);
    else if (type == CMARK_NODE_HTML_INLINE && strcmp(literal, "<br>") == 0)
        buffer_add_char(&seen->text, '\n');
    else if (type != CMARK_NODE_HTML_INLINE || !strstr(literal, "span>"))
        seen->strange = true;
}

/* All there is to see inside a node. */
static struct seen inside(cmark_node *node)
{
    struct seen seen = {BUFFER_INIT, false};
    cmark_iter *iterator = cmark_iter_new(node);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;)
        if (cmark_iter_get_node(iterator) != node && event == CMARK_EVENT_ENTER)
            look_at(&seen, cmark_iter_get_node(iterator));
    cmark_iter_free(iterator);
    return seen;
}

/* What is to be seen of a text: line breaks as one newline, the hidden shown. */
static void expected_text(struct buffer *out, struct slice text, bool code)
{
    for (size_t i = 0; i < text.size;) {
        struct character at = character_at((struct slice){text.data + i, text.size - i});
        if (at.code == '\r' && !code) {
            buffer_add_char(out, '\n');
            i += i + 1 < text.size && text.data[i + 1] == '\n';
        } else if ((at.code == '\n' || at.code == '\t') && !code)
            character_add(out, at.code);
        else if (character_hidden(at.code))
            character_show(out, at.code);
        else
            character_add(out, at.code);
        i += at.size;
    }
}

static void same_after(
    const char *before, cmark_node *node, struct slice text, bool code, struct slice markdown)
{
    struct buffer expected = BUFFER_INIT;
    buffer_add_text(&expected, before);
    expected_text(&expected, text, code);
    struct seen seen = inside(node);
    if (seen.strange || strcmp(buffer_text(&seen.text), buffer_text(&expected)) != 0)
        fail_msg("[%s] was written as [%.*s] and is seen as [%s]%s", buffer_text(&expected),
            (int)markdown.size, markdown.data, buffer_text(&seen.text),
            seen.strange ? " with markup" : "");
    buffer_release(&seen.text);
    buffer_release(&expected);
}

static void same(cmark_node *node, struct slice text, bool code, struct slice markdown)
{
    same_after("", node, text, code, markdown);
}

static cmark_node *only_child(cmark_node *node, const char *type, struct slice markdown)
{
    cmark_node *child = cmark_node_first_child(node);
    if (!child || cmark_node_next(child) || strcmp(cmark_node_get_type_string(child), type) != 0)
        fail_msg("[%.*s] was to be one %s, is a %s", (int)markdown.size, markdown.data, type,
            child ? cmark_node_get_type_string(child) : "nothing");
    return child;
}

/* ---- the places ---- */
static void check_text(struct slice text, const char *mark, const char *before, const char *type)
{
    struct buffer out = BUFFER_INIT;
    buffer_add_text(&out, mark);
    buffer_add_text(&out, before);
    markdown_text(&out, text);
    buffer_add_char(&out, '\n');
    cmark_node *document = parse(buffer_slice(&out));
    same_after(
        before, only_child(document, type, buffer_slice(&out)), text, false, buffer_slice(&out));
    cmark_node_free(document);
    buffer_release(&out);
}

static void check_code(struct slice text)
{
    struct buffer out = BUFFER_INIT;
    markdown_code(&out, text, false);
    cmark_node *document = parse(buffer_slice(&out));
    cmark_node *paragraph = only_child(document, "paragraph", buffer_slice(&out));
    only_child(paragraph, "code", buffer_slice(&out));
    same(paragraph, text, true, buffer_slice(&out));
    cmark_node_free(document);
    buffer_release(&out);
}

static void check_block(struct slice text)
{
    struct buffer out = BUFFER_INIT, expected = BUFFER_INIT;
    markdown_block(&out, text, "");
    buffer_add_text(&out, "after\n");
    cmark_node *document = parse(buffer_slice(&out));
    cmark_node *block = cmark_node_first_child(document);
    assert_int_equal(cmark_node_get_type(block), CMARK_NODE_CODE_BLOCK);
    expected_text(&expected, text, false);
    if (expected.size > 0 && expected.data[expected.size - 1] != '\n')
        buffer_add_char(&expected, '\n');
    assert_string_equal(cmark_node_get_literal(block), buffer_text(&expected));
    assert_non_null(cmark_node_next(block));
    cmark_node_free(document);
    buffer_release(&out);
    buffer_release(&expected);
}

static void check_comment(struct slice text)
{
    struct buffer out = BUFFER_INIT;
    markdown_comment(&out, text);
    buffer_add_text(&out, "\nafter\n");
    cmark_node *document = parse(buffer_slice(&out));
    cmark_node *block = cmark_node_first_child(document);
    assert_int_equal(cmark_node_get_type(block), CMARK_NODE_HTML_BLOCK);
    const char *literal = cmark_node_get_literal(block);
    assert_ptr_equal(strstr(literal, "--") + strlen("-- "), literal + strlen("<!-- "));
    assert_string_equal(strstr(literal + 4, "--"), "-->\n");
    cmark_node *after = cmark_node_next(block);
    struct seen seen = inside(after);
    assert_string_equal(buffer_text(&seen.text), "after");
    buffer_release(&seen.text);
    cmark_node_free(document);
    buffer_release(&out);
}

static void check_link(struct slice text)
{
    struct buffer out = BUFFER_INIT;
    markdown_link(&out, text, slice_of("docs/a.md?x=1&y=2"));
    cmark_node *document = parse(buffer_slice(&out));
    cmark_node *link = only_child(
        only_child(document, "paragraph", buffer_slice(&out)), "link", buffer_slice(&out));
    assert_string_equal(cmark_node_get_url(link), "docs/a.md?x=1&y=2");
    same(link, text, false, buffer_slice(&out));
    cmark_node_free(document);
    buffer_release(&out);
}

static void check_cells(struct slice text)
{
    const struct markdown_column columns[] = {
        {text, MARKDOWN_LEFT}, {{"b", 1}, MARKDOWN_RIGHT}, {{"c", 1}, MARKDOWN_CENTRE}};
    struct buffer out = BUFFER_INIT;
    struct markdown_table table = markdown_table(&out, columns, 3);
    markdown_cell_text(&table, text);
    markdown_cell_code(&table, text);
    markdown_cell(&table, slice_of("1"));
    markdown_cell_text(&table, text);
    markdown_table_end(&table);
    cmark_node *document = parse(buffer_slice(&out));
    cmark_node *row = cmark_node_first_child(only_child(document, "table", buffer_slice(&out)));
    same(cmark_node_first_child(row), text, false, buffer_slice(&out));
    row = cmark_node_next(row);
    cmark_node *cell = cmark_node_first_child(row);
    same(cell, text, false, buffer_slice(&out));
    same(cmark_node_next(cell), text, true, buffer_slice(&out));
    same(cmark_node_next(cmark_node_next(cell)), slice_of("1"), false, buffer_slice(&out));
    row = cmark_node_next(row);
    same(cmark_node_first_child(row), text, false, buffer_slice(&out));
    assert_null(cmark_node_next(row));
    cmark_node_free(document);
    buffer_release(&out);
}

static void check(struct slice text)
{
    check_text(text, "", "", "paragraph");
    check_text(text, "## ", "", "heading");
    check_text(text, "", "so: ", "paragraph");
    check_code(text);
    check_block(text);
    check_comment(text);
    check_link(text);
    check_cells(text);
}

static void a_text_reads_as_it_was_in_every_place(void **state)
{
    static const char *const texts[] = {"a|b", "a\\|b", "a\\", "\\\\", "`a`", "``", "`", " ` ",
        " a ", "a``b`c", "<script>alert(1)</script>", "<b>", "<!-- x -->", "-->", "--", "-", "a--b",
        "->", "a->b", "@user", "x @user/team y", "user@example.com", "#1", "o/r#12", "GH-7", "gh-7",
        "https://example.com/a_b", "www.example.com", "http://a", "mailto:x@y.z", "# title",
        "title #", "C#", "#", "- item", "+ item", "* item", "1. item", "12) item", "1.", "3.14",
        "> quote", "=", "===", "---", "***", "___", "_a_", "__init__", "a_b_c", "a__b",
        "____________", "a_____b", "_", "*a*", "**a**", "~a~", "~~a~~", "[a](b)", "![a](b)", "[a]",
        "[^1]", "[ ] x", "&amp;", "&#35;", "&", "a & b", "AT&T", ":tada:", "a::b::c", "::", ":-",
        ":--", "--:", "$x$", "Outer$Inner", "a\nb", "a\r\nb", "a\rb", "\n", "\t", "\ta", "    code",
        "a  b", "a  ", "```", "~~~", "| a |", "x\n| a |\n|--|",
        "\xE2\x80\xAE"
        "abc",
        "\xE2\x80\x8F"
        "a",
        "\x01\x1B[31m", "\x7F", "\xC2\x85",
        "\xEF\xBB\xBF"
        "a",
        "\xE2\x80\xA8", "na\xC3\xAFve _\xC3\xA9t\xC3\xA9_",
        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80", "\xE6\x97\xA5\xE6\x9C\xAC", "\xFF\xFE",
        "a\xC3", "\xED\xA0\x80", "\"q\"", "'", "{{x}}", "a\\\nb", "Setext\n====", "<https://x.y>",
        "a<br>b", "</details>", "<", ">", "a|", "|", "||", "\\`", "`\\", "![", "](x)", "a:b",
        "http:", "1.2.3", "0.", "2024-01-02", "100%", "(x)", "!", "e.g. _x", "x_", "xmpp:a@b.c/d"};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        check(slice_of(texts[i]));
}

/* xorshift, so that the same texts come each time */
static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void texts_of_nothing_but_markup_read_as_they_were(void **state)
{
    static const char *const pieces[] = {"|", "\\", "`", "``", "*", "**", "_", "__", "~", "[", "]",
        "(", ")", "<", ">", "!", "#", "@", "&", ";", ":", "-", "--", "+", "=", ".", "1", "a", "A",
        "/", "//", " ", "  ", "\t", "\n", "\r", "$", "www", "http", "x@y.z", "<b>", "-->", "amp",
        "\"", "'", "^", "\xC3\xA9", "\xE2\x80\xAE", "\xFF", "%", "?", ",", "{", "}", "GH",
        "\xE6\x97\xA5"};
    uint32_t random = 2463437u;
    (void)state;
    for (int round = 0; round < 5000; round++) {
        struct buffer text = BUFFER_INIT;
        for (uint32_t left = 1 + next_random(&random) % 8; left > 0; left--)
            buffer_add_text(&text, pieces[next_random(&random) % ARRAY_SIZE(pieces)]);
        check(buffer_slice(&text));
        buffer_release(&text);
    }
}

static bool holds(const struct buffer *buffer, const char *text)
{
    return strstr(buffer_text(buffer), text) != NULL;
}

static void what_github_reads_after_the_markdown_is_parted(void **state)
{
    static const char *const pairs[][2] = {{"@user", "@user"}, {"see #12", "#12"},
        {"gh-12 GH-12", "gh-12"}, {"https://github.com/o/r/issues/1", "://"}, {"www.x.org", "www."},
        {":tada:", ":tada:"}, {"a::b::c", ":b:"}, {":100:", ":100:"}, {":+1:", ":+1:"},
        {"o/r@1a2b3c4", "@1a2b3c4"}};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
        struct buffer out = BUFFER_INIT;
        markdown_text(&out, slice_of(pairs[i][0]));
        assert_false(holds(&out, pairs[i][1]));
        assert_true(holds(&out, "&#8203;"));
        buffer_release(&out);
    }
}

static void plain_names_stay_as_they_are(void **state)
{
    static const char *const names[] = {"Mistral-7B-Instruct-v0.2-4bit", "test_run_command",
        "12.3 s", "a/b/c.txt", "x (y)", "100% + 5", "lr=1e-8, n=3", "8 GB", "a > b",
        "2026-02-11T10:30:00Z", "a: b: c"};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        struct buffer out = BUFFER_INIT;
        markdown_text(&out, slice_of(names[i]));
        assert_string_equal(buffer_text(&out), names[i]);
        buffer_release(&out);
    }
}

static void a_link_leads_only_where_links_may_lead(void **state)
{
    static const char *const refused[] = {"javascript:alert(1)", "JavaScript:x", "data:text/html,x",
        "vbscript:x", "//evil.example", "", "java\nscript:x", "x:y"};
    static const char *const taken[][2] = {{"https://a.b/c d", "[t](https://a.b/c%20d)"},
        {"HTTP://a", "[t](HTTP://a)"}, {"a.md#x", "[t](a.md#x)"}, {"a/b:c", "[t](a/b:c)"},
        {"#frag:x", "[t](#frag:x)"}, {"a(b)c\\<>", "[t](a%28b%29c%5C%3C%3E)"},
        {"javascript&colon;x", "[t](javascript&amp;colon;x)"}, {"a|b", "[t](a%7Cb)"}};
    struct buffer out = BUFFER_INIT;
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(refused); i++) {
        markdown_link(&out, slice_of("t"), slice_of(refused[i]));
        assert_string_equal(buffer_text(&out), "t");
        buffer_reset(&out);
    }
    for (size_t i = 0; i < ARRAY_SIZE(taken); i++) {
        markdown_link(&out, slice_of("t"), slice_of(taken[i][0]));
        assert_string_equal(buffer_text(&out), taken[i][1]);
        buffer_reset(&out);
    }
    buffer_release(&out);
}

static void a_hostile_text_takes_time_in_its_length(void **state)
{
    enum { LENGTH = 2000000 };
    static const char bytes[] = "_`:@#|\\1.-&$";
    char *text = memory_take(LENGTH);
    struct buffer out = BUFFER_INIT;
    (void)state;
    for (size_t i = 0; i + 1 < sizeof bytes; i++) {
        memset(text, bytes[i], LENGTH);
        markdown_text(&out, (struct slice){text, LENGTH});
        markdown_code(&out, (struct slice){text, LENGTH}, true);
        markdown_block(&out, (struct slice){text, LENGTH}, "");
        buffer_reset(&out);
    }
    buffer_release(&out);
    free(text);
}

static void anchors_are_those_of_github(void **state)
{
    static const char *const pairs[][2] = {{"Per-Model Statistics", "per-model-statistics"},
        {"GPU Analysis (v1.1)", "gpu-analysis-v11"}, {"a & b", "a--b"}, {"x_y", "x_y"},
        {"\xC3\x89t\xC3\xA9", "\xC3\x89t\xC3\xA9"}};
    struct buffer out = BUFFER_INIT;
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
        markdown_anchor(&out, slice_of(pairs[i][0]));
        assert_string_equal(buffer_text(&out), pairs[i][1]);
        buffer_reset(&out);
    }
    buffer_release(&out);
}

static void columns_are_counted_as_a_terminal_shows_them(void **state)
{
    (void)state;
    assert_int_equal(text_width(slice_of("abc")), 3);
    assert_int_equal(text_width(slice_of("e\xCC\x81")), 1);
    assert_int_equal(text_width(slice_of("\xE6\x97\xA5\xE6\x9C\xAC")), 4);
    assert_int_equal(text_width(slice_of("\xF0\x9F\x9A\x80")), 2);
    assert_int_equal(text_length(slice_of("\xE6\x97\xA5x")), 2);
    assert_true(slice_is(text_head(slice_of("abc"), 2), "ab"));
    assert_true(slice_is(text_head(slice_of("abc"), 3), "abc"));
    assert_true(slice_is(text_head(slice_of("ae\xCC\x81x"), 2), "a"));
    assert_true(slice_is(text_head(slice_of("\xE6\x97\xA5x"), 1), "\xE6\x97\xA5"));
}

UNIT_MAIN(cmocka_unit_test(a_text_reads_as_it_was_in_every_place),
    cmocka_unit_test(texts_of_nothing_but_markup_read_as_they_were),
    cmocka_unit_test(what_github_reads_after_the_markdown_is_parted),
    cmocka_unit_test(plain_names_stay_as_they_are),
    cmocka_unit_test(a_link_leads_only_where_links_may_lead),
    cmocka_unit_test(a_hostile_text_takes_time_in_its_length),
    cmocka_unit_test(anchors_are_those_of_github),
    cmocka_unit_test(columns_are_counted_as_a_terminal_shows_them))
