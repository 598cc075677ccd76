/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine/facts.h"

#include <string.h>

static int64_t kibibytes(int64_t count)
{
    return count == UNKNOWN_COUNT ? count : count * 1024;
}

static void read_system(struct machine_facts *facts, const struct probe *probe)
{
    const char *release = probe_text(probe, "etc/os-release");
    if (!release)
        release = probe_text(probe, "usr/lib/os-release");
    facts->os_name = probe_field(probe, release, "NAME");
    facts->os_version = probe_field(probe, release, "VERSION");
    if (!facts->os_version)
        facts->os_version = probe_field(probe, release, "VERSION_ID");

    const char *kind = probe_text(probe, "proc/sys/kernel/ostype");
    const char *version = probe_text(probe, "proc/sys/kernel/osrelease");
    if (version)
        facts->kernel = arena_format(probe->arena, "%s %s", kind ? kind : "Linux", version);

    facts->model = probe_text(probe, "proc/device-tree/model");
    if (!facts->model)
        facts->model = probe_text(probe, "sys/class/dmi/id/product_name");
    if (facts->model && facts->model[0] == '\0')
        facts->model = NULL;
}

static void read_memory(struct machine_facts *facts, const struct probe *probe)
{
    const char *memory = probe_text(probe, "proc/meminfo");
    facts->memory_bytes = kibibytes(probe_number(probe_field(probe, memory, "MemTotal")));
    facts->hugepages_total = probe_number(probe_field(probe, memory, "HugePages_Total"));
    facts->hugepages_free = probe_number(probe_field(probe, memory, "HugePages_Free"));
    facts->hugepage_bytes = kibibytes(probe_number(probe_field(probe, memory, "Hugepagesize")));

    /* "always [madvise] never" */
    const char *choice = probe_text(probe, "sys/kernel/mm/transparent_hugepage/enabled");
    const char *open = choice ? strchr(choice, '[') : NULL;
    const char *close = open ? strchr(open, ']') : NULL;
    if (close)
        facts->transparent_hugepages =
            arena_text_n(probe->arena, open + 1, (size_t)(close - open - 1));
}

void machine_facts_read(struct machine_facts *facts, const struct probe *probe)
{
    memset(facts, 0, sizeof *facts);
    read_system(facts, probe);
    read_memory(facts, probe);
    machine_read_cpu(facts, probe);
    machine_read_devices(facts, probe);
    machine_read_virtual(facts, probe);
}
