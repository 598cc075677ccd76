/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_MARKDOWN_TREE_H
#define DOCUMENT_MARKDOWN_TREE_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/dictionary.h"
#include "base/error.h"
#include "base/slice.h"

#include <cmark-gfm.h>
#include <stdbool.h>

/*
 * Markdown as GitHub reads it, by cmark-gfm; only document/ includes this.
 *
 * Debian's cmark-gfm pads the short rows of a table, so that a table of many
 * columns and many empty rows takes space for all its cells: 16 KB of text, a
 * gigabyte. A text that could hold more than MARKDOWN_CELLS of them is refused
 * before it is parsed.
 */
enum { MARKDOWN_CELLS = 4000000 };

/* The tree goes back through cmark_node_free. */
int markdown_parse(cmark_node **out, struct slice text, struct error *error) MUST_USE;

/* What a reader sees inside a node: its texts and code, without markup. */
void markdown_plain(struct buffer *out, cmark_node *node);

/*
 * The anchors of headings as GitHub gives them: each heading in turn, where one
 * that was given before gets -1, -2, … behind it.
 */
struct anchors {
    struct dictionary given;
    uint32_t *uses;
    size_t count, capacity;
};

/* The anchor of the next heading; borrowed until anchors_release. */
struct slice anchors_next(struct anchors *anchors, cmark_node *heading);
/* Whether that anchor was given; target without its #. */
bool anchors_have(const struct anchors *anchors, struct slice target);
void anchors_release(struct anchors *anchors);

/*
 * A tag of raw HTML at the front of text: its size, name (in lower case, without
 * the slash) and whether it may stand in a document: one of details, summary,
 * br, span, sub, sup, kbd, div, p, picture, source, img, without attributes but
 * those that lay out (open, align, width, height, alt, src, srcset, media). A
 * comment is a tag without a name that may stand. size 0: there is no tag.
 */
enum { HTML_NAME = 16 };

struct html_tag {
    size_t size;
    char name[HTML_NAME];
    bool closes, allowed, comment;
};

struct html_tag html_tag_at(struct slice text);

/* One attribute of a tag: 1 and its parts, 0 at the end. at begins with 0. */
int html_attribute(struct slice tag, size_t *at, struct slice *name, struct slice *value) MUST_USE;

#endif
