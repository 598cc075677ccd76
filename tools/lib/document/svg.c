/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/svg.h"

#include "document/character.h"
#include "document/mustache.h"

#include <math.h>

static const char style[] =
    "<style>"
    "svg{--ground:#fff;--text:#1f2328;--quiet:#59636e;--grid:#d1d9e0;--band:#eff2f5;"
    "--worse:#a40e26;--better:#0550ae;--open:#59636e;--same:#1f2328;--box:#0550ae;"
    "background:var(--ground);font:12px system-ui,-apple-system,'Segoe UI','Noto Sans',"
    "Helvetica,Arial,sans-serif}"
    "@media (prefers-color-scheme:dark){svg{--ground:#0d1117;--text:#e6edf3;--quiet:#9ba4ae;"
    "--grid:#3d444d;--band:#1c2128;--worse:#ff8e86;--better:#79b8ff;--open:#9ba4ae;"
    "--same:#e6edf3;--box:#79b8ff}}"
    ".ground{fill:var(--ground)}.text{fill:var(--text)}"
    ".title{fill:var(--text);font-size:14px;font-weight:600}"
    ".quiet{fill:var(--quiet);font-size:11px}"
    ".line{stroke:var(--text);stroke-width:1.5}.grid{stroke:var(--grid);stroke-width:1}"
    ".band{fill:var(--band)}.worse{stroke:var(--worse);fill:var(--worse);stroke-width:2}"
    ".better{stroke:var(--better);fill:var(--better);stroke-width:2}"
    ".open{stroke:var(--open);fill:var(--open);stroke-width:1.5;stroke-dasharray:4 2}"
    ".same{stroke:var(--same);fill:var(--same);stroke-width:1.5}"
    "path.open,circle.open{fill:var(--ground);stroke-dasharray:none}"
    ".box{stroke:var(--box);fill:none;stroke-width:1.5}"
    ".dot{fill:var(--quiet);fill-opacity:.55;stroke:none}"
    "</style>\n";

void svg_safe(struct buffer *out, struct slice text)
{
    struct buffer shown = BUFFER_INIT;
    while (text.size > 0) {
        struct character at = character_at(text);
        if (character_hidden(at.code))
            character_show(&shown, at.code);
        else
            character_add(&shown, at.code);
        text = (struct slice){text.data + at.size, text.size - at.size};
    }
    mustache_escape_html(out, (struct slice){buffer_text(&shown), shown.size});
    buffer_release(&shown);
}

void svg_begin(
    struct buffer *out, double width, double height, struct slice title, struct slice description)
{
    buffer_add_format(out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
        "viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n<title>",
        width, height, width, height);
    svg_safe(out, title);
    buffer_add_text(out, "</title>\n<desc>");
    svg_safe(out, description);
    buffer_add_text(out, "</desc>\n");
    buffer_add_text(out, style);
    svg_box(out, 0, 0, width, height, "ground");
}

void svg_end(struct buffer *out)
{
    buffer_add_text(out, "</svg>\n");
}

static void begin_text(
    struct buffer *out, double x, double y, const char *class, enum svg_anchor anchor)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    buffer_add_format(out, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\" text-anchor=\"%s\">", x, y,
        class, anchors[anchor]);
}

void svg_text(struct buffer *out, double x, double y, const char *class, enum svg_anchor anchor,
    struct slice text)
{
    begin_text(out, x, y, class, anchor);
    svg_safe(out, text);
    buffer_add_text(out, "</text>\n");
}

void svg_label(struct buffer *out, double x, double y, const char *class, enum svg_anchor anchor,
    struct slice text, size_t columns)
{
    bool cut = text_head(text, columns).size < text.size;
    begin_text(out, x, y, class, anchor);
    if (cut) {
        buffer_add_text(out, "<title>");
        svg_safe(out, text_head(text, 500));
        buffer_add_text(out, "</title>");
        svg_safe(out, text_head(text, columns / 2));
        buffer_add_text(out, "\xE2\x80\xA6");
        svg_safe(out, text_tail(text, columns - columns / 2 - 1));
    } else {
        svg_safe(out, text);
    }
    buffer_add_text(out, "</text>\n");
}

void svg_line(struct buffer *out, double x1, double y1, double x2, double y2, const char *class)
{
    buffer_add_format(out, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>\n",
        x1, y1, x2, y2, class);
}

void svg_box(struct buffer *out, double x, double y, double width, double height, const char *class)
{
    buffer_add_format(out,
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"/>\n", x, y, width,
        height, class);
}

void svg_mark(
    struct buffer *out, double x, double y, double size, enum svg_mark mark, const char *class)
{
    if (mark == SVG_CIRCLE || mark == SVG_RING) {
        buffer_add_format(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" class=\"%s\"/>\n", x, y,
            size * 0.8, class);
        return;
    }
    static const double corners[][8] = {[SVG_UP] = {-1, .8, 1, .8, 0, -1, 0, -1},
        [SVG_DOWN] = {-1, -.8, 1, -.8, 0, 1, 0, 1},
        [SVG_DIAMOND] = {-1, 0, 0, 1, 1, 0, 0, -1},
        [SVG_LEFT] = {.8, -1, .8, 1, -1, 0, -1, 0},
        [SVG_RIGHT] = {-.8, -1, -.8, 1, 1, 0, 1, 0}};
    const double *at = corners[mark];
    buffer_add_format(out, "<path d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fZ\" class=\"%s\"/>\n",
        x + at[0] * size, y + at[1] * size, x + at[2] * size, y + at[3] * size, x + at[4] * size,
        y + at[5] * size, x + at[6] * size, y + at[7] * size, class);
}

static double step_for(double span, int parts)
{
    double least = span / parts;
    double power = pow(10, floor(log10(least)));
    double share = least / power;
    return (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10) * power;
}

/* Numbers too near each other for their size would make ticks without end: they are counted. */
struct svg_ticks svg_ticks(double low, double high, int parts)
{
    double step = step_for(high - low, parts);
    return (struct svg_ticks){step, ceil(low / step), high, parts + 2};
}

bool svg_tick(struct svg_ticks *ticks, double *at)
{
    *at = ticks->number * ticks->step + 0.0; /* no -0 */
    ticks->number++;
    return ticks->left-- > 0 && *at <= ticks->high;
}

void svg_more(struct buffer *out, double x, double y, size_t more, const char *what)
{
    struct buffer text = BUFFER_INIT;
    if (more == 0)
        return;
    buffer_add_format(&text, "and %zu more %s", more, what);
    svg_text(out, x, y, "quiet", SVG_START, buffer_slice(&text));
    buffer_release(&text);
}
