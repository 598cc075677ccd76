/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "material.h"

#include "base/memory.h"

#include <stdlib.h>
#include <sys/mman.h>
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

void material_release(struct material *material)
{
    free(material->held);
    if (material->cached.data)
        munmap((void *)material->cached.data, material->cached.size);
    names_release(&material->empty);
    names_release(&material->skipped);
    names_release(&material->faults);
    repository_close(material->repository);
    arena_release(&material->arena);
}
