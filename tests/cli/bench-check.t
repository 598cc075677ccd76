# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# bench-check: targets of every form are held against results with their intervals.
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/check.sh"

# ---- values and intervals ----
measured x "$(series 0.100 0.001 30)" >report.jsonl # 0.100 to 0.129, the median 0.1145
judge 'm < 200 ms'
status 0
quiet
is pass between-run-unknown
holds '.value == 0.1145 and .limit == 0.2 and .unit == "s"' 'the limit is said in the unit of the metric'
holds '.value_ci == [0.109, 0.12] and .n == 30 and .runs == 1' 'the interval is that of order statistics'
holds '.better == "lower" and .statistic == "median" and .metric == "m"'
judge 'm < 0.119 s'
is unproven
status 0 'what is unproven is no miss'
judge 'm < 0.119 s' --prove
is unproven
status 1 'with --prove it is'
holds '.missed'
judge 'm < 0.119 s' --prove --alpha 0.4
is pass
status 0 'an interval at 60 % proves it'
judge 'm < 0.1145 s'
is fail
status 1 'a value that is the limit is not below it'
judge 'm <= 0.1145 s'
is unproven
judge 'm < 110 ms'
is fail
judge 'm min >= 0.1 s'
is unproven against-direction
judge 'm mean between 100 and 130 ms'
is pass
holds '.limit == [0.1, 0.13]'
judge 'm mean between 120 and 130 ms'
is fail
status 1
judge 'm max < 0.13 s'
is pass
holds '.value_ci == null and .value == 0.129' 'the largest is a fact'
judge 'm count >= 30'
is pass
judge 'm count >= 31'
is fail
judge 'm sd < 10 ms'
is unproven
judge 'm cv < 15 %'
is pass
holds '.unit == "1" and .limit == 0.15 and .value > 0.07 and .value < 0.08'
judge 'm is stable'
is unproven
holds '.grade == "fair"'
measured x 1,1.01,1.02,1.01,1,1.02,1.01,1.02,1.01,1 >report.jsonl
judge 'm is stable'
is pass
holds '.grade == "excellent"'
measured x 1,2,3,4,1,2,3,4 >report.jsonl
judge 'm is stable'
is fail
holds '.grade == "unstable"'

# ---- samples that know of each other ----
measured x "$(series 0.100 0.001 100)" >report.jsonl
judge 'm < 170 ms'
is pass
measured x "$(series 0.100 0.001 100 7)" >report.jsonl
judge 'm < 170 ms'
is unproven autocorrelated
holds '.value_ci[1] > 0.17' 'samples that resemble those before them prove less'
ok 'the summary has how much they do' 'jq -se ".[1].metadata | .autocorrelated and .rho > 0.6" out'
run bench-check --format=table targets.yaml report.jsonl
out_has 'intervals are widened for it'

# ---- percentiles need their samples ----
measured x "$(series 1 0.01 19)" >report.jsonl
judge 'm p95 < 10 s'
is unproven too-few-samples
status 1 'p95 of 19 samples is none, and no pass'
holds '.value == null and .limit == 10'
measured x "$(series 1 0.01 20)" >report.jsonl
judge 'm p95 < 10 s'
is unproven
status 0
holds '.value_ci[0] > 1 and .value_ci[1] == null' 'so few samples leave its interval open above'
run bench-check --format=table targets.yaml report.jsonl
out_has 'n=72 closes its interval'
measured x "$(series 1 0.001 72)" >report.jsonl
judge 'm p95 < 10 s'
is pass
judge 'm p99 < 10 s'
is unproven too-few-samples
judge 'm p90 < 10 s'
is pass

# ---- what is missing is never a pass ----
judge 'n < 3 s'
is unproven no-metric
status 1
judge 'm < 3 s where start = warm'
is unproven no-result
status 1
judge 'm < 3 MB'
is unproven unit-differs
status 1
holds '.unit == "MBy" and .limit == 3' 'the limit stays in its own unit'
judge 'm < 3'
is unproven unit-differs
judge 'm of new < 3 s'
is unproven no-result
status 1
{
    measured x 1,1,1,1,1,1,1
    printf '{"schema_version":"1.0.0","kind":"result","run_id":"r","benchmark":{"suite":"s","name":"y"},"outcome":"failed","reason":"core dumped"}\n'
    printf '{"schema_version":"1.0.0","kind":"result","run_id":"r","benchmark":{"suite":"t","name":"z"},"outcome":"skipped"}\n'
    printf '{"schema_version":"1.0.0","kind":"result","run_id":"r","benchmark":{"suite":"t","name":"w"},"outcome":"passed","metrics":[]}\n'
} >report.jsonl
judge 'm < 3 s'
status 1 'a benchmark that failed misses what it would have been held against'
ok 'of a target without where only what has the metric, or failed, is told' \
    'jq -r "select(.kind == \"check\") | .benchmark.name + \" \" + .outcome" out >shown; printf "x pass\ny unproven\n" | cmp - shown'
judge 'm < 3 s where suite = t'
status 1
is unproven no-metric
{
    measured x 1,1,1,1,1,1,1 ',"repetition":0'
    measured x 1,1,1,1,1,1,1 ',"repetition":1' | sed 's/passed/failed/'
} >report.jsonl
judge 'm < 3 s'
is unproven partly-failed
holds '.n == 7' 'only what passed is measured'

# ---- rates ----
i=0
while [ "$i" -lt 20 ]; do
    measured "b$i" 1 | sed "$([ "$i" -eq 3 ] && echo s/passed/error/)"
    i=$((i + 1))
done >report.jsonl
judge 'success rate >= 90 %'
is unproven
holds '.value == 0.95 and .n == 20 and .metric == "success_rate" and (has("benchmark") | not)'
holds '.value_ci[0] > 0.751 and .value_ci[0] < 0.752 and .value_ci[1] > 0.998' 'the interval is Clopper and Pearson'"'"'s'
judge 'success rate >= 75 %'
is pass
judge 'success rate = 100 %'
is fail
judge 'failures = 0'
is fail
judge 'failures <= 1'
is pass
judge 'degraded = 0'
is unproven no-result
measured x 1 ',"health":{"flags":[{"flag":"swapping"}]}' >report.jsonl
judge 'degraded = 0'
is fail
{
    measured x 1
    printf '{"schema_version":"1.0.0","kind":"end","run_id":"r","ended_at":"2026-02-01T10:00:00Z","interrupted":true}\n'
} >report.jsonl
judge 'failures = 0'
is unproven interrupted
measured x 1,2,3,4 ',"observations":{"ok":[true,true,false,true]}' >report.jsonl
judge 'success rate >= 80 %'
is fail
holds '.value == 0.75 and .n == 4' 'requests count where a result tells them'

# ---- units ----
unit='{token}/s' better=higher
measured x "$(series 100 1 30)" >report.jsonl
for limit in '50 tok/s' '50 tokens/s' '50 {token}/s' '3000 token/min'; do
    judge "m > $limit"
    is pass
    holds '.limit == 50 and .unit == "{token}/s"'
done
judge 'm < 1000 tok/s'
is unproven against-direction
status 0
judge 'm between 50 and 1000 tok/s'
is pass
judge 'm > 50 req/s'
is unproven unit-differs
unit=s better=lower
{
    measured x 0.1,0.1,0.1,0.1
    unit=ms
    measured x 100,100,100,100 ',"repetition":1'
} >report.jsonl
judge 'm mean < 101 ms'
is pass
holds '.value == 100 and .unit == "ms" and .n == 8' 'results of several units are one'
{
    measured x 0.1,0.1,0.1,0.1
    unit=By
    measured x 100,100,100,100 ',"repetition":1'
    unit=s
} >report.jsonl
judge 'm mean < 101 ms'
is unproven mixed-units
status 1

# ---- sides ----
{
    measured x "$(series 1.20 0.001 40)" ',"variant":"new"'
    measured x "$(series 1.00 0.001 40)" ',"variant":"old"'
    measured x "$(series 0.90 0.001 40)" ',"variant":"other"'
} >report.jsonl
judge 'm <= 1.5 × old'
status 0
ok 'every side but the reference is held against it' \
    'jq -r "select(.kind == \"check\") | .side + \" \" + .reference" out >shown; printf "new old\nother old\n" | cmp - shown'
holds '.value > 1.19 and .value < 1.2 and .unit == "1" and .ratio.theirs > 1.019 and .ratio.theirs < 1.02 and .ratio.unit == "s"' \
    'the value is ours / reference'
holds '.value_ci[0] < .value and .value < .value_ci[1] and .limit == 1.5'
for way in '1.2 × old' '1.2x old' '1.2 times old' '1.2 * old' '120 % of old' "120% of 'old'"; do
    judge "m of new <= $way"
    holds '.limit == 1.2 and .side == "new" and .reference == "old"'
done
judge 'm of new < old'
is fail
holds '.limit == 1'
judge 'm of other < old'
is pass
judge 'm of new <= 1.2 × elder'
is unproven no-reference
status 1
judge 'm of newest <= 1.2 × old'
is unproven no-counterpart
status 1
sed 's/"lower"/"higher"/' report.jsonl >higher && mv higher report.jsonl
judge 'm of other >= 95 % of old'
is fail
judge 'm of other <= 1.2 × old'
is unproven against-direction
status 0 'a ratio below one does not pass an upper limit where higher is better'
{
    measured x 0,0,0,0,0,0,0 ',"variant":"new"'
    measured x 1,1,1,1,1,1,1 ',"variant":"old"'
} >report.jsonl
judge 'm <= 1.5 × old'
is unproven not-positive
status 1

# By a label, of the run or of the result, and in several runs.
{
    for side in ours theirs; do
        printf '{"schema_version":"1.0.0","kind":"run","run_id":"%s","started_at":"2026-02-01T10:00:00Z","labels":{"engine":"%s"}}\n' $side $side
        run=$side
        measured x "$(series "$([ $side = ours ] && echo 1.05 || echo 1.00)" 0.001 20)"
    done
    run=r
} >report.jsonl
cat >targets.yaml <<'EOF'
sides: engine
targets:
  - {name: parity, target: m of ours <= 1.1 × theirs}
EOF
sentence='sides by a label'
run bench-check targets.yaml report.jsonl
is pass between-run-unknown
holds '.name == "parity" and .side == "ours" and .runs == 1'

# ---- several runs ----
for run in r1 r2 r3; do
    measured x "$(series "1.0${run#r}" 0.0001 20)"
done >report.jsonl
run=r
judge 'm < 1.03 s'
is unproven
holds '.runs == 3 and .value_ci[1] > 1.04 and (.reasons | index("between-run-unknown") | not)' \
    'the interval tells how much runs differ'
judge 'm < 1.2 s'
is pass

# ---- selection ----
{
    measured a 1,1,1,1,1,1,1 ',"model":{"id":"org/Mistral-7B-Instruct"},"labels":{"start":"warm"}'
    measured a 5,5,5,5,5,5,5 ',"model":{"id":"org/llama-13b-q4"},"labels":{"start":"cold"}'
    measured a 9,9,9,9,9,9,9 ',"model":{"id":"org/mixtral-8x7B"}'
} >report.jsonl
only() { # only TARGET MODEL: it is about that model alone
    judge "$1"
    model=$2
    ok "$1 is about $2" '[ "$(jq -r "select(.kind == \"check\") | .model.id" out)" = "$model" ]'
}
only 'm < 10 s for 7B' org/Mistral-7B-Instruct
only 'm < 10 s for 10B to 15B' org/llama-13b-q4
only 'm < 10 s where start = warm' org/Mistral-7B-Instruct
only 'm < 10 s for 13B where labels.start = cold' org/llama-13b-q4
only "m < 10 s where model.id ~ '*8x7B'" org/mixtral-8x7B
cat >targets.yaml <<'EOF'
where: has(labels.start)
targets:
  - target: m < 10 s
    where: start = cold
  - {target: m < 0.5 s, prove: true, note: nothing reads it}
EOF
run bench-check targets.yaml report.jsonl
status 1
ok 'the file and its items select, too' \
    'jq -r "select(.kind == \"check\") | .model.id + \" \" + .outcome" out >shown
     printf "%s\n" "org/llama-13b-q4 pass" "org/Mistral-7B-Instruct fail" "org/llama-13b-q4 fail" | sort >want; sort shown | cmp - want'
targets 'm < 10 s' >targets.yaml
run bench-check --where 'labels.start = "warm"' targets.yaml report.jsonl
ok '--where selects' '[ "$(jq -s "map(select(.kind == \"check\")) | length" out)" -eq 1 ]'
run bench-check --by benchmark.name targets.yaml report.jsonl
ok '--by tells benchmarks apart' 'jq -se ".[0].n == 21" out'
cat >targets.yaml <<'EOF'
targets:
  - {target: m < 100 s}
  - {target: m < 5 s where start = cold, prove: true}
EOF
sed -i 's/"samples":\[5,5,5,5,5,5,5\]/"samples":[4,4.5,4.6,4.7,4.8,5.1,5.2]/' report.jsonl
run bench-check targets.yaml report.jsonl
status 1 'prove makes one target a miss where it is not proven'

# ---- forms ----
cat >targets.yaml <<'EOF'
targets:
  - {name: "fast | enough", target: m < 4 s}
  - m p99 < 3 s where start = warm
EOF
run bench-check --format=table targets.yaml report.jsonl
out_has 'targets.yaml: 3 of 4 missed: 1 pass, 2 fail, 1 unproven'
out_has 'p99 needs n=100'
ok 'the worst stands first' 'sed -n 4p out | grep -q "^fail"'
out_has 'a ratio is ours / reference'
run bench-check --format=table --rows 1 targets.yaml report.jsonl
out_has '3 more rows, none worse than these'
run bench-check --format=csv targets.yaml report.jsonl
out_has '"fail","true","fast | enough","m < 4 s","s","a",,"org/mixtral-8x7B"'
ok 'each row of the CSV has as many fields as its heading' \
    'sed "s/\"[^\"]*\"//g" out | awk -F, "{ print NF }" | sort -u | wc -l | grep -qx 1'
run bench-check --format=markdown targets.yaml report.jsonl
out_has '| **fail** | fast \| enough |'
out_has '`targets.yaml`: 3 of 4 missed'
run bench-check --format=github targets.yaml report.jsonl
out_has '::error title=target missed::fast | enough: s/a org/mixtral-8x7B: 9.00 s'
out_has '::notice title=bench-check::3 of 4 missed'
run bench-check -o made.jsonl targets.yaml report.jsonl
silent
ok '-o has the lines' 'bench-validate --check made.jsonl && [ "$(jq -r "select(.kind == \"summary\") | .verdict" made.jsonl)" = fail ]'
ok 'the summary counts' 'jq -e "select(.kind == \"summary\") | .counts == {pass: 1, fail: 2, unproven: 1, missed: 3} and .tool == \"bench-check\" and .correction == \"none\" and .alpha == 0.05" made.jsonl'
run bench-check targets.yaml report.jsonl
out_is made.jsonl 'into a pipe it writes JSON Lines'
ok 'the order of the lines changes nothing' \
    'tac report.jsonl >turned; bench-check targets.yaml turned | cmp - out'
ok 'standard input is read' 'bench-check targets.yaml <report.jsonl | cmp - out && bench-check targets.yaml - <report.jsonl | cmp - out'

# ---- the examples ----
example() { # example NAME REPORT STATUS 'OUTCOMES': how often each outcome comes
    run bench-check "$BENCHLINE_SOURCE/docs/targets/$1.yaml" "$2"
    status "$3" "docs/targets/$1.yaml ends with $3"
    counts=$4
    ok "docs/targets/$1.yaml: $4" \
        '[ "$(jq -r "select(.kind == \"summary\") | .counts | \"\(.pass) pass, \(.fail) fail, \(.unproven) unproven\"" out)" = "$counts" ]'
    ok "docs/targets/$1.yaml: the lines are valid" 'bench-validate --check out'
}
example kr-mlx-lm "$data/check/kr-mlx-lm.jsonl" 0 '7 pass, 0 fail, 0 unproven'
ok 'a time that is 1.04 of the reference is within 1.2, a throughput of 0.94 within 90 %' \
    'jq -se "map(select(.reference)) | (.[0].value > 1 and .[0].better == \"lower\") and (.[1].value < 1 and .[1].better == \"higher\")" out'
example llama-cpp "$data/check/llama-cpp.jsonl" 1 '11 pass, 2 fail, 3 unproven'
example mlx-knife "$data/reports/v0.2.2.jsonl" 1 '26 pass, 3 fail, 3 unproven'
example vllm-mlx "$data/check/vllm-mlx.jsonl" 1 '8 pass, 1 fail, 1 unproven'
example kr-serve-mlx "$data/check/kr-serve-mlx.jsonl" 1 '5 pass, 4 fail, 3 unproven'
ok 'the overhead is what it is, not what was claimed to fit' \
    'jq -se "map(select(.name == \"overhead\")) | map(.outcome) == [\"fail\", \"fail\"]" out'
mkdir made
ok 'the reports of the examples are what their script makes' \
    '"$data/check/make" made && for made in made/*; do cmp "$made" "$data/check/${made#made/}" || exit 1; done'

finish
