/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOOL_TERMINAL_H
#define TOOL_TERMINAL_H

#include <stdbool.h>

/* What the tools may show on a descriptor. */
bool terminal_is(int fd);
/* A terminal that is not dumb, and the user did not set NO_COLOR. */
bool terminal_colour(int fd);
/* Columns, 80 where it cannot be known. */
int terminal_width(int fd);

#endif
