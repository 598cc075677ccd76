/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/options.h"

#include <stdio.h>
#include <string.h>

/* A table with an option of every kind, and what a command line made of it. */
static struct {
    bool check, quiet, out_given, colour_given;
    const char *out, *colour;
    struct option_list names;
    int64_t runs;
    uint64_t size;
    double alpha, wait;
    int order;
    char taken[100];
} set;

static int take(void *context, const char *value, struct error *error)
{
    (void)context;
    if (value && strcmp(value, "bad") == 0)
        return error_set(error, ERROR_USAGE, "\"bad\" is not good");
    snprintf(set.taken, sizeof set.taken, "%s", value ? value : "(left out)");
    return 0;
}

static const char *const orders[] = {"interleaved", "blocked", "random", NULL};

static const struct option options[] = {
    OPTION_GROUP("Measuring"),
    OPTION_COUNT('r', "runs", "N", &set.runs, 1, 1000, "take N samples of each command"),
    OPTION_LIST('n', "name", "NAME", &set.names, "call a command NAME; may stand several times"),
    OPTION_CHOICE(0, "order", "ORDER", &set.order, orders, "the order of the rounds"),
    OPTION_SECONDS('w', "wait", "TIME", &set.wait, "wait TIME between two runs"),
    OPTION_NUMBER(0, "alpha", "P", &set.alpha, 0, 1, "the error that is accepted"),
    OPTION_GROUP("Output"),
    {.kind = OPTION_KIND_TEXT,
        .letter = 'o',
        .name = "output",
        .argument = "FILE",
        .value = &set.out,
        .given = &set.out_given,
        .help = "write to FILE"},
    OPTION_SIZE(0, "max-line", "SIZE", &set.size, 1024, 1e12, "the longest line"),
    OPTION_FLAG('c', "check", &set.check, "only check"),
    OPTION_FLAG('q', "quiet", &set.quiet,
        "say nothing, not even what a sentence of more than one line of help would have to say"),
    {.kind = OPTION_KIND_TEXT,
        .name = "colour",
        .argument = "[WHEN]",
        .value = &set.colour,
        .given = &set.colour_given,
        .help = "colour the table"},
    OPTION_CALL('t', "take", "VALUE", NULL, take, "something of its own"),
    {.kind = OPTION_KIND_FLAG, .name = "secret", .value = &set.quiet, .help = "x", .hidden = true},
    OPTION_END,
};

enum { MOST = 20 };
static char *words[MOST];
static struct operands operands;
static struct error error;

/* Parses the words of line, which are separated by spaces ('_' is an empty word). */
static int parse(const char *line)
{
    static char copy[1000];
    int count = 0;
    option_list_release(&set.names);
    memset(&set, 0, sizeof set);
    error_clear(&error);
    snprintf(copy, sizeof copy, "tool %s", line);
    for (char *word = strtok(copy, " "); word && count < MOST - 1; word = strtok(NULL, " "))
        words[count++] = strcmp(word, "_") == 0 ? (char *)"" : word;
    words[count] = NULL;
    return options_parse(options, count, words, &operands, &error);
}

static void expect_operands(size_t count, const char *joined)
{
    char all[1000] = "";
    assert_int_equal(operands.count, count);
    for (size_t i = 0; i < count; i++) {
        strcat(all, i ? " " : "");
        strcat(all, operands.items[i]);
    }
    assert_string_equal(all, joined);
}

static void expect_refusal(const char *line, const char *why)
{
    assert_int_equal(parse(line), -1);
    assert_string_equal(error.text, why);
    assert_int_equal(error_status(&error), STATUS_USAGE);
}

static void an_option_s_value_stands_beside_it_or_in_it(void **state)
{
    static const char *const lines[] = {"--runs 7 -o f", "--runs=7 --output=f", "-r 7 -of",
        "-r7 -o f", "-cr7 --output f", "-o x -r 1 -o f -r 7"};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
        assert_int_equal(parse(lines[i]), 0);
        assert_int_equal(set.runs, 7);
        assert_string_equal(set.out, "f");
        assert_true(set.out_given);
        expect_operands(0, "");
    }
}

static void each_kind_of_value_is_read(void **state)
{
    (void)state;
    assert_int_equal(
        parse("--alpha .01 -w 200ms --max-line 64K --order blocked -t x -cq -n a -nb"), 0);
    assert_true(set.alpha == 0.01);
    assert_true(set.wait == 0.2);
    assert_int_equal(set.size, 65536);
    assert_int_equal(set.order, 1);
    assert_string_equal(set.taken, "x");
    assert_true(set.check && set.quiet);
    assert_int_equal(set.names.count, 2);
    assert_string_equal(set.names.items[0], "a");
    assert_string_equal(set.names.items[1], "b");
    assert_int_equal(parse("--take="), 0);
    assert_string_equal(set.taken, "");
}

static void options_and_operands_stand_in_any_order(void **state)
{
    (void)state;
    assert_int_equal(parse("a -c b - --runs 3 c"), 0);
    expect_operands(4, "a b - c");
    assert_int_equal(operands.before_dashes, 4);
    assert_false(operands.dashes);
    assert_true(set.check);
}

static void two_dashes_end_the_options(void **state)
{
    (void)state;
    assert_int_equal(parse("-c a -- -q -- b"), 0);
    expect_operands(4, "a -q -- b");
    assert_int_equal(operands.before_dashes, 1);
    assert_true(operands.dashes);
    assert_false(set.quiet);
    assert_int_equal(parse("--"), 0);
    expect_operands(0, "");
    assert_true(operands.dashes);
}

static void a_flag_can_be_taken_back(void **state)
{
    (void)state;
    assert_int_equal(parse("--check --no-check --quiet"), 0);
    assert_false(set.check);
    assert_true(set.quiet);
    expect_refusal("--no-runs 3", "unknown option --no-runs; --help lists them");
}

static void an_argument_may_be_left_out_where_the_table_says_so(void **state)
{
    (void)state;
    assert_int_equal(parse("--colour always"), 0);
    assert_true(set.colour_given);
    assert_null(set.colour);
    expect_operands(1, "always");
    assert_int_equal(parse("--colour=always"), 0);
    assert_string_equal(set.colour, "always");
}

static void a_wrong_option_says_what_was_meant(void **state)
{
    (void)state;
    expect_refusal("--chekc", "unknown option --chekc; did you mean --check?");
    expect_refusal("--run 3", "unknown option --run; did you mean --runs?");
    expect_refusal("--nonsense=3", "unknown option --nonsense; --help lists them");
    expect_refusal("--secre", "unknown option --secre; --help lists them");
    expect_refusal("-cx", "unknown option -x; --help lists them");
    expect_refusal("--check=yes", "--check takes no value");
    expect_refusal("--runs", "--runs needs a value; expected --runs N");
    expect_refusal("-cr", "-r needs a value; expected -r N");
}

static void a_wrong_value_names_its_option(void **state)
{
    (void)state;
    expect_refusal("-r x", "--runs: \"x\" is not a whole number");
    expect_refusal("-r _", "--runs: \"\" is not a whole number");
    expect_refusal("-r 0", "--runs: 0 is out of range; expected 1 to 1000");
    expect_refusal("--alpha 2", "--alpha: 2 is out of range; expected 0 to 1");
    expect_refusal("--max-line 3", "--max-line: 3 is out of range; expected 1024 to 1000000000000");
    expect_refusal("--wait 1e10", "--wait: 10000000000 is out of range; expected 0 to 1000000000");
    expect_refusal("-o _", "--output: the value is empty; expected FILE");
    expect_refusal("--output=", "--output: the value is empty; expected FILE");
    expect_refusal("-n a -n _", "--name: the value is empty; expected NAME");
    expect_refusal("--order blokced", "--order: \"blokced\" is unknown; did you mean blocked?");
    expect_refusal(
        "--order x", "--order: \"x\" is unknown; expected one of interleaved, blocked, random");
    expect_refusal("--take bad", "--take: \"bad\" is not good");
}

static void help_comes_from_the_table(void **state)
{
    static const char *const usage[] = {"[-r N] COMMAND...", "--check FILE", NULL};
    const struct command command = {
        "bench-x", "measure something", usage, options, "See bench-x(1)."};
    struct buffer text = BUFFER_INIT;
    (void)state;
    options_help(&command, &text);
    assert_string_equal(buffer_text(&text),
        "usage: bench-x [-r N] COMMAND...\n"
        "       bench-x --check FILE\n"
        "\n"
        "measure something\n"
        "\n"
        "Measuring:\n"
        "  -r, --runs N              take N samples of each command\n"
        "  -n, --name NAME           call a command NAME; may stand several times\n"
        "      --order ORDER         the order of the rounds: interleaved, blocked,\n"
        "                            random\n"
        "  -w, --wait TIME           wait TIME between two runs\n"
        "      --alpha P             the error that is accepted\n"
        "\n"
        "Output:\n"
        "  -o, --output FILE         write to FILE\n"
        "      --max-line SIZE       the longest line\n"
        "  -c, --check               only check\n"
        "  -q, --quiet               say nothing, not even what a sentence of more than\n"
        "                            one line of help would have to say\n"
        "      --colour[=WHEN]       colour the table\n"
        "  -t, --take VALUE          something of its own\n"
        "\n"
        "Help:\n"
        "  -h, --help                print this\n"
        "      --version             print the version, and the report versions known\n"
        "\n"
        "See bench-x(1).\n");
    buffer_release(&text);
}

static void completions_get_a_line_an_option(void **state)
{
    struct buffer text = BUFFER_INIT;
    (void)state;
    options_list(options, &text);
    const char *list = buffer_text(&text);
    assert_non_null(strstr(list, "r\t"
                                 "runs\tN\t-\ttake N samples of each command\n"));
    assert_non_null(strstr(list, "\n-\torder\tORDER\tinterleaved blocked random\t"
                                 "the order of the rounds\n"));
    assert_non_null(strstr(list, "\nc\tcheck\t-\t-\tonly check\n"));
    assert_non_null(strstr(list, "\nh\thelp\t-\t-\t"));
    assert_null(strstr(list, "secret"));
    assert_null(strstr(list, "Measuring"));
    buffer_release(&text);
    option_list_release(&set.names);
}

static void an_option_may_take_all_words_up_to_the_next_one(void **state)
{
    static const struct {
        const char *const words[6];
        size_t listed, others;
    } cases[] = {{{"--in", "a", "b", "-", "--flag", "c"}, 3, 1},
        {{"x", "--in", "a", "--flag"}, 1, 1}, {{"--in=a", "b"}, 1, 1},
        {{"--in", "a", "--", "b"}, 1, 1}, {{"--in", "a", "--in", "b", "c"}, 3, 0}};
    struct option_list list = {NULL, 0, 0};
    bool flag;
    const struct option table[] = {OPTION_WORDS(0, "in", "FILE...", &list, "inputs"),
        OPTION_FLAG(0, "flag", &flag, "a flag"), OPTION_END};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        char *argv[8] = {(char *)"tool"};
        int argc = 1;
        for (; argc < 7 && cases[i].words[argc - 1]; argc++)
            argv[argc] = (char *)cases[i].words[argc - 1];
        error_clear(&error);
        assert_int_equal(options_parse(table, argc, argv, &operands, &error), 0);
        assert_int_equal(list.count, cases[i].listed);
        assert_int_equal(operands.count, cases[i].others);
        option_list_release(&list);
    }
}

UNIT_MAIN(cmocka_unit_test(an_option_may_take_all_words_up_to_the_next_one),
    cmocka_unit_test(an_option_s_value_stands_beside_it_or_in_it),
    cmocka_unit_test(each_kind_of_value_is_read),
    cmocka_unit_test(options_and_operands_stand_in_any_order),
    cmocka_unit_test(two_dashes_end_the_options), cmocka_unit_test(a_flag_can_be_taken_back),
    cmocka_unit_test(an_argument_may_be_left_out_where_the_table_says_so),
    cmocka_unit_test(a_wrong_option_says_what_was_meant),
    cmocka_unit_test(a_wrong_value_names_its_option), cmocka_unit_test(help_comes_from_the_table),
    cmocka_unit_test(completions_get_a_line_an_option))
