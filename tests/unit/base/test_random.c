/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/compiler.h"
#include "base/random.h"

static void the_mixer_gives_the_numbers_of_its_paper(void **state)
{
    (void)state;
    static const uint64_t expected[] = {6457827717110365317u, 3203168211198807973u,
        9817491932198370423u, 4593380528125082431u, 16408922859458223821u};
    uint64_t seed = 1234567;
    for (size_t i = 0; i < ARRAY_SIZE(expected); i++)
        assert_true(random_mix(&seed) == expected[i]);
}

static void the_generator_gives_the_numbers_of_its_authors(void **state)
{
    (void)state;
    static const uint64_t expected[] = {11520, 0, 1509978240, 1215971899390074240,
        1216172134540287360, 607988272756665600, 16172922978634559625u, 8476171486693032832};
    struct random random = {{1, 2, 3, 4}};
    for (size_t i = 0; i < ARRAY_SIZE(expected); i++)
        assert_true(random_next(&random) == expected[i]);
}

static void the_same_seed_gives_the_same_order(void **state)
{
    (void)state;
    size_t one[10], two[10], other[10], differ = 0;
    for (size_t i = 0; i < 10; i++)
        one[i] = two[i] = other[i] = i;
    struct random random = random_from(7);
    random_shuffle(&random, one, 10);
    random = random_from(7);
    random_shuffle(&random, two, 10);
    random = random_from(8);
    random_shuffle(&random, other, 10);
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(one[i], two[i]);
        differ += one[i] != other[i];
    }
    assert_true(differ > 0);
}

static void every_order_of_three_is_about_equally_likely(void **state)
{
    (void)state;
    enum { ROUNDS = 60000 };
    unsigned counts[27] = {0}, seen = 0;
    struct random random = random_from(1);
    for (int i = 0; i < ROUNDS; i++) {
        size_t items[] = {0, 1, 2};
        random_shuffle(&random, items, 3);
        counts[9 * items[0] + 3 * items[1] + items[2]]++;
    }
    for (size_t i = 0; i < 27; i++) {
        seen += counts[i] > 0;
        assert_true(counts[i] == 0 || (counts[i] > 9600 && counts[i] < 10400));
    }
    assert_int_equal(seen, 6);
}

static void numbers_stay_below_their_limit(void **state)
{
    (void)state;
    struct random random = random_from(3);
    for (int i = 0; i < 1000; i++) {
        assert_true(random_below(&random, 7) < 7);
        assert_true(random_below(&random, ((uint64_t)1 << 63) + 1) <= (uint64_t)1 << 63);
        assert_int_equal(random_below(&random, 1), 0);
    }
}

UNIT_MAIN(cmocka_unit_test(the_mixer_gives_the_numbers_of_its_paper),
    cmocka_unit_test(the_generator_gives_the_numbers_of_its_authors),
    cmocka_unit_test(the_same_seed_gives_the_same_order),
    cmocka_unit_test(every_order_of_three_is_about_equally_likely),
    cmocka_unit_test(numbers_stay_below_their_limit))
