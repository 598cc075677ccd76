/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_MARKDOWN_HTML_H
#define DOCUMENT_MARKDOWN_HTML_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * Markdown as one page of HTML that needs nothing beside itself: headings with
 * the anchors that GitHub gives them, alerts, tables that scroll instead of
 * overflowing, styles for light, dark and paper inside. Of raw HTML only what
 * html_tag_at allows comes through; the rest is shown as text. Links lead only
 * to relative places, http, https and mailto. The page has no script, and its
 * content security policy lets it load nothing.
 */
struct html_options {
    /*
     * Adds the bytes of an image that the document names by a relative path and
     * its media type: 1, 0 where there is none, -1 with error. NULL: no images.
     */
    int (*image)(void *context, struct slice path, struct buffer *bytes, const char **type,
        struct error *error);
    void *context;
};

/* The title is the text of the first heading. -1 with error as markdown_parse. */
int markdown_html(struct buffer *out, struct slice text, const struct html_options *options,
    struct error *error) MUST_USE;

/* What stands before and behind the document in the page. title is escaped here. */
void html_page_begin(struct buffer *out, struct slice title);
void html_page_end(struct buffer *out);

#endif
