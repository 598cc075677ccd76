/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOOL_CONFIG_H
#define TOOL_CONFIG_H

#include "config/check.h"

/* What is wrong in a file of the user's is told on standard error, fault by fault. */
extern const struct config_faults tool_faults;

/* Compiles a schema that comes with benchline: "suite.schema.json". */
int tool_schema(struct schema **out, const char *name, struct error *error) MUST_USE;

#endif
