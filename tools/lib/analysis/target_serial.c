/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/target_serial.h"

#include "base/memory.h"

#include <math.h>

static bool is_asked_for(const struct target_cells *cells, const struct targets *targets,
    size_t row, struct slice metric)
{
    for (size_t i = 0; i < targets->count; i++)
        if (slice_equal(targets->items[i].metric, metric) && target_cells_wanted(cells, i, row))
            return true;
    return false;
}

/* What is no series, or holds what cannot be worked with, is passed over. */
static struct serial serial_of(const struct metric *metric, struct arena *scratch)
{
    struct samples series;
    struct error ignored = ERROR_INIT;
    double *values = arena_take(scratch, (metric->count + 1) * sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < metric->count; i++)
        if (!isnan(metric->samples[i]))
            values[count++] = metric->samples[i];
    if (count < SERIAL_FEWEST || samples_prepare(&series, values, count, scratch, &ignored) != 0)
        return (struct serial){0, NAN};
    return (struct serial){count, autocorrelation(&series, 1)};
}

struct serial_pooled target_serial_pool(
    const struct target_cells *cells, const struct targets *targets, struct arena *scratch)
{
    struct serial *serials = NULL;
    size_t count = 0, capacity = 0;
    for (size_t row = 0; row < cells->row_count; row++) {
        const struct report_result *facts = &cells->rows[row].result->facts;
        for (size_t i = 0; i < facts->metric_count && facts->outcome == OUTCOME_PASSED; i++) {
            if (!is_asked_for(cells, targets, row, facts->metrics[i].name))
                continue;
            arena_reset(scratch);
            MEMORY_GROW(serials, count, capacity);
            serials[count++] = serial_of(&facts->metrics[i], scratch);
        }
    }
    const struct serial_pooled pooled = serial_pool(serials, count);
    free(serials);
    return pooled;
}
