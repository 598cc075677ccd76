/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json.h"

static void nodes_lie_in_the_order_of_the_text(void **state)
{
    (void)state;
    struct json_document document = parsed(" {\"a\": [1, 2], \"b\": \"x\"} ");
    static const struct {
        enum json_type type;
        uint32_t start, end, after;
    } expected[] = {{JSON_OBJECT, 1, 24, 7}, {JSON_STRING, 2, 5, 2}, {JSON_ARRAY, 7, 13, 5},
        {JSON_NUMBER, 8, 9, 4}, {JSON_NUMBER, 11, 12, 5}, {JSON_STRING, 15, 18, 6},
        {JSON_STRING, 20, 23, 7}};
    assert_int_equal(document.count, 7);
    for (uint32_t i = 0; i < 7; i++) {
        assert_int_equal(json_type(&document, i), expected[i].type);
        assert_int_equal(document.nodes[i].start, expected[i].start);
        assert_int_equal(document.nodes[i].end, expected[i].end);
        assert_int_equal(document.nodes[i].after, expected[i].after);
    }
    assert_slice(json_raw(&document, 0), "{\"a\": [1, 2], \"b\": \"x\"}");
    assert_slice(json_raw(&document, 6), "x");
    json_release(&document);
}

static void every_kind_of_value_may_be_the_root(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum json_type type;
    } cases[] = {{"null", JSON_NULL}, {"true", JSON_TRUE}, {"false", JSON_FALSE},
        {"-0.5e-3", JSON_NUMBER}, {"0", JSON_NUMBER}, {"\"\"", JSON_STRING}, {"[]", JSON_ARRAY},
        {"{}", JSON_OBJECT}, {" \t\r\n{ } \n", JSON_OBJECT},
        {"1e00000000000000000000000005", JSON_NUMBER}};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct json_document document = parsed(cases[i].text);
        assert_int_equal(json_type(&document, 0), cases[i].type);
        assert_int_equal(document.count, 1);
        json_release(&document);
    }
}

static void flags_tell_how_a_scalar_is_written(void **state)
{
    (void)state;
    struct json_document document =
        parsed("[1, -2, 3.5, -4e5, 6.0E+7, \"plain\", \"\\n\", \"\xc3\xa4\", \"\\t\xc3\xa4\"]");
    static const unsigned expected[] = {0, 0, JSON_NEGATIVE, JSON_FRACTION,
        JSON_NEGATIVE | JSON_EXPONENT, JSON_FRACTION | JSON_EXPONENT, 0, JSON_ESCAPED, JSON_WIDE,
        JSON_ESCAPED | JSON_WIDE};
    for (uint32_t i = 1; i < document.count; i++)
        assert_int_equal(document.nodes[i].flags, expected[i]);
    json_release(&document);
}

static void members_are_found_by_name(void **state)
{
    (void)state;
    struct json_document document = parsed(
        "{\"a\": 1, \"long_name_of_a_member\": 2, \"\\u0062\\n\": 3, \"\": 4, \"x\\u0000y\": 5}");
    uint32_t node = json_get(&document, 0, "long_name_of_a_member");
    assert_slice(json_raw(&document, node), "2");
    assert_slice(json_raw(&document, json_get(&document, 0, "b\n")), "3");
    assert_slice(json_raw(&document, json_get(&document, 0, "")), "4");
    assert_slice(json_raw(&document, json_get_slice(&document, 0, (struct slice){"x\0y", 3})), "5");
    assert_int_equal(json_get(&document, 0, "long_name_of_another_m"), JSON_NONE);
    assert_int_equal(json_get(&document, node, "a"), JSON_NONE);
    assert_int_equal(json_count(&document, 0), 5);
    json_release(&document);
}

static void a_walk_sees_each_member_and_each_item_once(void **state)
{
    (void)state;
    struct json_document document = parsed("{\"a\": [[1], {}, 2], \"b\": {\"c\": {}}, \"d\": 0}");
    char seen[16] = "";
    for (uint32_t key = json_first(&document, 0); key != json_end(&document, 0);
         key = json_after(&document, key + 1))
        strncat(seen, json_raw(&document, key).data, 1);
    assert_string_equal(seen, "abd");
    uint32_t array = json_get(&document, 0, "a"), items = 0;
    for (uint32_t item = json_first(&document, array); item != json_end(&document, array);
         item = json_after(&document, item))
        items++;
    assert_int_equal(items, 3);
    assert_int_equal(json_count(&document, array), 3);
    json_release(&document);
}

static void strings_are_decoded_only_where_they_have_escapes(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct json_document document =
        parsed("[\"plain\", \"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"\\u00e4\\u20AC\\ud83d\\ude00z\", "
               "\"\\udbff\\udfff\\ud800\\udc00\"]");
    struct slice plain = json_string(&document, 1, &arena);
    assert_ptr_equal(plain.data, document.text + 2);
    assert_slice(json_string(&document, 2, &arena), "\"\\/\b\f\n\r\t");
    assert_slice(json_string(&document, 3, &arena), "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80z");
    assert_slice(json_string(&document, 4, &arena), "\xf4\x8f\xbf\xbf\xf0\x90\x80\x80");
    assert_true(json_string_is(&document, 3, slice_of("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80z")));
    assert_false(json_string_is(&document, 3, slice_of("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80")));
    assert_false(json_string_is(&document, 2, slice_of("\"\\/\b\f\n\r\t ")));
    json_release(&document);
    arena_release(&arena);
}

static void a_pointer_leads_to_its_node_and_back(void **state)
{
    (void)state;
    struct json_document document =
        parsed("{\"a/b\": [10, {\"m~n\": \"x\"}, 30], \"\": {\"\": 1}, \"\\u0041\": 2}");
    static const struct {
        const char *pointer, *raw;
    } cases[] = {
        {"/a~1b/0", "10"}, {"/a~1b/1/m~0n", "x"}, {"/a~1b/2", "30"}, {"//", "1"}, {"/A", "2"}};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        uint32_t node;
        struct buffer pointer = BUFFER_INIT;
        assert_true(json_pointer_find(&document, slice_of(cases[i].pointer), &node));
        assert_slice(json_raw(&document, node), cases[i].raw);
        json_pointer_of(&document, node, &pointer);
        assert_string_equal(buffer_text(&pointer), cases[i].pointer);
        buffer_release(&pointer);
    }
    static const char *const wrong[] = {"a", "/a", "/a~1b/3", "/a~1b/01", "/a~1b/-", "/a~1b/",
        "/a~1b/0/0", "/a~2b", "/a~", "/a~1b/4294967296", "/a~1b/1x"};
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
        uint32_t node;
        assert_false(json_pointer_find(&document, slice_of(wrong[i]), &node));
    }
    uint32_t root = 9;
    assert_true(json_pointer_find(&document, slice_of(""), &root));
    assert_int_equal(root, 0);
    json_release(&document);
}

static void a_key_has_the_pointer_of_its_member(void **state)
{
    (void)state;
    struct json_document document = parsed("[{\"a\": 1, \"b\": 2}]");
    struct buffer pointer = BUFFER_INIT;
    json_pointer_of(&document, json_get(&document, 1, "b") - 1, &pointer);
    assert_string_equal(buffer_text(&pointer), "/0/b");
    buffer_release(&pointer);
    json_release(&document);
}

static void a_position_counts_lines_and_bytes_from_one(void **state)
{
    (void)state;
    struct json_document document = parsed("[\n\n  1,\n 2]");
    uint64_t line, column;
    json_position(&document, document.nodes[1].start, &line, &column);
    assert_int_equal(line, 3);
    assert_int_equal(column, 3);
    json_position(&document, 0, &line, &column);
    assert_int_equal(line, 1);
    assert_int_equal(column, 1);
    json_release(&document);
}

static void the_last_of_two_equal_keys_counts_on_request(void **state)
{
    (void)state;
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    struct json_options options = {.keys = JSON_KEYS_LAST};
    const char *text = "{\"a\": 1, \"b\": 2, \"\\u0061\": 3, \"c\": {\"a\": 0}, \"a\": 4}";
    assert_int_equal(json_parse_copy(&document, slice_of(text), &options, &error), 0);
    assert_int_equal(json_count(&document, 0), 3);
    assert_slice(json_raw(&document, json_get(&document, 0, "a")), "4");
    assert_slice(json_raw(&document, json_get(&document, 0, "b")), "2");
    json_release(&document);
}

static void a_hundred_thousand_keys_are_searched_for_duplicates(void **state)
{
    (void)state;
    struct buffer text = BUFFER_INIT;
    struct error error = ERROR_INIT;
    struct json_document document = JSON_DOCUMENT_INIT;
    /* Alike in length, first and last bytes: the worst for the cheap hash. */
    for (int i = 0; i < 100000; i++)
        buffer_add_format(&text, "%c\"12345678%06d87654321\":%d", i ? ',' : '{', i, i);
    size_t size = text.size;
    buffer_add_char(&text, '}');
    assert_int_equal(json_parse_copy(&document, buffer_slice(&text), NULL, &error), 0);
    assert_int_equal(json_count(&document, 0), 100000);

    text.size = size;
    buffer_add_text(&text, ",\"1234567800007787654321\":0}");
    assert_int_equal(json_parse_copy(&document, buffer_slice(&text), NULL, &error), -1);
    assert_int_equal(error.column, size + 2);
    assert_string_equal(error.pointer, "/1234567800007787654321");
    buffer_release(&text);
    json_release(&document);
}

static void a_document_that_is_warm_allocates_nothing(void **state)
{
    (void)state;
    struct json_document document = parsed("{\"a\": [1, 2, 3], \"b\": {\"c\": \"d\"}}\n");
    const struct json_node *nodes = document.nodes;
    uint32_t capacity = document.capacity;
    for (int i = 0; i < 100; i++) {
        struct error error = ERROR_INIT;
        assert_int_equal(json_parse_copy(&document, slice_of("[{\"x\": null}]"), NULL, &error), 0);
    }
    assert_ptr_equal(document.nodes, nodes);
    assert_int_equal(document.capacity, capacity);
    json_release(&document);
}

static void what_follows_the_text_does_not_matter(void **state)
{
    (void)state;
    static const char *const after[] = {"3]", "\"x\"", "  ", "\n", "", ",1]", ".5", "e9"};
    for (size_t i = 0; i < ARRAY_SIZE(after); i++) {
        struct error error = ERROR_INIT;
        struct json_document document = JSON_DOCUMENT_INIT;
        char text[128] = "";
        snprintf(text, sizeof text, "12%s", after[i]);
        assert_int_equal(json_parse(&document, text, 2, NULL, &error), 0);
        assert_slice(json_raw(&document, 0), "12");
        snprintf(text, sizeof text, "[1, %s", after[i]);
        assert_int_equal(json_parse(&document, text, 4, NULL, &error), -1);
        json_release(&document);
    }
}

static void a_line_is_read_in_place(void **state)
{
    (void)state;
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    /* As a block of lines holds it: with its newline or before it, others after it. */
    char block[128] = "{\"a\": 1}\n{\"b\": 2}\n";
    assert_int_equal(json_parse(&document, block, 9, NULL, &error), 0);
    assert_ptr_equal(document.text, block);
    assert_int_equal(document.size, 9);
    assert_int_equal(json_parse(&document, block, 8, NULL, &error), 0);
    assert_ptr_equal(document.text, block);
    /* Nothing but the next value behind it: a copy, and the same answer. */
    block[8] = '{';
    assert_int_equal(json_parse(&document, block, 8, NULL, &error), 0);
    assert_ptr_not_equal(document.text, block);
    assert_slice(json_raw(&document, json_get(&document, 0, "a")), "1");
    json_release(&document);
}

static void values_are_equal_by_what_they_say(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool equal;
    } cases[] = {{"1", "1.0", true}, {"100", "1e2", true}, {"0.1", "0.10000000000000000001", false},
        {"9007199254740992", "9007199254740993", false}, {"-0", "0.0", true},
        {"\"a\"", "\"\\u0061\"", true}, {"\"a\"", "\"b\"", false}, {"1", "true", false},
        {"[1, 2]", "[1,2.0]", true}, {"[1, 2]", "[2, 1]", false}, {"[1]", "[1, 2]", false},
        {"[1, 2]", "[1]", false}, {"{\"a\": 1, \"b\": [2]}", "{\"b\": [2], \"a\": 1}", true},
        {"{\"a\": 1}", "{\"a\": 2}", false}, {"{\"a\": 1}", "{\"b\": 1}", false},
        {"{\"a\": 1}", "{}", false}, {"null", "null", true}, {"true", "false", false}};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct json_document a = parsed(cases[i].a), b = parsed(cases[i].b);
        if (json_equal(&a, 0, &b, 0) != cases[i].equal ||
            json_equal(&b, 0, &a, 0) != cases[i].equal)
            fail_msg("%s and %s", cases[i].a, cases[i].b);
        json_release(&a);
        json_release(&b);
    }
}

UNIT_MAIN(cmocka_unit_test(nodes_lie_in_the_order_of_the_text),
    cmocka_unit_test(every_kind_of_value_may_be_the_root),
    cmocka_unit_test(flags_tell_how_a_scalar_is_written),
    cmocka_unit_test(members_are_found_by_name),
    cmocka_unit_test(a_walk_sees_each_member_and_each_item_once),
    cmocka_unit_test(strings_are_decoded_only_where_they_have_escapes),
    cmocka_unit_test(a_pointer_leads_to_its_node_and_back),
    cmocka_unit_test(a_key_has_the_pointer_of_its_member),
    cmocka_unit_test(a_position_counts_lines_and_bytes_from_one),
    cmocka_unit_test(the_last_of_two_equal_keys_counts_on_request),
    cmocka_unit_test(a_hundred_thousand_keys_are_searched_for_duplicates),
    cmocka_unit_test(a_document_that_is_warm_allocates_nothing),
    cmocka_unit_test(what_follows_the_text_does_not_matter),
    cmocka_unit_test(a_line_is_read_in_place), cmocka_unit_test(values_are_equal_by_what_they_say))
