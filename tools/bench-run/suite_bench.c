/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "suite_bench.h"

#include "base/digest.h"
#include "base/memory.h"
#include "extract.h"
#include "parameters.h"

#include <string.h>

/* A benchmark's node and where to look when it does not say. */
struct source_nodes {
    const struct suite_context *context;
    const struct json_document *document;
    uint32_t own, defaults;
};

const char *suite_text(const struct json_document *document, uint32_t node, struct arena *arena)
{
    struct slice text = json_type(document, node) == JSON_STRING
                            ? json_string(document, node, arena)
                            : json_raw(document, node);
    return arena_text_n(arena, text.data ? text.data : "", text.size);
}

static uint32_t find(const struct source_nodes *nodes, const char *name)
{
    uint32_t node = json_get(nodes->document, nodes->own, name);
    if (node == JSON_NONE && nodes->defaults != JSON_NONE)
        node = json_get(nodes->document, nodes->defaults, name);
    return node;
}

static const char *text_of(const struct source_nodes *nodes, const char *name)
{
    uint32_t node = find(nodes, name);
    return node == JSON_NONE ? NULL : suite_text(nodes->document, node, nodes->context->arena);
}

static int64_t count_of(const struct source_nodes *nodes, const char *name)
{
    int64_t value;
    uint32_t node = find(nodes, name);
    if (node == JSON_NONE || !json_int64(nodes->document, node, &value))
        return INHERIT_SETTING;
    return value;
}

static int fail_at(const struct source_nodes *nodes, uint32_t node, struct error *error)
{
    struct yaml_place place = yaml_place(nodes->context->yaml, node);
    error_place(error, NULL, place.line, place.column);
    error->code = ERROR_CONTENT; /* what is a wrong option elsewhere is a wrong file here */
    return -1;
}

const struct label *suite_label_list(
    const struct json_document *document, uint32_t object, struct arena *arena, size_t *count)
{
    *count = 0;
    if (object == JSON_NONE)
        return NULL;
    struct label *labels = arena_zero(arena, json_count(document, object) + 1, sizeof *labels);
    for (uint32_t key = json_first(document, object); key != json_end(document, object);
         key = json_after(document, key + 1))
        labels[(*count)++] =
            (struct label){suite_text(document, key, arena), suite_text(document, key + 1, arena)};
    return labels;
}

/* The members of the default's object and over them the benchmark's own. */
static const struct label *merged_list(
    const struct source_nodes *nodes, const char *name, size_t *count)
{
    const struct json_document *document = nodes->document;
    struct arena *arena = nodes->context->arena;
    size_t own_count, other_count = 0;
    const struct label *own =
        suite_label_list(document, json_get(document, nodes->own, name), arena, &own_count);
    const struct label *others = NULL;
    if (nodes->defaults != JSON_NONE)
        others = suite_label_list(
            document, json_get(document, nodes->defaults, name), arena, &other_count);
    struct label *merged = arena_zero(arena, own_count + other_count + 1, sizeof *merged);
    *count = own_count;
    if (own_count > 0)
        memcpy(merged, own, own_count * sizeof *merged);
    for (size_t i = 0; i < other_count; i++) {
        bool hidden = false;
        for (size_t j = 0; j < own_count; j++)
            hidden = hidden || strcmp(own[j].name, others[i].name) == 0;
        if (!hidden)
            merged[(*count)++] = others[i];
    }
    return merged;
}

static void read_environment(struct bench *bench, const struct source_nodes *nodes)
{
    struct arena *arena = nodes->context->arena;
    const struct option_list *given = &nodes->context->settings->environment;
    size_t count;
    const struct label *list = merged_list(nodes, "environment", &count);
    const char **entries = arena_take(arena, (given->count + count + 1) * sizeof *entries);
    for (size_t i = 0; i < given->count; i++) /* the command line's stand first: they win */
        entries[i] = given->items[i];
    for (size_t i = 0; i < count; i++)
        entries[given->count + i] = arena_format(arena, "%s=%s", list[i].name, list[i].value);
    bench->environment = entries;
    bench->environment_count = given->count + count;
}

static int read_range(struct parameter *parameter, const struct source_nodes *nodes,
    const char *name, uint32_t node, struct error *error)
{
    struct arena *arena = nodes->context->arena;
    uint32_t step = json_get(nodes->document, node, "step");
    return parameter_scan(parameter, arena, name,
        suite_text(nodes->document, json_get(nodes->document, node, "from"), arena),
        suite_text(nodes->document, json_get(nodes->document, node, "to"), arena),
        step == JSON_NONE ? "1" : suite_text(nodes->document, step, arena), error);
}

static void read_values(
    struct parameter *parameter, const struct source_nodes *nodes, const char *name, uint32_t node)
{
    const struct json_document *document = nodes->document;
    size_t count = 0;
    const char **values =
        arena_take(nodes->context->arena, (json_count(document, node) + 1) * sizeof *values);
    for (uint32_t item = json_first(document, node); item != json_end(document, node);
         item = json_after(document, item))
        values[count++] = suite_text(document, item, nodes->context->arena);
    *parameter = (struct parameter){name, values, count};
}

static int read_parameters(
    struct bench *bench, const struct source_nodes *nodes, struct error *error)
{
    const struct json_document *document = nodes->document;
    uint32_t object = find(nodes, "parameters");
    if (object == JSON_NONE)
        return 0;
    struct parameter *parameters =
        arena_zero(nodes->context->arena, json_count(document, object) + 1, sizeof *parameters);
    for (uint32_t key = json_first(document, object); key != json_end(document, object);
         key = json_after(document, key + 1)) {
        const char *name = suite_text(document, key, nodes->context->arena);
        struct parameter *parameter = &parameters[bench->parameter_count++];
        if (json_type(document, key + 1) == JSON_ARRAY)
            read_values(parameter, nodes, name, key + 1);
        else if (read_range(parameter, nodes, name, key + 1, error) != 0)
            return fail_at(nodes, key + 1, error);
    }
    bench->parameters = parameters;
    return 0;
}

static void read_excluded(struct bench *bench, const struct source_nodes *nodes)
{
    const struct json_document *document = nodes->document;
    struct arena *arena = nodes->context->arena;
    uint32_t list = find(nodes, "exclude");
    if (list == JSON_NONE)
        return;
    struct excluded *excluded = arena_zero(arena, json_count(document, list) + 1, sizeof *excluded);
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item)) {
        size_t count;
        const struct label *pairs = suite_label_list(document, item, arena, &count);
        const char **names = arena_take(arena, 2 * (count + 1) * sizeof *names);
        for (size_t i = 0; i < count; i++) {
            names[i] = pairs[i].name;
            names[count + 1 + i] = pairs[i].value;
        }
        excluded[bench->excluded_count++] = (struct excluded){names, names + count + 1, count};
    }
    bench->excluded = excluded;
}

static const char *below(const struct source_nodes *nodes, const char *path)
{
    const char *folder = nodes->context->folder;
    if (!path || !folder || path[0] == '/')
        return path;
    return arena_format(nodes->context->arena, "%s/%s", folder, path);
}

static int read_streams(struct bench *bench, const struct source_nodes *nodes, struct error *error)
{
    bench->input = stream_of(text_of(nodes, "input"));
    bench->output = stream_of(text_of(nodes, "output"));
    bench->input.path = below(nodes, bench->input.path);
    bench->output.path = below(nodes, bench->output.path);
    bool looked_at = bench->extraction_count > 0 || bench->expected.sha256 ||
                     nodes->context->settings->check_output;
    if (!looked_at)
        return 0;
    if (bench->output.kind == PROCESS_FILE || bench->output.kind == PROCESS_INHERIT) {
        error_set(error, ERROR_CONTENT,
            "the output goes elsewhere, but metrics, expect or --check-output look at it; leave "
            "one out");
        return fail_at(nodes, find(nodes, "output"), error);
    }
    bench->output.kind = PROCESS_PIPE;
    return 0;
}

static int read_extraction(struct extraction *extraction, const struct source_nodes *nodes,
    uint32_t node, struct error *error)
{
    static const char *const kinds[] = {
        [EXTRACT_POINTER] = "pointer", [EXTRACT_REGEX] = "regex", [EXTRACT_LINE] = "line"};
    struct source_nodes inner = {nodes->context, nodes->document, node, JSON_NONE};
    extraction->name = text_of(&inner, "name");
    extraction->unit = text_of(&inner, "unit");
    extraction->better = text_of(&inner, "better");
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        const char *text = text_of(&inner, kinds[i]);
        if (text) {
            extraction->kind = (enum extraction_kind)i;
            extraction->text = text;
        }
    }
    if (extraction_compile(extraction, error) != 0)
        return fail_at(nodes, find(&inner, "regex"), error);
    return 0;
}

static int read_extractions(
    struct bench *bench, const struct source_nodes *nodes, struct error *error)
{
    const struct json_document *document = nodes->document;
    uint32_t list = find(nodes, "metrics");
    if (list == JSON_NONE)
        return 0;
    struct extraction *extractions =
        arena_zero(nodes->context->arena, json_count(document, list) + 1, sizeof *extractions);
    bench->extractions = extractions;
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item)) {
        if (read_extraction(&extractions[bench->extraction_count], nodes, item, error) != 0)
            return -1;
        bench->extraction_count++;
    }
    return 0;
}

static void read_expectation(struct bench *bench, const struct source_nodes *nodes)
{
    uint32_t node = find(nodes, "expect");
    if (node == JSON_NONE)
        return;
    struct source_nodes inner = {nodes->context, nodes->document, node, JSON_NONE};
    int64_t status = count_of(&inner, "status");
    uint32_t output = find(&inner, "output");
    bench->expected.status = status == INHERIT_SETTING ? 0 : (int)status;
    bench->expected.sha256 = text_of(&inner, "sha256");
    if (output != JSON_NONE) {
        char *digest = arena_take(nodes->context->arena, DIGEST_TEXT);
        digest_text(json_string(nodes->document, output, nodes->context->arena), digest);
        bench->expected.sha256 = digest;
    }
}

static int read_settings(struct bench *bench, const struct source_nodes *nodes, struct error *error)
{
    const struct settings *settings = nodes->context->settings;
    const char *shell = settings->shell ? settings->shell : text_of(nodes, "shell");
    const char *timeout = text_of(nodes, "timeout"), *directory = text_of(nodes, "directory");
    bench->shell = !shell || settings->no_shell || strcmp(shell, "none") == 0 ? NULL
                   : strcmp(shell, "default") == 0                            ? "sh"
                                                                              : shell;
    bench->setup = text_of(nodes, "setup");
    bench->prepare = text_of(nodes, "prepare");
    bench->conclude = text_of(nodes, "conclude");
    bench->cleanup = text_of(nodes, "cleanup");
    bench->directory = directory ? below(nodes, directory) : nodes->context->folder;
    bench->skip = text_of(nodes, "skip");
    bench->runs = settings->runs > 0 ? settings->runs : count_of(nodes, "samples");
    bench->warmup = settings->warmup > 0 ? settings->warmup : count_of(nodes, "warmup");
    bench->timeout_s = settings->timeout_s;
    if (timeout && option_read_seconds(&bench->timeout_s, timeout, error) != 0)
        return fail_at(nodes, find(nodes, "timeout"), error);
    bench->labels = merged_list(nodes, "labels", &bench->label_count);
    read_environment(bench, nodes);
    read_excluded(bench, nodes);
    read_expectation(bench, nodes);
    if (read_parameters(bench, nodes, error) != 0 || read_extractions(bench, nodes, error) != 0)
        return -1;
    return read_streams(bench, nodes, error);
}

static void read_command(struct bench *bench, const struct source_nodes *nodes, uint32_t node)
{
    const struct json_document *document = nodes->document;
    struct arena *arena = nodes->context->arena;
    if (json_type(document, node) == JSON_STRING) {
        bench->command = suite_text(document, node, arena);
        return;
    }
    size_t count = 0;
    const char **words = arena_take(arena, (json_count(document, node) + 1) * sizeof *words);
    for (uint32_t item = json_first(document, node); item != json_end(document, node);
         item = json_after(document, item))
        words[count++] = suite_text(document, item, arena);
    words[count] = NULL;
    bench->words = words;
}

static struct bench *push(struct benches *benches, const struct bench *bench)
{
    MEMORY_GROW(benches->items, benches->count, benches->capacity);
    benches->items[benches->count] = *bench;
    return &benches->items[benches->count++];
}

static int add_variants(struct benches *benches, const struct bench *common,
    const struct source_nodes *nodes, uint32_t variants, struct error *error)
{
    const struct json_document *document = nodes->document;
    const char *reference = text_of(nodes, "reference");
    bool found = false;
    for (uint32_t key = json_first(document, variants); key != json_end(document, variants);
         key = json_after(document, key + 1)) {
        struct bench *bench = push(benches, common);
        bench->variant = suite_text(document, key, nodes->context->arena);
        bench->reference = reference && strcmp(reference, bench->variant) == 0;
        found = found || bench->reference;
        read_command(bench, nodes, key + 1);
    }
    if (!reference || found)
        return 0;
    error_set(error, ERROR_CONTENT, "\"%s\" is none of the variants", reference);
    return fail_at(nodes, find(nodes, "reference"), error);
}

int suite_add_bench(struct benches *benches, const struct suite_context *context, uint32_t node,
    struct error *error)
{
    struct source_nodes nodes = {context, &context->yaml->document, node, context->defaults};
    struct yaml_place place = yaml_place(context->yaml, node);
    struct bench bench = {.suite = context->suite,
        .name = text_of(&nodes, "name"),
        .file = context->file,
        .line = place.line,
        .column = place.column};
    if (read_settings(&bench, &nodes, error) != 0) {
        bench_release(&bench);
        return -1;
    }
    uint32_t variants = json_get(nodes.document, node, "variants");
    if (variants != JSON_NONE)
        return add_variants(benches, &bench, &nodes, variants, error);
    read_command(push(benches, &bench), &nodes, json_get(nodes.document, node, "command"));
    return 0;
}
