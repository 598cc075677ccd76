/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/uri.h"

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static size_t scheme_length(struct slice text)
{
    if (text.size == 0 || !is_letter(text.data[0]))
        return 0;
    for (size_t i = 1; i < text.size; i++) {
        char byte = text.data[i];
        if (byte == ':')
            return i;
        if (!is_letter(byte) && !(byte >= '0' && byte <= '9') && byte != '+' && byte != '-' &&
            byte != '.')
            return 0;
    }
    return 0;
}

/* Takes what stands before any of the stop bytes off the front of rest. */
static struct slice take_until(struct slice *rest, const char *stops)
{
    size_t size = 0;
    while (size < rest->size && !(rest->data[size] && strchr(stops, rest->data[size])))
        size++;
    struct slice taken = {rest->data, size};
    *rest = (struct slice){rest->data + size, rest->size - size};
    return taken;
}

static bool take_byte(struct slice *rest, char byte)
{
    if (rest->size == 0 || rest->data[0] != byte)
        return false;
    *rest = (struct slice){rest->data + 1, rest->size - 1};
    return true;
}

struct uri uri_split(struct slice text)
{
    struct uri uri = {.has_scheme = false};
    if (text.size == 0)
        return uri;
    size_t scheme = scheme_length(text);
    if (scheme) {
        uri.has_scheme = true;
        uri.scheme = (struct slice){text.data, scheme};
        text = (struct slice){text.data + scheme + 1, text.size - scheme - 1};
    }
    if (text.size >= 2 && text.data[0] == '/' && text.data[1] == '/') {
        uri.has_authority = true;
        text = (struct slice){text.data + 2, text.size - 2};
        uri.authority = take_until(&text, "/?#");
    }
    uri.path = take_until(&text, "?#");
    if (take_byte(&text, '?')) {
        uri.has_query = true;
        uri.query = take_until(&text, "#");
    }
    if (take_byte(&text, '#')) {
        uri.has_fragment = true;
        uri.fragment = text;
    }
    return uri;
}

/* RFC 3986, 5.2.4; segments are appended after `floor`, which `..` never passes. */
static void add_without_dots(struct buffer *out, struct slice path)
{
    size_t floor = out->size;
    for (size_t start = 0; start <= path.size && path.size;) {
        size_t end = start;
        while (end < path.size && path.data[end] != '/')
            end++;
        struct slice segment = {path.data + start, end - start};
        bool last = end == path.size;
        if (slice_is(segment, "..")) {
            if (out->size > floor)
                out->size--;
            while (out->size > floor && out->data[out->size - 1] != '/')
                out->size--;
            if (out->size == floor && path.data[0] == '/')
                buffer_add_char(out, '/');
        } else if (!slice_is(segment, ".")) {
            buffer_add_slice(out, segment);
            if (!last)
                buffer_add_char(out, '/');
        }
        start = end + 1;
    }
    if (out->data)
        out->data[out->size] = '\0';
}

static void add_merged(struct buffer *out, const struct uri *base, struct slice path)
{
    struct buffer merged = BUFFER_INIT;
    if (base->has_authority && base->path.size == 0) {
        buffer_add_char(&merged, '/');
    } else {
        size_t keep = base->path.size;
        while (keep && base->path.data[keep - 1] != '/')
            keep--;
        buffer_add(&merged, base->path.data, keep);
    }
    buffer_add_slice(&merged, path);
    add_without_dots(out, buffer_slice(&merged));
    buffer_release(&merged);
}

void uri_resolve(struct buffer *out, struct slice base_text, struct slice reference_text)
{
    struct uri base = uri_split(base_text), reference = uri_split(reference_text);
    const struct uri *scheme = reference.has_scheme ? &reference : &base;
    bool own = reference.has_scheme || reference.has_authority;
    const struct uri *authority = own ? &reference : &base;
    bool same = !own && reference.path.size == 0;

    if (scheme->has_scheme) {
        buffer_add_slice(out, scheme->scheme);
        buffer_add_char(out, ':');
    }
    if (authority->has_authority) {
        buffer_add_text(out, "//");
        buffer_add_slice(out, authority->authority);
    }
    if (same)
        buffer_add_slice(out, base.path);
    else if (own || reference.path.data[0] == '/')
        add_without_dots(out, reference.path);
    else
        add_merged(out, &base, reference.path);
    const struct uri *query = same && !reference.has_query ? &base : &reference;
    if (query->has_query) {
        buffer_add_char(out, '?');
        buffer_add_slice(out, query->query);
    }
}

int uri_hex(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

void uri_encode_path(struct buffer *out, const char *path)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    for (; *path; path++) {
        if (strchr(plain, *path))
            buffer_add_char(out, *path);
        else
            buffer_add_format(out, "%%%02X", (unsigned)(unsigned char)*path);
    }
}

void uri_decode(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '%' && i + 2 < text.size && uri_hex(text.data[i + 1]) >= 0 &&
            uri_hex(text.data[i + 2]) >= 0) {
            buffer_add_char(
                out, (char)(uri_hex(text.data[i + 1]) << 4 | uri_hex(text.data[i + 2])));
            i += 2;
        } else {
            buffer_add_char(out, text.data[i]);
        }
    }
}
