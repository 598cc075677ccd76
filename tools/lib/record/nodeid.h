/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_NODEID_H
#define RECORD_NODEID_H

#include "base/slice.h"

/*
 * pytest's name of a test, "path::class::test[params]", in its parts, which are
 * borrowed from text. Where it has no such shape (an empty part, more than
 * NODEID_SUITES levels), the whole text is the name. Joining the parts again
 * gives the text.
 */
enum { NODEID_SUITES = 8 };

struct nodeid {
    struct slice suites[NODEID_SUITES];
    size_t suite_count;
    struct slice name;
    struct slice params; /* what stands in the brackets; data NULL where there are none */
};

struct nodeid nodeid_split(struct slice text);

#endif
