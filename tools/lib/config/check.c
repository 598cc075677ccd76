/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config/check.h"

#include "config/suite.h"

#include <stdio.h>
#include <stdlib.h>

enum { SCHEMA_CEILING = 1 << 20 };

int config_schema(struct schema **out, const char *path, struct error *error)
{
    static const struct schema_options options = {
        .dialect = SCHEMA_2020_12, .formats = SCHEMA_FORMATS_ASSERT};
    char *text;
    size_t size;
    if (source_read_whole(&text, &size, path, SCHEMA_CEILING, NULL, error) != 0)
        return -1;
    int result = schema_compile(out, text, size, &options, error);
    free(text);
    return result;
}

struct checking {
    const struct yaml *yaml;
    const char *file;
    const struct config_faults *faults;
};

static bool tell(void *context, const struct schema_problem *problem)
{
    const struct checking *checking = context;
    struct error error = ERROR_INIT;
    char pointer[sizeof error.pointer];
    struct slice location = problem->instance_location;
    struct yaml_place place = yaml_place(checking->yaml, problem->node);
    error_set(&error, ERROR_CONTENT, "%.*s", (int)problem->message.size, problem->message.data);
    snprintf(pointer, sizeof pointer, "%.*s", (int)location.size, location.data);
    error_place(&error, checking->file, place.line, place.column);
    error_pointer(&error, pointer);
    checking->faults->fault(checking->faults->context, &error);
    return true;
}

int config_check(const struct yaml *yaml, const struct schema *schema, const char *file,
    const struct config_faults *faults, struct error *error)
{
    struct checking checking = {yaml, file, faults};
    const struct schema_sink sink = {tell, &checking};
    struct schema_checker *checker = schema_checker_create(schema);
    enum schema_verdict verdict = schema_accepts(checker, &yaml->document, error);
    if (verdict == SCHEMA_REFUSED)
        verdict = schema_explain(checker, &yaml->document, &sink, error);
    schema_checker_free(checker);
    if (verdict == SCHEMA_REFUSED) {
        error_set(error, ERROR_CONTENT, "it does not fit its schema");
        error_place(error, file, 0, 0);
        return -1;
    }
    return verdict == SCHEMA_UNDECIDED ? -1 : 0;
}

struct suite_checking {
    struct checking checking;
    bool found;
};

static void tell_clash(void *context, const struct suite_clash *clash)
{
    struct suite_checking *suite = context;
    const struct checking *checking = &suite->checking;
    struct buffer text = BUFFER_INIT, pointer = BUFFER_INIT;
    struct error error = ERROR_INIT;
    struct yaml_place place = yaml_place(checking->yaml, clash->command);
    suite_clash_text(
        &text, &checking->yaml->document, clash, yaml_place(checking->yaml, clash->earlier).line);
    json_pointer_of(&checking->yaml->document, clash->command, &pointer);
    error_set(&error, ERROR_CONTENT, "%s", buffer_text(&text));
    error_place(&error, checking->file, place.line, place.column);
    error_pointer(&error, buffer_text(&pointer));
    checking->faults->fault(checking->faults->context, &error);
    suite->found = true;
    buffer_release(&text);
    buffer_release(&pointer);
}

int config_check_suite(const struct yaml *yaml, const char *file,
    const struct config_faults *faults, struct error *error)
{
    struct suite_checking suite = {{yaml, file, faults}, false};
    suite_clashes(&yaml->document, tell_clash, &suite);
    if (!suite.found)
        return 0;
    error_set(error, ERROR_CONTENT, "it has benchmarks that nothing tells apart");
    error_place(error, file, 0, 0);
    return -1;
}

static int read_yaml(
    struct yaml *yaml, const char *file, const struct source_options *source, struct error *error)
{
    char *text;
    size_t size;
    if (source_read_whole(&text, &size, file, YAML_CEILING, source, error) != 0)
        return -1;
    int result = yaml_read(yaml, (struct slice){text, size}, error);
    free(text);
    if (result != 0)
        error_place(error, file, 0, 0);
    return result;
}

int config_read(struct yaml *yaml, const char *file, const char *schema_path,
    const struct source_options *source, const struct config_faults *faults, struct error *error)
{
    struct schema *schema = NULL;
    int result = read_yaml(yaml, file, source, error);
    if (result == 0)
        result = config_schema(&schema, schema_path, error);
    if (result == 0)
        result = config_check(yaml, schema, file, faults, error);
    schema_free(schema);
    return result;
}
