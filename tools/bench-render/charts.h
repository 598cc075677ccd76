/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CHARTS_H
#define CHARTS_H

#include "document/markdown_html.h"
#include "document/view.h"
#include "report.h"
#include "settings.h"

/*
 * The charts of a document: drawn before it is rendered, so that the template
 * knows which there are; written beside it, or put into the page of --html.
 */
enum { CHARTS_MOST = 3 };

struct chart {
    const char *name; /* samples, changes, trends */
    char *path;       /* relative to the document */
    struct buffer svg;
};

struct charts {
    struct chart items[CHARTS_MOST];
    size_t count;
};

/* Draws, where the settings ask for charts, and adds `charts` to the view. */
void charts_draw(struct charts *charts, const struct settings *settings,
    const struct material *material, struct arena *arena, struct view *view);
void charts_release(struct charts *charts);

/* Writes the files. */
int charts_write(
    const struct charts *charts, const struct settings *settings, struct error *error) MUST_USE;

/* Finds them for the page; charts is the context of the options. */
struct html_options charts_html(struct charts *charts);

#endif
