/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_COLLECTION_PARTS_H
#define DOCUMENT_COLLECTION_PARTS_H

#include "document/collection.h"

/* The halves of a collection: results (collection.c), and files, runs and machines. */

/* NO_TEXT for a missing one. */
uint32_t collection_keep(struct collection *collection, struct slice text);
/* A number that was not known takes what is told. */
void collection_fill(double *known, double told);

struct input_file *collection_file(struct collection *collection, const char *name);
/* The run's index; one that was not met yet is added with nothing known. */
uint32_t collection_run(struct collection *collection, struct slice id);

int collection_add_run(
    struct collection *collection, const struct record *record, struct error *error) MUST_USE;
void collection_add_end(struct collection *collection, const struct record *record);
/* The set of a result's labels; NO_TEXT for none. */
uint32_t collection_label_set(struct collection *collection, const struct report_result *result);
/* Calls the sides of a benchmark by the labels that tell them apart; at the end. */
void collection_name_sides(struct collection *collection);
/* What a result says of the machine, where its run said nothing. */
void collection_add_system(
    struct collection *collection, struct run *run, const struct json_document *document);

#endif
