# SPDX-License-Identifier: GPL-2.0-or-later
# What the lag-1 autocorrelations of a report say together (Moran 1948; Marriott &
# Pope 1954), and one of them beyond that.
source("common.R")
set.seed(1954)

lag1 <- function(x) acf(x, plot = FALSE, lag.max = 1)$acf[2]
reports <- list(
    "one series" = list(rnorm(12)),
    "two short ones" = list(rnorm(5), rnorm(6)),
    "40 independent" = replicate(40, rnorm(15), simplify = FALSE),
    "20 of rho .3" = replicate(20, as.numeric(arima.sim(list(ar = 0.3), 30)), simplify = FALSE),
    "20 of rho .6, uneven" = lapply(11:30, function(n) as.numeric(arima.sim(list(ar = 0.6), n))),
    "alternating" = replicate(5, rep(c(1, 2), 6) + rnorm(12) / 10, simplify = FALSE)
)
for (name in names(reports)) {
    n <- sapply(reports[[name]], length)
    r <- sapply(reports[[name]], lag1)
    variance <- (n - 2)^2 / (n^2 * (n - 1))
    case(name)
    put("n", n)
    put("lag1", r)
    above <- sum(n * (r + 1 / n))
    rho <- above / sum(n - 4)
    put("pooled", c(rho, pnorm(above / sqrt(sum(n^2 * variance)), lower.tail = FALSE)))
    rho <- max(0, rho)
    put("excess", pnorm((r - rho + (1 + 4 * rho) / n) / sqrt(variance), lower.tail = FALSE))
}
