/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * schema_suite FOLDER: runs the official JSON Schema test suite of a folder with
 * tests/DRAFT/ and remotes/. Prints a line for each file: draft, file (with
 * optional/ in front), cases that came out as they should, cases. With -f a
 * line for each case that did not, tab-separated: draft, file, group, case, what
 * came out.
 */
#include "base/memory.h"
#include "schema/schema.h"
#include "json/document.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *folder;
static bool tell_failures;

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    struct buffer text = BUFFER_INIT;
    char block[4096];
    size_t count;
    while ((count = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(&text, block, count);
    fclose(file);
    *size = text.size;
    for (int i = 0; i < JSON_PADDING; i++)
        buffer_add_char(&text, '\0');
    return buffer_steal(&text);
}

static int find(void *context, const char *uri, char **text, size_t *size, struct error *error)
{
    (void)context;
    (void)error;
    const char *prefix = "http://localhost:1234/";
    if (strncmp(uri, prefix, strlen(prefix)) != 0)
        return 0;
    char *path = memory_format("%s/remotes/%s", folder, uri + strlen(prefix));
    *text = read_file(path, size);
    free(path);
    return *text != NULL;
}

struct file {
    const char *draft, *name;
    enum schema_dialect dialect;
    unsigned passed, total;
};

/* Formats are asserted only where a file is about them. */
static enum schema_formats formats_for(const struct file *file)
{
    if (strncmp(file->name, "optional/format/", 16) == 0 ||
        strcmp(file->name, "optional/ecmascript-regex.json") == 0 ||
        strcmp(file->name, "optional/format.json") == 0)
        return SCHEMA_FORMATS_ASSERT;
    return file->dialect <= SCHEMA_DRAFT_07 ? SCHEMA_FORMATS_ANNOTATE : SCHEMA_FORMATS_DIALECT;
}

static bool ignore_problem(void *context, const struct schema_problem *problem)
{
    unsigned *count = context;
    *count += problem->severity == SCHEMA_ERROR;
    return true;
}

/* Both walks must say the same, and a refusal must come with a problem. */
static const char *ask(struct schema *schema, struct slice text, struct error *error)
{
    static const char *const words[] = {"valid", "valid", "invalid", "undecided"};
    struct json_document document = JSON_DOCUMENT_INIT;
    struct schema_checker *checker = schema_checker_create(schema);
    unsigned problems = 0;
    struct schema_sink sink = {ignore_problem, &problems};
    const char *result = "not JSON";
    if (json_parse_copy(&document, text, NULL, error) == 0) {
        enum schema_verdict fast = schema_accepts(checker, &document, error);
        enum schema_verdict slow = schema_explain(checker, &document, &sink, error);
        result = words[fast];
        if (strcmp(words[slow], words[fast]) != 0 || (slow == SCHEMA_REFUSED) != (problems > 0))
            result = "explained otherwise";
    }
    schema_checker_free(checker);
    json_release(&document);
    return result;
}

static void run_group(struct file *file, const struct json_document *json, uint32_t group)
{
    struct schema *schema = NULL;
    struct error error = ERROR_INIT;
    struct arena arena = ARENA_INIT;
    struct buffer text = BUFFER_INIT;
    struct schema_options options = {
        .dialect = file->dialect, .formats = formats_for(file), .resolver = {find, NULL}};
    buffer_add_slice(&text, json_raw(json, json_get(json, group, "schema")));
    size_t size = text.size;
    for (int i = 0; i < JSON_PADDING; i++)
        buffer_add_char(&text, '\0');
    bool compiled = schema_compile(&schema, text.data, size, &options, &error) == 0;
    uint32_t tests = json_get(json, group, "tests");
    for (uint32_t at = json_first(json, tests); at != json_end(json, tests);
         at = json_after(json, at)) {
        uint32_t data = json_get(json, at, "data");
        bool string = json_type(json, data) == JSON_STRING;
        struct slice instance = json_raw(json, data);
        if (string)
            instance = (struct slice){instance.data - 1, instance.size + 2};
        const char *wanted =
            json_type(json, json_get(json, at, "valid")) == JSON_TRUE ? "valid" : "invalid";
        const char *got = compiled ? ask(schema, instance, &error) : "schema refused";
        file->total++;
        if (strcmp(wanted, got) == 0) {
            file->passed++;
        } else if (tell_failures) {
            struct slice title = json_string(json, json_get(json, group, "description"), &arena);
            struct slice name = json_string(json, json_get(json, at, "description"), &arena);
            printf("%s\t%s\t%.*s\t%.*s\t%s%s%s\n", file->draft, file->name, (int)title.size,
                title.data, (int)name.size, name.data, got, *error.text ? ": " : "", error.text);
        }
        error.text[0] = compiled ? '\0' : error.text[0];
        error.code = compiled ? ERROR_NONE : error.code;
    }
    buffer_release(&text);
    arena_release(&arena);
    schema_free(schema);
}

static void run_file(const char *draft, const char *name, enum schema_dialect dialect)
{
    struct file file = {draft, name, dialect, 0, 0};
    struct json_document json = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    size_t size;
    char *path = memory_format("%s/tests/%s/%s", folder, draft, name);
    char *text = read_file(path, &size);
    if (!text || json_parse(&json, text, size, NULL, &error)) {
        fprintf(stderr, "%s: %s\n", path, text ? error.text : "cannot be read");
        exit(3);
    }
    for (uint32_t group = json_first(&json, 0); group != json_end(&json, 0);
         group = json_after(&json, group))
        run_group(&file, &json, group);
    if (!tell_failures)
        printf("%s\t%s\t%u\t%u\n", draft, name, file.passed, file.total);
    json_release(&json);
    free(text);
    free(path);
}

static int is_suite_file(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

static void run_folder(const char *draft, const char *below, enum schema_dialect dialect)
{
    struct dirent **entries;
    char *path = memory_format("%s/tests/%s/%s", folder, draft, below);
    int count = scandir(path, &entries, is_suite_file, alphasort);
    for (int i = 0; i < count; i++) {
        char *name = memory_format("%s%s", below, entries[i]->d_name);
        run_file(draft, name, dialect);
        free(name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    free(path);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        enum schema_dialect dialect;
    } drafts[] = {{"draft4", SCHEMA_DRAFT_04}, {"draft6", SCHEMA_DRAFT_06},
        {"draft7", SCHEMA_DRAFT_07}, {"draft2019-09", SCHEMA_2019_09},
        {"draft2020-12", SCHEMA_2020_12}};
    tell_failures = argc == 3 && strcmp(argv[1], "-f") == 0;
    if (argc != 2 && !tell_failures) {
        fprintf(stderr, "usage: schema_suite [-f] FOLDER\n");
        return 2;
    }
    folder = argv[argc - 1];
    for (size_t i = 0; i < sizeof drafts / sizeof drafts[0]; i++) {
        run_folder(drafts[i].name, "", drafts[i].dialect);
        run_folder(drafts[i].name, "optional/", drafts[i].dialect);
        run_folder(drafts[i].name, "optional/format/", drafts[i].dialect);
    }
    return 0;
}
