/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine/health.h"

#include "process/clock.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

static const double swap_limit = 100e6;      /* bytes; a little swap is old and harmless */
static const double memory_limit = 0.1;      /* of the memory */
static const double load_limit = 0.25;       /* processors */
static const double load_share_limit = 0.05; /* of the processors */
static const double steal_limit = 0.01;      /* of the processors' time */
static const double frequency_limit = 0.9;   /* of what it was */

const char *machine_flag_name(enum machine_flag_kind kind)
{
    static const char *const names[FLAGS] = {[FLAG_SWAP_IN_USE] = "swap-in-use",
        [FLAG_LOW_MEMORY] = "low-memory",
        [FLAG_ZOMBIES] = "zombies",
        [FLAG_GOVERNOR] = "governor-not-performance",
        [FLAG_ON_BATTERY] = "on-battery",
        [FLAG_LOAD_FROM_OTHERS] = "load-from-others",
        [FLAG_STEAL_TIME] = "steal-time",
        [FLAG_FREQUENCY_CHANGED] = "frequency-changed",
        [FLAG_THERMAL_THROTTLING] = "thermal-throttling"};
    return names[kind];
}

static void raise_flag(struct machine_flags *flags, enum machine_flag_kind kind, double value,
    double limit, const char *unit, const char *format, ...) PRINTF_LIKE(6, 7);
static void raise_flag(struct machine_flags *flags, enum machine_flag_kind kind, double value,
    double limit, const char *unit, const char *format, ...)
{
    struct machine_flag *flag = &flags->items[flags->count++];
    *flag = (struct machine_flag){.kind = kind, .value = value, .limit = limit, .unit = unit};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(flag->evidence, sizeof flag->evidence, format, arguments);
    va_end(arguments);
}

static void judge_memory(struct machine_flags *flags, const struct machine_state *now)
{
    double used = (double)now->swap_used_bytes, available = (double)now->memory_available_bytes;
    if (now->swap_used_bytes != UNKNOWN_COUNT && used > swap_limit)
        raise_flag(
            flags, FLAG_SWAP_IN_USE, used, swap_limit, "By", "%.0f MB of swap in use", used / 1e6);
    double limit = memory_limit * (double)now->memory_total_bytes;
    if (now->memory_available_bytes != UNKNOWN_COUNT && now->memory_total_bytes != UNKNOWN_COUNT &&
        available < limit)
        raise_flag(flags, FLAG_LOW_MEMORY, available, limit, "By",
            "%.0f MB of %.0f MB of memory available", available / 1e6,
            (double)now->memory_total_bytes / 1e6);
}

static void judge_moment(struct machine_flags *flags, const struct machine_state *now)
{
    judge_memory(flags, now);
    if (now->zombies != UNKNOWN_COUNT && now->zombies > 0)
        raise_flag(flags, FLAG_ZOMBIES, (double)now->zombies, 0, "1",
            "%lld ended process%s that nobody collected", (long long)now->zombies,
            now->zombies == 1 ? "" : "es");
    if (now->governor_other > 0)
        raise_flag(flags, FLAG_GOVERNOR, now->governor_other, 0, "1",
            "governor %s, not performance, on %u of %u processors", now->governor,
            now->governor_other, now->governor_all);
    if (now->on_battery == MACHINE_YES)
        raise_flag(flags, FLAG_ON_BATTERY, NAN, NAN, NULL, "a battery feeds the machine");
}

static int64_t ticks_between(
    const struct machine_state *before, const struct machine_state *now, int from, int to)
{
    int64_t sum = 0;
    for (int i = from; i <= to; i++) {
        if (before->ticks[i] == UNKNOWN_COUNT || now->ticks[i] == UNKNOWN_COUNT)
            return UNKNOWN_COUNT;
        sum += now->ticks[i] - before->ticks[i];
    }
    return sum;
}

static void judge_ticks(struct machine_flags *flags, const struct machine_state *before,
    const struct machine_state *now, double own_s)
{
    int64_t all = ticks_between(before, now, TICKS_USER, TICKS_STEAL);
    if (all == UNKNOWN_COUNT || all <= 0)
        return;
    int64_t steal = ticks_between(before, now, TICKS_STEAL, TICKS_STEAL);
    int64_t idle = ticks_between(before, now, TICKS_IDLE, TICKS_IOWAIT);
    double seconds = clock_seconds(now->time_ns - before->time_ns);
    double others = ((double)(all - steal - idle) / TICKS_PER_SECOND - own_s) / seconds;
    double limit = fmax(load_limit, load_share_limit * (double)now->processors);
    if (others > limit)
        raise_flag(flags, FLAG_LOAD_FROM_OTHERS, others, limit, "1",
            "other programs took %.1f of %lld processors", others, (long long)now->processors);
    double share = (double)steal / (double)all;
    if (share > steal_limit)
        raise_flag(flags, FLAG_STEAL_TIME, 100 * share, 100 * steal_limit, "%",
            "the host gave %.1f %% of the processors' time to others", 100 * share);
}

static void judge_window(struct machine_flags *flags, const struct machine_state *before,
    const struct machine_state *now, double own_s)
{
    judge_ticks(flags, before, now, own_s);
    double was = before->frequency_highest_hz, is = now->frequency_highest_hz;
    if (is < frequency_limit * was) /* false where one is unknown */
        raise_flag(flags, FLAG_FREQUENCY_CHANGED, is, frequency_limit * was, "Hz",
            "the processors fell from %.0f to %.0f MHz", was / 1e6, is / 1e6);
    if (before->throttle_count != UNKNOWN_COUNT && now->throttle_count > before->throttle_count) {
        double times = (double)(now->throttle_count - before->throttle_count);
        raise_flag(flags, FLAG_THERMAL_THROTTLING, times, 0, "1",
            "throttled %.0f times for their heat", times);
    }
}

void machine_health(struct machine_flags *flags, const struct machine_state *before,
    const struct machine_state *now, double own_s)
{
    flags->count = 0;
    judge_moment(flags, now);
    if (before && clock_seconds(now->time_ns - before->time_ns) >= HEALTH_WINDOW_S)
        judge_window(flags, before, now, own_s);
}
