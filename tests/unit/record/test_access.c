/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "record/access.h"

enum { NAME, UNIT, SAMPLES };
static const struct slice names[] = {
    [NAME] = SLICE("name"),
    [UNIT] = SLICE("unit"),
    [SAMPLES] = SLICE("samples"),
};

static struct json_document document;
static uint32_t nodes[ARRAY_SIZE(names)];

static int tear_down(void **state)
{
    (void)state;
    json_release(&document);
    return 0;
}

static void find(const char *text, uint32_t object)
{
    struct json_options options = {.keys = JSON_KEYS_LAST};
    struct error error = ERROR_INIT;
    assert_int_equal(json_parse_copy(&document, slice_of(text), &options, &error), 0);
    access_members(nodes, &document, object, names, ARRAY_SIZE(names));
}

static void same_as_one_by_one(const char *text)
{
    find(text, ACCESS_ROOT);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        assert_int_equal(nodes[i], json_get_slice(&document, 0, names[i]));
}

static void members_are_found_in_any_order_and_among_strangers(void **state)
{
    (void)state;
    same_as_one_by_one("{\"name\": 1, \"unit\": 2, \"samples\": [3]}");
    same_as_one_by_one("{\"samples\": [3], \"unit\": {\"name\": 0}, \"name\": 1}");
    same_as_one_by_one("{\"more\": 1, \"unit\": 2, \"nameless\": 3, \"names\": 4, \"name\": 5}");
    assert_true(nodes[NAME] != JSON_NONE);
    assert_int_equal(nodes[SAMPLES], JSON_NONE);
}

static void an_escaped_key_is_found_and_of_a_repeated_one_the_last(void **state)
{
    (void)state;
    same_as_one_by_one("{\"n\\u0061me\": 1, \"unit\": 2, \"unit\": 3}");
    assert_true(json_raw(&document, nodes[NAME]).data[0] == '1');
    assert_true(json_raw(&document, nodes[UNIT]).data[0] == '3');
}

static void what_is_no_object_has_no_members(void **state)
{
    (void)state;
    static const char *const texts[] = {"[\"name\", 1]", "\"name\"", "{}"};
    for (size_t t = 0; t < ARRAY_SIZE(texts); t++) {
        find(texts[t], ACCESS_ROOT);
        for (size_t i = 0; i < ARRAY_SIZE(names); i++)
            assert_int_equal(nodes[i], JSON_NONE);
    }
    find("{\"name\": 1}", JSON_NONE);
    assert_int_equal(nodes[NAME], JSON_NONE);
}

#define CASE(name) cmocka_unit_test_teardown(name, tear_down)

UNIT_MAIN(CASE(members_are_found_in_any_order_and_among_strangers),
    CASE(an_escaped_key_is_found_and_of_a_repeated_one_the_last),
    CASE(what_is_no_object_has_no_members))
