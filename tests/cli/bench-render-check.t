#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The documents about targets, for a changelog, and badges. Golden files:
# bench-render -t check tests/data/render/check.jsonl >tests/data/render/check.md,
# -t badge >badge.svg, and -t changelog-entry on reports/v1.0.0-comparison.jsonl.
. "$(dirname "$0")/lib.sh"
cells=$BENCHLINE_BUILD/helpers/markdown_cells
cp "$data/render/check.jsonl" "$data"/reports/*.jsonl .
cp v1.0.0-comparison.jsonl comparison.jsonl

# ---- check ----
run bench-render -t check check.jsonl
status 0
quiet
out_is "$data/render/check.md"
ok 'it has no faults' 'bench-render --lint "$data/render/check.md"'
printf 'a | b\n--|--\n1|2|3\n' >wide.md
ok 'a fault in what comes on standard input is told as such' \
    'bench-render --lint <wide.md 2>&1 | grep -q "^<stdin>:3:1: row: "'
ok 'missed targets come first, then those that are not proven' \
    '[ "$(grep "^## " out | tr "\n" " ")" = "## Missed ## Not Proven ## Met " ]'
ok 'each target stands under what became of it' '
    for part in "Missed:5" "Met, but not proven:2" "Met:5" "All:12"; do
        grep -qxF "| ${part%:*} | ${part#*:} |" out || exit 1; done'
jq -c 'select(.outcome == "pass")' check.jsonl >met.jsonl
run bench-render -t check met.jsonl
out_has '> All 5 targets are met.'
out_lacks '## Missed'
jq -c 'select(.outcome == "unproven" and .value)' check.jsonl >open.jsonl
run bench-render -t check open.jsonl
out_has '> No target missed, 2 met but not proven.' 'what is not proven is not called met'
jq -c 'del(.missed)' check.jsonl >old.jsonl
run bench-render -t check old.jsonl
out_is "$data/render/check.md" 'a line that does not say whether it is missed is missed without a value'
run bench-render -t check v1.0.0.jsonl
status 3
silent
err_has 'there is no check in the input; expected the lines that bench-check writes'
run bench-render -t check v1.0.0-check.jsonl
out_has '> 2 of 4 targets missed, 1 met but not proven.'
jq -c 'if .kind == "check" then .target = "a|b <script> @user #1\n`x`" | .name = "n|<b>" | .reasons = ["r|\n#2"] | .metric = "|" else . end' check.jsonl >hostile.jsonl
run bench-render -t check hostile.jsonl
status 0 'hostile texts break no table'
ok 'and become no HTML' '"$cells" out | grep -c "^!" | grep -qx 0'

# ---- changelog-entry ----
run bench-render -t changelog-entry comparison.jsonl
status 0
out_is "$data/render/changelog-entry.md"
ok 'every finding has a line, and nothing else has' '
    [ "$(grep -c "^- " out)" -eq "$(jq -s "map(select(.verdict | IN(\"regression\", \"improvement\", \"changed\", \"newly-failing\", \"fixed\"))) | length" comparison.jsonl)" ]'
ok 'a time that went up is slower, a rate that went up is faster' '
    jq -c "select(.verdict == \"improvement\") | .metric = \"rate\" | .unit = \"{request}/s\" | .better = \"higher\" | .change.ratio = 1.2" comparison.jsonl |
        bench-render -t changelog-entry | grep -q "Rate: faster, " && grep -q "Wall time: slower, " out'
jq -c 'select(.verdict == "unchanged")' comparison.jsonl >calm.jsonl
run bench-render -t changelog-entry calm.jsonl
out_has '- No change was found.'

# ---- badges ----
run bench-render -t badge check.jsonl
status 0
out_is "$data/render/badge.svg"
ok 'the picture is XML' 'xmllint --noout out'
badge() { # badge FILE LABEL MESSAGE COLOUR
    bench-render -t badge-json "$1" >badge.json
    ok "$1: a badge of $2: $3" 'jq -e ". == {schemaVersion: 1, label: \"'"$2"'\", message: \"'"$3"'\", color: \"'"$4"'\"}" badge.json'
}
badge check.jsonl targets '5 of 12 met' red
badge met.jsonl targets '5 of 5 met' brightgreen
badge open.jsonl targets '0 of 2 met' yellow
badge comparison.jsonl benchmarks '1 fails now' red
badge calm.jsonl benchmarks 'no regression' brightgreen
badge v1.0.0.jsonl benchmarks '5 of 9 passed' red
badge v1.0.0-minimal.jsonl benchmarks '2 of 2 passed' brightgreen
cat check.jsonl v1.0.0.jsonl >both.jsonl
badge both.jsonl targets '5 of 12 met' red
printf -- '---\ntitle: "quote\\" & <tag>"\nkinds: [check]\nformat: json\n---\n{"label": "{{badge.label}}"}\n' >own.mustache
run bench-render -t ./own.mustache check.jsonl
ok 'a text in a JSON template stays inside its quotes' 'jq -e ".label == \"quote\\\" & <tag>\"" out'
sed 's/format: json/format: svg/; s/{"label": "\(.*\)"}/<svg>\1<\/svg>/' own.mustache >own-svg.mustache
run bench-render -t ./own-svg.mustache check.jsonl
out_has '<svg>quote&quot; &amp; &lt;tag&gt;</svg>' 'and one in a picture inside its element'
run bench-render --html -t badge check.jsonl
status 2
err_has '--html with the template "badge", which makes no Markdown'
sed 's/format: json/format: yaml/' own.mustache >unknown.mustache
run bench-render -t ./unknown.mustache check.jsonl
status 3
err_has './unknown.mustache:4:9: /format: '
run bench-render -t badge v1.0.0-diagnostic.jsonl
status 3

# ---- what bench-check writes ----
for targets in "$BENCHLINE_SOURCE"/docs/targets/*.yaml; do
    name=$(basename "$targets" .yaml)
    [ -f "$data/check/$name.jsonl" ] || continue
    bench-check --format jsonl "$targets" "$data/check/$name.jsonl" >real.jsonl
    run bench-render -t check real.jsonl
    status 0 "$name: what bench-check writes is rendered"
    ok "$name: each check has its row" '
        [ "$(grep -c "\"kind\":\"check\"" real.jsonl)" -gt 0 ] &&
        [ "$(grep -c "^| .*\`.*|$" out)" -eq "$(grep -c "\"kind\":\"check\"" real.jsonl)" ]'
done
ok 'the golden lines are such as bench-check writes' 'bench-validate --check check.jsonl'
finish
