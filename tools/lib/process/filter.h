/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCESS_FILTER_H
#define PROCESS_FILTER_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * A helper program as a function of bytes: what is not measured, but asked for
 * something (a signature). It runs beside the tool, with its terminal, and may
 * ask the user there. For what is measured there is process/spawner.h.
 */
struct filter {
    const char *const *arguments; /* NULL-terminated; the first is looked up in PATH */
    char *const *environment;     /* NULL-terminated NAME=VALUE */
    struct slice input;           /* its standard input */
    struct buffer out, errors;    /* what it printed, added to what is there */
    int exit_code;                /* -1 where a signal ended it */
};

/* 0 when it ran, however it ended; -1 when it could not be started or talked to. */
int filter_run(struct filter *filter, struct error *error) MUST_USE;

#endif
