/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CONFIG_YAML_H
#define CONFIG_YAML_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "json/document.h"

#include <stddef.h>
#include <stdint.h>

/*
 * A YAML file for people who write by hand (suites, targets, policies), as a JSON
 * document that knows where each of its values stood. It is read by libyaml; plain
 * scalars mean what the YAML 1.2 core schema says (yes and no are texts). What JSON
 * has no word for is an error: a key that is no scalar, .inf and .nan, tags of
 * one's own, more than one document.
 *
 * An alias stands for a copy of what it names. The copies count: a file whose
 * aliases multiply to more than YAML_NODES values is refused, as is nesting beyond
 * YAML_DEPTH and an alias inside what it names.
 */
enum { YAML_NODES = 1000000, YAML_DEPTH = 60, YAML_CEILING = 16 << 20 };

struct yaml_place {
    uint32_t line, column; /* from 1; the column in characters */
};

struct yaml {
    struct buffer json; /* the document's text */
    struct json_document document;
    struct yaml_place *places; /* one for each node of the document */
    size_t count, capacity;
};

#define YAML_INIT                                                                                  \
    {                                                                                              \
        BUFFER_INIT, JSON_DOCUMENT_INIT, NULL, 0, 0                                                \
    }

/* error has the line and the column; the caller adds the file. yaml must be YAML_INIT, and is
 * released after a failure too. */
int yaml_read(struct yaml *yaml, struct slice text, struct error *error) MUST_USE;
void yaml_release(struct yaml *yaml);

/* Where a node stood; of a member's value, where the value began. */
static inline struct yaml_place yaml_place(const struct yaml *yaml, uint32_t node)
{
    return node < yaml->count ? yaml->places[node] : (struct yaml_place){0, 0};
}

#endif
