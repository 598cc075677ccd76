# SPDX-License-Identifier: GPL-2.0-or-later
# From the lines of calibrate-trend to what trend.mustache shows: jq -s -f trend.jq
def rate:
    if . == null then "–"
    else (. * 1000 | round) as $m
        | if $m >= 1000 then "1" elif $m == 0 then "0" else "." + (1000 + $m | tostring | .[1:]) end
    end;
def mean($name): [.metrics[] | select(.name == $name) | .summary.mean][0];
def with_interval($name):
    [.metrics[] | select(.name == $name)][0]
    | "\(.summary.mean | rate) (\(.metadata.interval[0] | rate)–\(.metadata.interval[1] | rate))";
def noises: {"normal": "independent noise", "spikes": "every twentieth point stands off by 10 sd",
    "ar-0.3": "each point keeps .3 of the last one's distance", "ar-0.6": "each keeps .6",
    "t3": "heavy tails (t with 3 degrees)", "lognormal": "e to a normal one",
    "coarse-clock": "rounded to one sd", "two-modes": "two modes"};

map(select(.kind == "run" and .producer.name == "calibrate-trend"))[0] as $run
| map(select(.kind == "result" and .run_id == $run.run_id)) as $results
| {
    reports: $run.config.reports,
    seed: $run.config.seed,
    version: $run.subject.version,
    goals: [$results[] | select(.benchmark.suite == "calibrate-trend goals") | .metrics[0] as $metric | {
        claim: .benchmark.params.claim,
        limit: ($metric.metadata | if .at_least != null then "≥ \(.at_least | rate)" else "≤ \(.at_most | rate)" end),
        reached: ($metric.samples[0] | rate),
        missed: (.outcome != "passed")}],
    quiet: [$results[] | select(.benchmark.suite == "calibrate-trend" and .benchmark.name == "nothing") | {
        what: (noises[.benchmark.params.noise] + ", \(.benchmark.params.points) points"),
        steps: with_interval("step_rate"), drifts: (mean("drift_rate") | rate),
        unconfirmed: (mean("unconfirmed_rate") | rate)}],
    steps: [$results[] | select(.benchmark.suite == "calibrate-trend" and .benchmark.name == "step") | {
        after: .benchmark.params.after, found: with_interval("step_rate"),
        placed: (mean("placed_rate") | rate), unconfirmed: (mean("unconfirmed_rate") | rate)}],
    ramps: [$results[] | select(.benchmark.suite == "calibrate-trend" and .benchmark.name == "ramp") | {
        size: .benchmark.params.size, steps: with_interval("step_rate"), drifts: (mean("drift_rate") | rate)}],
    stairs: [$results[] | select(.benchmark.suite == "calibrate-trend" and .benchmark.name == "staircase") | {
        size: .benchmark.params.size, exact: with_interval("exact_rate")}]
}
