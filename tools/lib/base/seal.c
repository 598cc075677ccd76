/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/seal.h"

#include <stdint.h>
#include <string.h>

static const char magic[16] = "benchline store\n";
static const uint64_t ORDER_MARK = UINT64_C(0x0102030405060708);

struct head {
    char magic[sizeof magic];
    uint64_t order;
    char writer[SEAL_WRITER + 1];
    uint64_t checksum; /* of this head, with 0 here, and of all that follows */
    uint64_t size;     /* of what follows */
};

_Static_assert(sizeof(struct head) == SEAL_HEAD && SEAL_HEAD % 16 == 0,
    "a head has no gaps, and what follows is aligned");

/* Eight bytes at a step. */
static uint64_t checksum_of(const char *bytes, size_t size)
{
    uint64_t sums[4] = {1, 2, 3, 4}, word;
    size_t at = 0;
    for (; at + sizeof sums <= size; at += sizeof sums)
        for (size_t lane = 0; lane < 4; lane++) {
            memcpy(&word, bytes + at + lane * sizeof word, sizeof word);
            sums[lane] = (sums[lane] ^ word) * UINT64_C(0x9e3779b97f4a7c15);
            sums[lane] ^= sums[lane] >> 29;
        }
    for (; at < size; at++)
        sums[0] = (sums[0] ^ (unsigned char)bytes[at]) * UINT64_C(0x100000001b3);
    return sums[0] + 3 * sums[1] + 5 * sums[2] + 7 * sums[3] + size;
}

static uint64_t checksum_with(const struct head *head, const char *body)
{
    struct head copy = *head;
    copy.checksum = 0;
    return checksum_of((const char *)&copy, sizeof copy) * 3 +
           checksum_of(body, (size_t)head->size);
}

static struct head head_of(struct slice body, const char *writer)
{
    struct head head = {.order = ORDER_MARK, .size = body.size};
    memcpy(head.magic, magic, sizeof magic);
    strncpy(head.writer, writer, SEAL_WRITER);
    head.checksum = checksum_with(&head, body.data);
    return head;
}

struct slice seal_open(struct slice bytes, const char *writer)
{
    if (bytes.size < SEAL_HEAD || strlen(writer) > SEAL_WRITER)
        return (struct slice){NULL, 0};
    struct slice body = {bytes.data + SEAL_HEAD, bytes.size - SEAL_HEAD};
    struct head expected = head_of(body, writer);
    bool same = memcmp(&expected, bytes.data, sizeof expected) == 0;
    return same ? body : (struct slice){NULL, 0};
}

void seal_write(struct buffer *out, struct slice body, const char *writer)
{
    struct head head = head_of(body, writer);
    buffer_add_slice(out, (struct slice){(const char *)&head, sizeof head});
    buffer_add_slice(out, body);
}
