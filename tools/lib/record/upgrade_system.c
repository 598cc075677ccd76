/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/upgrade_parts.h"

enum {
    SYSTEM_PLATFORM,
    SYSTEM_PLATFORM_VERSION,
    SYSTEM_HARDWARE,
    SYSTEM_MEMORY,
    SYSTEM_PROFILE,
    SYSTEM_FIELDS
};
static const struct field system_fields[SYSTEM_FIELDS] = {
    [SYSTEM_PLATFORM] = FIELD("platform", "name", FIELD_TEXT, 0),
    [SYSTEM_PLATFORM_VERSION] = FIELD("platform_version", "version", FIELD_TEXT, 0),
    [SYSTEM_HARDWARE] = FIELD("hardware", "model", FIELD_TEXT, 0),
    [SYSTEM_MEMORY] = FIELD("ram_total_gb", "total_bytes", FIELD_BYTES, 9),
    [SYSTEM_PROFILE] = FIELD("hardware_profile", "hardware_profile", FIELD_OBJECT, 0),
};

enum {
    PROFILE_MODEL,
    PROFILE_MODEL_TOO,
    PROFILE_CHIP,
    PROFILE_CORES, /* the first of four */
    PROFILE_GPU = PROFILE_CORES + 4,
    PROFILE_FIELDS = PROFILE_GPU + 2
};
static const struct field profile_fields[PROFILE_FIELDS] = {
    [PROFILE_MODEL] = FIELD("model_identifier", "model", FIELD_TEXT, 0),
    [PROFILE_MODEL_TOO] = FIELD("model", "model", FIELD_TEXT, 0),
    [PROFILE_CHIP] = FIELD("chip", "model", FIELD_TEXT, 0),
    [PROFILE_CORES] = FIELD("cores_physical", "physical", FIELD_COUNT, 0),
    FIELD("cores_logical", "logical", FIELD_COUNT, 0),
    FIELD("chip_cores_performance", "performance", FIELD_COUNT, 0),
    FIELD("chip_cores_efficiency", "efficiency", FIELD_COUNT, 0),
    [PROFILE_GPU] = FIELD("gpu_cores", "cores", FIELD_COUNT, 0),
    FIELD("metal_version", "api", FIELD_TEXT, 0),
};

static void write_group(
    struct carry *carry, struct json_writer *writer, const char *name, size_t first, size_t count)
{
    if (!carry_has(carry, first, count))
        return;
    json_member_object(writer, name);
    carry_write(carry, writer, first, count);
    json_end_object(writer);
}

static void write_cpu(struct carry *system, struct carry *profile, struct json_writer *writer)
{
    bool chip = carry_has(profile, PROFILE_CHIP, 1);
    if (!chip && !carry_has(profile, PROFILE_CORES, 4) && !carry_has(system, SYSTEM_HARDWARE, 1))
        return;
    json_member_object(writer, "cpu");
    if (chip)
        carry_write(profile, writer, PROFILE_CHIP, 1);
    else
        carry_write(system, writer, SYSTEM_HARDWARE, 1);
    write_group(profile, writer, "cores", PROFILE_CORES, 4);
    json_end_object(writer);
}

static void write_gpus(struct carry *profile, struct json_writer *writer)
{
    if (!carry_has(profile, PROFILE_GPU, 2))
        return;
    json_member_array(writer, "gpus");
    json_begin_object(writer);
    carry_write(profile, writer, PROFILE_GPU, 2);
    json_end_object(writer);
    json_end_array(writer);
}

static void write_rest(struct carry *system, struct carry *profile, struct json_writer *writer)
{
    bool profile_left = carry_has_leftover(profile);
    if (profile->there)
        carry_take(system, SYSTEM_PROFILE);
    if (!profile_left && !carry_has_leftover(system))
        return;
    json_member_object(writer, "metadata");
    carry_leftover(system, writer);
    if (profile_left) {
        json_member_object(writer, "hardware_profile");
        carry_leftover(profile, writer);
        json_end_object(writer);
    }
    json_end_object(writer);
}

void upgrade_system(const struct json_document *line, uint32_t node, struct buffer *out)
{
    struct json_writer writer_of_out = json_writer(out, 0), *writer = &writer_of_out;
    struct carry system, profile;
    carry_init(&system, line, node, system_fields, SYSTEM_FIELDS);
    carry_init(&profile, line, carry_node(&system, SYSTEM_PROFILE), profile_fields, PROFILE_FIELDS);

    json_begin_object(writer);
    carry_write(&profile, writer, PROFILE_MODEL, 2);
    write_group(&system, writer, "os", SYSTEM_PLATFORM, 2);
    write_cpu(&system, &profile, writer);
    write_group(&system, writer, "memory", SYSTEM_MEMORY, 1);
    write_gpus(&profile, writer);
    write_rest(&system, &profile, writer);
    json_end_object(writer);
}

/* ---- health ---- */
enum { HEALTH_NUMBERS = 5, HEALTH_FLAGS = HEALTH_NUMBERS, HEALTH_FIELDS };
static const struct field health_fields[HEALTH_FIELDS] = {
    FIELD("ram_free_gb", "ram_available_bytes", FIELD_BYTES, 9),
    FIELD("swap_used_mb", "swap_used_bytes", FIELD_BYTES, 6),
    FIELD("swap_gb", "swap_used_bytes", FIELD_BYTES, 9),
    FIELD("zombie_processes", "zombies", FIELD_COUNT, 0),
    FIELD("zombies_detected", "zombies", FIELD_COUNT, 0),
    [HEALTH_FLAGS] = FIELD("quality_flags", "flags", FIELD_TEXTS, 0),
};

static const struct {
    const char *old_name, *flag;
} flags[] = {
    {"degraded_swap", "swap-in-use"},
    {"degraded_zombies", "zombies"},
    {"degraded_memory", "low-memory"},
    {"degraded_ram", "low-memory"},
};

static const char *flag_for(const struct json_document *line, uint32_t node)
{
    for (size_t i = 0; i < ARRAY_SIZE(flags); i++)
        if (json_string_is(line, node, slice_of(flags[i].old_name)))
            return flags[i].flag;
    return NULL;
}

/* "clean" alone, or flags that are all known; anything else stays under its old name. */
static bool flags_are_known(const struct json_document *line, uint32_t list)
{
    for (uint32_t item = json_first(line, list); item != json_end(line, list);
         item = json_after(line, item)) {
        bool clean = json_string_is(line, item, slice_of("clean"));
        if (!flag_for(line, item) && !(clean && json_count(line, list) == 1))
            return false;
    }
    return true;
}

static void write_flags(struct carry *health, struct json_writer *writer)
{
    const struct json_document *line = health->document;
    uint32_t list = carry_node(health, HEALTH_FLAGS);
    if (list == JSON_NONE || json_count(line, list) == 0 || !flags_are_known(line, list))
        return;
    carry_take(health, HEALTH_FLAGS);
    json_member_array(writer, "flags");
    for (uint32_t item = json_first(line, list); item != json_end(line, list);
         item = json_after(line, item)) {
        const char *flag = flag_for(line, item);
        if (!flag)
            continue;
        json_begin_object(writer);
        json_member_text(writer, "flag", flag);
        json_member_copy(writer, "evidence", line, item);
        json_end_object(writer);
    }
    json_end_array(writer);
}

void upgrade_health(const struct json_document *line, uint32_t node, struct json_writer *writer)
{
    struct carry health;
    carry_init(&health, line, node, health_fields, HEALTH_FIELDS);
    if (!health.found && !health.strangers)
        return;
    json_member_object(writer, "health");
    carry_write(&health, writer, 0, HEALTH_NUMBERS);
    write_flags(&health, writer);
    if (carry_has_leftover(&health)) {
        json_member_object(writer, "metadata");
        carry_leftover(&health, writer);
        json_end_object(writer);
    }
    json_end_object(writer);
}
