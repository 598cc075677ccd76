/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "analysis/history_store.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct history_run runs[] = {
    {.run_id = {"r1", 2},
        .commit = {"c0ffee", 6},
        .machine = {"", 0},
        .started_ns = 5,
        .committed_ns = INT64_MIN,
        .dirty = true},
    {.run_id = {"r2", 2},
        .machine = {"box", 3},
        .started_ns = INT64_MIN,
        .committed_ns = INT64_MIN},
};
static struct history_entry entries[] = {
    {.run = 1,
        .facts = {"{\"benchmark\":{\"name\":\"b\"}}", 26},
        .machine = {"box", 3},
        .metric = {"m", 1},
        .unit = {"s", 1},
        .better = BETTER_LOWER,
        .better_known = true,
        .deterministic = KNOWN_TRUE,
        .n = 3,
        .median = 0.5,
        .low = NAN,
        .high = NAN},
};
static const struct history sample = {runs, 2, entries, 1, 1, 4};
static const struct history empty = {runs, 0, entries, 0, 0, 0};

static const char first[] = "0000000000000000000000000000000000000001";
static const char second[] = "00000000000000000000000000000000000000ff";

/* Two histories as bytes, in memory that malloc gave. */
static struct slice written(void)
{
    struct history_named items[2] = {{.history = &empty}, {.history = &sample}};
    struct buffer out = BUFFER_INIT;
    memcpy(items[0].name, second, sizeof second);
    memcpy(items[1].name, first, sizeof first);
    history_store_write(&out, items, 2, "test 1");
    char *bytes = memory_take(out.size);
    memcpy(bytes, out.data, out.size);
    struct slice slice = {bytes, out.size};
    buffer_release(&out);
    return slice;
}

static void what_was_written_is_found_again(void **state)
{
    (void)state;
    struct slice bytes = written();
    struct arena arena = ARENA_INIT;
    struct history found;
    struct history_store *store = history_store_open(bytes, "test 1");
    assert_non_null(store);
    assert_int_equal(history_store_count(store), 2);
    assert_true(history_store_find(store, first, &found, &arena));
    assert_int_equal(found.run_count, 2);
    assert_true(slice_is(found.runs[0].commit, "c0ffee") && found.runs[0].dirty);
    assert_null(found.runs[1].commit.data); /* unknown is not "" */
    assert_non_null(found.runs[0].machine.data);
    assert_int_equal(found.runs[1].started_ns, INT64_MIN);
    assert_int_equal(found.others, 4);
    assert_int_equal(found.entry_count, 1);
    assert_true(slice_equal(found.entries[0].facts, entries[0].facts));
    assert_true(found.entries[0].median == 0.5 && isnan(found.entries[0].low));
    assert_int_equal(found.entries[0].deterministic, KNOWN_TRUE);
    assert_true(history_store_find(store, second, &found, &arena));
    assert_int_equal(found.entry_count + found.run_count, 0);
    assert_false(
        history_store_find(store, "1111111111111111111111111111111111111111", &found, &arena));
    arena_release(&arena);
    history_store_free(store);
    free((char *)bytes.data);
}

static void another_writer_s_store_is_refused(void **state)
{
    (void)state;
    struct slice bytes = written();
    assert_null(history_store_open(bytes, "test 2"));
    assert_null(history_store_open(bytes, "test 10"));
    free((char *)bytes.data);
}

static void a_store_with_any_byte_changed_or_missing_is_refused(void **state)
{
    (void)state;
    struct slice bytes = written();
    char *changed = (char *)bytes.data;
    for (size_t i = 0; i < bytes.size; i++) {
        changed[i] ^= 0x10;
        assert_null(history_store_open(bytes, "test 1"));
        changed[i] ^= 0x10;
        char *cut = memory_take(i + 1);
        memcpy(cut, bytes.data, i);
        assert_null(history_store_open((struct slice){cut, i}, "test 1"));
        free(cut);
    }
    free(changed);
}

UNIT_MAIN(cmocka_unit_test(what_was_written_is_found_again),
    cmocka_unit_test(another_writer_s_store_is_refused),
    cmocka_unit_test(a_store_with_any_byte_changed_or_missing_is_refused))
