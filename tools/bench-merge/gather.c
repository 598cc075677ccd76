/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gather.h"

#include "base/digest.h"
#include "base/memory.h"
#include "intake.h"
#include "record/kind.h"
#include "repeats.h"
#include "json/canonical.h"

#include <string.h>

enum { TEXT_LIMIT = 1 << 20 }; /* bytes of the lines of a run that are kept */

/* What is worked with while a run is gathered. */
struct work {
    const struct gathering *gathering;
    const struct run *run;
    struct gathered *gathered;
    struct json_document line, run_line;
    struct buffer text;
    bool asked_all; /* the run line was known from the first line on */
};

void gathered_free(struct gathered *gathered)
{
    if (!gathered)
        return;
    free(gathered->entries);
    buffer_release(&gathered->text);
    free(gathered);
}

size_t gathered_memory(const struct gathered *gathered)
{
    return gathered->capacity * sizeof *gathered->entries + gathered->text.capacity;
}

int entry_read(struct slice *out, struct reading *reading, const struct gathered *gathered,
    const struct entry *entry, struct error *error)
{
    if (entry->in_text) {
        *out = (struct slice){gathered->text.data + entry->start, entry->size};
        return 0;
    }
    if (entry->place == PLACE_MEMORY) {
        const struct stored *line = &reading->store->items[entry->start];
        *out = (struct slice){line->bytes, line->size};
        return 0;
    }
    struct segment segment = {
        .place = entry->place, .input = entry->input, .start = entry->start, .size = entry->size};
    return reading_get(reading, &segment, entry->start, entry->size, out, error);
}

static void add_field(
    struct buffer *out, const struct json_document *line, const char *name, const char *usual)
{
    uint32_t node = json_get(line, 0, name);
    if (node == JSON_NONE)
        buffer_add_text(out, usual);
    else
        json_canonical(line, node, out);
    buffer_add_char(out, '\n');
}

/* What only one line of a run may have; false where the kind has no such thing. */
static bool write_key(struct work *work, const struct entry *entry)
{
    struct buffer *text = &work->text;
    buffer_reset(text);
    if (entry->phase == PHASE_RUN || entry->phase == PHASE_END) {
        buffer_add_text(text, entry->phase == PHASE_RUN ? "run" : "end");
        return true;
    }
    uint32_t kind = json_get(&work->line, 0, "kind");
    if (!json_string_is(&work->line, kind, slice_of("result")))
        return false;
    identity_write(work->gathering->identity, &work->line, text);
    add_field(text, &work->line, "variant", "");
    add_field(text, &work->line, "repetition", "0");
    add_field(text, &work->line, "part", "0");
    return true;
}

static void digest_of(const struct buffer *text, char out[static 32])
{
    char digits[DIGEST_TEXT];
    digest_text(buffer_slice(text), digits);
    memcpy(out, digits, 32);
}

static void add_entry(struct work *work, const struct segment *segment, const struct placed *placed)
{
    struct gathered *gathered = work->gathered;
    MEMORY_GROW(gathered->entries, gathered->count, gathered->capacity);
    struct entry *entry = &gathered->entries[gathered->count++];
    *entry = (struct entry){.start = placed->start,
        .line = placed->line,
        .size = (uint32_t)placed->bytes.size,
        .input = placed->input,
        .place = segment->place,
        .phase = segment->place == PLACE_INPUT ? intake_phase(&work->line) : placed->phase};
    if (gathered->keeps_text && entry->place != PLACE_MEMORY) {
        entry->in_text = true;
        entry->start = gathered->text.size;
        buffer_add(&gathered->text, placed->bytes.data, placed->bytes.size);
    }
    gathered->has_run_line |= entry->phase == PHASE_RUN;
    if (work->run->several && work->run->id.data && write_key(work, entry)) {
        entry->keyed = true;
        digest_of(&work->text, entry->key);
    }
}

static void ask(struct work *work, struct entry *entry)
{
    if (entry->phase == PHASE_LINES)
        entry->dropped = !query_holds_beside(work->gathering->where, &work->line, &work->run_line);
}

static int add_lines(struct work *work, const struct segment *segment, struct error *error)
{
    struct segment_walk walk = {segment, segment->start, segment->line};
    struct placed placed;
    /* The store knows the phases; what else is asked for needs the document. */
    bool parse = segment->place == PLACE_INPUT || work->run->several || work->gathering->where;
    int got;
    while ((got = reading_line(work->gathering->reading, &walk, &placed, error)) == 1) {
        if (parse && json_parse_copy(&work->line, placed.bytes, NULL, error) != 0)
            return -1;
        add_entry(work, segment, &placed);
        struct entry *entry = &work->gathered->entries[work->gathered->count - 1];
        if (!work->gathering->where)
            continue;
        if (entry->phase == PHASE_RUN && work->run_line.count == 0 &&
            json_parse_copy(&work->run_line, placed.bytes, NULL, error) != 0)
            return -1;
        if (work->run_line.count == 0)
            work->asked_all = false;
        if (work->asked_all)
            ask(work, entry);
    }
    return got;
}

/* Where the run line came late, all are asked once it is known. */
static int ask_again(struct work *work, struct error *error)
{
    for (size_t i = 0; i < work->gathered->count; i++) {
        struct entry *entry = &work->gathered->entries[i];
        struct slice bytes;
        if (entry_read(&bytes, work->gathering->reading, work->gathered, entry, error) != 0 ||
            json_parse_copy(&work->line, bytes, NULL, error) != 0)
            return -1;
        ask(work, entry);
    }
    return 0;
}

/* What is about the run as a whole goes where none of its lines is wanted. */
static void drop_empty(struct gathered *gathered)
{
    bool any = false;
    for (size_t i = 0; i < gathered->count; i++)
        any |= gathered->entries[i].phase == PHASE_LINES && !gathered->entries[i].dropped;
    for (size_t i = 0; i < gathered->count && !any; i++)
        gathered->entries[i].dropped = true;
}

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->phase != b->phase)
        return a->phase < b->phase ? -1 : 1;
    if (a->input != b->input)
        return a->input < b->input ? -1 : 1;
    return (a->line > b->line) - (a->line < b->line);
}

/* The canonical form's digest, for repeats.c. */
static int find_digest(void *context, struct entry *entry, struct error *error)
{
    struct work *work = context;
    struct slice bytes;
    if (entry->digested)
        return 0;
    if (entry_read(&bytes, work->gathering->reading, work->gathered, entry, error) != 0 ||
        json_parse_copy(&work->line, bytes, NULL, error) != 0)
        return -1;
    buffer_reset(&work->text);
    json_canonical(&work->line, 0, &work->text);
    digest_of(&work->text, entry->digest);
    entry->digested = true;
    return 0;
}

static void say_conflict(void *context, const struct entry *one, const struct entry *other)
{
    struct work *work = context;
    const struct inputs *inputs = work->gathering->reading->inputs;
    struct error problem = ERROR_INIT;
    static const char *const what[] = {[PHASE_RUN] = "is the run line of the same run",
        [PHASE_LINES] = "has the same run, benchmark, variant, repetition and part",
        [PHASE_END] = "is the end line of the same run"};
    work->gathered->conflicts++;
    if (!work->gathering->say)
        return;
    if (one->input > other->input) {
        const struct entry *later = one;
        one = other;
        other = later;
    }
    error_place(&problem, inputs->items[other->input].name, other->line, 0);
    error_set(&problem, ERROR_CONTENT, "the line contradicts %s:%llu, which %s",
        inputs->items[one->input].name, (unsigned long long)one->line, what[one->phase]);
    work->gathering->say(&problem);
}

static int find_repeats(struct work *work, struct error *error)
{
    struct repeats repeats = {.entries = work->gathered->entries,
        .count = work->gathered->count,
        .rule = work->gathering->rule,
        .context = work,
        .find_digest = find_digest,
        .say_conflict = say_conflict};
    return repeats_drop(&repeats, &work->gathered->repeats, error);
}

static bool is_small(const struct work *work)
{
    const struct segment *segments = work->gathering->runs->segments;
    uint64_t size = 0;
    for (uint32_t at = work->run->first; at != SEGMENT_NONE; at = segments[at].next)
        if (segments[at].place != PLACE_MEMORY)
            size += segments[at].size;
    return size <= TEXT_LIMIT;
}

static int gather_lines(struct work *work, struct error *error)
{
    struct gathered *gathered = work->gathered;
    const struct segment *segments = work->gathering->runs->segments;
    gathered->keeps_text = is_small(work);
    for (uint32_t at = work->run->first; at != SEGMENT_NONE; at = segments[at].next)
        if (add_lines(work, &segments[at], error) != 0)
            return -1;
    if (gathered->count == 0)
        return 0;
    if (work->gathering->where && !work->asked_all && ask_again(work, error) != 0)
        return -1;
    if (work->gathering->where)
        drop_empty(gathered);
    qsort(gathered->entries, gathered->count, sizeof *gathered->entries, compare_entries);
    return work->run->several ? find_repeats(work, error) : 0;
}

int gather(struct gathered **out, const struct gathering *gathering, const struct run *run,
    struct error *error)
{
    struct work work = {.gathering = gathering,
        .run = run,
        .gathered = memory_zero(1, sizeof *work.gathered),
        .line = JSON_DOCUMENT_INIT,
        .run_line = JSON_DOCUMENT_INIT,
        .asked_all = true};
    int result = gather_lines(&work, error);
    json_release(&work.line);
    json_release(&work.run_line);
    buffer_release(&work.text);
    *out = work.gathered;
    if (result == 0)
        return 0;
    gathered_free(work.gathered);
    *out = NULL;
    return -1;
}
