# SPDX-License-Identifier: GPL-2.0-or-later
# What the template `pull-request` says of the lines of bench-diff.
include "cells";
include "comparison";

def findings: if length == 0 then [] else
    [(["", "Benchmark", "Metric", "Base", "Head", "Change", "Interval"] | row)]
    + map([direction, about, metric, centre("base"), centre("head")]
          + (if both then [changed, changed_interval] else ["-", "-"] end) | row) end;
def part($words): if length == 0 then [] else (length | tostring) as $count | table | folded("\($count) \($words)") end;
def lone($words; $side): if length == 0 then [] else (length | tostring) as $count
    | map("- " + names + if .[$side] then ": " + centre($side) else "" end)
    | folded("\($count) \($words)") end;

summaries as $summaries | summary as $summary | comparisons | worst_first
| ["!html: <!-- benchline: pull-request -->", "### Benchmarks: " + headline, "text: Next: " + steps[0],
   "text: " + verdict_counts]
+ (map(select(is_finding)) | findings)
+ ["text: " + ($summary.metadata | if .base then "Base \(.base)\(if .head then ", head " + .head elif $summaries | length > 1 then ", heads " + ($summaries | map(.metadata.head) | join(", ")) else "" end). " else "" end)
   + (if $summary.metadata.band then "Changes up to \($summary.metadata.band | limit) are taken not to matter. " else "" end)
   + ($summary | judged) + "."
   + if $summary.metadata.machines | length > 1 then " The sides were measured on more than one machine." else "" end]
+ (map(select(is_open)) | part("open: neither shown to have changed nor to be the same"))
+ (of("unchanged") | part("unchanged"))
+ (of("incomparable") | part("not comparable"))
+ (of("added") | lone("added"; "head"))
+ (of("removed") | lone("removed"; "base"))
+ (reasons | if . == [] then ["- No comparison carries a reservation."] else . end | folded("Notes on noise"))
| .[]
