/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tool/policy.h"

#include "tool/config.h"
#include "tool/place.h"

#include <stdlib.h>

int tool_policy(
    struct policy **out, const char *file, const struct source_options *source, struct error *error)
{
    if (!file)
        return 0;
    char *schema = place_data("schemas/policy.schema.json");
    int result = policy_read(out, file, schema, source, &tool_faults, error);
    free(schema);
    return result;
}
