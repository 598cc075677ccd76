/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CONFIG_CHECK_H
#define CONFIG_CHECK_H

#include "config/yaml.h"
#include "schema/schema.h"

/*
 * Holds a YAML file against a JSON Schema. Every fault is told with its line and
 * column in the YAML, its pointer and what was expected. 0 where there is none.
 */
struct config_faults {
    void (*fault)(void *context, const struct error *error);
    void *context;
};

int config_check(const struct yaml *yaml, const struct schema *schema, const char *file,
    const struct config_faults *faults, struct error *error) MUST_USE;

#endif
