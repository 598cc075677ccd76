# SPDX-License-Identifier: GPL-2.0-or-later
# What the template `llm` says of results.
include "cells";
include "results";

# ---- figures ----
def names: {ttft: ["time_to_first_token", "ttft"], tpot: ["time_per_output_token", "tpot"],
    speed: ["tokens_per_second", "output_throughput", "generation_throughput"], throughput: ["total_throughput", "throughput"],
    time: ["wall_time", "duration", "total_time", "decode_time"], memory: ["peak_memory", "max_rss", "memory"],
    prompt: ["prompt_tokens", "input_tokens"], output: ["output_tokens", "completion_tokens"], tokens: ["tokens", "total_tokens"],
    requests: ["requests"], rate: ["request_throughput", "requests_per_second"], hits: ["cache_hits"], misses: ["cache_misses"],
    hit_rate: ["hit_rate", "cache_hit_rate"], tokens_saved: ["tokens_saved"], blocks: ["blocks_allocated"], shared: ["shared_blocks"],
    saved: ["memory_saved"]};
def metric($figure): [.metrics[]? | select(.name | IN(names[$figure][]))][0];
def known(how): if . == null then "n/a" else .unit as $unit | .samples | how | quantity($unit) end;
def mid($figure): metric($figure) | known(median);
def average($figure): metric($figure) | known(mean);
def total($figure): metric($figure) | known(add);
def sum($figure): metric($figure) // {samples: []} | .samples | add // 0;
def percent($figure): metric($figure) | if . == null then "n/a"
    elif .unit == "1" then .samples | median * 100 | quantity("%") else known(median) end;
def seconds: metric("time") | if . == null then null else .unit as $unit | .samples | add * times[$unit] end;
def throughput: if metric("throughput") then mid("throughput")
    else seconds as $seconds | if ($seconds // 0) > 0 and metric("prompt") and metric("output")
         then (sum("prompt") + sum("output")) / $seconds | quantity("{token}/s") else "n/a" end end;
def hit_rate: if metric("hit_rate") then percent("hit_rate")
    elif sum("hits") + sum("misses") > 0 then 100 * sum("hits") / (sum("hits") + sum("misses")) | quantity("%") else "n/a" end;
def speedup: # of [first, second]: by a rate, else by a time
    . as [$a, $b]
    | [(["speed", "throughput", "rate"] | .[] | . as $f | [$a, $b | metric($f)] | select(all(.)) | map(.samples | median) | .[1] / .[0]),
       (["time", "ttft"] | .[] | . as $f | [$a, $b | metric($f)] | select(all(.)) | map(.samples | median) | .[0] / .[1])][0];

# ---- sections ----
def section($names): map(select([.benchmark.suite // empty] | flatten | .[0] // "" | ascii_downcase | gsub("[- ]"; "_") | IN($names[])));
def sides: map(.variant // .labels.mode // empty) | once;
def pairs: # each benchmark with the first two sides of its section
    sides as $sides | kept_order([.benchmark, .model])
    | map(if $sides == [] then [.[0], {}] else [$sides[0, 1] as $side | (map(select((.variant // .labels.mode) == $side))[0] // {})] end
          | select(any(.metrics)) | . as $both | {about: (map(select(.benchmark))[0]), both: .});
def own: .about.benchmark.name + (.about.benchmark.params | params);
def who: .about | model // .benchmark.name;
def words: if length < 2 then [] else
    ["text: The speedup says how many times as fast \(.[1]) is as \(.[0]), by its rate, else by its time: below 1 it is slower. "
     + "It is a ratio of medians, and says nothing of noise: that is bench-diff's part."] end;
def titled($title; lines): if length == 0 then [] else ["## " + $title] + lines end;

def models: map(select(.model and (metric("ttft") or metric("speed") or metric("throughput") or metric("tpot"))));
def models_table: [(["Model", "Benchmark", "Generation", "TTFT", "Memory"] | row)]
    + map([model + (.model.quantization | if . then " (\(.))" else "" end), .benchmark.name + (.benchmark.params | params),
           mid("speed"), mid("ttft"), mid("memory")] | row);
def runs_table: [(["Model", "Runs", "Prompt tokens", "Generated tokens", "Total time", "TTFT, mean", "TPOT, mean", "Generation, mean", "Total throughput"] | row)]
    + map([model, ([.metrics[].samples | length] | max | tostring), total("prompt"), total("output"), total("time"), average("ttft"),
           average("tpot"), average("speed"), throughput] | row);
def batching: (map(.both) | map(.[1]) | any(metric("requests") or metric("tokens") or metric("time") or metric("rate"))) as $loads
    | map([who, (.both | .[0] | mid("speed")), (.both | .[1] | mid("speed")), (.both | speedup | ratio)] | row),
      if $loads then [(["Model", "Requests", "Total tokens", "Total time", "Throughput", "Requests/s"] | row)]
          + map(. as $row | .both[1] | [($row | who), mid("requests"), mid("tokens"), mid("time"), mid("speed"), mid("rate")] | row) else [] end;
def mode($side): own as $own | .both[$side] | select(.metrics) | [$own, .variant // .labels.mode, mid("time"), throughput] | row;

results as $results | ($results | section(["batching", "streaming", "detokenizer", "detok", "prefix_cache", "paged_cache", "memory_savings"])) as $named
| ($results - $named | models) as $models
| ($results | section(["batching"])) as $batching | ($results | section(["detokenizer", "detok"])) as $detokenizer
| ($results | section(["paged_cache"])) as $paged | ($results | section(["prefix_cache"])) as $prefix
| ["# LLM Benchmarks" + subjects]
+ ($results | map(select(.outcome | IN("failed", "error"))) | if . == [] then []
   else ["> [!WARNING] \(length) of \($results | length) results did not pass; the template report lists them."] end)
+ [dates, machines, "- Results: " + ($results | outcomes), "text: Figures are medians unless said otherwise."]
+ ($models | titled("Models"; models_table + ["### Runs", "text: Sums of tokens and time over the runs; total throughput counts tokens read and written."] + runs_table))
+ ($batching | titled("Continuous Batching"; sides as $sides | ($sides | words) + [(["Model"] + $sides[:2] + ["Speedup"] | row)] + ([pairs | batching] | add)))
+ ($results | section(["streaming"]) | titled("Streaming"; [(["Model", "TTFT", "Generation"] | row)]
   + (pairs | map(. as $row | .both[0] | [($row | who), mid("ttft"), mid("speed")] | row))))
+ ($detokenizer | titled("Detokenizer"; sides as $sides | ($sides | words) + [(["Sequence", "Tokens", "Iterations"] + $sides[:2] + ["Speedup"] | row)]
   + (pairs | map([own, (.both[0] | mid("tokens")), (.both[0] | [.metrics[].samples | length] | max | tostring), (.both[] | mid("time")), (.both | speedup | ratio)] | row)
      + (map(.both | speedup | values) | if length < 2 then [] else ["text: Mean speedup: \(geometric_mean | ratio) (geometric mean of \(length))."] end))))
+ ($prefix | map(select(.labels.expected)) as $steps | titled("Prefix Cache";
   (if $steps == [] then [] else [(["Step", "Expected", "Actual", "Time", "Status"] | row)]
    + ($steps | map([.benchmark.name, .labels.expected, .labels.actual // "n/a", (.ended_ts - .started_ts | quantity("s")), .outcome] | row)) end)
   + ["### Cache Statistics", (["Benchmark", "Hits", "Misses", "Hit rate", "Tokens saved", "Speedup"] | row)]
   + (map(select(metric("hits") or metric("hit_rate")) | . as $cached | $prefix
      | map(select(.benchmark == $cached.benchmark)) | (sides | length) as $sides
      | (if $sides > 1 then [.[0], .[1]] | speedup else null end | ratio) as $speedup
      | $cached | [.benchmark.name, mid("hits"), mid("misses"), hit_rate, mid("tokens_saved"), $speedup] | row))))
+ ($paged | titled("Paged Cache"; sides as $sides | ($sides | words) + [(["Benchmark", "Mode", "Time", "Throughput"] | row)]
   + (pairs | map(mode(0, 1)) + [(["Benchmark", "Speedup", "Blocks allocated", "Shared blocks", "Cache hits", "Tokens saved"] | row)]
      + map([own, (.both | speedup | ratio), (.both[1] | mid("blocks"), mid("shared"), mid("hits"), mid("tokens_saved"))] | row))))
+ ($results | section(["memory_savings"]) | titled("Memory Savings"; [(["Scenario", "Memory saved"] | row)] + map([.benchmark.name, percent("saved")] | row)))
+ ["## Metrics", (["Metric", "What it is"] | row),
   (["TTFT", "Time to the first token: from the request to the first content of the answer"] | row),
   (["TPOT", "Time per output token: between one generated token and the next"] | row),
   (["Generation", "Output tokens per second, from the first to the last"] | row),
   (["Processing", "Prompt tokens per second, until the first output token"] | row),
   (["Latency", "From the request to the end of the answer"] | row),
   (["Total throughput", "Tokens read and written, per second"] | row)]
| .[]
