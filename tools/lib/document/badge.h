/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_BADGE_H
#define DOCUMENT_BADGE_H

#include "document/view.h"

/*
 * A badge: a label, a message of a few words, a colour, and the lengths in pixels
 * that a picture of it needs. The message is chosen from the views of what there
 * is, NULL for what there is not: targets, else a comparison, else results.
 *
 *     label, message, colour (a name of shields.io), fill (#1a7f37),
 *     width, label_width, message_width, label_middle, message_middle
 */
struct badge_views {
    const struct view *checks, *comparison, *report;
};

struct view *badge_view(struct arena *arena, const struct badge_views *views, struct slice label);

#endif
