/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/time.h"
#include "record/upgrade_parts.h"

#include <math.h>

#define SECOND ((int64_t)1000000000)

static uint32_t seconds_at(const struct json_document *line, const char *name)
{
    uint32_t node = json_get(line, 0, name);
    bool good =
        node != JSON_NONE && json_type(line, node) == JSON_NUMBER && json_double(line, node) >= 0;
    return good ? node : JSON_NONE;
}

struct window window_of(const struct json_document *line)
{
    struct window window = {.timestamp = json_get(line, 0, "timestamp"),
        .start = seconds_at(line, "test_start_ts"),
        .end = seconds_at(line, "test_end_ts"),
        .duration = seconds_at(line, "duration")};
    if (window.timestamp != JSON_NONE && json_type(line, window.timestamp) == JSON_STRING &&
        !(line->nodes[window.timestamp].flags & JSON_ESCAPED)) {
        window.timestamp_is_time = time_read(
            json_raw(line, window.timestamp), &window.timestamp_ns, &window.timestamp_is_exact);
        if (window.timestamp_is_time && window.timestamp_ns < 0)
            window.timestamp_is_time = false;
    }
    return window;
}

static bool node_ns(const struct json_document *line, uint32_t node, int64_t *out)
{
    double seconds = node == JSON_NONE ? NAN : json_double(line, node);
    if (!(seconds < 9e9))
        return false;
    *out = llround(seconds * 1e6) * 1000; /* a double of this size holds microseconds */
    return true;
}

bool window_begin(const struct window *window, const struct json_document *line, int64_t *out)
{
    int64_t end, duration;
    if (node_ns(line, window->start, out))
        return true;
    if (!node_ns(line, window->end, &end)) {
        if (!window->timestamp_is_time)
            return false;
        end = window->timestamp_ns;
    }
    *out = node_ns(line, window->duration, &duration) && duration <= end ? end - duration : end;
    return true;
}

static void write_ns(struct json_writer *writer, const char *key, int64_t ns)
{
    struct buffer text = BUFFER_INIT;
    int length = 9;
    int64_t fraction = ns % SECOND;
    buffer_add_format(&text, "%lld", (long long)(ns / SECOND));
    if (fraction != 0) {
        for (; fraction % 10 == 0; length--)
            fraction /= 10;
        buffer_add_format(&text, ".%0*lld", length, (long long)fraction);
    }
    json_write_key(writer, key);
    json_write_raw(writer, buffer_slice(&text));
    buffer_release(&text);
}

void window_write(
    const struct window *window, const struct json_document *line, struct json_writer *writer)
{
    int64_t begin;
    if (window->start != JSON_NONE)
        json_member_copy(writer, "started_ts", line, window->start);
    else if (window->duration != JSON_NONE && window_begin(window, line, &begin))
        write_ns(writer, "started_ts", begin);
    if (window->end != JSON_NONE)
        json_member_copy(writer, "ended_ts", line, window->end);
    else if (window->timestamp_is_time)
        write_ns(writer, "ended_ts", window->timestamp_ns);
}
