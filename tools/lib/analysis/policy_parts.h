/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_POLICY_PARTS_H
#define ANALYSIS_POLICY_PARTS_H

#include "analysis/policy.h"

/* Inside analysis/policy*.c only. */

/* None: everything fits. */
struct policy_patterns {
    struct slice *items;
    size_t count;
};

struct policy_selection {
    struct policy_patterns benchmark, model, machine, metric;
    struct name_value *params; /* values: patterns */
    size_t param_count;
};

/* One entry of `rules`. */
struct policy_entry {
    struct policy_selection selection;
    double relative, absolute; /* NaN: not said */
    struct slice unit;         /* of absolute */
    double alpha;
    bool better_known;
    enum better better;
    bool importance_known;
    enum importance importance;
};

/* suite: with / between several; data NULL: whichever. */
struct policy_name {
    struct slice suite, name;
    struct slice suite_json; /* in canonical form */
};

struct policy_rename {
    struct policy_name from, to;
};

struct policy_accepted {
    struct policy_selection selection;
    struct policy_acceptance acceptance;
};

struct policy {
    struct arena arena;
    struct policy_entry *rules;
    size_t rule_count;
    struct policy_rename *renames;
    size_t rename_count;
    struct policy_accepted *accepted;
    size_t accepted_count;
};

#endif
