/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/time.h"
#include "record/upgrade_parts.h"

#include <math.h>

#define SECOND ((int64_t)1000000000)

/* The instant is all that the text says: no digits beyond nanoseconds, no leap second. */
static bool instant_is_all(struct slice text)
{
    size_t digits = 0, at = sizeof "2026-02-11T13:13:56." - 1;
    for (; at < text.size && text.data[at] >= '0' && text.data[at] <= '9'; at++)
        digits++;
    return digits <= 9 && text.data[sizeof "2026-02-11T13:13:" - 1] != '6';
}

void window_read(struct window *out, const struct carry *line)
{
    const struct json_document *document = line->document;
    uint32_t timestamp = carry_node(line, LINE_TIMESTAMP);
    out->start = carry_node(line, LINE_START);
    out->end = carry_node(line, LINE_END);
    out->duration = carry_node(line, LINE_DURATION);
    out->timestamp_is_time =
        timestamp != JSON_NONE && !(document->nodes[timestamp].flags & JSON_ESCAPED) &&
        time_read(json_raw(document, timestamp), &out->timestamp_ns, &out->timestamp_is_exact) &&
        out->timestamp_ns >= 0;
    if (out->timestamp_is_time && !instant_is_all(json_raw(document, timestamp)))
        out->timestamp_is_exact = false;
}

static bool node_ns(const struct json_document *line, uint32_t node, int64_t *out)
{
    double seconds = node == JSON_NONE ? NAN : json_double(line, node);
    if (!(seconds < 9e9))
        return false;
    *out = llround(seconds * 1e6) * 1000; /* a double of this size holds microseconds */
    return true;
}

static bool find_end(const struct window *window, const struct json_document *line, int64_t *out)
{
    if (node_ns(line, window->end, out))
        return true;
    *out = window->timestamp_ns;
    return window->timestamp_is_time;
}

/* The end less the duration; a test that took longer than there has been time began nowhere. */
static bool find_start(
    const struct window *window, const struct json_document *line, int64_t end, int64_t *out)
{
    int64_t duration;
    if (!node_ns(line, window->duration, &duration) || duration > end)
        return false;
    *out = end - duration;
    return true;
}

bool window_begin(const struct window *window, const struct json_document *line, int64_t *out)
{
    int64_t end;
    if (node_ns(line, window->start, out))
        return true;
    if (!find_end(window, line, &end))
        return false;
    if (!find_start(window, line, end, out))
        *out = end;
    return true;
}

/* Seconds with as many decimals as the value has. */
static void write_ns(struct json_writer *writer, const char *key, int64_t ns)
{
    char text[32], *end_of_text = text + sizeof text, *at = end_of_text;
    int64_t seconds = ns / SECOND, fraction = ns % SECOND;
    if (fraction != 0) {
        for (int i = 0; i < 9; i++, fraction /= 10)
            if (at != end_of_text || fraction % 10 != 0)
                *--at = (char)('0' + fraction % 10);
        *--at = '.';
    }
    do
        *--at = (char)('0' + seconds % 10);
    while (seconds /= 10);
    json_write_key(writer, key);
    json_write_raw(writer, (struct slice){at, (size_t)(end_of_text - at)});
}

void window_write(
    const struct window *window, const struct json_document *line, struct json_writer *writer)
{
    int64_t end, start;
    if (window->start != JSON_NONE)
        json_member_copy(writer, "started_ts", line, window->start);
    else if (find_end(window, line, &end) && find_start(window, line, end, &start))
        write_ns(writer, "started_ts", start);
    if (window->end != JSON_NONE)
        json_member_copy(writer, "ended_ts", line, window->end);
    else if (window->timestamp_is_time)
        write_ns(writer, "ended_ts", window->timestamp_ns);
}
