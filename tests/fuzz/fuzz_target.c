/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A target: what is read has limits, a statistic and the text it was made of, and
 * reads the same again; what is refused has a column inside the text.
 *
 * Covers: tools/lib/analysis/target.c
 */
#include "analysis/target.h"
#include "fuzz.h"

#include <math.h>

static void check_read(const struct target *target, struct slice text, struct arena *arena)
{
    struct error error = ERROR_INIT;
    struct target again;
    struct slice statistic = target_statistic(target, arena);
    MUST(slice_equal(target->text, text));
    MUST(statistic.size > 0);
    MUST(isfinite(target->range.low) || isfinite(target->range.high));
    MUST(target->range.low <= target->range.high);
    MUST(!target_range_holds(&target->range, NAN));
    MUST(isnan(target->size_low) || target->size_low <= target->size_high);
    MUST(!target->reference.data || (target->metric.data && !target->unit.data));
    MUST(target_parse(&again, target->text, arena, &error) == 0);
    MUST(again.statistic == target->statistic && slice_equal(again.metric, target->metric));
    target_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct slice text = {(const char *)bytes, size};
    struct arena arena = ARENA_INIT;
    struct error error = ERROR_INIT;
    struct target target;
    double parameters = target_model_size(text);
    MUST(isnan(parameters) || parameters >= 0);
    if (target_parse(&target, text, &arena, &error) == 0) {
        check_read(&target, text, &arena);
        target_release(&target);
    } else {
        MUST(error.code == ERROR_CONTENT && error.text[0] != '\0');
        MUST(error.column >= 1 && error.column <= size + 1);
    }
    arena_release(&arena);
    return 0;
}
