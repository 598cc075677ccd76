/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "calibrate.h"

#include "base/memory.h"
#include "process/clock.h"
#include "stats/order.h"
#include "stats/samples.h"

#include <stdlib.h>

enum { CALIBRATE_FIRST = 3 }; /* runs that only warm the caches */

/* The times of one empty program. */
struct times {
    double *wall, *user, *system;
    int64_t count;
};

static struct times times_create(int64_t rounds)
{
    size_t count = (size_t)rounds;
    struct times times = {memory_zero(count, sizeof(double)), memory_zero(count, sizeof(double)),
        memory_zero(count, sizeof(double)), 0};
    return times;
}

static void times_release(struct times *times)
{
    free(times->wall);
    free(times->user);
    free(times->system);
}

static int run_empty(
    struct runner *runner, size_t spec, struct times *times, bool keep, struct error *error)
{
    struct process_result result;
    char text[512];
    int going = runner_plain(runner, spec, &result, error);
    if (going <= 0)
        return going;
    if (result.failed != PROCESS_STARTED) {
        process_start_message(&runner->plan->specs[spec], &result, text, sizeof text);
        return error_set(error, ERROR_USAGE, "calibration: %s", text);
    }
    if (!process_passed(&result))
        return error_set(error, ERROR_USAGE,
            "calibration: %s with nothing to do ended with status %d",
            runner->plan->specs[spec].arguments[0], result.exit_code);
    if (keep) {
        times->wall[times->count] = clock_seconds(result.end_ns - result.start_ns);
        times->user[times->count] = result.usage.user_s;
        times->system[times->count] = result.usage.system_s;
        times->count++;
    }
    return 1;
}

static double median(
    const double *values, int64_t count, struct interval *interval, struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct samples samples;
    double result = 0;
    if (samples_prepare(&samples, values, (size_t)count, &arena, error) == 0) {
        result = order_median(&samples);
        if (interval)
            *interval = order_median_interval(&samples, 0.95);
    }
    arena_release(&arena);
    return result;
}

static void sum_up(struct calibration *calibration, const struct times *empty,
    const struct times *shell, struct error *error)
{
    calibration->done = true;
    calibration->n = empty->count;
    calibration->overhead_s = median(empty->wall, empty->count, &calibration->overhead_ci, error);
    if (!calibration->has_shell)
        return;
    calibration->shell_overhead_s =
        median(shell->wall, shell->count, &calibration->shell_overhead_ci, error);
    calibration->subtracted.wall_s = calibration->shell_overhead_s;
    calibration->subtracted.user_s = median(shell->user, shell->count, NULL, error);
    calibration->subtracted.system_s = median(shell->system, shell->count, NULL, error);
}

int calibrate(
    struct calibration *calibration, struct runner *runner, int64_t rounds, struct error *error)
{
    const struct plan *plan = runner->plan;
    struct times empty = times_create(rounds), shell = times_create(rounds);
    int going = 1;

    *calibration = (struct calibration){.has_shell = plan->empty_shell != NO_SPEC,
        .overhead_ci = interval_none(),
        .shell_overhead_ci = interval_none()};
    for (int64_t i = -CALIBRATE_FIRST; i < rounds && going > 0; i++) {
        going = run_empty(runner, plan->empty, &empty, i >= 0, error);
        if (going > 0 && calibration->has_shell)
            going = run_empty(runner, plan->empty_shell, &shell, i >= 0, error);
    }
    if (going > 0)
        sum_up(calibration, &empty, &shell, error);
    times_release(&empty);
    times_release(&shell);
    return going;
}
