# SPDX-License-Identifier: GPL-2.0-or-later
# Levels of sequential looks, another way than the code's: the paths' density on
# an even grid with Simpson's rule, and each edge by uniroot.
source("common.R")

spend <- function(alpha, t) ifelse(t >= 1, alpha, alpha * log(1 + (exp(1) - 1) * t))

levels_of <- function(t, alpha, points) {
    at <- 0
    mass <- 1
    last <- 0
    spent <- 0
    level <- numeric(length(t))
    for (k in seq_along(t)) {
        step <- sqrt(t[k] - last)
        leave <- function(edge)
            sum(mass * (pnorm((edge - at) / step, lower.tail = FALSE) +
                pnorm((edge + at) / step, lower.tail = FALSE)))
        wanted <- spend(alpha, t[k]) - spent
        edge <- uniroot(function(e) log(leave(e)) - log(wanted), c(0.01, 12) * sqrt(t[k]),
            tol = 1e-14)$root
        level[k] <- 2 * pnorm(edge / sqrt(t[k]), lower.tail = FALSE)
        here <- seq(-edge, edge, length.out = points)
        simpson <- c(1, rep(c(4, 2), length.out = points - 2), 1) * (here[2] - here[1]) / 3
        mass <- simpson * sapply(here, function(x) sum(mass * dnorm(x, at, step)))
        at <- here
        spent <- spent + wanted
        last <- t[k]
    }
    level
}

cases <- list(
    "one look" = list(1, 0.05),
    "one early look" = list(0.3, 0.05),
    "two looks" = list(c(0.5, 1), 0.05),
    "five even looks" = list((1:5) / 5, 0.05),
    "uneven looks" = list(c(0.1, 0.15, 0.6, 0.62), 0.05),
    "strict alpha" = list((1:4) / 4, 0.001),
    "twelve looks" = list((1:12) / 12, 0.05)
)
for (name in names(cases)) {
    case(name)
    put("fractions", cases[[name]][[1]])
    put("alpha", cases[[name]][[2]])
    put("levels", levels_of(cases[[name]][[1]], cases[[name]][[2]], 1201))
}
