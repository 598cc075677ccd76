/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "split.h"

#include "base/memory.h"
#include "intake.h"

#include <string.h>

ANALYZER_LOSES_OWNERS

/* What is worked with while the runs get their names. */
struct naming {
    const struct gathering *gathering;
    const struct identity *field;
    struct json_document line;
};

struct named {
    char *name;
    struct run *run;
    size_t place; /* among all */
};

/* A text from a report as a part of a file's name: nothing that leads anywhere else. */
static char *safe_name(struct slice text)
{
    char *name = memory_text_n(text.data ? text.data : "", text.size);
    for (size_t i = 0; i < text.size; i++) {
        char byte = name[i];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                     (byte >= '0' && byte <= '9') || strchr("._+-", byte);
        if (byte == '\0' || !plain || (byte == '.' && i == 0))
            name[i] = '_';
    }
    if (name[0] != '\0')
        return name;
    free(name);
    return memory_text("unknown");
}

/* The first run line among a segment's lines, read into naming->line: 1, or 0. */
static int find_run_line(
    struct naming *naming, const struct segment *segment, bool first_only, struct error *error)
{
    struct segment_walk walk = {segment, segment->start, segment->line};
    struct placed placed;
    int got;
    while ((got = reading_line(naming->gathering->reading, &walk, &placed, error)) == 1) {
        if (json_parse_copy(&naming->line, placed.bytes, NULL, error) != 0)
            return -1;
        if (intake_phase(&naming->line) == PHASE_RUN)
            return 1;
        if (first_only)
            return 0;
    }
    return got;
}

/* What the run's line says in the field; only a run line is asked. */
static int name_run(char **out, struct naming *naming, const struct run *run, struct error *error)
{
    const struct segment *segments = naming->gathering->runs->segments;
    bool in_order = run_in_order(run);
    struct arena arena = ARENA_INIT;
    int found = 0;
    for (uint32_t at = run->first; at != SEGMENT_NONE && found == 0; at = segments[at].next) {
        found = find_run_line(naming, &segments[at], in_order, error);
        if (in_order)
            break;
    }
    if (found < 0)
        return -1;
    struct slice value = {NULL, 0};
    if (found > 0)
        value = identity_text(naming->field, &naming->line, &arena);
    *out = safe_name(value);
    arena_release(&arena);
    return 0;
}

static int compare_named(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    int names = strcmp(a->name, b->name);
    return names != 0 ? names : (a->place > b->place) - (a->place < b->place);
}

/* pattern with name for its "{}". */
static char *path_of(const char *pattern, const char *name)
{
    const char *place = strstr(pattern, "{}");
    return memory_format("%.*s%s%s", (int)(place - pattern), pattern, name, place + 2);
}

/* named is sorted: the runs of one file follow each other. */
static void fill(struct split *split, const struct named *named, size_t count, const char *pattern)
{
    split->runs = memory_zero(count + 1, sizeof(struct run *));
    for (size_t i = 0; i < count; i++) {
        split->runs[i] = named[i].run;
        if (i == 0 || strcmp(named[i].name, named[i - 1].name) != 0) {
            MEMORY_GROW(split->parts, split->count, split->capacity);
            split->parts[split->count++] = (struct split_part){
                .path = path_of(pattern, named[i].name), .runs = &split->runs[i]};
        }
        split->parts[split->count - 1].count++;
    }
}

int split_create(struct split **out, struct run *const *runs, size_t count,
    const struct gathering *gathering, const struct identity *field, const char *pattern,
    struct error *error)
{
    struct naming naming = {gathering, field, JSON_DOCUMENT_INIT};
    struct named *named = memory_zero(count + 1, sizeof *named);
    int result = 0;
    *out = memory_zero(1, sizeof **out);
    for (size_t i = 0; i < count && result == 0; i++) {
        named[i].run = runs[i];
        named[i].place = i;
        result = name_run(&named[i].name, &naming, runs[i], error);
    }
    if (result == 0) {
        qsort(named, count, sizeof *named, compare_named);
        fill(*out, named, count, pattern);
    }
    for (size_t i = 0; i < count; i++)
        free(named[i].name);
    free(named);
    json_release(&naming.line);
    return result;
}

void split_free(struct split *split)
{
    for (size_t i = 0; i < split->count; i++)
        free(split->parts[i].path);
    free(split->parts);
    free(split->runs);
    free(split);
}
