/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_CHECK_H
#define SCHEMA_CHECK_H

#include "../unit.h"
#include "base/buffer.h"
#include "schema/schema.h"

/* Small words for tests of the engine. Schemas and documents are JSON texts. */
static inline struct schema *compile_with(
    const char *text, const struct schema_options *options, struct error *error)
{
    struct buffer padded = BUFFER_INIT;
    struct schema *schema = NULL;
    buffer_add_text(&padded, text);
    size_t size = padded.size;
    for (int i = 0; i < JSON_PADDING; i++)
        buffer_add_char(&padded, '\0');
    int result = schema_compile(&schema, padded.data, size, options, error);
    buffer_release(&padded);
    return result ? NULL : schema;
}

static inline struct schema *compile(const char *text)
{
    struct error error = ERROR_INIT;
    struct schema_options options = {.dialect = SCHEMA_2020_12};
    struct schema *schema = compile_with(text, &options, &error);
    if (!schema)
        fail_msg("%s does not compile: %s: %s", text, error.pointer, error.text);
    return schema;
}

static inline enum schema_verdict verdict_of(
    const struct schema *schema, const char *text, struct error *error)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    if (json_parse_copy(&document, slice_of(text), NULL, error))
        fail_msg("%s: %s", text, error->text);
    struct schema_checker *checker = schema_checker_create(schema);
    enum schema_verdict verdict = schema_accepts(checker, &document, error);
    schema_checker_free(checker);
    json_release(&document);
    return verdict;
}

static inline enum schema_verdict verdict_with(
    const char *schema_text, const char *text, const struct schema_options *options)
{
    struct error error = ERROR_INIT;
    struct schema *schema = compile_with(schema_text, options, &error);
    if (!schema)
        fail_msg("%s does not compile: %s: %s", schema_text, error.pointer, error.text);
    enum schema_verdict verdict = verdict_of(schema, text, &error);
    schema_free(schema);
    return verdict;
}

static inline enum schema_verdict verdict(const char *schema, const char *text)
{
    struct schema_options options = {.dialect = SCHEMA_2020_12};
    return verdict_with(schema, text, &options);
}

#define accepted(schema, text) assert_int_equal(verdict(schema, text), SCHEMA_ACCEPTED)
#define refused(schema, text)  assert_int_equal(verdict(schema, text), SCHEMA_REFUSED)

/* "pointer: message\n" for each problem, with "warning: " before what only warns. */
static inline bool keep_problem(void *context, const struct schema_problem *problem)
{
    struct buffer *out = context;
    if (problem->severity == SCHEMA_WARNING)
        buffer_add_text(out, "warning: ");
    buffer_add_slice(out, problem->instance_location);
    buffer_add_text(out, ": ");
    buffer_add_slice(out, problem->message);
    buffer_add_char(out, '\n');
    return true;
}

static inline bool keep_places(void *context, const struct schema_problem *problem)
{
    struct buffer *out = context;
    buffer_add_format(out, "%s ", problem->code);
    buffer_add_slice(out, problem->keyword_location);
    buffer_add_char(out, ' ');
    buffer_add_slice(out, problem->absolute_keyword_location);
    buffer_add_char(out, '\n');
    return true;
}

static inline void assert_explained_by(const char *schema_text, const char *text,
    bool (*keep)(void *, const struct schema_problem *), enum schema_formats formats,
    const char *wanted)
{
    struct error error = ERROR_INIT;
    struct schema_options options = {.dialect = SCHEMA_2020_12, .formats = formats};
    struct schema *schema = compile_with(schema_text, &options, &error);
    assert_non_null(schema);
    struct json_document document = JSON_DOCUMENT_INIT;
    assert_int_equal(json_parse_copy(&document, slice_of(text), NULL, &error), 0);
    struct schema_checker *checker = schema_checker_create(schema);
    struct buffer told = BUFFER_INIT;
    struct schema_sink sink = {keep, &told};
    enum schema_verdict fast = schema_accepts(checker, &document, &error);
    assert_int_equal(schema_explain(checker, &document, &sink, &error), fast);
    assert_string_equal(buffer_text(&told), wanted);
    buffer_release(&told);
    schema_checker_free(checker);
    json_release(&document);
    schema_free(schema);
}

#define explained(schema, text, wanted)                                                            \
    assert_explained_by(schema, text, keep_problem, SCHEMA_FORMATS_ASSERT, wanted)

#endif
