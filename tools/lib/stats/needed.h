/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_NEEDED_H
#define STATS_NEEDED_H

/*
 * How many samples (or runs) a side would settle a comparison? All lengths are on
 * one scale, logarithms as a rule.
 *
 * With so many taken anew the interval would lie wholly above or below the band
 * (at alpha), or wholly inside it (two one-sided tests at `equivalence`: Schuirmann
 * 1987). The number is the least for which one of these has the chance
 * NEEDED_POWER. What is known of the true shift is a mixture of two (Efron 2008):
 * with the chance `unchanged` it is 0, else it is known as well as it was measured,
 * normal about the estimate with its error (the assurance of O'Hagan, Stevens &
 * Campbell 2005). Taking the estimate for the truth would promise too much: near an
 * edge of the band, and for the largest of many estimates.
 */
struct needed_question {
    double estimate;    /* the shift */
    double error;       /* its standard error at `count` a side, above 0 */
    double count;       /* samples or runs a side; n and m unequal: 2nm / (n + m) */
    double low, high;   /* the band */
    double alpha;       /* two-sided level of the interval that has to clear the band */
    double equivalence; /* one-sided level of the interval that has to lie inside, .05 */
    double unchanged;   /* the chance that the true shift is 0 */
};

#define NEEDED_POWER 0.8

/* The chance that `count` samples a side settle it. */
double needed_chance(const struct needed_question *question, double count);

/*
 * NaN at the edge of the band, which means where more than `most` would be asked
 * for, and where the question holds a NaN or the band is empty.
 */
double needed_count(const struct needed_question *question, double most);

#endif
