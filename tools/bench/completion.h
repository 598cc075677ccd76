/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPLETION_H
#define COMPLETION_H

#include "sisters.h"

/* The completions of a shell for all tools, from the tools' own option tables. */
enum shell { SHELL_BASH, SHELL_ZSH, SHELL_FISH };

int completion_write(const struct sisters *sisters, enum shell shell, struct buffer *out,
    struct error *error) MUST_USE;

#endif
