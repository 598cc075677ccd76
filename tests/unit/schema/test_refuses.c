/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

#include <stdlib.h>
#include <string.h>

/* The schema is refused, at that place and with these words in the message. */
static void wrong_with(const char *schema_text, enum schema_dialect dialect, uint64_t line,
    uint64_t column, const char *pointer, const char *words)
{
    struct error error = ERROR_INIT;
    struct schema_options options = {.dialect = dialect, .formats = SCHEMA_FORMATS_ASSERT};
    struct schema *schema = compile_with(schema_text, &options, &error);
    assert_null(schema);
    assert_int_equal(error.code, ERROR_CONTENT);
    if (!strstr(error.text, words))
        fail_msg("\"%s\" lacks \"%s\"", error.text, words);
    assert_string_equal(error.pointer, pointer);
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
}

static void wrong(
    const char *schema_text, uint64_t line, uint64_t column, const char *pointer, const char *words)
{
    wrong_with(schema_text, SCHEMA_2020_12, line, column, pointer, words);
}

static void a_schema_that_is_not_json_is_an_error_with_its_place(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct schema_options options = {.dialect = SCHEMA_2020_12};
    assert_null(compile_with("{\n  \"type\": }", &options, &error));
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 11);
}

static void a_value_of_the_wrong_kind_is_found_by_the_meta_schema(void **state)
{
    (void)state;
    wrong("{\"properties\":{\"a\":{\n\"minLength\":\"3\"}}}", 2, 13, "/properties/a/minLength",
        "\"3\" is a string; expected a whole number");
    wrong("{\"type\":\"strin\"}", 1, 9, "/type", "did you mean \"string\"?");
    wrong("[]", 1, 1, "", "expected true or false or an object");
    wrong("{\"$defs\":{\"a\":{\"required\":\"x\"}}}", 1, 27, "/$defs/a/required",
        "expected an array");
    wrong_with("{\"minimum\":\"1\"}", SCHEMA_DRAFT_04, 1, 12, "/minimum", "expected a number");
    wrong_with("{\"minimum\":1,\"exclusiveMinimum\":1}", SCHEMA_DRAFT_04, 1, 33,
        "/exclusiveMinimum", "expected true or false");
}

static void a_pattern_that_cannot_be_compiled_is_an_error(void **state)
{
    (void)state;
    wrong("{\"pattern\":\"a(b\"}", 1, 12, "/pattern", "wrong at character 4");
    wrong("{\"patternProperties\":{\"\\\\Z\":true}}", 1, 23, "/patternProperties/\\Z",
        "no such escape");
}

static void a_reference_that_leads_nowhere_names_what_it_looked_for(void **state)
{
    (void)state;
    wrong("{\"$ref\":\"#/$defs/x\"}", 1, 9, "/$ref", "this schema has nothing at /$defs/x");
    wrong("{\"$ref\":\"#x\"}", 1, 9, "/$ref", "no anchor \"x\"");
    wrong("{\"items\":{\"$ref\":\"http://example.org/other.json\"}}", 1, 18, "/items/$ref",
        "no schema is known under http://example.org/other.json");
    wrong("{\"$id\":\"http://example.org/a/\",\"$ref\":\"../b.json#/c\"}", 1, 39, "/$ref",
        "http://example.org/b.json");
}

static void a_dialect_that_is_not_known_is_an_error(void **state)
{
    (void)state;
    wrong("{\"$schema\":\"http://example.org/mine\"}", 1, 12, "/$schema",
        "the dialect http://example.org/mine is not known");
}

static void a_reference_that_never_ends_is_an_error(void **state)
{
    (void)state;
    wrong("{\"$ref\":\"#\"}", 1, 1, "", "refers to itself");
    wrong(
        "{\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"allOf\":[{\"$ref\":\"#/$defs/a\"}]}},"
        "\"items\":{\"$ref\":\"#/$defs/a\"}}",
        1, 50, "/$defs/b/allOf/0", "refers to itself");
    /* Going deeper in the document ends. */
    struct schema *schema =
        compile("{\"properties\":{\"a\":{\"$ref\":\"#\"}},\"type\":\"object\"}");
    struct error error = ERROR_INIT;
    assert_int_equal(verdict_of(schema, "{\"a\":{\"a\":{}}}", &error), SCHEMA_ACCEPTED);
    assert_int_equal(verdict_of(schema, "{\"a\":{\"a\":1}}", &error), SCHEMA_REFUSED);
    schema_free(schema);
}

/* A resolver with one document. */
struct shelf {
    const char *uri, *text;
};

static int find_on_shelf(
    void *context, const char *uri, char **text, size_t *size, struct error *error)
{
    const struct shelf *shelf = context;
    if (strcmp(uri, "http://example.org/broken") == 0)
        return error_set(error, ERROR_INPUT, "the disk is gone");
    if (strcmp(uri, shelf->uri) != 0)
        return 0;
    *size = strlen(shelf->text);
    *text = calloc(*size + JSON_PADDING, 1);
    assert_non_null(*text);
    memcpy(*text, shelf->text, *size);
    return 1;
}

static enum schema_verdict with_shelf(
    const char *schema, const struct shelf *shelf, const char *text, struct error *error)
{
    struct schema_options options = {.dialect = SCHEMA_2020_12,
        .uri = "http://example.org/main.json",
        .resolver = {find_on_shelf, (void *)(uintptr_t)shelf}};
    struct schema *compiled = compile_with(schema, &options, error);
    if (!compiled)
        return SCHEMA_UNDECIDED;
    enum schema_verdict verdict = verdict_of(compiled, text, error);
    schema_free(compiled);
    return verdict;
}

static void a_resolver_finds_other_documents(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct shelf shelf = {"http://example.org/other.json",
        "{\"$defs\":{\"n\":{\"type\":\"integer\"}},\"items\":{\"$ref\":\"#/$defs/n\"}}"};
    const char *schema = "{\"$ref\":\"other.json\"}";
    assert_int_equal(with_shelf(schema, &shelf, "[1]", &error), SCHEMA_ACCEPTED);
    assert_int_equal(with_shelf(schema, &shelf, "[\"1\"]", &error), SCHEMA_REFUSED);
    assert_int_equal(
        with_shelf("{\"$ref\":\"other.json#/$defs/n\"}", &shelf, "1", &error), SCHEMA_ACCEPTED);
}

static void errors_in_another_document_name_it(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct shelf shelf = {"http://example.org/other.json", "{\n\"type\":\"int\"}"};
    assert_int_equal(
        with_shelf("{\"$ref\":\"other.json\"}", &shelf, "1", &error), SCHEMA_UNDECIDED);
    assert_string_equal(error.file, "http://example.org/other.json");
    assert_string_equal(error.pointer, "/type");
    assert_int_equal(error.line, 2);
    error_clear(&error);
    assert_int_equal(with_shelf("{\"$ref\":\"broken\"}", &shelf, "1", &error), SCHEMA_UNDECIDED);
    assert_non_null(strstr(error.text, "the disk is gone"));
}

static void a_meta_schema_of_ones_own_chooses_vocabularies(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct shelf shelf = {"http://example.org/meta",
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":"
        "\"http://example.org/meta\",\"$vocabulary\":{\"https://json-schema.org/draft/2020-12/"
        "vocab/"
        "core\":true,\"https://json-schema.org/draft/2020-12/vocab/applicator\":true},"
        "\"properties\":{\"title\":{\"type\":\"string\"}}}"};
    const char *schema = "{\"$schema\":\"http://example.org/meta\",\"properties\":{\"a\":{"
                         "\"minimum\":3},\"b\":false}}";
    assert_int_equal(with_shelf(schema, &shelf, "{\"a\":1}", &error), SCHEMA_ACCEPTED);
    assert_int_equal(with_shelf(schema, &shelf, "{\"b\":1}", &error), SCHEMA_REFUSED);
    assert_int_equal(
        with_shelf("{\"$schema\":\"http://example.org/meta\",\"title\":1}", &shelf, "1", &error),
        SCHEMA_UNDECIDED);
    assert_string_equal(error.pointer, "/title");
}

static void a_required_vocabulary_that_is_not_known_is_an_error(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct shelf shelf = {"http://example.org/meta",
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":"
        "\"http://example.org/meta\",\"$vocabulary\":{\"http://example.org/vocab\":true}}"};
    assert_int_equal(with_shelf("{\"$schema\":\"http://example.org/meta\"}", &shelf, "1", &error),
        SCHEMA_UNDECIDED);
    assert_non_null(strstr(error.text, "http://example.org/vocab"));
}

UNIT_MAIN(cmocka_unit_test(a_schema_that_is_not_json_is_an_error_with_its_place),
    cmocka_unit_test(a_value_of_the_wrong_kind_is_found_by_the_meta_schema),
    cmocka_unit_test(a_pattern_that_cannot_be_compiled_is_an_error),
    cmocka_unit_test(a_reference_that_leads_nowhere_names_what_it_looked_for),
    cmocka_unit_test(a_dialect_that_is_not_known_is_an_error),
    cmocka_unit_test(a_reference_that_never_ends_is_an_error),
    cmocka_unit_test(a_resolver_finds_other_documents),
    cmocka_unit_test(errors_in_another_document_name_it),
    cmocka_unit_test(a_meta_schema_of_ones_own_chooses_vocabularies),
    cmocka_unit_test(a_required_vocabulary_that_is_not_known_is_an_error))
