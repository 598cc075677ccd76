/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inputs.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void inputs_release(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        if (inputs->items[i].fd >= 0)
            close(inputs->items[i].fd);
    free(inputs->items);
}

static int read_all(int fd, uint64_t offset, char *out, size_t size)
{
    while (size > 0) {
        ssize_t count = pread(fd, out, size, (off_t)offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return -1;
        out += count;
        offset += (uint64_t)count;
        size -= (size_t)count;
    }
    return 0;
}

/*
 * Whether the file of that name holds these bytes at its begin, so that it is
 * the one that is being read and is not packed.
 */
static bool begins_with(int fd, const struct block *block)
{
    char *bytes = memory_take(block->size);
    bool same =
        read_all(fd, 0, bytes, block->size) == 0 && memcmp(bytes, block->text, block->size) == 0;
    free(bytes);
    return same;
}

static bool is_as_it_was(const struct input *input, const struct stat *status)
{
    return status->st_dev == input->device && status->st_ino == input->number &&
           status->st_size == input->size && status->st_mtim.tv_sec == input->changed.tv_sec &&
           status->st_mtim.tv_nsec == input->changed.tv_nsec;
}

/* Room for one more open file: the one that was opened first goes. */
static void make_room(struct inputs *inputs)
{
    if (inputs->open < INPUTS_OPEN)
        return;
    for (;; inputs->oldest++) {
        inputs->oldest %= inputs->count;
        struct input *input = &inputs->items[inputs->oldest];
        if (input->fd < 0)
            continue;
        struct stat status;
        input->spoilt |= fstat(input->fd, &status) != 0 || !is_as_it_was(input, &status);
        close(input->fd);
        input->fd = -1;
        inputs->open--;
        inputs->oldest++;
        return;
    }
}

uint32_t inputs_add(struct inputs *inputs, const struct block *block)
{
    MEMORY_GROW(inputs->items, inputs->count, inputs->capacity);
    struct input *input = &inputs->items[inputs->count++];
    struct stat status;
    *input = (struct input){.name = block->file, .fd = -1};
    if (block->oversized || strcmp(block->file, SOURCE_STDIN) == 0)
        return (uint32_t)inputs->count - 1;
    if (stat(block->file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size < INPUT_LARGE)
        return (uint32_t)inputs->count - 1;
    make_room(inputs);
    int fd = open(block->file, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && fstat(fd, &status) == 0 && begins_with(fd, block)) {
        input->again = true;
        input->fd = fd;
        input->device = status.st_dev;
        input->number = status.st_ino;
        input->size = status.st_size;
        input->changed = status.st_mtim;
        inputs->open++;
    } else if (fd >= 0) {
        close(fd);
    }
    return (uint32_t)inputs->count - 1;
}

static int changed(const struct input *input, struct error *error)
{
    error_set(error, ERROR_INPUT,
        "the file was changed while it was read; expected it to stay as it is until the merge is "
        "done");
    error_place(error, input->name, 0, 0);
    return -1;
}

static int open_again(struct inputs *inputs, struct input *input, struct error *error)
{
    struct stat status;
    if (input->fd >= 0)
        return 0;
    make_room(inputs);
    input->fd = open(input->name, O_RDONLY | O_CLOEXEC);
    if (input->fd < 0) {
        error_place(error, input->name, 0, 0);
        return error_system(error, ERROR_INPUT, errno, "cannot open it a second time");
    }
    inputs->open++;
    if (fstat(input->fd, &status) != 0 || !is_as_it_was(input, &status))
        return changed(input, error);
    return 0;
}

int inputs_read(struct inputs *inputs, uint32_t number, uint64_t offset, char *out, size_t size,
    struct error *error)
{
    struct input *input = &inputs->items[number];
    if (open_again(inputs, input, error) != 0)
        return -1;
    errno = 0;
    if (read_all(input->fd, offset, out, size) == 0)
        return 0;
    if (errno == 0)
        return changed(input, error);
    error_place(error, input->name, 0, 0);
    return error_system(error, ERROR_INPUT, errno, "cannot read it a second time");
}

int inputs_check(struct inputs *inputs, struct error *error)
{
    for (size_t i = 0; i < inputs->count; i++) {
        const struct input *input = &inputs->items[i];
        struct stat status;
        if (input->spoilt ||
            (input->fd >= 0 && (fstat(input->fd, &status) != 0 || !is_as_it_was(input, &status))))
            return changed(input, error);
    }
    return 0;
}
