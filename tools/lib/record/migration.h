/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_MIGRATION_H
#define RECORD_MIGRATION_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "record/version.h"
#include "json/document.h"

#include <stdbool.h>

/*
 * Lines of any version on their way to one version, by the steps between
 * (record/steps.h), so that every path gives the same lines.
 *
 * Where the steps lead into 1.0.0, the old lines of one input are one run; on a
 * stream, which may be many files one after the other, a new version of the
 * tool that wrote them begins a new run.
 */
struct migration;

/* to: a version that is known. */
struct migration *migration_create(enum report_version to);
void migration_free(struct migration *migration);

/* The lines that follow are from another input. */
void migration_input(struct migration *migration, bool stream);
/* The next line begins a new run, where it is an old one. */
void migration_new_run(struct migration *migration);

/*
 * 1: the line became the lines appended to out, each with its newline.
 * 0: the line is as it should be, or of a newer 1.N; nothing was appended.
 * -1: error says why it cannot go there: it is of a newer version than the
 * target, or lacks what its version requires. The place is one of the line.
 */
int migration_line(struct migration *migration, const struct json_document *line,
    enum report_version version, struct buffer *out, struct error *error) MUST_USE;

/*
 * The version that a line says it is of; -1 with the place in the line where it
 * says none that is known and none of a newer 1.N. arena is for escapes.
 */
int line_version(enum report_version *out, const struct json_document *line, struct arena *arena,
    struct error *error) MUST_USE;

#endif
