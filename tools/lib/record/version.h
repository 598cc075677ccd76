/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_VERSION_H
#define RECORD_VERSION_H

#include "base/slice.h"

#include <stdbool.h>

/* The versions of the report format, in their order. */
enum report_version {
    REPORT_UNKNOWN = -1, /* not a version that is known, and not a newer 1.N */
    REPORT_0_1_0,
    REPORT_0_2_0,
    REPORT_0_2_1,
    REPORT_0_2_2,
    REPORT_1_0_0,
    REPORT_NEWER,               /* 1.N.P beyond what is known: read, with unknown fields kept */
    REPORT_COUNT = REPORT_NEWER /* how many are known */
};

#define REPORT_CURRENT REPORT_1_0_0

/* What stands in a line's schema_version. */
enum report_version report_version_read(struct slice text);
/* "0.2.2"; for a known version. */
const char *report_version_text(enum report_version version);
/* The file that holds its schema, under the data directory's schemas/; 0.2.1 and 0.2.2 share one.
 */
const char *report_version_schema(enum report_version version);
/* "0.1.0, 0.2.0, …", for messages. */
const char *report_versions_known(void);

/* The lines of a version up to 0.2.2 are one test each and have no kind. */
static inline bool report_version_is_old(enum report_version version)
{
    return version >= REPORT_0_1_0 && version <= REPORT_0_2_2;
}

#endif
