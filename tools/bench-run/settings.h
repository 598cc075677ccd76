/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "base/options.h"
#include "tool/form.h"

#include <stdbool.h>
#include <stdint.h>

/* What the command line says; texts are borrowed from it. */
enum order_mode { ORDER_INTERLEAVED, ORDER_BLOCKED, ORDER_GIVEN };
enum time_unit { UNIT_AUTO, UNIT_SECOND, UNIT_MILLISECOND, UNIT_MICROSECOND };

enum {
    RUNS_MOST = 100000000,
    WARMUP_MOST = 1000000,
    DISCARD_MOST = 1000000,
    CALIBRATE_MOST = 100000
};
enum { CALIBRATE_USUAL = 50 };
#define SEED_MOST 9007199254740991.0 /* every JSON reader holds it exactly: 2^53 - 1 */

/* Exit statuses of commands; 0 is none of them. */
enum { STATUS_MOST = 255 };
struct status_set {
    bool has[STATUS_MOST + 1];
    int count;
};

struct settings {
    /* How often, and in what order. */
    int64_t runs; /* 0: as many as the time asks for */
    int64_t min_runs, max_runs;
    int64_t warmup, discard;
    int64_t seed;
    double precision; /* of --until: a share of the median; 0 for no such rule */
    double max_time_s;
    const char *against;

    /* Around each command. */
    struct option_list setup, prepare, conclude, cleanup;
    struct option_list scans, steps, lists;
    const char *shell; /* a command line, "default" or "none" */
    const char *input, *command_output;
    double timeout_s;
    struct option_list environment;
    const char *directory, *reference;

    /* The machine. */
    const char *pin;
    int64_t nice, calibrate;

    /* Suites. */
    struct option_list suites, patterns;
    const char *resume;

    /* What the lines say, and where they go. */
    struct option_list names, variants, labels;
    const char *output; /* NULL: standard output */
    const char *export_json, *export_csv, *export_markdown, *export_asciidoc, *export_orgmode;
    const char *run_id, *sysroot;

    int order, format, unit; /* enum order_mode, form, time_unit */
    bool conclusive, max_time_given, min_given, max_given, seed_given, nice_given, calibrate_given;
    bool no_shell, show_output, check_output;
    bool ignore_failure;        /* of all runs, or of those that end with */
    struct status_set ignoring; /* one of these, if there are any */
    bool require_clean, no_aslr, drop_caches, counters;
    bool list, dry_run;
};

#define SETTINGS_INIT                                                                              \
    {                                                                                              \
        .calibrate = CALIBRATE_USUAL, .sysroot = ""                                                \
    }

/* The table that fills them; OPTION_END included. */
enum { SETTINGS_OPTIONS = 80 };
void settings_options(struct settings *settings, struct option options[static SETTINGS_OPTIONS]);
/* What no option alone can see. */
int settings_check(struct settings *settings, struct error *error) MUST_USE;

/* How many of the files of the --export options are asked for, and how many are standard output. */
struct exports {
    int asked, on_stdout;
};
struct exports settings_exports(const struct settings *settings);

/* "interleaved", …, in the order of enum order_mode; NULL-terminated. */
extern const char *const order_names[];

#endif
