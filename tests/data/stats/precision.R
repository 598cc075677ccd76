# SPDX-License-Identifier: GPL-2.0-or-later
# Intervals of the figures that targets are set for.
source("common.R")

sides <- two_sides()
samples <- list()
for (name in names(sides)) {
    samples[[paste(name, "base")]] <- sides[[name]][[1]]
    samples[[paste(name, "head")]] <- sides[[name]][[2]]
}
set.seed(1996)
samples[["100"]] <- rlnorm(100, 0, 0.2)
samples[["2000"]] <- rnorm(2000, 10, 0.4)

# The l-th and the u-th sample by their definition, not by quantiles.
quantile_interval <- function(x, p, confidence) {
    n <- length(x)
    tail <- (1 - confidence) / 2
    low <- sum(pbinom(0:n, n, p) < tail)
    high <- min(which(pbinom(0:n, n, p) >= 1 - tail))
    x <- sort(x)
    c(if (low > 0) x[low] else -Inf, if (high <= n) x[high] else Inf,
        (if (high <= n) pbinom(high - 1, n, p) else 1) - (if (low > 0) pbinom(low - 1, n, p) else 0))
}

# Bonett 2006: the factors of the sd; values far from 0 are centred first.
bonett <- function(x, confidence) {
    n <- length(x)
    x <- x - median(x)
    z <- qnorm((1 + confidence) / 2)
    if (n < 5 || var(x) == 0)
        return(c(1, 1))
    m <- mean(x, trim = 1 / (2 * sqrt(n - 4)))
    k <- n * sum((x - m)^4) / sum((x - mean(x))^2)^2
    c <- n / (n - z)
    e <- c * sqrt((k - (n - 3) / n) / (n - 1))
    sqrt(c * exp(c(-1, 1) * z * e))
}
widen <- function(ends, x, figure) {
    factors <- bonett(x, 0.95)
    c(min(ends[1], factors[1] * figure), max(ends[2], factors[2] * figure))
}

# Vangel 1996.
cv_interval <- function(x, confidence) {
    n <- length(x)
    m <- mean(x)
    if (n < 2 || m == 0)
        return(c(NaN, NaN))
    k <- sd(x - median(x)) / abs(m)
    if (k == 0)
        return(c(0, 0))
    end <- function(u) {
        root <- ((u + 2) / n - 1) * k^2 + u / (n - 1)
        if (root > 0) k / sqrt(root) else Inf
    }
    widen(c(end(qchisq((1 + confidence) / 2, n - 1)), end(qchisq((1 - confidence) / 2, n - 1))), x, k)
}

for (name in names(samples)) {
    x <- samples[[name]]
    n <- length(x)
    centred <- x - median(x)
    case(name)
    put("x", x)
    put("mean", if (n < 2) c(NaN, NaN) else if (sd(x) == 0) c(mean(x), mean(x)) else
        as.vector(t.test(centred)$conf.int) + median(x))
    put("sd", if (n < 2) c(NaN, NaN) else
        widen(sd(centred) * sqrt((n - 1) / qchisq(c(0.975, 0.025), n - 1)), x, sd(centred)))
    put("cv", cv_interval(x, 0.95))
    put("p50", quantile_interval(x, 0.5, 0.95))
    put("p90", quantile_interval(x, 0.9, 0.95))
    put("p95", quantile_interval(x, 0.95, 0.9))
    put("p99", quantile_interval(x, 0.99, 0.95))
}
for (share in list(c(0, 1), c(1, 1), c(0, 10), c(10, 10), c(9, 10), c(299, 299), c(2970, 3000))) {
    case(paste(share, collapse = " of "))
    put("trials", share)
    put("share_95", as.vector(binom.test(share[1], share[2])$conf.int))
    put("share_90", as.vector(binom.test(share[1], share[2], conf.level = 0.9)$conf.int))
}
pairs <- list(c(118.2, 117, 120, 124.5, 124, 125.5), c(2, 1, 3, 4, 3.5, 4.25), c(1, 1, 1, 3, 3, 3),
    c(1e-12, 0.9e-12, 1.2e-12, 1e12, 0.5e12, 2e12), c(5, 4, Inf, 2, 1, 3), c(5, 4, 6, 2, 0, 3),
    c(5, -1, 6, 2, 1, Inf))
for (pair in pairs) {
    case(paste(pair, collapse = " "))
    put("parts", pair)
    part <- suppressWarnings(log(pmax(pair, 0)))
    put("ratio", exp(part[1] - part[4] + c(-sqrt((part[1] - part[2])^2 + (part[6] - part[4])^2),
        sqrt((part[3] - part[1])^2 + (part[4] - part[5])^2))))
}
