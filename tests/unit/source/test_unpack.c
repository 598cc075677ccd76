/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files.h"
#include "source/source.h"

/* The whole of path, read size bytes at a time; *error says how it ended. */
static struct buffer read_by(const char *path, size_t size, struct error *error)
{
    struct buffer all = BUFFER_INIT;
    struct source *source;
    char *bytes = memory_take(size);
    ptrdiff_t got;
    *error = (struct error)ERROR_INIT;
    assert_int_equal(source_open(&source, path, NULL, error), 0);
    while ((got = source_read(source, bytes, size, error)) > 0)
        buffer_add(&all, bytes, (size_t)got);
    source_close(source);
    free(bytes);
    return all;
}

static void expect_same(const char *path, const struct buffer *text, const char *failure)
{
    static const size_t sizes[] = {1, 7, 4096, 1 << 20};
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        struct error error;
        struct buffer all = read_by(path, sizes[i], &error);
        assert_string_equal(error.text, failure);
        assert_int_equal(all.size, text->size);
        if (all.size > 0)
            assert_memory_equal(all.data, text->data, all.size);
        buffer_release(&all);
    }
}

/* What can be read of a damaged file begins as the text does and is most of it. */
static void expect_front(
    const char *path, const struct buffer *text, size_t least, const char *failure)
{
    struct error error;
    struct buffer all = read_by(path, 1 << 20, &error);
    assert_non_null(strstr(error.text, failure));
    assert_int_equal(error_status(&error), STATUS_INPUT);
    assert_string_equal(error.file, path);
    assert_in_range(all.size, least, text->size);
    if (all.size > 0)
        assert_memory_equal(all.data, text->data, all.size);
    buffer_release(&all);
}

static struct buffer text;

static int enter(void **state)
{
    numbered_lines(&text, 30000);
    return folder_enter(state);
}

static int leave(void **state)
{
    buffer_release(&text);
    return folder_leave(state);
}

static void gzip_is_unpacked(void **state)
{
    (void)state;
    file_gzip("a", text.data, text.size);
    expect_same("a", &text, "");
}

static void zstd_is_unpacked(void **state)
{
    (void)state;
    file_zstd("a", text.data, text.size);
    expect_same("a", &text, "");
}

static void the_members_of_a_gzip_file_are_one_input(void **state)
{
    (void)state;
    file_gzip("a", text.data, 1000);
    file_gzip("a", "", 0);
    file_gzip("a", text.data + 1000, text.size - 1000);
    expect_same("a", &text, "");
}

static void the_frames_of_a_zstd_file_are_one_input(void **state)
{
    static const unsigned char skippable[] = {0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 'x', 'y', 'z'};
    (void)state;
    file_write("a", skippable, sizeof skippable);
    file_zstd("a", text.data, 1000);
    file_zstd("a", "", 0);
    file_write("a", skippable, sizeof skippable);
    file_zstd("a", text.data + 1000, text.size - 1000);
    expect_same("a", &text, "");
}

static void zeros_behind_gzip_data_are_padding(void **state)
{
    (void)state;
    char zeros[700] = {0};
    file_gzip("a", text.data, text.size);
    file_write("a", zeros, sizeof zeros);
    expect_same("a", &text, "");
}

static void other_bytes_behind_the_data_are_an_error_after_the_data(void **state)
{
    (void)state;
    file_gzip("a", text.data, text.size);
    file_text("a", "{\"more\":1}\n");
    expect_same(
        "a", &text, "bytes that are not gzip follow the gzip data; everything before was read");
    file_zstd("b", text.data, text.size);
    file_text("b", "{\"more\":1}\n");
    expect_same(
        "b", &text, "bytes that are not zstd follow the zstd data; everything before was read");
}

static void data_that_is_cut_off_is_read_up_to_there(void **state)
{
    (void)state;
    file_gzip("a", text.data, text.size);
    file_cut("a", 4);
    expect_same("a", &text, "the gzip data is cut off; everything before was read");
    file_cut("a", 50000);
    expect_front("a", &text, text.size / 2, "the gzip data is cut off");
    file_zstd("b", text.data, text.size);
    file_cut("b", 4);
    expect_same("b", &text, "the zstd data is cut off; everything before was read");
    file_cut("b", 50000);
    expect_front("b", &text, text.size / 2, "the zstd data is cut off");
}

static void a_signature_alone_is_cut_off_data(void **state)
{
    struct buffer nothing = BUFFER_INIT;
    (void)state;
    file_text("a", "\x1f\x8b");
    expect_front("a", &nothing, 0, "the gzip data is cut off");
    file_text("b", "\x28\xb5\x2f\xfd");
    expect_front("b", &nothing, 0, "the zstd data is cut off");
}

static void put_byte(const char *path, long from_end, char byte)
{
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, -from_end, SEEK_END), 0);
    assert_int_equal(fputc(byte, file), (unsigned char)byte);
    fclose(file);
}

static void damaged_data_is_read_up_to_the_damage(void **state)
{
    (void)state;
    file_gzip("a", text.data, text.size);
    put_byte("a", 8, '\x55');
    put_byte("a", 7, '\xaa');
    expect_same(
        "a", &text, "the gzip data is damaged (incorrect data check); everything before was read");
    file_zstd("b", text.data, text.size);
    put_byte("b", 1, '\x55');
    put_byte("b", 2, '\xaa');
    expect_same("b", &text,
        "the zstd data is damaged (Restored data doesn't match checksum); everything before was "
        "read");
}

static void a_format_that_is_not_read_is_named_with_its_program(void **state)
{
    struct buffer nothing = BUFFER_INIT;
    (void)state;
    file_text("a", "\xfd"
                   "7zXZ");
    expect_same(
        "a", &nothing, "is packed with xz, expected plain, gzip or zstd; unpack it first: xz -dc");
}

static void short_files_are_plain(void **state)
{
    struct buffer one = BUFFER_INIT;
    (void)state;
    for (int i = 0; i < 4; i++) {
        char path[] = {(char)('a' + i), '\0'};
        file_write(path, one.data, one.size);
        expect_same(path, &one, "");
        buffer_add_char(&one, '\x28');
    }
    buffer_release(&one);
}

#define WITH_TEXT(test) cmocka_unit_test_setup_teardown(test, enter, leave)

UNIT_MAIN(WITH_TEXT(gzip_is_unpacked), WITH_TEXT(zstd_is_unpacked),
    WITH_TEXT(the_members_of_a_gzip_file_are_one_input),
    WITH_TEXT(the_frames_of_a_zstd_file_are_one_input),
    WITH_TEXT(zeros_behind_gzip_data_are_padding),
    WITH_TEXT(other_bytes_behind_the_data_are_an_error_after_the_data),
    WITH_TEXT(data_that_is_cut_off_is_read_up_to_there),
    WITH_TEXT(a_signature_alone_is_cut_off_data), WITH_TEXT(damaged_data_is_read_up_to_the_damage),
    WITH_TEXT(a_format_that_is_not_read_is_named_with_its_program),
    WITH_TEXT(short_files_are_plain))
