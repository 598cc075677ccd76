/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "analysis/verdict.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The closed list at a pointer-like path of the newest schema. */
static json_t *list_of(json_t *schema, const char *definition, const char *property)
{
    json_t *found = json_object_get(json_object_get(schema, "$defs"), definition);
    if (property)
        found = json_object_get(json_object_get(found, "properties"), property);
    found = json_object_get(found, "enum");
    assert_non_null(found);
    return found;
}

static json_t *load_schema(void)
{
    const char *source = getenv("BENCHLINE_SOURCE");
    char path[1024];
    snprintf(path, sizeof path, "%s/schemas/report-v1.0.schema.json", source ? source : ".");
    json_t *schema = json_load_file(path, 0, NULL);
    assert_non_null(schema);
    return schema;
}

static void verdicts_are_those_of_the_schema(void **state)
{
    (void)state;
    json_t *schema = load_schema(), *list = list_of(schema, "comparison", "verdict");
    assert_int_equal(json_array_size(list), VERDICTS);
    for (size_t i = 0; i < VERDICTS; i++)
        assert_string_equal(
            json_string_value(json_array_get(list, i)), verdict_name((enum verdict)i));
    json_decref(schema);
}

static void reasons_are_those_of_the_schema(void **state)
{
    (void)state;
    json_t *schema = load_schema(), *list = list_of(schema, "reason", NULL);
    assert_int_equal(json_array_size(list), REASONS);
    for (size_t i = 0; i < REASONS; i++)
        assert_string_equal(
            json_string_value(json_array_get(list, i)), reason_name((enum reason)i));
    json_decref(schema);
}

UNIT_MAIN(cmocka_unit_test(verdicts_are_those_of_the_schema),
    cmocka_unit_test(reasons_are_those_of_the_schema))
