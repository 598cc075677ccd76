/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gather.h"

#include "base/plural.h"
#include "record/inputs.h"
#include "source/git.h"
#include "tool/newer.h"
#include "tool/tool.h"

#include <string.h>

/* ---- the command line --------------------------------------------------------- */

/* NAME=BASE,HEAD */
static int read_split(struct sides_split *split, const char *text, struct error *error)
{
    const char *equals = strchr(text, '='), *comma = equals ? strchr(equals, ',') : NULL;
    if (!comma || equals == text || comma == equals + 1 || comma[1] == '\0' ||
        strchr(comma + 1, ','))
        return error_set(error, ERROR_USAGE,
            "--sides: \"%s\" is not NAME=BASE,HEAD; expected variant=old,new, or a label's name "
            "in place of variant",
            text);
    split->values[SIDE_BASE] = (struct slice){equals + 1, (size_t)(comma - equals - 1)};
    split->values[SIDE_HEAD] = slice_of(comma + 1);
    if (slice_equal(split->values[SIDE_BASE], split->values[SIDE_HEAD]))
        return error_set(error, ERROR_USAGE, "--sides: both sides are \"%s\"", comma + 1);
    return 0;
}

static struct slice name_of(struct arena *arena, const char *const *operands, size_t count)
{
    if (count == 0 || (count == 1 && strcmp(operands[0], "-") == 0))
        return slice_of(SOURCE_STDIN);
    if (count == 1)
        return slice_of(operands[0]);
    return slice_of(arena_format(arena, "%s and %zu more", operands[0], count - 1));
}

static int read_from_split(struct inputs *inputs, const struct settings *settings,
    const struct operands *operands, struct error *error)
{
    const char *equals = strchr(settings->sides, '=');
    if (read_split(&inputs->how, settings->sides, error) != 0)
        return -1;
    if (settings->base.count + settings->head.count > 0)
        return error_set(
            error, ERROR_USAGE, "--sides and --base or --head; expected one way to name the sides");
    char *label = arena_text_n(&inputs->arena, settings->sides, (size_t)(equals - settings->sides));
    inputs->how.label = strcmp(label, "variant") == 0 ? NULL : label;
    inputs->split = true;
    inputs->operands[SIDE_BASE] = (const char *const *)operands->items;
    inputs->counts[SIDE_BASE] = operands->count;
    for (int side = 0; side < SIDES; side++)
        inputs->names[side] = inputs->how.values[side];
    return 0;
}

static int read_from_lists(struct inputs *inputs, const struct settings *settings,
    const struct operands *operands, struct error *error)
{
    const struct option_list *lists[SIDES] = {&settings->base, &settings->head};
    if (operands->count > 0)
        return error_set(error, ERROR_USAGE,
            "\"%s\" beside --base and --head; expected every input behind one of them",
            operands->items[0]);
    for (int side = 0; side < SIDES; side++) {
        if (lists[side]->count == 0)
            return error_set(error, ERROR_USAGE, "--%s without --%s; expected both",
                side == SIDE_BASE ? "head" : "base", side == SIDE_BASE ? "base" : "head");
        inputs->operands[side] = lists[side]->items;
        inputs->counts[side] = lists[side]->count;
    }
    return 0;
}

int inputs_read(struct inputs *inputs, const struct settings *settings,
    const struct operands *operands, struct error *error)
{
    *inputs = (struct inputs){.split = false};
    if (settings->sides)
        return read_from_split(inputs, settings, operands, error);
    if (settings->base.count + settings->head.count > 0) {
        if (read_from_lists(inputs, settings, operands, error) != 0)
            return -1;
    } else {
        if (operands->count != SIDES)
            return error_set(error, ERROR_USAGE,
                "%zu input%s; expected BASE and HEAD, or --base and --head, or --sides with the "
                "reports that measured both",
                operands->count, plural(operands->count));
        for (int side = 0; side < SIDES; side++) {
            inputs->operands[side] = (const char *const *)operands->items + side;
            inputs->counts[side] = 1;
        }
    }
    for (int side = 0; side < SIDES; side++)
        inputs->names[side] = name_of(&inputs->arena, inputs->operands[side], inputs->counts[side]);
    return 0;
}

void inputs_release(struct inputs *inputs)
{
    arena_release(&inputs->arena);
}

/* ---- the merge base ---------------------------------------------------------------- */

/* Where the path begins in git:REVISION:PATH, NULL for anything else. */
static const char *path_of(const char *operand)
{
    if (strncmp(operand, SOURCE_GIT, strlen(SOURCE_GIT)) != 0)
        return NULL;
    const char *colon = strchr(operand + strlen(SOURCE_GIT), ':');
    return colon ? colon + 1 : NULL;
}

static const char *revision_of(struct arena *arena, const char *operand)
{
    const char *revision = operand + strlen(SOURCE_GIT);
    return arena_text_n(arena, revision, (size_t)(path_of(operand) - 1 - revision));
}

static const char *head_revision(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->counts[SIDE_HEAD]; i++)
        if (path_of(inputs->operands[SIDE_HEAD][i]))
            return revision_of(&inputs->arena, inputs->operands[SIDE_HEAD][i]);
    return "HEAD";
}

static const char *move(struct inputs *inputs, struct repository *repository, const char *operand,
    const char *head, struct error *error)
{
    enum { DIGITS_SHOWN = 12 };
    struct git_id base;
    const char *path = path_of(operand), *revision = revision_of(&inputs->arena, operand);
    if (repository_merge_base(repository, &base, revision, head, error) != 0) {
        error_place(error, operand, 0, 0);
        return NULL;
    }
    inputs->names[SIDE_BASE] =
        slice_of(arena_format(&inputs->arena, SOURCE_GIT "%.*s:%s (merge base of %s and %s)",
            DIGITS_SHOWN, base.hex, path, revision, head));
    return arena_format(&inputs->arena, SOURCE_GIT "%s:%s", base.hex, path);
}

int inputs_to_merge_base(
    struct inputs *inputs, const struct source_options *source, struct error *error)
{
    size_t count = inputs->counts[SIDE_BASE];
    struct repository *repository;
    if (inputs->split)
        return error_set(
            error, ERROR_USAGE, "--merge-base and --sides; expected a base of git:REVISION:PATH");
    for (size_t i = 0; i < count; i++)
        if (!path_of(inputs->operands[SIDE_BASE][i]))
            return error_set(error, ERROR_USAGE,
                "--merge-base: \"%s\" is in no revision; expected git:REVISION:PATH",
                inputs->operands[SIDE_BASE][i]);
    if (repository_open(&repository, source->git_module, source->repository, error) != 0)
        return -1;
    const char *head = head_revision(inputs);
    const char **moved = arena_take(&inputs->arena, count * sizeof *moved);
    int result = 0;
    for (size_t i = 0; i < count && result == 0; i++) {
        moved[i] = move(inputs, repository, inputs->operands[SIDE_BASE][i], head, error);
        result = moved[i] ? 0 : -1;
    }
    repository_close(repository);
    inputs->operands[SIDE_BASE] = moved;
    return result;
}

/* ---- reading ------------------------------------------------------------------- */

struct gathering {
    struct sides *sides;
    enum side_of side;
};

static int take(void *context, const struct record *record, bool of_many, struct error *error)
{
    struct gathering *at = context;
    return sides_take(at->sides, record, at->side, of_many, error);
}

static int read_sides(struct record_inputs *records, struct gathering *at,
    const struct inputs *inputs, struct error *error)
{
    if (inputs->split) {
        at->side = SIDE_NEITHER;
        return record_inputs_read(
            records, inputs->operands[SIDE_BASE], inputs->counts[SIDE_BASE], error);
    }
    for (int side = 0; side < SIDES; side++) {
        at->side = (enum side_of)side;
        if (record_inputs_read(records, inputs->operands[side], inputs->counts[side], error) != 0)
            return -1;
    }
    return 0;
}

int gather(struct sides *sides, const struct inputs *inputs, const struct source_options *source,
    const struct settings *settings, size_t *bad, struct error *error)
{
    struct gathering at = {.sides = sides};
    struct record_inputs records = {.source = source,
        .max_line = settings->max_line,
        .take = take,
        .context = &at,
        .tell = tool_error};
    int result = read_sides(&records, &at, inputs, error);
    *bad = records.bad;
    if (records.newer)
        newer_were_read();
    return result;
}

static int take_earlier(
    void *context, const struct record *record, bool of_many, struct error *error)
{
    (void)of_many;
    return spread_take(context, record, error);
}

int gather_history(struct spread *spread, const struct settings *settings,
    const struct source_options *source, struct error *error)
{
    struct record_inputs records = {.source = source,
        .max_line = settings->max_line,
        .take = take_earlier,
        .context = spread,
        .tell = tool_error};
    if (record_inputs_read(&records, settings->history.items, settings->history.count, error) != 0)
        return -1;
    spread_match(spread);
    return 0;
}
