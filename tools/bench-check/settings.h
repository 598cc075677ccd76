/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "base/options.h"
#include "tool/form.h"

struct settings {
    const char *where, *by, *output, *repository;
    const char *targets; /* the file of targets */
    double alpha;
    int form; /* enum form */
    int64_t rows;
    uint64_t max_line;
    bool prove, all_runs, any_machine;
};

#endif
