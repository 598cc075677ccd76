/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "views.h"

#include "document/badge.h"
#include "document/check_view.h"
#include "document/comparison_view.h"
#include "document/trends.h"

static bool is_about(const struct report_options *options, enum record_kind kind)
{
    return options->front->kinds & 1u << kind;
}

/* What else the input says belongs to a report; a history to a comparison, too. */
static bool is_shown(
    const struct material *material, const struct report_options *options, enum record_kind kind)
{
    bool taken = is_about(options, RECORD_RESULT) ||
                 (kind == RECORD_TREND && is_about(options, RECORD_COMPARISON));
    return (taken && material_has(material, kind)) || is_about(options, kind);
}

static void add_member(
    struct arena *arena, struct view *root, const char *key, const struct view *view, bool there)
{
    static const struct view none = {.type = VIEW_NULL};
    if (view != root)
        view_set(arena, root, key, there ? view : &none);
}

struct view *views_of(
    struct arena *arena, const struct material *material, const struct report_options *from)
{
    struct report_options options = *from;
    bool compared = material_has(material, RECORD_COMPARISON);
    bool checked = material_has(material, RECORD_CHECK);
    struct view *report = NULL, *comparison = NULL, *check = NULL, *trend = NULL;
    /* With several pairs of sides there is no one change of a model or a test. */
    if (compared && comparisons_pairs(&material->comparisons) == 1)
        options.comparisons = &material->comparisons;
    if (is_about(&options, RECORD_RESULT))
        report = report_view(arena, &material->collection, &options);
    if (is_shown(material, &options, RECORD_COMPARISON))
        comparison = comparison_view(arena, &material->comparisons, &options);
    if (is_shown(material, &options, RECORD_CHECK))
        check = check_view(arena, &material->checks, &options);
    if (is_shown(material, &options, RECORD_TREND))
        trend = trend_view(arena, &material->trends, &options);
    if (!report && !comparison && !check)
        return trend;
    struct view *root = report ? report : comparison ? comparison : check;
    struct badge_views there = {checked ? check : NULL, compared ? comparison : NULL, report};
    add_member(arena, root, "comparison", comparison, compared);
    add_member(arena, root, "check", check, checked);
    add_member(arena, root, "trend", trend, material_has(material, RECORD_TREND));
    if (there.report || there.comparison || there.checks)
        view_set(arena, root, "badge", badge_view(arena, &there, options.front->title));
    return root;
}
