/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "document/markdown_html.h"

#include <string.h>

static int image(
    void *context, struct slice path, struct buffer *bytes, const char **type, struct error *error)
{
    (void)context;
    (void)error;
    if (!slice_is(path, "a.svg"))
        return 0;
    buffer_add_text(bytes, "<svg/>");
    *type = "image/svg+xml";
    return 1;
}

/* What stands in <main>. */
static void gives(const char *markdown, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    const struct html_options options = {image, NULL};
    struct error error = ERROR_INIT;
    assert_int_equal(markdown_html(&out, slice_of(markdown), &options, &error), 0);
    char *body = strstr(out.data, "<main>\n") + strlen("<main>\n");
    *strstr(body, "</main>") = '\0';
    assert_string_equal(body, expected);
    buffer_release(&out);
}

static void blocks_become_html(void **state)
{
    (void)state;
    gives("text\nmore  \nbroken\n\n---\n", "<p>text\nmore<br>\nbroken</p>\n<hr>\n");
    gives("- a\n- b\n\n3. c\n\n   d\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol "
                                        "start=\"3\">\n<li><p>c</p>\n<p>d</p>\n</li>\n</ol>\n");
    gives("```c\na<b\n```\n", "<pre tabindex=\"0\"><code>a&lt;b\n</code></pre>\n");
    gives("*a* **b** ~~c~~ `d&e`\n",
        "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d&amp;e</code></p>\n");
    gives("- [x] done\n- [ ] open\n",
        "<ul>\n<li>\xE2\x98\x91 done</li>\n<li>\xE2\x98\x90 open</li>\n</ul>\n");
}

static void headings_have_the_anchors_of_github(void **state)
{
    (void)state;
    gives("# A `b` c!\n\n## A b c\n\n## \"q\"\n",
        "<h1 id=\"a-b-c\">A <code>b</code> c!</h1>\n<h2 id=\"a-b-c-1\">A b c</h2>\n"
        "<h2 id=\"q\">&quot;q&quot;</h2>\n");
}

static void tables_scroll_in_a_frame_of_their_own(void **state)
{
    (void)state;
    gives("| a | b | c |\n|:--|--:|:-:|\n| 1 | 2 | 3 |\n",
        "<div class=\"table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table>\n"
        "<thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"right\">b</th>"
        "<th scope=\"col\" class=\"center\">c</th></tr></thead>\n<tbody>\n"
        "<tr><td>1</td><td class=\"right\">2</td><td class=\"center\">3</td></tr>\n"
        "</tbody></table></div>\n");
}

static void a_marked_quotation_is_an_alert(void **state)
{
    (void)state;
    gives("> [!WARNING]\n> Mind *this*.\n",
        "<div class=\"alert warning\" role=\"note\">\n<p class=\"alert-title\">Warning</p>\n"
        "<p>Mind <em>this</em>.</p>\n</div>\n");
    gives("> [!NOTE]\n",
        "<div class=\"alert note\" role=\"note\">\n<p class=\"alert-title\">Note</p>\n</div>\n");
    gives("> [!WARNING] not alone\n", "<blockquote>\n<p>[!WARNING] not alone</p>\n</blockquote>\n");
    gives("- > [!NOTE]\n  > inside\n",
        "<ul>\n<li><blockquote>\n<p>[!NOTE]\ninside</p>\n</blockquote>\n</li>\n</ul>\n");
}

static void only_harmless_html_comes_through(void **state)
{
    (void)state;
    gives("<details open>\n<summary>S</summary>\n\ntext<br>\n\n</details>\n",
        "<details open>\n<summary>S</summary>\n<p>text<br></p>\n</details>\n");
    gives("a <script>x</script> <!-- c --> <b onclick=\"x\">\n",
        "<p>a &lt;script&gt;x&lt;/script&gt;  &lt;b onclick=&quot;x&quot;&gt;</p>\n");
    gives("<p style=\"x\">a</p>\n", "&lt;p style=&quot;x&quot;&gt;a</p>\n");
    gives("<img src=\"https://t.x/p.png\" alt=\"'>\">\n", "<img src=\"\" alt=\"'&gt;\">\n");
    gives("&lt;script&gt; \\<b>\n", "<p>&lt;script&gt; &lt;b&gt;</p>\n");
}

static void links_lead_only_where_they_may(void **state)
{
    (void)state;
    gives("[a](b.md \"t\") [c](https://x.y/?a=1&b=2) [d](javascript:x) [e](//x.y) [f](#g)\n",
        "<p><a href=\"b.md\">a</a> <a href=\"https://x.y/?a=1&amp;b=2\">c</a> d e "
        "<a href=\"#g\">f</a></p>\n");
    gives("<https://x.y>\n", "<p><a href=\"https://x.y\">https://x.y</a></p>\n");
    gives("[a](JaVaScRiPt&colon;x)\n", "<p>a</p>\n");
}

static void images_stand_in_the_page(void **state)
{
    (void)state;
    gives("![an *image*](a.svg)\n",
        "<p class=\"figure\" tabindex=\"0\"><img src=\"data:image/svg+xml;base64,PHN2Zy8+\" "
        "alt=\"an image\"></p>\n");
    gives("![x](https://t.x/p.png)\n",
        "<p class=\"figure\" tabindex=\"0\"><img src=\"\" alt=\"x\"></p>\n");
    gives("![x](none.svg)\n", "<p class=\"figure\" tabindex=\"0\"><img src=\"\" alt=\"x\"></p>\n");
}

static void the_page_names_itself_and_loads_nothing(void **state)
{
    struct buffer out = BUFFER_INIT;
    struct error error = ERROR_INIT;
    (void)state;
    assert_int_equal(markdown_html(&out, slice_of("a\n\n# T <b> &amp;\n"), NULL, &error), 0);
    assert_non_null(strstr(out.data, "<title>T  &amp;</title>"));
    assert_non_null(strstr(out.data, "default-src 'none'"));
    assert_null(strstr(out.data, "<script"));
    assert_null(strstr(out.data, "http:"));
    assert_null(strstr(out.data, "https:"));
    buffer_release(&out);
}

UNIT_MAIN(cmocka_unit_test(blocks_become_html),
    cmocka_unit_test(headings_have_the_anchors_of_github),
    cmocka_unit_test(tables_scroll_in_a_frame_of_their_own),
    cmocka_unit_test(a_marked_quotation_is_an_alert),
    cmocka_unit_test(only_harmless_html_comes_through),
    cmocka_unit_test(links_lead_only_where_they_may), cmocka_unit_test(images_stand_in_the_page),
    cmocka_unit_test(the_page_names_itself_and_loads_nothing))
