/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_HISTORY_STORE_H
#define ANALYSIS_HISTORY_STORE_H

#include "analysis/history.h"
#include "base/buffer.h"

/*
 * Histories as bytes, each under a name, for a program to keep between calls, sealed
 * (base/seal.h). Nothing but a whole and sound store is ever read: one in which
 * something points outside itself is refused, too.
 */
enum { HISTORY_NAME = 41 }; /* forty hexadecimal digits and a NUL */

struct history_store;

/* NULL where the bytes are no sound store of this writer. They are borrowed until
 * history_store_free; they must be aligned as malloc aligns. */
struct history_store *history_store_open(struct slice bytes, const char *writer);
void history_store_free(struct history_store *store);

size_t history_store_count(const struct history_store *store);
/* false: there is none of that name. What is found is borrowed from the store and its bytes but
 * for the runs, which lie in the arena. */
bool history_store_find(
    const struct history_store *store, const char *name, struct history *out, struct arena *arena);

struct history_named {
    char name[HISTORY_NAME];
    const struct history *history;
};

/* The store of these, sorted here by name, appended to out. */
void history_store_write(
    struct buffer *out, struct history_named *items, size_t count, const char *writer);
/* All that stand in a store, borrowed likewise. */
void history_store_all(
    const struct history_store *store, struct history_named *items, struct arena *arena);

#endif
