# SPDX-License-Identifier: GPL-2.0-or-later
# What the template `changelog-entry` says of the lines of bench-diff.
include "cells";
include "comparison";

def movement: (if .change.ratio != null then .change.ratio > 1 else .change.shift > 0 end) as $rose
    | if times[.unit] then if $rose then "slower" else "faster" end
      elif .unit | endswith("/s") then if $rose then "faster" else "slower" end
      elif $rose then "higher" else "lower" end;
def item: "- \(names): " + if both then "\(movement), \(centre("base")) → \(centre("head")) (\(changed), \(changed_interval))" else direction end;
def some($words): if length > 10 then (.[:10] | map(item)) + ["- … and \(length - 10) more that \($words)"] else map(item) end;

summary as $summary | comparisons | worst_first
| ["### Performance"]
+ (of("newly-failing", "regression") | some("got worse"))
+ (of("improvement", "fixed") | some("got better"))
+ (of("changed") | some("changed"))
+ (if any(is_finding) then [] else ["- No change was found."] end)
+ ["text: Compared"
   + ($summary.metadata.base | if . then " with " + . else "" end)
   + ($summary.metadata.machines | if . == [] then "" else " on " + join(", ") end)
   + ": " + verdict_counts
   + ($summary.metadata.band | if . then " Changes up to \(limit) are taken not to matter." else "" end)]
| .[]
