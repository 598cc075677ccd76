/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RUNNER_H
#define RUNNER_H

#include "base/digest.h"
#include "interrupt.h"
#include "plan.h"
#include "process/spawner.h"
#include "settings.h"
#include "subject.h"

/*
 * Runs programs of the plan one at a time, with what belongs around them, and
 * puts what came of it into the subject.
 */
struct runner {
    const struct settings *settings;
    const struct plan *plan;
    struct spawner *spawner;
    struct interrupt *interrupt;
    struct overhead overhead; /* of the shell */
    double used_s;            /* processor time of all programs so far */
    /* Called each second while a program runs; may be NULL. */
    void (*tick)(void *context, double elapsed_s);
    void *tick_context;
    struct digest digest; /* of what the program prints, while hashing */
    bool hashing;
    struct buffer captured; /* what it prints, while capturing */
    bool capturing;
    double extra[METRICS_MOST]; /* what was found in it */
};

void runner_release(struct runner *runner);

/* A run to come. */
struct turn {
    struct subject *subject;
    enum sample_use use;
    int64_t round;
};

/*
 * Takes the first of count turns, and those behind it that can follow at once: until
 * one has something around it (a hook, an output to read), or did not go well. *taken is
 * how many. 1 when they are done, whatever came of them; 0 when the tool was told to
 * stop; -1.
 */
int runner_take_turns(struct runner *runner, const struct turn *turns, size_t count, size_t *taken,
    struct error *error) MUST_USE;
/* The same for a hook of the subject's, where it has one. */
int runner_hook(
    struct runner *runner, struct subject *subject, enum hook hook, struct error *error) MUST_USE;
/* A program by its place in the plan, as it stands. */
int runner_plain(struct runner *runner, size_t spec, struct process_result *result,
    struct error *error) MUST_USE;

/* Lets the kernel forget the contents of files that it holds. */
int drop_caches(struct error *error) MUST_USE;

#endif
