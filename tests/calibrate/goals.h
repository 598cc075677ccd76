/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CALIBRATE_GOALS_H
#define CALIBRATE_GOALS_H

#include "cells.h"

/* What the methods are to reach, over some of the cells. */
enum goal_of {
    GOAL_WORST,  /* of single cells */
    GOAL_MEAN,   /* over the cells */
    GOAL_POOLED, /* the worst condition, its shifts taken together */
};

struct goal {
    const char *name;
    const char *claim; /* a sentence for people */
    enum measure measure;
    bool strict;
    enum goal_of of;
    bool at_least; /* else at most */
    double limit;
    bool (*concerns)(const struct cell *cell);
};

/* One cell and what was counted in it, by default and with --strict. */
struct counted {
    struct cell cell;
    struct tally tallies[2];
};

const struct goal *goals_all(size_t *count);

/* What was reached; NaN where no cell of it was simulated. */
double goal_reached(const struct goal *goal, const struct counted *cells, size_t count);
/* A goal of which nothing was simulated is not missed. */
bool goal_missed(const struct goal *goal, double reached);

#endif
