/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"
#include "schema/lint.h"

static bool keep(void *context, const struct lint_finding *finding)
{
    struct buffer *out = context;
    buffer_add_format(out, "%u:%u %s%s ", (unsigned)finding->line, (unsigned)finding->column,
        finding->severity == SCHEMA_ERROR ? "error " : "", finding->code);
    buffer_add_slice(out, finding->pointer);
    buffer_add_text(out, ": ");
    buffer_add_slice(out, finding->message);
    buffer_add_char(out, '\n');
    return true;
}

static void linted_as(const char *text, enum schema_dialect dialect, const char *wanted)
{
    struct buffer padded = BUFFER_INIT, told = BUFFER_INIT;
    struct error error = ERROR_INIT;
    struct schema_options options = {.dialect = dialect};
    struct lint_sink sink = {keep, &told};
    buffer_add_text(&padded, text);
    size_t size = padded.size;
    for (int i = 0; i < JSON_PADDING; i++)
        buffer_add_char(&padded, '\0');
    assert_int_equal(schema_lint(padded.data, size, &options, &sink, &error), 0);
    assert_string_equal(buffer_text(&told), wanted);
    buffer_release(&padded);
    buffer_release(&told);
}

#define linted(text, wanted) linted_as(text, SCHEMA_2020_12, wanted)

static void a_good_schema_has_no_findings(void **state)
{
    (void)state;
    linted(
        "{\"$id\":\"http://example.org/\",\"type\":\"object\",\"required\":[\"a\"],\"properties\":{"
        "\"a\":{\"type\":\"string\",\"pattern\":\"^x\"}},\"anyOf\":[{\"required\":[\"b\"]},{"
        "\"required\":[\"c\"]}],\"x-note\":1}",
        "");
}

static void unknown_keywords_are_found_with_the_nearest(void **state)
{
    (void)state;
    linted("{\"propertes\":{},\"items\":{\"minimun\":1,\"whatever\":1}}",
        "1:14 unknown-keyword /propertes: \"propertes\" is not a keyword of 2020-12; did you mean "
        "\"properties\"?\n"
        "1:36 unknown-keyword /items/minimun: \"minimun\" is not a keyword of 2020-12; did you "
        "mean \"minimum\"?\n"
        "1:49 unknown-keyword /items/whatever: \"whatever\" is not a keyword of 2020-12\n");
    linted_as("{\"prefixItems\":[]}", SCHEMA_DRAFT_07,
        "1:16 unknown-keyword /prefixItems: \"prefixItems\" is a keyword of 2020-12; draft-07 "
        "ignores it\n");
}

static void ignored_keywords_are_found(void **state)
{
    (void)state;
    linted("{\"then\":true,\"minContains\":1}",
        "1:9 ignored-keyword /then: \"then\" does nothing without \"if\"\n"
        "1:28 ignored-keyword /minContains: \"minContains\" does nothing without \"contains\"\n");
    linted("{\"type\":\"string\",\"minimum\":1}",
        "1:28 ignored-keyword /minimum: \"minimum\" says nothing about the types that \"type\" "
        "lets through\n");
    linted_as("{\"definitions\":{\"a\":{}},\"properties\":{\"b\":{\"$ref\":\"#/definitions/a\","
              "\"minimum\":1}}}",
        SCHEMA_DRAFT_07,
        "1:79 ignored-keyword /properties/b/minimum: \"minimum\" does nothing beside \"$ref\" up "
        "to draft 7; put both into \"allOf\"\n");
}

static void broken_patterns_are_found_where_nothing_refers_to_them(void **state)
{
    (void)state;
    linted("{\"$defs\":{\"a\":{\"pattern\":\"(\"}}}",
        "1:26 error pattern /$defs/a/pattern: the pattern \"(\" is wrong at character 2: a group "
        "is not closed; expected )\n");
    linted("{\"patternProperties\":{\"(\":{}}}",
        "1:23 error pattern /patternProperties/(: the pattern \"(\" is wrong at character 2: a "
        "group is not closed; expected )\n");
    linted("{\"pattern\":\"(\"}",
        "1:12 error pattern /pattern: the pattern \"(\" is wrong at character 2: a group is not "
        "closed; expected )\n");
}

static void what_no_value_reaches_is_found(void **state)
{
    (void)state;
    linted("{\"minLength\":3,\"maxLength\":2,\"exclusiveMinimum\":1,\"maximum\":1.0}",
        "1:28 unreachable /maxLength: no value passes both \"minLength\" and \"maxLength\"\n"
        "1:61 unreachable /maximum: no value passes both \"exclusiveMinimum\" and \"maximum\"\n");
    linted("{\"type\":\"integer\",\"enum\":[1,2.0,2.5,\"x\"]}",
        "1:33 unreachable /enum/2: \"type\" does not let this value through\n"
        "1:37 unreachable /enum/3: \"type\" does not let this value through\n");
    linted("{\"type\":\"object\",\"anyOf\":[{\"type\":\"string\"},{\"minProperties\":1},false,"
           "{\"minProperties\":1.0},true]}",
        "1:27 unreachable /anyOf/0: this branch of \"anyOf\" asks for a type that \"type\" does "
        "not let through\n"
        "1:65 unreachable /anyOf/2: this branch of \"anyOf\" never holds\n"
        "1:71 unreachable /anyOf/3: this is the same as branch 1\n"
        "1:93 unreachable /anyOf/4: this branch always holds, so \"anyOf\" decides nothing\n");
    linted("{\"if\":true,\"else\":{\"minimum\":1}}",
        "1:19 unreachable /else: \"if\" always holds, so \"else\" is never used\n");
}

static void values_that_an_enum_cannot_use_are_found(void **state)
{
    (void)state;
    linted("{\"enum\":[]}", "1:9 unreachable /enum: no value is in an empty \"enum\"\n");
    linted("{\"enum\":[\"a\",1,\"a\",1.0,\"1\"]}",
        "1:16 unreachable /enum/2: this value stands in \"enum\" twice\n"
        "1:20 unreachable /enum/3: this value stands in \"enum\" twice\n");
}

static void anchors_and_identifiers_that_stand_twice_are_found(void **state)
{
    (void)state;
    linted("{\"$defs\":{\"a\":{\"$id\":\"urn:x\"},\"b\":{\"$id\":\"urn:x\"},\"c\":{\"$id\":\"urn:"
           "y\"}}}",
        "1:42 repeated-id /$defs/b/$id: another schema has the identifier urn:x too; a reference "
        "finds one of them\n");
    linted(
        "{\"$defs\":{\"a\":{\"$anchor\":\"x\"},\"b\":{\"$anchor\":\"x\"},\"c\":{\"$id\":\"urn:c\","
        "\"$anchor\":\"x\"}}}",
        "1:46 repeated-anchor /$defs/b/$anchor: another schema has the anchor \"x\" too; a "
        "reference finds one of them\n");
}

static void formats_that_no_draft_knows_are_found(void **state)
{
    (void)state;
    linted("{\"format\":\"datetime\"}",
        "1:11 unknown-format /format: \"datetime\" is not a format of any draft, so nothing is "
        "checked; did you mean \"date-time\"?\n");
    linted("{\"format\":\"int64\"}",
        "1:11 unknown-format /format: \"int64\" is not a format of any draft, so nothing is "
        "checked\n");
}

static void members_that_additional_properties_shuts_out_are_found(void **state)
{
    (void)state;
    const char *text =
        "{\"properties\":{\"a\":true},\"additionalProperties\":false,"
        "\"allOf\":[{\"properties\":{\"a\":{\"minimum\":1},\"b\":true,\"c\":false}}]}";
    linted(text,
        "1:101 unreachable /allOf/0/properties/b: \"additionalProperties\" beside \"allOf\" does "
        "not let \"b\" through; did you mean \"unevaluatedProperties\"?\n");
    linted_as(text, SCHEMA_DRAFT_07,
        "1:101 unreachable /allOf/0/properties/b: \"additionalProperties\" beside \"allOf\" does "
        "not let \"b\" through\n");
}

static void required_members_that_are_not_declared_are_found(void **state)
{
    (void)state;
    linted("{\"properties\":{\"outcome\":true},\"required\":[\"outcme\"],\"allOf\":[true]}",
        "1:44 undeclared-required /required/0: \"outcme\" is required and not declared in "
        "\"properties\"; did you mean \"outcome\"?\n");
    linted("{\"properties\":{\"a\":true},\"required\":[\"b\"],\"additionalProperties\":false}",
        "1:38 undeclared-required /required/0: \"b\" is required and not declared in "
        "\"properties\", and nothing else is allowed: no object passes\n");
    linted("{\"properties\":{\"a\":true},\"anyOf\":[{\"properties\":{\"a\":{\"const\":1}},"
           "\"required\":[\"long_name\"]},{\"required\":[\"b\"]}]}",
        "");
}

static void errors_of_the_schema_are_all_told(void **state)
{
    (void)state;
    linted("{\"minLength\":-1,\n\"$defs\":{\"a\":{\"type\":\"x\"}},\"$ref\":\"#/none\"}",
        "1:14 error schema /minLength: -1 is too small; expected at least 0\n"
        "2:22 error schema /$defs/a/type: \"x\" is not allowed here; expected \"array\", "
        "\"boolean\", \"integer\", \"null\", \"number\", \"object\" or \"string\"\n");
    linted("{\"$ref\":\"#/none\"}",
        "1:9 error compile /$ref: the reference #/none leads nowhere: this schema has nothing at "
        "/none\n");
    linted("{\"$schema\":\"http://example.org/mine\"}",
        "1:12 error compile /$schema: the dialect http://example.org/mine is not known; expected "
        "draft 4, 6, 7, 2019-09 or 2020-12, or a meta-schema that can be found\n");
}

static void a_text_that_is_not_json_is_an_error(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct schema_options options = {.dialect = SCHEMA_2020_12};
    struct buffer told = BUFFER_INIT;
    struct lint_sink sink = {keep, &told};
    char text[JSON_PADDING + 2] = "{";
    assert_int_equal(schema_lint(text, 1, &options, &sink, &error), -1);
    assert_int_equal(error.code, ERROR_CONTENT);
    assert_int_equal(told.size, 0);
}

UNIT_MAIN(cmocka_unit_test(a_good_schema_has_no_findings),
    cmocka_unit_test(unknown_keywords_are_found_with_the_nearest),
    cmocka_unit_test(ignored_keywords_are_found),
    cmocka_unit_test(broken_patterns_are_found_where_nothing_refers_to_them),
    cmocka_unit_test(what_no_value_reaches_is_found),
    cmocka_unit_test(values_that_an_enum_cannot_use_are_found),
    cmocka_unit_test(anchors_and_identifiers_that_stand_twice_are_found),
    cmocka_unit_test(formats_that_no_draft_knows_are_found),
    cmocka_unit_test(members_that_additional_properties_shuts_out_are_found),
    cmocka_unit_test(required_members_that_are_not_declared_are_found),
    cmocka_unit_test(errors_of_the_schema_are_all_told),
    cmocka_unit_test(a_text_that_is_not_json_is_an_error))
