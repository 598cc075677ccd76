# SPDX-License-Identifier: GPL-2.0-or-later
# Ties spread over their cells, which reach half way to the nearer of the values
# beside them on both sides.
source("common.R")

half_cell <- function(value, all) {
    gap <- abs(all - value)
    min(gap[gap > 0]) / 2
}
spread <- function(x, y) {
    all <- unique(c(x, y))
    if (length(all) == 1)
        return(x)
    seen <- ave(seq_along(x), x, FUN = seq_along)
    count <- ave(x, x, FUN = length)
    x + sapply(x, half_cell, all) * (2 * (seen - 0.5) / count - 1)
}
resolution <- function(x, y) {
    count <- table(x)
    value <- as.numeric(names(count)[which.max(count)])
    if (4 * max(count) <= 3 * length(x)) 0
    else if (length(unique(c(x, y))) == 1) Inf
    else half_cell(x[which.min(abs(x - value))], unique(c(x, y)))
}
sides <- two_sides()
for (name in names(sides)) {
    x <- sides[[name]][[1]]
    y <- sides[[name]][[2]]
    case(name)
    put("x", x)
    put("y", y)
    put("heavy", 2 * length(unique(c(x, y))) <= length(x) + length(y))
    put("spread", spread(x, y))
    put("resolution", c(resolution(x, y), resolution(y, x)))
}
