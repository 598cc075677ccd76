/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/report.h"

#include "record/access.h"

#include <math.h>

/* What a record is read with. */
struct reading {
    const struct record *record;
    const struct json_document *document;
    struct arena *arena;
};

static struct reading reading_of(const struct record *record, struct arena *arena)
{
    return (struct reading){record, record->document, arena};
}

static struct slice text(const struct reading *at, uint32_t object, const char *name)
{
    return access_text(at->document, object, name, at->arena);
}

static double number(const struct reading *at, uint32_t object, const char *name)
{
    return access_number(at->document, object, name);
}

static uint32_t object_of(const struct reading *at, uint32_t object, const char *name)
{
    return access_node(at->document, object, name, JSON_OBJECT);
}

static enum known flag(const struct reading *at, uint32_t object, const char *name)
{
    return (enum known)access_bool(at->document, object, name);
}

static int missing(const struct record *record, const char *pointer, struct error *error)
{
    error_set(error, ERROR_CONTENT, "missing or of another type; a %s line needs it",
        record_kind_text(record->kind));
    error_place(error, record->file, record->line, record->derived ? 0 : 1);
    error_pointer(error, pointer);
    return -1;
}

/* What is read of the value of a member, found by access_members. */
static void find(uint32_t *nodes, const struct reading *at, uint32_t object,
    const struct slice *names, size_t count)
{
    access_members(nodes, at->document, object, names, count);
}

static struct slice text_at(const struct reading *at, uint32_t node)
{
    return access_text_of(at->document, node, at->arena);
}

static double number_at(const struct reading *at, uint32_t node)
{
    return access_number_of(at->document, node);
}

static uint32_t object_at(const struct reading *at, uint32_t node)
{
    return access_typed(at->document, node, JSON_OBJECT);
}

static struct name_value *pairs_at(const struct reading *at, uint32_t node, size_t *count)
{
    const struct json_document *document = at->document;
    uint32_t map = object_at(at, node);
    *count = 0;
    if (map == JSON_NONE)
        return NULL;
    struct name_value *pairs = arena_zero(at->arena, json_count(document, map), sizeof *pairs);
    for (uint32_t key = json_first(document, map); key != json_end(document, map);
         key = json_after(document, key + 1)) {
        if (document->nodes[key].flags & JSON_SHADOWED)
            continue;
        struct name_value *pair = &pairs[(*count)++];
        pair->name = arena_slice(at->arena, json_string(document, key, at->arena));
        pair->is_text = json_type(document, key + 1) == JSON_STRING;
        struct slice value =
            pair->is_text ? json_string(document, key + 1, at->arena) : json_raw(document, key + 1);
        pair->value = arena_slice(at->arena, value);
    }
    return pairs;
}

static struct program program_of(const struct reading *at, const char *name)
{
    uint32_t object = object_of(at, ACCESS_ROOT, name);
    return (struct program){text(at, object, "name"), text(at, object, "version")};
}

static void read_system(struct report_run *out, const struct reading *at)
{
    uint32_t system = object_of(at, ACCESS_ROOT, "system");
    uint32_t os = object_of(at, system, "os"), cpu = object_of(at, system, "cpu");
    uint32_t cores = object_of(at, cpu, "cores");
    out->machine_model = text(at, system, "model");
    out->os_name = text(at, os, "name");
    out->os_version = text(at, os, "version");
    out->kernel = text(at, system, "kernel");
    out->cpu_model = text(at, cpu, "model");
    out->governor = text(at, system, "governor");
    out->container = text(at, system, "container");
    out->vm = text(at, system, "vm");
    out->cores_physical = number(at, cores, "physical");
    out->cores_logical = number(at, cores, "logical");
    out->memory_bytes = number(at, object_of(at, system, "memory"), "total_bytes");
}

int report_run_read(
    struct report_run *out, const struct record *record, struct arena *arena, struct error *error)
{
    struct reading reading = reading_of(record, arena), *at = &reading;
    *out =
        (struct report_run){.file = record->file, .line = record->line, .version = record->version};
    out->run_id = text(at, ACCESS_ROOT, "run_id");
    if (!out->run_id.data)
        return missing(record, "/run_id", error);
    out->started_at = text(at, ACCESS_ROOT, "started_at");
    out->producer = program_of(at, "producer");
    out->subject = program_of(at, "subject");
    uint32_t vcs = object_of(at, ACCESS_ROOT, "vcs");
    out->commit = text(at, vcs, "commit");
    out->branch = text(at, vcs, "branch");
    out->tag = text(at, vcs, "tag");
    out->dirty = flag(at, vcs, "dirty");
    out->order_mode = text(at, object_of(at, ACCESS_ROOT, "order"), "mode");
    out->sampling = text(at, ACCESS_ROOT, "sampling");
    out->session = text(at, ACCESS_ROOT, "session");
    out->labels = pairs_at(at, object_of(at, ACCESS_ROOT, "labels"), &out->label_count);
    read_system(out, at);
    return 0;
}

static void read_suites(struct report_result *out, const struct reading *at, uint32_t suite)
{
    const struct json_document *document = at->document;
    uint32_t list = access_typed(document, suite, JSON_ARRAY);
    if (list == JSON_NONE) {
        struct slice one = text_at(at, suite);
        if (!one.data)
            return;
        out->suites = arena_zero(at->arena, 1, sizeof *out->suites);
        out->suites[out->suite_count++] = one;
        return;
    }
    out->suites = arena_zero(at->arena, json_count(document, list), sizeof *out->suites);
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item))
        if (json_type(document, item) == JSON_STRING)
            out->suites[out->suite_count++] =
                arena_slice(at->arena, json_string(document, item, at->arena));
}

enum { MODEL_ID, MODEL_SIZE, MODEL_FAMILY, MODEL_VARIANT, MODEL_FRAMEWORK, MODEL_QUANTIZATION };
static const struct slice model_names[] = {
    [MODEL_ID] = SLICE("id"),
    [MODEL_SIZE] = SLICE("size_bytes"),
    [MODEL_FAMILY] = SLICE("family"),
    [MODEL_VARIANT] = SLICE("variant"),
    [MODEL_FRAMEWORK] = SLICE("framework"),
    [MODEL_QUANTIZATION] = SLICE("quantization"),
};

static void read_model(struct report_result *out, const struct reading *at, uint32_t model)
{
    uint32_t nodes[ARRAY_SIZE(model_names)];
    find(nodes, at, model, model_names, ARRAY_SIZE(nodes));
    out->model_id = text_at(at, nodes[MODEL_ID]);
    out->model_family = text_at(at, nodes[MODEL_FAMILY]);
    out->model_variant = text_at(at, nodes[MODEL_VARIANT]);
    out->model_framework = text_at(at, nodes[MODEL_FRAMEWORK]);
    out->model_quantization = text_at(at, nodes[MODEL_QUANTIZATION]);
    out->model_size_bytes = number_at(at, nodes[MODEL_SIZE]);
}

static void read_failure(struct failure *out, const struct reading *at, uint32_t failure)
{
    out->present = failure != JSON_NONE;
    out->exit_status = number(at, failure, "exit_status");
    out->signal = number(at, failure, "signal");
    out->timed_out = flag(at, failure, "timed_out");
    out->stderr_end = text(at, failure, "stderr");
}

static void read_flags(struct health *out, const struct reading *at, uint32_t flags)
{
    const struct json_document *document = at->document;
    uint32_t list = access_typed(document, flags, JSON_ARRAY);
    out->flags_known = list != JSON_NONE;
    if (list == JSON_NONE)
        return;
    out->flags = arena_zero(at->arena, json_count(document, list), sizeof *out->flags);
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item)) {
        if (json_type(document, item) != JSON_OBJECT)
            continue;
        struct health_flag *entry = &out->flags[out->flag_count++];
        entry->flag = text(at, item, "flag");
        entry->evidence = text(at, item, "evidence");
    }
}

enum { HEALTH_RAM, HEALTH_SWAP, HEALTH_ZOMBIES, HEALTH_LOAD, HEALTH_FLAGS };
static const struct slice health_names[] = {
    [HEALTH_RAM] = SLICE("ram_available_bytes"),
    [HEALTH_SWAP] = SLICE("swap_used_bytes"),
    [HEALTH_ZOMBIES] = SLICE("zombies"),
    [HEALTH_LOAD] = SLICE("load"),
    [HEALTH_FLAGS] = SLICE("flags"),
};

static void read_health(struct health *out, const struct reading *at, uint32_t health)
{
    uint32_t nodes[ARRAY_SIZE(health_names)];
    size_t count;
    find(nodes, at, health, health_names, ARRAY_SIZE(nodes));
    out->present = health != JSON_NONE;
    out->ram_available_bytes = number_at(at, nodes[HEALTH_RAM]);
    out->swap_used_bytes = number_at(at, nodes[HEALTH_SWAP]);
    out->zombies = number_at(at, nodes[HEALTH_ZOMBIES]);
    double *load = access_numbers_of(at->document, nodes[HEALTH_LOAD], &count, at->arena);
    for (size_t i = 0; i < 3; i++)
        out->load[i] = i < count ? load[i] : NAN;
    read_flags(out, at, nodes[HEALTH_FLAGS]);
}

static enum better better_of(struct slice word, bool *known)
{
    *known = word.data != NULL;
    if (!word.data)
        return BETTER_NONE;
    if (slice_is(word, "lower"))
        return BETTER_LOWER;
    return slice_is(word, "higher") ? BETTER_HIGHER : BETTER_NONE;
}

static void read_pairs(struct metric *out, const struct reading *at, uint32_t pairs)
{
    const struct json_document *document = at->document;
    uint32_t list = access_typed(document, pairs, JSON_ARRAY);
    if (list == JSON_NONE || json_count(document, list) != out->count || out->count == 0)
        return;
    size_t count = 0;
    out->pairs = arena_zero(at->arena, out->count, sizeof *out->pairs);
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item))
        out->pairs[count++] =
            arena_slice(at->arena, (struct slice){document->text + document->nodes[item].start,
                                       document->nodes[item].end - document->nodes[item].start});
}

/* What is no pair of numbers is passed over. */
static void read_percentiles(struct metric_summary *out, const struct reading *at, uint32_t summary)
{
    const struct json_document *document = at->document;
    uint32_t list = access_node(document, summary, "percentiles", JSON_ARRAY);
    if (list == JSON_NONE)
        return;
    out->percentiles =
        arena_zero(at->arena, json_count(document, list) + 1, sizeof *out->percentiles);
    for (uint32_t pair = json_first(document, list); pair != json_end(document, list);
         pair = json_after(document, pair)) {
        if (json_type(document, pair) != JSON_ARRAY || json_count(document, pair) != 2)
            continue;
        uint32_t percent = json_first(document, pair), value = json_after(document, percent);
        if (json_type(document, percent) == JSON_NUMBER &&
            json_type(document, value) == JSON_NUMBER)
            out->percentiles[out->percentile_count++] =
                (struct percentile){json_double(document, percent), json_double(document, value)};
    }
}

static void read_summary(struct metric_summary *out, const struct reading *at, uint32_t summary)
{
    if (summary == JSON_NONE) { /* as in nearly every metric */
        *out = (struct metric_summary){false, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NULL, 0};
        return;
    }
    *out = (struct metric_summary){.present = true,
        .n = number(at, summary, "n"),
        .mean = number(at, summary, "mean"),
        .sd = number(at, summary, "sd"),
        .median = number(at, summary, "median"),
        .min = number(at, summary, "min"),
        .max = number(at, summary, "max"),
        .q1 = number(at, summary, "q1"),
        .q3 = number(at, summary, "q3")};
    read_percentiles(out, at, summary);
}

enum {
    METRIC_NAME,
    METRIC_UNIT,
    METRIC_BETTER,
    METRIC_DETERMINISTIC,
    METRIC_DEFINITION,
    METRIC_SAMPLES,
    METRIC_PAIRS,
    METRIC_SUMMARY
};
static const struct slice metric_names[] = {
    [METRIC_NAME] = SLICE("name"),
    [METRIC_UNIT] = SLICE("unit"),
    [METRIC_BETTER] = SLICE("better"),
    [METRIC_DETERMINISTIC] = SLICE("deterministic"),
    [METRIC_DEFINITION] = SLICE("definition"),
    [METRIC_SAMPLES] = SLICE("samples"),
    [METRIC_PAIRS] = SLICE("pairs"),
    [METRIC_SUMMARY] = SLICE("summary"),
};

static void read_metric(struct metric *out, const struct reading *at, uint32_t metric)
{
    uint32_t nodes[ARRAY_SIZE(metric_names)];
    find(nodes, at, metric, metric_names, ARRAY_SIZE(nodes));
    out->name = text_at(at, nodes[METRIC_NAME]);
    out->unit = text_at(at, nodes[METRIC_UNIT]);
    out->definition = text_at(at, nodes[METRIC_DEFINITION]);
    out->better = better_of(text_at(at, nodes[METRIC_BETTER]), &out->better_known);
    out->deterministic = (enum known)access_bool_of(at->document, nodes[METRIC_DETERMINISTIC]);
    out->samples = access_numbers_of(at->document, nodes[METRIC_SAMPLES], &out->count, at->arena);
    read_pairs(out, at, nodes[METRIC_PAIRS]);
    read_summary(&out->summary, at, object_at(at, nodes[METRIC_SUMMARY]));
}

static int read_metrics(
    struct report_result *out, const struct reading *at, uint32_t metrics, struct error *error)
{
    const struct json_document *document = at->document;
    uint32_t list = access_typed(document, metrics, JSON_ARRAY);
    if (list == JSON_NONE)
        return 0;
    out->metrics = arena_zero(at->arena, json_count(document, list), sizeof *out->metrics);
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item)) {
        struct metric *metric = &out->metrics[out->metric_count];
        if (json_type(document, item) == JSON_OBJECT)
            read_metric(metric, at, item);
        if (!metric->name.data || !metric->unit.data) {
            struct buffer pointer = BUFFER_INIT;
            buffer_add_format(&pointer, "/metrics/%zu/%s", out->metric_count,
                metric->name.data ? "unit" : "name");
            missing(at->record, buffer_text(&pointer), error);
            buffer_release(&pointer);
            return -1;
        }
        out->metric_count++;
    }
    return 0;
}

enum { BENCHMARK_SUITE, BENCHMARK_NAME, BENCHMARK_PARAMS };
static const struct slice benchmark_names[] = {
    [BENCHMARK_SUITE] = SLICE("suite"),
    [BENCHMARK_NAME] = SLICE("name"),
    [BENCHMARK_PARAMS] = SLICE("params"),
};

static int read_benchmark(
    struct report_result *out, const struct reading *at, uint32_t benchmark, struct error *error)
{
    uint32_t nodes[ARRAY_SIZE(benchmark_names)];
    find(nodes, at, benchmark, benchmark_names, ARRAY_SIZE(nodes));
    out->name = text_at(at, nodes[BENCHMARK_NAME]);
    if (!out->name.data)
        return missing(at->record, "/benchmark/name", error);
    read_suites(out, at, nodes[BENCHMARK_SUITE]);
    out->params = pairs_at(at, nodes[BENCHMARK_PARAMS], &out->param_count);
    return 0;
}

int report_benchmark_read(struct report_result *out, const struct record *record,
    struct arena *arena, struct error *error)
{
    struct reading reading = reading_of(record, arena);
    *out = (struct report_result){
        .file = record->file, .line = record->line, .version = record->version};
    return read_benchmark(out, &reading, object_of(&reading, ACCESS_ROOT, "benchmark"), error);
}

static int read_outcome(
    struct report_result *out, const struct reading *at, uint32_t outcome, struct error *error)
{
    struct slice word = text_at(at, outcome);
    for (int i = OUTCOME_PASSED; i <= OUTCOME_ERROR; i++)
        if (word.data && slice_is(word, outcome_text((enum outcome)i))) {
            out->outcome = (enum outcome)i;
            return 0;
        }
    return missing(at->record, "/outcome", error);
}

enum {
    RESULT_RUN,
    RESULT_BENCHMARK,
    RESULT_VARIANT,
    RESULT_REPETITION,
    RESULT_PART,
    RESULT_LABELS,
    RESULT_MODEL,
    RESULT_MODALITY,
    RESULT_OUTCOME,
    RESULT_REASON,
    RESULT_FAILURE,
    RESULT_STARTED,
    RESULT_ENDED,
    RESULT_METRICS,
    RESULT_HEALTH
};
static const struct slice result_names[] = {
    [RESULT_RUN] = SLICE("run_id"),
    [RESULT_BENCHMARK] = SLICE("benchmark"),
    [RESULT_VARIANT] = SLICE("variant"),
    [RESULT_REPETITION] = SLICE("repetition"),
    [RESULT_PART] = SLICE("part"),
    [RESULT_LABELS] = SLICE("labels"),
    [RESULT_MODEL] = SLICE("model"),
    [RESULT_MODALITY] = SLICE("modality"),
    [RESULT_OUTCOME] = SLICE("outcome"),
    [RESULT_REASON] = SLICE("reason"),
    [RESULT_FAILURE] = SLICE("failure"),
    [RESULT_STARTED] = SLICE("started_ts"),
    [RESULT_ENDED] = SLICE("ended_ts"),
    [RESULT_METRICS] = SLICE("metrics"),
    [RESULT_HEALTH] = SLICE("health"),
};

int report_result_read(struct report_result *out, const struct record *record, struct arena *arena,
    struct error *error)
{
    struct reading reading = reading_of(record, arena), *at = &reading;
    *out = (struct report_result){
        .file = record->file, .line = record->line, .version = record->version};
    uint32_t nodes[ARRAY_SIZE(result_names)];
    find(nodes, at, ACCESS_ROOT, result_names, ARRAY_SIZE(nodes));
    out->run_id = text_at(at, nodes[RESULT_RUN]);
    if (!out->run_id.data)
        return missing(record, "/run_id", error);
    if (read_benchmark(out, at, object_at(at, nodes[RESULT_BENCHMARK]), error) != 0 ||
        read_outcome(out, at, nodes[RESULT_OUTCOME], error) != 0)
        return -1;
    out->variant = text_at(at, nodes[RESULT_VARIANT]);
    out->repetition = number_at(at, nodes[RESULT_REPETITION]);
    out->part = number_at(at, nodes[RESULT_PART]);
    out->labels = pairs_at(at, nodes[RESULT_LABELS], &out->label_count);
    out->modality = text_at(at, nodes[RESULT_MODALITY]);
    out->reason = text_at(at, nodes[RESULT_REASON]);
    out->started_ts = number_at(at, nodes[RESULT_STARTED]);
    out->ended_ts = number_at(at, nodes[RESULT_ENDED]);
    read_model(out, at, object_at(at, nodes[RESULT_MODEL]));
    read_failure(&out->failure, at, object_at(at, nodes[RESULT_FAILURE]));
    read_health(&out->health, at, object_at(at, nodes[RESULT_HEALTH]));
    return read_metrics(out, at, nodes[RESULT_METRICS], error);
}

const struct metric *report_metric(const struct report_result *result, const char *name)
{
    for (size_t i = 0; i < result->metric_count; i++)
        if (slice_is(result->metrics[i].name, name))
            return &result->metrics[i];
    return NULL;
}

const char *outcome_text(enum outcome outcome)
{
    static const char *const texts[] = {"passed", "failed", "skipped", "error"};
    return texts[outcome];
}

const char *better_text(enum better better)
{
    static const char *const texts[] = {
        [BETTER_NONE] = "none", [BETTER_LOWER] = "lower", [BETTER_HIGHER] = "higher"};
    return texts[better];
}
