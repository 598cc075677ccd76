/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MACHINE_FACTS_H
#define MACHINE_FACTS_H

#include "machine/probe.h"

#include <stddef.h>
#include <stdint.h>

/*
 * What this machine is, as far as /proc, /sys and /etc tell: what does not
 * change while something is measured. A text that is not known is NULL, a number
 * UNKNOWN_COUNT. All of it lies in the probe's arena.
 */
enum machine_boolean { MACHINE_UNKNOWN = -1, MACHINE_NO, MACHINE_YES };

struct machine_device {
    const char *id, *type, *name, *vendor, *driver, *pci; /* pci: "8086:9a49" */
    int64_t memory_bytes;
};

struct machine_facts {
    const char *model;
    const char *os_name, *os_version;
    const char *kernel; /* "Linux 6.1.0-18-amd64" */
    const char *cpu_model, *cpu_architecture;
    int64_t cpu_sockets;
    int64_t cores_physical, cores_logical;
    int64_t cores_performance, cores_efficiency; /* known only where there are both */
    int64_t frequency_max_hz;
    enum machine_boolean boost;
    int64_t memory_bytes;
    int64_t hugepage_bytes, hugepages_total, hugepages_free;
    const char *transparent_hugepages;
    const char *governor; /* of all processors, "a, b" where they differ */
    struct machine_device *gpus, *accelerators;
    size_t gpu_count, accelerator_count;
    const char *container, *vm; /* "none" where it is known to be none */
};

void machine_facts_read(struct machine_facts *facts, const struct probe *probe);

/* Parts of the above, each in a file of its own. */
void machine_read_cpu(struct machine_facts *facts, const struct probe *probe);
void machine_read_devices(struct machine_facts *facts, const struct probe *probe);
void machine_read_virtual(struct machine_facts *facts, const struct probe *probe);
/* As facts.governor; *other and *all (may be NULL) count the processors that are not on
 * "performance", and all that have a governor. */
const char *machine_governor(const struct probe *probe, unsigned *other, unsigned *all);

#endif
