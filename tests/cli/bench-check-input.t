# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2238 # cut is a file here
# bench-check: targets and input that are odd, bad or missing give a clear error,
# and never a pass by accident.
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/check.sh"

measured x 4,1,6,3,7,2,5 >report.jsonl
targets 'm < 10 s' >good.yaml

# ---- the file of targets ----
refused() { # refused 'EXPRESSION' COLUMN 'MESSAGE'
    targets "$1" >targets.yaml
    run bench-check targets.yaml report.jsonl
    [ "$code" -eq 3 ] && grep -qF "targets.yaml:2:5: /targets/0: column $2 of the expression: $3" err && [ ! -s out ]
    result $? "$1: $3"
}
refused 'm' 2 'the target ends; expected a statistic (median, mean, p95, …), of, an operator, between or is stable'
refused 'm 3 < 4 s' 3 'found 3; expected a statistic'
refused '< 4 s' 1 'found <; expected a metric'
refused 'where a = b' 1 'found where; expected a metric'
refused 'm <' 4 'the target ends; expected a limit'
refused 'm << 4 s' 4 'found <; expected a limit'
refused 'm < 4 parsec' 7 'found parsec; expected a unit'
refused 'm < 4 s s' 9 'found s; expected for, where or the end'
refused 'm < 4 s < 5 s' 9 'found <; expected for, where or the end'
refused 'm < 1e999 s' 5 'a number that no double holds'
refused 'm p0 < 4 s' 3 'found p0; expected a statistic'
refused 'm p100 < 4 s' 3 'found p100; expected a statistic'
refused 'm between 4 s and 5 s' 13 'found s; expected and; the unit stands behind the second number'
refused 'm between 5 and 4 s' 3 'between 5 and 4; expected the lower end first'
refused 'm between 5 and' 16 'the target ends; expected the upper end'
refused 'm is nice' 6 'found nice; expected stable'
refused 'success rate is stable' 17 'found stable; expected a metric before "is stable"'
refused 'success rate >= 1.2 × old' 24 'found old; expected a number: this has no ratio'
refused 'failures <= old' 13 'found old; expected a number: this has no ratio'
refused 'failures = 0 ms' 14 'found ms; expected a number without a unit'
refused 'm count >= 3 s' 14 'found s; expected a number without a unit'
refused 'm cv < 5 ms' 10 'found ms; expected a share'
refused 'm of new < 1.1 × new' 1 'a side that is its own reference'
refused 'm of < 3 s' 6 'found <; expected a side'
refused 'm < 1.1 ×' 11 'the target ends; expected the side that is the reference'
refused 'm < 90 % of' 12 'the target ends; expected the side that is the reference'
refused 'm < 3 s for' 12 'the target ends; expected the size of a model, such as 7B'
refused 'm < 3 s for 7' 13 'found 7; expected the size of a model'
refused 'm < 3 s for 9B to 7B' 16 'the sizes run downward'
refused 'm < 3 s where' 14 'the expression ends; expected a field'
refused 'm < 3 s where start = ' 23 'the expression ends; expected a string'
refused 'm < 3 s where (a = b' 21 'the expression ends; expected and, or or a closing parenthesis'
refused '"m < 3 s' 1 'the quotes do not end; expected a closing "'
refused '"" < 3 s' 1 'nothing stands in the quotes'

sentence='a quoted name'
sed 's/"name":"m"/"name":"first token"/' report.jsonl >spaced.jsonl
targets '"first token" < 10 s' >targets.yaml
run bench-check targets.yaml spaced.jsonl
is pass

wrong() { # wrong 'YAML' 'MESSAGE' NAME
    printf '%b' "$1" >targets.yaml
    run bench-check targets.yaml report.jsonl
    [ "$code" -eq 3 ] && grep -qF "$2" err && [ ! -s out ]
    result $? "$3"
}
wrong 'targets: [' 'targets.yaml:' 'YAML that breaks off'
wrong '' 'targets.yaml' 'an empty file'
wrong 'targets: []\n' 'targets.yaml:1:10: /targets:' 'no targets'
wrong 'tarkets: [m < 3 s]\n' 'targets.yaml:1:10: /tarkets: the member "tarkets" is not allowed here; did you mean "targets"?' 'a typo in a key'
wrong 'targets:\n  - {tagret: m < 3 s}\n' 'targets.yaml:2:' 'a typo in an item'
wrong 'targets: [3]\n' 'targets.yaml:1:11: /targets/0:' 'a target that is a number'
wrong 'where: a =\ntargets: [m < 3 s]\n' 'targets.yaml:1:8: /where: column 4 of the expression: the expression ends' 'a bad where of the file'
wrong 'targets:\n  - target: m < 3 s\n    where: = 3\n' 'targets.yaml:3:12: /targets/0/where: column 1 of the expression: found =' 'a bad where of an item'
wrong 'targets: ["m < 3 s\\0"]\n' 'byte 0x00 means nothing here' 'a NUL in a target'
wrong 'targets: ["m < 3 s where a = b\\0c"]\n' 'byte 0x00 means nothing here' 'a NUL in its expression'
wrong 'targets: [m <, n <, m < 3 s]\n' '2 expressions cannot be read' 'all faults are told, not only the first'
err_has '/targets/0: column 4'
err_has '/targets/1: column 4'

run bench-check missing.yaml report.jsonl
status 3
err_has 'missing.yaml'
run bench-check
status 2
err_has 'no file of targets'
run bench-check - report.jsonl
status 2
run bench-check --alpha 0 good.yaml report.jsonl
status 2
run bench-check --where 'a =' good.yaml report.jsonl
status 2
run bench-check good.yaml - - <report.jsonl
status 2
err_has 'standard input is named twice'

# ---- the reports ----
run bench-check good.yaml missing.jsonl
status 3
silent
: >empty
run bench-check good.yaml empty
status 3 'an empty report'
err_has 'there is no result in the input'
silent
run bench-check good.yaml <empty
status 3
run bench-check --where 'outcome = "failed"' good.yaml report.jsonl
status 3
err_has '--where holds for none of them'
mkdir none
run bench-check good.yaml none
status 3 'a folder without reports'
run bench-check good.yaml git:HEAD:x
status 3 'no repository'
{ cat report.jsonl; printf '{"schema_version":"1.0.0","kind":"resu'; } >cut
run bench-check good.yaml cut
status 3 'a line that breaks off'
err_has 'cut:2:'
ok 'the others are judged' '[ "$(wc -l <out)" -eq 2 ]'
run bench-check -o made good.yaml cut
ok 'but a named file is not made of it' '[ ! -e made ]'
gzip -c report.jsonl | head -c 60 >damaged.gz
run bench-check good.yaml damaged.gz
status 3 'a damaged input'
silent
gzip -c report.jsonl >packed.gz
ok 'a packed input is read' 'bench-check good.yaml packed.gz >/dev/null'
if [ "$(id -u)" -ne 0 ]; then
    cp report.jsonl closed.jsonl
    chmod 0 closed.jsonl
    run bench-check good.yaml closed.jsonl
    status 3 'an unreadable file'
else
    run bench-check good.yaml /proc/self/mem
    status 3 'an unreadable file'
fi
sed 's/1\.0\.0/1.7.0/' report.jsonl >newer
run bench-check good.yaml newer
status 0 'a newer 1.N is read'
err_has 'newer than is known'
run bench-check --max-line 20 good.yaml report.jsonl
status 3
ok 'a closed pipe ends it quietly' \
    '{ bench-check good.yaml report.jsonl 2>quiet; echo $? >ended; } | true; [ ! -s quiet ]'
run sh -c 'bench-check good.yaml report.jsonl >/dev/full'
status 4 'a full disk'
err_has 'No space left'
run bench-check -o /dev/full good.yaml report.jsonl
status 4

# A folder holds a history, of which the newest state counts.
mkdir history
for day in 1 2; do
    printf '{"schema_version":"1.0.0","kind":"run","run_id":"d%s","started_at":"2026-02-0%sT10:00:00Z","vcs":{"commit":"%s"}}\n' $day $day $day
    run=d$day
    measured x "$day,$day,$day,$day,$day,$day,$day"
done >history/all.jsonl
run=r
run bench-check good.yaml history
ok 'of a folder the newest state counts' 'jq -se ".[0].value == 2 and .[0].n == 7" out'
run bench-check --all-runs good.yaml history
ok 'with --all-runs all of it' 'jq -se ".[0].n == 14 and .[0].runs == 2" out'
run bench-check good.yaml report.jsonl report.jsonl
ok 'what is there twice counts once' 'jq -se ".[0].n == 7" out'

# ---- samples ----
targets 'm < 10 s' 'm mean < 10 s' 'm sd < 10 s' 'm cv < 10 %' 'm is stable' 'm max < 10 s' 'm p90 < 10 s' >all.yaml
odd() { # odd SAMPLES: every statistic has a clear answer
    measured x "$1" >odd.jsonl
    run bench-check all.yaml odd.jsonl
    [ "$code" -le 1 ] && bench-validate --check out 2>>err && ! grep -qiE 'nan|inf[^a-z]' out && [ "$(wc -l <out)" -eq 8 ]
    result $? "samples $1"
}
odd 1
odd 0,0
odd 1,1,1,1,1,1,1,1,1,1
odd 0,0,0,0,0,0,0,0,0,0
odd -1,1,-1,1,-1,1
odd 1e-12,1.1e-12,0.9e-12,1e-12,1e-12,1e-12
odd 1000000000.1,1000000000.2,1000000000.3
odd null,1,2,null,3
odd null
odd ''
sentence='a single sample'
targets 'm < 10 s' >targets.yaml
measured x 1 >odd.jsonl
run bench-check targets.yaml odd.jsonl
is unproven no-interval
sentence='missing samples'
measured x null,1,2,null,3,4,5,6 >odd.jsonl
run bench-check targets.yaml odd.jsonl
is pass missing-samples
holds '.n == 6'
measured x 1e200,1,2 >odd.jsonl
run bench-check targets.yaml odd.jsonl
status 3 'what is too large to be squared is an error'
err_has 'odd.jsonl:1: sample 0 is'
silent
sentence='a summary without samples'
printf '%s\n' '{"schema_version":"1.0.0","kind":"result","run_id":"a","benchmark":{"name":"x"},"outcome":"passed","metrics":[{"name":"m","unit":"s","better":"lower","summary":{"n":30,"mean":1,"sd":0.01,"median":1.1,"max":2,"percentiles":[[95,1.5],[99.9,null]]}}]}' >summary.jsonl
judge_summary() {
    targets "$1" >targets.yaml
    run bench-check targets.yaml summary.jsonl
}
judge_summary 'm mean < 2 s'
is pass summary-only
holds '.n == 30 and .value_ci[0] > 0.99 and .value_ci[1] < 1.01'
judge_summary 'm < 2 s'
is unproven no-interval
holds '.value == 1.1'
judge_summary 'm cv < 5 %'
is unproven no-interval
judge_summary 'm max < 3 s'
is pass
judge_summary 'm min < 3 s'
is unproven no-samples
status 1
judge_summary 'm p95 < 3 s'
is unproven no-interval
status 0
holds '.value == 1.5'
judge_summary 'm p95 < 1.2 s'
is fail
judge_summary 'm p99.9 < 3 s'
is unproven no-samples
status 1
targets 'm < 10 s' >targets.yaml
awk 'BEGIN { printf "{\"schema_version\":\"1.0.0\",\"kind\":\"result\",\"run_id\":\"r\",\"benchmark\":{\"name\":\"x\"},\"outcome\":\"passed\",\"metrics\":[{\"name\":\"m\",\"unit\":\"s\",\"better\":\"lower\",\"samples\":["
    for (i = 0; i < 1000000; i++) printf "%s%d", i ? "," : "", i % 3 + 1; print "]}]}" }' >ties.jsonl
run bench-check targets.yaml ties.jsonl
status 0 'a million samples with ties'

# ---- hostile text ----
measured 'a|b\u001b[2J<img>::error::' 1,1,1,1,1,1,1 >hostile.jsonl
for form in table markdown github; do
    run bench-check --format=$form targets.yaml hostile.jsonl
    ok "$form: a name moves no cursor" '! grep -q "$(printf "\033")" out'
done
ok 'nor does it break a table of Markdown' \
    'bench-check --format=markdown targets.yaml hostile.jsonl | grep -c "^| pass" | grep -qx 1'

# ---- old versions ----
targets 'tokens_per_second > 1 tok/s' 'failures = 0' >old.yaml
for old in v0.1.0 v0.2.0 v0.2.1 v0.2.2; do
    run bench-check old.yaml "$data/reports/$old.jsonl"
    ok "$old is read" '[ "$code" -le 1 ] && bench-validate --check out'
done

finish
