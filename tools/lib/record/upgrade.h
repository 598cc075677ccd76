/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_UPGRADE_H
#define RECORD_UPGRADE_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "json/document.h"

/*
 * The step from 0.2.2 to 1.0.0. Every version before 0.2.2 is a subset of it,
 * so this takes all old lines.
 *
 * An old line is one test. The first line of a file becomes a run line, which
 * says what that line says about machine and subject, and a result line; every
 * later one a result line, which says in `system` what differs from the run's.
 * The run's id is a digest of the facts of the first line (not of its version,
 * so that every path of migrations gives the same). The same test and model
 * again is the next repetition. What has no place in 1.0.0 stays under
 * `metadata`, under its old name.
 */
struct upgrade;

struct upgrade *upgrade_create(void);
void upgrade_free(struct upgrade *upgrade);

/* The next line begins a run: a new file, or a new version of the tool. */
void upgrade_new_run(struct upgrade *upgrade);

/*
 * Appends the new lines, each with its newline, to out. -1 with error where the
 * line has not the fields that every version requires.
 */
int upgrade_line(struct upgrade *upgrade, const struct json_document *line, struct buffer *out,
    struct error *error) MUST_USE;

#endif
