/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "analysis/history_store.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct history_run runs[] = {
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
static const struct history_series series[] = {
    {.facts = {"{\"benchmark\":{\"name\":\"b\"}}", 26},
        .machine = {"box", 3},
        .metric = {"m", 1},
        .unit = {"s", 1},
        .better = BETTER_LOWER,
        .better_known = true,
        .deterministic = KNOWN_TRUE},
    {.facts = {"{}", 2},
        .key = {"k\n", 2},
        .machine = {"", 0},
        .metric = {"m", 1},
        .unit = {"s", 1}},
};
static const struct history_entry entries[] = {
    {.run = 1, .series = 1, .n = 3, .median = 0.5, .low = NAN, .high = NAN},
    {.run = 0, .series = 0, .n = 1, .median = 2, .low = NAN, .high = NAN},
};
static const struct history sample = {runs, 2, series, 2, entries, 2};
static const struct history empty = {runs, 0, series, 2, entries, 0};

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
    assert_int_equal(found.entry_count, 2);
    assert_int_equal(found.entries[0].run, 1);
    assert_true(found.entries[0].median == 0.5 && isnan(found.entries[0].low));
    const struct history_series *first_met = &found.series[found.entries[0].series];
    assert_true(slice_is(first_met->facts, "{}") && slice_is(first_met->key, "k\n"));
    const struct history_series *next = &found.series[found.entries[1].series];
    assert_true(slice_equal(next->facts, series[0].facts) && !next->key.data);
    assert_true(next->better_known && next->better == BETTER_LOWER);
    assert_int_equal(next->deterministic, KNOWN_TRUE);
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

static void a_store_of_what_was_found_is_the_same_store(void **state)
{
    (void)state;
    struct slice bytes = written();
    struct arena arena = ARENA_INIT;
    struct buffer again = BUFFER_INIT;
    struct history_named items[2];
    struct history_store *store = history_store_open(bytes, "test 1");
    assert_non_null(store);
    history_store_all(store, items, &arena);
    history_store_write(&again, items, 2, "test 1");
    assert_true(slice_equal(buffer_slice(&again), bytes));
    buffer_release(&again);
    arena_release(&arena);
    history_store_free(store);
    free((char *)bytes.data);
}

UNIT_MAIN(cmocka_unit_test(what_was_written_is_found_again),
    cmocka_unit_test(a_store_of_what_was_found_is_the_same_store),
    cmocka_unit_test(another_writer_s_store_is_refused),
    cmocka_unit_test(a_store_with_any_byte_changed_or_missing_is_refused))
