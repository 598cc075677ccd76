/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BENCH_H
#define BENCH_H

#include "base/arena.h"
#include "base/error.h"
#include "base/options.h"
#include "process/process.h"
#include "settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A benchmark as it is written down, on the command line or in a suite, before
 * its parameters are filled in. Texts are borrowed. Where a text may hold {NAME},
 * the value of that parameter takes its place.
 */
struct parameter {
    const char *name;
    const char *const *values;
    size_t count;
};

/* Values of some parameters; a point that has all of them is left out. */
struct excluded {
    const char *const *names, *const *values;
    size_t count;
};

struct extraction; /* extract.h */

struct label {
    const char *name, *value;
};

/* What the output has to be. */
struct expectation {
    int status;         /* that it ends with */
    const char *sha256; /* of its output; NULL for any */
};

enum { INHERIT_SETTING = -1 };

struct bench {
    const char *suite;                                /* NULL on the command line */
    const char *name;                                 /* NULL: the command; {…} */
    const char *variant;                              /* {…} */
    const char *command;                              /* a command line; {…} */
    const char *const *words;                         /* or its words, NULL-terminated; {…} */
    const char *shell;                                /* the shell's command line; NULL for none */
    const char *setup, *prepare, *conclude, *cleanup; /* NULL for none; {…} */
    const struct parameter *parameters;
    size_t parameter_count;
    struct process_stream input, output; /* the path may hold {…} */
    const char *const *environment;      /* NAME=VALUE, over the tool's; {…} */
    size_t environment_count;
    const char *directory; /* {…} */
    double timeout_s;
    int64_t runs, warmup;       /* INHERIT_SETTING: as the command line says */
    const struct label *labels; /* of its results */
    size_t label_count;
    struct expectation expected;
    const struct extraction *extractions; /* metrics in its output */
    size_t extraction_count;
    const struct excluded *excluded; /* points that are left out */
    size_t excluded_count;
    const char *skip; /* the reason why it is not measured */
    bool reference;
    const char *file; /* of the suite, where it stands; NULL */
    uint32_t line, column;
};

struct benches {
    struct bench *items;
    size_t count, capacity;
};

/* From the operands: each a command line, or all after "--" the words of one. */
int benches_from_operands(struct benches *benches, struct arena *arena,
    const struct settings *settings, const struct operands *operands, struct error *error) MUST_USE;

/* What a bench holds outside the arena. */
void bench_release(const struct bench *bench);
/* All of them, and the list. */
void benches_release(struct benches *benches);

/* What the commands' streams shall be; "null", "pipe", "inherit" or a file. */
struct process_stream stream_of(const char *text);

#endif
