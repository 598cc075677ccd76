/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/memory.h"
#include "document/mustache.h"

#include <stdio.h>
#include <string.h>

/* Name and text by turns, NULL at the end. */
static int load(
    void *context, struct slice name, struct buffer *text, struct buffer *file, struct error *error)
{
    (void)error;
    for (const char *const *at = context; *at; at += 2)
        if (slice_is(name, at[0])) {
            buffer_add_text(text, at[1]);
            buffer_add_text(file, at[0]);
            return 1;
        }
    return 0;
}

static const struct view *numbered(struct arena *arena, int count)
{
    struct view *list = view_list(arena);
    for (int i = 1; i <= count; i++) {
        struct view *item = view_object(arena);
        view_set(arena, item, "n", view_integer(arena, i));
        view_append(arena, list, item);
    }
    return list;
}

static const struct view *nested(struct arena *arena)
{
    struct view *outer = view_list(arena);
    for (int i = 0; i < 2; i++) {
        struct view *inner = view_list(arena);
        for (int j = 0; j < 2 - i; j++)
            view_append(arena, inner, view_integer(arena, 10 * i + j));
        view_append(arena, outer, inner);
    }
    return outer;
}

static const struct view *tree(struct arena *arena, int depth)
{
    struct view *node = view_object(arena);
    struct view *children = view_list(arena);
    view_set(arena, node, "label", view_integer(arena, depth));
    if (depth > 0)
        view_append(arena, children, tree(arena, depth - 1));
    view_set(arena, node, "children", children);
    return node;
}

static struct view *data(struct arena *arena)
{
    struct view *all = view_object(arena), *box = view_object(arena), *inner = view_object(arena);
    struct view *words = view_list(arena);
    view_append(arena, words, view_text(arena, "a"));
    view_append(arena, words, view_text(arena, "<b>"));
    view_set(arena, inner, "value", view_text(arena, "deep"));
    view_set(arena, box, "name", view_text(arena, "Box"));
    view_set(arena, box, "inner", inner);
    view_set(arena, box, "name.value", view_text(arena, "no such path"));
    view_set(arena, all, "name", view_text(arena, "Ada"));
    view_set(arena, all, "markup", view_text(arena, "<i>\"R&D\"</i>"));
    view_set(arena, all, "yes", view_bool(arena, true));
    view_set(arena, all, "no", view_bool(arena, false));
    view_set(arena, all, "nothing", view_null(arena));
    view_set(arena, all, "zero", view_integer(arena, 0));
    view_set(arena, all, "price", view_number(arena, slice_of("1.50")));
    view_set(arena, all, "empty", view_text(arena, ""));
    view_set(arena, all, "none", view_list(arena));
    view_set(arena, all, "box", box);
    view_set(arena, all, "list", numbered(arena, 3));
    view_set(arena, all, "words", words);
    view_set(arena, all, "nested", nested(arena));
    view_set(arena, all, "which", view_text(arena, "card"));
    view_set(arena, all, "lines", view_text(arena, "x\ny"));
    view_set(arena, all, "tree", tree(arena, 3));
    view_set(arena, all, "tall", tree(arena, 400));
    return all;
}

struct outcome {
    int result;
    struct buffer text;
    struct error error;
};

static struct outcome expand_with(struct slice template, const struct view *view,
    const char *const *partials, const struct mustache_options *given)
{
    struct outcome outcome = {.error = ERROR_INIT};
    struct mustache_loader loader = {load, (void *)partials};
    struct mustache_options options = given ? *given : (struct mustache_options){0};
    options.loader = partials ? &loader : NULL;
    struct mustache *compiled;
    outcome.result = mustache_compile(&compiled, template, "main", &outcome.error);
    if (outcome.result == 0)
        outcome.result = mustache_render(&outcome.text, compiled, view, &options, &outcome.error);
    mustache_free(compiled);
    return outcome;
}

static void gives_with(const char *template, const char *const *partials, const char *expected)
{
    struct arena arena = ARENA_INIT;
    struct outcome outcome = expand_with(slice_of(template), data(&arena), partials, NULL);
    if (outcome.result != 0)
        print_error("%s: %s\n", template, outcome.error.text);
    assert_int_equal(outcome.result, 0);
    assert_string_equal(buffer_text(&outcome.text), expected);
    buffer_release(&outcome.text);
    arena_release(&arena);
}

static void gives(const char *template, const char *expected)
{
    gives_with(template, NULL, expected);
}

static void fails_with(const char *template, const char *const *partials, const char *file,
    unsigned line, unsigned column, const char *text)
{
    static const struct mustache_options strict = {.strict = true};
    struct arena arena = ARENA_INIT;
    struct outcome outcome = expand_with(slice_of(template), data(&arena), partials, &strict);
    assert_int_equal(outcome.result, -1);
    assert_int_equal(outcome.error.code, ERROR_CONTENT);
    assert_string_equal(outcome.error.file, file);
    if (!strstr(outcome.error.text, text))
        fail_msg("%s: \"%s\" was expected in \"%s\"", template, text, outcome.error.text);
    assert_int_equal(outcome.error.line, line);
    assert_int_equal(outcome.error.column, column);
    buffer_release(&outcome.text);
    arena_release(&arena);
}

static void fails(const char *template, unsigned line, unsigned column, const char *text)
{
    fails_with(template, NULL, "main", line, column, text);
}

/* ---- values ---- */
static void a_name_is_replaced_by_its_value(void **state)
{
    (void)state;
    gives("Hello, {{name}}.", "Hello, Ada.");
    gives("{{ name }}{{\tprice\n}}", "Ada1.50");
    gives("{{zero}}{{yes}}{{no}}{{nothing}}{{missing}}", "0truefalse");
    gives("{name} { {name} }", "{name} { {name} }");
}

static void what_a_value_holds_is_not_expanded_again(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct view *view = view_object(&arena);
    view_set(&arena, view, "a", view_text(&arena, "{{b}}"));
    view_set(&arena, view, "b", view_text(&arena, "wrong"));
    struct outcome outcome = expand_with(slice_of("{{a}}"), view, NULL, NULL);
    assert_string_equal(buffer_text(&outcome.text), "{{b}}");
    buffer_release(&outcome.text);
    arena_release(&arena);
}

static void a_value_is_escaped_unless_the_tag_says_raw(void **state)
{
    (void)state;
    gives("{{markup}}", "&lt;i&gt;&quot;R&amp;D&quot;&lt;/i&gt;");
    gives("{{{markup}}}{{&markup}}{{& markup }}{{{ markup }}}",
        "<i>\"R&D\"</i><i>\"R&D\"</i><i>\"R&D\"</i><i>\"R&D\"</i>");
}

static void a_dotted_name_goes_down_from_where_its_first_part_is_found(void **state)
{
    (void)state;
    gives("{{box.name}} {{box.inner.value}}", "Box deep");
    gives("{{#box}}{{inner.value}} {{box.name}}{{/box}}", "deep Box");
    gives("[{{box.name.value}}{{box.missing.value}}{{name.first}}]", "[]");
    gives("{{#box}}{{#inner}}{{name}} {{box.inner.value}}{{/inner}}{{/box}}", "Box deep");
}

static void a_first_part_that_is_found_hides_those_further_out(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct view *view = view_object(&arena), *near = view_object(&arena), *far;
    far = view_object(&arena);
    view_set(&arena, far, "x", view_text(&arena, "far"));
    view_set(&arena, near, "a", view_object(&arena));
    view_set(&arena, view, "a", far);
    view_set(&arena, view, "near", near);
    struct outcome outcome = expand_with(slice_of("[{{#near}}{{a.x}}{{/near}}]"), view, NULL, NULL);
    assert_string_equal(buffer_text(&outcome.text), "[]");
    buffer_release(&outcome.text);
    arena_release(&arena);
}

static void texts_with_nul_pass_through(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct view *view = view_object(&arena);
    view_set(&arena, view, "a", view_slice(&arena, (struct slice){"1\0002", 3}));
    struct outcome outcome = expand_with((struct slice){"x\0y{{a}}", 8}, view, NULL, NULL);
    assert_int_equal(outcome.result, 0);
    assert_int_equal(outcome.text.size, 6);
    assert_memory_equal(outcome.text.data, "x\0y1\0002", 6);
    buffer_release(&outcome.text);
    arena_release(&arena);
}

/* ---- sections ---- */
static void a_section_stands_for_what_is_true(void **state)
{
    (void)state;
    gives(
        "{{#yes}}a{{/yes}}{{#no}}b{{/no}}{{#nothing}}c{{/nothing}}{{#missing}}d{{/missing}}", "a");
    gives("{{#zero}}a{{/zero}}{{#empty}}b{{/empty}}{{#none}}c{{/none}}", "ab");
    gives("{{^yes}}a{{/yes}}{{^no}}b{{/no}}{{^nothing}}c{{/nothing}}{{^missing}}d{{/missing}}"
          "{{^none}}e{{/none}}{{^list}}f{{/list}}{{^box}}g{{/box}}",
        "bcde");
    gives("{{#box.inner}}{{value}}{{/box.inner}}{{^box.missing}}!{{/box.missing}}", "deep!");
}

static void a_section_over_a_list_stands_once_an_item(void **state)
{
    (void)state;
    gives("{{#list}}{{n}},{{/list}}", "1,2,3,");
    gives("{{#words}}({{.}}|{{{.}}}){{/words}}", "(a|a)(&lt;b&gt;|<b>)");
    gives("{{#nested}}[{{#.}}{{.}};{{/.}}]{{/nested}}", "[0;1;][10;]");
    gives("{{#name}}{{.}}{{/name}} {{#list}}{{name}}{{/list}}", "Ada AdaAdaAda");
}

static void the_same_section_may_nest(void **state)
{
    (void)state;
    gives("{{#yes}}1{{#yes}}2{{/yes}}3{{/yes}}", "123");
    gives("{{#no}}1{{#no}}2{{/no}}3{{/no}}", "");
}

static void the_root_may_be_any_value(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct outcome outcome = expand_with(slice_of("<{{.}}>"), view_text(&arena, "a&b"), NULL, NULL);
    assert_string_equal(buffer_text(&outcome.text), "<a&amp;b>");
    buffer_release(&outcome.text);
    outcome = expand_with(slice_of("{{#.}}<{{n}}>{{/.}}"), numbered(&arena, 2), NULL, NULL);
    assert_string_equal(buffer_text(&outcome.text), "<1><2>");
    buffer_release(&outcome.text);
    arena_release(&arena);
}

/* ---- lines ---- */
static void a_tag_alone_on_its_line_takes_the_line_with_it(void **state)
{
    (void)state;
    gives("a\n  {{#yes}}  \nb\n{{/yes}}\nc\n", "a\nb\nc\n");
    gives("a\r\n{{! x }}\r\nb", "a\r\nb");
    gives("  {{#yes}}\na{{/yes}}", "a");
    gives("a\n  {{^no}}\nb\n  {{/no}}", "a\nb\n");
    gives("a\n{{=<% %>=}}\n<%name%>\n", "a\nAda\n");
    gives("a\n  {{!\n x\n }}\nb", "a\nb");
}

static void other_lines_keep_their_blanks(void **state)
{
    (void)state;
    gives(" {{name}}\n", " Ada\n");
    gives("{{#yes}} a {{/yes}}\n", " a \n");
    gives(" | {{#yes}}\t|\t{{/yes}} | \n", " | \t|\t | \n");
    gives("{{#yes}}{{/yes}}\n|", "\n|");
    gives("x {{! y }} \n", "x  \n");
}

static void delimiters_change_from_their_tag_on(void **state)
{
    (void)state;
    gives("{{=| |=}}|name| {{name}} |={{ }}=|{{name}}", "Ada {{name}} Ada");
    gives("{{= [[   ]] =}}[[{markup}]][[&markup]]", "<i>\"R&D\"</i><i>\"R&D\"</i>");
    gives("{{#list}}{{=<% %>=}}<%n%><%={{ }}=%>{{n}}{{/list}}", "112233");
}

/* ---- partials ---- */
static const char *const partials[] = {"card", "*{{name}}*", "two", "1\n2\n", "node",
    "{{label}}{{#children}}<{{>node}}>{{/children}}", "pair", "{{=| |=}}|name|", "outer",
    "o\n {{>two}}\n", "raw", "|\n{{{lines}}}\n|\n", "gap", "a\n\nb\n", "mixed", "p {{>two}} q\n",
    "loop", "x{{>loop}}", "bad", "a\n {{#open}}", "sub/card", "sub", NULL};

static void a_partial_stands_where_its_tag_stood(void **state)
{
    (void)state;
    gives_with("<{{>card}}>{{#box}}{{> card }}{{/box}}", partials, "<*Ada*>*Box*");
    gives_with("[{{>absent}}]", partials, "[]");
    gives_with("{{#tree}}{{>node}}{{/tree}}", partials, "3<2<1<0>>>");
    gives_with("{{>pair}} {{name}} |name|", partials, "Ada Ada |name|");
    gives_with("{{=| |=}}|>card|", partials, "*Ada*");
    gives_with("{{>sub/card}}", partials, "sub");
    gives("[{{>card}}]", "[]");
}

static void a_partial_alone_on_its_line_is_indented_as_its_tag(void **state)
{
    (void)state;
    gives_with("  {{>two}}\nx\n", partials, "  1\n  2\nx\n");
    gives_with(" {{>outer}}\n", partials, " o\n  1\n  2\n");
    gives_with(" {{>raw}}\n", partials, " |\n x\ny\n |\n");
    gives_with("\t{{>two}}", partials, "\t1\n\t2\n");
    gives_with("  {{>two}} x", partials, "  1\n2\n x");
    gives_with(" {{>gap}}\n", partials, " a\n\n b\n");
    gives_with("  {{>mixed}}\n", partials, "  p 1\n2\n q\n");
}

static void a_dynamic_name_is_the_value_of_its_name(void **state)
{
    (void)state;
    gives_with("{{>*which}}", partials, "*Ada*");
    gives_with("{{> * which }}", partials, "*Ada*");
    gives_with("[{{>*missing}}{{>*name}}{{>*box}}{{>**which}}]", partials, "[]");
    gives_with("{{#box}}{{>*which}}{{/box}}", partials, "*Box*");
}

/* ---- inheritance ---- */
static const char *const parents[] = {"page", "<{{$title}}none{{/title}}|{{$body}}-{{/body}}>",
    "middle", "{{<page}}{{$title}}middle{{/title}}{{/page}}", "indented",
    "top:\n  {{$list}}\n    default\n  {{/list}}\nend\n", "empty",
    "top:\n  {{$list}}\n  {{/list}}\n", "short", "  {{$a}}x{{/a}}\n", "flat", "one\ntwo\n",
    "scoped", "{{#box}}{{$b}}d{{/b}}{{/box}}", "wrapped",
    "{{<page}}{{$body}}[{{$inner}}i{{/inner}}]{{/body}}{{/page}}", "tail", "a {{$t}}b{{/t}} c\n",
    NULL};

static void a_block_stands_for_its_default_unless_it_is_overridden(void **state)
{
    (void)state;
    gives("{{$a}}x {{name}}{{/a}}", "x Ada");
    gives_with("{{<page}}{{/page}}{{>page}}", parents, "<none|-><none|->");
    gives_with("{{<page}}text {{$title}}T{{/title}} text{{/page}}", parents, "<T|->");
    gives_with("{{<page}}{{$title}}{{#list}}{{n}}{{/list}}{{/title}}{{/page}}", parents, "<123|->");
    gives_with("{{<absent}}{{$a}}b{{/a}}{{/absent}}", parents, "");
    gives_with("{{<scoped}}{{$b}}{{name}}{{/b}}{{/scoped}}", parents, "Box");
    gives_with("{{=| |=}}|<page||$title|T|/title||/page|", parents, "<T|->");
}

static void the_argument_from_furthest_out_counts(void **state)
{
    (void)state;
    gives_with("{{<middle}}{{/middle}}", parents, "<middle|->");
    gives_with("{{<middle}}{{$title}}mine{{/title}}{{/middle}}", parents, "<mine|->");
    gives_with("{{<wrapped}}{{$inner}}me{{/inner}}{{/wrapped}}", parents, "<none|[me]>");
}

static void an_argument_does_not_see_itself(void **state)
{
    (void)state;
    gives_with(
        "{{<page}}{{$title}}({{$title}}own{{/title}}){{/title}}{{/page}}", parents, "<(own)|->");
}

static void an_override_is_indented_as_the_block_it_replaces(void **state)
{
    (void)state;
    gives_with("{{<indented}}{{$list}}\n- a\n- b\n{{/list}}{{/indented}}\n", parents,
        "top:\n    - a\n    - b\nend\n");
    gives_with("{{<empty}}{{$list}}\n      - a\n        - b\n{{/list}}{{/empty}}\n", parents,
        "top:\n  - a\n    - b\n");
    gives_with("{{<short}}{{$a}}\np\nq{{/a}}\n{{/short}}\n", parents, "  p\n  q\n");
    gives_with("  {{<flat}}{{/flat}}\n", parents, "  one\n  two\n");
    gives_with("{{<tail}}{{$t}}\n  p\n  q{{/t}}\n{{/tail}}\n", parents, "a p\nq c\n");
    gives_with("{{<indented}}{{/indented}}", parents, "top:\n    default\nend\n");
}

static void a_dynamic_parent_closes_under_its_name(void **state)
{
    (void)state;
    static const char *const cards[] = {"card", "[{{$a}}d{{/a}}]", NULL};
    gives_with("{{<*which}}{{$a}}x{{/a}}{{/*which}}", cards, "[x]");
    fails_with("{{<*which}}{{/which}}", cards, "main", 1, 12, "where that of \"which\"");
}

/* ---- lambdas ---- */
static int give(
    void *context, const struct view_call *call, struct buffer *out, struct error *error)
{
    (void)call;
    (void)error;
    buffer_add_text(out, context);
    return 0;
}

static int count(
    void *context, const struct view_call *call, struct buffer *out, struct error *error)
{
    (void)call;
    (void)error;
    buffer_add_format(out, "%d", ++*(int *)context);
    return 0;
}

static int twice(
    void *context, const struct view_call *call, struct buffer *out, struct error *error)
{
    (void)error;
    buffer_add_slice(out, call->text);
    buffer_add_text(out, context);
    buffer_add_slice(out, call->text);
    return 0;
}

/* `…` round what the section gives, without any escape. */
static int code(
    void *context, const struct view_call *call, struct buffer *out, struct error *error)
{
    (void)context;
    buffer_add_char(out, '`');
    if (call->expand(call, out, call->text, true, error) != 0)
        return -1;
    buffer_add_char(out, '`');
    return 0;
}

static int needs_number(
    void *context, const struct view_call *call, struct buffer *out, struct error *error)
{
    (void)context;
    (void)out;
    const struct view *value = call->find(call, call->text);
    if (value && value->type == VIEW_NUMBER)
        return 0;
    return error_set(error, ERROR_CONTENT, "expected a number");
}

static void lambda_gives(
    const struct view_lambda *lambda, const char *template, const char *expected)
{
    struct arena arena = ARENA_INIT;
    struct view *view = data(&arena);
    view_set(&arena, view, "lambda", view_lambda(&arena, lambda));
    struct outcome outcome = expand_with(slice_of(template), view, partials, NULL);
    assert_int_equal(outcome.result, 0);
    assert_string_equal(buffer_text(&outcome.text), expected);
    buffer_release(&outcome.text);
    arena_release(&arena);
}

static void a_lambda_gives_a_template_in_the_usual_delimiters(void **state)
{
    (void)state;
    struct view_lambda plain = {give, (void *)"who", false},
                       open = {give, (void *)"{{name}} |name|", false};
    struct view_lambda sharp = {give, (void *)"<{{markup}}", false};
    lambda_gives(&plain, "{{lambda}}!", "who!");
    lambda_gives(&open, "{{lambda}} {{=| |=}}|lambda|", "Ada |name| Ada |name|");
    lambda_gives(&sharp, "{{lambda}}", "&lt;&lt;i&gt;&quot;R&amp;D&quot;&lt;/i&gt;");
    lambda_gives(&plain, "{{#box}}{{lambda}}{{/box}}{{^lambda}}no{{/lambda}}", "who");
}

static void a_lambda_is_called_anew_for_each_tag(void **state)
{
    (void)state;
    int calls = 0;
    struct view_lambda counter = {count, &calls, false};
    lambda_gives(&counter, "{{lambda}} {{{lambda}}} {{#list}}{{lambda}}{{/list}}", "1 2 345");
}

static void a_section_lambda_gets_its_text_unexpanded(void **state)
{
    (void)state;
    struct view_lambda joined = {twice, (void *)"+", false},
                       named = {twice, (void *)" |name| {{name}} ", false};
    lambda_gives(&joined, "{{#lambda}}{{name}}{{/lambda}}", "Ada+Ada");
    lambda_gives(&named, "{{=| |=}}|#lambda|-|/lambda|", "- Ada {{name}} -");
    lambda_gives(&joined, "{{#lambda}}\n a\n{{/lambda}}\nb", " a\n+ a\nb");
}

static void a_finished_lambda_writes_as_it_likes(void **state)
{
    (void)state;
    struct view_lambda span = {code, NULL, true};
    lambda_gives(&span, "{{#lambda}}{{markup}}{{/lambda}} {{markup}}",
        "`<i>\"R&D\"</i>` &lt;i&gt;&quot;R&amp;D&quot;&lt;/i&gt;");
    lambda_gives(&span, "{{#list}}{{#lambda}}{{n}}{{>card}}{{/lambda}}{{/list}}",
        "`1*Ada*``2*Ada*``3*Ada*`");
}

static void a_lambda_that_fails_names_its_tag(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct view *view = data(&arena);
    struct view_lambda lambda = {needs_number, NULL, true};
    view_set(&arena, view, "lambda", view_lambda(&arena, &lambda));
    struct outcome outcome = expand_with(
        slice_of("{{#lambda}}price{{/lambda}}\n {{#lambda}}name{{/lambda}}"), view, NULL, NULL);
    assert_int_equal(outcome.result, -1);
    assert_string_equal(outcome.error.text, "expected a number");
    assert_int_equal(outcome.error.line, 2);
    assert_int_equal(outcome.error.column, 2);
    buffer_release(&outcome.text);
    arena_release(&arena);
}

/* ---- faults ---- */
static void a_fault_says_where_it_begins(void **state)
{
    (void)state;
    fails("a\n {{#yes}}\nb", 2, 2, "\"yes\" is never closed");
    fails("{{#a}}{{#b}}{{/a}}{{/b}}", 1, 13, "where that of \"b\" (opened in line 1)");
    fails("x{{/a}}", 1, 2, "closes nothing");
    fails("x\ny {{name", 2, 3, "never closed; expected }}");
    fails("{{{name}}", 1, 1, "never closed; expected }}}");
    fails("{{%FILTERS}}", 1, 1, "unknown tag");
    fails("{{*name}}", 1, 1, "unknown tag");
    fails("{{}}", 1, 1, "without a name");
    fails("{{#}}{{/}}", 1, 1, "without a name");
    fails("{{a b}}", 1, 1, "blank");
    fails("{{a..b}}", 1, 1, "empty part");
    fails("{{=x=}}", 1, 1, "two sequences");
    fails("{{=a=b c=}}", 1, 1, "two sequences");
    fails("{{!", 1, 1, "never closed");
}

static void a_fault_in_a_partial_names_the_partial(void **state)
{
    (void)state;
    fails_with("x {{>bad}}", partials, "bad", 2, 2, "\"open\" is never closed");
}

static void a_template_that_includes_itself_ends_with_an_error(void **state)
{
    (void)state;
    static const char *const loops[] = {
        "self", "{{<self}}{{/self}}", "a", "\n {{>b}}\n", "b", " {{>a}}\n", NULL};
    fails_with("{{>loop}}", partials, "loop", 1, 2, "include itself");
    fails_with("{{<self}}{{/self}}", loops, "self", 1, 1, "include itself");
    struct arena arena = ARENA_INIT;
    struct outcome outcome = expand_with(slice_of("{{>a}}"), data(&arena), loops, NULL);
    assert_int_equal(outcome.result, -1);
    buffer_release(&outcome.text);
    arena_release(&arena);
}

static void nesting_that_the_data_bounds_has_room(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct outcome outcome =
        expand_with(slice_of("{{#tree}}{{>node}}{{/tree}}"), data(&arena), partials, NULL);
    assert_int_equal(outcome.result, 0);
    buffer_release(&outcome.text);
    outcome = expand_with(slice_of("{{#tall}}{{>node}}{{/tall}}"), data(&arena), partials, NULL);
    assert_int_equal(outcome.result, -1);
    buffer_release(&outcome.text);
    arena_release(&arena);
}

static void a_deeply_nested_template_ends_with_an_error(void **state)
{
    (void)state;
    struct buffer template = BUFFER_INIT;
    for (int i = 0; i < 100000; i++)
        buffer_add_text(&template, "{{#yes}}");
    for (int i = 0; i < 100000; i++)
        buffer_add_text(&template, "{{/yes}}");
    struct arena arena = ARENA_INIT;
    struct outcome outcome = expand_with(buffer_slice(&template), data(&arena), NULL, NULL);
    assert_int_equal(outcome.result, -1);
    assert_non_null(strstr(outcome.error.text, "levels deep"));
    buffer_release(&outcome.text);
    buffer_release(&template);
    arena_release(&arena);
}

static void the_document_has_a_ceiling(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct mustache_options small = {.ceiling = 100};
    struct view *view = view_object(&arena);
    view_set(&arena, view, "list", numbered(&arena, 50));
    struct outcome outcome = expand_with(slice_of("{{#list}}{{n}}{{/list}}"), view, NULL, &small);
    assert_int_equal(outcome.result, 0);
    buffer_release(&outcome.text);
    outcome = expand_with(slice_of("{{#list}}{{n}},{{/list}}"), view, NULL, &small);
    assert_int_equal(outcome.result, -1);
    assert_non_null(strstr(outcome.error.text, "over 100 bytes"));
    buffer_release(&outcome.text);
    arena_release(&arena);
}

static void strictness_makes_a_slip_an_error(void **state)
{
    (void)state;
    fails_with("a\n{{>absent}}", partials, "main", 2, 1, "no partial called \"absent\"");
    fails("{{list}}", 1, 1, "is a list");
    fails("{{box}}", 1, 1, "is an object");
    gives("[{{list}}{{box}}]", "[]");
}

UNIT_MAIN(cmocka_unit_test(a_name_is_replaced_by_its_value),
    cmocka_unit_test(what_a_value_holds_is_not_expanded_again),
    cmocka_unit_test(a_value_is_escaped_unless_the_tag_says_raw),
    cmocka_unit_test(a_dotted_name_goes_down_from_where_its_first_part_is_found),
    cmocka_unit_test(a_first_part_that_is_found_hides_those_further_out),
    cmocka_unit_test(texts_with_nul_pass_through),
    cmocka_unit_test(a_section_stands_for_what_is_true),
    cmocka_unit_test(a_section_over_a_list_stands_once_an_item),
    cmocka_unit_test(the_same_section_may_nest), cmocka_unit_test(the_root_may_be_any_value),
    cmocka_unit_test(a_tag_alone_on_its_line_takes_the_line_with_it),
    cmocka_unit_test(other_lines_keep_their_blanks),
    cmocka_unit_test(delimiters_change_from_their_tag_on),
    cmocka_unit_test(a_partial_stands_where_its_tag_stood),
    cmocka_unit_test(a_partial_alone_on_its_line_is_indented_as_its_tag),
    cmocka_unit_test(a_dynamic_name_is_the_value_of_its_name),
    cmocka_unit_test(a_block_stands_for_its_default_unless_it_is_overridden),
    cmocka_unit_test(the_argument_from_furthest_out_counts),
    cmocka_unit_test(an_argument_does_not_see_itself),
    cmocka_unit_test(an_override_is_indented_as_the_block_it_replaces),
    cmocka_unit_test(a_dynamic_parent_closes_under_its_name),
    cmocka_unit_test(a_lambda_gives_a_template_in_the_usual_delimiters),
    cmocka_unit_test(a_lambda_is_called_anew_for_each_tag),
    cmocka_unit_test(a_section_lambda_gets_its_text_unexpanded),
    cmocka_unit_test(a_finished_lambda_writes_as_it_likes),
    cmocka_unit_test(a_lambda_that_fails_names_its_tag),
    cmocka_unit_test(a_fault_says_where_it_begins),
    cmocka_unit_test(a_fault_in_a_partial_names_the_partial),
    cmocka_unit_test(a_template_that_includes_itself_ends_with_an_error),
    cmocka_unit_test(nesting_that_the_data_bounds_has_room),
    cmocka_unit_test(a_deeply_nested_template_ends_with_an_error),
    cmocka_unit_test(the_document_has_a_ceiling),
    cmocka_unit_test(strictness_makes_a_slip_an_error))
