/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

#include "base/memory.h"
#include "document/markdown_lint.h"
#include "tool/tool.h"

#include <stdlib.h>
#include <string.h>

enum { DOCUMENT_MOST = 1 << 28 };

struct checking {
    const char *name;
    uint64_t faults;
};

static void tell(void *context, uint64_t line, uint64_t column, const char *code, const char *text)
{
    struct checking *checking = context;
    struct error error = ERROR_INIT;
    checking->faults++;
    error_set(&error, ERROR_CONTENT, "%s: %s", code, text);
    error_place(&error, checking->name, line, column);
    tool_error(&error);
}

static int check(
    struct slice text, const char *name, const char *folder, uint64_t *faults, struct error *error)
{
    const struct lint_options options = {folder};
    struct checking checking = {name, 0};
    const struct lint_sink sink = {tell, &checking};
    int result = markdown_lint(text, &options, &sink, error);
    if (result != 0)
        error_place(error, name, 0, 0);
    *faults += checking.faults;
    return result;
}

int check_document(struct slice text, const char *name, uint64_t *faults, struct error *error)
{
    return check(text, name, NULL, faults, error);
}

static int check_file(
    const struct settings *settings, const char *file, uint64_t *faults, struct error *error)
{
    char *text = NULL;
    size_t size;
    if (source_read_whole(&text, &size, file, DOCUMENT_MOST, &settings->source, error) != 0)
        return -1;
    const char *slash = strrchr(file, '/');
    bool piped = strcmp(file, "-") == 0;
    bool on_disk = !piped && strncmp(file, SOURCE_GIT, strlen(SOURCE_GIT)) != 0;
    char *folder = !on_disk ? NULL
                   : slash  ? memory_text_n(file, (size_t)(slash - file))
                            : memory_text(".");
    const char *name = piped ? SOURCE_STDIN : file;
    int result = check((struct slice){text, size}, name, folder, faults, error);
    free(folder);
    free(text);
    return result;
}

int check_files(const struct settings *settings, const struct operands *operands, uint64_t *faults,
    struct error *error)
{
    int result = 0;
    for (size_t i = 0; i < operands->count && result == 0; i++)
        result = check_file(settings, operands->items[i], faults, error);
    if (operands->count == 0)
        result = check_file(settings, "-", faults, error);
    return result;
}
