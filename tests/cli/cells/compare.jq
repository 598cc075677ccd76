# SPDX-License-Identifier: GPL-2.0-or-later
# What the template `compare` says of the lines of bench-diff.
include "cells";
include "comparison";

# ---- sentences ----
def conclusion:
    length as $all | (map(select(both)) | length) as $both | (map(select(both or is_open or (.verdict | IN("regression", "improvement", "unchanged")))) | length) as $judged
    | def told($words): length | if . == 0 then empty else "- \(.) of \($judged) \($words)" end;
    (of("regression") | told("comparisons got worse by more than noise.")),
    (of("improvement") | told("comparisons got better by more than noise.")),
    (of("unchanged") | told("are the same, within what was said not to matter.")),
    (map(select(is_open)) | told("are open: the samples neither show a change nor rule one out.")),
    (if $both == 0 then "- The sides have nothing in common that can be compared." else empty end);
def finding: "- \(names): \(direction)" + if both then ", \(changed) (\(changed_interval))" else "" end;

# ---- tables ----
def best: if of("improvement") != [] and of("regression") == [] then "head"
    elif of("regression") != [] and of("improvement") == [] then "base"
    elif of("improvement") != [] then "depends on the benchmark"
    elif of("changed") != [] then "they differ" else "no difference shown" end;
def in_order(key): group_by(key) | sort_by(map(.place) | min);
def metrics: to_entries | map(.value + {place: .key} | select(.metric and both)) | in_order([.metric, .pair])
    | map((map(.change.ratio | select(. // 0 > 0))) as $ratios | ($ratios | geometric_mean) as $mean
        | [(.[0] | metric + (.side // empty | ", " + .)) // (.[0] | metric), ($ratios | length | tostring),
           ($mean | ratio) + (if $mean then " (\($mean | change))" else "" end)]
          + (["improvement", "regression", "changed", "unchanged"] as $v | [$v[] as $one | of($one) | length | tostring])
          + [(map(select(is_open)) | length | tostring), best] | row);
def seconds($side): .unit as $unit | .[$side].mean | if . == null or (times[$unit] | not) then null else . * times[$unit] end;
def timed($metric): map(select(.metric == $metric and both and seconds("base") != null and seconds("head") != null));
def total($metric; $title): timed($metric)
    | if . == [] then empty else (map(seconds("base")) | add) as $base | (map(seconds("head")) | add) as $head
      | [$title, (length | tostring), ($base | quantity("s")), ($head | quantity("s")), "\($head - $base | shift("s")) (\($head / $base | change))"] | row end;
def success($good; $all; $title): .metadata.success as {base: $base, head: $head}
    | if [$base[$all], $head[$all] | select(. // 0 > 0)] == [] then empty else
        [$title, "-", part($base[$good]; $base[$all]), part($head[$good]; $head[$all]),
         (if ($base[$all] // 0) > 0 and ($head[$all] // 0) > 0
          then 100 * ($head[$good] / $head[$all] - $base[$good] / $base[$all]) | shift("{points}") else "n/a" end)] | row end;
def section($title; $words): if length == 0 then [] else ["## " + $title] + $words + table end;
def lone($title; $side): if length == 0 then [] else
    ["## " + $title] + map("- " + names + if .[$side] then ": " + centre($side) else "" end) end;
def variance: [(["Benchmark", "Metric", "Base: spread", "inside", "between", "Head: spread", "inside", "between"] | row)]
    + map([about, metric, (.base, .head | (.cv, .cv_within, .cv_between) | share)] | row);
def raw: .unit as $unit | def figures($side): .[$side] | [(.n | count), (.runs | count), (.mean | quantity($unit)), (.median | quantity($unit)),
        (.median_ci | interval($unit)), (.sd | quantity($unit)), (.p95 | quantity($unit)), (.p99 | quantity($unit)), ([.min, .max] | extent($unit))];
    def differences(how): . as $line | ["mean", "median", null, "sd", "p95", "p99", null] | map(
        if . == null then "" else . as $key | [$line.base[$key], $line.head[$key]] | if any(. == null) then "n/a" else how end end);
    ["text: \(names):",
     (["Side", "Samples", "Runs", "Mean", "Median", "Interval", "Standard deviation", "95th percentile", "99th percentile", "Range"] | row),
     (["Base"] + figures("base") | row), (["Head"] + figures("head") | row),
     (["Change", "", ""] + differences(.[1] - .[0] | shift($unit)) | row),
     (["% Change", "", ""] + differences(if .[0] > 0 and .[1] > 0 then .[1] / .[0] | change else "n/a" end) | row)];

# ---- several heads beside their base ----
def is_better($lower): # of two comparisons with the same base
    . as [$ours, $theirs] | (if $lower then . else reverse end) as [$low, $high]
    | ([.[].band[1]? | values] | max) as $band
    | if $low.change.ratio != null and $high.change.ratio != null
      then $low.change.ratio_ci[1] * ($band // 1) < $high.change.ratio_ci[0]
      else ($low.change.shift_ci[1] != null) and $low.change.shift_ci[1] + ($band // 0) < $high.change.shift_ci[0] end;
def best_of($pairs; $names): . as $heads
    | if length < $pairs or .[0].better == "none" then "none"
      elif all(.verdict == "regression") then $names[0]
      else [range($pairs) as $i | select($heads[$i].verdict == "improvement")
            | select([range($pairs) | select(. != $i) | [$heads[$i], $heads[.]] | is_better($heads[0].better == "lower")] | all)
            | $names[$i + 1]] | .[0] // "none" end;
def fold_case: if . == null then "" else ascii_downcase end;
def matrix($summaries): ($summaries | length) as $pairs
    | [$summaries[0].metadata.base, $summaries[].metadata.head] as $names
    | def sums($metric; $title): timed($metric) | group_by([benchmark, .model, .modality, .variant, .machine]) | map(select(length == $pairs) | sort_by(.pair))
        | if . == [] then empty else (map(.[0] | seconds("base")) | add) as $base
          | ["\($title), benchmarks: \(length)", "", ($base | quantity("s")),
             (range($pairs) as $i | map(.[$i] | seconds("head")) | add | "\(quantity("s")) (\(. / $base | change))"), ""] | row end;
      def parts($good; $all; $title): ($summaries | map(.metadata.success.base | [.[$good], .[$all]]) | unique) as $bases
        | if $summaries | map(.metadata.success.head[$all] // 0) | max == 0 then empty else
          [$title, "", (if $bases | length == 1 then part($bases[0][0]; $bases[0][1]) else "n/a" end),
           ($summaries[].metadata.success.head | part(.[$good]; .[$all])), ""] | row end;
    (to_entries | map(.value + {place: .key} | select(.metric and both)) | group_by([benchmark, .model, .modality, .variant, .machine, .metric, .unit])
     | map(sort_by(.pair)) | sort_by([(.[0] | (benchmark, model, .modality, .variant, .machine) | fold_case), (map(.place) | min)])) as $rows
    | ["## All Sides",
       "text: In brackets the change from the base; it is bold where it is more than noise. A side is called the best where it is shown to be better than every other one. Times are sums of the means of the benchmarks that all sides have, and have no verdict of their own.",
       (["Benchmark", "Metric", "Base", $names[1:][], "Best"] | row),
       sums("wall_time"; "Total wall time"), sums("duration"; "Total duration"),
       parts("passed"; "results"; "Results that passed"), parts("answered"; "requests"; "Requests answered")]
      + ($rows | map(. as $heads
          | [(.[0] | del(.side) | about), (.[0] | metric), (.[0] | centre("base")),
             (range($pairs) as $i | $heads | map(select(.pair == $i)) | .[0] | if . == null then "n/a" else "\(centre("head")) (\(changed))" end),
             best_of($pairs; $names)] | row))
      + ["text: Best side, in how many rows: " + ($rows | map(best_of($pairs; $names)) as $best
          | [$names[] as $name | $best | map(select(. == $name)) | select(length > 0) | "\($name) \(length)"] + ["none \($best | map(select(. == "none")) | length)"]
          | join(", ")) + "."];

# ---- the document ----
summaries as $summaries | summary as $summary | comparisons | worst_first as $sorted
| ($summaries | length > 1 and $summary.metadata.base != null) as $several
| ["# Benchmark Comparison", "> [!\(if bad then "WARNING" else "NOTE" end)] \(headline)."]
+ ($summary.metadata | [.base // empty | "- Base: " + .] + [if $several then $summaries[].metadata.head else .head // empty end | "- Head: " + .]
   + (if .base == null and ($summaries | length) > 1 then $summaries | map(.metadata | "- Sides: \(.base) → \(.head)") else [] end)
   + [.machines[]? | "- Machine: " + .])
+ ["## Executive Summary", conclusion, "### Key Findings"]
+ ($sorted | map(select(is_finding) | finding) | if . == [] then ["text: No comparison shows a change."] else . end)
+ ["## Overall by Metric", "text: The mean ratio is the geometric mean over the benchmarks that both sides have.",
   (["Metric", "Benchmarks", "Mean ratio", "Better", "Worse", "Changed", "Same", "Open", "Best side"] | row)]
+ metrics
+ (if $several then matrix($summaries) elif $summaries | length > 1 then [] else
    [total("wall_time"; "Wall time"), total("duration"; "Duration"),
     if $summaries == [] then empty else $summaries[0] | success("passed"; "results"; "Results that passed"), success("answered"; "requests"; "Requests answered") end]
    | if . == [] then . else
      ["## Total Time and Success",
       "text: Over the benchmarks that both sides have. Times are the means of the benchmarks added up, each counting once; a sum has no verdict of its own.",
       (["Total", "Benchmarks", "Base", "Head", "Change"] | row)] + . end end)
+ ($sorted
   | (map(select(is_finding)) | section("Changes"; []))
   + (map(select(is_open)) | section("Open"; ["text: These samples neither show a change nor rule one out."]))
   + (of("unchanged") | if . == [] then [] else ["## Unchanged"] + ((length | tostring) as $n | table | folded("Unchanged: " + $n)) end)
   + (of("incomparable") | section("Not Comparable"; []))
   + (of("added") | lone("Added"; "head"))
   + (of("removed") | lone("Removed"; "base"))
   + (map(select(both)) | if . == [] then [] else
      ["## Variance Analysis", "text: How much the values of each side spread: all of them, inside a run, and from run to run."] + variance
      + ["## Raw Figures"] + (length as $n | map(raw) | add | folded("Both sides of \($n) comparisons")) end)
   + ["## Significance", "- " + ($summary | judged) + (if $summary.strict then ", strict" else "" end) + "."]
   + [$summary.metadata.band // empty | "- Changes up to \(limit) are taken not to matter."]
   + reasons + ["## Next Steps"] + (steps | map("- " + .)))
| .[]
