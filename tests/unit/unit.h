/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_H
#define UNIT_H

/* cmocka wants these before itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/*
 * A test's name is the sentence it checks:
 *     static void a_reset_arena_hands_the_same_memory_out_again(void **state)
 * and its main is UNIT_MAIN(cmocka_unit_test(a_reset_…), …).
 * CMOCKA_MESSAGE_OUTPUT=TAP (set by tests/run) makes it speak TAP.
 */
#define UNIT_MAIN(...)                                                                             \
    int main(void)                                                                                 \
    {                                                                                              \
        const struct CMUnitTest tests[] = {__VA_ARGS__};                                           \
        return cmocka_run_group_tests(tests, NULL, NULL);                                          \
    }

#endif
