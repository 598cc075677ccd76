# SPDX-License-Identifier: GPL-2.0-or-later
# What the template `trend` says of the lines of bench-trend.
include "cells";

def trends: map(select(.kind == "trend" and (.points | length > 0)));
def metric: .metric // null | if . == null then "" else title end;
def is_stable: .verdict | IN("stable", "too-few-points");
def headline: . as $all
    | [(["regressed", "improved", "changed", "drifting", "unconfirmed", "stable"][] as $v
        | $all | map(select(.verdict == $v)) | length | select(. > 0) | "\(.) \($v)"),
       ($all | map(select(.verdict == "too-few-points")) | length | select(. > 0) | "\(.) with too few points")] | join(", ");
def point($at): .points[$at] | .ref // (.commit | values | .[:9]) // (.ts | values | todate | .[:10]) // "point \($at)";
def spark: # each column the median of as many points, in eight heights between the least and the most
    [.points[].median] as $values | ($values | length) as $count | ([$count, 32] | min) as $columns
    | [range($columns) | $values[(. * $count / $columns | floor):((. + 1) * $count / $columns | floor)] | median]
    | (map(values) | [min, max]) as [$least, $most]
    | map(if . == null then " " else
        (if $most > $least then (. - $least) / ($most - $least) else 0.4 end * 8 | floor | [., 7] | min + 9601 | [.] | implode) end)
    | add;
def value: .unit as $unit | .points | last | .median | quantity($unit);
def step: if .ratio != null then .ratio | change else .unit as $unit | .shift | quantity($unit) end;
def changes: . as $series | [.changes // [] | .[] | select(.index >= 0 and .index < ($series.points | length)) + {unit: $series.unit}] | reverse;
def slopes: . as $series | ($series.points | length) as $count
    | [.slopes // [] | .[] | select(.from >= 0 and .from < .to and .to < $count)] | reverse;
def change_line($series): .unit as $unit | "- \(.index as $at | $series | point($at)): \(step)"
    + (if (.ratio_ci // [null])[0] != null then " (\(.ratio_ci | change_interval))" else "" end)
    + (if .before == null then "" else ", from \(.before | quantity($unit)) to \(.after | quantity($unit))" end) + ", \(if .status == "unconfirmed" then "unconfirmed" else "confirmed" end)"
    + (.accepted // null | if . then "; accepted: " + . else "" end);
def slope_line($series): .from as $from | .to as $to | "- \($series | point($from)) to \($series | point($to)): a drift of "
    + (if .per_point == null then "n/a" else 1 + .per_point * ($to - $from) | change end) + " over \($to - $from + 1) points";
def where: (benchmark // "unnamed") + (model | if . then ", " + . else "" end) + (.variant // null | if . then " (\(.))" else "" end);
def found: . as $series | ["### \(where): \(metric)",
    "text: \(.verdict) \(spark) now \(value)" + (.machine // null | if . then ", on " + . else "" end)]
    + (changes | map(change_line($series))) + (slopes | map(slope_line($series)));
def all_series($noise): map(. as $series | (changes | .[0]) as $last
    | [where + (.machine // null | if . then ", " + . else "" end), metric, .verdict // "", spark, value,
       ($last | if . then step else "" end), ($last | if . then .index as $at | $series | point($at) else "" end)]
      + (if $noise then [.noise.cv | share] else [] end) + [.points | length | tostring] | row);

(map(select(.kind == "summary" and .tool == "bench-trend")) | last) as $summary | trends
| ["# Results over Time", "> [!\(if $summary.verdict == "fail" then "WARNING" else "NOTE" end)] \(length) series: \(headline).", "## What Happened"]
+ (map(select(is_stable | not)) | if . == [] then ["text: No series shows a step or a drift."] else map(found) | add end)
+ ["## All Series", (["Benchmark", "Metric", "Verdict", "Over time", "Now", "Last step", "At", "Noise", "Points"] | row)]
+ all_series(true)
+ (if any(.changes[]?.status == "unconfirmed") then ["text: An unconfirmed step has only one or two points behind it; three confirm it."] else [] end)
+ [$summary.metadata.points_without_data[]? | "- Without data of its own: " + .]
| .[]
