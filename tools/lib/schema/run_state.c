/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/run.h"

struct schema_checker *schema_checker_create(const struct schema *schema)
{
    struct schema_checker *run = memory_zero(1, sizeof *run);
    const struct plan *plan = &schema->plan;
    run->plan = plan;
    run->order = memory_zero(plan->orders ? plan->orders : 1, sizeof *run->order);
    run->memos = memory_zero(plan->patterns.count ? plan->patterns.count : 1, sizeof *run->memos);
    run->matcher = pattern_matcher_create();
    /* Before anything is learned: the order of the schema. */
    for (uint32_t i = 0; i < plan->objects.count; i++)
        for (uint32_t j = 0; j < plan->objects.at[i].count; j++)
            run->order[plan->objects.at[i].order + j] = j;
    return run;
}

void schema_checker_free(struct schema_checker *checker)
{
    if (!checker)
        return;
    free(checker->order);
    free(checker->memos);
    pattern_matcher_free(checker->matcher);
    arena_release(&checker->arena);
    free(checker->words);
    free(checker->scopes.at);
    free(checker);
}

void run_begin(struct schema_checker *run, const struct json_document *document)
{
    run->document = document;
    arena_reset(&run->arena);
    run->word_count = 0;
    run->scopes.count = 0;
    run->depth = 0;
    run->steps = RUN_STEPS + (int64_t)document->count * RUN_STEPS_A_VALUE;
    run->warned = false;
    run->undecided = NULL;
}

void run_stop(struct schema_checker *run, uint32_t node, const char *why)
{
    if (!run->undecided) {
        run->undecided = why;
        run->undecided_node = node;
    }
    run->steps = -1;
}

/* ---- marks ---- */
struct marks marks_open(struct schema_checker *run, uint32_t node)
{
    uint32_t words = (json_end(run->document, node) - node) / 64 + 1;
    struct marks marks = {run->word_count, node, words};
    if (run->word_count + words > run->word_capacity) {
        run->word_capacity = 2 * (run->word_count + words);
        run->words = memory_resize(run->words, run->word_capacity, sizeof *run->words);
    }
    memset(run->words + marks.at, 0, words * sizeof *run->words);
    run->word_count += words;
    return marks;
}

void marks_close(struct schema_checker *run, const struct marks *marks)
{
    run->word_count = marks->at;
}

void marks_join(struct schema_checker *run, const struct marks *into, const struct marks *from)
{
    for (uint32_t i = 0; i < into->words; i++)
        run->words[into->at + i] |= run->words[from->at + i];
}

void run_tell(const struct schema_checker *run, struct error *error)
{
    struct buffer pointer = BUFFER_INIT;
    uint64_t line, column;
    json_pointer_of(run->document, run->undecided_node, &pointer);
    json_position(run->document, run->document->nodes[run->undecided_node].start, &line, &column);
    error_set(error, ERROR_CONTENT, "%s; it can be neither accepted nor refused", run->undecided);
    error_place(error, NULL, line, column);
    error_pointer(error, buffer_text(&pointer));
    buffer_release(&pointer);
}
