/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCESS_SPAWNER_PRIVATE_H
#define PROCESS_SPAWNER_PRIVATE_H

#include "base/compiler.h"
#include "process/spawner.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

/* Between the tool's side (spawner.c) and the small process's side (serve.c, launch.c, orphans.c).
 */

/*
 * What the tool asks for, one message each: to run the first `number` of the shared
 * indices, or to end the run at place `number` among them. An order to end a run
 * that is over is late, and means nothing. The answer to SPAWNER_RUN is one byte,
 * once the results are there.
 */
enum spawner_request_kind { SPAWNER_RUN, SPAWNER_TIME_OUT, SPAWNER_STOP, SPAWNER_KILL };

struct spawner_request {
    enum spawner_request_kind kind;
    size_t number;
};

/* Memory of both. What is not atomic belongs to the tool before its request and after the answer,
 * and to the small process in between. */
struct spawner_shared {
    size_t indices[SPAWNER_BATCH];
    struct process_result results[SPAWNER_BATCH];
    size_t ran;
    atomic_size_t running;        /* the place of the run that goes on, */
    atomic_int_fast64_t began_ns; /* and when it was begun */
    atomic_bool halt;             /* the tool wants no further run to begin */
};

/* A pipe's two ends; the measured programs and the hooks have theirs apart, because what a hook
 * leaves running may go on printing. */
struct spawner_pipes {
    int output[2], errors[2];
};
enum spawner_channel { SPAWNER_MEASURED, SPAWNER_HOOK, SPAWNER_CHANNELS };

static inline enum spawner_channel spawner_channel(const struct process_spec *spec)
{
    return spec->keep_children ? SPAWNER_HOOK : SPAWNER_MEASURED;
}

struct spawner_server {
    const struct process_spec *specs;
    size_t count;
    const struct spawner_pipes *pipes; /* by channel */
    int null;                          /* /dev/null, for reading and writing */
    int control;                       /* the small process's end of the socket */
    struct spawner_shared *shared;
    const char **found; /* by spec: see launch() */
    bool knows_io;
    sigset_t signals; /* the mask that programs start with */
    char *stack;      /* for the child between clone and exec */
    pid_t *kept;      /* what hooks left running */
    size_t kept_count, kept_capacity;
};

/*
 * The small process: returns when the tool closes its end or is gone. What runs
 * for each program keeps away from stdio and the like: every corner of the C
 * library that is entered adds 64 KB to the small process's memory, which no
 * program can then be seen to stay below.
 */
void serve(struct spawner_server *server);

enum { LAUNCH_STACK = 64 * 1024 };

/*
 * Starts spec. The pid, and a descriptor that becomes readable when it ends; -1
 * where there is no process. Whether it became the program stands in result once
 * it has ended.
 *
 * Where a program was found in PATH is remembered, as a shell does: looking it up
 * anew would take as long as a hundredth of a short program. launch_forget is for
 * when another may have come before it.
 */
pid_t launch(struct spawner_server *server, const struct process_spec *spec, int *pidfd,
    struct process_result *result);
void launch_forget(struct spawner_server *server);

/*
 * What is still there of the process group `leader` (0: of none) and of other
 * children: ended, waited for, and added to result; or remembered, where it may
 * stay.
 */
void orphans_end(struct spawner_server *server, pid_t leader, struct process_result *result);
void orphans_keep(struct spawner_server *server);
/* At the end of all: what was kept. */
void orphans_end_kept(struct spawner_server *server);

struct rusage;
/* Adds what the kernel counted for a process that is about to be waited for. */
void usage_add(struct process_usage *usage, const struct rusage *counted);
/* Whether the kernel counts what goes to and from storage; one that does not tells 0. */
bool usage_knows_io(void);

#endif
