/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MATERIAL_H
#define MATERIAL_H

#include "analysis/history.h"
#include "analysis/trend.h"
#include "settings.h"
#include "source/git.h"
#include "source/names.h"

/*
 * What the series are made of: the histories of all inputs, and the points in
 * their order with what belongs to each.
 */
struct held_history {
    struct history history;
    size_t *points; /* of its runs: a point of the trend, or TREND_NOWHERE */
    const char *file;
};

struct material {
    const struct settings *settings;
    struct history_options options;
    const char *git_module;
    struct repository *repository; /* NULL without git */
    struct held_history *held;
    size_t held_count, held_capacity;
    struct trend_point *points;
    size_t point_count;
    struct names empty;   /* points that hold nothing of their own */
    struct names skipped; /* tags of no commit */
    struct names faults;  /* sentences: what a reader must know of the points */
    size_t bad;           /* lines and files that could not be read */
    bool newer;
    struct cache *cache; /* NULL without git */
    struct arena arena;
};

void material_release(struct material *material);

/* In how many threads it is worth while to work: one a processor. */
size_t material_threads(void);

/* A tag that leads nowhere is told, and the others go on. */
void material_tell_tag(
    struct material *material, const struct git_ref *tag, const struct error *why);
/*
 * For the names of points: the repository's tags, and the commit of one; false for
 * what is none. What cannot be read is told: the points have their digits.
 */
void material_tags(struct material *material, struct git_refs *out);
bool material_tag_commit(
    struct material *material, const struct git_ref *tag, struct git_id *commit);

struct held_history *material_add(struct material *material, const char *file);
/* Fills held and points; they lie in the material's arena. */
int material_from_inputs(
    struct material *material, const struct operands *operands, struct error *error) MUST_USE;
/* Each commit that runs were measured at is a point, in the order of dates; a run that names none
 * is one by itself. */
void points_of_runs(struct material *material);
int material_from_git(
    struct material *material, const struct operands *operands, struct error *error) MUST_USE;

#endif
