/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "base/options.h"

#include <stdbool.h>
#include <stdint.h>

/* What the command line says; texts are borrowed from it. */
enum order_mode { ORDER_INTERLEAVED, ORDER_BLOCKED, ORDER_GIVEN };

enum { RUNS_MOST = 100000000, WARMUP_MOST = 1000000 };
#define SEED_MOST 9007199254740991.0 /* every JSON reader holds it exactly: 2^53 - 1 */

struct settings {
    int64_t runs; /* 0: as many as the time asks for */
    int64_t warmup;
    int order;
    int64_t seed;
    bool seed_given;
    struct option_list names, variants;
    const char *output; /* NULL: standard output */
    const char *run_id;
    const char *sysroot;
};

#define SETTINGS_INIT                                                                              \
    {                                                                                              \
        .sysroot = ""                                                                              \
    }

/* "interleaved", …, in the order of enum order_mode; NULL-terminated. */
extern const char *const order_names[];

#endif
