/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef VIEWS_H
#define VIEWS_H

#include "document/report_view.h"
#include "report.h"

/*
 * What a template sees of the material: the view of the first of these kinds that
 * it is about (result, comparison, check, trend), with those of the others as members of
 * it (comparison, check; null without lines of them; of a report even where the
 * template is not about them), and a badge.
 */
struct view *views_of(
    struct arena *arena, const struct material *material, const struct report_options *options);

#endif
