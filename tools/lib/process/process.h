/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCESS_PROCESS_H
#define PROCESS_PROCESS_H

#include "process/counters.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What to run, and what came of it. Who runs it is process/spawner.h. */

enum process_stream_kind { PROCESS_NULL, PROCESS_FILE, PROCESS_PIPE, PROCESS_INHERIT };

struct process_stream {
    enum process_stream_kind kind;
    const char *path; /* of PROCESS_FILE: read from, or emptied and written to, anew in each run */
};

/*
 * Borrowed texts throughout, which must hold as long as the spawner that was
 * given them.
 */
struct process_spec {
    const char *const *arguments; /* NULL-terminated; the first is the program: a path where it has
                                 a slash, else looked up in the PATH of `environment` */
    char *const *environment;     /* NULL-terminated NAME=VALUE */
    const char *directory;        /* to run in; NULL is where the tool runs */
    struct process_stream input, output, errors; /* input is never PROCESS_PIPE */
    double timeout_s;     /* after which the process group is ended; 0 is never */
    const unsigned *cpus; /* the only ones it may run on; NULL is as the tool */
    size_t cpu_count;
    bool set_nice;
    int nice;
    bool counters;      /* fill usage.counters */
    bool no_aslr;       /* no randomization of its address space */
    bool keep_children; /* children that outlive it go on (a hook that starts a server) until the
                           spawner is stopped; else they are ended with it */
};

/* Where the start failed, when the program never ran. */
enum process_stage {
    PROCESS_STARTED,
    PROCESS_STAGE_FORK,
    PROCESS_STAGE_DIRECTORY,
    PROCESS_STAGE_INPUT,
    PROCESS_STAGE_OUTPUT,
    PROCESS_STAGE_CPUS,
    PROCESS_STAGE_NICE,
    PROCESS_STAGE_ASLR,
    PROCESS_STAGE_EXEC
};

/*
 * What the kernel counted for the program, for what it started and waited for,
 * and for what it left behind and was ended with it.
 */
struct process_usage {
    double user_s, system_s;
    uint64_t max_rss; /* bytes, of the largest process among them */
    uint64_t minor_faults, major_faults;
    uint64_t voluntary_switches, involuntary_switches;
    bool io_known;                    /* the kernel was built to count the next two */
    uint64_t read_bytes, write_bytes; /* from and to storage */
    double counters[COUNTERS];        /* where spec.counters; NaN is unknown */
};

struct process_result {
    enum process_stage failed; /* PROCESS_STARTED: it ran, and all below holds */
    int start_error;           /* the errno of the stage that failed */
    int64_t start_ns, end_ns;  /* clock_monotonic() right before the exec and right after the end */
    int exit_code;             /* 0..255; -1 where a signal ended it */
    int signal;                /* 0 where it ended by itself */
    bool timed_out;            /* ended by us after spec.timeout_s */
    bool stopped;              /* ended by us because the watch said so */
    bool stop_seen;            /* the watch said so, though perhaps too late for this run */
    unsigned left_behind;      /* children that outlived it and were ended */
    struct process_usage usage;
};

static inline bool process_passed(const struct process_result *result)
{
    return result->failed == PROCESS_STARTED && result->exit_code == 0 && !result->timed_out &&
           !result->stopped;
}

/* "cannot run PROGRAM: not found in PATH" and the like, into out, at most size bytes. */
void process_start_message(
    const struct process_spec *spec, const struct process_result *result, char *out, size_t size);

#endif
