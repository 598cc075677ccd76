# SPDX-License-Identifier: GPL-2.0-or-later
# What the template `check` says of the lines of bench-check.
include "cells";

def limit($unit): if type == "array" then interval($unit) else quantity($unit) end;
def distance: # from the nearer end of the limit
    .value as $value | [.limit // empty] | flatten
    | if $value == null or map(select(. > 0)) == [] then "n/a" else $value / min_by(. - $value | fabs) | change end;
def verdict:
    if .outcome == "fail" then "missed" elif .value == null then "no value" elif .outcome == "pass" then "met"
    elif .missed then "missed: not proven" else "not proven" end
    + ([.grade // empty, .reasons[]?] | if . == [] then "" else ": " + join("; ") end);
def parts: if .ratio then .ratio | " (\(.unit as $u | .ours | quantity($u)) / \(.unit as $u | .theirs | quantity($u)))" else "" end;
def table:
    [(["Target", "Benchmark", "Value", "Interval", "Limit", "Distance", "Samples", "Note"] | row)]
    + map(.unit as $unit
        | [((if .name then .name + ": " else "" end) + .target), about, (.value | quantity($unit)) + parts, (.value_ci | interval($unit)),
           (.limit | limit($unit)), distance, (.n // "n/a" | tostring), verdict] | row);
def section($title; $words): if length == 0 then [] else ["## " + $title] + $words + table end;

(map(select(.kind == "summary")) | last) as $summary
| checks
| map(select(.missed)) as $missed
| map(select((.missed | not) and .outcome == "unproven")) as $open
| map(select((.missed | not) and .outcome == "pass")) as $met
| ["# Targets",
   (if $missed != [] then "> [!WARNING] \($missed | length) of \(length) targets missed"
    elif $met == . then "> [!NOTE] All \(length) targets are met" else "> [!NOTE] No target missed" end)
   + (if $open == [] then "" else ", \($open | length) met but not proven" end) + "."]
+ [$summary.metadata.targets // empty | "- Targets: " + .]
+ ["- Next: " + if $missed != [] then "Look at what is missed; the first table has it."
                elif $open != [] then "Take more samples of what is not proven." else "Nothing needs to be done." end]
+ [["Targets", "Number"], ["Missed", $missed], ["Met, but not proven", $open], ["Met", $met], ["All", .]
   | map(if type == "array" then length | tostring else . end) | row]
+ ($missed | section("Missed"; []))
+ ($open | section("Not Proven"; ["text: The value meets the target; its interval, or the number of its samples, does not prove it."]))
+ ($met | section("Met"; []))
+ ["text: The interval is that of the value" + ($summary.alpha | if . == null then "" else ", at " + (1 - . | share) end)
   + ". The distance is that of the value from the nearer end of the limit."]
| .[]
