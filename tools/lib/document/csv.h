/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_CSV_H
#define DOCUMENT_CSV_H

#include "base/buffer.h"
#include "base/slice.h"

/*
 * Fields of a CSV row (RFC 4180), each with the comma behind it; csv_end replaces
 * the last one. Texts stand in quotes, what is not known is empty, numbers are
 * as JSON has them.
 */
void csv_text(struct buffer *out, struct slice text);
void csv_number(struct buffer *out, double value);
void csv_end(struct buffer *out);

#endif
