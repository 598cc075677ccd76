/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCESS_WORDS_H
#define PROCESS_WORDS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

#include <stddef.h>

/*
 * A command line as words, the way a POSIX shell splits it (Shell Command
 * Language, 2.2 Quoting and 2.6.5 Field Splitting with the default IFS): blanks
 * and newlines part words, 'single' and "double" quotes and the backslash take
 * the meaning away from what they hold. Nothing is expanded, and no word is an
 * operator.
 */
struct words {
    char **items; /* NULL-terminated, in the arena */
    size_t count;
    size_t special; /* where (from 1) the first unquoted byte stands that means something else to a
                     * shell: | & ; < > $ `; 0 where there is none */
};

/*
 * Fails with ERROR_USAGE and the column in the text (from 1) where a quote or a
 * backslash is left open, and where there is no word at all.
 */
int words_split(
    struct words *words, struct arena *arena, const char *text, struct error *error) MUST_USE;

/* The other way round: one word, in single quotes where a shell would see more than a word in it.
 */
void words_quote(struct buffer *out, struct slice word);

#endif
