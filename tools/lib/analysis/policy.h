/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_POLICY_H
#define ANALYSIS_POLICY_H

#include "analysis/compare.h"
#include "base/compiler.h"
#include "config/check.h"
#include "record/identity.h"
#include "record/report.h"
#include "source/source.h"

/*
 * What matters to a project, from a YAML file that schemas/policy.schema.json and
 * benchline-policy(5) describe:
 *
 *     rules:
 *       - band: 2%
 *       - {benchmark: io-*, metric: wall_time, band: [5%, 1 ms]}
 *       - {metric: '*_faults', importance: ignore}
 *     renames:
 *       - {from: text, to: english}
 *     accepted:
 *       - {benchmark: parse, commit: 9fceb02, reason: checks what it reads}
 *
 * Rules are looked at in their order, and each says only what it says: of band,
 * alpha, better and importance the last rule that fits and says it counts, each
 * for itself. So what is general stands first and what is special below it, as in
 * .gitignore and .gitattributes.
 */
struct policy;

/* What rules and acceptances are matched with. Borrowed. */
struct policy_subject {
    const struct report_result *facts; /* suites, name, params, model_id are looked at */
    struct slice machine;              /* its name; "" where unknown */
    struct slice metric;               /* data NULL: the benchmark as a whole, its outcome */
    struct slice unit;                 /* the metric's */
};

enum importance {
    IMPORTANCE_NORMAL,
    IMPORTANCE_IGNORE,        /* leave it out, and count it */
    IMPORTANCE_INFORMATIONAL, /* judge and show it; it decides nothing */
    IMPORTANCE_CRITICAL       /* gone, or not to be judged, is as bad as a regression */
};

/* What holds for one subject. */
struct policy_rule {
    struct compare_band band; /* relative and absolute are NaN, and given false, where no rule says;
                                 absolute in the subject's unit */
    double alpha;             /* NaN: no rule says */
    bool better_known;
    enum better better;
    enum importance importance;
};

/* A change that is known and wanted, from one commit on. Until policy_free(). */
struct policy_acceptance {
    struct slice commit; /* whatever git takes as a revision */
    struct slice reason;
    double up_to;  /* .08: at most 8 % worse; NaN: any change */
    uint32_t line; /* of the file */
};

/*
 * Reads the file, which is an operand as source/source.h has it. schema is the
 * path of policy.schema.json. Faults of content are told one by one, with line and
 * column; then -1.
 */
int policy_read(struct policy **out, const char *file, const char *schema,
    const struct source_options *source, const struct config_faults *faults,
    struct error *error) MUST_USE;
/* NULL is fine here, and everywhere below: a policy that says nothing. */
void policy_free(struct policy *policy);

/* Old names count as the new ones, from one rename to the next. */
void policy_rename(const struct policy *policy, struct identity *identity);

/* Old names are matched as the new ones. */
struct policy_rule policy_find(const struct policy *policy, const struct policy_subject *subject);

/*
 * The acceptance behind `after` (NULL: the first) that is about this subject, or
 * NULL. Whether its commit lies between two states is the caller's to find out.
 */
const struct policy_acceptance *policy_accepts(const struct policy *policy,
    const struct policy_subject *subject, const struct policy_acceptance *after);

#endif
