/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_SIDES_H
#define ANALYSIS_SIDES_H

#include "base/digest.h"
#include "query/query.h"
#include "record/identity.h"
#include "record/report.h"

/*
 * The results of two sides, matched benchmark by benchmark: records go in, in any
 * order of lines, and groups come out, always in the same order. In between
 *   - lines that --where does not want are dropped,
 *   - of one report that measured both sides, each result finds its side,
 *   - a line that stands on one side twice counts once,
 *   - of a folder or a revision only the newest state of each benchmark and
 *     machine is kept,
 *   - a line that stands on both sides is dropped from both, its run is named.
 * All memory is in the sides and goes with them; it holds every sample.
 */
enum side_of { SIDE_BASE, SIDE_HEAD, SIDES, SIDE_NEITHER = SIDES };

struct sides_run {
    struct report_run facts; /* only run_id where no run line came */
    uint64_t key;            /* the same run has the same key on both sides */
    bool known;              /* a run line came */
    int64_t started_ns;      /* INT64_MIN where unknown */
    int64_t committed_ns;
    struct slice state; /* what was measured: a commit (dirty or not), else a version, else it */
    struct slice text;  /* the line, where the options ask for it */
    char digest[DIGEST_TEXT];
    struct slice *suites; /* the files of benchmarks that bench-run was given */
    size_t suite_count;
    bool interrupted;           /* its end line says so */
    struct slice stopping_rule; /* of the run line, or of the end line, which goes over it */
    double looks, looks_most;   /* of a rule that looks at the difference; NaN where unknown */
    double continued;           /* how often it was gone on with; NaN where unknown */
};

/* What tells machines apart. Unknown: NaN, data NULL. */
struct sides_machine {
    struct slice model, cpu, container, vm, host;
    double cores, memory_gib; /* whole GiB: kernels differ in what they keep for themselves */
};

/* Who the machine is (host may be NULL), and its name as people say it, "" where nothing is known,
 * in the arena; work is to work in. */
struct sides_machine sides_machine_of(const struct report_run *run, struct slice host);
struct slice sides_machine_name(
    const struct sides_machine *machine, struct buffer *work, struct arena *arena);

/* One result line. */
struct sides_result {
    struct report_result facts;
    struct slice key; /* the identity in canonical form */
    const struct sides_run *run;
    enum side_of side;
    bool of_many; /* out of a folder or a revision, where the newest counts */
    bool dropped;
    struct slice command;      /* metadata.command; data NULL where unknown */
    size_t requests, answered; /* of observations.ok: true or false, and of those true */
    struct slice *outputs;     /* output_sha256 */
    size_t output_count;
    struct sides_machine machine;
    struct slice machine_name; /* "" where nothing is known */
    struct slice group_machine, group_variant;
    struct slice text; /* the line, where the options ask for it */
    char digest[DIGEST_TEXT];
};

/* One benchmark as it is matched. */
struct sides_group {
    struct slice key;
    /* Only where several have to be told apart, else data NULL. */
    struct slice machine, variant;
    /* By run (oldest first), variant, repetition, part. */
    struct sides_result **results[SIDES];
    size_t counts[SIDES];
    bool machines_differ;
};

/* How one report that measured both sides is split. */
struct sides_split {
    const char *label; /* NULL: by the variant */
    struct slice values[SIDES];
};

struct sides_options {
    const struct identity *identities[SIDES];
    struct query *where;             /* may be NULL */
    const struct sides_split *split; /* NULL: the input says the side */
    bool all_runs;
    bool any_machine; /* machines are not told apart */
    bool keep_text;   /* the lines are wanted later, not only for where */
};

/* What was left out on the way. */
struct sides_notes {
    size_t where, neither, repeated, older, shared; /* result lines */
    size_t newer_version;                           /* inputs with lines of a newer 1.N */
    const struct sides_run **shared_runs;           /* of which lines stand on both sides */
    size_t shared_run_count;
};

struct sides;

/* options are borrowed. */
struct sides *sides_create(const struct sides_options *options);
void sides_free(struct sides *sides);

/*
 * Takes one record: run, result and end lines, everything else is passed over.
 * side is SIDE_NEITHER where a split is to find it. -1 for a line without what
 * every line of its kind has; it is left out.
 */
int sides_take(struct sides *sides, const struct record *record, enum side_of side, bool of_many,
    struct error *error) MUST_USE;

/* Once all are taken. */
void sides_match(struct sides *sides);

/* After sides_match; until sides_free. */
const struct sides_group *sides_groups(const struct sides *sides, size_t *count);
const struct sides_notes *sides_notes(const struct sides *sides);
/* What a label says of a result, or else of its run; data NULL where neither says it. The name may
 * also be written as the field of a query, labels.NAME. */
struct slice sides_label(const struct sides_result *result, struct slice name);
/* How many results stand on a side after everything was left out. */
size_t sides_count(const struct sides *sides, enum side_of side);
/* The machines and the runs of what is left, each once, oldest run first. */
const struct sides_run *const *sides_runs(const struct sides *sides, size_t *count);
const struct slice *sides_machines(const struct sides *sides, size_t *count);

#endif
