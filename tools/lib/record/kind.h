/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_KIND_H
#define RECORD_KIND_H

#include "base/slice.h"

/* What one line of a report is. */
enum record_kind {
    RECORD_UNKNOWN, /* a kind of a newer version */
    RECORD_RUN,
    RECORD_RESULT,
    RECORD_END,
    RECORD_EVENT,
    RECORD_READING,
    RECORD_SIGNATURE,
    RECORD_COMPARISON,
    RECORD_TREND,
    RECORD_CHECK,
    RECORD_DIAGNOSTIC,
    RECORD_SUMMARY,
    RECORD_KINDS
};

enum record_kind record_kind_read(struct slice text);
/* NULL for RECORD_UNKNOWN. */
const char *record_kind_text(enum record_kind kind);

#endif
