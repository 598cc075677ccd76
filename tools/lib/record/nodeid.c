/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/nodeid.h"

#include <stdbool.h>

static struct slice part(struct slice text, size_t from, size_t to)
{
    return (struct slice){text.data + from, to - from};
}

/* "test[params]": the first bracket opens, the last byte closes. */
static void split_params(struct nodeid *id)
{
    struct slice text = id->name;
    if (text.size < 4 || text.data[text.size - 1] != ']')
        return;
    const char *open = memchr(text.data, '[', text.size);
    if (!open || open == text.data || open == text.data + text.size - 2)
        return;
    size_t at = (size_t)(open - text.data);
    id->name = part(text, 0, at);
    id->params = part(text, at + 1, text.size - 1);
}

/* Where the parameters begin, in which "::" separates nothing. */
static size_t names_end(struct slice text)
{
    const char *open = text.size ? memchr(text.data, '[', text.size) : NULL;
    return open ? (size_t)(open - text.data) : text.size;
}

struct nodeid nodeid_split(struct slice text)
{
    struct nodeid id = {.name = text};
    size_t start = 0, end = names_end(text);
    for (size_t at = 0; at + 1 < end; at++) {
        if (text.data[at] != ':' || text.data[at + 1] != ':')
            continue;
        if (at == start || id.suite_count == NODEID_SUITES)
            return (struct nodeid){.name = text};
        id.suites[id.suite_count++] = part(text, start, at);
        start = at + 2;
        at++;
    }
    if (start == text.size || start == end)
        return (struct nodeid){.name = text};
    id.name = part(text, start, text.size);
    split_params(&id);
    return id;
}
