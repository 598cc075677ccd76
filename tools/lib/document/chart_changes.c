/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/charts.h"

#include "base/memory.h"
#include "document/character.h"
#include "document/comparison_parts.h"
#include "document/svg.h"

#include <string.h>

enum {
    ROWS_MOST = 60,
    LABEL_COLUMNS = 46,
    LEFT = 330,
    PLOT = 420,
    RIGHT = 90,
    TOP = 56,
    ROW = 22,
    BOTTOM = 44,
    TICKS = 8
};

/* Changes beyond four times are drawn as arrows, so that one does not flatten the others. */
#define RATIO_MOST 4.0

struct changes {
    const struct comparisons *all;
    const struct compared **rows;
    size_t count, hidden;
    double low, high; /* of the plot, as logarithms of ratios */
};

static bool is_drawn(const struct compared *item)
{
    return compared_has_both(item) && item->ratio > 0;
}

static int rank(const struct compared *item)
{
    return item->verdict == VERDICT_REGRESSION    ? 0
           : item->verdict == VERDICT_IMPROVEMENT ? 1
           : compared_is_finding(item)            ? 2
           : compared_is_open(item)               ? 3
                                                  : 4;
}

static int by_rank(const void *left, const void *right)
{
    const struct compared *a = *(const struct compared *const *)left;
    const struct compared *b = *(const struct compared *const *)right;
    if (rank(a) != rank(b))
        return rank(a) < rank(b) ? -1 : 1;
    double x = compared_weight(a), y = compared_weight(b);
    if (x != y)
        return x > y ? -1 : 1;
    return (a > b) - (a < b);
}

static double clipped(double ratio)
{
    return ratio < 1 / RATIO_MOST ? -log(RATIO_MOST)
           : ratio > RATIO_MOST   ? log(RATIO_MOST)
                                  : log(ratio);
}

static void widen(struct changes *changes, double ratio)
{
    if (!(ratio > 0))
        return;
    changes->low = fmin(changes->low, clipped(ratio));
    changes->high = fmax(changes->high, clipped(ratio));
}

static bool gather(struct changes *changes, const struct comparisons *comparisons)
{
    changes->all = comparisons;
    changes->rows = memory_zero(comparisons->count + 1, sizeof *changes->rows);
    for (size_t i = 0; i < comparisons->count; i++)
        if (is_drawn(&comparisons->items[i]))
            changes->rows[changes->count++] = &comparisons->items[i];
    if (changes->count > 1)
        qsort(changes->rows, changes->count, sizeof(const struct compared *), by_rank);
    if (changes->count > ROWS_MOST) {
        changes->hidden = changes->count - ROWS_MOST;
        changes->count = ROWS_MOST;
    }
    changes->low = -0.01;
    changes->high = 0.01;
    for (size_t i = 0; i < changes->count; i++) {
        widen(changes, changes->rows[i]->ratio);
        widen(changes, changes->rows[i]->ratio_low);
        widen(changes, changes->rows[i]->ratio_high);
    }
    double margin = 0.05 * (changes->high - changes->low);
    changes->low -= margin;
    changes->high += margin;
    return changes->count > 0;
}

static double x_of(const struct changes *changes, double ratio)
{
    return LEFT + PLOT * (clipped(ratio) - changes->low) / (changes->high - changes->low);
}

static void draw_axis(struct buffer *out, const struct changes *changes, double bottom)
{
    struct svg_ticks ticks = svg_ticks(exp(changes->low) - 1, exp(changes->high) - 1, TICKS);
    struct buffer text = BUFFER_INIT;
    for (double change; svg_tick(&ticks, &change);) {
        double x = x_of(changes, 1 + change);
        svg_line(out, x, TOP, x, bottom, change == 0 ? "line" : "grid");
        buffer_reset(&text);
        buffer_add_format(&text, "%s%.4g%%", change > 0 ? "+" : "", 100 * change);
        svg_text(out, x, bottom + 16, "quiet", SVG_MIDDLE, buffer_slice(&text));
    }
    buffer_release(&text);
}

struct look {
    const char *class;
    enum svg_mark mark;
};

/* Up is worse, down is better, a ring is open, a dot is the same: also without colour. */
static struct look look_of(const struct compared *item)
{
    if (item->verdict == VERDICT_REGRESSION)
        return (struct look){"worse", SVG_UP};
    if (item->verdict == VERDICT_IMPROVEMENT)
        return (struct look){"better", SVG_DOWN};
    if (compared_is_finding(item))
        return (struct look){"same", SVG_DIAMOND};
    if (compared_is_open(item))
        return (struct look){"open", SVG_RING};
    return (struct look){"same", SVG_CIRCLE};
}

static void draw_interval(
    struct buffer *out, const struct changes *changes, const struct compared *item, double y)
{
    struct look look = look_of(item);
    double low = item->ratio_low, high = item->ratio_high;
    if (low > 0 && isfinite(high)) {
        svg_line(out, x_of(changes, low), y, x_of(changes, high), y, look.class);
        if (low < 1 / RATIO_MOST)
            svg_mark(out, x_of(changes, low), y, 4, SVG_LEFT, look.class);
        if (high > RATIO_MOST)
            svg_mark(out, x_of(changes, high), y, 4, SVG_RIGHT, look.class);
    }
    svg_mark(out, x_of(changes, item->ratio), y, 5, look.mark, look.class);
}

/* Behind the metric, where there are several heads. */
static void add_side(struct buffer *out, const struct changes *changes, const struct compared *item)
{
    const struct compared_summary *sides = compared_sides(changes->all, item);
    if (changes->all->summary_count < 2 || !sides || !sides->head.data)
        return;
    buffer_add_text(out, ", ");
    buffer_add_slice(out, text_head(sides->head, LABEL_COLUMNS));
}

static void draw_row(
    struct buffer *out, const struct changes *changes, const struct compared *item, double y)
{
    struct buffer text = BUFFER_INIT;
    if (item->band_low > 0 && isfinite(item->band_high))
        svg_box(out, x_of(changes, item->band_low), y - ROW / 2.0,
            x_of(changes, item->band_high) - x_of(changes, item->band_low), ROW, "band");
    buffer_add_slice(&text, item->about.label);
    if (item->about.model.data)
        buffer_add_format(&text, ", %.*s", (int)model_name(item->about.model).size,
            model_name(item->about.model).data);
    if (item->about.metric.data) {
        buffer_add_text(&text, ", ");
        buffer_add_slice(&text, item->about.metric);
    }
    add_side(&text, changes, item);
    svg_label(out, LEFT - 10, y + 4, "text", SVG_END, buffer_slice(&text), LABEL_COLUMNS);
    buffer_reset(&text);
    quantity_add_change(&text, item->ratio);
    svg_text(out, LEFT + PLOT + 10, y + 4, "text", SVG_START, buffer_slice(&text));
    buffer_release(&text);
}

bool chart_changes(struct buffer *out, const struct comparisons *comparisons)
{
    struct changes changes = {.count = 0};
    if (!gather(&changes, comparisons)) {
        free(changes.rows);
        return false;
    }
    double bottom = TOP + ROW * (double)changes.count;
    svg_begin(out, LEFT + PLOT + RIGHT, bottom + BOTTOM, slice_of("Changes"),
        slice_of("The ratio of head to base for each comparison, with its interval and the band "
                 "of changes that do not matter."));
    svg_text(out, 10, 22, "title", SVG_START, slice_of("Changes, head against base"));
    svg_text(out, 10, 40, "quiet", SVG_START,
        slice_of("\xE2\x96\xB2 worse  \xE2\x96\xBC better  \xE2\x97\x86 different  "
                 "\xE2\x97\x8B open  \xE2\x97\x8F the same; shaded: too small to matter"));
    for (size_t i = 0; i < changes.count; i++)
        draw_row(out, &changes, changes.rows[i], TOP + ROW * ((double)i + 0.5));
    draw_axis(out, &changes, bottom);
    for (size_t i = 0; i < changes.count; i++)
        draw_interval(out, &changes, changes.rows[i], TOP + ROW * ((double)i + 0.5));
    svg_more(out, 10, bottom + 36, changes.hidden, "comparisons");
    svg_end(out);
    free(changes.rows);
    return true;
}

/* ---- in mermaid ---- */
/* What stands in a quoted label; '#' begins an entity there, and nothing escapes a quote. */
static void add_label(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        bool plain = byte >= 0x20 && byte != 0x7F && !strchr("\"#;<>`\\%&@", byte);
        buffer_add_char(out, plain ? (char)byte : ' ');
    }
}

static void add_labels(struct buffer *out, const struct changes *changes)
{
    struct buffer name = BUFFER_INIT, safe = BUFFER_INIT;
    buffer_add_text(out, "    x-axis [");
    for (size_t i = 0; i < changes->count; i++) {
        const struct finding *about = &changes->rows[i]->about;
        buffer_reset(&name);
        buffer_reset(&safe);
        buffer_add_slice(&name, text_head(about->label, LABEL_COLUMNS));
        if (about->metric.data) {
            buffer_add_text(&name, ", ");
            buffer_add_slice(&name, text_head(about->metric, LABEL_COLUMNS));
        }
        add_side(&name, changes, changes->rows[i]);
        text_safe(&safe, buffer_slice(&name));
        buffer_add_text(out, i > 0 ? ", \"" : "\"");
        add_label(out, buffer_slice(&safe));
        buffer_add_char(out, '"');
    }
    buffer_add_text(out, "]\n");
    buffer_release(&safe);
    buffer_release(&name);
}

bool chart_changes_mermaid(struct buffer *out, const struct comparisons *comparisons)
{
    struct changes changes = {.count = 0};
    bool any = gather(&changes, comparisons);
    if (changes.count > MERMAID_MOST)
        changes.count = MERMAID_MOST;
    if (any) {
        double most = 100;
        for (size_t i = 0; i < changes.count; i++)
            most = fmax(most, 100 * exp(clipped(changes.rows[i]->ratio)));
        buffer_add_text(out, "```mermaid\nxychart-beta horizontal\n"
                             "    title \"Head in per cent of base (100: the same)\"\n");
        add_labels(out, &changes);
        buffer_add_format(out, "    y-axis \"per cent\" 0 --> %.0f\n    bar [", ceil(most));
        for (size_t i = 0; i < changes.count; i++)
            buffer_add_format(
                out, "%s%.1f", i > 0 ? ", " : "", 100 * exp(clipped(changes.rows[i]->ratio)));
        buffer_add_text(out, "]\n```\n");
    }
    free(changes.rows);
    return any;
}
