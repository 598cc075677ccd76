/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_GAUSSIAN_BINOMIAL_H
#define STATS_GAUSSIAN_BINOMIAL_H

#include <stddef.h>

/*
 * The distributions of U and of Kendall's inversions are products of Gaussian
 * binomials
 *     [n + t over t] = product over i = 1 … t of (1 - q^(n+i)) / (1 - q^i)
 * in which the coefficient of q^u counts the ways to reach u (MacMahon 1916).
 * This multiplies the polynomial, of which the lowest `count` coefficients are
 * given, by one factor i. A coefficient needs only those before it, and after
 * each factor the product is one of Gaussian binomials again, symmetric and
 * unimodal: up to the middle the subtraction loses nothing that matters.
 */
static inline void gaussian_binomial_step(double *ways, size_t count, size_t n, size_t i)
{
    for (size_t u = count; u-- > n + i;)
        ways[u] -= ways[u - n - i];
    for (size_t u = i; u < count; u++)
        ways[u] += ways[u - i];
}

#endif
