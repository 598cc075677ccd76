/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine/facts.h"

#include "base/memory.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *vendor_name(const char *number)
{
    static const struct {
        const char *number, *name;
    } vendors[] = {{"0x10de", "NVIDIA"}, {"0x1002", "AMD"}, {"0x8086", "Intel"},
        {"0x106b", "Apple"}, {"0x13b5", "Arm"}, {"0x1da3", "Habana"}, {"0x1e52", "Tenstorrent"}};
    for (size_t i = 0; number && i < ARRAY_SIZE(vendors); i++)
        if (strcmp(number, vendors[i].number) == 0)
            return vendors[i].name;
    return NULL;
}

/* The last part of where a link in /sys points: a driver's name, a device's address. */
static const char *link_name(const struct probe *probe, const char *path)
{
    char whole[PATH_MAX], target[PATH_MAX];
    int length = snprintf(whole, sizeof whole, "%s/%s", probe->root, path);
    if (length < 0 || length >= PATH_MAX)
        return NULL;
    ssize_t size = readlink(whole, target, sizeof target - 1);
    if (size <= 0)
        return NULL;
    target[size] = '\0';
    const char *slash = strrchr(target, '/');
    return arena_text(probe->arena, slash ? slash + 1 : target);
}

static void read_device(
    struct machine_device *device, const struct probe *probe, const char *class, const char *name)
{
    char path[200];
    const char *vendor = probe_text(probe, "sys/class/%s/%s/device/vendor", class, name);
    const char *number = probe_text(probe, "sys/class/%s/%s/device/device", class, name);
    *device = (struct machine_device){.id = name, .vendor = vendor_name(vendor)};
    device->name = probe_text(probe, "sys/class/%s/%s/device/product_name", class, name);
    if (device->name && device->name[0] == '\0')
        device->name = NULL;
    device->memory_bytes =
        probe_count(probe, "sys/class/%s/%s/device/mem_info_vram_total", class, name);
    if (vendor && number && strlen(vendor) > 2 && strlen(number) > 2)
        device->pci = arena_format(probe->arena, "%s:%s", vendor + 2, number + 2);
    snprintf(path, sizeof path, "sys/class/%s/%.100s/device/driver", class, name);
    device->driver = link_name(probe, path);
}

/* NVIDIA's driver names its devices in files of its own, by their address on the bus. */
static void ask_nvidia(struct machine_device *device, const struct probe *probe, const char *class)
{
    char path[200];
    snprintf(path, sizeof path, "sys/class/%s/%.100s/device", class, device->id);
    const char *address = link_name(probe, path);
    if (!address)
        return;
    const char *text = probe_text(probe, "proc/driver/nvidia/gpus/%s/information", address);
    const char *model = probe_field(probe, text, "Model");
    if (model)
        device->name = model;
    const char *version = probe_text(probe, "sys/module/nvidia/version");
    if (text && version)
        device->driver = arena_format(probe->arena, "nvidia %s", version);
}

static struct machine_device *read_class(
    const struct probe *probe, const char *class, const char *prefix, size_t *count)
{
    char folder[40];
    size_t found;
    *count = 0;
    snprintf(folder, sizeof folder, "sys/class/%s", class);
    char **names = probe_names(probe, folder, prefix, &found);
    if (found == 0)
        return NULL;
    struct machine_device *devices = arena_zero(probe->arena, found, sizeof *devices);
    for (size_t i = 0; i < found; i++) {
        /* card0-HDMI-A-1 is a connector of card0. */
        if (strchr(names[i], '-'))
            continue;
        read_device(&devices[*count], probe, class, names[i]);
        ask_nvidia(&devices[*count], probe, class);
        ++*count;
    }
    return devices;
}

void machine_read_devices(struct machine_facts *facts, const struct probe *probe)
{
    facts->gpus = read_class(probe, "drm", "card", &facts->gpu_count);
    facts->accelerators = read_class(probe, "accel", "accel", &facts->accelerator_count);
}
