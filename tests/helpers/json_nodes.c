/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json_nodes [-l] FILE…: what the scanner makes of each FILE, a line for each node or
 * one line for a refusal, by every path that this machine can run; the paths
 * must agree, else the status is 1. The output is the same on every machine, so
 * a build for another one is compared with it. With -l the last of two equal keys
 * counts.
 */
#include "json/scan.h"

#include <stdio.h>

static int read_file(struct buffer *out, const char *path)
{
    char block[65536];
    size_t count;
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    buffer_reset(out);
    while ((count = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(out, block, count);
    fclose(file);
    for (int i = 0; i < JSON_PADDING; i++)
        buffer_add_char(out, '\0');
    out->size -= JSON_PADDING;
    return 0;
}

static void describe(struct buffer *out, const struct json_document *document)
{
    for (uint32_t i = 0; i < document->count; i++) {
        const struct json_node *node = &document->nodes[i];
        buffer_add_format(out, "%lu %lu %lu %s %u %u\n", (unsigned long)node->start,
            (unsigned long)node->end, (unsigned long)node->after,
            json_type_name(json_type(document, i)), (unsigned)node->flags, (unsigned)node->hash);
    }
}

static void describe_by(struct buffer *out, const struct buffer *text,
    const struct json_options *options, scan_function *run)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    buffer_reset(out);
    if (json_parse_by(&document, text->data, text->size, options, run, &error) == 0)
        describe(out, &document);
    else
        buffer_add_format(out, "refused: %llu:%llu: %s: %s\n", (unsigned long long)error.line,
            (unsigned long long)error.column, error.pointer, error.text);
    json_release(&document);
}

static int compare_paths(
    const char *name, const struct buffer *text, const struct json_options *options)
{
    int status = 0;
    struct buffer expected = BUFFER_INIT, found = BUFFER_INIT;
    describe_by(&expected, text, options, json_scan_portable);
    for (const struct scan_path *path = json_scan_paths(); path->name; path++) {
        describe_by(&found, text, options, path->run);
        if (slice_equal(buffer_slice(&found), buffer_slice(&expected)))
            continue;
        fprintf(stderr, "%s: %s differs from portable\n", name, path->name);
        status = 1;
    }
    const char *slash = strrchr(name, '/');
    printf("== %s\n%s", slash ? slash + 1 : name, buffer_text(&expected));
    buffer_release(&expected);
    buffer_release(&found);
    return status;
}

int main(int count, char **words)
{
    int status = 0;
    struct buffer text = BUFFER_INIT;
    struct json_options options = {.keys = JSON_KEYS_ERROR};
    int first = 1;
    if (count > 1 && strcmp(words[1], "-l") == 0) {
        options.keys = JSON_KEYS_LAST;
        first++;
    }
    for (int i = first; i < count; i++) {
        if (read_file(&text, words[i]) != 0) {
            perror(words[i]);
            status = 1;
        } else if (compare_paths(words[i], &text, &options) != 0) {
            status = 1;
        }
    }
    for (const struct scan_path *path = json_scan_paths(); path->name; path++)
        fprintf(stderr, "path %s\n", path->name);
    buffer_release(&text);
    return status;
}
