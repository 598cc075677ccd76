/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CHECK_H
#define CHECK_H

#include "base/arena.h"
#include "catalog.h"
#include "source/blocks.h"

#include <stdint.h>

/*
 * The check of one block of whole lines: which bytes pass, which do not, and
 * what is wrong with those. It touches nothing but its own memory, so that
 * several can run at a time; what they find is given out in the input's order.
 */

/* One thing wrong with one line. The texts lie in the findings' arena. */
struct problem {
    enum schema_severity severity;
    const char *code;
    uint64_t line;         /* from 0, counted from the block's first line */
    uint64_t column;       /* in bytes from 1; 0 where there is none */
    uint64_t column_utf16; /* the same in UTF-16 code units, as editors and SARIF count */
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
    struct stretch *stretches; /* blank lines stand in none */
    size_t stretch_count, stretch_capacity;
    uint64_t lines; /* in the block, blank ones too */
    uint64_t valid, bad;
    uint64_t unsaid;    /* problems beyond errors_per_line */
    struct error error; /* the check itself failed, not the input */
};

#define FINDINGS_INIT                                                                              \
    {                                                                                              \
        .lines = 0                                                                                 \
    }

struct check_options {
    struct json_options json;
    uint64_t errors_per_line; /* 0: all */
    bool whole;               /* a block is one document, of many lines */
};

/* What a column in bytes of a text's line (from 0) is in UTF-16 code units; both from 1, 0 is none.
 */
uint64_t column_in_utf16(struct slice text, uint64_t line, uint64_t column);

/* What a thread keeps warm. */
struct checker;

/* catalog and options are borrowed until checker_free. */
struct checker *checker_create(struct catalog *catalog, const struct check_options *options);
void checker_free(struct checker *checker);

/* Fills findings anew; its stretches are parts of the block's text. */
void check_block(struct checker *checker, const struct block *block, struct findings *findings);
void findings_release(struct findings *findings);

#endif
