/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/charts.h"

#include "base/memory.h"
#include "document/report_parts.h"
#include "document/svg.h"
#include "stats/order.h"

#include <string.h>

enum {
    BENCHMARKS_MOST = 30,
    DOTS_MOST = 400,
    LABEL_COLUMNS = 28,
    LEFT = 210,
    PLOT = 480,
    RIGHT = 130,
    TOP = 40,
    HEAD = 26, /* above the rows of a benchmark */
    ROW = 26,
    FOOT = 26, /* for its axis */
    TICKS = 5
};

/* A benchmark whose rows share one axis. */
struct panel {
    const struct benchmark *benchmark;
    const struct series *about;
    double low, high;
    size_t rows;
};

static const struct series *same_series(const struct side *side, const struct series *like)
{
    for (const struct series *series = side->series; series; series = series->next)
        if (series->metric == like->metric && series->unit == like->unit)
            return series;
    return NULL;
}

/* Whether the benchmark has enough samples to look at. */
static bool make_panel(
    struct panel *panel, const struct collection *collection, const struct benchmark *benchmark)
{
    enum { SAMPLES_LEAST = 3 };
    bool enough = false;
    *panel = (struct panel){benchmark, main_series(collection, benchmark), NAN, NAN, 0};
    if (!panel->about)
        return false;
    for (const struct side *side = benchmark->sides; side; side = side->next) {
        const struct series *series = same_series(side, panel->about);
        if (!series || series->count == 0)
            continue;
        enough = enough || series->count >= SAMPLES_LEAST;
        panel->rows++;
        for (size_t i = 0; i < series->count; i++) {
            panel->low = fmin(panel->low, series->values[i]);
            panel->high = fmax(panel->high, series->values[i]);
        }
    }
    double margin = panel->high > panel->low ? 0.04 * (panel->high - panel->low)
                                             : fmax(0.04 * fabs(panel->high), 1e-12);
    panel->low -= margin;
    panel->high += margin;
    return enough && isfinite(panel->high - panel->low);
}

static double x_of(const struct panel *panel, double value)
{
    return LEFT + PLOT * (value - panel->low) / (panel->high - panel->low);
}

static void draw_axis(struct buffer *out, const struct collection *collection,
    const struct panel *panel, double top, double bottom)
{
    struct svg_ticks ticks = svg_ticks(panel->low, panel->high, TICKS);
    struct buffer text = BUFFER_INIT;
    for (double value; svg_tick(&ticks, &value);) {
        double x = x_of(panel, value);
        svg_line(out, x, top, x, bottom, "grid");
        buffer_reset(&text);
        quantity_add(&text, value, collection_text(collection, panel->about->unit));
        svg_text(out, x, bottom + 15, "quiet", SVG_MIDDLE, buffer_slice(&text));
    }
    buffer_release(&text);
}

/* Every value, or as many of the sorted ones at even distances, in four heights by turns. */
static void draw_dots(
    struct buffer *out, const struct panel *panel, const struct samples *samples, double y)
{
    static const double heights[] = {-3, 3, -6, 6};
    size_t shown = samples->count < DOTS_MOST ? samples->count : DOTS_MOST;
    for (size_t i = 0; i < shown; i++) {
        size_t at = shown < 2 ? 0 : i * (samples->count - 1) / (shown - 1);
        svg_mark(out, x_of(panel, samples->sorted[at]), y + heights[i % ARRAY_SIZE(heights)], 2.5,
            SVG_CIRCLE, "dot");
    }
}

static void draw_row(struct buffer *out, const struct collection *collection,
    const struct panel *panel, const struct side *side, const struct series *series, double y)
{
    struct arena scratch = ARENA_INIT;
    struct samples samples;
    struct slice variant = collection_text(collection, side->variant);
    struct buffer text = BUFFER_INIT;
    if (samples_prepare(&samples, series->values, series->count, &scratch, NULL) == 0) {
        double low = order_quantile(&samples, 0.25), high = order_quantile(&samples, 0.75);
        double median = order_median(&samples);
        draw_dots(out, panel, &samples, y);
        svg_box(out, x_of(panel, low), y - 8, x_of(panel, high) - x_of(panel, low), 16, "box");
        svg_line(out, x_of(panel, median), y - 10, x_of(panel, median), y + 10, "line");
        quantity_add(&text, median, collection_text(collection, series->unit));
        buffer_add_format(&text, " (n=%zu)", series->count);
        svg_text(out, LEFT + PLOT + 10, y + 4, "text", SVG_START, buffer_slice(&text));
    }
    if (variant.data)
        svg_label(out, LEFT - 10, y + 4, "text", SVG_END, variant, LABEL_COLUMNS);
    buffer_release(&text);
    arena_release(&scratch);
}

static double draw_panel(
    struct buffer *out, const struct collection *collection, const struct panel *panel, double top)
{
    enum { TITLE_COLUMNS = 110 };
    struct buffer text = BUFFER_INIT;
    double first = top + HEAD, bottom = first + ROW * (double)panel->rows, y = first + ROW / 2.0;
    struct slice model = collection_text(collection, panel->benchmark->model);
    buffer_add_slice(&text, collection_text(collection, panel->benchmark->label));
    if (model.data) {
        buffer_add_text(&text, ", ");
        buffer_add_slice(&text, model_name(model));
    }
    buffer_add_text(&text, ", ");
    buffer_add_slice(&text, collection_text(collection, panel->about->metric));
    svg_label(out, 10, top + 17, "text", SVG_START, buffer_slice(&text), TITLE_COLUMNS);
    buffer_release(&text);
    draw_axis(out, collection, panel, first, bottom);
    for (const struct side *side = panel->benchmark->sides; side; side = side->next) {
        const struct series *series = same_series(side, panel->about);
        if (!series || series->count == 0)
            continue;
        draw_row(out, collection, panel, side, series, y);
        y += ROW;
    }
    return bottom + FOOT;
}

bool chart_samples(struct buffer *out, const struct collection *collection)
{
    struct panel panels[BENCHMARKS_MOST];
    size_t count = 0, hidden = 0;
    double height = TOP;
    for (size_t i = 0; i < collection->benchmark_count; i++) {
        struct panel panel;
        if (!make_panel(&panel, collection, &collection->benchmarks[i]))
            continue;
        if (count == BENCHMARKS_MOST) {
            hidden++;
            continue;
        }
        height += HEAD + ROW * (double)panel.rows + FOOT;
        panels[count++] = panel;
    }
    if (count == 0)
        return false;
    svg_begin(out, LEFT + PLOT + RIGHT, height + (hidden ? 20 : 4), slice_of("Samples"),
        slice_of("The samples of each benchmark: every value as a dot, the quartiles as a box, "
                 "the median as a line."));
    svg_text(out, 10, 22, "title", SVG_START,
        slice_of("Samples (dots), quartiles (box) and median (line)"));
    double top = TOP;
    for (size_t i = 0; i < count; i++)
        top = draw_panel(out, collection, &panels[i], top);
    svg_more(out, 10, top + 12, hidden, "benchmarks");
    svg_end(out);
    return true;
}
