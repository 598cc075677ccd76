/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "append.h"

#include "source/unpack.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static int refuse_packed(const char *path, struct slice head, struct error *error)
{
    const struct unpacker *unpacker;
    if (unpack_choose(&unpacker, head, error) != 0) {
        error_place(error, path, 0, 0);
        return -1;
    }
    if (!unpacker)
        return 0;
    error_set(error, ERROR_INPUT,
        "is packed with %s, and lines cannot be added to it; unpack it first", unpacker->name);
    error_place(error, path, 0, 0);
    return -1;
}

/* A file that cannot be read may be written all the same. */
static int look_at(bool *broken, const char *path, struct error *error)
{
    char head[UNPACK_SIGNATURE];
    int last = '\n';
    FILE *file = fopen(path, "re");
    if (!file)
        return 0;
    size_t size = fread(head, 1, sizeof head, file);
    if (fseek(file, -1, SEEK_END) == 0)
        last = fgetc(file);
    fclose(file);
    *broken = last != '\n' && last != EOF;
    return refuse_packed(path, (struct slice){head, size}, error);
}

int append_open(struct output **out, const char *path, struct error *error)
{
    bool broken = false;
    struct stat status;
    *out = NULL;
    /* Opened for reading, a pipe would wait for a writer. */
    if (path && stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
        look_at(&broken, path, error) != 0)
        return -1;
    if (output_append(out, path, error) != 0)
        return -1;
    return broken ? output_write(*out, slice_of("\n"), error) : 0;
}
