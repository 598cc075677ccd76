/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENTS_H
#define DOCUMENTS_H

#include "pipeline.h"
#include "source/source.h"

/* --whole: each name is one JSON document; no name is standard input. */
int check_documents(const struct pipeline *pipeline, const char *const *names, size_t count,
    size_t ceiling, const struct source_options *options, struct totals *totals,
    struct error *error) MUST_USE;

#endif
