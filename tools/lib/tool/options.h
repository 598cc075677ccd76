/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOOL_OPTIONS_H
#define TOOL_OPTIONS_H

#include "base/options.h"
#include "tool/form.h"
#include "json/document.h"

/*
 * Options that several tools have: one name, one meaning, one text. What they
 * fill, and what it holds where they are not given, is the tool's.
 */

/* What is read. */
#define OPTION_MAX_LINE(target) /* uint64_t, LINE_CEILING */                                       \
    OPTION_SIZE(0, "max-line", "SIZE", (target), 1, JSON_SIZE_LIMIT,                               \
        "the longest line that is read; 256M unless given")
#define OPTION_REPOSITORY(target)                                                                  \
    OPTION_TEXT('C', NULL, "DIR", (target),                                                        \
        "the repository of git:REV:PATH operands; that of the current folder unless given")

/* Which results, and which of them belong together. */
#define OPTION_WHERE(target)                                                                       \
    OPTION_TEXT('w', "where", "EXPR", (target),                                                    \
        "only results for which EXPR holds, see benchline-query(7)")
#define OPTION_BY(target)                                                                          \
    OPTION_TEXT(0, "by", "FIELDS", (target),                                                       \
        "match results by these fields, separated by commas, in place of suite, name, params, "    \
        "model.id and modality")
#define OPTION_METRICS(target)                                                                     \
    OPTION_LIST('m', "metric", "NAME", (target),                                                   \
        "only this metric (a pattern with * and ?); may be repeated")
#define OPTION_POLICY(target)                                                                      \
    OPTION_TEXT(0, "policy", "FILE", (target),                                                     \
        "what matters: bands, renames, accepted changes, see benchline-policy(5)")
#define OPTION_ALL_RUNS(target)                                                                    \
    OPTION_FLAG(0, "all-runs", (target),                                                           \
        "take all runs of a folder or revision, not only the newest state's")

/* What is written. */
#define OPTION_OUTPUT(target)                                                                      \
    OPTION_TEXT('o', "output", "FILE", (target),                                                   \
        "write to FILE, whole or not at all, in place of standard output")
#define OPTION_FORMAT(target, names) /* int, FORM_AUTO; names of tool/form.h */                    \
    OPTION_CHOICE(0, "format", "FORM", (target), (names),                                          \
        "auto is the table on a terminal and jsonl elsewhere")
#define OPTION_ROWS(target) /* int64_t, TABLE_ROWS */                                              \
    OPTION_COUNT(0, "rows", "N", (target), 0, 1e9,                                                 \
        "show the first N rows of a table (0: all); 50 unless given")
#define OPTION_SUMMARY(target)                                                                     \
    OPTION_FLAG(0, "summary", (target), "print the counts at the end, as on a terminal")

#endif
