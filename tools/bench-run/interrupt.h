/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INTERRUPT_H
#define INTERRUPT_H

#include "base/error.h"

/*
 * SIGINT, SIGTERM and SIGHUP while something is measured: they wait in a
 * descriptor instead of ending the tool, so that what was measured can still be
 * written.
 */
struct interrupt {
    int fd;     /* readable when one is there */
    int number; /* the one that came; 0 for none */
};

int interrupt_arrange(struct interrupt *interrupt, struct error *error) MUST_USE;
/* Looks; whether one has come so far. */
int interrupt_check(struct interrupt *interrupt);
/* Ends the tool by the signal that came, as it would have ended at once; returns when none has. */
void interrupt_finish(struct interrupt *interrupt);

#endif
