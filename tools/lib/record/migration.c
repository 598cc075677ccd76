/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/migration.h"

#include "base/memory.h"
#include "record/steps.h"

#include <assert.h>

/* By the version they lead from. */
static const struct step *const steps[] = {&step_0_1_0, &step_0_2_0, &step_0_2_1, &step_0_2_2};

struct migration {
    enum report_version to;
    bool stream;
    struct buffer tool; /* the version of the last old line's tool, as it stood */
    void *states[ARRAY_SIZE(steps)];
};

struct migration *migration_create(enum report_version to)
{
    struct migration *migration = memory_zero(1, sizeof *migration);
    migration->to = to;
    for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
        if (steps[i]->create && steps[i]->to <= to)
            migration->states[i] = steps[i]->create();
    return migration;
}

void migration_free(struct migration *migration)
{
    if (!migration)
        return;
    for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
        if (migration->states[i])
            steps[i]->free(migration->states[i]);
    buffer_release(&migration->tool);
    free(migration);
}

void migration_new_run(struct migration *migration)
{
    for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
        if (migration->states[i])
            steps[i]->new_run(migration->states[i]);
}

void migration_input(struct migration *migration, bool stream)
{
    migration->stream = stream;
    migration_new_run(migration);
}

/* Notes the tool of an old line; true where it is another one. */
static bool tool_changed(struct migration *migration, const struct json_document *line)
{
    uint32_t node = json_get(line, 0, "mlx_knife_version");
    struct slice tool = node == JSON_NONE ? slice_of("") : json_raw(line, node);
    if (slice_equal(tool, buffer_slice(&migration->tool)))
        return false;
    buffer_reset(&migration->tool);
    buffer_add_slice(&migration->tool, tool);
    return true;
}

/* The line byte for byte, but for its version. */
static void write_renamed(
    const struct json_document *line, enum report_version to, struct buffer *out)
{
    struct json_node version = line->nodes[json_get(line, 0, "schema_version")];
    struct json_node whole = line->nodes[0];
    buffer_add(out, line->text + whole.start, version.start - whole.start);
    buffer_add_format(out, "\"%s\"", report_version_text(to));
    buffer_add(out, line->text + version.end, whole.end - version.end);
    buffer_add_char(out, '\n');
}

static int refuse(const struct json_document *line, enum report_version to, struct error *error)
{
    uint32_t node = json_get(line, 0, "schema_version");
    struct slice raw = json_raw(line, node);
    error_place(error, NULL, 0, line->nodes[node].start + 1);
    error_pointer(error, "/schema_version");
    return error_set(error, ERROR_CONTENT,
        "the line is of version %.*s; expected %s or older, since nothing is migrated downwards",
        (int)raw.size, raw.data, report_version_text(to));
}

int migration_line(struct migration *migration, const struct json_document *line,
    enum report_version version, struct buffer *out, struct error *error)
{
    if (version > migration->to && !(version == REPORT_NEWER && migration->to == REPORT_CURRENT))
        return refuse(line, migration->to, error);
    if (version >= migration->to)
        return 0;
    if (tool_changed(migration, line) && migration->stream)
        migration_new_run(migration);
    for (size_t i = (size_t)version; i < ARRAY_SIZE(steps) && steps[i]->to <= migration->to; i++) {
        if (!steps[i]->line)
            continue;
        /* One step makes lines, the last: a second one would have to read them again here. */
        assert(steps[i]->to == migration->to);
        return steps[i]->line(migration->states[i], line, out, error) == 0 ? 1 : -1;
    }
    write_renamed(line, migration->to, out);
    return 1;
}

int line_version(enum report_version *out, const struct json_document *line, struct arena *arena,
    struct error *error)
{
    if (json_type(line, 0) != JSON_OBJECT) {
        error_place(error, NULL, 0, line->nodes[0].start + 1);
        return error_set(error, ERROR_CONTENT, "not a report line; expected an object");
    }
    uint32_t node = json_get(line, 0, "schema_version");
    if (node == JSON_NONE) {
        error_place(error, NULL, 0, line->nodes[0].start + 1);
        return error_set(error, ERROR_CONTENT, "schema_version is missing; expected a report line");
    }
    bool quoted = json_type(line, node) == JSON_STRING;
    *out = quoted ? report_version_read(json_string(line, node, arena)) : REPORT_UNKNOWN;
    if (*out != REPORT_UNKNOWN)
        return 0;
    struct slice raw = json_raw(line, node);
    error_place(error, NULL, 0, line->nodes[node].start + 1);
    error_pointer(error, "/schema_version");
    return error_set(error, ERROR_CONTENT, "report version %s%.*s%s is unknown; expected %s",
        quoted ? "\"" : "", raw.size > 40 ? 40 : (int)raw.size, raw.data, quoted ? "\"" : "",
        report_versions_known());
}
