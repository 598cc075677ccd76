/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/memory.h"
#include "base/seal.h"
#include "source/git_known.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char writer[] = "test 1";

static struct git_id id(unsigned number)
{
    struct git_id id;
    snprintf(id.hex, sizeof id.hex, "%040x", number);
    return id;
}

static struct git_known *new (void)
{
    return git_known_create((struct slice){NULL, 0}, writer);
}

static void add_point(struct git_known *known, unsigned target, unsigned commit)
{
    struct git_id of = id(target);
    struct git_point point = {.commit = id(commit), .time = 1000 + commit};
    git_known_add_point(known, &of, &point);
}

/* Files "a" and "b" of two contents that follow from the commit's. */
static void add_files(struct git_known *known, unsigned commit, const char *path)
{
    char a[] = "a", b[] = "b";
    struct git_blob_name items[] = {{a, id(commit + 1)}, {b, id(commit + 2)}};
    struct git_files files = {.items = items, .count = 2};
    struct git_id of = id(commit);
    git_known_add_files(known, &of, path, &files);
}

static bool has_point(struct git_known *known, unsigned target, unsigned commit)
{
    struct git_id of = id(target);
    struct git_point point;
    return git_known_point(known, &point, &of) && point.time == 1000 + commit && !point.summary &&
           strcmp(point.commit.hex, id(commit).hex) == 0;
}

static bool has_files(struct git_known *known, unsigned commit, const char *path)
{
    struct git_id of = id(commit);
    struct git_known_files files;
    return git_known_files(known, &files, &of, path) && files.count == 2 &&
           strcmp(git_known_text(known, files.items[1].path), "b") == 0 &&
           strcmp(git_known_text(known, files.items[1].id), id(commit + 2).hex) == 0;
}

/* The same out of bytes; known is freed. */
static struct git_known *kept(struct git_known *known)
{
    struct buffer out = BUFFER_INIT;
    git_known_write(known, &out, writer);
    git_known_free(known);
    known = git_known_create(buffer_slice(&out), writer);
    buffer_release(&out);
    return known;
}

static void what_was_added_is_known_now_and_out_of_the_bytes(void **state)
{
    (void)state;
    struct git_known *known = new ();
    assert_false(has_point(known, 1, 2) || has_files(known, 2, "reports"));
    add_point(known, 1, 2);
    add_files(known, 2, "reports");
    add_files(known, 2, "");
    assert_true(git_known_grew(known));
    for (int round = 0; round < 2; round++) {
        assert_true(has_point(known, 1, 2) && !has_point(known, 2, 2));
        assert_true(has_files(known, 2, "reports") && has_files(known, 2, ""));
        assert_false(has_files(known, 2, "other") || has_files(known, 3, "reports"));
        known = kept(known);
    }
    assert_false(git_known_grew(known));
    git_known_free(known);
}

static void a_path_without_files_is_known_too(void **state)
{
    (void)state;
    struct git_known *known = new ();
    struct git_files none = {.items = NULL};
    struct git_known_files files = {NULL, 7};
    struct git_id commit = id(9);
    git_known_add_files(known, &commit, "reports", &none);
    known = kept(known);
    assert_true(git_known_files(known, &files, &commit, "reports"));
    assert_int_equal(files.count, 0);
    git_known_free(known);
}

static void what_nobody_asks_for_goes_once_it_is_the_larger_part(void **state)
{
    (void)state;
    struct git_known *known = new ();
    for (unsigned i = 0; i < 100; i++) {
        add_point(known, 10 * i, 10 * i);
        add_files(known, 10 * i, "reports");
    }
    known = kept(known);
    for (unsigned i = 0; i < 50; i++)
        assert_true(has_point(known, 10 * i, 10 * i) && has_files(known, 10 * i, "reports"));
    known = kept(known);
    assert_true(has_point(known, 990, 990));
    known = kept(known);
    assert_true(has_point(known, 990, 990) && !has_point(known, 0, 0));
    assert_false(has_files(known, 990, "reports"));
    git_known_free(known);
}

/* The number at a place is out of any range, under a seal that holds. */
static void numbers_that_lead_outside_are_not_followed(void **state)
{
    (void)state;
    struct git_known *known = new ();
    struct buffer out = BUFFER_INIT;
    add_point(known, 1, 2);
    add_files(known, 2, "reports");
    git_known_write(known, &out, writer);
    git_known_free(known);
    struct slice body = seal_open(buffer_slice(&out), writer);
    char *changed = memory_take(body.size);
    for (size_t at = 0; at + 4 <= body.size; at += 4) {
        struct buffer again = BUFFER_INIT;
        memcpy(changed, body.data, body.size);
        memset(changed + at, 0xff, 4);
        seal_write(&again, (struct slice){changed, body.size}, writer);
        known = git_known_create(buffer_slice(&again), writer);
        has_point(known, 1, 2);
        has_files(known, 2, "reports");
        git_known_free(known);
        buffer_release(&again);
    }
    free(changed);
    buffer_release(&out);
}

UNIT_MAIN(cmocka_unit_test(what_was_added_is_known_now_and_out_of_the_bytes),
    cmocka_unit_test(a_path_without_files_is_known_too),
    cmocka_unit_test(what_nobody_asks_for_goes_once_it_is_the_larger_part),
    cmocka_unit_test(numbers_that_lead_outside_are_not_followed))
