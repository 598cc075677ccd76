/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/git.h"

#include "base/memory.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct repository {
    const struct git_module *module;
    struct git_repo *repo;
};

static void *take(size_t size)
{
    return memory_take(size);
}

static char *copy_text(const char *text)
{
    return memory_text(text);
}

static const struct git_services services = {error_set, take, copy_text, names_add};

static int no_module(const char *why, struct error *error)
{
    error_set(error, ERROR_MACHINE,
        "reading git needs benchline's git module and libgit2 1.5 (Debian: apt install "
        "libgit2-1.5): %s",
        why);
    if (error)
        error->number = ENOPKG;
    return -1;
}

/* The module stays loaded for the life of the program: libgit2 keeps state that
 * it gives back only at the end. */
static int load(const struct git_module **out, const char *path, struct error *error)
{
    if (!path)
        return no_module("no module is named", error);
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!handle)
        return no_module(dlerror(), error);
    const struct git_module *module = dlsym(handle, "benchline_git_module");
    dlclose(handle);
    if (!module || module->version != GIT_MODULE_VERSION)
        return no_module("the module is of another release", error);
    *out = module;
    return 0;
}

int repository_open(
    struct repository **out, const char *module_path, const char *folder, struct error *error)
{
    const struct git_module *module;
    struct git_repo *repo;
    *out = NULL;
    if (load(&module, module_path, error) != 0 ||
        module->open(&repo, &services, folder ? folder : ".", error) != 0)
        return -1;
    struct repository *repository = memory_take(sizeof *repository);
    *repository = (struct repository){module, repo};
    *out = repository;
    return 0;
}

void repository_close(struct repository *repository)
{
    if (!repository)
        return;
    repository->module->close(repository->repo);
    free(repository);
}

int repository_resolve(
    struct repository *repository, struct git_id *out, const char *revision, struct error *error)
{
    return repository->module->resolve(repository->repo, out, revision, error);
}

int repository_look(struct repository *repository, enum git_entry *out, const char *revision,
    const char *path, struct error *error)
{
    return repository->module->look(repository->repo, out, revision, path, error);
}

int repository_read(struct repository *repository, char **bytes, size_t *size, const char *revision,
    const char *path, struct error *error)
{
    return repository->module->read(repository->repo, bytes, size, revision, path, error);
}

int repository_list(struct repository *repository, struct names *out, const char *revision,
    const char *path, struct error *error)
{
    return repository->module->list(repository->repo, out, revision, path, error);
}

int repository_head(struct repository *repository, struct git_head *out, struct error *error)
{
    return repository->module->head(repository->repo, out, error);
}

void git_head_release(struct git_head *head)
{
    free(head->branch);
    free(head->tag);
    head->branch = head->tag = NULL;
}
