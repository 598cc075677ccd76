# SPDX-License-Identifier: GPL-2.0-or-later
# From the lines of calibrate-diff to what diff.mustache shows: jq -s -f diff.jq
def rate:
    if . == null then "–"
    else (. * 1000 | round) as $m
        | if $m >= 1000 then "1" elif $m == 0 then "0" else "." + (1000 + $m | tostring | .[1:]) end
    end;
def percent: . * 1000 | round | . / 10 | "\(.) %";
def metric($name): .metrics[] | select(.name == $name);
def mean($name): [metric($name).summary.mean][0];
def with_interval($name):
    [metric($name)][0] | if . == null then "–"
    else "\(.summary.mean | rate) (\(.metadata.interval[0] | rate)–\(.metadata.interval[1] | rate))" end;

def titles: {
    "paired": "Independent noise, in turns, in pairs",
    "turns": "Independent noise, in turns, without pairs",
    "moments": "What both samples of a pair share",
    "correlated": "Each sample knows of the one before it",
    "runs": "Runs differ as much as samples do, each side has its own",
    "history": "The same, with ten earlier runs",
    "heavy-tails": "Heavy tails",
    "coarse-clock": "A coarse clock",
    "drift": "The machine drifts by two sd"};

def words:
    .benchmark.params
    | "sd \(.sd | percent)"
    + (if .runs > 1 or .run_sd then ", \(.runs) × \(.n)" else ", n \(.n)" end)
    + (if .rho then ", ρ \(.rho | rate)" else "" end)
    + (if .moment_sd then ", shared \(.moment_sd | percent)" else "" end)
    + (if .tick then ", tick \(.tick | percent)" + (if .paired then ", pairs" else "" end) else "" end)
    + (if .noise != "normal" then ", \(.noise)" else "" end)
    + (if .order == "blocks" then ", in blocks" elif .drift then ", in turns" else "" end);

# Two lines of each cell, one by default and one with --strict.
def both: [.[] | select(.variant == "default")][0] as $usual | [.[] | select(.variant == "strict")][0] as $strict
    | {$usual, $strict, shift: $usual.benchmark.params.shift};
def row: . as $cells
    | ($cells[] | select(.shift == 0)) as $none
    | def power($shift; $side): [$cells[] | select(.shift == $shift) | .[$side] | mean("power")][0] | rate;
      def pooled($side): [$cells[][$side] | metric("settled_rate").summary]
        | (map(.n) | add) as $n | if ($n // 0) == 0 then null else (map(.n * .mean) | add) / $n end | rate;
    {
        what: ($none.usual | words),
        alarms: ($none.usual | with_interval("false_alarm_rate")),
        alarms_changed: ([$cells[] | select(.shift > 0) | .usual | mean("false_alarm_rate")] | max | rate),
        alarms_strict: ([$cells[].strict | mean("false_alarm_rate")] | max | rate),
        power: ([0.01, 0.02, 0.05, 0.1] | map(power(.; "usual")) | join(" / ")),
        power_strict: ([0.01, 0.02, 0.05, 0.1] | map(power(.; "strict")) | join(" / ")),
        unchanged: ($none.usual | mean("unchanged_rate") | rate),
        missed: ([$cells[] | select(.shift >= 0.02) | .usual | mean("missed_rate")] | max | rate),
        warned: ([$cells[].usual | mean("warning_rate")] | max | rate),
        settled: "\(pooled("usual")) / \(pooled("strict"))"
    };

map(select(.kind == "run" and .producer.name == "calibrate-diff"))[0] as $run
| map(select(.kind == "result" and .run_id == $run.run_id)) as $results
| {
    reports: $run.config.reports,
    seed: $run.config.seed,
    version: $run.subject.version,
    goals: [$results[] | select(.benchmark.suite == "calibrate-diff goals") | .metrics[0] as $metric | {
        claim: .benchmark.params.claim,
        limit: ($metric.metadata | if .at_least != null then "≥ \(.at_least | rate)" else "≤ \(.at_most | rate)" end),
        reached: ($metric.samples[0] | rate),
        missed: (.outcome != "passed")}],
    conditions: [$results | map(select(.benchmark.suite == "calibrate-diff"))
        | group_by(.benchmark.name) | sort_by(.[0].benchmark.name as $name | titles | keys_unsorted | index($name)) | .[]
        | {title: titles[.[0].benchmark.name],
           rows: [group_by(.benchmark.params | del(.shift)) | .[]
               | [group_by(.benchmark.params.shift) | .[] | both] | row]}]
}
