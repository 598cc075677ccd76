/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/memory.h"
#include "document/front.h"
#include "document/view_json.h"
#include "record/kind.h"
#include "schema/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void front_matter_stands_between_two_lines_of_hyphens(void **state)
{
    (void)state;
    struct front_parts parts = front_split(slice_of("---\ntitle: x\n---\nbody\n"));
    assert_true(slice_is(parts.yaml, "title: x\n"));
    assert_true(slice_is(parts.body, "body\n"));
    assert_int_equal(parts.body_line, 4);
    parts = front_split(slice_of("---\r\na: 1\r\n---\r\nb"));
    assert_true(slice_is(parts.body, "b"));
    parts = front_split(slice_of("---\n---"));
    assert_true(slice_is(parts.yaml, ""));
    assert_true(slice_is(parts.body, ""));
}

static void a_text_without_front_matter_is_all_body(void **state)
{
    static const char *const texts[] = {
        "", "a", "----\na\n---\n", "---\nnever closed\n", " ---\n---\n"};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        struct front_parts parts = front_split(slice_of(texts[i]));
        assert_null(parts.yaml.data);
        assert_true(slice_is(parts.body, texts[i]));
        assert_int_equal(parts.body_line, 1);
    }
}

static struct schema *schema_of_the_tree(void)
{
    struct buffer text = BUFFER_INIT;
    struct schema *schema = NULL;
    struct schema_options options = {.dialect = SCHEMA_2020_12, .formats = SCHEMA_FORMATS_ANNOTATE};
    FILE *file = fopen("schemas/template-v1.0.schema.json", "r");
    assert_non_null(file);
    for (size_t got = 1; got > 0;) {
        char *room = buffer_room(&text, 4096);
        got = fread(room, 1, 4096, file);
        buffer_wrote(&text, got);
    }
    fclose(file);
    size_t size = text.size;
    for (int i = 0; i < JSON_PADDING; i++)
        buffer_add_char(&text, ' ');
    struct error error = ERROR_INIT;
    if (schema_compile(&schema, text.data, size, &options, &error) != 0)
        fail_msg("%s", error.text);
    buffer_release(&text);
    return schema;
}

struct told {
    int count;
    uint64_t line, column;
};

static void tell(void *context, const struct error *error)
{
    struct told *told = context;
    told->count++;
    told->line = error->line;
    told->column = error->column;
}

static int read_front(struct front *front, const char *yaml, struct arena *arena, struct told *told)
{
    struct schema *schema = schema_of_the_tree();
    const struct config_faults faults = {tell, told};
    struct error error = ERROR_INIT;
    int result = front_read(front, slice_of(yaml), "t", schema, &faults, arena, &error);
    if (result != 0 && told->count == 0) {
        told->line = error.line;
        told->column = error.column;
    }
    schema_free(schema);
    return result;
}

static void front_matter_says_what_is_asked_for(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct front front;
    struct told told = {0, 0, 0};
    assert_int_equal(read_front(&front,
                         "title: T\nkinds: [comparison]\ncolumns: [a, b]\nlists:\n"
                         "  x.rows: {sort: m.value, descending: true, limit: 2, group: g}\n",
                         &arena, &told),
        0);
    assert_true(slice_is(front.title, "T"));
    assert_int_equal(front.kinds, 1u << RECORD_COMPARISON);
    assert_int_equal(front.column_count, 2);
    assert_true(slice_is(front.columns[1], "b"));
    assert_true(slice_is(front.lists[0].path, "x.rows"));
    assert_true(slice_is(front.lists[0].sort, "m.value"));
    assert_true(slice_is(front.lists[0].group, "g"));
    assert_true(front.lists[0].descending);
    assert_int_equal(front.lists[0].limit, 2);
    arena_release(&arena);
}

static void a_fault_has_its_line_in_the_file(void **state)
{
    static const struct {
        const char *yaml;
        unsigned line, column;
    } cases[] = {{"title: x\ntitel: y\n", 3, 8}, {"kinds: [run]\n", 2, 9},
        {"lists:\n  a: {limit: -1}\n", 3, 14}, {"title: [\n", 3, 1}};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct arena arena = ARENA_INIT;
        struct front front;
        struct told told = {0, 0, 0};
        assert_int_equal(read_front(&front, cases[i].yaml, &arena, &told), -1);
        assert_int_equal(told.line, cases[i].line);
        assert_int_equal(told.column, cases[i].column);
        arena_release(&arena);
    }
}

/* Arranges the list "p.l" of the JSON, and gives the whole as JSON. */
static void arranged(const char *json, struct front_list wish, const char *expected)
{
    struct arena arena = ARENA_INIT;
    struct json_document document = JSON_DOCUMENT_INIT;
    struct buffer out = BUFFER_INIT;
    struct error error = ERROR_INIT;
    assert_int_equal(json_parse_copy(&document, slice_of(json), NULL, &error), 0);
    struct view *root = view_from_json(&arena, &document, 0);
    wish.path = slice_of("p.l");
    struct front front = {.lists = &wish, .list_count = 1};
    if (front_arrange(&front, &arena, root, &error) == 0) {
        struct json_writer writer = json_writer(&out, 0);
        view_write(&writer, root);
    } else {
        buffer_add_text(&out, error.text);
    }
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
    json_release(&document);
    arena_release(&arena);
}

static void a_list_is_sorted_by_a_member_and_the_unknown_comes_last(void **state)
{
    struct front_list up = {.sort = {"v.n", 3}, .limit = -1};
    struct front_list down = {.sort = {"v.n", 3}, .limit = -1, .descending = true};
    (void)state;
    arranged("{\"p\":{\"l\":[{\"v\":{\"n\":10}},{\"v\":{\"n\":null}},{\"v\":{\"n\":9}},{}]}}", up,
        "{\"p\":{\"l\":[{\"v\":{\"n\":9}},{\"v\":{\"n\":10}},{\"v\":{\"n\":null}},{}]}}");
    arranged("{\"p\":{\"l\":[{\"v\":{\"n\":9}},{},{\"v\":{\"n\":10}}]}}", down,
        "{\"p\":{\"l\":[{\"v\":{\"n\":10}},{\"v\":{\"n\":9}},{}]}}");
    arranged("{\"p\":{\"l\":[{\"v\":{\"n\":\"b\"}},{\"v\":{\"n\":\"A\"}},{\"v\":{\"n\":1}}]}}", up,
        "{\"p\":{\"l\":[{\"v\":{\"n\":1}},{\"v\":{\"n\":\"A\"}},{\"v\":{\"n\":\"b\"}}]}}");
}

static void what_is_cut_is_counted(void **state)
{
    struct front_list two = {.limit = 2}, none = {.limit = 0}, many = {.limit = 9};
    (void)state;
    arranged("{\"p\":{\"l\":[1,2,3]}}", two, "{\"p\":{\"l\":[1,2],\"more\":1}}");
    arranged("{\"p\":{\"l\":[1,2,3],\"more\":4}}", none, "{\"p\":{\"l\":[],\"more\":7}}");
    arranged("{\"p\":{\"l\":[1,2,3]}}", many, "{\"p\":{\"l\":[1,2,3]}}");
}

static void groups_stand_beside_the_list(void **state)
{
    struct front_list group = {.limit = -1, .group = {"g", 1}};
    (void)state;
    arranged("{\"p\":{\"l\":[{\"g\":\"b\"},{\"g\":\"a\"},{\"g\":\"b\"},{}]}}", group,
        "{\"p\":{\"l\":[{\"g\":\"b\"},{\"g\":\"a\"},{\"g\":\"b\"},{}],\"groups\":["
        "{\"key\":\"b\",\"rows\":[{\"g\":\"b\"},{\"g\":\"b\"}],\"count\":2},"
        "{\"key\":\"a\",\"rows\":[{\"g\":\"a\"}],\"count\":1},"
        "{\"key\":null,\"rows\":[{}],\"count\":1}]}}");
}

/* A document of ten bytes and one for each item of a and b. */
struct fitting {
    const struct view *root;
    int renderings;
};

static int render(void *context, size_t *size, struct error *error)
{
    struct fitting *fitting = context;
    (void)error;
    fitting->renderings++;
    *size = 10 + view_count(view_get(view_get(fitting->root, slice_of("a")), slice_of("l"))) +
            view_count(view_get(view_get(fitting->root, slice_of("b")), slice_of("l")));
    return 0;
}

static struct view *with_list(struct arena *arena, int count)
{
    struct view *object = view_object(arena), *list = view_list(arena);
    for (int i = 0; i < count; i++)
        view_append(arena, list, view_integer(arena, i));
    view_set(arena, object, "l", list);
    return object;
}

/* So many items of a and b are left in a document of at most so many bytes; -1: it does not fit. */
static void fits(int64_t bytes, int a_left, int b_left)
{
    struct slice shorten[] = {{"a.l", 3}, {"gone.l", 6}, {"b.l", 3}};
    struct front front = {.bytes = bytes, .shorten = shorten, .shorten_count = 3};
    struct arena arena = ARENA_INIT;
    struct view *root = view_object(&arena);
    struct fitting fitting = {root, 0};
    const struct front_render rendering = {render, &fitting};
    struct error error = ERROR_INIT;
    view_set(&arena, root, "a", with_list(&arena, 100));
    view_set(&arena, root, "b", with_list(&arena, 50));
    int result = front_fit(&front, &arena, root, &rendering, &error);
    assert_int_equal(result, a_left < 0 ? -1 : 0);
    assert_true(fitting.renderings < 30);
    for (int i = 0; i < 2 && a_left >= 0; i++) {
        const struct view *parent = view_get(root, slice_of(i == 0 ? "a" : "b"));
        const struct view *more = view_get(parent, slice_of("more"));
        int left = i == 0 ? a_left : b_left, whole = i == 0 ? 100 : 50;
        assert_int_equal(view_count(view_get(parent, slice_of("l"))), left);
        if (left < whole)
            assert_int_equal(strtol(more->as.text.data, NULL, 10), whole - left);
        else
            assert_true(!more || more->type == VIEW_NULL);
    }
    arena_release(&arena);
}

static void a_document_that_is_too_long_loses_the_ends_of_its_lists_in_order(void **state)
{
    (void)state;
    fits(0, 100, 50);
    fits(160, 100, 50);
    fits(159, 99, 50);
    fits(110, 50, 50);
    fits(60, 0, 50);
    fits(59, 0, 49);
    fits(10, 0, 0);
    fits(9, -1, -1);
}

static void what_is_no_list_cannot_be_arranged(void **state)
{
    struct front_list two = {.limit = 2};
    (void)state;
    arranged("{\"p\":{\"l\":1}}", two,
        "the front matter arranges \"p.l\", which is a number; expected a list");
    arranged("{\"p\":{}}", two, "{\"p\":{}}");
    arranged("{\"p\":1}", two, "{\"p\":1}");
}

UNIT_MAIN(cmocka_unit_test(front_matter_stands_between_two_lines_of_hyphens),
    cmocka_unit_test(a_text_without_front_matter_is_all_body),
    cmocka_unit_test(front_matter_says_what_is_asked_for),
    cmocka_unit_test(a_fault_has_its_line_in_the_file),
    cmocka_unit_test(a_list_is_sorted_by_a_member_and_the_unknown_comes_last),
    cmocka_unit_test(what_is_cut_is_counted), cmocka_unit_test(groups_stand_beside_the_list),
    cmocka_unit_test(a_document_that_is_too_long_loses_the_ends_of_its_lists_in_order),
    cmocka_unit_test(what_is_no_list_cannot_be_arranged))
