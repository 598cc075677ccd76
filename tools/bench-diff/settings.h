/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "base/options.h"
#include "tool/form.h"

enum fail_on { FAIL_ON_REGRESSION, FAIL_ON_INCONCLUSIVE, FAIL_ON_CHANGE, FAIL_ON_NEVER };

struct settings {
    struct option_list base, head, metrics, renames, history;
    const char *sides, *where, *by, *output, *repository, *policy;
    double alpha;
    double band; /* a share: .01 is one percent */
    bool band_given, alpha_given;
    int form, fail_on; /* enum form, enum fail_on */
    int64_t rows;
    uint64_t max_line;
    bool strict, all_runs, any_machine, merge_base;
};

#endif
