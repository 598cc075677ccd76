/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/machine.h"

#include <math.h>

static void member_count(struct json_writer *writer, const char *key, int64_t value)
{
    if (value != UNKNOWN_COUNT)
        json_member_integer(writer, key, value);
}

static void member_known(struct json_writer *writer, const char *key, const char *value)
{
    if (value && value[0] != '\0')
        json_member_text(writer, key, value);
}

static void write_cpu(struct json_writer *writer, const struct machine_facts *facts)
{
    json_member_object(writer, "cpu");
    member_known(writer, "model", facts->cpu_model);
    member_known(writer, "architecture", facts->cpu_architecture);
    member_count(writer, "sockets", facts->cpu_sockets);
    json_member_object(writer, "cores");
    member_count(writer, "physical", facts->cores_physical);
    member_count(writer, "logical", facts->cores_logical);
    member_count(writer, "performance", facts->cores_performance);
    member_count(writer, "efficiency", facts->cores_efficiency);
    json_end_object(writer);
    member_count(writer, "frequency_max_hz", facts->frequency_max_hz);
    if (facts->boost != MACHINE_UNKNOWN)
        json_member_bool(writer, "boost", facts->boost == MACHINE_YES);
    json_end_object(writer);
}

static void write_memory(struct json_writer *writer, const struct machine_facts *facts)
{
    if (facts->memory_bytes == UNKNOWN_COUNT)
        return;
    json_member_object(writer, "memory");
    member_count(writer, "total_bytes", facts->memory_bytes);
    json_end_object(writer);
    json_member_object(writer, "hugepages");
    member_count(writer, "size_bytes", facts->hugepage_bytes);
    member_count(writer, "total", facts->hugepages_total);
    member_count(writer, "free", facts->hugepages_free);
    member_known(writer, "transparent", facts->transparent_hugepages);
    json_end_object(writer);
}

static void write_devices(
    struct json_writer *writer, const char *key, const struct machine_device *devices, size_t count)
{
    if (count == 0)
        return;
    json_member_array(writer, key);
    for (size_t i = 0; i < count; i++) {
        json_begin_object(writer);
        member_known(writer, "id", devices[i].id);
        member_known(writer, "type", devices[i].type);
        member_known(writer, "name", devices[i].name);
        member_known(writer, "vendor", devices[i].vendor);
        member_count(writer, "memory_bytes", devices[i].memory_bytes);
        member_known(writer, "driver", devices[i].driver);
        if (devices[i].pci) {
            json_member_object(writer, "metadata");
            json_member_text(writer, "pci", devices[i].pci);
            json_end_object(writer);
        }
        json_end_object(writer);
    }
    json_end_array(writer);
}

void machine_write_system(struct json_writer *writer, const struct machine_facts *facts)
{
    json_begin_object(writer);
    member_known(writer, "model", facts->model);
    if (facts->os_name || facts->os_version) {
        json_member_object(writer, "os");
        member_known(writer, "name", facts->os_name);
        member_known(writer, "version", facts->os_version);
        json_end_object(writer);
    }
    member_known(writer, "kernel", facts->kernel);
    write_cpu(writer, facts);
    write_memory(writer, facts);
    json_member_text(writer, "governor", facts->governor);
    write_devices(writer, "gpus", facts->gpus, facts->gpu_count);
    write_devices(writer, "accelerators", facts->accelerators, facts->accelerator_count);
    json_member_text(writer, "container", facts->container);
    json_member_text(writer, "vm", facts->vm);
    json_end_object(writer);
}

static void write_flag(struct json_writer *writer, const struct machine_flag *flag)
{
    json_begin_object(writer);
    json_member_text(writer, "flag", machine_flag_name(flag->kind));
    json_member_text(writer, "evidence", flag->evidence);
    if (!isnan(flag->value)) {
        json_member_double(writer, "value", flag->value);
        json_member_double(writer, "limit", flag->limit);
        json_member_text(writer, "unit", flag->unit);
    }
    json_end_object(writer);
}

void machine_write_health(struct json_writer *writer, const struct machine_state *state,
    const struct machine_flags *flags)
{
    json_begin_object(writer);
    member_count(writer, "ram_available_bytes", state->memory_available_bytes);
    member_count(writer, "swap_used_bytes", state->swap_used_bytes);
    member_count(writer, "zombies", state->zombies);
    if (!isnan(state->load[0])) {
        json_member_array(writer, "load");
        for (size_t i = 0; i < ARRAY_SIZE(state->load); i++)
            json_write_double(writer, state->load[i]);
        json_end_array(writer);
    }
    json_member_array(writer, "flags");
    for (size_t i = 0; i < flags->count; i++)
        write_flag(writer, &flags->items[i]);
    json_end_array(writer);
    json_end_object(writer);
}
