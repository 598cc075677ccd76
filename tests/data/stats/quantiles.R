# SPDX-License-Identifier: GPL-2.0-or-later
# The nine types of Hyndman and Fan.
source("common.R")

set.seed(11)
places <- c(0, 0.01, 0.05, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 1)
for (n in c(1, 2, 3, 4, 5, 7, 10, 11, 20, 40, 99, 100)) {
    x <- round(rexp(n), 6)
    case(paste("n =", n))
    put("x", x)
    for (type in 1:9)
        put(paste0("type", type), quantile(x, places, type = type))
}
