/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_FOLDER_H
#define UNIT_FOLDER_H

#include "base/memory.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder for one test, which becomes the current one; folder_leave removes it. */
static inline int folder_enter(void **state)
{
    char *path = memory_text("/tmp/benchline-unit.XXXXXX");
    *state = path;
    return mkdtemp(path) && chdir(path) == 0 ? 0 : -1;
}

static inline int folder_leave(void **state)
{
    char *command = memory_format("rm -rf %s", (char *)*state);
    int result = chdir("/") == 0 ? system(command) : -1;
    free(command);
    free(*state);
    return result;
}

static inline void file_write(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "ab");
    assert_non_null(file);
    if (size > 0)
        assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static inline void file_text(const char *path, const char *text)
{
    file_write(path, text, strlen(text));
}

/* The whole of path, to be freed; "(none)" where there is no such file. */
static inline char *file_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return memory_text("(none)");
    char *text = memory_zero(1, 1 << 20);
    size_t size = fread(text, 1, (1 << 20) - 1, file);
    assert_true(size < (1 << 20) - 1);
    fclose(file);
    return text;
}

static inline void expect_file(const char *path, const char *expected)
{
    char *text = file_read(path);
    assert_string_equal(text, expected);
    free(text);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_enter, folder_leave)

#endif
