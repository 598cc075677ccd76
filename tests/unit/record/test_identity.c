/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "record/identity.h"

#include <string.h>

static void check(const char *fields, const char *line, const char *expected)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    struct buffer out = BUFFER_INIT;
    struct identity *identity;
    assert_int_equal(identity_create(&identity, fields, "--by", &error), 0);
    assert_int_equal(json_parse_copy(&document, slice_of(line), NULL, &error), 0);
    identity_write(identity, &document, &out);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
    json_release(&document);
    identity_free(identity);
}

static void the_usual_fields_are_suite_name_params_model_and_modality(void **state)
{
    (void)state;
    check(NULL,
        "{\"benchmark\": {\"name\": \"n\", \"suite\": [\"a\", \"b\"], \"params\": {\"z\": 1.0, "
        "\"a\": \"\\u0078\"}}, \"model\": {\"id\": \"m\", \"family\": \"f\"}, \"modality\": "
        "\"text\", "
        "\"variant\": \"v\"}",
        "[\"a\",\"b\"]\n\"n\"\n{\"a\":\"x\",\"z\":1}\n\"m\"\n\"text\"\n");
    check(NULL, "{\"benchmark\": {\"name\": \"n\"}}", "\n\"n\"\n\n\n\n");
}

static void what_means_the_same_is_the_same(void **state)
{
    (void)state;
    check(NULL, "{\"benchmark\": {\"name\": \"n\", \"suite\": [\"a\"], \"params\": {}}}",
        "\"a\"\n\"n\"\n\n\n\n");
    check(NULL, "{\"benchmark\": {\"name\": \"n\", \"suite\": \"a\"}}", "\"a\"\n\"n\"\n\n\n\n");
}

static void a_renamed_benchmark_has_the_identity_of_its_new_name(void **state)
{
    (void)state;
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    struct buffer out = BUFFER_INIT;
    struct identity *identity;
    assert_int_equal(identity_create(&identity, NULL, "--by", &error), 0);
    identity_rename(identity, slice_of("a"), slice_of("b \"c\""));
    const char *lines[] = {"{\"benchmark\": {\"name\": \"\\u0061\", \"suite\": \"a\"}}",
        "{\"benchmark\": {\"name\": \"ab\"}}"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(json_parse_copy(&document, slice_of(lines[i]), NULL, &error), 0);
        identity_write(identity, &document, &out);
    }
    assert_string_equal(buffer_text(&out), "\"a\"\n\"b \\\"c\\\"\"\n\n\n\n\n\"ab\"\n\n\n\n");
    buffer_release(&out);
    json_release(&document);
    identity_free(identity);
}

static void other_fields_may_be_named(void **state)
{
    (void)state;
    check("labels.side,/benchmark/name",
        "{\"labels\": {\"side\": \"x\"}, \"benchmark\": {\"name\": 5}}", "\"x\"\n5\n");
    check("a.b", "{\"a\": 1}", "\n");
}

static void what_names_no_field_is_an_error(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "a..b", "a,", ".a", "/", "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a"};
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        struct error error = ERROR_INIT;
        struct identity *identity;
        assert_int_equal(identity_create(&identity, bad[i], "--by", &error), -1);
        assert_int_equal(error.code, ERROR_USAGE);
        assert_non_null(strstr(error.text, "--by: "));
    }
}

UNIT_MAIN(cmocka_unit_test(the_usual_fields_are_suite_name_params_model_and_modality),
    cmocka_unit_test(what_means_the_same_is_the_same),
    cmocka_unit_test(a_renamed_benchmark_has_the_identity_of_its_new_name),
    cmocka_unit_test(other_fields_may_be_named), cmocka_unit_test(what_names_no_field_is_an_error))
