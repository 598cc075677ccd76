/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/spending.h"

#include "stats/distribution.h"

#include <math.h>
#include <stdbool.h>

/*
 * The paths that have not stopped, as a density over [-edge, edge] kept at the
 * nodes of Gauss' rule on panels no wider than the next step's deviation: there
 * the integrand is as good as a polynomial.
 */
enum { NODES = 16, PANELS_LARGEST = 64, BISECTIONS = 200 };
static const double PI = 3.14159265358979323846;

struct rule {
    double at[NODES], weight[NODES]; /* on [-1, 1] */
};

struct density {
    double *at, *mass; /* mass: density × weight of the node */
    size_t count;
};

/* Gauss-Legendre, by Newton on the Legendre polynomial. */
static struct rule rule_make(void)
{
    struct rule rule;
    for (int i = 0; i < NODES; i++) {
        double x = cos(PI * (i + 0.75) / (NODES + 0.5)), slope = 1;
        for (int step = 0; step < 8; step++) {
            double before = 1, here = x;
            for (int k = 2; k <= NODES; k++) {
                double next = ((2 * k - 1) * x * here - (k - 1) * before) / k;
                before = here;
                here = next;
            }
            slope = NODES * (x * here - before) / (x * x - 1);
            x -= here / slope;
        }
        rule.at[i] = x;
        rule.weight[i] = 2 / ((1 - x * x) * slope * slope);
    }
    return rule;
}

double spending_at(double alpha, double t)
{
    if (!(t > 0))
        return 0;
    return t < 1 ? alpha * log1p((exp(1) - 1) * t) : alpha;
}

/* The share of all paths that leaves [-edge, edge] at a step of this deviation. */
static double leaving(const struct density *density, double step, double edge)
{
    double sum = 0;
    for (size_t i = 0; i < density->count; i++)
        sum += density->mass[i] * (normal_upper((edge - density->at[i]) / step) +
                                      normal_upper((edge + density->at[i]) / step));
    return sum;
}

/* The edge at which just `spend` leaves. */
static double edge_for(const struct density *density, double step, double spend, double widest)
{
    double low = 0, high = widest;
    for (int i = 0; i < BISECTIONS && high - low > 1e-14 * widest; i++) {
        double middle = low + (high - low) / 2;
        if (leaving(density, step, middle) > spend)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static double density_at(const struct density *density, double step, double x)
{
    double sum = 0;
    for (size_t i = 0; i < density->count; i++) {
        double z = (x - density->at[i]) / step;
        sum += density->mass[i] * exp(-z * z / 2);
    }
    return sum / (step * sqrt(2 * PI));
}

/* What stays inside the edge after the step becomes the density before the next one. */
static void advance(struct density *to, const struct density *from, const struct rule *rule,
    double step, double edge, double next_step)
{
    double narrowest = fmin(step, next_step);
    double wanted = ceil(2 * edge / narrowest);
    size_t panels = wanted < PANELS_LARGEST ? (size_t)wanted : PANELS_LARGEST;
    double half = edge / (double)panels;
    to->count = 0;
    for (size_t panel = 0; panel < panels; panel++)
        for (int i = 0; i < NODES; i++) {
            double x = -edge + half * (2 * (double)panel + 1 + rule->at[i]);
            to->at[to->count] = x;
            to->mass[to->count++] = density_at(from, step, x) * half * rule->weight[i];
        }
}

static struct density density_take(struct arena *scratch)
{
    size_t size = sizeof(double) * NODES * PANELS_LARGEST;
    return (struct density){arena_take(scratch, size), arena_take(scratch, size), 0};
}

static bool strictly_upward(const double *fractions, size_t count)
{
    double last = 0;
    for (size_t k = 0; k < count; k++) {
        if (!(fractions[k] > last && fractions[k] <= 1))
            return false;
        last = fractions[k];
    }
    return count <= SPENDING_LOOKS_LARGEST;
}

int spending_levels(
    double *levels, const double *fractions, size_t count, double alpha, struct arena *scratch)
{
    if (!(alpha > 0 && alpha < 1) || !strictly_upward(fractions, count))
        return -1;
    struct rule rule = rule_make();
    struct density here = density_take(scratch), next = density_take(scratch);
    here.at[0] = 0;
    here.mass[0] = 1;
    here.count = 1;
    double last = 0, spent = 0;
    for (size_t k = 0; k < count; k++) {
        double step = sqrt(fractions[k] - last), spend = spending_at(alpha, fractions[k]) - spent;
        double widest = 40 * sqrt(fractions[k]);
        double edge = edge_for(&here, step, spend, widest);
        levels[k] = normal_two_sided(edge / sqrt(fractions[k]));
        spent += spend;
        last = fractions[k];
        if (k + 1 == count)
            break;
        advance(&next, &here, &rule, step, edge, sqrt(fractions[k + 1] - last));
        struct density spare = here;
        here = next;
        next = spare;
    }
    return 0;
}
