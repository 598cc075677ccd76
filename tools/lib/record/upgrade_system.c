/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/fields.h"
#include "record/upgrade_parts.h"

static const struct field model_fields[] = {
    {"model_identifier", "model", FIELD_TEXT, 0},
    {"model", "model", FIELD_TEXT, 0},
};
static const struct field os_fields[] = {
    {"platform", "name", FIELD_TEXT, 0},
    {"platform_version", "version", FIELD_TEXT, 0},
};
static const struct field chip_fields[] = {{"chip", "model", FIELD_TEXT, 0}};
static const struct field hardware_fields[] = {{"hardware", "model", FIELD_TEXT, 0}};
static const struct field core_fields[] = {
    {"cores_physical", "physical", FIELD_COUNT, 0},
    {"cores_logical", "logical", FIELD_COUNT, 0},
    {"chip_cores_performance", "performance", FIELD_COUNT, 0},
    {"chip_cores_efficiency", "efficiency", FIELD_COUNT, 0},
};
static const struct field memory_fields[] = {{"ram_total_gb", "total_bytes", FIELD_BYTES, 9}};
static const struct field gpu_fields[] = {
    {"gpu_cores", "cores", FIELD_COUNT, 0},
    {"metal_version", "api", FIELD_TEXT, 0},
};

#define HAS(carry, fields)   carry_has(carry, fields, ARRAY_SIZE(fields))
#define WRITE(carry, fields) carry_fields(carry, writer, fields, ARRAY_SIZE(fields))

static void write_cpu(struct carry *system, struct carry *profile, struct json_writer *writer)
{
    bool chip = HAS(profile, chip_fields), cores = HAS(profile, core_fields);
    if (!chip && !cores && !HAS(system, hardware_fields))
        return;
    json_write_key(writer, "cpu");
    json_begin_object(writer);
    if (chip)
        WRITE(profile, chip_fields);
    else
        WRITE(system, hardware_fields);
    if (cores) {
        json_write_key(writer, "cores");
        json_begin_object(writer);
        WRITE(profile, core_fields);
        json_end_object(writer);
    }
    json_end_object(writer);
}

static void write_group(struct carry *carry, struct json_writer *writer, const char *name,
    const struct field *fields, size_t count)
{
    if (!carry_has(carry, fields, count))
        return;
    json_write_key(writer, name);
    json_begin_object(writer);
    carry_fields(carry, writer, fields, count);
    json_end_object(writer);
}

static void write_gpus(struct carry *profile, struct json_writer *writer)
{
    if (!HAS(profile, gpu_fields))
        return;
    json_write_key(writer, "gpus");
    json_begin_array(writer);
    json_begin_object(writer);
    WRITE(profile, gpu_fields);
    json_end_object(writer);
    json_end_array(writer);
}

static void write_rest(struct carry *system, struct carry *profile, struct json_writer *writer)
{
    bool profile_left = carry_has_leftover(profile);
    if (profile->there)
        carry_take(system, profile->object);
    if (!profile_left && !carry_has_leftover(system))
        return;
    json_write_key(writer, "metadata");
    json_begin_object(writer);
    carry_leftover(system, NULL, writer);
    if (profile_left) {
        json_write_key(writer, "hardware_profile");
        json_begin_object(writer);
        carry_leftover(profile, NULL, writer);
        json_end_object(writer);
    }
    json_end_object(writer);
}

void upgrade_system(const struct json_document *line, struct buffer *out)
{
    struct json_writer writer_of_out = json_writer(out, 0), *writer = &writer_of_out;
    struct carry system = carry_of(line, 0, "system"), profile = {.document = line};
    if (system.there)
        profile = carry_of(line, system.object, "hardware_profile");

    json_begin_object(writer);
    WRITE(&profile, model_fields);
    write_group(&system, writer, "os", os_fields, ARRAY_SIZE(os_fields));
    write_cpu(&system, &profile, writer);
    write_group(&system, writer, "memory", memory_fields, ARRAY_SIZE(memory_fields));
    write_gpus(&profile, writer);
    write_rest(&system, &profile, writer);
    json_end_object(writer);
}

/* ---- health ---- */
static const struct field health_fields[] = {
    {"ram_free_gb", "ram_available_bytes", FIELD_BYTES, 9},
    {"swap_used_mb", "swap_used_bytes", FIELD_BYTES, 6},
    {"swap_gb", "swap_used_bytes", FIELD_BYTES, 9},
    {"zombie_processes", "zombies", FIELD_COUNT, 0},
    {"zombies_detected", "zombies", FIELD_COUNT, 0},
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
    uint32_t list = carry_find(health, "quality_flags", FIELD_TEXTS);
    if (list == JSON_NONE || json_count(line, list) == 0 || !flags_are_known(line, list))
        return;
    carry_take(health, list);
    json_write_key(writer, "flags");
    json_begin_array(writer);
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

void upgrade_health(const struct json_document *line, struct json_writer *writer)
{
    struct carry health = carry_of(line, 0, "system_health");
    if (!health.there || json_count(line, health.object) == 0)
        return;
    json_write_key(writer, "health");
    json_begin_object(writer);
    WRITE(&health, health_fields);
    write_flags(&health, writer);
    if (carry_has_leftover(&health)) {
        json_write_key(writer, "metadata");
        json_begin_object(writer);
        carry_leftover(&health, NULL, writer);
        json_end_object(writer);
    }
    json_end_object(writer);
}
