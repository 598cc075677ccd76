/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/report_parts.h"

#include "base/memory.h"

#include "record/unit.h"

#include <string.h>

/*
 * What inference of language models is told by: the benchmarks by what they are
 * about, which their suite says, with the figures that the field knows under its
 * names for them. bench-render(1), THE DATA OF LANGUAGE MODELS, has the names.
 */
enum figure_name {
    FIGURE_TTFT,
    FIGURE_TPOT,
    FIGURE_SPEED,
    FIGURE_PROCESSING,
    FIGURE_THROUGHPUT,
    FIGURE_LATENCY,
    FIGURE_TIME,
    FIGURE_MEMORY,
    FIGURE_PROMPT_TOKENS,
    FIGURE_OUTPUT_TOKENS,
    FIGURE_TOKENS,
    FIGURE_REQUESTS,
    FIGURE_REQUEST_RATE,
    FIGURE_HITS,
    FIGURE_MISSES,
    FIGURE_HIT_RATE,
    FIGURE_TOKENS_SAVED,
    FIGURE_BLOCKS,
    FIGURE_SHARED_BLOCKS,
    FIGURE_SAVED,
    FIGURES
};

enum { ALIASES = 4 };

static const struct {
    const char *key;
    const char *metrics[ALIASES];
} figures[FIGURES] = {
    [FIGURE_TTFT] = {"ttft", {"time_to_first_token", "ttft"}},
    [FIGURE_TPOT] = {"tpot", {"time_per_output_token", "tpot"}},
    [FIGURE_SPEED] = {"speed", {"tokens_per_second", "output_throughput", "generation_throughput"}},
    [FIGURE_PROCESSING] = {"processing",
        {"prompt_throughput", "input_throughput", "prompt_tokens_per_second"}},
    [FIGURE_THROUGHPUT] = {"throughput", {"total_throughput", "throughput"}},
    [FIGURE_LATENCY] = {"latency", {"request_latency", "end_to_end_latency", "latency"}},
    [FIGURE_TIME] = {"time", {"wall_time", "duration", "total_time", "decode_time"}},
    [FIGURE_MEMORY] = {"memory", {"peak_memory", "max_rss", "memory"}},
    [FIGURE_PROMPT_TOKENS] = {"prompt_tokens", {"prompt_tokens", "input_tokens"}},
    [FIGURE_OUTPUT_TOKENS] = {"output_tokens",
        {"output_tokens", "completion_tokens", "generated_tokens"}},
    [FIGURE_TOKENS] = {"tokens", {"tokens", "total_tokens"}},
    [FIGURE_REQUESTS] = {"requests", {"requests"}},
    [FIGURE_REQUEST_RATE] = {"request_rate", {"request_throughput", "requests_per_second"}},
    [FIGURE_HITS] = {"hits", {"cache_hits"}},
    [FIGURE_MISSES] = {"misses", {"cache_misses"}},
    [FIGURE_HIT_RATE] = {"hit_rate", {"hit_rate", "cache_hit_rate"}},
    [FIGURE_TOKENS_SAVED] = {"tokens_saved", {"tokens_saved"}},
    [FIGURE_BLOCKS] = {"blocks", {"blocks_allocated"}},
    [FIGURE_SHARED_BLOCKS] = {"shared_blocks", {"shared_blocks"}},
    [FIGURE_SAVED] = {"saved", {"memory_saved", "memory_savings"}},
};

/* The last takes every benchmark of a model that the others do not. */
enum section_name {
    SECTION_BATCHING,
    SECTION_STREAMING,
    SECTION_DETOKENIZER,
    SECTION_PREFIX_CACHE,
    SECTION_PAGED_CACHE,
    SECTION_MEMORY_SAVINGS,
    SECTION_MODELS,
    SECTIONS
};

static const char *const section_keys[SECTIONS] = {"batching", "streaming", "detokenizer",
    "prefix_cache", "paged_cache", "memory_savings", "models"};
static const char detokenizer_alias[] = "detok";

/* ---- figures ---- */
struct figure {
    struct slice unit;
    double median, mean, sum; /* NaN where it is not known */
    uint64_t n;
};

static const struct series *series_named(
    const struct collection *collection, const struct side *side, enum figure_name name)
{
    for (size_t alias = 0; alias < ALIASES && figures[name].metrics[alias]; alias++)
        for (const struct series *series = side->series; series; series = series->next)
            if (slice_is(collection_text(collection, series->metric), figures[name].metrics[alias]))
                return series;
    return NULL;
}

static struct figure figure_of(
    struct report_builder *builder, const struct side *side, enum figure_name name)
{
    struct figure figure = {{NULL, 0}, NAN, NAN, NAN, 0};
    const struct series *series = side ? series_named(builder->collection, side, name) : NULL;
    if (!series)
        return figure;
    figure.unit = collection_text(builder->collection, series->unit);
    figure.n = series->count;
    if (series->count == 0 && series->summary) {
        figure.median = series->summary->median;
        figure.mean = series->summary->mean;
        figure.sum = series->summary->mean * series->summary->n;
        return figure;
    }
    if (series->count == 0)
        return figure;
    figure.median = median_of(builder, series->values, series->count);
    figure.sum = 0;
    for (size_t i = 0; i < series->count; i++)
        figure.sum += series->values[i];
    figure.mean = figure.sum / (double)series->count;
    return figure;
}

/* {value, unit, text} of the median, and of mean and sum; null where it is not known. */
static void add_figure(
    struct report_builder *builder, struct view *side, const char *key, const struct figure *figure)
{
    static const struct view missing = {.type = VIEW_NULL};
    if (isnan(figure->median)) {
        view_set(builder->arena, side, key, &missing);
        return;
    }
    struct view *view = quantity_view(builder, figure->median, figure->unit);
    view_set(builder->arena, view, "mean", quantity_view(builder, figure->mean, figure->unit));
    view_set(builder->arena, view, "sum", quantity_view(builder, figure->sum, figure->unit));
    add_count(builder, view, "n", figure->n);
    view_set(builder->arena, side, key, view);
}

/* The figure in another unit; as it is where it cannot be said in it. */
static struct figure turned(struct figure figure, const char *unit)
{
    struct unit_step step;
    if (!figure.unit.data || !unit_step_between(&step, figure.unit, slice_of(unit)))
        return figure;
    figure.median = unit_turn(step, figure.median);
    figure.mean = unit_turn(step, figure.mean);
    figure.sum = unit_turn(step, figure.sum);
    figure.unit = slice_of(unit);
    return figure;
}

/* What follows from other figures, where it is not told; shares read in per cent. */
static void derive(struct figure all[static FIGURES])
{
    struct figure time = turned(all[FIGURE_TIME], "s");
    const struct figure *input = &all[FIGURE_PROMPT_TOKENS], *output = &all[FIGURE_OUTPUT_TOKENS],
                        *hits = &all[FIGURE_HITS], *misses = &all[FIGURE_MISSES];
    if (isnan(all[FIGURE_THROUGHPUT].median) && time.sum > 0 && slice_is(time.unit, "s")) {
        double rate = (input->sum + output->sum) / time.sum;
        all[FIGURE_THROUGHPUT] = (struct figure){slice_of("{token}/s"), rate, rate, rate, 1};
    }
    if (isnan(all[FIGURE_HIT_RATE].median) && hits->sum + misses->sum > 0) {
        double share = 100 * hits->sum / (hits->sum + misses->sum);
        all[FIGURE_HIT_RATE] = (struct figure){slice_of("%"), share, share, share, 1};
    }
    all[FIGURE_HIT_RATE] = turned(all[FIGURE_HIT_RATE], "%");
    all[FIGURE_SAVED] = turned(all[FIGURE_SAVED], "%");
}

static void read_figures(
    struct report_builder *builder, const struct side *side, struct figure all[static FIGURES])
{
    for (int name = 0; name < FIGURES; name++)
        all[name] = figure_of(builder, side, (enum figure_name)name);
    derive(all);
}

static struct view *side_view(struct report_builder *builder, const struct side *side,
    const struct figure all[static FIGURES])
{
    struct view *view = view_object(builder->arena);
    uint64_t most = 0;
    add_text_id(builder, view, "variant", side ? side->variant : NO_TEXT);
    for (int name = 0; name < FIGURES; name++) {
        add_figure(builder, view, figures[name].key, &all[name]);
        most = all[name].n > most ? all[name].n : most;
    }
    add_count(builder, view, "n", most);
    return view;
}

/* ---- one benchmark ---- */
/* How many times as fast the second is: by its rate, else by its time; NaN where nothing tells. */
static double speedup(
    const struct figure first[static FIGURES], const struct figure second[static FIGURES])
{
    static const enum figure_name rates[] = {FIGURE_SPEED, FIGURE_THROUGHPUT, FIGURE_REQUEST_RATE};
    static const enum figure_name times[] = {FIGURE_TIME, FIGURE_LATENCY, FIGURE_TTFT};
    for (size_t i = 0; i < ARRAY_SIZE(rates); i++)
        if (first[rates[i]].median > 0 && second[rates[i]].median > 0 &&
            slice_equal(first[rates[i]].unit, second[rates[i]].unit))
            return second[rates[i]].median / first[rates[i]].median;
    for (size_t i = 0; i < ARRAY_SIZE(times); i++)
        if (first[times[i]].median > 0 && second[times[i]].median > 0 &&
            slice_equal(first[times[i]].unit, second[times[i]].unit))
            return first[times[i]].median / second[times[i]].median;
    return NAN;
}

struct section {
    struct view *rows, *variants;
    struct dictionary names; /* of the variants */
    double log_sum;          /* of the speedups */
    uint64_t speedups;
    bool loads; /* some second side says how many requests or tokens it took, in which time */
};

static void note_variant(struct report_builder *builder, struct section *section, uint32_t variant)
{
    struct slice name = collection_text(builder->collection, variant);
    uint32_t known = section->names.count;
    if (!name.data || dictionary_id(&section->names, name) != known)
        return;
    struct view *view = name_view(builder, name);
    add_flag(builder, view, "first", known == 0);
    view_append(builder->arena, section->variants, view);
}

static const struct side *side_named(
    const struct collection *collection, const struct benchmark *benchmark, struct slice variant)
{
    for (const struct side *side = benchmark->sides; side; side = side->next)
        if (side->series && slice_equal(collection_text(collection, side->variant), variant))
            return side;
    return NULL;
}

static struct view *benchmark_row(struct report_builder *builder, const struct benchmark *benchmark)
{
    const struct collection *collection = builder->collection;
    const struct model *model = collection_model(collection, benchmark->model);
    struct view *row = view_object(builder->arena);
    add_name(builder, row, "benchmark", collection_text(collection, benchmark->label));
    add_name(builder, row, "name", collection_text(collection, benchmark->name));
    add_text_id(builder, row, "params", benchmark->params);
    add_text(builder, row, "model", model_shown(builder, benchmark->model));
    add_text(builder, row, "mode", modality_shown(builder, benchmark->modality));
    add_text_id(builder, row, "quantization", model ? model->quantization : NO_TEXT);
    add_quantity(builder, row, "size", model ? model->size : NAN, "By");
    return row;
}

static void add_speedup(
    struct report_builder *builder, struct view *row, struct section *section, double factor)
{
    static const struct view missing = {.type = VIEW_NULL};
    if (isnan(factor)) {
        view_set(builder->arena, row, "speedup", &missing);
        return;
    }
    section->log_sum += log(factor);
    section->speedups++;
    quantity_add_ratio(&builder->text, factor);
    struct view *view = buffer_view(builder);
    add_flag(builder, view, "faster", factor > 1);
    view_set(builder->arena, row, "speedup", view);
}

/* A row with the first two variants, which tables of pairs show: `first` and `second`. */
static void add_benchmark(
    struct report_builder *builder, struct section *section, const struct benchmark *benchmark)
{
    struct figure first[FIGURES], second[FIGURES];
    struct view *row = benchmark_row(builder, benchmark);
    const struct side *sides[2] = {NULL, NULL};
    for (const struct side *side = benchmark->sides; side; side = side->next)
        if (side->series)
            note_variant(builder, section, side->variant);
    if (section->names.count > 0)
        sides[0] = side_named(builder->collection, benchmark, dictionary_text(&section->names, 0));
    if (section->names.count > 1)
        sides[1] = side_named(builder->collection, benchmark, dictionary_text(&section->names, 1));
    if (section->names.count == 0)
        sides[0] = benchmark->sides;
    read_figures(builder, sides[0], first);
    read_figures(builder, sides[1], second);
    struct view *views[2] = {
        side_view(builder, sides[0], first), side_view(builder, sides[1], second)};
    view_set(builder->arena, row, "first", views[0]);
    view_set(builder->arena, row, "second", views[1]);
    if (!isnan(second[FIGURE_HITS].median) || !isnan(second[FIGURE_HIT_RATE].median))
        view_set(builder->arena, row, "cache", views[1]);
    else if (!isnan(first[FIGURE_HITS].median) || !isnan(first[FIGURE_HIT_RATE].median))
        view_set(builder->arena, row, "cache", views[0]);
    add_speedup(builder, row, section, speedup(first, second));
    section->loads = section->loads || second[FIGURE_REQUESTS].n + second[FIGURE_TOKENS].n +
                                               second[FIGURE_TIME].n +
                                               second[FIGURE_REQUEST_RATE].n >
                                           0;
    view_append(builder->arena, section->rows, row);
}

/* In the table of models each variant has a row of its own, shown as `first`. */
static void add_each_side(
    struct report_builder *builder, struct section *section, const struct benchmark *benchmark)
{
    for (const struct side *side = benchmark->sides; side; side = side->next) {
        struct figure all[FIGURES];
        struct view *row = benchmark_row(builder, benchmark);
        read_figures(builder, side, all);
        if (isnan(all[FIGURE_TTFT].median) && isnan(all[FIGURE_SPEED].median) &&
            isnan(all[FIGURE_THROUGHPUT].median) && isnan(all[FIGURE_TPOT].median))
            continue;
        if (side->series)
            note_variant(builder, section, side->variant);
        view_set(builder->arena, row, "first", side_view(builder, side, all));
        view_append(builder->arena, section->rows, row);
    }
}

/* ---- sections ---- */
static bool same_letter(char a, char b)
{
    if (a >= 'A' && a <= 'Z')
        a = (char)(a + 'a' - 'A');
    return a == b || ((a == '-' || a == ' ') && b == '_');
}

/* The first of the nested suites, in any spelling of its blanks. */
static bool is_section(struct slice suite, const char *key)
{
    size_t length = strlen(key), i = 0;
    while (i < length && i < suite.size && same_letter(suite.data[i], key[i]))
        i++;
    return i == length && (suite.size == length || suite.data[length] == ':');
}

static enum section_name section_of(
    const struct collection *collection, const struct benchmark *benchmark)
{
    struct slice suite = collection_text(collection, benchmark->suite);
    for (int name = 0; suite.data && name < SECTION_MODELS; name++)
        if (is_section(suite, section_keys[name]))
            return (enum section_name)name;
    return suite.data && is_section(suite, detokenizer_alias) ? SECTION_DETOKENIZER
                                                              : SECTION_MODELS;
}

/* The first two variants, for the heads of two columns. */
static const struct view *pair_of(struct report_builder *builder, const struct section *section)
{
    struct view *pair = view_list(builder->arena);
    for (uint32_t i = 0; i < 2; i++) {
        struct view *name = name_view(builder,
            i < section->names.count ? dictionary_text(&section->names, i) : slice_of("-"));
        add_flag(builder, name, "first", i == 0);
        view_append(builder->arena, pair, name);
    }
    return pair;
}

static void add_section(
    struct report_builder *builder, struct view *llm, const char *key, struct section *section)
{
    static const struct view missing = {.type = VIEW_NULL};
    struct view *view = view_object(builder->arena);
    add_count(builder, view, "count", view_count(section->rows));
    view_set(builder->arena, view, "rows", section->rows);
    view_set(builder->arena, view, "variants", section->variants);
    view_set(builder->arena, view, "pair", pair_of(builder, section));
    add_flag(builder, view, "has_pair", section->names.count > 1);
    add_flag(builder, view, "has_loads", section->loads);
    if (section->speedups > 1) {
        quantity_add_ratio(&builder->text, exp(section->log_sum / (double)section->speedups));
        view_set(builder->arena, view, "mean_speedup", buffer_view(builder));
    }
    view_set(builder->arena, llm, key, view_count(section->rows) > 0 ? view : &missing);
}

/* ---- what caches should have done, and did ---- */
static struct slice label_of(
    const struct collection *collection, const struct item *item, const char *name)
{
    size_t count;
    const struct item_label *labels = collection_labels(collection, item->side->labels, &count);
    for (size_t i = 0; i < count; i++)
        if (slice_is(collection_text(collection, labels[i].name), name))
            return collection_text(collection, labels[i].value);
    return (struct slice){NULL, 0};
}

static void add_steps(struct report_builder *builder, struct view *llm)
{
    static const struct view missing = {.type = VIEW_NULL};
    const struct collection *collection = builder->collection;
    struct view *steps = view_object(builder->arena), *rows = view_list(builder->arena);
    for (size_t i = 0; i < collection->item_count; i++) {
        const struct item *item = &collection->items[i];
        const struct benchmark *benchmark = &collection->benchmarks[item->benchmark];
        struct slice expected = label_of(collection, item, "expected");
        if (!expected.data)
            continue;
        struct view *row = benchmark_row(builder, benchmark);
        add_text(builder, row, "expected", expected);
        add_text(builder, row, "actual", label_of(collection, item, "actual"));
        add_text(builder, row, "outcome", slice_of(outcome_text(item->outcome)));
        add_quantity(builder, row, "time", item->time, "s");
        view_append(builder->arena, rows, row);
    }
    view_set(builder->arena, steps, "rows", rows);
    add_count(builder, steps, "count", view_count(rows));
    view_set(builder->arena, llm, "steps", view_count(rows) > 0 ? steps : &missing);
}

void report_add_llm(struct report_builder *builder, struct view *root)
{
    const struct collection *collection = builder->collection;
    struct view *llm = view_object(builder->arena);
    struct section sections[SECTIONS] = {{.rows = NULL}};
    for (int name = 0; name < SECTIONS; name++) {
        sections[name].rows = view_list(builder->arena);
        sections[name].variants = view_list(builder->arena);
    }
    for (size_t i = 0; i < collection->benchmark_count; i++) {
        const struct benchmark *benchmark = &collection->benchmarks[i];
        enum section_name name = section_of(collection, benchmark);
        if (name == SECTION_MODELS && benchmark->model != NO_TEXT)
            add_each_side(builder, &sections[name], benchmark);
        else if (name != SECTION_MODELS && benchmark->measured)
            add_benchmark(builder, &sections[name], benchmark);
    }
    for (int name = 0; name < SECTIONS; name++) {
        add_section(builder, llm, section_keys[name], &sections[name]);
        dictionary_release(&sections[name].names);
    }
    add_steps(builder, llm);
    view_set(builder->arena, root, "llm", llm);
}
