/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "match.h"

bool match_text(struct slice slice, const char *text)
{
    return text ? slice_is(slice, text) : slice.size == 0;
}

static bool same_parameters(const struct cell *cell, const struct report_result *result)
{
    if (result->param_count != cell->bench->parameter_count)
        return false;
    for (size_t i = 0; i < result->param_count; i++) {
        const struct name_value *found = &result->params[i];
        size_t met = 0;
        for (size_t j = 0; j < cell->bench->parameter_count; j++)
            met += match_text(found->name, cell->bench->parameters[j].name) &&
                   match_text(found->value, cell->bench->parameters[j].values[cell->chosen[j]]);
        if (met == 0)
            return false;
    }
    return true;
}

bool match_benchmark(const struct cell *cell, const struct report_result *result)
{
    const char *suite = cell->bench->suite;
    bool same_suite = suite ? result->suite_count == 1 && match_text(result->suites[0], suite)
                            : result->suite_count == 0;
    return same_suite && match_text(result->name, cell->name) && same_parameters(cell, result);
}
