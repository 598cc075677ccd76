# SPDX-License-Identifier: GPL-2.0-or-later
# What a badge says: of targets, else of a comparison, else of results.
include "cells";
include "comparison";

def badge($of; $message; $colour): {schemaVersion: 1, label: $of, message: $message, color: $colour};
def number($one; $many): length | "\(count) \(plural($one; $many))";
checks as $checks | comparisons as $compared | map(select(.kind == "result")) as $results
| if $checks != [] then
    badge("targets"; "\($checks | map(select(.outcome == "pass" and (.missed | not))) | length) of \($checks | length) met";
        if $checks | any(.missed) then "red" elif $checks | any(.outcome == "unproven") then "yellow" else "brightgreen" end)
  elif $compared != [] then $compared | map(select(both)) as $both
    | badge("benchmarks";
        if of("newly-failing") != [] then of("newly-failing") | number("fails now"; "fail now")
        elif of("regression") != [] then of("regression") | number("regression"; "regressions")
        elif $both == [] then "nothing to compare"
        elif of("improvement") != [] then of("improvement") | number("improvement"; "improvements")
        else "no regression" end;
        if bad then "red" elif $both == [] then "lightgrey" elif any(is_open) then "yellow" else "brightgreen" end)
  else
    ($results | group_by([.run_id, .benchmark, .model, .modality, .variant, .labels, .repetition]) | map(map(.outcome)
        | if index("error") then "error" elif index("failed") then "failed" elif index("passed") then "passed" else "skipped" end)) as $outcomes
    | badge("benchmarks"; "\($outcomes | map(select(. == "passed")) | length) of \($outcomes | length) passed";
        if $outcomes | any(. == "failed" or . == "error") then "red" elif $outcomes | any(. == "passed") | not then "lightgrey" else "brightgreen" end)
  end
