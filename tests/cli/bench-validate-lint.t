#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bench-validate --lint: what no schema can say. Each fixture of tests/data/lint
# is valid and has one finding; findings.tsv says where.
. "$(dirname "$0")/lib.sh"

cp "$data"/lint/* .
bench-validate --lint=list >codes
tab=$(printf '\t')

# one_finding FILE LINE CODE POINTER
one_finding() {
    severity=$(awk -F '\t' -v code="$3" '$1 == code { print $2 }' codes)
    case $severity in error) wanted=1 ;; *) wanted=0 ;; esac
    run bench-validate --check --lint=all --report=jsonl "$1"
    printf '%s\t%s\t%s\t%s\n' "$2" "$3" "$4" "$severity" >expected
    jq -r '[.line, .code, .instanceLocation, .severity] | @tsv' out >found
    ok "$1: $3 on line $2 and nothing else" "cmp found expected && [ $code -eq $wanted ]"
}
while IFS="$tab" read -r file line rule pointer; do
    one_finding "$file" "$line" "$rule" "$pointer"
done <findings.tsv
run bench-validate --check ./*.jsonl
status 0 'no schema says anything about them'

cut -f 1 codes | LC_ALL=C sort >rules
cut -f 3 findings.tsv | LC_ALL=C sort -u >tried
ok 'every code has a fixture' 'diff rules tried'
manual=$BENCHLINE_SOURCE/tools/bench-validate/bench-validate.1
awk '/^\.Ss What --lint finds/ { inside = 1; next } /^\.S[hs]/ { inside = 0 }
    inside && /^\.It Cm/ { print $3 "\t" ($5 == "" ? "error" : $5) }' "$manual" | LC_ALL=C sort >told
cut -f 1,2 codes | LC_ALL=C sort >severities
ok 'the manual lists every code with its severity' 'diff severities told'

# ---- what is good ----
for name in v0-minimal v0-mixed v0.1.0 v0.2.0 v0.2.2-documented-names v1.0.0 v1.0.0-check v1.0.0-comparison \
    v1.0.0-diagnostic v1.0.0-interrupted v1.0.0-trend; do
    run bench-validate --check --lint=all "$data/reports/$name.jsonl"
    ok "nothing is said of $name.jsonl" '[ ! -s out ] && [ ! -s err ]'
done
for report in "$BENCHLINE_SOURCE"/reports/*.jsonl; do
    [ -f "$report" ] || continue
    run bench-validate --check --lint=all "$report"
    silent "nothing is said of the toolkit's own report $(basename "$report")"
done
bench-run -r 6 -n a --variant x --variant y true 'sleep 0.001' >interleaved.report
bench-run -r 3 --order blocked -n a -n b true 'sleep 0.001' >blocked.report
bench-run -r 2 --order given -n a -n b false true >failing.report
run bench-validate --check --lint=all interleaved.report blocked.report failing.report
ok 'nothing is said of what bench-run writes' '[ ! -s out ] && [ ! -s err ]'

# ---- how it is told ----
run bench-validate --lint all-zero.jsonl
status 1 'an error of the lint makes the status 1'
out_is all-zero.jsonl 'it keeps no line from passing'
err_has 'all-zero.jsonl:3:264: /metrics/0/samples: 3 samples of latency' 'the finding has its place and reason'
run bench-validate --lint --check no-end.jsonl
status 0 'a warning does not'
out_has 'no-end.jsonl:1:54: warning: /run_id:' 'a finding of the end stands where its line is'
run bench-validate --check --lint two-machines-later.jsonl
out_has 'is not what two-machines-later.jsonl:1 says' 'the reason names the line that is contradicted'
run bench-validate --check --lint home-folder.jsonl
silent '--lint alone leaves personal data to --lint=privacy'
run bench-validate --check --lint=privacy all-zero.jsonl
status 0 '--lint=privacy looks for personal data only'
run bench-validate --check --lint=privacy secret-option.jsonl
out_lacks 'abc123' 'a secret is not said again'
run bench-validate --check --lint --report=sarif all-zero.jsonl
ok 'SARIF has the finding' 'jq -e ".runs[0].results[0] | .ruleId == \"all-zero\" and .level == \"error\"" out'
run bench-validate --check --lint --report=github no-end.jsonl
out_has '::warning file=no-end.jsonl,line=1,col=54,title=no-end::' 'workflow commands have it'
run bench-validate --check --lint --report=jsonl all-zero.jsonl
ok 'its diagnostics are valid lines' 'bench-validate --check out'
run bench-validate --summary --check --lint all-zero.jsonl few-samples-comparison.jsonl
err_has 'lint: 1 error, 1 warning' '--summary counts'

bad='{"schema_version":"1.0.0","kind":"result","run_id":"r1","benchmark":{"name":"x"},"outcome":"pased"}'
{ sed -n 1,2p all-zero.jsonl; printf '\n%s\nno json\n' "$bad"; sed -n 3,4p all-zero.jsonl; } >mixed.jsonl
run bench-validate --check --lint mixed.jsonl
ok 'faults and findings come in the order of the lines' 'cut -d: -f 2 out | tr "\n" " " | grep -qx "4 5 6 "'
cat ./*.jsonl ./*.jsonl >many.jsonl
bench-validate --check --lint=all many.jsonl >one.out
bench-validate --check --lint=all -j 4 many.jsonl >four.out
ok 'threads change nothing' 'cmp one.out four.out && [ -s one.out ]'
run bench-validate --check --lint=all <all-zero.jsonl
out_has '<stdin>:3:264: /metrics/0/samples' 'standard input is read like a file'
head -n 1 no-end.jsonl >first.jsonl
sed -n '2,$p' no-end.jsonl >rest.jsonl
run bench-validate --check --lint first.jsonl rest.jsonl
out_has 'first.jsonl:1:54: warning: /run_id: run r1 has no end' 'a run may go on in the next file'
out_lacks 'unknown-run'

run bench-validate --lint=nothing all-zero.jsonl
status 2
err_has 'expected one of meaning, privacy, all, list'
run bench-validate --lint --whole --schema 1.0.0 all-zero.jsonl
status 2 '--lint is for lines'

# ---- memory ----
# Lines of the same benchmarks, so that only their number grows.
if sanitized; then
    skip 'memory does not grow with the lines' 'a sanitizer takes more'
else
    { sed -n 1,2p all-zero.jsonl
      awk 'NR == 2 { for (i = 0; i < 150000; i++) print }' all-zero.jsonl
      sed -n 4p all-zero.jsonl; } >long.jsonl
    ok 'memory does not grow with the lines' '(ulimit -v 120000; bench-validate --check --lint=all long.jsonl >/dev/null)'
fi
run sh -c 'bench-validate --check --lint=all all-zero.jsonl >/dev/full'
status 4 'a full disk is told'
finish
