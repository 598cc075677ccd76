/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "base/options.h"
#include "tool/form.h"

enum fail_on { FAIL_ON_NEVER, FAIL_ON_CONFIRMED, FAIL_ON_UNCONFIRMED };
/* ORDER_USUAL: by version for tags, by topology for commits, by date for the rest. */
enum order { ORDER_USUAL, ORDER_SEMVER, ORDER_TOPOLOGY, ORDER_DATE, ORDER_INPUT };

struct settings {
    struct option_list tags, metrics, renames;
    const char *commits, *branch; /* NULL: not asked for */
    const char *where, *by, *policy, *output, *repository, *blame;
    double band;              /* a share */
    int order, form, fail_on; /* enum order, form, fail_on */
    int64_t rows;
    uint64_t max_line;
    bool any_machine, spread, no_cache;
};

#endif
