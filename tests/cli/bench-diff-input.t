# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2238 # head and cut are files here
# bench-diff: input that is odd, bad or empty gives a clear verdict or a clear
# error, never a NaN and never status 0 by accident.
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/diff.sh"

# samples RUN LIST [UNIT]: one result with these samples.
samples() {
    printf '{"schema_version":"1.0.0","kind":"result","run_id":"%s","benchmark":{"name":"x"},"outcome":"passed","metrics":[{"name":"m","unit":"%s","better":"lower","samples":[%s]}]}\n' \
        "$1" "${3:-s}" "$2"
}
# pair BASE HEAD [UNIT]: compares two lists.
pair() {
    samples a "$1" "${3:-s}" >base
    samples b "$2" "${3:-s}" >head
    run bench-diff base head
    ok "$1 against $2: the lines are valid, and no figure is out of range" \
        'bench-validate --check out && ! grep -qiE "nan|inf[^a-z]" out'
}
is() { # is VERDICT [REASON]
    verdict=$1 reason=${2:-}
    ok "it is $1${2:+ with $2}" \
        'jq -se --arg v "$verdict" --arg r "$reason" ".[0] | .verdict == \$v and (\$r == \"\" or (.reasons | index(\$r) != null))" out'
}

# ---- samples ----
pair 1 2
is too-few-samples
status 0
run bench-diff --fail-on inconclusive base head
status 1 'one sample a side proves nothing'
pair 1,1,1,1,1,1,1,1 1,1,1,1,1,1,1,1
status 0
pair 1,1,1,1,1,1,1,1 2,2,2,2,2,2,2,2
status 1 'a coarse clock may show a regression, too'
pair 5,5,5 5,5,5 1
is unchanged
pair 5,5,5 6,6,6 1
is regression
pair 0,0,0,0,0,0,0 0,0,0,0,0,0,0 By
is unchanged
pair -3,-2,-1,-2,-3,-1,-2 3,2,1,2,3,1,2
is regression raw-scale
ok 'there is no ratio' 'jq -se ".[0].change | .ratio == null and .ratio_ci == null and .shift > 0" out'
pair 3,1,0,5,2,4,1,2 2,0,5,1,3,1,4,2
is inconclusive raw-scale
pair 1,null,2,1,null,2,1,2 1,2,1,2,1,2,1,2
is inconclusive missing-samples
ok 'a missing sample is not counted' 'jq -se ".[0].base.n == 6" out'
pair null,null 1,2,3
is too-few-samples missing-samples
pair 1e-12,1.1e-12,1.2e-12,1e-12,1.1e-12,1.05e-12,1.02e-12 1e12,1.1e12,1.2e12,1e12,1.1e12,1.05e12,1.02e12
is regression
pair 1e200,1 1,2
status 3 'what is too large to be squared is an error'
err_has 'base:1: metric m: base: sample 0 is'
silent
ties=$(awk 'BEGIN { for (i = 0; i < 20000; i++) printf "%s%d", i ? "," : "", i % 3 + 1 }')
samples a "$ties" >base
samples b "$ties" >head
run bench-diff base head
status 0 'many ties'
is unchanged
printf '%s\n' '{"schema_version":"1.0.0","kind":"result","run_id":"a","benchmark":{"name":"x"},"outcome":"passed","metrics":[{"name":"m","unit":"s","better":"lower","summary":{"n":30,"mean":1,"sd":0.01}}]}' >base
sed 's/"a"/"b"/; s/"mean":1/"mean":1.1/' base >head
run bench-diff base head
is regression summary-only
ok 'the lines are valid' 'bench-validate --check out'
sed 's/"mean":1.1,/"median":1.1,/' head >head2
run bench-diff base head2
status 0
is too-few-samples missing-samples

# ---- lines ----
samples a 1,2,1,2,1,2,1,2 >base
samples b 1,2,1,2,1,2,1,2 >head
{ cat base; printf '{"schema_version":"1.0.0","kind":"resu'; } >cut
run bench-diff cut head
status 3 'a line that breaks off'
err_has 'cut:2:'
ok 'the others are compared' '[ "$(wc -l <out)" -eq 2 ]'
run bench-diff -o made cut head
ok 'but a named file is not made of it' '[ ! -e made ]'
{ cat base; printf '%s\n' '{"schema_version":"1.0.0","kind":"result","run_id":"q","outcome":"passed"}'; } >nameless
run bench-diff nameless head
status 3
err_has 'nameless:2:1: /benchmark/name: missing'
{ cat base; printf '%s\n' '{"schema_version":"1.0.0","kind":"result","run_id":"a","benchmark":{"name":"x"},"outcome":"passed","metrics":[{"name":"m","samples":[1]}]}'; } >unitless
run bench-diff unitless head
status 3
err_has '/metrics/0/unit: missing'
sed 's/1\.0\.0/1.7.0/; s/"metrics"/"novel":[1],"metrics"/' head >newer
run bench-diff base newer
status 0 'a newer 1.N is read'
err_has 'newer than is known'
run bench-diff --max-line 20 base head
status 3

# ---- nothing ----
: >empty
run bench-diff empty head
status 3 'an empty side'
err_has 'base (empty) holds no result'
run bench-diff base empty
status 3
err_has 'head (empty) holds no result'
run bench-diff base base
status 3 'the same file on both sides'
err_has 'stands on both sides line for line'
silent
sed 's/"name":"x"/"name":"y"/' head >other
run bench-diff base other
status 3 'no common benchmark'
mkdir none
run bench-diff none head
status 3 'a folder without reports'
run bench-diff git:HEAD:x head
status 3 'no repository'
sed 's/"passed"/"skipped"/' base >b
sed 's/"passed"/"skipped"/' head >h
run bench-diff b h
status 3 'all skipped'
err_has 'all were skipped on both sides'
gzip -c base | head -c 60 >damaged.gz
run bench-diff damaged.gz head
status 3 'a damaged input'
silent

# ---- old versions ----
run bench-diff "$data/reports/v0.1.0.jsonl" "$data/reports/v0.2.0.jsonl"
status 0
ok 'reports of 0.x are compared, and the lines are valid' 'bench-validate --check out'
run bench-diff "$data/reports/v0.2.2.jsonl" "$data/reports/v1.0.0.jsonl"
status 3

finish
