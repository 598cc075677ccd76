/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line of a report, a line feed, an expression: what compiles is asked about
 * the line, twice with the same answer, and once negated with the other. What is
 * right in the language of --where is right as people write it in targets, too.
 *
 * Covers: tools/lib/query
 */
#include "base/memory.h"
#include "fuzz.h"
#include "query/query.h"

#include <string.h>

static bool ask(struct query *query, const struct json_document *document)
{
    bool first = query_holds(query, document);
    MUST(query_holds(query, document) == first);
    return first;
}

static void check_negated(const char *expression, const struct json_document *document, bool holds)
{
    char *negated = memory_format("not (%s)", expression);
    struct error error = ERROR_INIT;
    struct query *query;
    /* One level more may be one too many. */
    if (query_compile(&query, "negated", negated, &error) == 0) {
        MUST(ask(query, document) != holds);
        query_free(query);
    }
    free(negated);
}

static void check_short(const char *expression, const struct json_document *document, bool right)
{
    struct error error = ERROR_INIT;
    struct query *query;
    bool compiled = query_compile_short(&query, "expression", expression, &error) == 0;
    MUST(compiled || (!right && error.code == ERROR_USAGE && error.text[0] != '\0'));
    if (!compiled)
        return;
    ask(query, document);
    query_free(query);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *text = (const char *)bytes;
    const char *newline = size ? memchr(text, '\n', size) : NULL;
    if (!newline)
        return 0;
    size_t line = (size_t)(newline - text);
    char *expression = memory_text_n(newline + 1, size - line - 1);
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT, ignored = ERROR_INIT;
    struct query *query;
    bool parsed = json_parse_copy(&document, (struct slice){text, line}, NULL, &ignored) == 0;
    bool right = query_compile(&query, "expression", expression, &error) == 0;
    if (right && parsed)
        check_negated(expression, &document, ask(query, &document));
    if (right)
        query_free(query);
    else
        MUST(error.code == ERROR_USAGE && error.text[0] != '\0');
    if (parsed)
        check_short(expression, &document, right);
    json_release(&document);
    free(expression);
    return 0;
}
