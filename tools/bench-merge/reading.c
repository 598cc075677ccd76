/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reading.h"

#include "base/memory.h"
#include "json/document.h"

#include <string.h>

enum { WINDOW = 1 << 20 };

void reading_init(struct reading *reading, struct inputs *inputs, struct store *store)
{
    *reading = (struct reading){.inputs = inputs, .store = store, .place = PLACE_MEMORY};
}

void reading_release(struct reading *reading)
{
    free(reading->data);
}

static bool is_inside(
    const struct reading *reading, const struct segment *segment, uint64_t start, size_t size)
{
    return reading->place == segment->place &&
           (segment->place == PLACE_TEMPORARY || reading->input == segment->input) &&
           start >= reading->start && start + size <= reading->start + reading->size;
}

static int fill(struct reading *reading, const struct segment *segment, uint64_t start, size_t size,
    struct error *error)
{
    uint64_t left = segment->start + segment->size - start;
    size_t wanted = size < WINDOW ? WINDOW : size;
    if (wanted > left)
        wanted = (size_t)left;
    if (wanted + JSON_PADDING > reading->capacity) {
        reading->capacity = wanted + JSON_PADDING;
        reading->data = memory_resize(reading->data, reading->capacity, 1);
    }
    reading->place = PLACE_MEMORY; /* nothing, where this fails */
    int result =
        segment->place == PLACE_INPUT
            ? inputs_read(reading->inputs, segment->input, start, reading->data, wanted, error)
            : store_read(reading->store, start, reading->data, wanted, error);
    if (result != 0)
        return -1;
    memset(reading->data + wanted, '\n', JSON_PADDING);
    reading->place = segment->place;
    reading->input = segment->input;
    reading->start = start;
    reading->size = wanted;
    return 0;
}

int reading_get(struct reading *reading, const struct segment *segment, uint64_t start, size_t size,
    struct slice *out, struct error *error)
{
    if (!is_inside(reading, segment, start, size) &&
        fill(reading, segment, start, size, error) != 0)
        return -1;
    *out = (struct slice){reading->data + (start - reading->start), size};
    return 0;
}

static int memory_line(const struct reading *reading, struct segment_walk *walk, struct placed *out)
{
    if (walk->at == walk->segment->start + walk->segment->size)
        return 0;
    const struct stored *line = &reading->store->items[walk->at];
    *out =
        (struct placed){{line->bytes, line->size}, line->input, line->line, walk->at, line->phase};
    walk->at++;
    return 1;
}

static int temporary_line(
    struct reading *reading, struct segment_walk *walk, struct placed *out, struct error *error)
{
    struct stored_head head;
    struct slice bytes;
    if (walk->at == walk->segment->start + walk->segment->size)
        return 0;
    if (reading_get(reading, walk->segment, walk->at, sizeof head, &bytes, error) != 0)
        return -1;
    memcpy(&head, bytes.data, sizeof head);
    *out = (struct placed){.input = head.input,
        .line = head.line,
        .start = walk->at + sizeof head,
        .phase = (enum phase)head.phase};
    walk->at += sizeof head + head.size;
    return reading_get(reading, walk->segment, out->start, head.size, &out->bytes, error) == 0 ? 1
                                                                                               : -1;
}

/* A line as long as it takes: the window is doubled until it holds a newline or the end. */
static int input_line(
    struct reading *reading, struct segment_walk *walk, struct placed *out, struct error *error)
{
    uint64_t end = walk->segment->start + walk->segment->size;
    size_t size = 4096;
    struct slice bytes;
    const char *newline;
    if (walk->at == end)
        return 0;
    for (;; size *= 2) {
        if (size > end - walk->at)
            size = (size_t)(end - walk->at);
        if (reading_get(reading, walk->segment, walk->at, size, &bytes, error) != 0)
            return -1;
        newline = memchr(bytes.data, '\n', bytes.size);
        if (newline || size == end - walk->at)
            break;
    }
    if (newline)
        bytes.size = (size_t)(newline + 1 - bytes.data);
    *out = (struct placed){bytes, walk->segment->input, walk->line, walk->at, PHASE_LINES};
    walk->at += bytes.size;
    walk->line++;
    return 1;
}

int reading_line(
    struct reading *reading, struct segment_walk *walk, struct placed *out, struct error *error)
{
    int got;
    switch (walk->segment->place) {
    case PLACE_MEMORY: return memory_line(reading, walk, out);
    case PLACE_TEMPORARY: return temporary_line(reading, walk, out, error);
    case PLACE_INPUT: break;
    }
    do
        got = input_line(reading, walk, out, error);
    while (got == 1 && slice_is_blank(out->bytes));
    return got;
}
