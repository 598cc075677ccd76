/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RELEASE_H
#define RECORD_RELEASE_H

#include "base/slice.h"

#include <stdbool.h>

/*
 * The names of releases, ordered as Semantic Versioning 2.0.0 (section 11) has it:
 * 2.0.0-beta.9 < 2.0.0-beta.10 < 2.0.0 < 2.0.1, with or without a v before them,
 * with any number of parts (1.0 is 1.0.0), and what stands behind a + left out.
 * What stands before the version ("json-0.4.1": "json-") is its series.
 */
struct release {
    struct slice series;      /* without a v; "" mostly */
    struct slice numbers;     /* 2.0.0; "" where the name holds no version */
    struct slice pre_release; /* beta.10; "" without */
};

struct release release_read(struct slice name);

/* By series, then by version; names without a version by their bytes, before all others of their
 * series. 0: they name the same. */
int release_compare(const struct release *a, const struct release *b);

#endif
