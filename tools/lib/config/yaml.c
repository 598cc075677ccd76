/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config/yaml.h"

#include "base/memory.h"
#include "config/scalar.h"
#include "json/writer.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* A file on its way to JSON. */
struct conversion {
    struct yaml *yaml;
    yaml_document_t *document;
    struct json_writer writer;
    unsigned depth;
    struct error *error;
};

static int fail_at(const struct conversion *conversion, yaml_mark_t mark)
{
    error_place(conversion->error, NULL, mark.line + 1, mark.column + 1);
    return -1;
}

/* Nodes are numbered as they are written, and the JSON scanner numbers them alike. */
static int note_place(struct conversion *conversion, yaml_mark_t mark)
{
    struct yaml *yaml = conversion->yaml;
    if (yaml->count == YAML_NODES) {
        error_set(conversion->error, ERROR_CONTENT,
            "its aliases multiply to more than %d values; expected a file of that size",
            YAML_NODES);
        return fail_at(conversion, mark);
    }
    MEMORY_GROW(yaml->places, yaml->count, yaml->capacity);
    yaml->places[yaml->count++] =
        (struct yaml_place){(uint32_t)mark.line + 1, (uint32_t)mark.column + 1};
    return 0;
}

static struct slice scalar_text(const yaml_node_t *node)
{
    return (struct slice){(const char *)node->data.scalar.value, node->data.scalar.length};
}

static int write_scalar(struct conversion *conversion, const yaml_node_t *node)
{
    bool plain = node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (scalar_write(&conversion->writer, scalar_text(node), (const char *)node->tag, plain,
            conversion->error) != 0)
        return fail_at(conversion, node->start_mark);
    return 0;
}

static int write_node(struct conversion *conversion, int index);

static int write_sequence(struct conversion *conversion, const yaml_node_t *node)
{
    json_begin_array(&conversion->writer);
    for (const yaml_node_item_t *item = node->data.sequence.items.start;
         item < node->data.sequence.items.top; item++)
        if (write_node(conversion, *item) != 0)
            return -1;
    json_end_array(&conversion->writer);
    return 0;
}

static int check_key(const struct conversion *conversion, const yaml_node_t *key)
{
    if (key->type != YAML_SCALAR_NODE)
        error_set(conversion->error, ERROR_CONTENT, "this key is no text; expected a name");
    else if (slice_is(scalar_text(key), "<<") && key->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        error_set(conversion->error, ERROR_CONTENT,
            "the merge key << is not part of YAML 1.2; write the members out");
    else
        return 0;
    return fail_at(conversion, key->start_mark);
}

static int compare_keys(const void *left, const void *right)
{
    const yaml_node_t *a = *(const yaml_node_t *const *)left;
    const yaml_node_t *b = *(const yaml_node_t *const *)right;
    int order = slice_compare(scalar_text(a), scalar_text(b));
    return order ? order
                 : (a->start_mark.index > b->start_mark.index) -
                       (a->start_mark.index < b->start_mark.index);
}

/* A key that stands twice is a mistake of the writer's, who meant something by both. */
static int check_keys(struct conversion *conversion, const yaml_node_t *node)
{
    const yaml_node_pair_t *start = node->data.mapping.pairs.start;
    size_t count = (size_t)(node->data.mapping.pairs.top - start);
    const yaml_node_t **keys = memory_take(count * sizeof *keys);
    int result = 0;
    for (size_t i = 0; i < count && result == 0; i++) {
        keys[i] = yaml_document_get_node(conversion->document, start[i].key);
        result = check_key(conversion, keys[i]);
    }
    if (result == 0 && count > 1)
        qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 1; i < count && result == 0; i++) {
        struct slice text = scalar_text(keys[i]);
        if (!slice_equal(text, scalar_text(keys[i - 1])))
            continue;
        error_set(conversion->error, ERROR_CONTENT,
            "the key \"%.*s\" stands twice; it stood in line %zu before",
            text.size > 200 ? 200 : (int)text.size, text.data, keys[i - 1]->start_mark.line + 1);
        result = fail_at(conversion, keys[i]->start_mark);
    }
    free(keys);
    return result;
}

static int write_mapping(struct conversion *conversion, const yaml_node_t *node)
{
    if (check_keys(conversion, node) != 0)
        return -1;
    json_begin_object(&conversion->writer);
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = yaml_document_get_node(conversion->document, pair->key);
        if (note_place(conversion, key->start_mark) != 0)
            return -1;
        json_write_key_slice(&conversion->writer, scalar_text(key));
        if (write_node(conversion, pair->value) != 0)
            return -1;
    }
    json_end_object(&conversion->writer);
    return 0;
}

static int write_node(struct conversion *conversion, int index)
{
    const yaml_node_t *node = yaml_document_get_node(conversion->document, index);
    int result = note_place(conversion, node->start_mark);
    if (result == 0 && conversion->depth == YAML_DEPTH) {
        error_set(conversion->error, ERROR_CONTENT,
            "this is nested more than %d deep, or an alias stands inside what it names",
            YAML_DEPTH);
        return fail_at(conversion, node->start_mark);
    }
    if (result != 0)
        return -1;
    conversion->depth++;
    if (node->type == YAML_SCALAR_NODE)
        result = write_scalar(conversion, node);
    else if (node->type == YAML_SEQUENCE_NODE)
        result = write_sequence(conversion, node);
    else
        result = write_mapping(conversion, node);
    conversion->depth--;
    return result;
}

/* What libyaml found wrong, in its own words but for the classic: a tab. */
static int tell_parser_error(const yaml_parser_t *parser, struct slice text, struct error *error)
{
    yaml_mark_t mark = parser->problem_mark;
    bool tab = mark.index < text.size && text.data[mark.index] == '\t';
    /* A load that fails without an error of its own ran out of memory, too. */
    if (parser->error == YAML_MEMORY_ERROR || parser->error == YAML_NO_ERROR)
        memory_exhausted(text.size);
    if (parser->error == YAML_READER_ERROR)
        return error_set(error, ERROR_CONTENT, "this is not UTF-8 text (byte %zu): %s",
            parser->problem_offset + 1, parser->problem);
    error_place(error, NULL, mark.line + 1, mark.column + 1);
    if (tab)
        return error_set(error, ERROR_CONTENT, "a tab; YAML takes blanks only to indent");
    return error_set(error, ERROR_CONTENT, "%s%s%s", parser->problem ? parser->problem : "no YAML",
        parser->context ? " " : "", parser->context ? parser->context : "");
}

static int convert(struct yaml *yaml, yaml_document_t *document, struct error *error)
{
    struct conversion conversion = {
        .yaml = yaml, .document = document, .writer = json_writer(&yaml->json, 0), .error = error};
    if (!yaml_document_get_root_node(document))
        return error_set(error, ERROR_CONTENT, "the file is empty; expected a YAML document");
    if (write_node(&conversion, 1) != 0)
        return -1;
    static const char padding[JSON_PADDING] = "\n";
    buffer_add(&yaml->json, padding, sizeof padding);
    return json_parse(
        &yaml->document, yaml->json.data, yaml->json.size - sizeof padding, NULL, error);
}

/* Nothing but the end may follow the document. */
static int check_end(yaml_parser_t *parser, struct slice text, struct error *error)
{
    yaml_document_t next;
    if (!yaml_parser_load(parser, &next))
        return tell_parser_error(parser, text, error);
    const yaml_node_t *root = yaml_document_get_root_node(&next);
    int result = 0;
    if (root) {
        error_place(error, NULL, root->start_mark.line + 1, root->start_mark.column + 1);
        result = error_set(error, ERROR_CONTENT, "a second document; expected one");
    }
    yaml_document_delete(&next);
    return result;
}

int yaml_read(struct yaml *yaml, struct slice text, struct error *error)
{
    yaml_parser_t parser;
    yaml_document_t document;
    if (!yaml_parser_initialize(&parser))
        memory_exhausted(sizeof parser);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.data, text.size);
    int result;
    if (!yaml_parser_load(&parser, &document)) {
        result = tell_parser_error(&parser, text, error);
    } else {
        result = convert(yaml, &document, error);
        yaml_document_delete(&document);
        if (result == 0)
            result = check_end(&parser, text, error);
    }
    yaml_parser_delete(&parser);
    if (result != 0)
        yaml_release(yaml);
    return result;
}

void yaml_release(struct yaml *yaml)
{
    json_release(&yaml->document);
    buffer_release(&yaml->json);
    free(yaml->places);
    *yaml = (struct yaml)YAML_INIT;
}
