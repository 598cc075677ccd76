# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What the documents say of the calibration is what the kept report holds; and the
# program that makes it keeps its promises, on a few reports.
. "$(dirname "$0")/lib.sh"
source=$BENCHLINE_SOURCE
tables=$source/tests/calibrate/tables
program=$BENCHLINE_BUILD/calibrate/calibrate_diff
report=$(find "$source/reports" -name '*-calibrate-diff.jsonl' | LC_ALL=C sort | tail -n 1)

ok 'a calibration is kept' '[ -s "$report" ]'
ok 'it is a valid report' 'bench-validate --check "$report"'
ok 'it has 2,000 reports a cell or more' '[ "$(head -n 1 "$report" | jq .config.reports)" -ge 2000 ]'
ok 'every goal is reached in it' 'jq -se "map(select(.benchmark.suite == \"calibrate-diff goals\")) | length == 15 and all(.outcome == \"passed\")" "$report"'
"$tables" diff "$report" >tables 2>err
ok 'the document beside it shows it' '[ -s tables ] && tail -n +3 "${report%.jsonl}.md" | cmp - tables'
ok 'docs/statistics.md shows it' '"$tables" diff "$report" "$source/docs/statistics.md" | cmp - "$source/docs/statistics.md"'
ok 'and is Markdown without faults' 'bench-render --lint "${report%.jsonl}.md"'

run "$program" --reports 2 --cells moments -o some.jsonl
ok 'the program counts, and says what is missed' '[ "$code" -le 1 ] && grep -q "^moments" out'
ok 'its lines are valid' 'bench-validate --check some.jsonl'
ok 'on a pipe it shows no progress' '[ ! -s err ]'
counted() { jq -c 'select(.kind == "result") | del(.run_id)' "$1"; }
run "$program" --reports 2 --cells moments --jobs 1 -o one.jsonl
counted some.jsonl >some && counted one.jsonl >one
ok 'one thread counts the same' '[ -s one ] && cmp some one'
run "$program" --reports 2 --cells moments --seed 7 -o other.jsonl
counted other.jsonl >other
ok 'another seed does not' '! cmp -s one other'
run "$program" --reports 1 --cells moments -o /dev/full
status 4

# ---- series over time ----
report=$(find "$source/reports" -name '*-calibrate-trend.jsonl' | LC_ALL=C sort | tail -n 1)
ok 'a calibration of trends is kept, valid, and reaches every goal' \
    'bench-validate --check "$report" && jq -se "map(select(.benchmark.suite == \"calibrate-trend goals\")) | length == 5 and all(.outcome == \"passed\")" "$report"'
"$tables" trend "$report" >tables
ok 'the document beside it shows it' '[ -s tables ] && tail -n +3 "${report%.jsonl}.md" | cmp - tables'
ok 'docs/statistics.md shows it' '"$tables" trend "$report" "$source/docs/statistics.md" | cmp - "$source/docs/statistics.md"'
run "$BENCHLINE_BUILD/calibrate/calibrate_trend" --reports 4 -o some.jsonl
ok 'the program counts, and its lines are valid' '[ "$code" -le 1 ] && grep -q "^staircase" out && bench-validate --check some.jsonl'
run "$BENCHLINE_BUILD/calibrate/calibrate_trend" --reports 4 --jobs 1 -o one.jsonl
counted some.jsonl >some && counted one.jsonl >one
ok 'one thread counts the same series' '[ -s one ] && cmp some one'
finish
