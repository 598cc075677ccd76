/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/badge.h"

#include "document/character.h"
#include "document/quantity.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE_MARGIN = 6, MESSAGE_MOST = 60 };

struct colour {
    const char *name, *fill;
};

/* The names are those of shields.io; the fills are dark enough for white letters (WCAG AA). */
static const struct colour green = {"brightgreen", "#1a7f37"}, yellow = {"yellow", "#9a6700"},
                           red = {"red", "#cf222e"}, grey = {"lightgrey", "#6e7781"};

/* ---- what it says ---- */
struct words {
    const char *label;
    struct buffer message;
    const struct colour *colour;
};

static uint64_t number_in(const struct view *object, const char *key)
{
    const struct view *value = object ? view_get(object, slice_of(key)) : NULL;
    return value && value->type == VIEW_NUMBER ? strtoull(value->as.text.data, NULL, 10) : 0;
}

static const struct view *member(const struct view *object, const char *key)
{
    return view_get(object, slice_of(key));
}

static void add_number(struct buffer *text, uint64_t count, const char *one, const char *many)
{
    quantity_add_count(text, count);
    buffer_add_char(text, ' ');
    buffer_add_text(text, count == 1 ? one : many);
}

static void say_targets(struct words *words, const struct view *checks)
{
    const struct view *counts = member(checks, "counts");
    uint64_t all = number_in(counts, "all"), missed = number_in(counts, "missed");
    words->label = "targets";
    words->colour = missed > 0 ? &red : number_in(counts, "open") > 0 ? &yellow : &green;
    quantity_add_count(&words->message, number_in(counts, "met"));
    buffer_add_text(&words->message, " of ");
    quantity_add_count(&words->message, all);
    buffer_add_text(&words->message, " met");
}

static void say_comparison(struct words *words, const struct view *comparison)
{
    const struct view *counts = member(comparison, "counts");
    uint64_t failing = number_in(counts, "newly_failing"), worse = number_in(counts, "regression");
    uint64_t better = number_in(counts, "improvement"),
             compared = number_in(comparison, "compared");
    words->label = "benchmarks";
    words->colour = failing + worse > 0                      ? &red
                    : compared == 0                          ? &grey
                    : view_truth(member(comparison, "good")) ? &green
                                                             : &yellow;
    if (failing > 0)
        add_number(&words->message, failing, "fails now", "fail now");
    else if (worse > 0)
        add_number(&words->message, worse, "regression", "regressions");
    else if (compared == 0)
        buffer_add_text(&words->message, "nothing to compare");
    else if (better > 0)
        add_number(&words->message, better, "improvement", "improvements");
    else
        buffer_add_text(&words->message, "no regression");
}

static void say_results(struct words *words, const struct view *report)
{
    const struct view *tests = member(report, "tests");
    uint64_t all = number_in(tests, "total"), bad = number_in(tests, "bad");
    words->label = "benchmarks";
    words->colour = bad > 0                                     ? &red
                    : number_in(tests, "passed") == 0           ? &grey
                    : view_get(report, slice_of("interrupted")) ? &yellow
                                                                : &green;
    quantity_add_count(&words->message, number_in(tests, "passed"));
    buffer_add_text(&words->message, " of ");
    quantity_add_count(&words->message, all);
    buffer_add_text(&words->message, " passed");
}

/* ---- how long it is ---- */
/* Tenths of a pixel of a letter in Verdana of 11 px, near enough: the picture stretches its texts.
 */
static unsigned letter_width(uint32_t code)
{
    if (code > 0x2E7F)
        return 110;
    if (code < 0x80) {
        const char letter = (char)code;
        if (strchr("ijlI.,:;'|!", letter))
            return 33;
        if (strchr("ft()[]{}/r -", letter))
            return 44;
        if (strchr("mwMW%@", letter))
            return 106;
        if (letter >= 'A' && letter <= 'Z')
            return 78;
    }
    return 68;
}

static unsigned text_pixels(struct slice text)
{
    unsigned tenths = 0;
    for (size_t i = 0; i < text.size;) {
        struct character at = character_at((struct slice){text.data + i, text.size - i});
        tenths += letter_width(at.code);
        i += at.size;
    }
    return (tenths + 9) / 10;
}

static void add_number_member(struct arena *arena, struct view *view, const char *key, double value)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_format(&text, "%g", value);
    view_set(arena, view, key, view_number(arena, buffer_slice(&text)));
    buffer_release(&text);
}

static void add_lengths(
    struct arena *arena, struct view *view, struct slice label, struct slice message)
{
    double left = text_pixels(label), right = text_pixels(message);
    double label_width = left + 2 * SIDE_MARGIN, message_width = right + 2 * SIDE_MARGIN;
    add_number_member(arena, view, "width", label_width + message_width);
    add_number_member(arena, view, "label_width", label_width);
    add_number_member(arena, view, "message_width", message_width);
    add_number_member(arena, view, "label_length", left);
    add_number_member(arena, view, "message_length", right);
    add_number_member(arena, view, "label_middle", label_width / 2);
    add_number_member(arena, view, "message_middle", label_width + message_width / 2);
}

struct view *badge_view(struct arena *arena, const struct badge_views *views, struct slice label)
{
    struct words words = {.message = BUFFER_INIT};
    struct view *view = view_object(arena);
    if (views->checks)
        say_targets(&words, views->checks);
    else if (views->comparison)
        say_comparison(&words, views->comparison);
    else
        say_results(&words, views->report);
    struct slice shown = text_head(label.data ? label : slice_of(words.label), MESSAGE_MOST);
    view_set(arena, view, "label", view_slice(arena, shown));
    view_set(arena, view, "message", view_slice(arena, buffer_slice(&words.message)));
    view_set(arena, view, "colour", view_text(arena, words.colour->name));
    view_set(arena, view, "fill", view_text(arena, words.colour->fill));
    add_lengths(arena, view, shown, buffer_slice(&words.message));
    buffer_release(&words.message);
    return view;
}
