# SPDX-License-Identifier: GPL-2.0-or-later
# What the template `report` says of the lines of one file, whose name is $file.
include "cells";
include "results";

# ---- lines of 0.x as results ----
def performance: {tokens_per_sec: ["tokens_per_second", "{token}/s", "higher", 1], time_to_first_token_s: ["time_to_first_token", "s", "lower", 1],
    model_load_time_s: ["model_load_time", "s", "lower", 1], cleanup_time_s: ["cleanup_time", "s", "lower", 1],
    peak_ram_gb: ["peak_memory", "By", "lower", 1e9], stable_ram_gb: ["stable_memory", "By", "lower", 1e9],
    prompt_tokens: ["prompt_tokens", "{token}", "none", 1], completion_tokens: ["completion_tokens", "{token}", "none", 1]};
def seconds: capture("^(?<whole>[^.Z+]*)(?<part>[.][0-9]*)?") | (.whole + "Z" | fromdate) + (.part // "0" | "0" + . | tonumber);
def upgrade: . as $line
    | (.test | capture("^(?<path>.*)::(?<name>[^\\[]*)(\\[(?<id>.*)\\])?$")) as $test
    | {kind: "result", run_id: "RUN", outcome, reason: .metadata.skip_reason, modality: .metadata.inference_modality,
       benchmark: {suite: ($test.path | split("::")), name: $test.name, params: (if $test.id then {id: $test.id} else null end)},
       model: (.model | if . then {id, size_bytes: (.size_gb | if . then . * 1e9 else null end)} else null end),
       ended_ts: (.test_end_ts // (.timestamp | seconds)),
       started_ts: (.test_start_ts // (.duration as $duration | .timestamp | if $duration then seconds - $duration else null end)),
       metrics: ([.duration // empty | {name: "duration", unit: "s", better: "lower", samples: [.]}]
           + [performance | to_entries[] | .value as [$name, $unit, $better, $factor] | $line.performance[.key]? // empty
              | {name: $name, unit: $unit, better: $better, samples: [. * $factor]}]),
       health: (.system_health | if . == null then null else
           {ram_available_bytes: (.ram_free_gb | if . then . * 1e9 else null end), swap_used_bytes: (.swap_used_mb | if . then . * 1e6 else null end),
            zombies: .zombie_processes, flags: [.quality_flags[]? | select(. != "clean") | {flag: (sub("^degraded_"; "") | if . == "memory" then "low-memory" else . end)}]} end),
       version: .mlx_knife_version, system};
def old: .schema_version | startswith("0.");

# ---- results, whose parts count once ----
def length_of: [.metrics[]? | select(.name == "duration" and .unit == "s" and (.samples | length == 1)) | .samples[0]][0]
    // (if .started_ts and .ended_ts then .ended_ts - .started_ts else null end);
def badness: {skipped: 0, passed: 1, failed: 2, error: 3}[.outcome];
def items: to_entries | map(.value + {place: .key, time: (.value | length_of)})
    | group_by(if .part == null then [.place] else [.run_id, .benchmark, .model, .modality, .variant, .repetition] end)
    | map(sort_by(.place) | (max_by(badness)) + {place: .[0].place, time: (map(.time | values) | if . == [] then null else add end),
        started_ts: (map(.started_ts | values) | min), ended_ts: (map(.ended_ts | values) | max),
        health: (map(.health | values) | if . == [] then null else
            {ram_available_bytes: (map(.ram_available_bytes | values) | min), swap_used_bytes: (map(.swap_used_bytes | values) | max),
             zombies: (map(.zombies | values) | max), load: [(map(.load[0]? | values) | max)],
             flags: (if all(.flags == null) then null else [.[].flags[]?] | once end)} end), lines: .})
    | sort_by(.place);
def about: benchmark + (.variant | if . then " (\(.))" else "" end);
def mode: .modality | if . == null then "-" else title end;
def shown_model: model // "-";
def is_bad: .outcome | IN("failed", "error");
def timed: [.metrics[]? | select(.name == "duration")] != [];
def performed: [.metrics[]? | select(.name != "duration")] != [];
def inferred: .outcome == "passed" and .model and (performed or .time == null or .time >= 0.5);
def is_test: timed or (performed | not);
def rank: {vision: 0, text: 1, audio: 2, video: 3}[.modality // "none"] // (if .modality then 4 else 5 end);
def total: map(values) | if . == [] then null else add end;
def sized: extent("By");

# ---- sections ----
def failures: map(select(is_bad)) | if . == [] then [] else
    ["## Failures", (["Test", "Model", "Outcome", "Reason", "Ended", "Time"] | row)]
    + map([about, shown_model, .outcome, .reason // "not given",
           (.failure // {} | [(if .timed_out then "timed out" else empty end), (.signal | values | "signal \(.)" + if . == 9 then " (SIGKILL)" else "" end),
              (.exit_status | values | "exit status \(.)")] | if . == [] then "n/a" else join(", ") end),
           (.time | quantity("s"))] | row)
    + (map(select((.failure.stderr // "") != "")) | if . == [] then [] else
       map(["text: \(about):"] + (.failure.stderr | rtrimstr("\n") | split("\n") | map("code: " + .))) | add | folded("What they wrote to standard error") end) end;
def outcomes_of($outcome): map(select(.outcome == $outcome)) | length;
def summary($health): ["## Executive Summary",
    "- Tests: \(length) total (\(outcomes_of("passed")) passed"
    + ([["failed", "failed"], ["error", "could not run"], ["skipped", "skipped"]] as $words | . as $all
       | [$words[] | . as [$outcome, $word] | $all | outcomes_of($outcome) | select(. > 0) | ", \(.) \($word)"] | add // "") + ")",
    "- Duration: \(map(select(.outcome == "passed") | .time) | total | quantity("s")) in passed results",
    (if $health.known == 0 then "- Quality: n/a; no result says how the machine was doing"
     else "- Quality: \($health.clean / $health.known | share) clean (\($health.clean) of \($health.known) whose health is known"
       + (if $health.unknown > 0 then "; \($health.unknown) unknown" else "" end) + ")" end)];
def tested($runs): . as $all | (any(.model)) as $models | map(select(.outcome == "passed")) as $passed
    | ["## Test Summary", (["Measure", "Value"] | row), (["Total", length] | map(tostring) | row), (["Passed", ($passed | length)] | map(tostring) | row)]
    + (if $models then [(["Passed, with a model", ($passed | map(select(.model)) | length | tostring)] | row),
        (["Passed, infrastructure", ($passed | map(select(.model | not)) | length | tostring)] | row)] else [] end)
    + ([["Failed", "failed"], ["Could not run", "error"], ["Skipped", "skipped"]] | map(. as [$title, $outcome] | [$title, ($all | outcomes_of($outcome) | tostring)] | row))
    + [(["Time in passed results", ($passed | map(.time) | total | quantity("s"))] | row),
       (map(select(.time == null)) | length) as $unknown
       | ["Time in all results", (map(.time) | total | quantity("s")) + if $unknown > 0 and $unknown < length then " (\($unknown) without a time)" else "" end] | row,
       empty]
    + [(["From first start to last end", (if $runs == 1 and any(.ended_ts) and any(.started_ts)
        then (map(.ended_ts | values) | max) - (map(.started_ts | values) | min) | quantity("s") else "n/a" end)] | row)];
def skips: map(select(.outcome == "skipped")) | if . == [] then [] else
    ["### Skipped", (["Reason", "Results", "Tests"] | row)]
    + (kept_order(.reason) | to_entries | sort_by([-(.value | length), .key]) | map(.value
       | [.[0].reason // "not given", (length | tostring), (.[:3] | map(benchmark) | join(", ")) + if length > 3 then " and \(length - 3) more" else "" end] | row)) end;
def health_of: map(.health // {} | . + {known: (.ram_available_bytes != null or .zombies != null or .flags != null)}
        | . + {low: (.ram_available_bytes != null and .ram_available_bytes < 5e9), dead: ((.zombies // 0) > 0), flags: [.flags[]?.flag]}
        | . + {clean: (.known and (.low or .dead or .flags != [] | not))})
    | {all: ., known: (map(select(.known)) | length), clean: (map(select(.clean)) | length), unknown: (map(select(.known | not)) | length)};
def health: . as $h | if .known == 0 then [] else
    def measure($title; $unit; value): [.all[] | value | values] | if . == [] then empty
        else [$title, (min, max, add / length | quantity($unit))] | row end;
    ["## System Health",
     (if .clean == .known then "text: All \(.known) results whose health is known are clean: at least 5 GB of RAM free, no zombie processes, no flags."
      else "text: Degraded: \(.known - .clean) of the \(.known) results whose health is known." end),
     (["Measure", "Least", "Most", "Mean"] | row),
     measure("RAM free"; "By"; .ram_available_bytes), measure("Swap used"; "By"; .swap_used_bytes),
     measure("Zombie processes"; "1"; .zombies), measure("Load (1 min)"; "1"; .load[0]?),
     (["Quality", "Results"] | row)]
    + ([["Clean", .clean], ["Degraded", .known - .clean], ["Less than 5 GB of RAM free", (.all | map(select(.low)) | length)],
        ["Zombie processes", (.all | map(select(.dead)) | length)]]
       + (.all | map(.flags[]) | kept_order(.) | map(["Flag \(.[0])", length]))
       + (if .unknown > 0 then [["Unknown", .unknown]] else [] end) | map(map(tostring) | row)) end;

# ---- metrics in columns ----
def columns: kept_order([.name, .unit]) | map(.[0]) | . as $all
    | map(. + {title: ((.name | title) + (.name as $name | if $all | map(select(.name == $name)) | length > 1 then " (\(.unit))" else "" end))});
def cell($column; $metrics): $column.unit as $unit
    | [$metrics[] | select(.name == $column.name and .unit == $unit)
       | if [.samples[]? | values] == [] then .summary.median // empty else .samples[] | values end] | median | quantity($unit);
def wide($columns; $head; $rows): # rows: {head, metrics}; eight columns in a table
    [range(0; $columns | length; 8) as $from | $columns[$from:$from + 8] as $some
     | (($head + ($some | map(.title))) | row),
       ($rows[] | .metrics as $metrics | select([$some[] as $column | $metrics[] | select(.name == $column.name and .unit == $column.unit)] != [])
        | .head + [$some[] as $column | cell($column; $metrics)] | row)];

# ---- models ----
def models: map(select(.model and (is_bad or inferred or performed))) | group_by([(model | ascii_downcase), .model.id, rank, .modality])
    | map({model: .[0] | model, size: .[0].model.size_bytes, mode: .[0] | mode, rank: .[0] | rank, failed: map(select(is_bad)) | length,
           passed: map(select(inferred)), metrics: [.[].lines[].metrics[]? | select(.name != "duration")]});
def lead($columns): [("tokens_per_second", "output_throughput", "time_to_first_token", "ttft", "time_per_output_token", "tpot") as $name
    | $columns[] | select(.name == $name)] | if . == [] then [$columns[] | select(.better | . == "lower" or . == "higher")][:1] else .[:3] end;
def classes($models): [["Large (20 GB and more)", 20e9, infinite], ["Medium (10 to 20 GB)", 10e9, 20e9], ["Small (under 10 GB)", 0, 10e9]][]
    | . as [$title, $least, $below] | [$models[] | select(.passed != [] and .size != null and .size >= $least and .size < $below)]
    | if . == [] then empty else unique_by(.model) as $own
      | group_by([.rank, .mode]) | to_entries[] | .key as $at | .value
      | (if $at == 0 then [$title, ($own | length | tostring), ($own | map(.size) | mean | quantity("By"))] else ["", "", ""] end)
        + [.[0].mode, (length | tostring), (map(.passed | map(.time) | mean) | mean | quantity("s")),
           ([.[].passed[].health.ram_available_bytes | values] | [min, max] | sized)] | row end;
def model_sections($columns): (models) as $models | lead($columns) as $lead
    | if $models == [] then [] else (any($models[]; .failed > 0)) as $failed
      | ["## Per-Model Statistics", "text: Passed results of at least 0.5 s, or with figures of inference. Figures are medians.",
         (["Model", "Size", "Mode", "Tests"] + (if $failed then ["Failed"] else [] end) + ["Time", "RAM free"] + ($lead | map(.title)) | row)]
      + ($models | map(.metrics as $metrics
          | [.model, (.size | quantity("By")), .mode, (.passed | length | tostring)] + (if $failed then [.failed | tostring] else [] end)
            + [(.passed | map(.time) | total | quantity("s")), ([.passed[].health.ram_available_bytes | values] | [min, max] | sized)]
            + [$lead[] as $column | cell($column; $metrics)] | row))
      + ["### Model Categories", (["Size class", "Models", "Mean size", "Mode", "Models tested", "Mean test time", "RAM free"] | row), classes($models)]
      + ["### Performance"] + wide($columns; ["Model", "Mode"]; $models | map({head: [.model, .mode], metrics})) end;

# ---- tests ----
def test_sections: map(select(is_test and inferred)) | if . == [] then [] else
    ["## Per-Test Statistics", (["Test", "Mode", "Models", "Fastest", "Slowest", "Median"] | row)]
    + (group_by([(.benchmark.name | ascii_downcase), rank]) | map(map(select(.time)) as $timed
       | [.[0].benchmark.name, (.[0] | mode), (map(.model.id) | unique | length | tostring)]
         + (if $timed == [] then ["n/a", "n/a", "n/a"] else
            [($timed | [min_by(.time), (reverse | max_by(.time))][] | "\(model) (\(.time | quantity("s")))"), ($timed | map(.time) | median | quantity("s"))] end) | row))
    + (map(select(.started_ts)) | if . == [] then [] else
       ["### Cold Starts", "text: The first test of each model, which includes loading it.", (["Test", "Model", "Time"] | row)]
       + (group_by(.model.id) | map(min_by(.started_ts)) | sort_by(.started_ts) | map([.benchmark.name, model, (.time | quantity("s"))] | row)) end) end;

# ---- benchmarks ----
def choose($n): . as $k | reduce range($k) as $i (1; . * ($n - $i) / ($i + 1));
def median_interval: sort as $sorted | length as $n # the k-th from both ends, exactly covering 95 %
    | [range(1; $n / 2 + 1 | floor) | select(([range(.) | choose($n)] | add) / pow(2; $n) <= 0.025)] | last as $k
    | if $k == null then [null, null] else [$sorted[$k - 1], $sorted[$n - $k]] end;
def spread: mean as $mean | if length < 2 or $mean == 0 then null
    else (map(. - $mean | . * .) | add / (length - 1) | sqrt) / ($mean | fabs) end;
def sides: # of a benchmark's results: {variant, metrics}
    kept_order(.variant) | map({variant: .[0].variant, runs: (map(select(.metrics // [] != []) | .run_id) | unique | length),
        metrics: [.[].lines[].metrics[]?]} | select(.metrics != []));
def main: [(.[] | select(.name == "wall_time")), (.[] | select(.name == "duration")), (.[] | select(.better | . == "lower" or . == "higher")), .[0]][0];
def figures($about; $runs): $about.unit as $unit
    | [.[] | select(.name == $about.name and .unit == $unit)] as $own
    | if $own == [] then ["n/a", "n/a", "n/a", "n/a", "n/a"] else
      [$own[].samples[]? | values] as $values | ([$own[].samples[]? | select(. == null)] | length) as $missing
      | [($values | length | count) + (if $runs > 1 then " of \($runs) runs" else "" end) + (if $missing > 0 then " (\($missing) missing)" else "" end),
         ($values | median | quantity($unit)), (if $runs > 1 then "n/a" else $values | median_interval | interval($unit) end),
         ($values | spread | share), ($values | [min, max] | extent($unit))] end;
def measured: kept_order([.benchmark, .model, .modality])
    | map({about: .[0], sides: sides} | .variants = (.sides | map(.variant)) | .all = .sides[0].metrics
          | select(.sides != [] and ((any(.sides[].metrics[]; .name == "duration") | not) or (.sides | length > 1)
                   or any(.sides[]; .variant or ([.metrics[] | .name] | length > (unique | length)) or any(.metrics[]; .samples | length > 1)))));
def side_by_side: # of all results: those with several variants
    kept_order([.benchmark, .model, .modality])
    | map({about: .[0], names: (map(.variant | values) | reduce .[] as $one ([]; if index([$one]) then . else . + [$one] end)), sides: sides})
    | map(select(.names | length > 1)) | if . == [] then [] else
      ["### Variants", "text: Medians, and their ratios to the first variant. Ratios of medians alone say nothing of noise: that is bench-diff's part."]
      + (kept_order(.names) | map(.[0].names as $names
          | [(["Benchmark"] + $names + ($names[1:] | map(. + " / " + $names[0])) + ["Samples"] | row)]
          + map((.sides[0].metrics | main) as $main | $main.unit as $unit | .sides as $sides
              | [$names[] as $name | [$sides[] | select(.variant == $name) | .metrics[] | select(.name == $main.name and .unit == $unit) | .samples[]? | values]] as $values
              | ($values | map(median)) as $medians
              | [(.about | benchmark + (model | if . then ", " + . else "" end))] + ($medians | map(quantity($unit)))
                + ($medians[1:] | map(if . and $medians[0] then . / $medians[0] | "\(ratio) (\(change))" else "n/a" end))
                + [$values | map(length | count) | join(", ")] | row)) | add) end;
def benchmark_sections($items): measured as $all | if $all == [] then [] else
    ($all | any(.about.model)) as $models | ($all | any(.about.modality)) as $modes | ($all | any(.[].sides[]; .variant)) as $variants
    | ($all | map(.sides[0].metrics | main | .name) | unique) as $names
    | def head($variant): [benchmark] + (if $models then [shown_model] else [] end) + (if $modes then [mode] else [] end)
          + (if $variants then [$variant // "-"] else [] end);
      (["Benchmark"] + (if $models then ["Model"] else [] end) + (if $modes then ["Mode"] else [] end) + (if $variants then ["Variant"] else [] end)) as $head
    | ["## Benchmarks"] + (if $names | length == 1 then ["text: \($names[0] | title), in samples. The interval is that of the median, at 95%."] else [] end)
    + [($head + (if $names | length > 1 then ["Metric"] else [] end) + ["Samples", "Median", "Interval", "Spread", "Range"] | row)]
    + [$all[] | .about as $about | (.sides[0].metrics | main) as $main | .sides[]
       | . as $side | ($about | head($side.variant)) + (if $names | length > 1 then [if any($side.metrics[]; .name == $main.name) then $main.name | title else "" end] else [] end)
         + ($side.metrics | figures($main; $side.runs)) | row]
    + ($items | side_by_side)
    + (([$all[].sides[].metrics[]] | columns) as $columns
       | if $columns | length > 1 then wide($columns; $head; [$all[] | .about as $about | .sides[] | .variant as $variant | {head: ($about | head($variant)), metrics}]) | folded("All metrics")
         else [] end) end;

# ---- the machine ----
def window($readings): . as $item | [$readings[] | select($item.started_ts and .ts >= $item.started_ts and .ts <= $item.ended_ts)];
def gpu: .gpus[0].device_percent;
def pressures: ["normal", "warning", "critical"];
def pressure: map(.pressure.level // empty | . as $level | pressures | index([$level])) | if . == [] then "n/a" else pressures[max] end;
def activity($readings): if $readings == [] then [] else
    (map(select(.outcome != "skipped") | . + {readings: window($readings)})) as $all
    | ($all | map(select(.readings != []))) as $seen
    | def averages($title; $unit; value): [$seen[] | [.readings[] | value | values] | select(. != []) | add / length] as $means
          | [$seen[].readings[] | value | values] as $values
          | if $means == [] then empty else [$title, ($means | mean | quantity($unit)), ($values | (min, max) | quantity($unit))] | row end;
      def avg($unit; value): [.readings[] | value | values] | mean | quantity($unit);
    ["## Machine Activity",
     "- Readings: \($readings | length), one every \([$readings | sort_by(.ts) | . as $r | range(1; length) | $r[.].ts - $r[. - 1].ts] | median | quantity("s")) (median)",
     "- Results with readings between their start and their end: \($seen | length)",
     (["warning", "critical"][] as $level | $seen | map(select(.readings | pressure == $level)) | length | select(. > 0)
      | "- Results under memory pressure (\($level)): \(.)")]
    + [($all | map(select(.started_ts == null)) | length | select(. > 0) | "- Results that do not say when they ran: \(.)")]
    + (if $seen == [] then [] else
       [(["Measure", "Mean of the results", "Least reading", "Highest reading"] | row),
        averages("GPU"; "%"; gpu), averages("GPU renderer"; "%"; .gpus[0].renderer_percent), averages("CPU, programs"; "%"; .cpu.user_percent),
        averages("CPU, kernel"; "%"; .cpu.system_percent), averages("Memory available"; "By"; .memory.available_bytes),
        averages("Swap used"; "By"; .swap.used_bytes)]
       + ($seen | map(select([.readings[] | gpu | values] | (mean // 0) > 50)) | if . == [] then [] else
          ["### High GPU Utilization", "text: Results whose mean GPU utilization is over 50%.", (["Test", "Model", "GPU", "Renderer", "Memory pressure"] | row)]
          + map([about, shown_model, avg("%"; gpu), avg("%"; .gpus[0].renderer_percent), (.readings | pressure)] | row) end)
       + ($seen | [(["Test", "Model", "Readings", "GPU", "Renderer", "CPU, programs", "CPU, kernel", "Least memory", "Memory pressure"] | row)]
          + map([about, shown_model, (.readings | length | tostring), avg("%"; gpu), avg("%"; .gpus[0].renderer_percent), avg("%"; .cpu.user_percent),
                 avg("%"; .cpu.system_percent), ([.readings[].memory.available_bytes | values] | min | quantity("By")), (.readings | pressure)] | row)
          | folded("Activity in each result")) end) end;

# ---- the document ----
def moment: floor as $whole | ((. - $whole) * 1e6 | round) as $part
    | ($whole | todate) | if $part == 0 then . else sub("Z$"; "." + ($part | tostring | "0" * (6 - length) + .) + "Z") end;
def old_runs: [{run_id: "RUN", started_at: (map(.started_ts | values) | min | moment), producer: {name: "mlx-knife", version: .[0].version},
    system: ((map(.system | values)[0]) | {model: .hardware_profile.model, cpu: {model: .hardware, cores: {physical: .hardware_profile.cores_physical}},
        memory: {total_bytes: (.ram_total_gb * 1e9)}, os: {version: .platform_version}}),
    remarks: ((map(.system | values)[0]) | ["- python_version: " + .python_version, "- mlx_version: " + .mlx_version])} | .subject = .producer];

. as $lines | (map(if old then upgrade else . end)) as $new | (any(old)) as $is_old
| ($new | results) as $results | (if $is_old then $results | old_runs else $new | runs end) as $runs
| ($results | items) as $items | ($items | health_of) as $health | ($lines | map(select(.kind == "reading"))) as $readings
| ($runs | map({kind: "run"} + .)) as $told
| ["# Benchmark Report" + ($told | subjects)]
+ ($items | map(select(is_bad)) | if . == [] then [] else ["> [!WARNING] \(length) of \($items | length) results did not pass."] end)
+ ($lines | map(select(.kind == "end" and .interrupted)) | if . == [] then [] else ["> [!CAUTION] Interrupted: \(length) of the runs, before everything was measured."] end)
+ (if $is_old then [] else [$runs[] | .run_id as $id | select($lines | any(.kind == "end" and .run_id == $id) | not)]
   | if . == [] then [] else ["> [!CAUTION] Without an end line: \(length) of the runs. What they reported may have been cut off."] end end)
+ [$told | dates, machines] + [$runs[] | .run_id as $id | .producer // empty | "- Producer: \(program), run \($id)"]
+ ($items | failures)
+ ["## Input Files", (["File", "Schema", "Lines", "Unreadable"] | row),
   ([$file, ($lines | map(.schema_version) | unique | join(", ")), ($lines | length | tostring), "0"] | row)]
+ ($items | summary($health) + (models | if . == [] then [] else ["- Models: \(map(.model) | unique | length) tested"] end))
+ ($items | tested($runs | length)) + ($items | skips) + ($health | health)
+ ($items | model_sections([$items[] | select(.model) | .lines[].metrics[]? | select(.name != "duration")] | columns))
+ ($items | test_sections) + ($items | activity($readings)) + ($items | benchmark_sections($items))
+ ($items | [(["Test", "Model", "Mode", "Outcome", "Time"] | row)] + map([about, shown_model, mode, .outcome, (.time | quantity("s"))] | row)
   | folded("All \($items | length) results"))
+ ["## Files and Provenance", (["Run", "Started", "Producer", "Subject", "Commit", "Results"] | row)]
+ ($runs | map(.run_id as $id | [$id, .started_at // "n/a", (.producer | if . then program else "n/a" end), (.subject | if . then program else "n/a" end),
     (.vcs.commit // "n/a") + (if .vcs.dirty then " with changes" else "" end), ($items | map(select(.run_id == $id)) | length | tostring)] | row))
+ ["- Lines: " + (["run", "result", "end", "event", "reading", "signature", "comparison", "trend", "check", "diagnostic", "summary"] as $kinds
    | [$kinds[] as $kind | $lines | map(select((.kind // "result") == $kind)) | length | select(. > 0) | "\(.) \($kind)"] | join(", "))]
+ [$runs[].remarks[]?]
| .[]
