/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/digest.h"

/* FIPS 180-4's own examples. */
static void the_standards_examples_come_out(void **state)
{
    (void)state;
    char text[DIGEST_TEXT];
    digest_text(slice_of("abc"), text);
    assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    digest_text(slice_of(""), text);
    assert_string_equal(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void parts_give_the_same_as_the_whole(void **state)
{
    (void)state;
    char text[DIGEST_TEXT];
    struct digest digest;
    digest_start(&digest);
    digest_add(&digest, "a", 1);
    digest_add(&digest, NULL, 0);
    digest_add(&digest, "bc", 2);
    digest_end(&digest, text);
    assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

UNIT_MAIN(cmocka_unit_test(the_standards_examples_come_out),
    cmocka_unit_test(parts_give_the_same_as_the_whole))
