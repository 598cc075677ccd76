/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine/facts.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#define CPU_FOLDER "sys/devices/system/cpu"

/* What is counted while the processors are walked through. */
struct cores {
    const struct probe *probe;
    const char **seen; /* the sibling lists of the cores met so far: one each */
    size_t seen_count, seen_capacity;
    int64_t sockets[64];
    size_t socket_count;
    int64_t capacity_max;
    size_t at_max, below_max; /* cores by capacity, where the kernel tells (ARM) */
};

static bool new_core(struct cores *cores, const char *siblings)
{
    for (size_t i = 0; i < cores->seen_count; i++)
        if (strcmp(cores->seen[i], siblings) == 0)
            return false;
    MEMORY_GROW(cores->seen, cores->seen_count, cores->seen_capacity);
    cores->seen[cores->seen_count++] = siblings;
    return true;
}

static void note_socket(struct cores *cores, int64_t socket)
{
    for (size_t i = 0; i < cores->socket_count; i++)
        if (cores->sockets[i] == socket)
            return;
    if (socket != UNKNOWN_COUNT && cores->socket_count < ARRAY_SIZE(cores->sockets))
        cores->sockets[cores->socket_count++] = socket;
}

static void note_capacity(struct cores *cores, int64_t capacity)
{
    if (capacity == UNKNOWN_COUNT)
        return;
    if (capacity > cores->capacity_max) {
        cores->below_max += cores->at_max;
        cores->at_max = 1;
        cores->capacity_max = capacity;
    } else if (capacity == cores->capacity_max) {
        cores->at_max++;
    } else {
        cores->below_max++;
    }
}

static void note_processor(struct cores *cores, const char *name)
{
    const struct probe *probe = cores->probe;
    const char *siblings = probe_text(probe, CPU_FOLDER "/%s/topology/core_cpus_list", name);
    if (!siblings)
        siblings = probe_text(probe, CPU_FOLDER "/%s/topology/thread_siblings_list", name);
    if (!siblings) /* offline, or not told */
        return;
    note_socket(cores, probe_count(probe, CPU_FOLDER "/%s/topology/physical_package_id", name));
    if (new_core(cores, siblings))
        note_capacity(cores, probe_count(probe, CPU_FOLDER "/%s/cpu_capacity", name));
}

/* Cores, not threads, that a list of processors covers (an Intel with two kinds of cores). */
struct covered {
    struct cores cores;
    size_t count;
};

static void note_covered(void *context, unsigned number)
{
    struct covered *covered = context;
    const char *siblings =
        probe_text(covered->cores.probe, CPU_FOLDER "/cpu%u/topology/core_cpus_list", number);
    if (siblings && new_core(&covered->cores, siblings))
        covered->count++;
}

static int64_t count_cores(const struct probe *probe, const char *file)
{
    struct covered covered = {.cores = {.probe = probe}};
    const char *list = probe_text(probe, "%s", file);
    bool known = probe_each(list, note_covered, &covered);
    free(covered.cores.seen);
    return known && covered.count > 0 ? (int64_t)covered.count : UNKNOWN_COUNT;
}

static void read_cores(struct machine_facts *facts, const struct probe *probe)
{
    struct cores cores = {.probe = probe, .capacity_max = -1};
    size_t count;
    char **names = probe_names(probe, CPU_FOLDER, "cpu", &count);
    for (size_t i = 0; i < count; i++)
        if (names[i][3] >= '0' && names[i][3] <= '9')
            note_processor(&cores, names[i]);
    facts->cores_physical = cores.seen_count ? (int64_t)cores.seen_count : UNKNOWN_COUNT;
    facts->cpu_sockets = cores.socket_count ? (int64_t)cores.socket_count : UNKNOWN_COUNT;
    facts->cores_logical = probe_list_size(probe_text(probe, CPU_FOLDER "/online"));

    facts->cores_performance = count_cores(probe, "sys/devices/cpu_core/cpus");
    facts->cores_efficiency = count_cores(probe, "sys/devices/cpu_atom/cpus");
    if (facts->cores_efficiency == UNKNOWN_COUNT)
        facts->cores_performance = UNKNOWN_COUNT;
    if (facts->cores_efficiency == UNKNOWN_COUNT && cores.below_max > 0) {
        facts->cores_performance = (int64_t)cores.at_max;
        facts->cores_efficiency = (int64_t)cores.below_max;
    }
    free(cores.seen);
}

static void read_names(struct machine_facts *facts, const struct probe *probe)
{
    static const char *const fields[] = {"model name", "cpu model", "cpu", "Processor"};
    const char *text = probe_text(probe, "proc/cpuinfo");
    for (size_t i = 0; i < ARRAY_SIZE(fields) && !facts->cpu_model; i++)
        facts->cpu_model = probe_field(probe, text, fields[i]);
    facts->cpu_architecture = probe_text(probe, "proc/sys/kernel/arch");

    struct utsname name;
    if (!facts->cpu_architecture && probe->root[0] == '\0' && uname(&name) == 0)
        facts->cpu_architecture = arena_text(probe->arena, name.machine);
    if (facts->cores_logical == UNKNOWN_COUNT && text) {
        int64_t count = 0;
        for (const char *at = text; (at = strstr(at, "processor\t")) != NULL; at++)
            count += at == text || at[-1] == '\n';
        if (count > 0)
            facts->cores_logical = count;
    }
}

static void read_frequency(struct machine_facts *facts, const struct probe *probe)
{
    size_t count;
    char **policies = probe_names(probe, CPU_FOLDER "/cpufreq", "policy", &count);
    facts->frequency_max_hz = UNKNOWN_COUNT;
    for (size_t i = 0; i < count; i++) {
        int64_t khz = probe_count(probe, CPU_FOLDER "/cpufreq/%s/cpuinfo_max_freq", policies[i]);
        if (khz != UNKNOWN_COUNT && khz * 1000 > facts->frequency_max_hz)
            facts->frequency_max_hz = khz * 1000;
    }
    int64_t boost = probe_count(probe, CPU_FOLDER "/cpufreq/boost");
    int64_t no_turbo = probe_count(probe, CPU_FOLDER "/intel_pstate/no_turbo");
    facts->boost = boost != UNKNOWN_COUNT      ? (boost != 0 ? MACHINE_YES : MACHINE_NO)
                   : no_turbo != UNKNOWN_COUNT ? (no_turbo == 0 ? MACHINE_YES : MACHINE_NO)
                                               : MACHINE_UNKNOWN;
}

const char *machine_governor(const struct probe *probe, unsigned *other, unsigned *all)
{
    size_t count;
    unsigned slow = 0, seen = 0;
    const char *names = NULL;
    char **policies = probe_names(probe, CPU_FOLDER "/cpufreq", "policy", &count);
    for (size_t i = 0; i < count; i++) {
        const char *governor =
            probe_text(probe, CPU_FOLDER "/cpufreq/%s/scaling_governor", policies[i]);
        const char *cpus = probe_text(probe, CPU_FOLDER "/cpufreq/%s/affected_cpus", policies[i]);
        if (!governor || governor[0] == '\0')
            continue;
        unsigned processors = 0; /* separated by blanks; a policy always has one */
        for (const char *at = cpus ? cpus : ""; *at; at += strcspn(at, " "), at += *at == ' ')
            processors++;
        processors += processors == 0;
        seen += processors;
        slow += strcmp(governor, "performance") != 0 ? processors : 0;
        if (!names)
            names = governor;
        else if (!strstr(names, governor))
            names = arena_format(probe->arena, "%s, %s", names, governor);
    }
    if (other)
        *other = slow;
    if (all)
        *all = seen;
    return names;
}

void machine_read_cpu(struct machine_facts *facts, const struct probe *probe)
{
    read_cores(facts, probe);
    read_names(facts, probe);
    read_frequency(facts, probe);
    facts->governor = machine_governor(probe, NULL, NULL);
}
