/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/kind.h"

static const char *const kinds[RECORD_KINDS] = {
    [RECORD_RUN] = "run",
    [RECORD_RESULT] = "result",
    [RECORD_END] = "end",
    [RECORD_EVENT] = "event",
    [RECORD_READING] = "reading",
    [RECORD_SIGNATURE] = "signature",
    [RECORD_COMPARISON] = "comparison",
    [RECORD_TREND] = "trend",
    [RECORD_CHECK] = "check",
    [RECORD_DIAGNOSTIC] = "diagnostic",
    [RECORD_SUMMARY] = "summary",
};

enum record_kind record_kind_read(struct slice text)
{
    for (int kind = RECORD_UNKNOWN + 1; kind < RECORD_KINDS; kind++)
        if (slice_is(text, kinds[kind]))
            return (enum record_kind)kind;
    return RECORD_UNKNOWN;
}

const char *record_kind_text(enum record_kind kind)
{
    return kinds[kind];
}
