#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every line of every document - each cell of each table, each figure in each
# sentence - against what jq makes of the same lines by tests/cli/cells/TEMPLATE.jq,
# which follows the written rules and shares no code with the tools. The documents
# are held as wholes, so that there is no cell that is not looked at.
. "$(dirname "$0")/lib.sh"
cells=$BENCHLINE_BUILD/helpers/markdown_cells
scripts=$BENCHLINE_SOURCE/tests/cli/cells
cp "$data"/reports/*.jsonl "$data/render/check.jsonl" .

# What a reservation means is the same in each document; the words are left to the
# golden files, and so are the ids that runs of 0.x are given, which are digests.
seen() {
    "$cells" | sed -e 's/^\(- [a-z-]* ([0-9,]*): \).*/\1…/' -e 's/\b[0-9a-f]\{32\}\b/RUN/g'
}

holds() { # holds TEMPLATE LEAST FILE…: it has at least so many lines
    _template=$1
    _least=$2
    shift 2
    bench-render -t "$_template" "$@" | seen >seen
    jq -rs -L "$scripts" -f "$scripts/$_template.jq" --arg file "$1" "$@" >expected
    ok "$_template of $*: every line is what jq makes of the input" \
        'diff seen expected && [ "$(wc -l <seen)" -ge '"$_least"' ]'
}

# ---- runs that have everything, compared ----
for side in base head next; do
    jq -nc --arg side $side -f "$scripts/serve.jq" >$side.jsonl
done
ok 'the runs are valid' 'bench-validate --check base.jsonl head.jsonl next.jsonl'
bench-diff --fail-on never --format jsonl base.jsonl head.jsonl >one.jsonl
bench-diff --fail-on never --format jsonl --strict base.jsonl next.jsonl >strict.jsonl
bench-diff --fail-on never --format jsonl base.jsonl next.jsonl >other.jsonl
bench-diff --fail-on never --format jsonl head.jsonl next.jsonl >apart.jsonl
ok 'the comparisons have verdicts of nearly all kinds' '
    [ "$(cat one.jsonl other.jsonl v1.0.0-comparison.jsonl | jq -r "select(.kind == \"comparison\").verdict" | sort -u | grep -c "")" -eq 11 ]'
for template in compare pull-request changelog-entry; do
    holds $template 5 v1.0.0-comparison.jsonl
    holds $template 8 one.jsonl
    holds $template 8 strict.jsonl
    holds $template 15 one.jsonl other.jsonl
    holds $template 12 one.jsonl apart.jsonl
done
jq -c 'select(.verdict == "unchanged")' one.jsonl >calm.jsonl
jq -c 'select(.verdict == "added")' one.jsonl >added.jsonl
for template in compare pull-request changelog-entry; do
    holds $template 3 calm.jsonl
    holds $template 3 added.jsonl
done

# ---- reports ----
cp "$data/render/llm.jsonl" "$data/check/vllm-mlx.jsonl" .
holds report 110 v0.2.1.jsonl
holds report 105 v0.2.2-next.jsonl
holds report 115 v0.2.2.jsonl
holds report 95 v1.0.0.jsonl
holds report 90 v1.0.0-interrupted.jsonl
holds report 35 v1.0.0-minimal.jsonl
holds report 100 base.jsonl
holds report 100 next.jsonl
holds report 190 llm.jsonl

# ---- targets ----
holds check 29 check.jsonl
holds check 20 v1.0.0-check.jsonl
for targets in "$BENCHLINE_SOURCE"/docs/targets/*.yaml; do
    lines=$data/check/$(basename "$targets" .yaml).jsonl
    [ -f "$lines" ] || continue
    bench-check --format jsonl "$targets" "$lines" >"checked-$(basename "$lines")"
    holds check 15 "checked-$(basename "$lines")"
done

# ---- language models ----
jq -c 'if .kind == "result" then .metrics |= (. // [] | map(select(.name | IN("wall_time", "peak_memory") | not))) else . end' llm.jsonl >less.jsonl
holds llm 74 llm.jsonl
holds llm 45 vllm-mlx.jsonl
holds llm 70 less.jsonl

# ---- histories ----
. "$BENCHLINE_SOURCE/tests/cli/trend.sh"
history 60 | bench-trend >times.jsonl
history 40 | sed 's/"unit":"s"/"unit":"{token}\/s"/; s/"better":"lower"/"better":"higher"/' | bench-trend >rates.jsonl
holds trend 30 times.jsonl
holds trend 30 rates.jsonl
holds trend 14 v1.0.0-trend.jsonl

# ---- badges ----
for file in check.jsonl v1.0.0-check.jsonl v1.0.0-comparison.jsonl one.jsonl other.jsonl calm.jsonl added.jsonl v1.0.0.jsonl v1.0.0-minimal.jsonl; do
    bench-render -t badge-json $file >badge.json
    jq -s -L "$scripts" -f "$scripts/badge-json.jq" $file >expected.json
    ok "badge-json of $file: it says what jq makes of the input" 'jq -e --slurpfile expected expected.json ". == \$expected[0]" badge.json'
    bench-render -t badge $file >badge.svg
    for part in "'title']" "'text'][1]" "'text'][2]"; do
        xmllint --xpath "string(//*[local-name()=$part)" badge.svg
    done >words
    ok "badge of $file: the picture says the same" '
        jq -r "\"\(.label): \(.message)\", .label, .message" expected.json | diff - words'
done
finish
