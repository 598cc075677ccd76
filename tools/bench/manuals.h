/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MANUALS_H
#define MANUALS_H

#include "base/buffer.h"
#include "base/compiler.h"

/*
 * The manuals of what is no tool: share/man/manN/benchline-TOPIC.N beside the
 * folder of the tools, N being 5 (files) or 7 (the rest).
 */

/* The path of one, TOPIC or benchline-TOPIC; NULL where it is not there. Freed by the caller. */
char *manuals_topic(const char *folder, const char *name) MUST_USE;

/* Appends their names, sorted and separated by spaces. */
void manuals_list(const char *folder, struct buffer *out);

#endif
