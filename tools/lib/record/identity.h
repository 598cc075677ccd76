/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_IDENTITY_H
#define RECORD_IDENTITY_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "json/document.h"

/*
 * The fields by which results are matched: suite, name, params, model.id and
 * modality, or those that --by names.
 */
struct identity;

/*
 * fields: names with dots or JSON Pointers, separated by commas
 * ("benchmark.name,/model/id"); NULL for the usual ones. text is for messages
 * ("--by").
 */
int identity_create(
    struct identity **out, const char *fields, const char *text, struct error *error) MUST_USE;
void identity_free(struct identity *identity);

/* From now on the benchmark called `from` counts as `to`, both copied; of several for one name the
 * first counts. */
void identity_rename(struct identity *identity, struct slice from, struct slice to);

/* The same from OLD=NEW; ERROR_USAGE where it is not that, option being for messages. */
int identity_rename_text(
    struct identity *identity, const char *text, const char *option, struct error *error) MUST_USE;

/* A benchmark's suite as its JSON in canonical form, and its name; data NULL: whichever it is. */
struct identity_benchmark {
    struct slice suite, name;
};

/* The same for one step of a history of names: a later step goes on from where this one led. */
void identity_rename_onward(
    struct identity *identity, struct identity_benchmark from, struct identity_benchmark to);

/*
 * Appends what a result says in these fields, each in canonical form and with a
 * line feed. Results of the same identity give the same bytes: a suite in a list
 * of its own is that suite, and no parameters are the same as none given.
 */
void identity_write(
    const struct identity *identity, const struct json_document *result, struct buffer *out);

/*
 * What the first of the fields says as a text for people: a string's value, any
 * other value's JSON; data NULL where it is not there. In the arena.
 */
struct slice identity_text(
    const struct identity *identity, const struct json_document *line, struct arena *arena);

#endif
