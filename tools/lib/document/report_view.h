/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_REPORT_VIEW_H
#define DOCUMENT_REPORT_VIEW_H

#include "document/collection.h"
#include "document/front.h"
#include "document/view.h"

/*
 * What the template `report` sees of a collection: bench-render(1), THE DATA,
 * names the members. Everything comes ready: sorted, counted, with units and
 * sensible digits; what is not known is left out or reads "n/a".
 */
struct comparisons;

struct report_options {
    const struct front *front; /* what the template asks for; NULL for nothing */
    const char *generated;     /* the time to print as that of the document; NULL prints none */
    uint64_t bad_lines;        /* in all files together */
    const struct comparisons *comparisons; /* of these results with earlier ones; NULL for none */
    const struct collection *before; /* earlier results, to stand beside these; NULL for none */
};

/* collection is borrowed for as long as the view is used. */
struct view *report_view(
    struct arena *arena, const struct collection *collection, const struct report_options *options);

#endif
