# SPDX-License-Identifier: GPL-2.0-or-later
source("common.R")
set.seed(1995)
cases <- list(
    "one" = 0.04,
    "equal" = rep(0.03, 6),
    "ones" = rep(1, 4),
    "unordered" = c(0.01, 0.5, 0.0001, 0.04, 0.02, 0.9),
    "with gaps" = c(0.01, NaN, 0.0001, NaN, 0.02),
    "tiny" = c(1e-300, 1e-17, 1e-16, 0.2, 0.9),
    "200" = c(runif(180), runif(20)^6)
)
for (name in names(cases)) {
    p <- cases[[name]]
    case(name)
    put("p", p)
    put("bh", p.adjust(p, "BH"))
    put("holm", p.adjust(p, "holm"))
}
