/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include "base/output.h"
#include "document/folder.h"
#include "document/front.h"
#include "settings.h"

/*
 * A template and where its partials may lie: the --partials folders, its own
 * folder and partials/ in that, and the partials that ship.
 */
struct template_set {
    struct mustache *compiled;
    struct front front;
    bool page; /* it makes a page of HTML by itself: --html, and the front matter names a partial */
    struct arena arena;
    struct folders partials;
    struct mustache_loader loader;
};

/*
 * Finds settings->template: a text with a slash or a dot in it is a file, any
 * other the name of a template in a --templates folder or of one that ships.
 */
int template_load(
    struct template_set *template, const struct settings *settings, struct error *error) MUST_USE;
void template_release(struct template_set *template);

/* "name   what it is" for each template that -t finds by name. */
int template_list(const struct settings *settings, struct output *out, struct error *error);

/*
 * Expands the template over the view into out, after the lists of the view were
 * arranged as its front matter says. The view may be changed.
 */
int template_render(struct buffer *out, struct template_set *template,
    const struct settings *settings, struct view *view, struct error *error) MUST_USE;

#endif
