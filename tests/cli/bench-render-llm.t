#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The document on inference of language models. Golden file:
# bench-render -t llm tests/data/render/llm.jsonl >tests/data/render/llm.md
. "$(dirname "$0")/lib.sh"
cells=$BENCHLINE_BUILD/helpers/markdown_cells
cp "$data/render/llm.jsonl" .

run bench-render -t llm llm.jsonl
status 0
quiet
out_is "$data/render/llm.md"
ok 'it has no faults' 'bench-render --lint "$data/render/llm.md"'
"$cells" out >seen

cat >cells.jq <<'EOT'
def digits($d): (. * pow(10; $d) * (1 + 1e-12) | round) as $n
    | if $d == 0 then $n | tostring
      else ($n / pow(10; $d) | floor | tostring) + "." + ($n % pow(10; $d) | tostring | ("0" * ($d - length) // "") + .) end;
def three: if . >= 99.95 then digits(0) elif . >= 9.995 then digits(1) elif . >= 0.9995 then digits(2) else digits(3) end;
def seconds: if . >= 0.9995 then three + " s" elif . >= 0.0009995 then . * 1e3 | three + " ms" else . * 1e6 | three + " µs" end;
def bytes: if . >= 1e9 then . / 1e9 | three + " GB" else . / 1e6 | three + " MB" end;
def rate: three + " tok/s";
def median: sort | if length % 2 == 1 then .[length / 2 | floor] else (.[length / 2 - 1] + .[length / 2]) / 2 end;
def mean: add / length;
def samples($name): .metrics[] | select(.name == $name) | .samples;
def model: .model.id | sub("^[^/]*/"; "");
def of($suite): map(select(.kind == "result" and .benchmark.suite == $suite));
def pairs: group_by([.benchmark.name, .model.id]) | .[];
def ratio: three + "×";
def row: "| " + join("\t");
def models: of("generate")[]
    | [model + " (" + .model.quantization + ")", .benchmark.name, (samples("tokens_per_second") | median | rate),
       (samples("time_to_first_token") | median | seconds), (samples("peak_memory") | median | bytes)] | row;
def runs: of("generate")[]
    | (samples("prompt_tokens") | add) as $in | (samples("output_tokens") | add) as $out | (samples("wall_time") | add) as $time
    | [model, "5", "\($in) tok", "\($out) tok", ($time | seconds), (samples("time_to_first_token") | mean | seconds),
       (samples("time_per_output_token") | mean | seconds), (samples("tokens_per_second") | mean | rate), (($in + $out) / $time | rate)] | row;
def batching: of("batching") | pairs | (map(select(.variant == "single request"))[0]) as $a | (map(select(.variant != "single request"))[0]) as $b
    | ($a | samples("tokens_per_second") | median) as $x | ($b | samples("tokens_per_second") | median) as $y
    | [($a | model), ($x | rate), ($y | rate), ($y / $x | ratio)] | row;
def requests: of("batching")[] | select(.variant == "batch of 5")
    | [model, "5 req", "315 tok", (samples("wall_time")[0] | seconds), (samples("tokens_per_second") | median | rate),
       (samples("request_throughput")[0] | three + " req/s")] | row;
def streaming: of("streaming")[] | [model, (samples("time_to_first_token") | median | seconds), (samples("tokens_per_second") | median | rate)] | row;
def detokenizer: of("detokenizer") | pairs | (map(select(.variant == "decode()"))[0]) as $a | (map(select(.variant == "streaming"))[0]) as $b
    | ($a | samples("wall_time") | median) as $x | ($b | samples("wall_time") | median) as $y
    | [$a.benchmark.name, ($a | samples("tokens")[0] | tostring) + " tok", "5", ($x | seconds), ($y | seconds), ($x / $y | ratio)] | row;
def prefix: of("prefix_cache")[] | select(.labels)
    | [.benchmark.name, .labels.expected, .labels.actual, (.ended_ts - .started_ts | seconds), .outcome] | row;
def modes: of("paged_cache")[] | [.benchmark.name, .variant, (samples("wall_time")[0] | seconds), (samples("total_throughput")[0] | rate)] | row;
def paged: of("paged_cache") | pairs | (map(select(.variant == "without paged cache"))[0]) as $a | (map(select(.variant == "with paged cache"))[0]) as $b
    | [$a.benchmark.name, (($b | samples("total_throughput")[0]) / ($a | samples("total_throughput")[0]) | ratio),
       ($b | samples("blocks_allocated", "shared_blocks", "cache_hits") | .[0] | tostring), ($b | samples("tokens_saved")[0] | tostring) + " tok"] | row;
def savings: of("memory_savings")[] | [.benchmark.name, (samples("memory_saved")[0] | three + "%")] | row;
EOT
for table in models:4 runs:4 batching:3 requests:3 streaming:2 detokenizer:5 prefix:4 modes:4 paged:2 savings:3; do
    { cat cells.jq; echo "${table%:*}"; } >table.jq
    jq -rs -f table.jq llm.jsonl >expected
    ok "the cells of ${table%:*} are what jq finds" '[ "$(wc -l <expected)" -eq '"${table#*:}"' ] && ! grep -vxFf seen expected'
done
out_has '| `all steps` | 2 | 1 | 66.7% | 20 tok | 1.55× |' 'a hit rate follows from hits and misses'
out_has '| `2K \| two thousand` | 2381 tok | 5 | 4.99 ms | 5.36 ms | 0.930× |' 'what got slower has a speedup below 1'
out_has '> 1 of 35 results did not pass' 'a cache that did not do what was expected is told first'

# What a line does not say.
jq -c 'select(.kind != "result" or .benchmark.suite == "streaming")' llm.jsonl >some.jsonl
run bench-render -t llm some.jsonl
out_has '## Streaming'
ok 'a section without results is left out' '! grep -qE "^## (Models|Detokenizer|Paged Cache|Memory Savings)" out'
jq -c 'if .kind == "result" then .metrics |= (. // [] | map(select(.name | IN("wall_time", "peak_memory") | not))) else . end' llm.jsonl >less.jsonl
run bench-render -t llm less.jsonl
status 0
out_has '| Qwen3-0.6B-8bit (8bit) | `prompts` | 396 tok/s | 58.2 ms | n/a |' 'memory that nobody measured is n/a'
out_has '| n/a | 58.2 ms | 2.46 ms | 399 tok/s | n/a |' 'no throughput follows without a time'
sed 's/"time_to_first_token"/"ttft"/; s/"tokens_per_second"/"output_throughput"/; s/"suite": "paged_cache"/"suite": ["Paged Cache", "inner"]/' llm.jsonl >names.jsonl
run bench-render -t llm names.jsonl
ok 'other names of the same figures, and spellings of a section, give the same' '
    sed "s/Paged Cache::inner:://" out | cmp - "$data/render/llm.md"'
ok 'lines of 0.2.2 have a table of models' '
    bench-render -t llm "$data/reports/v0.2.2.jsonl" | grep -q "^## Models"'
jq -c 'if .kind == "result" then .benchmark.name = "a|b `x` <b> @user #1 \(.benchmark.name)" | .labels = {expected: "a|b<i>", actual: "@user #1\n|"} | (if .variant then .variant = "v|" + .variant else . end) | (if .model then .model.id += "|<u>" else . end) else . end' llm.jsonl >hostile.jsonl
run bench-render -t llm hostile.jsonl
status 0 'hostile names break no table'
ok 'and become no HTML' '"$cells" out | grep -c "^!" | grep -qx 0'

# ---- the examples of targets are reports of this kind ----
run bench-render -t llm "$data/check/vllm-mlx.jsonl"
status 0
quiet
out_has '| Model | `single` | `batch-5` | Speedup |' 'sides that a label tells apart are columns'
ok 'and their samples are not mixed' '
    jq -rs "def median: sort | (.[length / 2 | floor] + .[(length - 1) / 2 | floor]) / 2;
        map(select(.kind == \"result\" and .benchmark.suite == \"batching\" and (.model.id | endswith(\"3B-Instruct-4bit\"))))
        | map([.metrics[0].samples | median]) | flatten | map(round) | \"\(.[0]) tok/s | \(.[1]) tok/s\"" "$data/check/vllm-mlx.jsonl" >expected &&
    grep -qF "$(cat expected)" out'
ok 'the document has no faults' 'bench-render --lint out'
finish
