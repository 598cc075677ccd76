/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_H
#define REPORT_H

#include "base/options.h"
#include "document/checks.h"
#include "document/collection.h"
#include "document/comparisons.h"
#include "document/trends.h"
#include "settings.h"

/* What was read. */
struct material {
    struct collection collection;
    struct comparisons comparisons;
    struct checks checks;
    struct trends trends;
    uint64_t bad_lines;
    struct buffer lines; /* the bytes of all of them, where they go into a commit */
};

void material_init(struct material *material);
void material_release(struct material *material);

/* Whether there is anything of that kind to show. */
bool material_has(const struct material *material, enum record_kind kind);

/*
 * Reads the records of the files; of standard input where there are none. A line that is no record
 * is named on standard error and counted. -1 with error for an input that cannot be read, or where
 * none of the kinds (a bit for each enum record_kind) is in all of them.
 */
int material_read(struct material *material, uint32_t kinds, const struct settings *settings,
    const char *const *files, size_t count, struct error *error) MUST_USE;

/* SOURCE_DATE_EPOCH, which must be set. */
int report_epoch(int64_t *seconds, const struct settings *settings, struct error *error) MUST_USE;
/* SOURCE_DATE_EPOCH as "2026-02-11T13:13:56Z", NULL where it is not set; the caller frees it. */
int report_generated(char **out, const struct settings *settings, struct error *error) MUST_USE;

#endif
