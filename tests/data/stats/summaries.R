# SPDX-License-Identifier: GPL-2.0-or-later
source("common.R")

one_side <- function() {
    sides <- two_sides()
    all <- list()
    for (name in names(sides)) {
        all[[paste(name, "base")]] <- sides[[name]][[1]]
        all[[paste(name, "head")]] <- sides[[name]][[2]]
    }
    set.seed(1)
    all[["zero"]] <- 0
    all[["zeros"]] <- rep(0, 4)
    all[["1000 with offset"]] <- 1e9 + rexp(1000)
    all[["5000"]] <- rlnorm(5000)
    all
}

# The k-th samples from both ends, with the largest k that covers enough.
median_interval <- function(x, confidence) {
    n <- length(x)
    k <- sum(pbinom(0:n, n, 0.5) < (1 - confidence) / 2)
    if (k == 0)
        return(c(NaN, NaN, NaN))
    c(sort(x)[k], sort(x)[n + 1 - k], 1 - 2 * pbinom(k - 1, n, 0.5))
}

for (name in names(one_side())) {
    x <- one_side()[[name]]
    case(name)
    put("x", x)
    m <- mean(x)
    offset <- median(x) # R rounds the mean before it squares
    put("mean", m)
    put("sd", sd(x - offset))
    put("cv", if (m == 0) NaN else sd(x - offset) / abs(m))
    put("geometric_mean", if (min(x) > 0) exp(mean(log(x / max(x)))) * max(x) else NaN)
    put("median", median(x))
    put("mad", mad(x, constant = 1))
    put("quantiles", quantile(x, c(0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1), type = 7))
    put("median_95", median_interval(x, 0.95))
    put("median_99", median_interval(x, 0.99))
}
