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
out_lacks '| Requests |' 'loads that nobody told have no table'
out_has '| `hits` | n/a | n/a | 66.7% |' 'a share reads in per cent whatever its unit'
ok 'the document has no faults' 'bench-render --lint out'
finish
