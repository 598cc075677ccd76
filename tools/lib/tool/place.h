/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOOL_PLACE_H
#define TOOL_PLACE_H

#include "base/compiler.h"
#include "base/error.h"

#include <stdlib.h>

/*
 * Where the installed data lies: a tool in X/bin has its data in
 * X/share/benchline and its modules in X/lib/benchline. So an installed tree can
 * be moved, and a built tree, which has the same shape, serves the sources'
 * data.
 */

/* The path of a file under the data directory ("schemas/report-v1.0.schema.json"), or of the
 * module NAME. Never NULL, freed by the caller; what it names may be missing. */
char *place_data(const char *file) MUST_USE;
char *place_module(const char *module) MUST_USE;
/* The folder this program was started from, and so its sister tools. Freed by the caller. */
char *place_tools(void) MUST_USE;

#endif
