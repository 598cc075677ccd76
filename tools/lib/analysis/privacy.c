/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/privacy.h"

#include "analysis/privacy_parts.h"
#include "base/compiler.h"

#include <string.h>

/* Names of members whose values are what the name says. */
static const char *const name_keys[] = {"hostname", "host_name", "nodename", "node_name", "fqdn",
    "computername", "user", "username", "user_name", "logname", "login", "email", "mac_address",
    "serial_number"};
static const char *const secret_keys[] = {"password", "passwd", "secret", "token", "api_key",
    "apikey", "access_token", "auth_token", "private_key", "credentials", "authorization"};
static const char *const secret_ends[] = {
    "_token", "_secret", "_password", "_api_key", "_apikey", "_access_key"};
/* What says that there is nothing. */
static const char *const blanks[] = {"", "~", "user", "localhost", "none", "unknown", "n/a"};

static bool is_among(struct slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (privacy_same(text, words[i]))
            return true;
    return false;
}

static bool ends_among(struct slice text, const char *const *ends, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(ends[i]);
        if (text.size > size &&
            privacy_same((struct slice){text.data + text.size - size, size}, ends[i]))
            return true;
    }
    return false;
}

bool privacy_names_secret(struct slice name)
{
    return is_among(name, secret_keys, ARRAY_SIZE(secret_keys)) ||
           ends_among(name, secret_ends, ARRAY_SIZE(secret_ends));
}

/* A stop token is a `token`, too; a secret has no blanks or brackets in it. */
static bool could_be_secret(struct slice value)
{
    for (size_t i = 0; i < value.size; i++)
        if (!privacy_is_word(value.data[i]) && !strchr(".+/=", value.data[i]))
            return false;
    return value.size >= 6;
}

static bool whole_value(struct private_span *out, struct slice key, struct slice value)
{
    if (is_among(value, blanks, ARRAY_SIZE(blanks)) || privacy_stands_in(value, "redacted") ||
        privacy_stands_in(value, "host") || privacy_stands_in(value, "user@host"))
        return false;
    if (is_among(key, name_keys, ARRAY_SIZE(name_keys)))
        *out = (struct private_span){PRIVATE_NAME, 0, value.size, "redacted"};
    else if (privacy_names_secret(key) && could_be_secret(value))
        *out = (struct private_span){PRIVATE_SECRET, 0, value.size, PRIVACY_SECRET};
    else
        return false;
    return true;
}

bool private_next(struct private_span *out, struct slice key, struct slice text, size_t from)
{
    if (key.data && slice_is(key, "contributor"))
        return false;
    if (key.data && whole_value(out, key, text))
        return from == 0;
    for (size_t at = from; at < text.size; at++)
        if (privacy_secret_at(out, text, at) || privacy_home_at(out, text, at) ||
            privacy_name_at(out, text, at))
            return true;
    return false;
}

uint32_t *private_keys(const struct json_document *document, struct arena *arena)
{
    uint32_t *keys = arena_zero(arena, document->count, sizeof *keys);
    for (uint32_t node = 0; node < document->count; node++) {
        if (json_type(document, node) == JSON_OBJECT)
            for (uint32_t key = json_first(document, node); key != json_end(document, node);
                 key = json_after(document, key + 1))
                keys[key + 1] = key;
        if (json_type(document, node) == JSON_ARRAY)
            for (uint32_t item = json_first(document, node); item != json_end(document, node);
                 item = json_after(document, item))
                keys[item] = keys[node];
    }
    return keys;
}
