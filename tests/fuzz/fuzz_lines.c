/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A byte that says how long a line may be, and an input, packed or not: what its
 * lines give, one after the other, is what the input gives in one go (and at once,
 * where that is allowed), and each line is what it says it is.
 *
 * Covers: tools/lib/source/blocks.c tools/lib/source/lines.c tools/lib/source/source.c
 * tools/lib/source/unpack*.c tools/lib/source/whole.c
 */
#define _GNU_SOURCE /* memfd_create */
#include "base/buffer.h"
#include "base/memory.h"
#include "fuzz.h"
#include "source/lines.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST = 2 << 20, READ_TWICE = 1 << 16 }; /* a few packed bytes may be gigabytes */

static bool read_all(struct buffer *all, const char *path, size_t step)
{
    struct error error = ERROR_INIT;
    struct source *source;
    char bytes[4096];
    ptrdiff_t count;
    MUST(source_open(&source, path, NULL, &error) == 0);
    while ((count = source_read(source, bytes, step, &error)) > 0 && all->size < MOST)
        buffer_add(all, bytes, (size_t)count);
    MUST((count < 0) == (error.code == ERROR_INPUT));
    source_close(source);
    return count == 0;
}

static void check_line(const struct line *line, size_t ceiling, uint64_t number)
{
    const char *newline = memchr(line->text, '\n', line->size);
    size_t content = line->size - line->newline;
    size_t spaces = 0;
    MUST(line->size > 0 && line->number == number);
    MUST(newline ? line->newline && newline == line->text + line->size - 1 : !line->newline);
    MUST(line->oversized ? line->size <= LINE_BLOCK && !line->blank : content <= ceiling);
    MUST(line->oversized || line->last_part);
    while (spaces < line->size && strchr(" \t\r\n", line->text[spaces]) && line->text[spaces])
        spaces++;
    MUST(line->oversized || line->blank == (spaces == line->size));
    volatile char behind = line->text[line->size + LINE_PADDING - 1];
    (void)behind;
}

static void check_lines(const struct buffer *all, const char *path, size_t ceiling, bool whole)
{
    struct lines_options options = {.ceiling = ceiling};
    struct sources *sources = sources_create(&path, 1, NULL);
    struct lines *lines = lines_create(sources, &options);
    struct error error = ERROR_INIT;
    struct line line;
    uint64_t number = 1;
    size_t at = 0;
    int more;
    while ((more = lines_next(lines, &line, &error)) == 1 && at < MOST - LINE_BLOCK) {
        check_line(&line, ceiling, number);
        MUST(line.size <= all->size - at && memcmp(line.text, all->data + at, line.size) == 0);
        at += line.size;
        number += line.last_part;
    }
    if (more == 0)
        MUST(whole && at == all->size);
    if (more < 0)
        MUST(error.code == ERROR_INPUT && error.line == number - 1);
    lines_free(lines);
    sources_free(sources);
}

/* In one piece, where it is not longer than the ceiling: what was read bit by bit. */
static void check_at_once(const struct buffer *all, const char *path, size_t ceiling, bool whole)
{
    struct error error = ERROR_INIT;
    char *text;
    size_t size;
    int result = source_read_whole(&text, &size, path, ceiling, NULL, &error);
    MUST((result == 0) == (whole && all->size <= ceiling));
    MUST((result == 0) == (error.code == ERROR_NONE) && (result == 0) == (text != NULL));
    if (text)
        MUST(slice_equal((struct slice){text, size}, buffer_slice(all)));
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct buffer all = BUFFER_INIT, again = BUFFER_INIT;
    if (size == 0)
        return 0;
    int fd = memfd_create("fuzz", 0);
    MUST(fd >= 0 && write(fd, bytes + 1, size - 1) == (ssize_t)size - 1);
    char *path = memory_format("/proc/self/fd/%d", fd);
    bool whole = read_all(&all, path, 4096);
    if (all.size < READ_TWICE) {
        MUST(read_all(&again, path, 1 + bytes[0] % 61) == whole);
        MUST(slice_equal(buffer_slice(&all), buffer_slice(&again)));
    }
    check_lines(&all, path, 1 + bytes[0], whole);
    check_at_once(&all, path, MOST, whole);
    check_at_once(&all, path, 1 + bytes[0], whole);
    buffer_release(&all);
    buffer_release(&again);
    free(path);
    close(fd);
    return 0;
}
