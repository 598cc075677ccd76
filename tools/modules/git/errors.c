/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "internal.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* libgit2 1.5 tells these causes apart only by its words. */
static const struct {
    const char *words, *meaning;
} causes[] = {
    {"extensions.objectformat",
        "the repository names its objects by SHA-256, which libgit2 1.5 does not know; let git "
        "itself read (git show REVISION:PATH | …) and write (-o FILE, git add, git commit)"},
    {"extensions.refstorage",
        "the repository keeps its references in a reftable, which libgit2 1.5 does not know; let "
        "git itself read (git show REVISION:PATH | …) and write (-o FILE, git add, git commit), or "
        "change the repository: git refs migrate --ref-format=files"},
    {"unsupported extension",
        "the repository uses an extension that libgit2 1.5 does not know; let git itself read "
        "(git show REVISION:PATH | …) and write (-o FILE, git add, git commit)"},
};

static const char *meaning_of(const char *words)
{
    for (size_t i = 0; i < ARRAY_SIZE(causes); i++)
        if (strstr(words, causes[i].words))
            return causes[i].meaning;
    return words;
}

static void PRINTF_LIKE(4, 0) failed(const struct git_services *services, struct error *error,
    bool machine, const char *format, va_list arguments)
{
    int number = errno;
    const git_error *last = git_error_last();
    const char *words = last && last->message ? last->message
                        : number != 0         ? strerror(number)
                                              : "libgit2 does not say why";
    char what[512];
    vsnprintf(what, sizeof what, format, arguments);
    services->error_set(
        error, machine ? ERROR_MACHINE : ERROR_INPUT, "%s: %s", what, meaning_of(words));
}

void repo_forget_error(void)
{
    git_error_clear();
    errno = 0;
}

int repo_failed(
    const struct git_services *services, struct error *error, int result, const char *format, ...)
{
    const git_error *last = git_error_last();
    bool machine = last && result != GIT_ENOTFOUND &&
                   (last->klass == GIT_ERROR_OS || last->klass == GIT_ERROR_NOMEMORY);
    va_list arguments;
    va_start(arguments, format);
    failed(services, error, machine, format, arguments);
    va_end(arguments);
    return -1;
}

int repo_not_written(
    const struct git_services *services, struct error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    failed(services, error, true, format, arguments);
    va_end(arguments);
    return -1;
}

void repo_id(struct git_id *out, const git_oid *id)
{
    git_oid_tostr(out->hex, sizeof out->hex, id);
}
