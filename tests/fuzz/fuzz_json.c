/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a JSON text: every path gives the same nodes; jansson accepts and
 * reads the same where both are defined; the canonical form is its own canonical
 * form; what the writer writes reads back equal; a pointer leads back to its node.
 *
 * Covers: tools/lib/json
 */
#include "jansson_beside.h"

#include "base/memory.h"
#include "fuzz.h"
#include "json/canonical.h"
#include "json/decimal.h"
#include "json/scan.h"
#include "json/writer.h"

static struct arena arena;

/* The text with padding of a kind that would go on with any token. */
static char *padded(const uint8_t *data, size_t size, char after)
{
    char *text = memory_take(size + JSON_PADDING);
    if (size)
        memcpy(text, data, size);
    memset(text + size, after, JSON_PADDING);
    return text;
}

static void same_documents(const struct json_document *a, const struct error *a_error,
    const struct json_document *b, const struct error *b_error)
{
    MUST(a->count == b->count && a_error->code == b_error->code);
    MUST(a_error->line == b_error->line && a_error->column == b_error->column);
    MUST(strcmp(a_error->text, b_error->text) == 0);
    MUST(strcmp(a_error->pointer, b_error->pointer) == 0);
    MUST(a->count == 0 || memcmp(a->nodes, b->nodes, a->count * sizeof *a->nodes) == 0);
}

/* Every path, every padding, both treatments of equal keys. */
static void check_paths(const uint8_t *data, size_t size)
{
    static const char after[] = {'\n', '\0', ' ', '"', '0', '}', ','};
    struct json_document first = JSON_DOCUMENT_INIT, other = JSON_DOCUMENT_INIT;
    for (int keys = JSON_KEYS_ERROR; keys <= JSON_KEYS_LAST; keys++) {
        struct json_options options = {.keys = (enum json_keys)keys};
        struct error first_error = ERROR_INIT;
        char *text = padded(data, size, '\n');
        (void)!json_parse_by(&first, text, size, &options, json_scan_portable, &first_error);
        for (size_t i = 0; i < sizeof after; i++)
            for (const struct scan_path *path = json_scan_paths(); path->name; path++) {
                struct error error = ERROR_INIT;
                char *again = padded(data, size, after[i]);
                (void)!json_parse_by(&other, again, size, &options, path->run, &error);
                same_documents(&other, &error, &first, &first_error);
                free(again);
            }
        if (first_error.code)
            MUST(strstr(first_error.text, "; expected "));
        free(text);
    }
    json_release(&first);
    json_release(&other);
}

static void same_value(const struct json_document *document, uint32_t node, json_t *other);

static void same_object(const struct json_document *document, uint32_t node, json_t *other)
{
    MUST(json_typeof(other) == JANSSON_OBJECT);
    MUST(json_object_size(other) == json_count(document, node));
    for (uint32_t key = json_first(document, node); key != json_end(document, node);
         key = json_after(document, key + 1)) {
        struct slice name = json_string(document, key, &arena);
        char *text = arena_text_n(&arena, name.data, name.size);
        json_t *value = json_object_get(other, text);
        MUST(value && json_get_slice(document, node, name) == key + 1);
        same_value(document, key + 1, value);
    }
}

static void same_array(const struct json_document *document, uint32_t node, json_t *other)
{
    size_t index = 0;
    MUST(json_typeof(other) == JANSSON_ARRAY);
    MUST(json_array_size(other) == json_count(document, node));
    for (uint32_t item = json_first(document, node); item != json_end(document, node);
         item = json_after(document, item))
        same_value(document, item, json_array_get(other, index++));
}

static void same_value(const struct json_document *document, uint32_t node, json_t *other)
{
    switch (json_type(document, node)) {
    case JSON_NULL: MUST(json_typeof(other) == JANSSON_NULL); break;
    case JSON_FALSE: MUST(json_typeof(other) == JANSSON_FALSE); break;
    case JSON_TRUE: MUST(json_typeof(other) == JANSSON_TRUE); break;
    case JSON_NUMBER:
        MUST(json_typeof(other) == JANSSON_REAL);
        MUST(json_double(document, node) == json_real_value(other));
        break;
    case JSON_STRING: {
        struct slice value = {json_string_value(other), json_string_length(other)};
        MUST(json_typeof(other) == JANSSON_STRING && json_string_is(document, node, value));
        MUST(slice_equal(json_string(document, node, &arena), value));
        break;
    }
    case JSON_ARRAY: same_array(document, node, other); break;
    case JSON_OBJECT: same_object(document, node, other); break;
    }
}

/* What jansson has no answer for: U+0000 in a key. */
static bool has_nul_key(const struct json_document *document)
{
    for (uint32_t node = 0; node < document->count; node++) {
        const struct json_node *at = &document->nodes[node];
        if (at->type != JSON_STRING || !(at->flags & JSON_ESCAPED))
            continue;
        struct slice value = json_string(document, node, &arena);
        if (memchr(value.data, '\0', value.size))
            return true;
    }
    return false;
}

static json_t *by_jansson(const void *text, size_t size)
{
    return json_loadb(text, size,
        JSON_DECODE_ANY | JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL);
}

/* Refused by ours only: the depth and the exponents that jansson still reads. */
static bool ours_alone(const struct error *error)
{
    return strstr(error->text, "nested deeper") || strstr(error->text, "more than 18 digits");
}

static void check_canonical(const struct json_document *document)
{
    struct buffer once = BUFFER_INIT, twice = BUFFER_INIT;
    struct json_document again = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    json_canonical(document, 0, &once);
    MUST(json_parse_copy(&again, buffer_slice(&once), NULL, &error) == 0);
    json_canonical(&again, 0, &twice);
    MUST(slice_equal(buffer_slice(&once), buffer_slice(&twice)));
    if (!has_nul_key(document)) {
        json_t *other = by_jansson(once.data, once.size);
        MUST(other);
        same_value(document, 0, other);
        json_decref(other);
    }
    json_release(&again);
    buffer_release(&once);
    buffer_release(&twice);
}

/* The same value call by call, with strings decoded and encoded anew. */
static void write_value(
    struct json_writer *writer, const struct json_document *document, uint32_t node)
{
    bool deep = writer->depth + 1 >= JSON_WRITER_DEPTH;
    switch (deep ? JSON_NULL : json_type(document, node)) {
    case JSON_STRING: json_write_slice(writer, json_string(document, node, &arena)); break;
    case JSON_ARRAY:
        json_begin_array(writer);
        for (uint32_t item = json_first(document, node); item != json_end(document, node);
             item = json_after(document, item))
            write_value(writer, document, item);
        json_end_array(writer);
        break;
    case JSON_OBJECT:
        json_begin_object(writer);
        for (uint32_t key = json_first(document, node); key != json_end(document, node);
             key = json_after(document, key + 1)) {
            json_write_key_slice(writer, json_string(document, key, &arena));
            write_value(writer, document, key + 1);
        }
        json_end_object(writer);
        break;
    default: json_write_copy(writer, document, node); break;
    }
}

static void check_writer(const struct json_document *document, unsigned indent, bool copy)
{
    struct buffer out = BUFFER_INIT;
    struct json_document again = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    struct json_writer writer = json_writer(&out, indent);
    if (copy)
        json_write_copy(&writer, document, 0);
    else
        write_value(&writer, document, 0);
    MUST(json_parse_copy(&again, buffer_slice(&out), NULL, &error) == 0);
    MUST(json_equal(document, 0, &again, 0) && json_equal(&again, 0, document, 0));
    json_release(&again);
    buffer_release(&out);
}

/* Equal values have one canonical form, whatever side they stand on. */
static void check_pairs(const struct json_document *document)
{
    enum { MOST = 12 };
    uint32_t count = document->count < MOST ? document->count : MOST;
    struct buffer forms[MOST] = {BUFFER_INIT};
    for (uint32_t i = 0; i < count; i++)
        json_canonical(document, i, &forms[i]);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = i; j < count; j++) {
            bool equal = json_equal(document, i, document, j);
            MUST(equal == json_equal(document, j, document, i) && (i != j || equal));
            if (equal)
                MUST(slice_equal(buffer_slice(&forms[i]), buffer_slice(&forms[j])));
        }
    for (uint32_t i = 0; i < count; i++)
        buffer_release(&forms[i]);
}

/* One member for a scalar, by the call made for what it is. */
static void write_member(
    struct json_writer *writer, const struct json_document *document, uint32_t node)
{
    int64_t integer;
    switch (json_type(document, node)) {
    case JSON_NULL: json_member_text(writer, "x", NULL); break;
    case JSON_FALSE:
    case JSON_TRUE: json_member_bool(writer, "x", json_type(document, node) == JSON_TRUE); break;
    case JSON_STRING: json_member_slice(writer, "x", json_string(document, node, &arena)); break;
    case JSON_NUMBER:
        if (json_int64(document, node, &integer))
            json_member_integer(writer, "x", integer);
        else
            json_member_double(writer, "x", json_double(document, node));
        break;
    default: json_member_copy(writer, "x", document, node); break;
    }
}

static void check_members(const struct json_document *document)
{
    enum { MOST = 20 };
    struct buffer out = BUFFER_INIT;
    for (uint32_t node = 0; node < document->count && node < MOST; node++) {
        struct json_document again = JSON_DOCUMENT_INIT;
        struct json_writer writer = json_writer(&out, node % 3);
        buffer_reset(&out);
        json_begin_object(&writer);
        write_member(&writer, document, node);
        json_end_object(&writer);
        MUST(json_parse_copy(&again, buffer_slice(&out), NULL, NULL) == 0);
        uint32_t value = json_get(&again, 0, "x");
        MUST(strcmp(json_type_name(json_type(&again, value)),
                 json_type_name(json_type(document, node))) == 0);
        if (json_type(document, node) == JSON_NUMBER)
            MUST(json_double(document, node) == json_double(&again, value));
        else
            MUST(json_equal(document, node, &again, value));
        json_release(&again);
    }
    buffer_release(&out);
}

/* Any bytes as a text to write: what comes out is JSON, and UTF-8. */
static void check_bytes(const uint8_t *data, size_t size)
{
    struct buffer out = BUFFER_INIT;
    struct json_document document = JSON_DOCUMENT_INIT;
    struct json_writer writer = json_writer(&out, 0);
    double number = 0;
    uint64_t whole = 0;
    memcpy(&number, data, size < sizeof number ? size : sizeof number);
    memcpy(&whole, data, size < sizeof whole ? size : sizeof whole);
    json_begin_array(&writer);
    json_write_slice(&writer, (struct slice){(const char *)data, size});
    json_write_double(&writer, number);
    json_write_unsigned(&writer, whole);
    json_end_array(&writer);
    MUST(json_parse_copy(&document, buffer_slice(&out), NULL, NULL) == 0);
    MUST(json_count(&document, 0) == 3);
    if (json_type(&document, 2) == JSON_NUMBER)
        MUST(json_double(&document, 2) == number);
    json_release(&document);
    buffer_release(&out);
}

static void check_pointers(const struct json_document *document)
{
    enum { MOST = 40 };
    struct buffer pointer = BUFFER_INIT;
    for (uint32_t node = 0; node < document->count && node < MOST; node++) {
        uint32_t found;
        uint64_t line, column;
        buffer_reset(&pointer);
        json_pointer_of(document, node, &pointer);
        MUST(json_pointer_find(document, buffer_slice(&pointer), &found));
        MUST(found == node || (found == node + 1 && json_type(document, node) == JSON_STRING));
        json_position(document, document->nodes[node].start, &line, &column);
        MUST(line > 0 && column > 0 && column <= document->size + 1);
    }
    /* The text itself, taken as a pointer. */
    uint32_t found;
    struct slice raw = {document->text, document->size};
    MUST(!json_pointer_find(document, raw, &found) || document->size == 0);
    buffer_release(&pointer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    check_paths(data, size);
    if (size > 0)
        check_bytes(data, size);
    struct slice text = {(const char *)data, size};
    int accepted = json_parse_copy(&document, text, NULL, &error) == 0;
    /* jansson passes over a NUL byte between two tokens without a word. */
    bool comparable = size == 0 || !memchr(data, '\0', size);
    if (comparable && (accepted || !ours_alone(&error))) {
        json_t *other = by_jansson(data, size);
        if (accepted && !has_nul_key(&document))
            MUST(other != NULL);
        if (other)
            MUST(accepted);
        if (other)
            same_value(&document, 0, other);
        json_decref(other);
    }
    if (accepted) {
        check_canonical(&document);
        check_pointers(&document);
        check_pairs(&document);
        check_members(&document);
        for (unsigned indent = 0; indent < 3; indent += 2) {
            check_writer(&document, indent, false);
            check_writer(&document, indent, true);
        }
    }
    json_release(&document);
    arena_release(&arena);
    return 0;
}
