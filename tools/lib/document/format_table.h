/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_FORMAT_TABLE_H
#define DOCUMENT_FORMAT_TABLE_H

#include "document/view.h"

/*
 * The lambda `as.table` (formats.h): "LIST: TITLE = MEMBER [left|right|center], …"
 * as a Markdown table, with a row for each item of the list and a column for
 * each member. Members are dotted names, looked for in the item; what is not
 * there is an empty cell. Pipes and escapes are written here.
 */
int format_table(
    void *context, const struct view_call *call, struct buffer *out, struct error *error);

#endif
