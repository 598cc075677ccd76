/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "json/document.h"

#include <stdbool.h>

/*
 * A JSON Schema, compiled once into a plan, then held against any number of
 * documents. Drafts 4, 6, 7, 2019-09 and 2020-12; chosen by `$schema`, else by
 * the options.
 *
 * Two ways to ask: schema_accepts says yes or no and is the fast path;
 * schema_explain goes through the same document again and reports every
 * violation with its places. Callers explain only what was not accepted.
 *
 * Nothing is ever fetched: a reference that leaves the document goes through
 * the resolver, and what that does not know is an error that names it.
 */
struct schema;

enum schema_dialect {
    SCHEMA_DRAFT_04,
    SCHEMA_DRAFT_06,
    SCHEMA_DRAFT_07,
    SCHEMA_2019_09,
    SCHEMA_2020_12
};

enum schema_formats {
    SCHEMA_FORMATS_ASSERT,   /* a wrong format is a violation */
    SCHEMA_FORMATS_WARN,     /* a wrong format is reported as a warning; the document is accepted */
    SCHEMA_FORMATS_ANNOTATE, /* formats are not looked at */
    SCHEMA_FORMATS_DIALECT   /* as the dialect says: drafts up to 7 assert, later ones annotate
                                unless the vocabulary for assertion is in use */
};

/*
 * Finds the document behind an absolute URI without fragment: 1 and the text
 * (padded by JSON_PADDING, freed by the caller with free), 0 for unknown, -1
 * for one that is known but cannot be read.
 */
struct schema_resolver {
    int (*find)(void *context, const char *uri, char **text, size_t *size, struct error *error);
    void *context;
};

struct schema_options {
    enum schema_dialect dialect; /* where the schema has no $schema */
    enum schema_formats formats;
    const char *uri;                 /* the schema's own base URI; NULL for none */
    struct schema_resolver resolver; /* find may be NULL: only the built-in meta-schemas */
};

/*
 * Compiles text (borrowed only during the call, padded). A schema that is not
 * JSON, does not fit its meta-schema, has a pattern that cannot be compiled or a
 * reference that leads nowhere is an error with line, column and the pointer
 * into the schema.
 */
int schema_compile(struct schema **out, const char *text, size_t size,
    const struct schema_options *options, struct error *error) MUST_USE;
void schema_free(struct schema *schema);

/* The URI of the schema itself: its $id, else options.uri; "" for none. */
const char *schema_uri(const struct schema *schema);

/*
 * What a check needs besides the schema and keeps warm between documents; one a
 * thread, so that one schema serves several.
 */
struct schema_checker;
struct schema_checker *schema_checker_create(const struct schema *schema);
void schema_checker_free(struct schema_checker *checker);

enum schema_severity { SCHEMA_ERROR, SCHEMA_WARNING };

/* One thing wrong. All texts are borrowed during the call of the sink. */
struct schema_problem {
    enum schema_severity severity;
    const char *code;               /* the keyword: "required", "type", "format", …; "false" */
    uint32_t node;                  /* the value that is wrong, or the object that lacks a member */
    struct slice message;           /* "what is wrong; what was expected" */
    struct slice instance_location; /* a JSON Pointer */
    struct slice keyword_location;  /* a JSON Pointer through $ref */
    struct slice absolute_keyword_location; /* a URI with a fragment, "" where there is no base */
};

struct schema_sink {
    /* false stops: no more problems are wanted. */
    bool (*problem)(void *context, const struct schema_problem *problem);
    void *context;
};

enum schema_verdict {
    SCHEMA_ACCEPTED,
    SCHEMA_ACCEPTED_WITH_WARNINGS, /* explain tells them */
    SCHEMA_REFUSED,
    SCHEMA_UNDECIDED /* a limit was hit (a pattern's match limit, recursion): error says which */
};

enum schema_verdict schema_accepts(struct schema_checker *checker,
    const struct json_document *document, struct error *error) MUST_USE;

/* As schema_accepts, and every problem goes to the sink, in the order of the document. */
enum schema_verdict schema_explain(struct schema_checker *checker,
    const struct json_document *document, const struct schema_sink *sink,
    struct error *error) MUST_USE;

/* The compiled plan as a text for people (--explain). */
void schema_print_plan(const struct schema *schema, struct buffer *out);

#endif
