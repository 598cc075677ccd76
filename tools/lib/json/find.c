/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/document.h"

uint32_t json_get_slice(const struct json_document *document, uint32_t object, struct slice name)
{
    if (json_type(document, object) != JSON_OBJECT)
        return JSON_NONE;
    uint32_t hash = json_key_hash(name), end = json_end(document, object);
    for (uint32_t key = object + 1; key < end; key = json_after(document, key + 1)) {
        const struct json_node *node = &document->nodes[key];
        if (node->hash == hash && !(node->flags & JSON_SHADOWED) &&
            json_string_is(document, key, name))
            return key + 1;
    }
    return JSON_NONE;
}

uint32_t json_get(const struct json_document *document, uint32_t object, const char *name)
{
    return json_get_slice(document, object, slice_of(name));
}

/* An array's index as RFC 6901 writes it: digits, no zero in front. */
static bool read_index(struct slice token, uint32_t *index)
{
    if (token.size == 0 || token.size > 10 || (token.size > 1 && token.data[0] == '0'))
        return false;
    uint64_t value = 0;
    for (size_t i = 0; i < token.size; i++) {
        if (token.data[i] < '0' || token.data[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(token.data[i] - '0');
    }
    *index = (uint32_t)value;
    return value <= UINT32_MAX;
}

static bool find_item(
    const struct json_document *document, uint32_t array, struct slice token, uint32_t *node)
{
    uint32_t index, item = array + 1, end = json_end(document, array);
    if (!read_index(token, &index))
        return false;
    for (; item < end && index > 0; index--)
        item = json_after(document, item);
    *node = item;
    return item < end;
}

/* ~1 is a slash, ~0 a tilde; false where a tilde stands otherwise. */
static bool unescape_token(struct buffer *out, struct slice token)
{
    buffer_reset(out);
    for (size_t i = 0; i < token.size; i++) {
        char byte = token.data[i];
        if (byte == '~') {
            if (++i == token.size || (token.data[i] != '0' && token.data[i] != '1'))
                return false;
            byte = token.data[i] == '0' ? '~' : '/';
        }
        buffer_add_char(out, byte);
    }
    return true;
}

static bool find_child(const struct json_document *document, uint32_t parent, struct slice token,
    struct buffer *name, uint32_t *node)
{
    if (json_type(document, parent) == JSON_ARRAY)
        return find_item(document, parent, token, node);
    if (!unescape_token(name, token))
        return false;
    *node = json_get_slice(document, parent, buffer_slice(name));
    return *node != JSON_NONE;
}

bool json_pointer_find(const struct json_document *document, struct slice pointer, uint32_t *node)
{
    struct buffer name = BUFFER_INIT;
    uint32_t at = 0;
    bool found = document->count > 0;
    while (found && pointer.size > 0) {
        if (pointer.data[0] != '/') {
            found = false;
            break;
        }
        pointer.data++;
        pointer.size--;
        const char *slash = memchr(pointer.data, '/', pointer.size);
        size_t size = slash ? (size_t)(slash - pointer.data) : pointer.size;
        found = find_child(document, at, (struct slice){pointer.data, size}, &name, &at);
        pointer.data += size;
        pointer.size -= size;
    }
    buffer_release(&name);
    if (found)
        *node = at;
    return found;
}

void json_pointer_add(struct buffer *pointer, struct slice token)
{
    buffer_add_char(pointer, '/');
    for (size_t i = 0; i < token.size; i++) {
        if (token.data[i] == '~')
            buffer_add(pointer, "~0", 2);
        else if (token.data[i] == '/')
            buffer_add(pointer, "~1", 2);
        else
            buffer_add_char(pointer, token.data[i]);
    }
}

/* The child of a container that holds node, and its token. */
static uint32_t step_towards(const struct json_document *document, uint32_t container,
    uint32_t node, struct arena *arena, struct buffer *out)
{
    uint32_t child = container + 1, index = 0;
    if (json_type(document, container) == JSON_OBJECT) {
        while (json_after(document, child + 1) <= node)
            child = json_after(document, child + 1);
        json_pointer_add(out, json_string(document, child, arena));
        /* A key is named as its member. */
        return child == node ? node : child + 1;
    }
    for (; json_after(document, child) <= node; index++)
        child = json_after(document, child);
    buffer_add_format(out, "/%lu", (unsigned long)index);
    return child;
}

void json_pointer_of(const struct json_document *document, uint32_t node, struct buffer *out)
{
    struct arena arena = ARENA_INIT;
    for (uint32_t at = 0; at != node;)
        at = step_towards(document, at, node, &arena, out);
    arena_release(&arena);
}

void json_position(
    const struct json_document *document, uint32_t offset, uint64_t *line, uint64_t *column)
{
    const char *at = document->text, *end = at + offset, *newline;
    *line = 1;
    while ((newline = memchr(at, '\n', (size_t)(end - at)))) {
        ++*line;
        at = newline + 1;
    }
    *column = (uint64_t)(end - at) + 1;
}
