# SPDX-License-Identifier: GPL-2.0-or-later
# Mann-Whitney, Hodges-Lehmann, Cliff, Brown-Forsythe, Kolmogorov-Smirnov, Welch.
source("common.R")

# Base R has no exact Mann-Whitney with ties: the distribution of the sum of m of
# the doubled mid-ranks, by all subsets where they are few, else by counting them.
rank_sum_ways <- function(ranks, m) {
    if (choose(length(ranks), m) < 50000)
        return(table(combn(length(ranks), m, function(i) sum(ranks[i]))))
    most <- sum(ranks)
    ways <- matrix(0, m + 1, most + 1)
    ways[1, 1] <- 1
    for (rank in ranks)
        for (k in min(m, length(ranks)):1)
            ways[k + 1, (rank + 1):(most + 1)] <-
                ways[k + 1, (rank + 1):(most + 1)] + ways[k, 1:(most + 1 - rank)]
    found <- which(ways[m + 1, ] > 0)
    structure(ways[m + 1, found], names = found - 1)
}

mann_whitney <- function(x, y) {
    n <- length(x)
    m <- length(y)
    ranks <- 2 * rank(c(x, y))
    w <- sum(ranks[n + 1:m])
    u <- w / 2 - m * (m + 1) / 2
    if (n <= 50 && m <= 50) {
        ways <- rank_sum_ways(ranks, m)
        sums <- as.numeric(names(ways))
        share <- as.numeric(ways) / sum(as.numeric(ways))
        smallest <- min(1, 2 * min(share[1], share[length(share)]))
        if (!any(duplicated(c(x, y)))) {
            p <- wilcox.test(y, x, exact = TRUE)$p.value
            stopifnot(wilcox.test(y, x, exact = TRUE)$statistic == u)
        } else {
            p <- min(1, 2 * min(sum(share[sums <= w]), sum(share[sums >= w])))
        }
    } else {
        p <- suppressWarnings(wilcox.test(y, x, exact = FALSE, correct = TRUE)$p.value)
        # The m lowest of all, or the m highest: how often with these ties?
        extreme <- function(r) lchoose(sum(r == sort(r)[m]), m - sum(r < sort(r)[m]))
        smallest <- min(1, 2 * exp(min(extreme(ranks), extreme(-ranks)) - lchoose(n + m, m)))
    }
    list(u = u, p = p, smallest = smallest)
}

hodges_lehmann <- function(x, y, confidence) {
    d <- sort(outer(y, x, "-"))
    n <- length(x)
    m <- length(y)
    tail <- (1 - confidence) / 2
    if (n <= 50 && m <= 50) {
        c <- qwilcox(tail, n, m)
        if (c > 0)
            return(c(d[c], d[n * m + 1 - c], 1 - 2 * pwilcox(c - 1, n, m)))
    } else {
        sd <- sqrt(n * m * (n + m + 1) / 12)
        c <- floor(n * m / 2 + 0.5 - qnorm(tail, lower.tail = FALSE) * sd)
        if (c > 0)
            return(c(d[c], d[n * m + 1 - c], 1 - 2 * pnorm((c - 0.5 - n * m / 2) / sd)))
    }
    c(NaN, NaN, NaN)
}

brown_forsythe <- function(x, y) {
    if (min(length(x), length(y)) < 3)
        return(c(NaN, NaN))
    z <- c(abs(x - median(x)), abs(y - median(y)))
    side <- factor(rep(1:2, c(length(x), length(y))))
    if (sum((z - ave(z, side))^2) == 0)
        return(c(NaN, NaN))
    test <- oneway.test(z ~ side, var.equal = TRUE)
    c(test$statistic, test$p.value)
}

# ks.test's limit stops at a precision of 1e-6: the series in full.
kolmogorov_limit <- function(z) {
    k <- 1:100
    if (z < 1)
        1 - sqrt(2 * pi) / z * sum(exp(-(2 * k - 1)^2 * pi^2 / (8 * z^2)))
    else
        2 * sum((-1)^(k - 1) * exp(-2 * k^2 * z^2))
}

# Of all paths from (0, 0) to (n, m), the share that comes to the distance where
# it can be seen. R has 1 - the share that does not, which loses the digits of a
# small p.
smirnov <- function(x, y, d) {
    n <- length(x)
    m <- length(y)
    z <- sort(c(x, y))
    seen <- c(FALSE, z[-1] != z[-(n + m)], TRUE)
    inside <- outside <- matrix(0, n + 1, m + 1)
    inside[1, 1] <- 1
    for (i in 0:n) for (j in 0:m) {
        if (i + j == 0)
            next
        a <- b <- 0
        if (i > 0) {
            a <- a + inside[i, j + 1]
            b <- b + outside[i, j + 1]
        }
        if (j > 0) {
            a <- a + inside[i + 1, j]
            b <- b + outside[i + 1, j]
        }
        if (seen[i + j + 1] && abs(i * m - j * n) > d * n * m - 1e-6) {
            b <- a + b
            a <- 0
        }
        inside[i + 1, j + 1] <- a
        outside[i + 1, j + 1] <- b
    }
    p <- outside[n + 1, m + 1] / choose(n + m, n)
    stopifnot(abs(p - suppressWarnings(ks.test(x, y, exact = TRUE)$p.value)) < 1e-7)
    p
}

kolmogorov_smirnov <- function(x, y) {
    n <- length(x)
    m <- length(y)
    d <- unname(suppressWarnings(ks.test(x, y, exact = FALSE)$statistic))
    if (d < 1e-12)
        return(c(0, 1))
    if (n * m <= 10000)
        c(d, smirnov(x, y, d))
    else
        c(d, kolmogorov_limit(d * sqrt(n * m / (n + m))))
}

welch <- function(x, y) {
    if (min(length(x), length(y)) < 2 || var(x) + var(y) == 0)
        return(rep(NaN, 5))
    offset <- median(x) # R rounds the means before it subtracts
    test <- t.test(y - offset, x - offset)
    c(test$statistic, test$parameter, max(test$p.value, .Machine$double.xmin), test$conf.int)
}

sides <- two_sides()
for (name in names(sides)) {
    x <- sides[[name]][[1]]
    y <- sides[[name]][[2]]
    case(name)
    put("x", x)
    put("y", y)
    test <- mann_whitney(x, y)
    put("u", test$u)
    put("p", max(test$p, .Machine$double.xmin))
    put("smallest_p", max(test$smallest, .Machine$double.xmin))
    put("delta", mean(sign(outer(y, x, "-"))))
    put("shift", median(outer(y, x, "-")))
    put("shift_90", hodges_lehmann(x, y, 0.90))
    put("shift_95", hodges_lehmann(x, y, 0.95))
    put("shift_999", hodges_lehmann(x, y, 0.999))
    put("brown_forsythe", brown_forsythe(x, y))
    put("kolmogorov_smirnov", kolmogorov_smirnov(x, y))
    put("welch", welch(x, y))
}
