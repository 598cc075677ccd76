/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tool/config.h"

#include "base/memory.h"
#include "tool/place.h"
#include "tool/tool.h"

#include <stdlib.h>

static void tell_fault(void *context, const struct error *error)
{
    (void)context;
    tool_error(error);
}

const struct config_faults tool_faults = {tell_fault, NULL};

int tool_schema(struct schema **out, const char *name, struct error *error)
{
    char *file = memory_format("schemas/%s", name), *path = place_data(file);
    int result = config_schema(out, path, error);
    free(path);
    free(file);
    return result;
}
