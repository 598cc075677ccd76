/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_LINEAGE_H
#define ANALYSIS_LINEAGE_H

#include "base/slice.h"
#include "record/report.h"
#include "source/source.h"

/* Which commits come from which: asked of a repository, each question once. */
struct lineage;

/* The repository is that of git: operands, borrowed options; it is opened by the first question
 * that needs it. */
struct lineage *lineage_create(const struct source_options *source);
void lineage_free(struct lineage *lineage);

/*
 * Whether `change`, a revision as somebody wrote it, is `commit` or one of those
 * it comes from. UNKNOWN where the repository does not have both, or is too
 * shallow to tell, and nothing but the first digits (at least 7) says so.
 */
enum known lineage_holds(struct lineage *lineage, struct slice commit, struct slice change);

/* Why the first answer that is UNKNOWN is; data NULL while there is none. */
struct slice lineage_doubt(const struct lineage *lineage);

#endif
