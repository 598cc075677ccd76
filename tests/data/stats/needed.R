# SPDX-License-Identifier: GPL-2.0-or-later
source("common.R")

needed <- function(estimate, error, count, low, high, alpha, equivalence) {
    if (estimate > high || estimate < low) {
        distance <- max(low - estimate, estimate - high)
        settled <- distance / (qnorm(1 - alpha / 2) + qnorm(0.8))
    } else {
        z <- qnorm(1 - equivalence)
        missed <- function(e)
            pnorm(-(estimate - low) / e + z) + pnorm(-(high - estimate) / e + z) - 0.2
        settled <- uniroot(missed, c(1e-9, 1) * (high - low), tol = 1e-16)$root
    }
    max(1, ceiling(count * (error / settled)^2))
}

band <- log(1.01)
cases <- list(
    "outside above" = c(0.03, 0.008, 10, -band, band, 0.05, 0.05),
    "outside below" = c(-0.03, 0.008, 10, -band, band, 0.05, 0.05),
    "outside at a strict level" = c(0.03, 0.008, 10, -band, band, 0.001, 0.05),
    "in the middle" = c(0, 0.008, 10, -band, band, 0.05, 0.05),
    "inside near the edge" = c(0.008, 0.008, 10, -band, band, 0.05, 0.05),
    "settled already" = c(0.5, 0.001, 10, -band, band, 0.05, 0.05)
)
for (name in names(cases)) {
    case(name)
    put("question", cases[[name]])
    put("needed", do.call(needed, as.list(cases[[name]])))
}
