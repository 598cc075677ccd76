/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JOB_H
#define JOB_H

#include "settings.h"

/* All of the program's work: reads, compares, writes. The status it ends with; error says more. */
int job_run(
    struct settings *settings, const struct operands *operands, struct error *error) MUST_USE;

#endif
