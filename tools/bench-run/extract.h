/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EXTRACT_H
#define EXTRACT_H

#include "base/error.h"
#include "base/slice.h"

#include <regex.h>

/* A metric in what a command prints. */
enum extraction_kind { EXTRACT_POINTER, EXTRACT_REGEX, EXTRACT_LINE };

enum { EXTRACT_UNIT = 40, EXTRACT_CEILING = 16 << 20, METRICS_MOST = 50 };

struct extraction {
    const char *name;
    const char *unit;   /* NULL: as it stands behind the number, else 1 */
    const char *better; /* "lower", "higher", "none", or NULL for unknown */
    enum extraction_kind kind;
    const char *text; /* the pointer, the expression, the key */
    regex_t regex;    /* compiled, of EXTRACT_REGEX */
};

int extraction_compile(struct extraction *extraction, struct error *error) MUST_USE;
void extraction_release(const struct extraction *extraction);

/*
 * The number in output, which has a NUL behind its size. unit gets what stands
 * behind the number, or "". Fails with ERROR_CONTENT where there is no number.
 */
int extraction_take(const struct extraction *extraction, struct slice output, double *value,
    char unit[static EXTRACT_UNIT], struct error *error) MUST_USE;

#endif
