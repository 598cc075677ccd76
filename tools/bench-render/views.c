/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "views.h"

#include "document/badge.h"
#include "document/check_view.h"
#include "document/comparison_view.h"

static bool is_about(const struct report_options *options, enum record_kind kind)
{
    return options->front->kinds & 1u << kind;
}

struct view *views_of(
    struct arena *arena, const struct material *material, const struct report_options *options)
{
    static const struct view none = {.type = VIEW_NULL};
    struct badge_views there = {NULL, NULL, NULL};
    struct view *report = NULL, *comparison = NULL, *check = NULL;
    if (is_about(options, RECORD_RESULT))
        there.report = report = report_view(arena, &material->collection, options);
    if (is_about(options, RECORD_COMPARISON))
        comparison = comparison_view(arena, &material->comparisons, options);
    if (is_about(options, RECORD_CHECK))
        check = check_view(arena, &material->checks, options);
    if (material_has(material, RECORD_COMPARISON))
        there.comparison = comparison;
    if (material_has(material, RECORD_CHECK))
        there.checks = check;
    struct view *root = report ? report : comparison ? comparison : check;
    if (comparison && comparison != root)
        view_set(arena, root, "comparison", there.comparison ? there.comparison : &none);
    if (check && check != root)
        view_set(arena, root, "check", there.checks ? there.checks : &none);
    if (there.report || there.comparison || there.checks)
        view_set(arena, root, "badge", badge_view(arena, &there, options->front->title));
    return root;
}
