/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/document.h"

#include "base/memory.h"
#include "json/number.h"
#include "json/scan.h"

static struct json_scratch *scratch_of(struct json_document *document)
{
    if (!document->scratch) {
        struct json_scratch *scratch = memory_zero(1, sizeof *scratch);
        scratch->frame_capacity = SCAN_FRAMES;
        scratch->frames = memory_zero(SCAN_FRAMES, sizeof *scratch->frames);
        scratch->guesses = memory_zero(1, sizeof *scratch->guesses);
        document->scratch = scratch;
    }
    return document->scratch;
}

/* A text that is not a document's first is likely to have the keys of the one before. */
static void expect_keys(struct json_scratch *scratch)
{
    if (LIKELY(scratch->guess_mask))
        return;
    if (scratch->again) {
        scratch->guesses = memory_resize(scratch->guesses, SCAN_GUESSES, sizeof *scratch->guesses);
        memset(scratch->guesses, 0, SCAN_GUESSES * sizeof *scratch->guesses);
        scratch->guess_mask = SCAN_GUESSES - 1;
    }
    scratch->again = true;
}

void json_release(struct json_document *document)
{
    if (document->scratch) {
        free(document->scratch->guesses);
        free(document->scratch->frames);
        free(document->scratch->slots);
        buffer_release(&document->scratch->copy);
        buffer_release(&document->scratch->decoded);
        free(document->scratch);
    }
    free(document->nodes);
    *document = (struct json_document)JSON_DOCUMENT_INIT;
}

static bool is_sentinel(char byte)
{
    return (unsigned char)byte < 0x20;
}

/* The text with a padding of zeros, in the document's own memory. */
static const char *copy_text(struct json_scratch *scratch, const char *text, size_t size)
{
    static const char padding[JSON_PADDING];
    buffer_reset(&scratch->copy);
    buffer_add(&scratch->copy, text, size);
    buffer_add(&scratch->copy, padding, sizeof padding);
    return scratch->copy.data;
}

int json_parse_by(struct json_document *document, const char *text, size_t size,
    const struct json_options *options, scan_function *run, struct error *error)
{
    struct json_scratch *scratch = scratch_of(document);
    document->count = 0;
    document->text = text;
    document->size = 0;
    if (size > JSON_SIZE_LIMIT)
        return error_set(error, ERROR_CONTENT, "the text has %zu bytes; expected at most %d", size,
            JSON_SIZE_LIMIT);
    /* A line comes with its newline, which is as good a sentinel as the byte after it. */
    size_t limit = size;
    if (limit > 0 && (text[limit - 1] == '\n' || text[limit - 1] == '\r'))
        limit--;
    if (!is_sentinel(text[limit]))
        text = copy_text(scratch, text, size);
    document->text = text;
    document->size = size;

    uint32_t depth = options && options->depth ? options->depth : JSON_DEPTH;
    if (depth > JSON_DEPTH_LIMIT)
        depth = JSON_DEPTH_LIMIT;
    struct scan scan = {.document = document,
        .scratch = scratch,
        .text = text,
        .limit = text + limit,
        .depth = depth,
        .keys = options ? options->keys : JSON_KEYS_ERROR};
    json_scan_bound(&scan);
    expect_keys(scratch);
    scratch->frames[0] = (struct scan_frame){.closer = 0};
    if (run(&scan) == 0)
        return 0;
    json_scan_explain(&scan, error);
    document->count = 0;
    return -1;
}

int json_parse(struct json_document *document, const char *text, size_t size,
    const struct json_options *options, struct error *error)
{
    return json_parse_by(document, text, size, options, json_scan_paths()->run, error);
}

int json_parse_copy(struct json_document *document, struct slice text,
    const struct json_options *options, struct error *error)
{
    if (text.size > JSON_SIZE_LIMIT)
        return json_parse(document, text.data, text.size, options, error);
    const char *copy = copy_text(scratch_of(document), text.data, text.size);
    return json_parse(document, copy, text.size, options, error);
}

uint32_t json_count(const struct json_document *document, uint32_t container)
{
    uint32_t count = 0, end = json_end(document, container);
    if (json_type(document, container) == JSON_ARRAY)
        for (uint32_t item = container + 1; item < end; item = json_after(document, item))
            count++;
    else if (json_type(document, container) == JSON_OBJECT)
        for (uint32_t key = container + 1; key < end; key = json_after(document, key + 1))
            count += !(document->nodes[key].flags & JSON_SHADOWED);
    return count;
}

struct slice json_string(const struct json_document *document, uint32_t node, struct arena *arena)
{
    struct slice raw = json_raw(document, node);
    if (!(document->nodes[node].flags & JSON_ESCAPED))
        return raw;
    char *value = arena_take(arena, raw.size + 1);
    size_t size = string_decode_to(value, raw);
    value[size] = '\0';
    return (struct slice){value, size};
}

bool json_string_is(const struct json_document *document, uint32_t node, struct slice value)
{
    struct slice raw = json_raw(document, node);
    if (document->nodes[node].flags & JSON_ESCAPED)
        return string_value_is(raw, value);
    return slice_equal(raw, value);
}

double json_double(const struct json_document *document, uint32_t node)
{
    return number_double(json_raw(document, node));
}

bool json_int64(const struct json_document *document, uint32_t node, int64_t *out)
{
    return number_int64(json_raw(document, node), out);
}

const char *json_type_name(enum json_type type)
{
    switch (type) {
    case JSON_NULL: return "null";
    case JSON_FALSE:
    case JSON_TRUE: return "boolean";
    case JSON_NUMBER: return "number";
    case JSON_STRING: return "string";
    case JSON_ARRAY: return "array";
    case JSON_OBJECT: return "object";
    }
    return "value";
}
