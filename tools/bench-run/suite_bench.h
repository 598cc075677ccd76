/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUITE_BENCH_H
#define SUITE_BENCH_H

#include "bench.h"
#include "config/yaml.h"

/* What one file of benchmarks has for all of them. The file fits its schema. */
struct suite_context {
    const struct yaml *yaml;
    struct arena *arena;
    const struct settings *settings;
    const char *suite, *file, *folder; /* folder NULL: the current one */
    uint32_t defaults;                 /* JSON_NONE for none */
};

/* One item of `benchmarks`, and one bench for each of its variants. */
int suite_add_bench(struct benches *benches, const struct suite_context *context, uint32_t node,
    struct error *error) MUST_USE;

/* A scalar as a text, a number with the digits it was written with; a copy. */
const char *suite_text(const struct json_document *document, uint32_t node, struct arena *arena);
/* The members of an object (JSON_NONE for none) as texts. */
const struct label *suite_label_list(
    const struct json_document *document, uint32_t object, struct arena *arena, size_t *count);

#endif
