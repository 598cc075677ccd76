/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/memory.h"
#include "document/folder.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* home/in.mustache, home/sub/deep.mustache, out.mustache beside home, links in home. */
struct place {
    char root[64];
    char *home, *other;
};

static void put(const char *folder, const char *name, const char *text)
{
    char *path = memory_format("%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

static char *folder(const char *root, const char *name)
{
    char *path = memory_format("%s/%s", root, name);
    assert_int_equal(mkdir(path, 0700), 0);
    return path;
}

static void linked(const char *target, const char *home, const char *name)
{
    char *path = memory_format("%s/%s", home, name);
    assert_int_equal(symlink(target, path), 0);
    free(path);
}

static int set_up(void **state)
{
    struct place *place = memory_zero(1, sizeof *place);
    strcpy(place->root, "/tmp/benchline-folder.XXXXXX");
    assert_non_null(mkdtemp(place->root));
    place->home = folder(place->root, "home");
    place->other = folder(place->root, "other");
    char *sub = folder(place->home, "sub");
    put(place->home, "in.mustache", "inside");
    put(sub, "deep.mustache", "deeper");
    put(place->root, "out.mustache", "outside");
    put(place->other, "in.mustache", "second");
    put(place->other, "only.mustache", "only here");
    linked("in.mustache", place->home, "same.mustache");
    linked("../out.mustache", place->home, "escape.mustache");
    linked("..", place->home, "up");
    linked("nowhere", place->home, "dangling.mustache");
    free(sub);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {"home/in.mustache", "home/sub/deep.mustache", "home/sub",
        "out.mustache", "other/in.mustache", "other/only.mustache", "home/same.mustache",
        "home/escape.mustache", "home/up", "home/dangling.mustache", "home", "other", "."};
    struct place *place = *state;
    for (size_t i = 0; i + 1 < ARRAY_SIZE(names); i++) {
        char *path = memory_format("%s/%s", place->root, names[i]);
        if (unlink(path) != 0)
            rmdir(path);
        free(path);
    }
    rmdir(place->root);
    free(place->home);
    free(place->other);
    free(place);
    return 0;
}

static int load_slice(const struct place *place, struct slice name, const char *expected)
{
    const char *paths[] = {place->home, place->other};
    struct folders folders = {paths, 2};
    struct buffer text = BUFFER_INIT, file = BUFFER_INIT;
    struct error error = ERROR_INIT;
    int found = folder_load(&folders, name, &text, &file, &error);
    if (found == 1)
        assert_string_equal(buffer_text(&text), expected);
    if (found == -1)
        assert_int_equal(error.code, ERROR_CONTENT);
    buffer_release(&text);
    buffer_release(&file);
    return found;
}

static int load(const struct place *place, const char *name, const char *expected)
{
    return load_slice(place, slice_of(name), expected);
}

static void the_first_folder_that_has_a_partial_gives_it(void **state)
{
    assert_int_equal(load(*state, "in", "inside"), 1);
    assert_int_equal(load(*state, "only", "only here"), 1);
    assert_int_equal(load(*state, "sub/deep", "deeper"), 1);
    assert_int_equal(load(*state, "absent", ""), 0);
    assert_int_equal(load(*state, "in/absent", ""), 0);
}

static void a_name_never_leads_out_of_its_folder(void **state)
{
    assert_int_equal(load(*state, "../out", ""), -1);
    assert_int_equal(load(*state, "sub/../../out", ""), -1);
    assert_int_equal(load(*state, "/etc/passwd", ""), -1);
    assert_int_equal(load(*state, "./in", ""), -1);
    assert_int_equal(load(*state, "sub//deep", ""), -1);
    assert_int_equal(load(*state, "sub/", ""), -1);
    assert_int_equal(load(*state, "", ""), -1);
    assert_int_equal(load_slice(*state, (struct slice){"in\0x", 4}, ""), -1);
}

static void a_link_may_lead_about_in_the_folder_but_not_out(void **state)
{
    assert_int_equal(load(*state, "same", "inside"), 1);
    assert_int_equal(load(*state, "escape", ""), -1);
    assert_int_equal(load(*state, "up/out", ""), -1);
    assert_int_equal(load(*state, "dangling", ""), 0);
}

static void an_endless_name_is_refused(void **state)
{
    char name[5000];
    memset(name, 'x', sizeof name);
    assert_int_equal(load_slice(*state, (struct slice){name, sizeof name}, ""), -1);
    assert_int_equal(load_slice(*state, (struct slice){name, 600}, ""), 0);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
UNIT_MAIN(PLACED(the_first_folder_that_has_a_partial_gives_it),
    PLACED(a_name_never_leads_out_of_its_folder),
    PLACED(a_link_may_lead_about_in_the_folder_but_not_out), PLACED(an_endless_name_is_refused))
