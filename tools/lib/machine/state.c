/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine/state.h"

#include "process/clock.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CPU_FOLDER "sys/devices/system/cpu"

static int64_t field_bytes(const struct probe *probe, const char *text, const char *name)
{
    int64_t count = probe_number(probe_field(probe, text, name));
    return count == UNKNOWN_COUNT ? count : count * 1024;
}

static void read_memory(struct machine_state *state, const struct probe *probe)
{
    const char *text = probe_text(probe, "proc/meminfo");
    state->memory_total_bytes = field_bytes(probe, text, "MemTotal");
    state->memory_available_bytes = field_bytes(probe, text, "MemAvailable");
    state->memory_free_bytes = field_bytes(probe, text, "MemFree");
    state->memory_cached_bytes = field_bytes(probe, text, "Cached");
    state->swap_total_bytes = field_bytes(probe, text, "SwapTotal");
    int64_t swap_free = field_bytes(probe, text, "SwapFree");
    state->swap_used_bytes = state->swap_total_bytes == UNKNOWN_COUNT || swap_free == UNKNOWN_COUNT
                                 ? UNKNOWN_COUNT
                                 : state->swap_total_bytes - swap_free;
}

static void read_load(struct machine_state *state, const struct probe *probe)
{
    const char *text = probe_text(probe, "proc/loadavg");
    for (int i = 0; i < 3; i++)
        state->load[i] = NAN;
    for (int i = 0; text && i < 3; i++) {
        char *end;
        double value = strtod(text, &end);
        if (end == text)
            return;
        state->load[i] = value;
        text = end;
    }
}

/* "some avg10=1.22 avg60=…" on a line of its own. */
static double pressure(const char *text, const char *kind)
{
    const char *line = text ? strstr(text, kind) : NULL;
    const char *value = line ? strstr(line, "avg10=") : NULL;
    return value ? strtod(value + 6, NULL) : NAN;
}

static void read_pressure(struct machine_state *state, const struct probe *probe)
{
    static const char *const names[PRESSURES] = {"cpu", "memory", "io"};
    for (int i = 0; i < PRESSURES; i++) {
        const char *text = probe_text(probe, "proc/pressure/%s", names[i]);
        state->pressure_some[i] = pressure(text, "some");
        state->pressure_full[i] = pressure(text, "full");
    }
}

static void read_ticks(struct machine_state *state, const struct probe *probe)
{
    const char *text = probe_text(probe, "proc/stat");
    for (int i = 0; i < TICKS; i++)
        state->ticks[i] = UNKNOWN_COUNT;
    state->processors = UNKNOWN_COUNT;
    if (!text || strncmp(text, "cpu ", 4) != 0)
        return;
    const char *at = text + 4;
    for (int i = 0; i < TICKS; i++) {
        char *end;
        long long value = strtoll(at, &end, 10);
        if (end == at)
            return;
        state->ticks[i] = value;
        at = end;
    }
    state->processors = 0;
    for (at = text; (at = strstr(at, "\ncpu")) != NULL; at++)
        state->processors += at[4] >= '0' && at[4] <= '9';
}

struct mean {
    double sum, highest;
    unsigned count;
};

static void mean_add(struct mean *mean, double value)
{
    mean->sum += value;
    mean->count++;
    if (value > mean->highest)
        mean->highest = value;
}

static void read_frequency(struct machine_state *state, const struct probe *probe)
{
    struct mean mean = {0, 0, 0};
    size_t count;
    char **policies = probe_names(probe, CPU_FOLDER "/cpufreq", "policy", &count);
    for (size_t i = 0; i < count; i++) {
        int64_t khz = probe_count(probe, CPU_FOLDER "/cpufreq/%s/scaling_cur_freq", policies[i]);
        if (khz > 0)
            mean_add(&mean, (double)khz * 1e3);
    }
    if (mean.count == 0) { /* x86 without a driver for it still tells what it measured */
        const char *text = probe_text(probe, "proc/cpuinfo");
        for (const char *at = text; at && (at = strstr(at, "\ncpu MHz")) != NULL; at++) {
            const char *colon = strchr(at, ':');
            double mhz = colon ? strtod(colon + 1, NULL) : 0;
            if (mhz > 0)
                mean_add(&mean, mhz * 1e6);
        }
    }
    state->frequency_hz = mean.count ? mean.sum / mean.count : NAN;
    state->frequency_highest_hz = mean.count ? mean.highest : NAN;
}

static void read_heat(struct machine_state *state, const struct probe *probe)
{
    size_t count;
    char **names = probe_names(probe, CPU_FOLDER, "cpu", &count);
    state->throttle_count = UNKNOWN_COUNT;
    for (size_t i = 0; i < count; i++) {
        static const char *const kinds[] = {"core", "package"};
        for (size_t j = 0; isdigit((unsigned char)names[i][3]) && j < ARRAY_SIZE(kinds); j++) {
            int64_t times = probe_count(
                probe, CPU_FOLDER "/%s/thermal_throttle/%s_throttle_count", names[i], kinds[j]);
            if (times != UNKNOWN_COUNT)
                state->throttle_count =
                    (state->throttle_count == UNKNOWN_COUNT ? 0 : state->throttle_count) + times;
        }
    }
    names = probe_names(probe, "sys/class/thermal", "thermal_zone", &count);
    state->temperature_celsius = NAN;
    for (size_t i = 0; i < count; i++) {
        int64_t milli = probe_count(probe, "sys/class/thermal/%s/temp", names[i]);
        /* Some zones tell nonsense while they are off. */
        if (milli > 0 && milli < 200000 && !(state->temperature_celsius >= (double)milli / 1e3))
            state->temperature_celsius = (double)milli / 1e3;
    }
}

static void read_battery(struct machine_state *state, const struct probe *probe)
{
    size_t count;
    char **names = probe_names(probe, "sys/class/power_supply", "", &count);
    state->on_battery = MACHINE_UNKNOWN;
    for (size_t i = 0; i < count; i++) {
        const char *kind = probe_text(probe, "sys/class/power_supply/%s/type", names[i]);
        const char *scope = probe_text(probe, "sys/class/power_supply/%s/scope", names[i]);
        const char *status = probe_text(probe, "sys/class/power_supply/%s/status", names[i]);
        if (scope && strcmp(scope, "Device") == 0) /* a mouse's */
            continue;
        if (kind && strcmp(kind, "Battery") == 0 && status)
            state->on_battery = strcmp(status, "Discharging") == 0 ? MACHINE_YES
                                : state->on_battery == MACHINE_YES ? MACHINE_YES
                                                                   : MACHINE_NO;
    }
}

/* The state stands behind the name, which is in parentheses and may hold any byte. */
static int64_t count_zombies(const struct probe *probe)
{
    size_t count;
    int64_t zombies = 0;
    bool seen = false;
    char **names = probe_names(probe, "proc", "", &count);
    for (size_t i = 0; i < count; i++) {
        if (!isdigit((unsigned char)names[i][0]))
            continue;
        char path[300], text[512];
        snprintf(path, sizeof path, "proc/%.256s/stat", names[i]);
        const char *close = probe_start(probe, path, text, sizeof text) ? strrchr(text, ')') : NULL;
        seen = seen || close;
        zombies += close && strncmp(close, ") Z", 3) == 0;
    }
    return seen ? zombies : UNKNOWN_COUNT;
}

void machine_state_read(
    struct machine_state *state, const struct probe *probe, bool count_processes)
{
    memset(state, 0, sizeof *state);
    state->time_ns = clock_monotonic();
    read_memory(state, probe);
    read_load(state, probe);
    read_pressure(state, probe);
    read_ticks(state, probe);
    read_frequency(state, probe);
    read_heat(state, probe);
    read_battery(state, probe);
    state->governor = machine_governor(probe, &state->governor_other, &state->governor_all);
    state->zombies = count_processes ? count_zombies(probe) : UNKNOWN_COUNT;
}
