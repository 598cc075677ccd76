/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "document/character.h"
#include "document/mustache.h"
#include "document/quantity.h"
#include "document/svg.h"
#include "document/trends.h"
#include "stats/order.h"

#include <math.h>
#include <stdlib.h>

/* Small multiples: each series in a panel of its own, all of one size. */
enum { PANEL_WIDTH = 420, PANEL_HEIGHT = 178, GAP = 24, COLUMNS = 2, PANELS_MOST = 200, TICKS = 4 };
/* Names of changes stand above the plot, in as many rows; a letter is about so wide. */
enum { NAME_ROWS = 2, NAME_ROW = 12, LETTER = 6, NAME_COLUMNS = 26 };
enum { LEFT = 80, RIGHT = 14, TOP = 40, BOTTOM = 24, NAMED_MOST = 6, WITH_INTERVALS = 150 };
/* What has room before the plot: "16 min 40 s". */
enum { TICK_COLUMNS = 12 };

struct panel {
    const struct trended *series;
    double x, y;      /* of its upper left corner */
    double low, high; /* of the values */
    bool data;        /* for the page's script: places as shares of the width */
};

static double x_of(const struct panel *panel, double place)
{
    double span = panel->series->point_count > 1 ? (double)panel->series->point_count - 1 : 1;
    double start = panel->series->point_count > 1 ? 0 : 0.5;
    return panel->x + LEFT + (start + place / span) * (PANEL_WIDTH - LEFT - RIGHT);
}

static double y_of(const struct panel *panel, double value)
{
    double share = (value - panel->low) / (panel->high - panel->low);
    share = fmin(fmax(share, -0.05), 1.05);
    return panel->y + PANEL_HEIGHT - BOTTOM - share * (PANEL_HEIGHT - TOP - BOTTOM);
}

/* The values and a little room; the intervals are cut where they would hide them. */
static void find_range(struct panel *panel)
{
    const struct trended *series = panel->series;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < series->point_count; i++) {
        if (!isfinite(series->points[i].median))
            continue;
        low = fmin(low, series->points[i].median);
        high = fmax(high, series->points[i].median);
    }
    if (!(low <= high))
        low = high = 0;
    double room = high > low ? 0.08 * (high - low) : high != 0 ? 0.1 * fabs(high) : 1;
    panel->low = low - room;
    panel->high = high + room;
}

/* ---- parts ------------------------------------------------------------------------- */

static void add_axis(struct buffer *out, const struct panel *panel)
{
    struct buffer text = BUFFER_INIT;
    struct svg_ticks ticks = svg_ticks(panel->low, panel->high, TICKS);
    for (double value; svg_tick(&ticks, &value);) {
        double y = y_of(panel, value);
        svg_line(out, panel->x + LEFT, y, panel->x + PANEL_WIDTH - RIGHT, y, "grid");
        buffer_reset(&text);
        quantity_add(&text, value, panel->series->about.unit);
        svg_label(
            out, panel->x + LEFT - 6, y + 4, "quiet", SVG_END, buffer_slice(&text), TICK_COLUMNS);
    }
    size_t last = panel->series->point_count - 1;
    double bottom = panel->y + PANEL_HEIGHT - 6;
    buffer_reset(&text);
    trended_point_name(&text, panel->series, 0);
    svg_label(out, panel->x + LEFT, bottom, "quiet", SVG_START, buffer_slice(&text), 20);
    buffer_reset(&text);
    trended_point_name(&text, panel->series, last);
    if (last > 0)
        svg_label(
            out, panel->x + PANEL_WIDTH - RIGHT, bottom, "quiet", SVG_END, buffer_slice(&text), 20);
    buffer_release(&text);
}

static void add_title(struct buffer *out, const struct panel *panel)
{
    const struct finding *about = &panel->series->about;
    struct buffer text = BUFFER_INIT;
    buffer_add_slice(&text, about->label);
    if (about->variant.size > 0) {
        buffer_add_text(&text, " (");
        buffer_add_slice(&text, about->variant);
        buffer_add_char(&text, ')');
    }
    if (about->metric.size > 0) {
        buffer_add_text(&text, ", ");
        buffer_add_slice(&text, about->metric);
    }
    svg_label(out, panel->x + LEFT, panel->y + 14, "text", SVG_START, buffer_slice(&text), 58);
    buffer_release(&text);
}

/* A place for the script, as a share of the plot's width. */
static void add_place(struct buffer *out, const struct panel *panel, const char *name, double place)
{
    double width = PANEL_WIDTH - LEFT - RIGHT;
    if (panel->data)
        buffer_add_format(
            out, " data-%s=\"%.5f\"", name, (x_of(panel, place) - panel->x - LEFT) / width);
}

static void add_stroke(struct buffer *out, const struct panel *panel, double from, double to,
    double y1, double y2, const char *class)
{
    buffer_add_format(out, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"",
        x_of(panel, from), y1, x_of(panel, to), y2, class);
    add_place(out, panel, "a", from);
    add_place(out, panel, "b", to);
    buffer_add_text(out, "/>\n");
}

static void add_points(struct buffer *out, const struct panel *panel)
{
    const struct trended *series = panel->series;
    struct buffer text = BUFFER_INIT;
    bool intervals = series->point_count <= WITH_INTERVALS;
    for (size_t i = 0; i < series->point_count; i++) {
        const struct trended_point *point = &series->points[i];
        if (!isfinite(point->median))
            continue;
        if (intervals && point->low <= point->high)
            add_stroke(out, panel, (double)i, (double)i, y_of(panel, point->low),
                y_of(panel, point->high), "grid");
        buffer_add_format(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%s\" class=\"dot\"",
            x_of(panel, (double)i), y_of(panel, point->median),
            series->point_count > 400 ? "1.2" : "2.2");
        add_place(out, panel, "a", (double)i);
        buffer_reset(&text);
        trended_point_name(&text, series, i);
        buffer_add_text(&text, ": ");
        quantity_add(&text, point->median, series->about.unit);
        buffer_add_text(out, "><title>");
        svg_safe(out, buffer_slice(&text));
        buffer_add_text(out, "</title></circle>\n");
    }
    buffer_release(&text);
}

/* ---- levels and changes ----------------------------------------------------------------- */

static bool on_slope(const struct trended *series, size_t place)
{
    for (size_t i = 0; i < series->slope_count; i++)
        if (place >= series->slopes[i].from && place <= series->slopes[i].to)
            return true;
    return false;
}

static double middle_of(const struct trended *series, size_t from, size_t to)
{
    double *values = memory_take((to - from) * sizeof *values);
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        if (isfinite(series->points[i].median))
            values[count++] = series->points[i].median;
    double middle = order_median_in_place(values, count);
    free(values);
    return middle;
}

/* The level between two changes, as the lines tell it, else the median of
 * its points: one that lies far off does not move it. */
static void add_level(
    struct buffer *out, const struct panel *panel, size_t change, size_t from, size_t to)
{
    const struct trended *series = panel->series;
    double level = change > 0 ? series->changes[change - 1].after : NAN;
    if (isnan(level) && change < series->change_count)
        level = series->changes[change].before;
    if (isnan(level))
        level = middle_of(series, from, to);
    if (isnan(level))
        return;
    for (size_t start = from; start < to;) {
        size_t end = start;
        if (on_slope(series, start)) {
            start++;
            continue;
        }
        while (end + 1 < to && !on_slope(series, end + 1))
            end++;
        double middle = start == from && end + 1 == to ? level : middle_of(series, start, end + 1);
        add_stroke(out, panel, (double)start, (double)end, y_of(panel, middle), y_of(panel, middle),
            "box");
        start = end + 1;
    }
}

static void add_slopes(struct buffer *out, const struct panel *panel)
{
    const struct trended *series = panel->series;
    for (size_t i = 0; i < series->slope_count; i++) {
        const struct trended_slope *slope = &series->slopes[i];
        double middle = middle_of(series, slope->from, slope->to + 1);
        double half = slope->per_point * fabs(middle) * (double)(slope->to - slope->from) / 2;
        if (isfinite(half))
            add_stroke(out, panel, (double)slope->from, (double)slope->to,
                y_of(panel, middle - half), y_of(panel, middle + half), "box");
    }
}

static const char *class_of(const struct trended *series, const struct trended_change *change)
{
    bool up = change->after > change->before;
    if (!change->confirmed || change->accepted.data || series->about.better == BETTER_NONE)
        return "open";
    return up == (series->about.better == BETTER_HIGHER) ? "better" : "worse";
}

/* What the rows of names hold so far. */
struct name_rows {
    double low[NAME_ROWS][NAMED_MOST], high[NAME_ROWS][NAMED_MOST];
    size_t counts[NAME_ROWS];
};

/* The first row with room from low to high, which is taken; NAME_ROWS where none has. */
static int take_row(struct name_rows *rows, double low, double high)
{
    for (int row = 0; row < NAME_ROWS; row++) {
        bool is_free = rows->counts[row] < NAMED_MOST;
        for (size_t i = 0; i < rows->counts[row]; i++)
            is_free = is_free && (high < rows->low[row][i] || low > rows->high[row][i]);
        if (!is_free)
            continue;
        rows->low[row][rows->counts[row]] = low;
        rows->high[row][rows->counts[row]++] = high;
        return row;
    }
    return NAME_ROWS;
}

/* On the side of the line where there is more room. */
static void add_change_name(struct buffer *out, const struct panel *panel,
    const struct trended_change *change, double place, struct name_rows *rows)
{
    const struct trended *series = panel->series;
    double x = x_of(panel, place), middle = panel->x + (PANEL_WIDTH + LEFT - RIGHT) / 2.0;
    struct buffer text = BUFFER_INIT;
    trended_point_name(&text, series, change->index);
    buffer_add_char(&text, ' ');
    if (isfinite(change->ratio))
        quantity_add_change(&text, change->ratio);
    else
        quantity_add(&text, change->shift, series->about.unit);
    struct slice name = text_head(buffer_slice(&text), NAME_COLUMNS);
    double width = LETTER * (double)text_width(name);
    bool right = x < middle;
    int row = take_row(rows, right ? x : x - width - LETTER, right ? x + width + LETTER : x);
    if (row < NAME_ROWS) {
        buffer_add_format(out, "<text x=\"%.1f\" y=\"%.1f\" class=\"quiet\" text-anchor=\"%s\"",
            right ? x + 3 : x - 3, panel->y + TOP - 3 - row * NAME_ROW, right ? "start" : "end");
        add_place(out, panel, "a", place);
        buffer_add_char(out, '>');
        svg_safe(out, name);
        buffer_add_text(out, "</text>\n");
    }
    buffer_release(&text);
}

static void add_changes(struct buffer *out, const struct panel *panel)
{
    const struct trended *series = panel->series;
    struct name_rows rows = {.counts = {0}};
    /* The newest ones are named first. */
    for (size_t i = series->change_count; i-- > 0;) {
        const struct trended_change *change = &series->changes[i];
        double place = change->index > 0 ? (double)change->index - 0.5 : 0;
        add_stroke(out, panel, place, place, panel->y + TOP, panel->y + PANEL_HEIGHT - BOTTOM,
            class_of(series, change));
        add_change_name(out, panel, change, place, &rows);
    }
}

static void add_panel(struct buffer *out, const struct panel *panel)
{
    const struct trended *series = panel->series;
    add_axis(out, panel);
    if (panel->data)
        buffer_add_format(out, "<g class=\"plot\" data-left=\"%d\" data-width=\"%d\">\n", (int)LEFT,
            PANEL_WIDTH - LEFT - RIGHT);
    for (size_t i = 0; i <= series->change_count; i++) {
        size_t from = i > 0 ? series->changes[i - 1].index : 0;
        size_t to = i < series->change_count ? series->changes[i].index : series->point_count;
        if (from < to)
            add_level(out, panel, i, from, to);
    }
    add_slopes(out, panel);
    add_points(out, panel);
    add_changes(out, panel);
    if (panel->data)
        buffer_add_text(out, "</g>\n");
}

/* ---- drawings --------------------------------------------------------------------------- */

void trend_drawing(struct buffer *out, const struct trended *series)
{
    struct panel panel = {.series = series, .data = true};
    find_range(&panel);
    buffer_add_format(out, "<svg class=\"trend\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
        (int)PANEL_WIDTH, (int)PANEL_HEIGHT);
    svg_safe(out, series->about.label);
    buffer_add_text(out, " over time\">\n");
    add_panel(out, &panel);
    buffer_add_text(out, "</svg>\n");
}

bool chart_trends(struct buffer *out, const struct trends *trends)
{
    size_t shown = trends->count < PANELS_MOST ? trends->count : PANELS_MOST;
    size_t rows = (shown + COLUMNS - 1) / COLUMNS;
    if (shown == 0)
        return false;
    svg_begin(out, COLUMNS * PANEL_WIDTH + GAP, (double)(rows * (PANEL_HEIGHT + GAP)),
        slice_of("Results over time"),
        slice_of("One small chart a series: the median of each point with its interval, the levels "
                 "between steps, and each step with the point where it begins."));
    for (size_t i = 0; i < shown; i++) {
        struct panel panel = {.series = &trends->items[i],
            .x = (double)(i % COLUMNS) * (PANEL_WIDTH + GAP),
            .y = (double)(i / COLUMNS) * (PANEL_HEIGHT + GAP)};
        find_range(&panel);
        add_title(out, &panel);
        panel.y += 12;
        add_panel(out, &panel);
    }
    svg_end(out);
    return true;
}
