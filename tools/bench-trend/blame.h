/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BLAME_H
#define BLAME_H

#include "report.h"

/*
 * What lies behind the changes at the point that --blame names: the commits since
 * the point before, and the commands that find the one. A status: wrong usage
 * where no series changes there.
 */
int write_blame(struct buffer *out, const struct report *report, struct error *error);

#endif
