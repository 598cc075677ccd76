/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CONFIG_SUITE_H
#define CONFIG_SUITE_H

#include "base/buffer.h"
#include "json/document.h"

#include <stdint.h>

/*
 * What the schema of suites cannot say: two benchmarks of one file have the same
 * name, the same parameters, and no variant or the same one, but not the same
 * command. What they measure would be taken for one. (The same command twice is a
 * repetition.)
 */
struct suite_clash {
    uint32_t command, earlier; /* nodes: a command, and the one that stands before it */
    uint32_t name;             /* of the benchmark of command */
};

#define SUITE_SCHEMA_ID "urn:benchline:schema:suite:1.0.0"

/* document fits the schema. Each clash is told once, in the order of the file. */
void suite_clashes(const struct json_document *document,
    void (*tell)(void *context, const struct suite_clash *clash), void *context);

/* Adds "what is wrong; what was expected"; line is that of the earlier command. */
void suite_clash_text(struct buffer *out, const struct json_document *document,
    const struct suite_clash *clash, uint64_t line);

#endif
