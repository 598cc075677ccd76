/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CONTEXT_H
#define CONTEXT_H

#include "base/arena.h"
#include "machine/facts.h"
#include "machine/health.h"
#include "settings.h"
#include "source/git.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Where and when a run happens: what its lines say beside the samples.
 *
 * Times of day are counted from the start by the clock that nobody sets, so that
 * an end never lies before its start. SOURCE_DATE_EPOCH makes them stand still.
 */
struct context {
    struct arena arena;
    struct probe probe;
    int64_t started_real_ns, started_ns; /* clock_real() and clock_monotonic() */
    bool fixed;                          /* SOURCE_DATE_EPOCH */
    const char *run_id;                  /* in the arena, or the user's */
    uint64_t seed;
    struct machine_facts facts;
    bool has_head;
    struct git_head head;
    /* The machine's health over the last window. */
    struct arena moment;
    struct machine_state last, now;
    bool has_last;
    struct machine_flags flags;
    struct machine_flags seen;   /* of all windows: each flag as it was at its worst */
    int64_t counted_ns, zombies; /* when the processes were counted last, and what was found */
};

/* epoch is the value of SOURCE_DATE_EPOCH or NULL. */
int context_create(struct context *context, const struct settings *settings, const char *epoch,
    struct error *error) MUST_USE;
void context_release(struct context *context);

/* Nanoseconds since 1970 at a moment of clock_monotonic(). */
int64_t context_real(const struct context *context, int64_t monotonic_ns);

/*
 * Looks at the machine: context.now and context.flags are then those of the
 * window since the last look; own_s is the processor time that the measurement
 * took in it. The processes are counted on request, but not twice in a second.
 */
void context_look(struct context *context, bool count_processes, double own_s);

#endif
