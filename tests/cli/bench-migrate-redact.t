#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bench-migrate --redact takes out what bench-validate --lint=privacy finds, and
# keeps what was measured.
. "$(dirname "$0")/lib.sh"

awk -F '\t' '$3 == "home-folder" || $3 == "user-or-host" || $3 == "secret"' "$data/lint/findings.tsv" >findings
while IFS="$(printf '\t')" read -r file line rule pointer; do
    cp "$data/lint/$file" .
    run bench-migrate --redact "$file"
    ok "$file: nothing personal is left" "[ $code -eq 0 ] && bench-validate --check --lint=privacy out"
    case $file in v0*) continue ;; esac
    sed "${line}d" "$file" >others
    sed "${line}d" out >others.out
    ok "$file: every other line passes byte for byte" 'cmp others others.out'
    jq -c '[.metrics[]?], [paths]' "$file" >facts
    jq -c '[.metrics[]?], [paths]' out >facts.out
    ok "$file: every member and sample is there" 'cmp facts facts.out'
done <findings
ok 'there are such fixtures' '[ "$(wc -l <findings)" -ge 9 ]'

run bench-migrate --redact home-folder.jsonl
out_has '"command": "~/src/squeeze -9 in.txt"' 'what stands beside a name stays'
run bench-migrate home-folder.jsonl
out_is home-folder.jsonl 'without --redact everything passes'
run bench-migrate --to 0.2.2 --redact v0-home-folder.jsonl
out_has '"id": "~/models/llama"' 'lines of old versions are redacted as well'
out_has '"schema_version": "0.2.2"'
run bench-migrate --redact --summary v0-home-folder.jsonl
out_has '"id":"~/models/llama"' 'and what they become'
err_has '1 line redacted'

result='{"schema_version":"1.0.0","kind":"result","run_id":"r1","benchmark":{"name":"x"},"outcome":"passed"'
printf '%s,"metrics":[{"name":"m","unit":"s","samples":[1.50,1e-3,123456789012345678901]}],"metadata":{"a":"%s"}}\n' \
    "$result" '/home/alice/\u00e9\n' >numbers.jsonl
run bench-migrate --redact numbers.jsonl
out_has '"samples":[1.50,1e-3,123456789012345678901]' 'numbers keep their digits'
ok 'what was escaped is what it was' 'jq -e ".metadata.a == \"~/é\n\"" out'

echo "$result,\"metadata\":{\"a\":\"alice@lab@attic\"}}" >nested.jsonl
run bench-migrate --redact nested.jsonl
ok 'what stands in place of a name makes no new one' 'bench-validate --check --lint=privacy out && ! grep -E "alice|lab|attic" out'

# ---- what ties lines together ----
for host in alice@lab-1 alice@lab-2; do
    echo "{\"schema_version\":\"1.0.0\",\"kind\":\"run\",\"run_id\":\"$host:7\",\"started_at\":\"2026-03-01T10:00:00Z\"}"
    echo "{\"schema_version\":\"1.0.0\",\"kind\":\"end\",\"run_id\":\"$host:7\"}"
done >runs.jsonl
run bench-migrate --redact runs.jsonl
ok 'runs named by their hosts stay apart, and their lines together' \
    'jq -s -e "map(.run_id) | (unique | length == 2) and .[0] == .[1] and .[2] == .[3]" out && ! grep lab out'

for host in lab-1.local lab-2.local; do
    printf '%s,"labels":{"server":"%s"},"host":"%s"}\n' "$result" $host $host
done >hosts.jsonl
run bench-migrate --redact hosts.jsonl
ok 'two hosts stay two, and one is the same everywhere' \
    'jq -s -e "map(.host) | unique | length == 2" out && jq -e ".host == .labels.server" out && ! grep lab- out'
mv out once
run bench-migrate --redact once
out_is once 'what was redacted stays as it is'

# ---- signatures ----
signature='{"schema_version":"1.0.0","kind":"signature","run_id":"r1","lines":1,"sha256":"8ca8d42d5e54fca836ed3dd46bf61ac2651b9bf4a7ac27c746b4775255efc8d6"}'
{ cat numbers.jsonl; echo "$signature"; } >signed.jsonl
run bench-migrate --redact signed.jsonl
out_lacks '"signature"' 'a signature over a line that was redacted is left out'
err_has 'left out: 1 signature' 'and that is said'
{ echo "$result}"; echo "$signature"; } >signed.jsonl
run bench-migrate --redact signed.jsonl
out_is signed.jsonl 'a signature over lines without personal data stays'
quiet

# ---- names that become the same ----
echo "$result,\"metadata\":{\"/home/alice/x\":1,\"/home/bob/x\":2}}" >twice.jsonl
run bench-migrate --redact --invalid rest twice.jsonl
status 1 'members that would have the same name are no line'
silent
err_has 'twice.jsonl:1: '
err_has 'two members have the same name' 'the reason is given'
ok 'the line is set aside as it was' 'cmp rest twice.jsonl'
finish
