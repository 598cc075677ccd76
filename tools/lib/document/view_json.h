/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_VIEW_JSON_H
#define DOCUMENT_VIEW_JSON_H

#include "document/view.h"
#include "json/document.h"
#include "json/writer.h"

/*
 * A JSON value as a view: numbers keep the text they are written in, and of a
 * key that stands twice the last one counts. Recursion is bounded by the depth
 * the document was read with.
 */
struct view *view_from_json(
    struct arena *arena, const struct json_document *document, uint32_t node);

enum { VIEW_WRITE_DEPTH = JSON_WRITER_DEPTH };

/*
 * A view as JSON; a lambda becomes the text "(lambda)". The view nests at most
 * VIEW_WRITE_DEPTH deep.
 */
void view_write(struct json_writer *writer, const struct view *view);

#endif
