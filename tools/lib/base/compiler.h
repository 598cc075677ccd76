/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_COMPILER_H
#define BASE_COMPILER_H

/* What gcc and clang can be told about a function, under one name each. */
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#define MUST_USE                 __attribute__((warn_unused_result))
#define LIKELY(condition)        __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition)      __builtin_expect(!!(condition), 0)

/* The result is the caller's, goes back through free_function and is never NULL. */
#if defined(__GNUC__) && !defined(__clang__)
#define OWNED(free_function)                                                                       \
    __attribute__((malloc, malloc(free_function, 1), returns_nonnull, warn_unused_result))
#else
#define OWNED(free_function) __attribute__((malloc, returns_nonnull, warn_unused_result))
#endif

/*
 * At the top of a file where gcc 12's analyzer takes what is stored in an array
 * of structs, or handed out by an owning function, for a leak.
 */
#if defined(__GNUC__) && !defined(__clang__)
#define ANALYZER_LOSES_OWNERS _Pragma("GCC diagnostic ignored \"-Wanalyzer-malloc-leak\"")
#else
#define ANALYZER_LOSES_OWNERS
#endif

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#endif
