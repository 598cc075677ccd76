/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "data.h"

#include "document/view_json.h"

#include <stdlib.h>

enum { NESTING = 250 }; /* as deep as a template can follow */

int data_from_json(
    struct view **out, const struct settings *settings, struct arena *arena, struct error *error)
{
    static const struct json_options options = {.depth = NESTING, .keys = JSON_KEYS_LAST};
    struct json_document document = JSON_DOCUMENT_INIT;
    char *text = NULL;
    size_t size;
    int result =
        source_read_whole(&text, &size, settings->json, JSON_SIZE_LIMIT, &settings->source, error);
    if (result == 0)
        result = json_parse(&document, text, size, &options, error);
    if (result == 0)
        *out = view_from_json(arena, &document, 0);
    else
        error_place(error, settings->json, 0, 0);
    json_release(&document);
    free(text);
    return result;
}
