/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tool/input.h"

#include "base/memory.h"
#include "source/source.h"
#include "tool/place.h"

struct input {
    char *git_module;
    struct source_options source;
    struct sources *sources;
    struct blocks *blocks;
};

struct input *input_open(
    const struct operands *operands, const char *repository, const struct blocks_options *options)
{
    struct input *input = memory_zero(1, sizeof *input);
    input->git_module = place_module("git");
    input->source =
        (struct source_options){.repository = repository, .git_module = input->git_module};
    input->sources =
        sources_create((const char *const *)operands->items, operands->count, &input->source);
    input->blocks = blocks_create(input->sources, options);
    return input;
}

struct blocks *input_blocks(struct input *input)
{
    return input->blocks;
}

void input_close(struct input *input)
{
    if (!input)
        return;
    blocks_free(input->blocks);
    sources_free(input->sources);
    free(input->git_module);
    free(input);
}
