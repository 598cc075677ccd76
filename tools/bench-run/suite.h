/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUITE_H
#define SUITE_H

#include "bench.h"

/*
 * Benchmarks from YAML files (schemas/suite.schema.json). Files are looked for
 * from the current folder, what they include from their own; a benchmark runs in
 * the folder of its file.
 */
enum { SUITE_INCLUDES = 100, SUITE_DEPTH = 16 };

struct suite_labels {
    struct label *items;
    size_t count, capacity;
};

/*
 * Adds what the file holds. All texts lie in the arena. Each fault of the file is
 * told on standard error; then -1 with an error that says how it ended.
 */
int suite_read(struct benches *benches, struct suite_labels *labels, struct arena *arena,
    const struct settings *settings, const char *path, struct error *error) MUST_USE;

#endif
