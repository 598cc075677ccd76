/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_FINDING_H
#define DOCUMENT_FINDING_H

#include "document/report_parts.h"

#include "record/reader.h"

/* What a line of a finding (comparison, check, …) is about. Texts lie in an arena; data NULL is
 * unknown. */
struct finding {
    struct slice label; /* suite::name (level=3); data NULL where no benchmark is named */
    struct slice suite, name, params;
    struct slice model, modality, variant, machine, metric, unit;
    enum better better;
    const char *file;
    uint64_t line;
};

void finding_read(struct finding *out, const struct record *record, struct arena *arena);

/* benchmark (text, code, cell), suite, name, params, model, mode, variant, machine, metric. */
void finding_add(struct report_builder *builder, struct view *row, const struct finding *finding);

/* [low, high] as a line has it; either is NaN where it is null or not there. */
void finding_interval(const struct json_document *document, uint32_t object, const char *name,
    double *low, double *high, struct arena *arena);

#endif
