/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JOURNAL_RUN_H
#define JOURNAL_RUN_H

#include "calibrate.h"
#include "context.h"
#include "plan.h"
#include "settings.h"
#include "json/writer.h"

/* The members of a run line but the first three. */
void journal_run_members(struct json_writer *writer, const struct settings *settings,
    const struct context *context, const struct plan *plan, const struct calibration *calibration);

/* The member calibration; nothing where none was done. */
void journal_member_calibration(
    struct json_writer *writer, const struct calibration *calibration, const struct plan *plan);

/* RFC 3339 in UTC, to the millisecond. */
void journal_member_time(struct json_writer *writer, const char *key, int64_t nanoseconds);

#endif
