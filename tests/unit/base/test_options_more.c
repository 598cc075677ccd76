/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/options.h"

static struct option_list list;
static bool flag;

static int parse(int argc, char **argv, struct operands *operands, struct error *error)
{
    const struct option options[] = {
        {.kind = OPTION_KIND_LIST,
            .letter = 'P',
            .more = 2,
            .name = "scan",
            .argument = "VAR MIN MAX",
            .value = &list,
            .help = "scan"},
        OPTION_FLAG('x', "flag", &flag, "flag"),
        OPTION_END,
    };
    option_list_release(&list);
    return options_parse(options, argc, argv, operands, error);
}

static void an_option_may_take_several_words(void **state)
{
    (void)state;
    static const char *const forms[][6] = {
        {"t", "-P", "a", "-1", "2", "rest"},
        {"t", "--scan", "a", "-1", "2", "rest"},
    };
    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        struct operands operands;
        struct error error = ERROR_INIT;
        char *argv[6];
        for (size_t j = 0; j < 6; j++)
            argv[j] = (char *)forms[i][j];
        assert_int_equal(parse(6, argv, &operands, &error), 0);
        assert_int_equal(list.count, 3);
        assert_string_equal(list.items[0], "a");
        assert_string_equal(list.items[1], "-1");
        assert_string_equal(list.items[2], "2");
        assert_int_equal(operands.count, 1);
        assert_string_equal(operands.items[0], "rest");
    }
}

static void releasing_the_options_empties_their_lists(void **state)
{
    (void)state;
    struct option_list others = {NULL, 0, 0};
    const struct option options[] = {OPTION_FLAG('x', "flag", &flag, "flag"),
        OPTION_LIST('n', "name", "NAME", &others, "a name"), OPTION_END};
    option_list_add(&others, "a");
    options_release(options);
    assert_int_equal(others.count, 0);
    assert_null(others.items);
}

static void the_first_word_may_be_joined_to_it(void **state)
{
    (void)state;
    static const char *const words[] = {"t", "--scan=a", "1", "2", "-x"};
    struct operands operands;
    struct error error = ERROR_INIT;
    char *argv[5];
    for (size_t j = 0; j < 5; j++)
        argv[j] = (char *)words[j];
    assert_int_equal(parse(5, argv, &operands, &error), 0);
    assert_int_equal(list.count, 3);
    assert_true(flag);
}

static void too_few_words_are_an_error(void **state)
{
    (void)state;
    static const char *const words[] = {"t", "-P", "a", "1"};
    struct operands operands;
    struct error error = ERROR_INIT;
    char *argv[4];
    for (size_t j = 0; j < 4; j++)
        argv[j] = (char *)words[j];
    assert_int_equal(parse(4, argv, &operands, &error), -1);
    assert_string_equal(error.text, "--scan needs 3 values; expected --scan VAR MIN MAX");
    option_list_release(&list);
}

UNIT_MAIN(cmocka_unit_test(releasing_the_options_empties_their_lists),
    cmocka_unit_test(an_option_may_take_several_words),
    cmocka_unit_test(the_first_word_may_be_joined_to_it),
    cmocka_unit_test(too_few_words_are_an_error))
