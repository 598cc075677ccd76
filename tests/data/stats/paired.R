# SPDX-License-Identifier: GPL-2.0-or-later
# Signed ranks, Walsh averages, the sign test.
source("common.R")

differences <- function() {
    set.seed(1945)
    list(
        "one" = 1,
        "zeros" = c(0, 0, 0),
        "all of one sign" = c(1, 2, 3, 4, 5, 6),
        "both signs" = c(1.5, -2.5, 3.25, -0.5, 4, 6.125),
        "ties" = c(1, -1, 2, 2, -3, 4, 4, 4),
        "ties and zeros" = c(0, 0, 1, -1, 2, 2, -3, 4, 0),
        "12 normal" = rnorm(12, 0.4),
        "12 with offset" = 1e9 + rnorm(12),
        "12 tiny" = rnorm(12, 0.4) * 1e-12,
        "17 coarse" = round(rnorm(17, 0.4), 1),
        "50 normal" = rnorm(50, 0.2),
        "50 coarse" = round(rnorm(50, 0.2), 1),
        "51 normal" = rnorm(51, 0.2),
        "300 coarse" = round(rnorm(300, 0.1), 1),
        "300 far" = rnorm(300, 9)
    )
}

# Every choice of signs for the doubled mid-ranks, by counting.
sign_ways <- function(ranks) {
    ways <- 1
    for (rank in ranks)
        ways <- c(ways, rep(0, rank)) + c(rep(0, rank), ways)
    ways
}

signed_rank <- function(d) {
    zeros <- sum(d == 0)
    d <- d[d != 0]
    n <- length(d)
    if (n == 0)
        return(c(0, 1, 1, zeros))
    ranks <- 2 * rank(abs(d))
    v <- sum(ranks[d > 0])
    if (n > 50) {
        p <- suppressWarnings(wilcox.test(d, exact = FALSE, correct = TRUE)$p.value)
    } else if (!any(duplicated(abs(d)))) {
        p <- wilcox.test(d, exact = TRUE)$p.value
    } else {
        share <- sign_ways(ranks) / 2^n
        p <- min(1, 2 * min(sum(share[0:v + 1]), sum(share[(v + 1):length(share)])))
    }
    c(v / 2, p, 2 / 2^n, zeros)
}

averages <- function(d, confidence) {
    n <- length(d)
    walsh <- outer(d, d, "+") / 2
    walsh <- sort(walsh[upper.tri(walsh, diag = TRUE)])
    tail <- (1 - confidence) / 2
    total <- n * (n + 1) / 2
    if (n <= 50) {
        c <- qsignrank(tail, n)
        if (c > 0)
            return(c(walsh[c], walsh[total + 1 - c], 1 - 2 * psignrank(c - 1, n)))
    } else {
        sd <- sqrt(n * (n + 1) * (2 * n + 1) / 24)
        c <- floor(total / 2 + 0.5 - qnorm(tail, lower.tail = FALSE) * sd)
        return(c(walsh[c], walsh[total + 1 - c], 1 - 2 * pnorm((c - 0.5 - total / 2) / sd)))
    }
    c(NaN, NaN, NaN)
}

for (name in names(differences())) {
    d <- differences()[[name]]
    case(name)
    put("d", d)
    put("signed_rank", signed_rank(d))
    walsh <- outer(d, d, "+") / 2
    put("shift", median(walsh[upper.tri(walsh, diag = TRUE)]))
    put("shift_90", averages(d, 0.90))
    put("shift_95", averages(d, 0.95))
    up <- sum(d > 0)
    down <- sum(d < 0)
    put("sign", c(up, down, if (up + down) binom.test(up, up + down)$p.value else 1,
        if (up + down) min(1, 2 / 2^(up + down)) else 1))
}
