/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOOL_POLICY_H
#define TOOL_POLICY_H

#include "analysis/policy.h"

/* Reads what --policy names; NULL leaves *out as it is. Faults are told on standard error. */
int tool_policy(struct policy **out, const char *file, const struct source_options *source,
    struct error *error) MUST_USE;

#endif
