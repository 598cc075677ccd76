/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "config/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(const char *text, const char *json)
{
    struct yaml yaml = YAML_INIT;
    struct error error = ERROR_INIT;
    if (yaml_read(&yaml, slice_of(text), &error) != 0)
        fail_msg("%s: %s", text, error.text);
    struct slice found = {yaml.json.data, yaml.document.size};
    if (!slice_is(found, json))
        fail_msg("%s: %.*s, not %s", text, (int)found.size, found.data, json);
    assert_int_equal(yaml.count, yaml.document.count);
    yaml_release(&yaml);
}

static void check_fails(const char *text, unsigned line, unsigned column, const char *message)
{
    struct yaml yaml = YAML_INIT;
    struct error error = ERROR_INIT;
    assert_int_equal(yaml_read(&yaml, slice_of(text), &error), -1);
    if (!strstr(error.text, message))
        fail_msg("%s: \"%s\" does not say \"%s\"", text, error.text, message);
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
}

static void mappings_and_sequences_become_objects_and_arrays(void **state)
{
    (void)state;
    check("a: 1\nb:\n  - x\n  - {c: [], d: {}}\n", "{\"a\":1,\"b\":[\"x\",{\"c\":[],\"d\":{}}]}");
    check("- |\n  two\n  lines\n- >\n  one\n  line\n", "[\"two\\nlines\\n\",\"one line\\n\"]");
}

static void plain_scalars_mean_what_the_core_schema_says(void **state)
{
    (void)state;
    check("[null, ~, true, False, yes, no, on]", "[null,null,true,false,\"yes\",\"no\",\"on\"]");
    check("[1, -2, +3, 007, 0o17, 0x1F, 1_000, 0b1]", "[1,-2,3,7,15,31,\"1_000\",\"0b1\"]");
    check("[1.5, .5, 5., -0.25, 1e3, 1.E-2, ., 1.2.3, 2026-02-11]",
        "[1.5,0.5,5,-0.25,1e3,1E-2,\".\",\"1.2.3\",\"2026-02-11\"]");
    check("['1', \"true\", !!str 1, !!int '7']", "[\"1\",\"true\",1,7]");
}

static void each_value_knows_its_place(void **state)
{
    (void)state;
    struct yaml yaml = YAML_INIT;
    struct error error = ERROR_INIT;
    assert_int_equal(yaml_read(&yaml, slice_of("a: 1\nlist:\n  - x\n  -   y\n"), &error), 0);
    uint32_t list = json_get(&yaml.document, 0, "list");
    uint32_t second = json_after(&yaml.document, json_first(&yaml.document, list));
    assert_int_equal(yaml_place(&yaml, second).line, 4);
    assert_int_equal(yaml_place(&yaml, second).column, 7);
    assert_int_equal(yaml_place(&yaml, json_get(&yaml.document, 0, "a")).column, 4);
    yaml_release(&yaml);
}

static void an_alias_is_a_copy(void **state)
{
    (void)state;
    check("a: &x {b: 1}\nc: *x\n", "{\"a\":{\"b\":1},\"c\":{\"b\":1}}");
}

static void a_bomb_of_aliases_is_refused(void **state)
{
    (void)state;
    struct yaml yaml = YAML_INIT;
    struct error error = ERROR_INIT;
    char text[4000] = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 30; i++) {
        char line[100];
        snprintf(line, sizeof line, "a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", i, i,
            i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
        strcat(text, line);
    }
    assert_int_equal(yaml_read(&yaml, slice_of(text), &error), -1);
    assert_non_null(strstr(error.text, "multiply to more than 1000000"));
    assert_true(error.line > 0);
}

static void an_alias_inside_what_it_names_is_refused(void **state)
{
    (void)state;
    struct yaml yaml = YAML_INIT;
    struct error error = ERROR_INIT;
    assert_int_equal(yaml_read(&yaml, slice_of("a: &x [1, *x]\n"), &error), -1);
    assert_non_null(strstr(error.text, "inside what it names"));
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    struct yaml yaml = YAML_INIT;
    struct error error = ERROR_INIT;
    enum { DEEP = 5000 };
    char *text = malloc(DEEP + 1);
    assert_non_null(text);
    memset(text, '[', DEEP);
    text[DEEP] = '\0';
    assert_int_equal(yaml_read(&yaml, slice_of(text), &error), -1);
    memset(text + DEEP / 2, ']', DEEP / 2);
    error_clear(&error);
    assert_int_equal(yaml_read(&yaml, slice_of(text), &error), -1);
    free(text);
}

static void faults_have_a_line_and_a_column(void **state)
{
    (void)state;
    check_fails("a: 1\nb:\n\t- x\n", 3, 1, "a tab; YAML takes blanks only to indent");
    check_fails("a: 1\nb: 2\na: 3\n", 3, 1, "\"a\" stands twice; it stood in line 1");
    check_fails("a: [1, 2\nb: 3\n", 2, 2, "did not find expected");
    check_fails("x: 1\n? [a]\n: 2\n", 2, 3, "this key is no text");
    check_fails("a:\n  <<: {b: 1}\n", 2, 3, "merge key");
    check_fails("a: .inf\n", 1, 4, "JSON cannot say");
    check_fails("a: !own 1\n", 1, 4, "a tag of its own");
    check_fails("a: !!int x\n", 1, 4, "is not what its tag says");
    check_fails("a: 1\n---\nb: 2\n", 3, 1, "a second document");
    check_fails("a: *missing\n", 1, 4, "undefined alias");
}

static void an_empty_file_and_wrong_bytes_are_refused(void **state)
{
    (void)state;
    check_fails("", 0, 0, "the file is empty");
    check_fails("# a comment\n", 0, 0, "the file is empty");
    check_fails("a: \xff\xfe\n", 0, 0, "not UTF-8");
}

UNIT_MAIN(cmocka_unit_test(mappings_and_sequences_become_objects_and_arrays),
    cmocka_unit_test(plain_scalars_mean_what_the_core_schema_says),
    cmocka_unit_test(each_value_knows_its_place), cmocka_unit_test(an_alias_is_a_copy),
    cmocka_unit_test(a_bomb_of_aliases_is_refused),
    cmocka_unit_test(an_alias_inside_what_it_names_is_refused),
    cmocka_unit_test(deep_nesting_is_refused), cmocka_unit_test(faults_have_a_line_and_a_column),
    cmocka_unit_test(an_empty_file_and_wrong_bytes_are_refused))
