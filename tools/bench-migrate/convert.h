/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CONVERT_H
#define CONVERT_H

#include "analysis/redact.h"
#include "base/output.h"
#include "query/query.h"
#include "record/version.h"
#include "source/blocks.h"

#include <stdint.h>

/* The way of the lines through a migration. */
struct conversion {
    enum report_version to;
    struct output *out, *invalid; /* invalid NULL: not wanted */
    struct query *new_run_at;     /* holds for an old line that begins a run; may be NULL */
    struct redaction *redaction;  /* NULL: personal data stays */
    /* called for a line that cannot go there and for an input that cannot be read */
    void (*say)(const struct error *error);
};

struct conversion_totals {
    uint64_t migrated, passed, bad; /* lines that came in */
    uint64_t newer;    /* of the passed ones, those of a version beyond what is known */
    uint64_t redacted; /* lines that went out without something personal */
    int status;        /* STATUS_FOUND, STATUS_INPUT as they apply */
};

/* -1 where writing failed; totals say what came that far. */
int convert(const struct conversion *conversion, struct blocks *blocks,
    struct conversion_totals *totals, struct error *error) MUST_USE;

#endif
