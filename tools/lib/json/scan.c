/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/scan.h"

#include "base/memory.h"
#include "json/string.h"

enum { FIRST_NODES = 256 };

const struct scan_path *json_scan_paths(void)
{
    static const struct scan_path paths[] = {
#if defined(__x86_64__)
        {"avx2", json_scan_avx2},
        {"sse2", json_scan_sse2},
#elif defined(SCAN_HAS_NEON)
        {"neon", json_scan_neon},
#endif
        {"portable", json_scan_portable},
        {NULL, NULL}
    };
#if defined(__x86_64__)
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2"))
        return paths + 1;
#endif
    return paths;
}

const char *json_scan_fail(struct scan *scan, enum scan_fault fault, const char *at)
{
    scan->fault = fault;
    scan->at = at;
    return NULL;
}

struct json_node *json_scan_grow(struct scan *scan, uint32_t index)
{
    struct json_document *document = scan->document;
    uint32_t capacity = document->capacity ? document->capacity : FIRST_NODES / 2;
    /* At most one node a byte and JSON_SIZE_LIMIT bytes: 32 bits hold the double. */
    do
        capacity *= 2;
    while (capacity - index < 2);
    document->nodes = memory_resize(document->nodes, capacity, sizeof *document->nodes);
    document->capacity = capacity;
    return document->nodes;
}

void json_scan_bound(struct scan *scan)
{
    /* One frame is for the level above the root. */
    uint32_t frames = scan->scratch->frame_capacity;
    if (frames > scan->depth + 1)
        frames = scan->depth + 1;
    scan->frames_end = scan->scratch->frames + frames;
}

struct scan_frame *json_scan_deeper(
    struct scan *scan, const struct scan_frame *last, const char *at)
{
    struct json_scratch *scratch = scan->scratch;
    size_t level = (size_t)(last - scratch->frames) + 1;
    if (level > scan->depth) {
        json_scan_fail(scan, FAULT_DEPTH, at);
        return NULL;
    }
    scratch->frame_capacity *= 2;
    scratch->frames =
        memory_resize(scratch->frames, scratch->frame_capacity, sizeof *scratch->frames);
    json_scan_bound(scan);
    return scratch->frames + level;
}

const char *json_scan_blanks(const struct scan *scan, const char *at)
{
    while (at < scan->limit && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        at++;
    return at;
}

const char *json_scan_escape(struct scan *scan, const char *at)
{
    static const enum scan_fault faults[] = {[-ESCAPE_UNKNOWN] = FAULT_ESCAPE,
        [-ESCAPE_HEX] = FAULT_HEX,
        [-ESCAPE_HIGH_SURROGATE] = FAULT_HIGH_SURROGATE,
        [-ESCAPE_LOW_SURROGATE] = FAULT_LOW_SURROGATE};
    int32_t value = escape_read(&at);
    return value >= 0 ? at : json_scan_fail(scan, faults[-value], at);
}
