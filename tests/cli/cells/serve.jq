# SPDX-License-Identifier: GPL-2.0-or-later
# Runs of a server of language models, as three engines might have them:
# jq -nc --arg side base|head|next -f serve.jq. The values come from a generator of
# random numbers with a fixed seed, so that they are the same everywhere.
($side | {base: 0, head: 1, next: 2}[.]) as $at
| def random($seed): (($seed % 104729 + 11) * 16807 % 2147483647 * 48271 % 2147483647) / 2147483647;
def noise($seed): [range(12)] | map(random($seed * 131 + . * 7919)) | add - 6;
def values($seed; $count; $centre; $cv): [range($count) | $centre * (1 + $cv * noise($seed * 1000 + .))];
def metric($name; $unit; $better; $samples): {name: $name, unit: $unit, better: $better, samples: $samples};
def at($base; $head; $next): [$base, $head, $next][$at];
def result($run; $benchmark): {schema_version: "1.0.0", kind: "result", run_id: "\($side)-\($run)", benchmark: $benchmark, outcome: "passed"};
def model($name): {id: "mlx-community/\($name)", size_bytes: 1.8e9};
def started($run): "2026-03-0\($run + 1)T0\($at * 2):00:00Z";

range(4) as $run | ($run * 10 + $at + 1) as $seed | (1 + 0.002 * noise($seed)) as $day
| {schema_version: "1.0.0", kind: "run", run_id: "\($side)-\($run)", started_at: started($run), subject: {name: "serve", version: "1.4.\($at)"},
   system: {model: "Mac15,3", cpu: {model: "Apple M2 Max"}, memory: {total_bytes: 68719476736}}, order: {mode: "interleaved", seed: 7}},
  (result($run; {suite: "50 questions", name: "ask", params: {window: "1 ms"}}) + {model: model("Llama-3.2-3B-Instruct-4bit"), modality: "text",
    observations: {ok: [range(50) | . != 17 or $at != 1 or $run > 0]},
    metrics: [metric("wall_time"; "s"; "lower"; values($seed; 50; 0.4158 * $day * at(1; 0.96; 0.97); 0.015)),
              metric("ttft"; "s"; "lower"; values($seed + 100; 50; 0.10499 * $day * at(1; 1.001; 0.95); 0.04)),
              metric("output_throughput"; "{token}/s"; "higher"; values($seed + 200; 50; 120.27 * $day * at(1; 1.0004; 1.03); 0.006)),
              metric("max_rss"; "By"; "lower"; [at(2415919104; 2415919104; 2684354560)]),
              metric("output_tokens"; "{token}"; "none"; [range(50) | 50])]}),
  (result($run; {suite: ["50 questions", "pictures"], name: "describe|`it`\n<b>@user #1"}) + {model: model("pixtral-12b-4bit"), modality: "vision",
    observations: {ok: [range(10) | true]},
    metrics: [metric("wall_time"; "s"; "lower"; values($seed + 300; 10; 6.07 * $day * at(1; 1.31; 1.02); 0.03)),
              metric("peak_memory"; "GBy"; "lower"; values($seed + 400; 10; 8.35 * at(1; 1.04; 0.98); 0.004)),
              metric("quality"; "%"; "none"; values($seed + 500; 10; 71.3 * at(1; 0.8; 0.79); 0.02))]}),
  (result($run; {name: "load"}) + {metrics: [metric("wall_time"; "ms"; "lower"; values($seed + 600; 3; 15230 * $day * at(1; 1.004; 1.02); 0.2)),
              metric("balance"; "1"; "higher"; [-1, 0, 1, 2 + $run])]}),
  (result($run; {name: "tokenize", params: {bytes: 65536}}) + {metrics: [metric("wall_time"; "us"; "lower"; values($seed + 700; 12; 37.125 * $day * at(1; 1.0; 1.0); 0.001))]}),
  (result($run; {name: "stop"}) + (if $side == "head" then {outcome: "failed", reason: "timed out"} else {metrics: [metric("wall_time"; "s"; "lower"; values($seed + 800; 5; 131; 0.01))]} end)),
  (result($run; {name: "start"}) + (if $side == "base" then {outcome: "failed", reason: "no port"} else {metrics: [metric("wall_time"; "s"; "lower"; values($seed + 900; 5; 2.2; 0.01))]} end)),
  (result($run; {name: "answer"}) + {metrics: [metric("ttft"; "s"; "lower"; values($seed + 1000; 8; 0.2; 0.01)) + {definition: at("first content"; "first byte"; "first content")}]}),
  (if $side == "base" then result($run; {name: "old"}) else result($run; {name: "new"}) end
    + {metrics: [metric("wall_time"; "s"; "lower"; values($seed + 1100; 4; 7263.5; 0.01)), metric("rate"; "{request}/s"; "higher"; values($seed + 1200; 4; 12345.6; 0.01))]}),
  {schema_version: "1.0.0", kind: "end", run_id: "\($side)-\($run)", ended_at: (started($run) | sub(":00Z"; ":59Z"))}
