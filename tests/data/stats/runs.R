# SPDX-License-Identifier: GPL-2.0-or-later
# Random effects of runs, moderated variances (Smyth 2004), Welch on both.
source("common.R")
set.seed(2004)

effects <- function(runs) {
    means <- sapply(runs, mean)
    n <- sapply(runs, length)
    within <- sum(sapply(runs, function(r) sum((r - mean(r))^2))) / sum(n - 1)
    between <- if (length(runs) > 1) var(means) - within * mean(1 / n) else NaN
    if (length(runs) > 1 && length(unique(n)) == 1 && n[1] > 1) {
        # The textbook's table for balanced runs says the same.
        fit <- suppressWarnings(anova(lm(unlist(runs) - round(means[1]) ~ factor(rep(seq_along(runs), n)))))
        stopifnot(all.equal((fit[1, 3] - fit[2, 3]) / n[1], between, tolerance = 1e-7))
    }
    c(mean(means), if (length(runs) > 1) var(means) else NaN,
        if (sum(n - 1) > 0) sqrt(within) else NaN,
        if (sum(n - 1) > 0) sqrt(max(0, between)) else NaN)
}
sides <- list(
    "one run" = list(rnorm(5)),
    "two runs" = list(rnorm(5), rnorm(5, 1)),
    "three runs" = list(rnorm(10), rnorm(10, 0.5), rnorm(10, -1)),
    "unequal runs" = list(rnorm(3), rnorm(10, 2), rnorm(6, -1), 4),
    "quiet runs" = list(1e9 + rnorm(4), 1e9 + rnorm(4)),
    "no spread inside" = list(c(1, 1), c(2, 2), c(4, 4)),
    "single samples" = list(1, 2, 4),
    "constant" = list(c(3, 3), c(3, 3, 3)),
    "tiny runs" = list(c(1, 2, 4) * 1e-12, c(2, 2, 3) * 1e-12, c(7, 5, 5) * 1e-12),
    "huge runs" = list(c(1, 2, 4) * 1e12, c(2, 2, 3) * 1e12, c(7, 5, 5) * 1e12)
)
for (name in names(sides)) {
    runs <- sides[[name]]
    case(name)
    put("sizes", sapply(runs, length))
    put("x", unlist(runs))
    put("effects", effects(runs))
}

trigamma_inverse <- function(y)
    exp(uniroot(function(l) log(trigamma(exp(l))) - log(y), c(-40, 40), tol = 1e-15)$root)

prior <- function(v, d) {
    use <- !is.nan(v) & d > 0
    v <- v[use]
    d <- d[use]
    if (length(v) < 3)
        return(c(NaN, 0, sum(d)))
    v <- pmax(v, 1e-5 * median(v))
    e <- log(v) - digamma(d / 2) + log(d / 2)
    excess <- var(e) - mean(trigamma(d / 2))
    if (excess <= 0)
        return(c(exp(mean(e)), Inf, sum(d)))
    half <- trigamma_inverse(excess)
    c(exp(mean(e) + digamma(half) - log(half)), 2 * half, sum(d))
}

moderate <- function(prior, v, d) {
    if (prior[2] == 0)
        return(c(if (d > 0) v else NaN, d))
    shared <- if (is.infinite(prior[2]) || d == 0) prior[1] else
        (prior[2] * prior[1] + d * v) / (prior[2] + d)
    c(shared, min(prior[2] + d, prior[3]))
}

families <- list(
    "two variances" = list(c(1, 2), c(3, 3)),
    "alike" = list(c(1, 1.1, 0.9, 1.05), c(4, 4, 4, 4)),
    "spread" = list(rchisq(40, 1) * rlnorm(40, 0, 1.5), rep(1, 40)),
    "mixed degrees" = list(rchisq(30, 3) * rlnorm(30), rep(c(1, 2, 4), 10)),
    "with a zero and a gap" = list(c(0, 1, 40, NaN, 0.03, 2, 7), c(2, 2, 2, 0, 2, 3, 1)),
    "tiny" = list(rchisq(20, 2) * rlnorm(20, 0, 2) * 1e-12, rep(2, 20))
)
for (name in names(families)) {
    v <- families[[name]][[1]]
    d <- families[[name]][[2]]
    case(name)
    put("variances", v)
    put("degrees", d)
    p <- prior(v, d)
    put("prior", p)
    put("moderated", unlist(lapply(seq_along(v), function(i) moderate(p, v[i], d[i]))))
}

# Whether runs agree on the difference of two sides: of pairs by the one-way table,
# of sides by what their interaction with the runs adds to it.
agreement_of_pairs <- function(d) {
    run <- factor(rep(seq_along(d), sapply(d, length)))
    fit <- anova(lm(unlist(d) ~ run))
    c(fit[1, 4] * (fit[2, 1] - 2) / fit[2, 1], fit[1, 5])
}
agreement_of_sides <- function(x, y) {
    value <- c(unlist(x), unlist(y))
    run <- factor(c(rep(seq_along(x), sapply(x, length)), rep(seq_along(y), sapply(y, length))))
    side <- factor(rep(1:2, c(length(unlist(x)), length(unlist(y)))))
    fit <- anova(lm(value ~ run * side))
    c(fit[3, 4] * (fit[4, 1] - 2) / fit[4, 1], fit[3, 5])
}
draw <- function(n, apart) lapply(n, function(k) rnorm(k, rnorm(1, 0, apart), 1))
for (apart in c(0, 1)) {
    d <- draw(c(5, 9, 7, 3), apart)
    case(paste("runs of pairs,", apart, "apart"))
    put("pair_sizes", sapply(d, length))
    put("x", unlist(d))
    put("agreement", agreement_of_pairs(d))
    x <- draw(c(4, 6, 6), 2)
    y <- draw(c(5, 6, 3), apart)
    case(paste("runs of sides,", apart, "apart"))
    put("side_sizes", c(sapply(x, length), sapply(y, length)))
    put("x", c(unlist(x), unlist(y)))
    put("agreement", agreement_of_sides(x, y))
}
