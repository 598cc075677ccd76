/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_ACCESS_H
#define RECORD_ACCESS_H

#include "base/arena.h"
#include "json/document.h"

/*
 * Members by name where a missing one, or one of another type, is simply
 * unknown. object may be JSON_NONE (then everything is); the root is
 * ACCESS_ROOT, since its node is 0 too.
 */
#define ACCESS_ROOT UINT32_MAX

/* A member's node of that type, else JSON_NONE. */
uint32_t access_node(
    const struct json_document *document, uint32_t object, const char *name, enum json_type type);
/* Copied into the arena; data NULL where unknown. */
struct slice access_text(
    const struct json_document *document, uint32_t object, const char *name, struct arena *arena);
/* NaN where unknown. */
double access_number(const struct json_document *document, uint32_t object, const char *name);
/* 0 unknown, 1 false, 2 true: enum known. */
int access_bool(const struct json_document *document, uint32_t object, const char *name);
/* Of an array of numbers, null being NaN: a copy in the arena and its length. */
double *access_numbers(const struct json_document *document, uint32_t object, const char *name,
    size_t *count, struct arena *arena);

/*
 * Many members of one object, found in one walk over it: nodes[i] becomes the
 * value of the member names[i], of any type, or JSON_NONE. The quicker the nearer
 * the names stand to the order in which writers put them.
 */
void access_members(uint32_t *nodes, const struct json_document *document, uint32_t object,
    const struct slice *names, size_t count);
/* The same as above of such a value instead of a named member. */
uint32_t access_typed(const struct json_document *document, uint32_t node, enum json_type type);
struct slice access_text_of(
    const struct json_document *document, uint32_t node, struct arena *arena);
double access_number_of(const struct json_document *document, uint32_t node);
int access_bool_of(const struct json_document *document, uint32_t node);
double *access_numbers_of(
    const struct json_document *document, uint32_t node, size_t *count, struct arena *arena);

#endif
