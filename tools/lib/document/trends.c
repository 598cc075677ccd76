/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/trends.h"

#include "base/memory.h"
#include "document/label.h"
#include "record/access.h"

#include <math.h>
#include <string.h>

void trends_release(struct trends *trends)
{
    arena_release(&trends->arena);
    free(trends->items);
}

/* The items of a list that are objects, one after the other. */
struct walk {
    const struct json_document *document;
    uint32_t item, end;
};

static struct walk walk_list(const struct json_document *document, const char *name, size_t *most)
{
    uint32_t list = access_node(document, ACCESS_ROOT, name, JSON_ARRAY);
    *most = list == JSON_NONE ? 0 : json_count(document, list);
    if (list == JSON_NONE)
        return (struct walk){document, 0, 0};
    return (struct walk){document, json_first(document, list), json_end(document, list)};
}

static bool walk_next(struct walk *walk, uint32_t *object)
{
    while (walk->item != walk->end) {
        *object = walk->item;
        walk->item = json_after(walk->document, walk->item);
        if (json_type(walk->document, *object) == JSON_OBJECT)
            return true;
    }
    return false;
}

/* A whole number below the limit; false for anything else. */
static bool read_place(size_t *out, const struct json_document *document, uint32_t object,
    const char *name, size_t limit)
{
    double value = access_number(document, object, name);
    if (!(value >= 0 && value < (double)limit) || value != floor(value))
        return false;
    *out = (size_t)value;
    return true;
}

static void read_points(
    struct trended *out, const struct json_document *document, struct arena *arena)
{
    size_t most;
    uint32_t object;
    struct walk walk = walk_list(document, "points", &most);
    out->points = arena_zero(arena, most + 1, sizeof *out->points);
    while (walk_next(&walk, &object)) {
        struct trended_point *point = &out->points[out->point_count++];
        point->ref = access_text(document, object, "ref", arena);
        point->commit = access_text(document, object, "commit", arena);
        point->ts = access_number(document, object, "ts");
        point->n = access_number(document, object, "n");
        point->median = access_number(document, object, "median");
        finding_interval(document, object, "median_ci", &point->low, &point->high, arena);
    }
}

static void read_changes(
    struct trended *out, const struct json_document *document, struct arena *arena)
{
    size_t most;
    uint32_t object;
    struct walk walk = walk_list(document, "changes", &most);
    out->changes = arena_zero(arena, most + 1, sizeof *out->changes);
    while (walk_next(&walk, &object)) {
        struct trended_change change = {.before = access_number(document, object, "before"),
            .after = access_number(document, object, "after"),
            .ratio = access_number(document, object, "ratio"),
            .shift = access_number(document, object, "shift"),
            .accepted = access_text(document, object, "accepted", arena)};
        struct slice status = access_text(document, object, "status", arena);
        if (!read_place(&change.index, document, object, "index", out->point_count))
            continue;
        change.confirmed = !status.data || !slice_is(status, "unconfirmed");
        finding_interval(
            document, object, "ratio_ci", &change.ratio_low, &change.ratio_high, arena);
        out->changes[out->change_count++] = change;
    }
}

static void read_slopes(
    struct trended *out, const struct json_document *document, struct arena *arena)
{
    size_t most;
    uint32_t object;
    struct walk walk = walk_list(document, "slopes", &most);
    out->slopes = arena_zero(arena, most + 1, sizeof *out->slopes);
    while (walk_next(&walk, &object)) {
        struct trended_slope slope = {.per_point = access_number(document, object, "per_point")};
        if (read_place(&slope.from, document, object, "from", out->point_count) &&
            read_place(&slope.to, document, object, "to", out->point_count) &&
            slope.from < slope.to)
            out->slopes[out->slope_count++] = slope;
    }
}

static void read_outliers(
    struct trended *out, const struct json_document *document, struct arena *arena)
{
    size_t count;
    const double *places = access_numbers(document, ACCESS_ROOT, "outliers", &count, arena);
    out->outliers = arena_zero(arena, count + 1, sizeof *out->outliers);
    for (size_t i = 0; i < count; i++)
        if (places[i] >= 0 && places[i] < (double)out->point_count)
            out->outliers[out->outlier_count++] = (size_t)places[i];
}

static void add_trend(struct trends *trends, const struct record *record)
{
    const struct json_document *document = record->document;
    struct arena *arena = &trends->arena;
    struct trended item = {.point_count = 0};
    finding_read(&item.about, record, arena);
    read_points(&item, document, arena);
    if (item.point_count == 0)
        return;
    read_changes(&item, document, arena);
    read_slopes(&item, document, arena);
    read_outliers(&item, document, arena);
    item.cv =
        access_number(document, access_node(document, ACCESS_ROOT, "noise", JSON_OBJECT), "cv");
    item.verdict = access_text(document, ACCESS_ROOT, "verdict", arena);
    MEMORY_GROW(trends->items, trends->count, trends->capacity);
    trends->items[trends->count++] = item;
}

static void add_summary(struct trends *trends, const struct record *record)
{
    const struct json_document *document = record->document;
    struct arena *arena = &trends->arena;
    struct slice tool = access_text(document, ACCESS_ROOT, "tool", arena);
    if (!tool.data || !slice_is(tool, "bench-trend"))
        return;
    uint32_t metadata = access_node(document, ACCESS_ROOT, "metadata", JSON_OBJECT);
    uint32_t list = access_node(document, metadata, "points_without_data", JSON_ARRAY);
    trends->verdict = access_text(document, ACCESS_ROOT, "verdict", arena);
    trends->empty_count = 0;
    if (list == JSON_NONE)
        return;
    trends->empty = arena_zero(arena, json_count(document, list) + 1, sizeof *trends->empty);
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item))
        if (json_type(document, item) == JSON_STRING)
            trends->empty[trends->empty_count++] =
                arena_slice(arena, json_string(document, item, arena));
}

void trends_add(struct trends *trends, const struct record *record)
{
    if (record->kind == RECORD_TREND)
        add_trend(trends, record);
    if (record->kind == RECORD_SUMMARY)
        add_summary(trends, record);
}

void trended_point_name(struct buffer *out, const struct trended *series, size_t number)
{
    const struct trended_point *point = &series->points[number];
    bool known = point->ts >= 0 && point->ts < 9e9;
    int64_t ns = known ? (int64_t)point->ts * 1000000000 : INT64_MIN;
    point_words(out, point->ref, point->commit, ns, number);
}
