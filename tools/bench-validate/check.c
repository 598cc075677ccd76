/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

#include "base/memory.h"
#include "config/suite.h"
#include "config/yaml.h"
#include "record/version.h"

#include <stdio.h>
#include <string.h>

enum { VERSION_TEXT = 16 };

struct checker {
    struct catalog *catalog;
    const struct check_options *options;
    struct json_document document;
    struct schema_checker *schemas[CATALOG_SCHEMAS];
    size_t last; /* the schema of the last line, and the version it was for */
    char last_version[VERSION_TEXT];

    /* the line at hand */
    struct findings *findings;
    struct error error; /* clear between lines: too large to be made for each */
    struct slice text;  /* of the line or document */
    uint64_t line;
    uint64_t said;
    const struct yaml *yaml; /* where it came from, and its values stood; NULL for JSON */
};

struct checker *checker_create(struct catalog *catalog, const struct check_options *options)
{
    struct checker *checker = memory_zero(1, sizeof *checker);
    checker->catalog = catalog;
    checker->options = options;
    return checker;
}

void checker_free(struct checker *checker)
{
    if (!checker)
        return;
    for (size_t i = 0; i < CATALOG_SCHEMAS; i++)
        schema_checker_free(checker->schemas[i]);
    json_release(&checker->document);
    free(checker);
}

void findings_release(struct findings *findings)
{
    arena_release(&findings->arena);
    free(findings->problems);
    free(findings->stretches);
    findings->problems = NULL;
    findings->stretches = NULL;
}

static void findings_reset(struct findings *findings)
{
    arena_reset(&findings->arena);
    error_clear(&findings->error);
    findings->problem_count = findings->stretch_count = 0;
    findings->lines = findings->valid = findings->bad = findings->unsaid = 0;
}

/* A place among the problems, or NULL past the limit of a line. */
static struct problem *add_problem(struct checker *checker)
{
    struct findings *findings = checker->findings;
    uint64_t most = checker->options->errors_per_line;
    if (most && checker->said >= most) {
        findings->unsaid++;
        return NULL;
    }
    checker->said++;
    MEMORY_GROW(findings->problems, findings->problem_count, findings->problem_capacity);
    struct problem *problem = &findings->problems[findings->problem_count++];
    *problem = (struct problem){.severity = SCHEMA_ERROR, .line = checker->line};
    return problem;
}

/* The start of the line of a text; number from 0. */
static const char *line_of(struct slice text, uint64_t number)
{
    const char *at = text.data, *end = text.data + text.size, *newline;
    for (; number > 0 && (newline = memchr(at, '\n', (size_t)(end - at))) != NULL; number--)
        at = newline + 1;
    return at;
}

uint64_t column_in_utf16(struct slice text, uint64_t line, uint64_t column)
{
    const char *at = line_of(text, line), *end = text.data + text.size;
    uint64_t units = column > 0;
    /* A character is one unit, beyond the basic plane two. */
    for (uint64_t i = 0; i + 1 < column && at + i < end; i++) {
        unsigned char byte = (unsigned char)at[i];
        units += (byte & 0xc0) != 0x80;
        units += byte >= 0xf0;
    }
    return units;
}

static void count_units(const struct checker *checker, struct problem *problem)
{
    uint64_t line = checker->options->whole ? problem->line : 0;
    /* The places of a YAML document are counted in characters already. */
    problem->column_utf16 =
        checker->yaml ? problem->column : column_in_utf16(checker->text, line, problem->column);
}

/* What an error says, as a problem; the error is clear again. */
static void add_error(struct checker *checker, const char *code, struct error *error)
{
    struct problem *problem = add_problem(checker);
    if (problem) {
        struct arena *arena = &checker->findings->arena;
        problem->code = code;
        problem->message = slice_of(arena_text(arena, error->text));
        problem->instance_location = slice_of(arena_text(arena, error->pointer));
        problem->column = error->column;
        if (checker->options->whole && error->line > 0)
            problem->line = error->line - 1;
        count_units(checker, problem);
    }
    error_clear(error);
}

static void place_node(const struct checker *checker, struct problem *problem, uint32_t node)
{
    uint32_t start = checker->document.nodes[node].start;
    if (checker->yaml) {
        struct yaml_place place = yaml_place(checker->yaml, node);
        problem->line = place.line - 1;
        problem->column = place.column;
    } else if (checker->options->whole) {
        json_position(&checker->document, start, &problem->line, &problem->column);
        problem->line--;
    } else {
        problem->column = start + 1;
    }
    count_units(checker, problem);
}

static bool take_problem(void *context, const struct schema_problem *found)
{
    struct checker *checker = context;
    struct problem *problem = add_problem(checker);
    if (!problem)
        return true;
    struct arena *arena = &checker->findings->arena;
    problem->severity = found->severity;
    problem->code = found->code;
    problem->message = arena_slice(arena, found->message);
    problem->instance_location = arena_slice(arena, found->instance_location);
    problem->keyword_location = arena_slice(arena, found->keyword_location);
    problem->absolute_keyword_location = arena_slice(arena, found->absolute_keyword_location);
    place_node(checker, problem, found->node);
    return true;
}

static void add_version_problem(struct checker *checker, uint32_t node)
{
    struct problem *problem = add_problem(checker);
    if (!problem)
        return;
    struct arena *arena = &checker->findings->arena;
    struct slice raw = json_raw(&checker->document, node);
    int shown = raw.size > 40 ? 40 : (int)raw.size;
    problem->code = "version";
    place_node(checker, problem, node);
    if (node == JSON_NONE) {
        problem->message = slice_of(arena_format(arena,
            "no schema_version; expected one of %s, or --schema for other documents",
            report_versions_known()));
        return;
    }
    problem->instance_location = slice_of("/schema_version");
    problem->message =
        slice_of(arena_format(arena, "report version \"%.*s\" is unknown; expected %s", shown,
            raw.data, report_versions_known()));
}

/* The last line's version again: then its schema too, without asking the catalog. */
static bool same_version(const struct checker *checker)
{
    if (catalog_given(checker->catalog))
        return checker->schemas[checker->last] != NULL;
    if (!checker->last_version[0] || json_type(&checker->document, 0) != JSON_OBJECT)
        return false;
    uint32_t node = json_get(&checker->document, 0, "schema_version");
    return node != JSON_NONE && json_type(&checker->document, node) == JSON_STRING &&
           slice_is(json_raw(&checker->document, node), checker->last_version);
}

static struct schema_checker *find_schema(struct checker *checker)
{
    const struct schema *schema;
    size_t index;
    uint32_t node;
    if (same_version(checker))
        return checker->schemas[checker->last];
    checker->last_version[0] = '\0';
    int found = catalog_find(
        checker->catalog, &checker->document, &schema, &index, &node, &checker->findings->error);
    if (found == 0)
        add_version_problem(checker, node);
    if (found <= 0)
        return NULL;
    if (!checker->schemas[index])
        checker->schemas[index] = schema_checker_create(schema);
    checker->last = index;
    if (node != JSON_NONE) {
        struct slice raw = json_raw(&checker->document, node);
        snprintf(checker->last_version, VERSION_TEXT, "%.*s", (int)raw.size, raw.data);
    }
    return checker->schemas[index];
}

static void add_clash(void *context, const struct suite_clash *clash)
{
    struct checker *checker = context;
    struct problem *problem = add_problem(checker);
    struct buffer text = BUFFER_INIT, pointer = BUFFER_INIT;
    if (!problem)
        return;
    place_node(checker, problem, clash->earlier);
    suite_clash_text(&text, &checker->document, clash, problem->line + 1);
    place_node(checker, problem, clash->command);
    json_pointer_of(&checker->document, clash->command, &pointer);
    problem->code = "same-benchmark";
    problem->message = arena_slice(&checker->findings->arena, buffer_slice(&text));
    problem->instance_location = arena_slice(&checker->findings->arena, buffer_slice(&pointer));
    buffer_release(&text);
    buffer_release(&pointer);
}

/* What a schema cannot say of a document that it accepts. */
static bool check_beyond(struct checker *checker)
{
    const struct schema *given = catalog_given(checker->catalog);
    uint64_t before = checker->said + checker->findings->unsaid;
    if (checker->options->whole && given && strcmp(schema_uri(given), SUITE_SCHEMA_ID) == 0)
        suite_clashes(&checker->document, add_clash, checker);
    return checker->said + checker->findings->unsaid == before;
}

/* Whether the document passes; whatever is wrong is among the findings. */
static bool check_document(struct checker *checker, const char *text, size_t size)
{
    const struct schema_sink sink = {take_problem, checker};
    struct error *error = &checker->error;

    checker->said = 0;
    checker->text = (struct slice){text, size};
    if (json_parse(&checker->document, text, size, &checker->options->json, error) != 0) {
        add_error(checker, "json", error);
        return false;
    }
    struct schema_checker *schema = find_schema(checker);
    if (!schema)
        return false;
    enum schema_verdict verdict = schema_accepts(schema, &checker->document, error);
    if (verdict == SCHEMA_ACCEPTED)
        return check_beyond(checker);
    if (verdict == SCHEMA_UNDECIDED) {
        add_error(checker, "limit", error);
        return false;
    }
    if (schema_explain(schema, &checker->document, &sink, error) == SCHEMA_UNDECIDED)
        add_error(checker, "limit", error);
    return verdict == SCHEMA_ACCEPTED_WITH_WARNINGS;
}

static void add_stretch(struct findings *findings, size_t start, size_t size, bool valid)
{
    if (findings->stretch_count > 0) {
        struct stretch *last = &findings->stretches[findings->stretch_count - 1];
        if (last->valid == valid && last->start + last->size == start) {
            last->size += size;
            return;
        }
    }
    MEMORY_GROW(findings->stretches, findings->stretch_count, findings->stretch_capacity);
    findings->stretches[findings->stretch_count++] = (struct stretch){start, size, valid};
}

static void take_verdict(struct findings *findings, size_t start, size_t size, bool valid)
{
    add_stretch(findings, start, size, valid);
    if (valid)
        findings->valid++;
    else
        findings->bad++;
}

static void add_too_long(struct checker *checker, size_t ceiling)
{
    checker->said = 0;
    struct problem *problem = add_problem(checker);
    if (!problem)
        return;
    problem->code = "line-length";
    problem->column = problem->column_utf16 = 1;
    problem->message = slice_of(arena_format(&checker->findings->arena,
        "the line is longer than %zu bytes; expected at most that, or a higher --max-line",
        ceiling));
}

/* A part of a line that is too long to be looked at: kept, and told once, with the last part. */
static void check_part(struct checker *checker, const struct line *line, const struct block *block)
{
    struct findings *findings = checker->findings;
    add_stretch(findings, (size_t)(line->text - block->text), line->size, false);
    if (!line->last_part)
        return;
    findings->bad++;
    add_too_long(checker, block->ceiling);
}

static void check_line(struct checker *checker, const struct line *line, const struct block *block)
{
    checker->line = line->number;
    if (line->oversized)
        check_part(checker, line, block);
    else if (!line->blank)
        take_verdict(checker->findings, (size_t)(line->text - block->text), line->size,
            check_document(checker, line->text, line->size));
}

static bool is_yaml(const char *file)
{
    const char *point = strrchr(file, '.');
    return point && (strcmp(point, ".yaml") == 0 || strcmp(point, ".yml") == 0);
}

/* As JSON, with the places of the YAML. */
static bool check_yaml(struct checker *checker, struct slice text)
{
    struct yaml yaml = YAML_INIT;
    struct error error = ERROR_INIT;
    checker->said = 0;
    checker->yaml = &yaml;
    bool valid = yaml_read(&yaml, text, &error) == 0;
    if (valid)
        valid = check_document(checker, yaml.json.data, yaml.document.size);
    else
        add_error(checker, "yaml", &error);
    checker->yaml = NULL;
    yaml_release(&yaml);
    return valid;
}

static bool check_whole(struct checker *checker, const struct block *block)
{
    if (is_yaml(block->file))
        return check_yaml(checker, (struct slice){block->text, block->size});
    return check_document(checker, block->text, block->size);
}

void check_block(struct checker *checker, const struct block *block, struct findings *findings)
{
    findings_reset(findings);
    checker->findings = findings;
    if (checker->options->whole) {
        checker->line = 0;
        findings->lines = 1;
        take_verdict(findings, 0, block->size, check_whole(checker, block));
        return;
    }
    struct block_walk walk = {block, 0, 0};
    struct line line;
    while (block_line(&walk, &line))
        check_line(checker, &line, block);
    findings->lines = walk.number;
}
