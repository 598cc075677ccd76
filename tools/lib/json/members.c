/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/members.h"

#include <stdlib.h>

/*
 * UTF-8 bytes order as code points do. UTF-16 differs in one place: what is
 * written with surrogates (first byte 0xf0 and up) comes before U+E000 to U+FFFF
 * (0xee and 0xef).
 */
static unsigned rank(unsigned char byte)
{
    return byte == 0xee || byte == 0xef ? byte + 0x10U : byte;
}

static int by_name(const void *a, const void *b)
{
    struct slice left = ((const struct member *)a)->name, right = ((const struct member *)b)->name;
    size_t shorter = left.size < right.size ? left.size : right.size;
    for (size_t i = 0; i < shorter; i++)
        if (left.data[i] != right.data[i])
            return rank((unsigned char)left.data[i]) < rank((unsigned char)right.data[i]) ? -1 : 1;
    return (left.size > right.size) - (left.size < right.size);
}

size_t members_sorted(
    struct member **out, const struct json_document *document, uint32_t object, struct arena *arena)
{
    size_t count = json_count(document, object), at = 0;
    struct member *members = arena_take(arena, count * sizeof *members);
    bool sorted = true;
    for (uint32_t key = json_first(document, object); key < json_end(document, object);
         key = json_after(document, key + 1)) {
        if (document->nodes[key].flags & JSON_SHADOWED)
            continue;
        members[at] = (struct member){json_string(document, key, arena), key + 1};
        sorted = sorted && (at == 0 || by_name(&members[at - 1], &members[at]) < 0);
        at++;
    }
    if (!sorted)
        qsort(members, count, sizeof *members, by_name);
    *out = members;
    return count;
}
