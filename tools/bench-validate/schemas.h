/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMAS_H
#define SCHEMAS_H

#include "pipeline.h"
#include "schema/schema.h"

/*
 * --check-schema: each name is a JSON Schema, held against its meta-schema and
 * looked through for what is suspicious. In totals a schema is a line; one with
 * an error is bad. -1 where the report cannot be written.
 */
int check_schemas(const char *const *names, size_t count, const struct schema_options *options,
    struct report *report, struct totals *totals, struct error *error) MUST_USE;

#endif
