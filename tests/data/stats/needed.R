# SPDX-License-Identifier: GPL-2.0-or-later
# The least count at which an interval clears the band, or lies inside it, with a
# chance of .8. With the chance `unchanged` the shift is 0, else it is known as well
# as it was measured. The chance by integrating over that shift; the code has it in
# closed form.
source("common.R")

chance <- function(n, estimate, error, count, low, high, alpha, equivalence, unchanged) {
    e <- error * sqrt(count / n)
    clear <- qnorm(1 - alpha / 2) * e
    inside <- qnorm(1 - equivalence) * e
    settled <- function(shift) {
        within <- pnorm((high - inside - shift) / e) - pnorm((low + inside - shift) / e)
        pnorm((shift - high - clear) / e) + pnorm((low - clear - shift) / e) + pmax(0, within)
    }
    # Piece by piece, where the integrand changes fast.
    cuts <- sort(c(estimate + (-10:10) * error, low + (-20:20) * e, high + (-20:20) * e))
    cuts <- cuts[abs(cuts - estimate) <= 10 * error]
    changed <- sum(mapply(function(a, b) integrate(function(x) settled(x) * dnorm(x, estimate, error),
        a, b, rel.tol = 1e-10)$value, cuts[-length(cuts)], cuts[-1]))
    unchanged * settled(0) + (1 - unchanged) * changed
}

needed <- function(...) {
    n <- 2^seq(0, 14, by = 0.5)
    first <- which(sapply(n, chance, ...) >= 0.8)[1]
    low <- if (first == 1) 0 else floor(n[first - 1])
    high <- ceiling(n[first])
    while (high - low > 1) {
        middle <- (low + high) %/% 2
        if (chance(middle, ...) >= 0.8) high <- middle else low <- middle
    }
    high
}

band <- log(1.01)
cases <- list(
    "outside above" = c(0.03, 0.008, 10, -band, band, 0.05, 0.05, 0),
    "outside below" = c(-0.03, 0.008, 10, -band, band, 0.05, 0.05, 0),
    "outside at a strict level" = c(0.03, 0.008, 10, -band, band, 0.001, 0.05, 0),
    "outside, known well" = c(0.015, 0.0005, 100, -band, band, 0.05, 0.05, 0),
    "in the middle" = c(0, 0.008, 10, -band, band, 0.05, 0.05, 0),
    "inside near the edge" = c(0.008, 0.008, 10, -band, band, 0.05, 0.05, 0),
    "settled already" = c(0.5, 0.001, 10, -band, band, 0.05, 0.05, 0),
    "no change at all" = c(0.012, 0.008, 10, -band, band, 0.001, 0.05, 1),
    "perhaps no change" = c(0.03, 0.015, 10, -band, band, 0.001, 0.05, 0.4),
    "a band that leaves 0 out" = c(0.02, 0.01, 10, 0.005, 0.03, 0.05, 0.05, 0.3)
)
for (name in names(cases)) {
    case(name)
    put("question", cases[[name]])
    n <- do.call(needed, as.list(cases[[name]]))
    put("needed", n)
    put("chance", do.call(chance, c(n, as.list(cases[[name]]))))
}
