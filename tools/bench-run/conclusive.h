/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CONCLUSIVE_H
#define CONCLUSIVE_H

#include "against.h"
#include "subject.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Whether each comparison has a verdict: of the wall times with those of an
 * earlier report, or without one of the variants of a benchmark with its
 * reference, else its first. The rules are bench-diff's, with its usual alpha and
 * band; a look spends its share of alpha (stats/spending.h).
 */
#define CONCLUSIVE_ALPHA 0.05
#define CONCLUSIVE_BAND  0.01
enum { CONCLUSIVE_SAMPLES = 200, CONCLUSIVE_STEP = 10, CONCLUSIVE_LOOKS_MOST = 50 };

enum conclusion {
    CONCLUSION_OPEN,    /* more samples may settle it */
    CONCLUSION_SETTLED, /* each comparison has a verdict */
    CONCLUSION_LIMITED  /* no more samples here would settle what is open */
};

/* look counts from 1 to most. *comparisons is how many there were. */
enum conclusion conclusive_look(const struct subject *subjects, size_t count,
    const struct against *against, int64_t look, int64_t most, size_t *comparisons);

#endif
