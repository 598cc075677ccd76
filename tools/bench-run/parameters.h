/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PARAMETERS_H
#define PARAMETERS_H

#include "base/arena.h"
#include "base/error.h"
#include "bench.h"

#include <stddef.h>

enum { PARAMETER_VALUES_MOST = 10000 };

/* The numbers from low to high in steps, as decimal texts, exact. */
int parameter_scan(struct parameter *parameter, struct arena *arena, const char *name,
    const char *low, const char *high, const char *step, struct error *error) MUST_USE;
/* Texts that commas part; "\," is a comma. */
int parameter_list(struct parameter *parameter, struct arena *arena, const char *name,
    const char *values, struct error *error) MUST_USE;

/* Which value of each parameter: one point of their cross product. */
struct point {
    const struct parameter *parameters;
    size_t count;
    size_t *chosen; /* parallel to parameters */
    bool *used;     /* parallel: some text named it */
};

/* The text with each {NAME} that names a parameter replaced; NULL for NULL. */
const char *point_fill(const struct point *point, struct arena *arena, const char *text);
/* Whether the text is a JSON number, so that 3 and "3" do not become two benchmarks. */
bool parameter_is_number(const char *text);
/* The next point in order, the last parameter fastest; false after the last. */
bool point_next(struct point *point);

#endif
