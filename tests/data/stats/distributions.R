# SPDX-License-Identifier: GPL-2.0-or-later
source("common.R")
for (z in c(-3, -1, 0, 0.5, 2, 8, 20, 37)) {
    case(paste("normal", z))
    put("z", z)
    put("upper", pnorm(z, lower.tail = FALSE))
    put("two_sided", min(1, 2 * pnorm(abs(z), lower.tail = FALSE)))
}
for (p in c(1e-300, 1e-12, 0.001, 0.05, 0.3, 0.999)) {
    case(paste("quantiles", p))
    put("p", p)
    put("normal", qnorm(p))
    put("normal_critical", qnorm(p / 2, lower.tail = FALSE))
    put("student_critical", sapply(c(0.7, 3, 40, Inf), function(d) qt(p / 2, d, lower.tail = FALSE)))
    put("curvature_inverse", sapply(c(1e-8, 0.01, 0.7, 5, 1e4, 1e9), function(y)
        exp(uniroot(function(l) log(trigamma(exp(l))) - log(y), c(-40, 40), tol = 1e-15)$root)))
}
