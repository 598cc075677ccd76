/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CONFIG_CHECK_H
#define CONFIG_CHECK_H

#include "config/yaml.h"
#include "schema/schema.h"
#include "source/source.h"

/*
 * Holds a YAML file against a JSON Schema. Every fault is told with its line and
 * column in the YAML, its pointer and what was expected. 0 where there is none.
 */
struct config_faults {
    void (*fault)(void *context, const struct error *error);
    void *context;
};

/* Of a YAML that fits the schema of suites: what config/suite.h looks for. */
int config_check_suite(const struct yaml *yaml, const char *file,
    const struct config_faults *faults, struct error *error) MUST_USE;

/* Compiles the schema in the file at path. */
int config_schema(struct schema **out, const char *path, struct error *error) MUST_USE;

int config_check(const struct yaml *yaml, const struct schema *schema, const char *file,
    const struct config_faults *faults, struct error *error) MUST_USE;

/*
 * All of it: reads the operand file into yaml, which is YAML_INIT, and holds it
 * against the schema in the file at path `schema`.
 */
int config_read(struct yaml *yaml, const char *file, const char *schema,
    const struct source_options *source, const struct config_faults *faults,
    struct error *error) MUST_USE;

#endif
