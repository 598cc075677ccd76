/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_STATS_TABLE_H
#define UNIT_STATS_TABLE_H

#include "../unit.h"
#include "stats/interval.h"
#include "stats/samples.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Tables of inputs and answers made by R: tests/data/stats/NAME.tsv from NAME.R.
 * Each line is a key and its numbers, parted by tabs; "case" starts a case and
 * names it.
 *
 *     struct table table;
 *     for (table_open(&table, "moments"); table_next(&table);) {
 *         struct samples x = table_samples(&table, "x");
 *         table_expect(&table, "mean", moments_of(&x).mean);
 *     }
 *     table_close(&table, 20);
 */
enum { TABLE_KEYS = 32, TABLE_CASES = 4000 };
#define TABLE_TOLERANCE 1e-10

struct table_row {
    const char *key;
    double *values;
    size_t count;
};

struct table {
    char *text, *place;
    const char *name;
    struct table_row rows[TABLE_KEYS];
    size_t rows_count, cases;
    struct arena arena, scratch;
    double worst; /* the largest relative error met */
};

static inline void table_open(struct table *table, const char *name)
{
    const char *source = getenv("BENCHLINE_SOURCE");
    char path[1024];
    snprintf(path, sizeof path, "%s/tests/data/stats/%s.tsv", source ? source : ".", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_true(size > 0);
    rewind(file);
    *table = (struct table){.text = malloc((size_t)size + 1), .name = ""};
    assert_non_null(table->text);
    assert_int_equal(fread(table->text, 1, (size_t)size, file), size);
    table->text[size] = '\0';
    table->place = table->text;
    fclose(file);
}

static inline char *table_line(struct table *table)
{
    char *line = table->place, *end = strchr(line, '\n');
    if (!end)
        return NULL;
    *end = '\0';
    table->place = end + 1;
    return line;
}

static inline void table_take_row(struct table *table, char *line)
{
    assert_true(table->rows_count < TABLE_KEYS);
    struct table_row *row = &table->rows[table->rows_count++];
    size_t tabs = 0;
    for (const char *c = line; *c; c++)
        tabs += *c == '\t';
    row->key = strtok(line, "\t");
    row->values = arena_take(&table->arena, (tabs + 1) * sizeof(double));
    row->count = 0;
    for (const char *cell; (cell = strtok(NULL, "\t"));) {
        char *end;
        row->values[row->count++] = strtod(cell, &end);
        assert_true(*end == '\0');
    }
}

static inline bool table_next(struct table *table)
{
    arena_reset(&table->arena);
    arena_reset(&table->scratch);
    table->rows_count = 0;
    if (!*table->place)
        return false;
    char *line = table_line(table);
    assert_true(line && strncmp(line, "case\t", 5) == 0);
    table->name = line + 5;
    table->cases++;
    while (*table->place && strncmp(table->place, "case\t", 5) != 0) {
        line = table_line(table);
        assert_non_null(line);
        table_take_row(table, line);
    }
    return true;
}

static inline const struct table_row *table_row(struct table *table, const char *key)
{
    for (size_t i = 0; i < table->rows_count; i++)
        if (strcmp(table->rows[i].key, key) == 0)
            return &table->rows[i];
    fail_msg("%s has no \"%s\"", table->name, key);
    return NULL;
}

static inline double table_number(struct table *table, const char *key)
{
    const struct table_row *row = table_row(table, key);
    assert_int_equal(row->count, 1);
    return row->values[0];
}

static inline struct samples table_samples(struct table *table, const char *key)
{
    const struct table_row *row = table_row(table, key);
    struct samples samples;
    struct error error = ERROR_INIT;
    assert_int_equal(samples_prepare(&samples, row->values, row->count, &table->arena, &error), 0);
    return samples;
}

/* The numbers of a row that holds several, in order. Below `absolute` a difference is no error. */
static inline void table_expect_all(
    struct table *table, const char *key, const double *values, size_t count, double absolute)
{
    const struct table_row *row = table_row(table, key);
    assert_int_equal(row->count, count);
    for (size_t i = 0; i < count; i++) {
        double expected = row->values[i], error = fabs(values[i] - expected);
        if ((isnan(expected) && isnan(values[i])) || values[i] == expected || error <= absolute)
            continue;
        double relative = error / fabs(expected);
        table->worst = fmax(table->worst, relative);
        if (!(relative <= TABLE_TOLERANCE))
            fail_msg(
                "%s, %s[%zu]: %.17g instead of %.17g", table->name, key, i, values[i], expected);
    }
}

static inline void table_expect(struct table *table, const char *key, double value)
{
    table_expect_all(table, key, &value, 1, 0);
}

static inline void table_expect_interval(
    struct table *table, const char *key, struct interval interval)
{
    double values[] = {interval.low, interval.high, interval.coverage};
    table_expect_all(table, key, values, 3, 0);
}

static inline void table_close(struct table *table, size_t fewest)
{
    assert_true(table->cases >= fewest);
    free(table->text);
    arena_release(&table->arena);
    arena_release(&table->scratch);
}

#endif
