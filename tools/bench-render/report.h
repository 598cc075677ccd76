/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_H
#define REPORT_H

#include "base/options.h"
#include "document/collection.h"
#include "settings.h"

/*
 * Reads the records of the operands into the collection. A line that is no
 * record is named on standard error and counted in *bad_lines. -1 with error for
 * an input that cannot be read, or where there is no result in all of them.
 */
int report_collect(struct collection *collection, uint64_t *bad_lines,
    const struct settings *settings, const struct operands *operands, struct error *error) MUST_USE;

/* SOURCE_DATE_EPOCH as "2026-02-11T13:13:56Z", NULL where it is not set; the caller frees it. */
int report_generated(char **out, const struct settings *settings, struct error *error) MUST_USE;

#endif
