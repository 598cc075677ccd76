/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/lineage.h"

#include "base/memory.h"
#include "source/git.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_FEWEST = 7 };

struct answer {
    struct slice commit, change;
    enum known holds;
};

struct lineage {
    const struct source_options *source;
    struct repository *repository;
    bool opened; /* or could not be */
    struct arena arena;
    struct answer *answers;
    size_t count, capacity;
    struct slice doubt;
};

struct lineage *lineage_create(const struct source_options *source)
{
    struct lineage *lineage = memory_zero(1, sizeof *lineage);
    lineage->source = source;
    return lineage;
}

void lineage_free(struct lineage *lineage)
{
    if (!lineage)
        return;
    repository_close(lineage->repository);
    arena_release(&lineage->arena);
    free(lineage->answers);
    free(lineage);
}

struct slice lineage_doubt(const struct lineage *lineage)
{
    return lineage->doubt;
}

/* One is how the other begins. */
static bool is_same(struct slice commit, struct slice change)
{
    return change.size >= DIGITS_FEWEST && commit.size >= change.size &&
           memcmp(commit.data, change.data, change.size) == 0;
}

static enum known doubt(struct lineage *lineage, const char *why)
{
    if (!lineage->doubt.data)
        lineage->doubt = slice_of(arena_text(&lineage->arena, why));
    return UNKNOWN;
}

static bool is_open(struct lineage *lineage)
{
    struct error error = ERROR_INIT;
    if (!lineage->opened && repository_open(&lineage->repository, lineage->source->git_module,
                                lineage->source->repository, &error) != 0)
        doubt(lineage, error.text);
    lineage->opened = true;
    return lineage->repository != NULL;
}

/* Nothing in common is an answer, too. */
static enum known ask(struct lineage *lineage, const struct answer *question)
{
    struct git_id change, base;
    struct error error = ERROR_INIT;
    if (is_same(question->commit, question->change))
        return KNOWN_TRUE;
    if (!is_open(lineage))
        return UNKNOWN;
    if (repository_resolve(lineage->repository, &change, question->change.data, &error) != 0)
        return doubt(lineage, error.text);
    if (repository_merge_base(
            lineage->repository, &base, question->commit.data, change.hex, &error) == 0)
        return strcmp(base.hex, change.hex) == 0 ? KNOWN_TRUE : KNOWN_FALSE;
    return error.number == ENOENT ? KNOWN_FALSE : doubt(lineage, error.text);
}

enum known lineage_holds(struct lineage *lineage, struct slice commit, struct slice change)
{
    for (size_t i = 0; i < lineage->count; i++)
        if (slice_equal(lineage->answers[i].commit, commit) &&
            slice_equal(lineage->answers[i].change, change))
            return lineage->answers[i].holds;
    MEMORY_GROW(lineage->answers, lineage->count, lineage->capacity);
    struct answer *answer = &lineage->answers[lineage->count++];
    *answer = (struct answer){
        arena_slice(&lineage->arena, commit), arena_slice(&lineage->arena, change), UNKNOWN};
    answer->holds = ask(lineage, answer);
    return answer->holds;
}
