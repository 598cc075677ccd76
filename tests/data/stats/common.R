# SPDX-License-Identifier: GPL-2.0-or-later
# What the scripts beside this one share. Each writes its table to standard
# output: cd tests/data/stats && Rscript NAME.R > NAME.tsv

options(warn = 1)
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

# A line of a table: a key and its numbers.
put <- function(key, values) {
    text <- ifelse(is.nan(values) | is.na(values), "nan", sprintf("%.17g", values))
    cat(key, text, sep = "\t")
    cat("\n")
}
case <- function(name) cat("case\t", name, "\n", sep = "")

# Pairs of samples of every kind that a report may hold.
two_sides <- function() {
    set.seed(1947)
    list(
        "one and one" = list(1, 2),
        "one and many" = list(3, c(1, 4, 2, 9, 7)),
        "two and two" = list(c(1, 2), c(3, 4)),
        "three and four" = list(c(1.5, 2.5, 9), c(3, 4, 5, 1)),
        "all equal" = list(rep(2, 5), rep(2, 6)),
        "constant sides" = list(rep(2, 5), rep(3, 5)),
        "one constant side" = list(rep(2, 5), c(1, 2, 3, 4)),
        "normal 10" = list(rnorm(10, 100, 3), rnorm(10, 103, 3)),
        "normal 10 and 7" = list(rnorm(10, 100, 3), rnorm(7, 101, 5)),
        "far apart" = list(rnorm(12), rnorm(12) + 50),
        "few values" = list(sample(1:3, 8, TRUE), sample(1:3, 7, TRUE)),
        "few values, skewed" = list(c(1, 1, 1, 1, 1, 2), c(1, 1, 2, 2, 9)),
        "halves" = list(sample(1:6, 9, TRUE) / 2, sample(1:6, 6, TRUE) / 2),
        "pairs of equals" = list(c(1, 2, 3, 4, 5, 6), c(1, 2, 3, 4, 5, 6)),
        "offset 1e9" = list(1e9 + rnorm(15), 1e9 + 0.7 + rnorm(14)),
        "offset 1e9, small noise" = list(1e9 + rnorm(9) / 1000, 1e9 + rnorm(9) / 1000),
        "scale 1e-12" = list(rnorm(11, 5, 1) * 1e-12, rnorm(13, 6, 1) * 1e-12),
        "scale 1e12" = list(rnorm(11, 5, 1) * 1e12, rnorm(13, 6, 1) * 1e12),
        "negative and positive" = list(rnorm(16), rnorm(12, 0.5)),
        "heavy tails" = list(rcauchy(20), rcauchy(25, 1)),
        "skewed" = list(rlnorm(30), rlnorm(30, 0.3)),
        "coarse clock" = list(round(rnorm(30, 20, 2)), round(rnorm(30, 21, 2))),
        "one tie" = list(c(1:20, 7.5), c(1:14 + 0.25, 7.5)),
        "normal 50" = list(rnorm(50), rnorm(50, 0.4)),
        "coarse 50" = list(round(rnorm(50), 1), round(rnorm(50, 0.4), 1)),
        "normal 51 and 20" = list(rnorm(51), rnorm(20, 0.3)),
        "normal 120 and 90" = list(rnorm(120), rnorm(90, 0.2)),
        "coarse 200 and 150" = list(round(rnorm(200, 50, 4)), round(rnorm(150, 50.4, 4))),
        "far apart 400" = list(rnorm(400), rnorm(300) + 9),
        "few values 300" = list(sample(1:4, 300, TRUE), sample(1:5, 280, TRUE))
    )
}
