/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/finding.h"

#include "document/label.h"
#include "record/access.h"

/* Suite, name and params as a result has them, in one text. */
static void read_benchmark(struct finding *out, const struct record *record, struct arena *arena)
{
    struct report_result parts;
    if (report_benchmark_read(&parts, record, arena, NULL) != 0)
        return;
    out->suite = benchmark_suites(&parts, arena);
    out->params = benchmark_params(&parts, arena);
    out->name = parts.name;
    out->label = benchmark_label(&parts, out->suite, out->params, arena);
}

static enum better better_of(struct slice word)
{
    if (word.data && slice_is(word, "lower"))
        return BETTER_LOWER;
    return word.data && slice_is(word, "higher") ? BETTER_HIGHER : BETTER_NONE;
}

void finding_read(struct finding *out, const struct record *record, struct arena *arena)
{
    const struct json_document *document = record->document;
    uint32_t model = access_node(document, ACCESS_ROOT, "model", JSON_OBJECT);
    *out = (struct finding){.file = record->file, .line = record->line};
    read_benchmark(out, record, arena);
    out->model = access_text(document, model, "id", arena);
    out->modality = access_text(document, ACCESS_ROOT, "modality", arena);
    out->variant = access_text(document, ACCESS_ROOT, "variant", arena);
    out->machine = access_text(document, ACCESS_ROOT, "machine", arena);
    out->metric = access_text(document, ACCESS_ROOT, "metric", arena);
    out->unit = access_text(document, ACCESS_ROOT, "unit", arena);
    out->better = better_of(access_text(document, ACCESS_ROOT, "better", arena));
}

void finding_add(struct report_builder *builder, struct view *row, const struct finding *finding)
{
    add_name(builder, row, "benchmark", finding->label);
    add_text(builder, row, "suite", finding->suite);
    add_text(builder, row, "name", finding->name);
    add_text(builder, row, "params", finding->params);
    add_text(
        builder, row, "model", finding->model.data ? model_name(finding->model) : finding->model);
    add_text(builder, row, "mode",
        finding->modality.data ? title_of(builder, finding->modality) : finding->modality);
    add_text(builder, row, "variant", finding->variant);
    add_text(builder, row, "machine", finding->machine);
    add_text(builder, row, "metric",
        finding->metric.data ? title_of(builder, finding->metric) : finding->metric);
}

void finding_interval(const struct json_document *document, uint32_t object, const char *name,
    double *low, double *high, struct arena *arena)
{
    size_t count;
    const double *both = access_numbers(document, object, name, &count, arena);
    *low = count == 2 ? both[0] : NAN;
    *high = count == 2 ? both[1] : NAN;
}
