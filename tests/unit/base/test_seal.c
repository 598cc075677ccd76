/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/memory.h"
#include "base/seal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char longest[] =
    "00000000001111111111222222222233333333334444444444555555555566666666667";

static struct slice sealed(struct buffer *out, const char *body, const char *writer)
{
    buffer_reset(out);
    seal_write(out, slice_of(body), writer);
    return buffer_slice(out);
}

static void what_was_sealed_comes_out_aligned(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct slice body = seal_open(sealed(&out, "the body", "writer 1"), "writer 1");
    assert_true(slice_is(body, "the body"));
    assert_int_equal((uintptr_t)body.data % 16, (uintptr_t)out.data % 16);
    body = seal_open(sealed(&out, "", "writer 1"), "writer 1");
    assert_true(body.data && body.size == 0);
    buffer_release(&out);
}

static void every_byte_counts_and_so_does_the_end(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct slice bytes = sealed(&out, "forty bytes that are more than one step.", "w");
    for (size_t i = 0; i < bytes.size; i++)
        for (int bit = 0; bit < 8; bit++) {
            out.data[i] ^= (char)(1 << bit);
            assert_null(seal_open(bytes, "w").data);
            out.data[i] ^= (char)(1 << bit);
        }
    for (size_t size = 0; size < bytes.size; size++)
        assert_null(seal_open((struct slice){bytes.data, size}, "w").data);
    assert_non_null(seal_open(bytes, "w").data);
    buffer_add_char(&out, 'x');
    assert_null(seal_open(buffer_slice(&out), "w").data);
    buffer_release(&out);
}

static void another_writer_is_refused(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    char more[sizeof longest + 1];
    memcpy(more, longest, sizeof longest);
    strcpy(more + sizeof longest - 1, "x");
    assert_int_equal(strlen(longest), SEAL_WRITER);
    assert_null(seal_open(sealed(&out, "body", "writer 1"), "writer 10").data);
    assert_null(seal_open(sealed(&out, "body", "writer 10"), "writer 1").data);
    assert_non_null(seal_open(sealed(&out, "body", longest), longest).data);
    assert_null(seal_open(sealed(&out, "body", longest), more).data);
    assert_null(seal_open(sealed(&out, "body", more), more).data);
    buffer_release(&out);
}

UNIT_MAIN(cmocka_unit_test(what_was_sealed_comes_out_aligned),
    cmocka_unit_test(every_byte_counts_and_so_does_the_end),
    cmocka_unit_test(another_writer_is_refused))
