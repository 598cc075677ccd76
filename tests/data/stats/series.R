# SPDX-License-Identifier: GPL-2.0-or-later
# Autocorrelation, Ljung-Box, Mann-Kendall, Theil-Sen.
source("common.R")

series <- function() {
    set.seed(1978)
    list(
        "two" = c(1, 2),
        "three down" = c(3, 2, 1),
        "constant" = rep(4, 7),
        "ties" = c(1, 2, 2, 3, 1, 2, 3, 3),
        "ties, falling" = c(3, 3, 2, 3, 2, 1, 1),
        "8 normal" = rnorm(8),
        "20 normal" = rnorm(20),
        "20 rising" = 1:20 + rnorm(20, 0, 4),
        "20 with offset" = 1e9 + rnorm(20) + 1:20 / 10,
        "20 tiny" = rnorm(20) * 1e-12,
        "50 normal" = rnorm(50),
        "50 rising" = 1:50 + rnorm(50, 0, 9),
        "51 normal" = rnorm(51),
        "autocorrelated 100" = as.numeric(arima.sim(list(ar = 0.6), 100)),
        "coarse 120" = round(rnorm(120)),
        "400 rising" = 1:400 / 400 + rnorm(400),
        "coarse 400" = round(rnorm(400, 1:400 / 400, 1)),
        "20 huge" = rnorm(20, 5) * 1e12,
        "60 tiny, with offset" = (1e6 + rnorm(60)) * 1e-12,
        "6 with one other" = c(2, 2, 2, 5, 2, 2)
    )
}

# All orders of these values.
orders <- function(x) {
    if (length(x) == 1)
        return(matrix(x))
    do.call(rbind, lapply(seq_along(x), function(i) cbind(x[i], orders(x[-i]))))
}
score <- function(x) {
    d <- sign(outer(x, x, function(a, b) b - a))
    sum(d[upper.tri(d)])
}

mann_kendall <- function(x) {
    n <- length(x)
    s <- score(x)
    tied <- table(x)
    if (length(tied) == 1) {
        p <- 1
    } else if (n > 50) {
        variance <- (n * (n - 1) * (2 * n + 5) - sum(tied * (tied - 1) * (2 * tied + 5))) / 18
        p <- min(1, 2 * pnorm(max(0, abs(s) - 1) / sqrt(variance), lower.tail = FALSE))
    } else if (length(tied) == n) {
        # Always the lower tail: R takes the upper one as a difference from 1.
        tail <- function(x) cor.test(seq_len(n), x, "less", "kendall", exact = TRUE)$p.value
        p <- min(1, 2 * tail(x), 2 * tail(-x))
    } else {
        p <- min(1, 2 * mean(apply(orders(x), 1, score) >= abs(s)))
    }
    c(s, s / (n * (n - 1) / 2), p)
}

theil_sen <- function(x) {
    i <- combn(length(x), 2)
    median((x[i[2, ]] - x[i[1, ]]) / (i[2, ] - i[1, ]))
}

for (name in names(series())) {
    x <- series()[[name]]
    case(name)
    put("x", x)
    constant <- length(unique(x)) == 1
    r <- if (constant) NaN else acf(x - mean(x), plot = FALSE, lag.max = 1)$acf[2]
    put("lag1", r)
    lags <- min(5, length(x) - 1)
    box <- if (constant) list(statistic = NaN, p.value = NaN) else
        Box.test(x - mean(x), lags, "Ljung-Box")
    tail <- pchisq(box$statistic, lags, lower.tail = FALSE) # R has 1 - pchisq
    put("ljung_box", c(lags, box$statistic, tail))
    put("mann_kendall", mann_kendall(x))
    put("theil_sen", theil_sen(x))
}
