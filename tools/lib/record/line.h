/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_LINE_H
#define RECORD_LINE_H

#include "record/report.h"
#include "json/writer.h"

/*
 * What the lines of findings (comparison, trend, check, summary) have in common,
 * as a writer of version 1.0.0 writes it. What is not known is left out where
 * that is said, else null.
 */

/* Opens the line's object and writes schema_version and kind. */
void line_begin(struct json_writer *writer, const char *kind);

/* Left out where it is empty. */
void line_member_text(struct json_writer *writer, const char *key, struct slice text);
/* A whole number, rounded up; null where it is not known. */
void line_member_count(struct json_writer *writer, const char *key, double count);
/* [low, high]; an end that is infinite is null, and so is all of it where there is no interval. */
void line_member_interval(struct json_writer *writer, const char *key, double low, double high);

/* The members benchmark and model; the latter is left out where there is none. */
void line_benchmark(struct json_writer *writer, const struct report_result *facts);
void line_model(struct json_writer *writer, const struct report_result *facts);

#endif
