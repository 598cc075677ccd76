/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CHECK_H
#define CHECK_H

#include "base/arena.h"
#include "catalog.h"
#include "source/blocks.h"

#include <stdint.h>

/*
 * The check of one block of whole lines: which bytes pass, which do not, and
 * what is wrong with those. It touches nothing but its own memory, so several
 * can run at a time; what they found is given out in the order of the input.
 */

/* One thing wrong with one line. Texts live in the findings' arena. */
struct problem {
    enum schema_severity severity;
    const char *code;
    uint64_t line, column;
    struct slice message;
    struct slice instance_location, keyword_location, absolute_keyword_location;
};

/* Neighbouring lines with the same fate. */
struct stretch {
    size_t start, size;
    bool valid;
};

struct findings {
    struct arena arena;
    struct problem *problems;
    size_t problem_count, problem_capacity;
    struct stretch *stretches; /* blank lines are in none */
    size_t stretch_count, stretch_capacity;
    uint64_t lines, blank, bad;
    uint64_t unreported; /* problems beyond --max-errors-per-line */
    struct error error;  /* set where the check itself failed, not the input */
};

struct check_options {
    struct json_options json;
    int64_t errors_per_line; /* 0: all */
    bool whole;              /* a block is one document, not lines */
};

/* What a thread keeps warm. */
struct checker;
struct checker *checker_create(struct catalog *catalog, const struct check_options *options);
void checker_free(struct checker *checker);

/* findings are filled anew; they point into block. */
void check_block(struct checker *checker, const struct block *block, struct findings *findings);
void findings_release(struct findings *findings);

#endif
