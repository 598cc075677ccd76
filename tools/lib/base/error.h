/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/compiler.h"
#include "base/exit.h"

#include <stddef.h>
#include <stdint.h>

/*
 * What went wrong, and where. The caller owns it (on its stack, ERROR_INIT) and
 * passes it down as the last parameter; a function that fails fills it and
 * returns -1. The first failure wins: setting an error that is set changes
 * nothing but the place, where the place was still unknown.
 *
 * Every function here takes error == NULL and then does nothing.
 */
enum error_code {
    ERROR_NONE = 0,
    ERROR_USAGE,   /* the caller's user asked for something impossible */
    ERROR_INPUT,   /* an input cannot be opened or read */
    ERROR_CONTENT, /* an input was read and what stands in it is wrong */
    ERROR_MACHINE  /* disk, memory, a process, git: the machine failed */
};

struct error {
    enum error_code code;
    int number;        /* the errno behind it, 0 where there is none */
    uint64_t line;     /* from 1; 0 is unknown */
    uint64_t column;   /* in bytes from 1; 0 is unknown */
    char file[512];    /* "" is unknown; cut in front when too long */
    char pointer[512]; /* a JSON Pointer; "" is the whole document or unknown */
    char text[1024];   /* "what is wrong; what was expected" */
};

#define ERROR_INIT                                                                                 \
    {                                                                                              \
        .code = ERROR_NONE                                                                         \
    }

/* Both return -1, so that `return error_set(…)` leaves a function. */
int error_set(struct error *error, enum error_code code, const char *format, ...) PRINTF_LIKE(3, 4);
/*
 * "WHAT: text of number", for a failed system call. An ERROR_INPUT becomes an
 * ERROR_MACHINE where memory or descriptors ran out.
 */
int error_system(struct error *error, enum error_code code, int number, const char *format, ...)
    PRINTF_LIKE(4, 5);

/* Say where; a part that is already known stays. */
void error_place(struct error *error, const char *file, uint64_t line, uint64_t column);
void error_pointer(struct error *error, const char *pointer);

/* Forget it, for a caller that goes on. */
void error_clear(struct error *error);

/*
 * The whole message, without a newline: "file:line:column: /pointer: text", each
 * part only where it is known. Control characters in the parts, and what is
 * not UTF-8, are shown as \xHH. Writes at most size bytes with the NUL and returns the length
 * written.
 */
size_t error_format(const struct error *error, char *out, size_t size);

/* The exit status that this error asks for. */
enum exit_status error_status(const struct error *error);

#endif
