/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHOW_H
#define SHOW_H

#include "plan.h"
#include "settings.h"

/*
 * What would be measured, on standard output: with --list a name a line, with
 * --dry-run the commands and what belongs around them. The exit status.
 */
int show_plan(const struct plan *plan, const struct settings *settings, struct error *error);

#endif
