/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "material.h"

#include "base/memory.h"
#include "cache.h"
#include "tool/tool.h"

#include <stdlib.h>
#include <unistd.h>

struct held_history *material_add(struct material *material, const char *file)
{
    MEMORY_GROW(material->held, material->held_count, material->held_capacity);
    struct held_history *held = &material->held[material->held_count++];
    *held = (struct held_history){.file = arena_text(&material->arena, file)};
    return held;
}

size_t material_threads(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors > 0 ? (size_t)processors : 1;
}

void material_tell_tag(
    struct material *material, const struct git_ref *tag, const struct error *why)
{
    struct error told = ERROR_INIT;
    error_set(&told, why->code, "the tag %s leads nowhere: %s", tag->name, why->text);
    tool_error(&told);
    material->bad++;
}

void material_tags(struct material *material, struct git_refs *out)
{
    struct error error = ERROR_INIT;
    if (repository_tags(material->repository, out, &error) == 0)
        return;
    tool_error(&error);
    material->bad++;
}

bool material_tag_commit(
    struct material *material, const struct git_ref *tag, struct git_id *commit)
{
    struct git_point point = {.summary = NULL};
    struct error error = ERROR_INIT;
    int result = cache_point(material->cache, &point, tag, &error);
    *commit = point.commit;
    if (result < 0)
        material_tell_tag(material, tag, &error);
    return result == 0;
}

void material_release(struct material *material)
{
    free(material->held);
    cache_free(material->cache);
    names_release(&material->empty);
    names_release(&material->skipped);
    names_release(&material->faults);
    repository_close(material->repository);
    arena_release(&material->arena);
}
