/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PLACES_H
#define PLACES_H

#include "material.h"

/* The points that git gives, before anybody looked whether they hold something. */
struct place {
    const char *name; /* the tag, or the commit's first digits */
    struct git_id commit;
    int64_t time;
    bool tagged;
    size_t point; /* its place in the order asked for; the list itself is in the order of dates */
};

struct places {
    struct place *items; /* oldest first, by the commits' dates */
    size_t count;
    size_t *by_point;  /* index of the place that is point i */
    size_t *by_commit; /* indices, sorted by commit */
};

#define PLACE_NONE SIZE_MAX

/* By --tags or --commits. Everything lies in the material's arena. */
int places_find(struct places *places, struct material *material, struct error *error) MUST_USE;
const struct place *places_at(const struct places *places, size_t point);
/* The place that a run says it was measured at; PLACE_NONE where none is. */
size_t places_measured(const struct places *places, const struct history_run *run);

#endif
