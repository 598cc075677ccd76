/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_STEPS_H
#define RECORD_STEPS_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "record/version.h"
#include "json/document.h"

/*
 * The steps from each version to the next, one file each; docs/schema-evolution.md
 * says how to add one. Used by migration.c alone.
 *
 * Where every line of `from` is a line of `to` but for its schema_version, line
 * is NULL and there is no state. A step with a line function takes the lines of
 * the versions before it too, as long as only such steps lie between.
 */
struct step {
    enum report_version from, to;
    void *(*create)(void);
    void (*free)(void *state);
    void (*new_run)(void *state);
    /* Appends the new lines, each with its newline, to out; -1 and nothing appended with error. */
    int (*line)(
        void *state, const struct json_document *line, struct buffer *out, struct error *error);
};

extern const struct step step_0_1_0, step_0_2_0, step_0_2_1, step_0_2_2;

#endif
