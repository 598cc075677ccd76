/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/csv.h"

#include "json/writer.h"

#include <math.h>

void csv_text(struct buffer *out, struct slice text)
{
    if (text.size > 0)
        buffer_add_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"')
            buffer_add_char(out, '"');
        buffer_add_char(out, text.data[i]);
    }
    buffer_add_text(out, text.size > 0 ? "\"," : ",");
}

void csv_number(struct buffer *out, double value)
{
    struct json_writer writer = json_writer(out, 0);
    if (isfinite(value))
        json_write_double(&writer, value);
    buffer_add_char(out, ',');
}

void csv_end(struct buffer *out)
{
    if (out->size > 0 && out->data[out->size - 1] == ',')
        out->size--;
    buffer_add_text(out, "\r\n");
}
