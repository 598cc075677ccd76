# SPDX-License-Identifier: GPL-2.0-or-later
# What the templates about comparisons have in common.
include "cells";

# ---- what a line is ----
def both: .base and .head and .verdict != "incomparable";
def is_open: .verdict | IN("inconclusive", "too-few-samples", "unreliable");
def is_finding: .verdict | IN("newly-failing", "regression", "improvement", "fixed", "changed");
def rank: ["newly-failing", "regression", "improvement", "fixed", "changed", "inconclusive", "too-few-samples", "unreliable",
    "unchanged", "incomparable", "added", "removed"] as $order | .verdict as $verdict | $order | index([$verdict]);
def weight: if .change.ratio // 0 > 0 then .change.ratio | log | fabs else .effect.cliffs_delta // 0 | fabs end;
# The lines before a summary are those of its sides; which they are is said where there are several.
def summaries: map(select(.kind == "summary" and .tool == "bench-diff"));
def comparisons: # as they come
    . as $lines | summaries as $summaries
    | [foreach $lines[] as $line (0; if $line.kind == "summary" then . + 1 else . end; $line + {pair: .})]
    | map(select(.kind == "comparison" and .verdict)
          | if $summaries | length > 1 then .side = $summaries[.pair].metadata.head else . end);
def worst_first: to_entries | sort_by([(.value | rank), (if .value | is_finding then -(.value | weight) else 0 end), .key]) | map(.value);
def same(value): map(value) | unique | if length == 1 then .[0] else null end;
def summary: summaries | {alpha: same(.alpha), correction: same(.correction), strict: same(.metadata.strict), metadata: {base: same(.metadata.base),
    head: same(.metadata.head), band: same(.metadata.band), machines: (map(.metadata.machines[]?) | unique)}};
def of(verdicts): map(select(.verdict | IN(verdicts)));

# ---- cells ----
def side($side; $figure): .unit as $unit | .[$side][$figure] | quantity($unit);
def centre($side): if .[$side] == null then "-" else .unit as $unit | .[$side] | .median // .mean | quantity($unit) end;
def metric: .metric // null | if . == null then "-" else title end;
def changed: .unit as $unit | (if both then .change else {} end) | if .ratio != null then .ratio | change else .shift | shift($unit) end;
def changed_interval: .unit as $unit | (if both then .change else {} end)
    | if .ratio != null then .ratio_ci | change_interval
      elif .shift_ci == null or (.shift_ci | any(. == null)) then "n/a" else .shift_ci | map(shift($unit)) | join(" to ") end;
def note: [.metadata.failure // empty,
    (.needed.samples // empty | "needs \(ceil | count) samples a side"),
    (.needed.runs // empty | "needs \(ceil | count) runs a side"), (.reasons // [] | sort[])]
    | (if index("between-run-unknown") then map(if endswith(" samples a side") then . + ", in turns" else . end) else . end) | join("; ");
def table: [(["Benchmark", "Metric", "Verdict", "Base", "Head", "Change", "Interval", "p", "Note"] | row)]
    + map([about, metric, .verdict, centre("base"), centre("head"), changed, changed_interval, ((if both then .test.p_adjusted else null end) | probability), note] | row);

# ---- sentences ----
def plural($one; $many): if . == 1 then $one else $many end;
def counted($one; $many): length | if . == 0 then empty else "\(count) \(plural($one; $many))" end;
def verdicts: ["regression", "improvement", "changed", "unchanged", "inconclusive", "too-few-samples", "unreliable", "incomparable",
    "added", "removed", "newly-failing", "fixed"];
def verdict_counts: . as $all | [verdicts[] as $v | $all | of($v) | length | select(. > 0)
    | "\(count) \($v | gsub("-"; " "))" + if . > 1 and ($v | IN("regression", "improvement")) then "s" else "" end] | join(", ") + ".";
def bad: of("newly-failing", "regression") != [];
def headline:
    [(of("newly-failing") | counted("benchmark fails that passed before"; "benchmarks fail that passed before")),
     (of("regression") | counted("regression"; "regressions")),
     (if bad then empty
      elif map(select(both)) == [] then "nothing could be compared"
      elif map(select(both) | is_open) | all then "no regression found, but no comparison could be decided"
      else "no regression found" end),
     (of("improvement") | counted("improvement"; "improvements")),
     (of("changed") | counted("other change"; "other changes")),
     (of("fixed") | counted("benchmark passes again"; "benchmarks pass again"))]
    | join(", ") | first_letter_up;
def steps:
    (map(select(is_open))) as $open
    | ($open | map(.needed.samples // 0 | ceil) | max // 0) as $samples | ($open | map(.needed.runs // 0 | ceil) | max // 0) as $runs
    | [(of("newly-failing") | length | if . == 0 then empty else "Mend the \(plural("benchmark that fails"; "benchmarks that fail")) now." end),
       (of("regression") | length | if . == 0 then empty else "Look at the \(plural("regression"; "regressions")), the worst first." end),
       (if $open == [] then empty
        elif $samples > 0 then "Take up to \($samples) samples a side\(if $runs > 0 then " in several runs" else "" end) to decide what is still open."
        elif $runs > 0 then "Take \($runs) runs a side to decide what is still open."
        else "See in the notes what keeps the open \($open | length | plural("comparison"; "comparisons")) from being decided." end)]
    | if . == [] then ["Nothing needs to be done."] else . end;
def judged: if .alpha == null then "How often a finding is false by chance is not said"
    elif .correction == "holm" then "The chance that any finding is false is at most \(.alpha | limit) (Holm)"
    elif .correction then "Of the findings at most \(.alpha | limit) are expected to be false (Benjamini-Hochberg)"
    else "In each comparison a finding is false with a chance of \(.alpha | limit)" end;
def reasons: # each with how often it stands there; what it means is left to the reader
    map(.reasons // []) | flatten | group_by(.) | map("- \(.[0]) (\(length)): …");
def direction: {regression: "worse", improvement: "better", changed: "different", "newly-failing": "fails now", fixed: "passes now"}[.verdict];
def names: [about, metric | select(. != "-")] | join(", ");
