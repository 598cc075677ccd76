# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# bench-render -t trend: Markdown, charts, and the page of small multiples.
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/trend.sh"

history 60 | bench-trend >trends
run bench-render -t trend trends
status 0
quiet
ok 'the document has no fault' 'bench-render --lint out'
out_has '10 series: 2 regressed, 1 improved, 1 drifting, 1 unconfirmed, 4 stable, 1 with too few points.'
ok 'every series has a row' '[ "$(grep -c "^| .s::" out)" = 10 ]'
ok 'a step is there with its place, size and interval' \
    'grep -A4 "^### s::stepped" out | grep -Eq "^- .2025-02-09.: \*\*\+8\..%\*\* \(.* to .*\), from 10.* ms to 10.* ms, confirmed$"'
out_has 'a drift of **+' 'so is a drift'
ok 'what is stable has no section' '! grep -q "^### s::steady" out'
history 10 | bench-trend --spread >spread
ok 'lines without verdicts make a table, too' 'bench-render -t trend spread | grep -q "s::steady"'
ok 'the shipped lines render' 'bench-render -t trend "$data/reports/v1.0.0-trend.jsonl" | grep -q "serve"'

# ---- charts and the page ----
ok 'a chart of all series is written beside it' \
    'bench-render -t trend --charts charts trends -o doc.md && grep -q "charts/doc-trends.svg" doc.md && [ "$(grep -c "class=\"text\"" charts/doc-trends.svg)" = 10 ]'
run bench-render -t trend --html trends
status 0
cp out page.html
ok 'every series has a drawing on the page' '[ "$(grep -c "<svg class=\"trend\"" page.html)" = 10 ]'
ok 'a change is marked and named' 'grep -q ">2025-02-09 +8\.[0-9]%</text>" page.html'
ok 'a point has its name and value for those without the script' \
    'grep -Eq "<title>2025-01-01: [0-9.]+ ms</title>" page.html'
sed -n '/<script>/,/<\/script>/p' page.html | sed -e '1s/.*<script>//' -e '$s/<\/script>.*//' | perl -0pe 's/\n\z//' >script
perl -MDigest::SHA=sha256_base64 -0777 -ne 'print sha256_base64($_)' script >sum
grep -o "script-src 'sha256-[^=]*" page.html | sed 's/.*sha256-//' | tr -d '\n' >policy
ok 'the page lets its own script run and no other' '[ -s sum ] && cmp sum policy'
ok 'it asks nobody for anything' '! grep -Eq "(src|href)=\"(https?:)?//" page.html'
ok 'print-data has the series' 'bench-render -t trend --print-data trends | jq -e ".all | length == 10"'

# ---- beside a report and a comparison ----
cp "$data"/reports/v1.0.0.jsonl report.jsonl
cp "$data"/reports/v1.0.0-comparison.jsonl comparison.jsonl
bench-render -t trend --print-data trends | jq -r '.all[] | .spark.text' >sparks
for kind in report comparison; do
    template=$kind
    [ $kind = report ] || template=compare
    run bench-render -t $template $kind.jsonl trends
    status 0
    quiet
    out_has '10 series: 2 regressed' "$template: has the history of each series"
    ok "$template: draws each over time" '[ "$(wc -l <sparks)" = 10 ] && while IFS= read -r spark; do grep -qF -e "$spark" out || exit 1; done <sparks'
    ok "$template: has no fault with it" 'bench-render --lint out'
    ok "$template: is as before without" \
        '! bench-render -t '"$template $kind"'.jsonl | grep -q "^## History"'
done
ok 'the chart of all series stands in the section' \
    'bench-render --charts charts report.jsonl trends -o report.md && sed -n "/^## History/,/^## B/p" report.md | grep -q "charts/report-trends.svg"'

# ---- names and figures from anywhere ----
sed -e 's/"name":"stepped"/"name":"<script>alert(1)<\/script>|`*"/' -e 's/"ref":null/"ref":"x"/' trends >hostile
run bench-render -t trend --html hostile
ok 'a name is text on the page' '! grep -q "<script>alert" out && grep -q "&lt;script&gt;alert" out'
ok 'and in the document' 'bench-render -t trend hostile >h.md && bench-render --lint h.md'
cat >odd <<'EOT'
{"schema_version":"1.0.0","kind":"trend","benchmark":{"name":"odd"},"metric":"m","unit":"1","points":[{"median":null},{"median":1e308},{"median":-1e308}],"changes":[{"index":7,"ratio":2},{"index":1,"ratio":null},{"index":0,"before":0,"after":0}],"slopes":[{"from":2,"to":1,"per_point":1},{"from":0,"to":9},{"from":0,"to":2,"per_point":null}],"outliers":[99,1],"noise":{"cv":null},"verdict":"changed"}
{"schema_version":"1.0.0","kind":"trend","benchmark":{"name":"none"},"metric":"m","unit":"1","points":[]}
{"schema_version":"1.0.0","kind":"trend"}
EOT
ok 'odd lines are valid lines' 'bench-validate --check odd'
run bench-render -t trend --html odd
status 0 'places outside the points, and values without a size, do no harm'
ok 'no coordinate is without a number' '! grep -Eiq "(nan|inf)\"" out'
run bench-render -t trend "$data/reports/v1.0.0.jsonl"
status 3
err_has 'the lines that bench-trend writes'

finish
