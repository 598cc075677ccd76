/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APPEND_H
#define APPEND_H

#include "base/compiler.h"
#include "base/error.h"
#include "base/output.h"

/*
 * Opens a report to add lines to, or makes it; path NULL is standard output. Half
 * a line that a crash left at its end is ended first, so that the next is not
 * joined to it. One that is packed is an error (ERROR_INPUT): lines behind
 * packed bytes could be read by nobody.
 */
int append_open(struct output **out, const char *path, struct error *error) MUST_USE;

#endif
