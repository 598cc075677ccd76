/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json.h"
#include "json/scan.h"

#include <stdlib.h>

/*
 * Every way to look at a block must give the same nodes from the same bytes, or
 * the same words and place. The texts are random pieces, so that each kind of
 * token meets each place in a block, and each end of a text.
 */
static uint64_t random_state = 20251122;

static unsigned below(unsigned range)
{
    random_state = random_state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (unsigned)((random_state >> 33) % range);
}

static void add_string(struct buffer *out)
{
    static const char *const pieces[] = {"\\n", "\\u00e4", "\\ud83d\\ude00", "\xc3\xa4",
        "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\\\\", "\\\"", "/", "\x7f"};
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz 0123456789,:[]{}";
    buffer_add_char(out, '"');
    for (unsigned length = below(below(4) ? 20 : 100); length > 0; length--) {
        if (below(30) == 0)
            buffer_add_text(out, pieces[below(ARRAY_SIZE(pieces))]);
        else
            buffer_add_char(out, letters[below(sizeof letters - 1)]);
    }
    buffer_add_char(out, '"');
}

static void add_digits(struct buffer *out, unsigned count)
{
    buffer_add_char(out, (char)('1' + below(9)));
    for (; count > 0; count--)
        buffer_add_char(out, (char)('0' + below(10)));
}

static void add_number(struct buffer *out)
{
    if (below(4) == 0)
        buffer_add_char(out, '-');
    if (below(5) == 0)
        buffer_add_char(out, '0');
    else
        add_digits(out, below(below(10) ? 8 : 45));
    if (below(2)) {
        buffer_add_char(out, '.');
        add_digits(out, below(below(10) ? 17 : 45));
    }
    if (below(8) == 0)
        buffer_add_format(out, "%c%s%u", below(2) ? 'e' : 'E', below(2) ? "-" : "", below(40));
}

static void add_blanks(struct buffer *out)
{
    static const char *const blanks[] = {"", "", "", " ", "  ", "\n", "\t", "\r\n    "};
    buffer_add_text(out, blanks[below(ARRAY_SIZE(blanks))]);
}

static void add_value(struct buffer *out, unsigned depth);

static void add_container(struct buffer *out, unsigned depth, bool object)
{
    buffer_add_char(out, object ? '{' : '[');
    add_blanks(out);
    for (unsigned count = below(6), i = 0; i < count; i++) {
        if (i > 0)
            buffer_add_char(out, ',');
        add_blanks(out);
        if (object) {
            add_string(out);
            add_blanks(out);
            buffer_add_char(out, ':');
            add_blanks(out);
        }
        add_value(out, depth + 1);
        add_blanks(out);
    }
    buffer_add_char(out, object ? '}' : ']');
}

static void add_value(struct buffer *out, unsigned depth)
{
    static const char *const literals[] = {"true", "false", "null"};
    switch (below(depth < 6 ? 6 : 4)) {
    case 0: add_string(out); break;
    case 1:
    case 2: add_number(out); break;
    case 3: buffer_add_text(out, literals[below(3)]); break;
    case 4: add_container(out, depth, false); break;
    default: add_container(out, depth, true); break;
    }
}

static void assert_same(const struct json_document *a, const struct error *a_error,
    const struct json_document *b, const struct error *b_error, const char *path, struct slice text)
{
    bool same = a->count == b->count && a_error->code == b_error->code &&
                a_error->line == b_error->line && a_error->column == b_error->column &&
                strcmp(a_error->text, b_error->text) == 0 &&
                strcmp(a_error->pointer, b_error->pointer) == 0 &&
                (a->count == 0 || memcmp(a->nodes, b->nodes, a->count * sizeof *a->nodes) == 0);
    if (!same)
        fail_msg("%s: %s, portable: %s, for %.*s", path, a_error->text, b_error->text,
            (int)text.size, text.data);
}

/* The text behind every byte that a block may begin at, and cut off anywhere. */
static void check_paths(struct json_document documents[2], struct slice text)
{
    /* Bytes of its own for each text, so that a sanitizer sees a step too far. */
    char *bytes = malloc(text.size + JSON_PADDING);
    assert_non_null(bytes);
    memset(bytes, 0, text.size + JSON_PADDING);
    memcpy(bytes, text.data, text.size);
    struct json_options options = {.keys = JSON_KEYS_LAST};
    struct error expected = ERROR_INIT;
    (void)!json_parse_by(&documents[0], bytes, text.size, &options, json_scan_portable, &expected);
    for (const struct scan_path *path = json_scan_paths(); path->name; path++) {
        struct error error = ERROR_INIT;
        (void)!json_parse_by(&documents[1], bytes, text.size, &options, path->run, &error);
        assert_same(&documents[1], &error, &documents[0], &expected, path->name, text);
    }
    free(bytes);
}

static void every_path_gives_the_same_document(void **state)
{
    (void)state;
    struct json_document documents[2] = {JSON_DOCUMENT_INIT, JSON_DOCUMENT_INIT};
    struct buffer text = BUFFER_INIT;
    for (int round = 0; round < 3000; round++) {
        struct error error = ERROR_INIT;
        struct json_options options = {.keys = JSON_KEYS_LAST};
        buffer_reset(&text);
        add_blanks(&text);
        add_value(&text, 0);
        if (json_parse_copy(&documents[0], buffer_slice(&text), &options, &error) != 0)
            fail_msg("%s: %s", buffer_text(&text), error.text);
        check_paths(documents, buffer_slice(&text));
    }
    buffer_release(&text);
    json_release(&documents[0]);
    json_release(&documents[1]);
}

static void every_path_refuses_a_damaged_text_in_the_same_words(void **state)
{
    (void)state;
    static const char damage[] = "\"\\\x01\x1f\x20\x7f\x80\xbf\xc3\xe2\xff{}[]:,0-.eE+tn\n";
    struct json_document documents[2] = {JSON_DOCUMENT_INIT, JSON_DOCUMENT_INIT};
    struct buffer text = BUFFER_INIT;
    for (int round = 0; round < 20000; round++) {
        buffer_reset(&text);
        add_value(&text, 0);
        unsigned at = below((unsigned)text.size);
        if (below(3) == 0)
            text.size = at;
        else
            text.data[at] = damage[below(sizeof damage)];
        check_paths(documents, buffer_slice(&text));
    }
    buffer_release(&text);
    json_release(&documents[0]);
    json_release(&documents[1]);
}

/* What a document learned of one text may not show in the next, which is almost the same. */
static void a_text_is_read_the_same_after_one_that_is_like_it(void **state)
{
    (void)state;
    static const char others[] = "ab\"\\\xc3 :,0";
    struct json_document warm = JSON_DOCUMENT_INIT;
    struct buffer text = BUFFER_INIT;
    for (int round = 0; round < 5000; round++) {
        buffer_reset(&text);
        add_container(&text, 0, true);
        unsigned at = below((unsigned)text.size);
        for (const struct scan_path *path = json_scan_paths(); path->name; path++) {
            struct json_options options = {.keys = JSON_KEYS_LAST};
            struct json_document fresh = JSON_DOCUMENT_INIT;
            struct error error = ERROR_INIT, expected = ERROR_INIT;
            for (int i = 0; i < 2; i++)
                assert_int_equal(json_parse_copy(&warm, buffer_slice(&text), &options, &error), 0);
            char before = text.data[at];
            text.data[at] = others[below(sizeof others - 1)];
            struct slice changed = buffer_slice(&text);
            buffer_add(&text, (char[JSON_PADDING]){0}, JSON_PADDING);
            text.size = changed.size;
            changed.data = text.data;
            (void)!json_parse_by(
                &fresh, changed.data, changed.size, &options, json_scan_portable, &expected);
            (void)!json_parse_by(&warm, changed.data, changed.size, &options, path->run, &error);
            assert_same(&warm, &error, &fresh, &expected, path->name, changed);
            text.data[at] = before;
            json_release(&fresh);
        }
    }
    buffer_release(&text);
    json_release(&warm);
}

static void the_portable_path_is_always_there(void **state)
{
    (void)state;
    const struct scan_path *path = json_scan_paths();
    while (path[1].name)
        path++;
    assert_string_equal(path->name, "portable");
#if defined(__x86_64__)
    assert_string_equal(path[-1].name, "sse2");
#elif defined(SCAN_HAS_NEON)
    assert_string_equal(path[-1].name, "neon");
#endif
}

UNIT_MAIN(cmocka_unit_test(every_path_gives_the_same_document),
    cmocka_unit_test(every_path_refuses_a_damaged_text_in_the_same_words),
    cmocka_unit_test(a_text_is_read_the_same_after_one_that_is_like_it),
    cmocka_unit_test(the_portable_path_is_always_there))
