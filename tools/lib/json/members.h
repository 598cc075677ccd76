/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JSON_MEMBERS_H
#define JSON_MEMBERS_H

#include "json/document.h"

/* Inside json/ only: the members of an object in an order of their own. */
struct member {
    struct slice name; /* its value: borrowed from the text or the arena */
    uint32_t value;    /* the node */
};

/*
 * The members (the shadowed ones left out) sorted by the UTF-16 code units of
 * their names, in the arena; returns how many.
 */
size_t members_sorted(struct member **out, const struct json_document *document, uint32_t object,
    struct arena *arena);

#endif
