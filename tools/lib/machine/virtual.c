/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine/facts.h"

#include <string.h>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

static const char *container_by_cgroup(const struct probe *probe)
{
    static const struct {
        const char *mark, *name;
    } marks[] = {{"kubepods", "kubernetes"}, {"/docker", "docker"}, {"libpod", "podman"},
        {"/lxc", "lxc"}, {"containerd", "containerd"}};
    const char *groups = probe_text(probe, "proc/1/cgroup");
    if (!groups)
        return NULL;
    for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
        if (strstr(groups, marks[i].mark))
            return marks[i].name;
    return "none";
}

static const char *find_container(const struct probe *probe)
{
    const char *told = probe_text(probe, "run/systemd/container");
    if (told && told[0] != '\0')
        return told;
    if (probe_exists(probe, "run/.containerenv"))
        return "podman";
    if (probe_exists(probe, ".dockerenv"))
        return "docker";
    return container_by_cgroup(probe);
}

static const char *vm_by_firmware(const struct probe *probe)
{
    static const struct {
        const char *mark, *name;
    } marks[] = {{"KVM", "kvm"}, {"QEMU", "qemu"}, {"Amazon EC2", "amazon"},
        {"Google Compute Engine", "google"}, {"VMware", "vmware"}, {"VirtualBox", "virtualbox"},
        {"innotek", "virtualbox"}, {"Xen", "xen"}, {"Bochs", "bochs"}, {"Parallels", "parallels"},
        {"BHYVE", "bhyve"}, {"Apple Virtualization", "apple"}, {"OpenStack", "openstack"}};
    const char *vendor = probe_text(probe, "sys/class/dmi/id/sys_vendor");
    const char *product = probe_text(probe, "sys/class/dmi/id/product_name");
    for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
        if ((vendor && strstr(vendor, marks[i].mark)) ||
            (product && strstr(product, marks[i].mark)))
            return marks[i].name;
    if (vendor && product && strstr(vendor, "Microsoft") && strstr(product, "Virtual Machine"))
        return "hyper-v";
    return NULL;
}

/* What the hypervisor calls itself to the processor that we run on. */
static const char *vm_by_processor(const struct probe *probe)
{
#if defined(__x86_64__) || defined(__i386__)
    static const struct {
        const char *mark, *name;
    } marks[] = {{"KVMKVMKVM", "kvm"}, {"Microsoft Hv", "hyper-v"}, {"VMwareVMware", "vmware"},
        {"XenVMMXenVMM", "xen"}, {"TCGTCGTCGTCG", "qemu"}, {"bhyve bhyve ", "bhyve"}};
    if (probe->root[0] != '\0')
        return NULL;
    unsigned leaf, word[3];
    __cpuid(0x40000000, leaf, word[0], word[1], word[2]);
    char text[13] = "";
    memcpy(text, word, 12);
    for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
        if (strcmp(text, marks[i].mark) == 0)
            return marks[i].name;
#else
    (void)probe;
#endif
    return NULL;
}

static const char *find_vm(const struct probe *probe)
{
    const char *name = probe_text(probe, "sys/hypervisor/type");
    if (name && name[0] != '\0')
        return name;
    /* The processor's flags tell whether (x86), the firmware or the processor which. */
    const char *flags = probe_field(probe, probe_text(probe, "proc/cpuinfo"), "flags");
    bool inside = flags && strstr(flags, "hypervisor");
    if (flags && !inside)
        return "none";
    name = vm_by_firmware(probe);
    if (!name && inside)
        name = vm_by_processor(probe);
    return name || !inside ? name : "unknown";
}

void machine_read_virtual(struct machine_facts *facts, const struct probe *probe)
{
    facts->container = find_container(probe);
    facts->vm = find_vm(probe);
}
