/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_SVG_H
#define DOCUMENT_SVG_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/slice.h"

#include <stdbool.h>

/*
 * A drawing as one SVG file that needs nothing beside itself: it has colours for
 * light and dark (the reader's choice), no script, and says what it shows to
 * those who cannot see it. Lengths are pixels from the upper left corner.
 *
 * Classes: text, quiet (small text), line, grid, band, worse, better, open, same
 * (marks and lines of a comparison), box, dot.
 */
void svg_begin(
    struct buffer *out, double width, double height, struct slice title, struct slice description);
void svg_end(struct buffer *out);

/* Text from a report inside an element or an attribute: hidden characters are shown, markup is not
 * read. */
void svg_safe(struct buffer *out, struct slice text);

enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };

/* Text from a report is shown, never read as markup; hidden characters are visible. */
void svg_text(struct buffer *out, double x, double y, const char *class, enum svg_anchor anchor,
    struct slice text);
/*
 * The same in at most so many columns, with the whole text for the pointer: a longer
 * one is cut in its middle, since what tells labels apart often stands at their end.
 */
void svg_label(struct buffer *out, double x, double y, const char *class, enum svg_anchor anchor,
    struct slice text, size_t columns);
void svg_line(struct buffer *out, double x1, double y1, double x2, double y2, const char *class);
void svg_box(
    struct buffer *out, double x, double y, double width, double height, const char *class);

enum svg_mark { SVG_CIRCLE, SVG_RING, SVG_UP, SVG_DOWN, SVG_DIAMOND, SVG_LEFT, SVG_RIGHT };
void svg_mark(
    struct buffer *out, double x, double y, double size, enum svg_mark mark, const char *class);

/*
 * The ticks of an axis from low to high: multiples of a pleasant step (1, 2 or 5
 * times a power of ten) that parts it into at most so many.
 *
 *     struct svg_ticks ticks = svg_ticks(low, high, 5);
 *     for (double at; svg_tick(&ticks, &at);)
 *         …
 */
struct svg_ticks {
    double step;
    double number, high; /* of the next, in steps; of the axis */
    int left;
};
struct svg_ticks svg_ticks(double low, double high, int parts);
bool svg_tick(struct svg_ticks *ticks, double *at);

/* "and 12 more benchmarks", where a drawing does not show all; nothing for 0. */
void svg_more(struct buffer *out, double x, double y, size_t more, const char *what);

#endif
