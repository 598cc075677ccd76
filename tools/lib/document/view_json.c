/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/view_json.h"

static struct view *list_from(
    struct arena *arena, const struct json_document *document, uint32_t array)
{
    struct view *list = view_list(arena);
    for (uint32_t item = json_first(document, array); item != json_end(document, array);
         item = json_after(document, item))
        view_append(arena, list, view_from_json(arena, document, item));
    return list;
}

static struct view *object_from(
    struct arena *arena, const struct json_document *document, uint32_t node)
{
    struct view *object = view_object(arena);
    for (uint32_t key = json_first(document, node); key != json_end(document, node);
         key = json_after(document, key + 1))
        view_set_slice(arena, object, json_string(document, key, arena),
            view_from_json(arena, document, key + 1));
    return object;
}

struct view *view_from_json(
    struct arena *arena, const struct json_document *document, uint32_t node)
{
    switch (json_type(document, node)) {
    case JSON_NULL: return view_null(arena);
    case JSON_FALSE: return view_bool(arena, false);
    case JSON_TRUE: return view_bool(arena, true);
    case JSON_NUMBER: return view_number(arena, json_raw(document, node));
    case JSON_STRING: return view_slice(arena, json_string(document, node, arena));
    case JSON_ARRAY: return list_from(arena, document, node);
    case JSON_OBJECT: return object_from(arena, document, node);
    }
    return view_null(arena);
}

static void write_object(struct json_writer *writer, const struct view *object)
{
    json_begin_object(writer);
    for (size_t i = 0; i < view_count(object); i++) {
        struct slice key;
        const struct view *value = view_member(object, i, &key);
        json_write_key_slice(writer, key);
        view_write(writer, value);
    }
    json_end_object(writer);
}

void view_write(struct json_writer *writer, const struct view *view)
{
    switch (view->type) {
    case VIEW_NULL: json_write_null(writer); return;
    case VIEW_FALSE: json_write_bool(writer, false); return;
    case VIEW_TRUE: json_write_bool(writer, true); return;
    case VIEW_NUMBER: json_write_raw(writer, view->as.text); return;
    case VIEW_TEXT: json_write_slice(writer, view->as.text); return;
    case VIEW_LAMBDA: json_write_text(writer, "(lambda)"); return;
    case VIEW_OBJECT: write_object(writer, view); return;
    case VIEW_LIST:
        json_begin_array(writer);
        for (size_t i = 0; i < view_count(view); i++)
            view_write(writer, view_item(view, i));
        json_end_array(writer);
        return;
    }
}
