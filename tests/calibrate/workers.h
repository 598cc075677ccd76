/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CALIBRATE_WORKERS_H
#define CALIBRATE_WORKERS_H

#include <stddef.h>

/*
 * Does tasks 0 … count - 1 in `jobs` threads, each as soon as a thread is free, and
 * returns when all are done. A task must depend on nothing but its number and must
 * write where no other does: the threads then show in nothing. On a terminal,
 * standard error tells how far it is.
 */
void workers_run(
    size_t count, size_t jobs, void (*task)(void *context, size_t number), void *context);

/* The processors that are there. */
size_t workers_count(void);

#endif
