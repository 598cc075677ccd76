#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A golden file is what the tool prints; after a change that is meant, look at the
# difference and write it anew: bench-render NAME.jsonl >tests/data/render/NAME.md
. "$(dirname "$0")/lib.sh"
cp "$data"/reports/*.jsonl .

# ---- the report ----
for name in v0.2.2 v0-minimal v1.0.0 v1.0.0-interrupted v1.0.0-minimal; do
    run bench-render $name.jsonl
    status 0
    quiet
    out_is "$data/render/$name.md"
done
ok 'standard input gives the same but for the name of the file' \
    'bench-render <v0.2.2.jsonl | sed "s/<stdin>/v0.2.2.jsonl/" | cmp - "$data/render/v0.2.2.md"'
ok 'the report is the default template' \
    'bench-render -t report v0.2.2.jsonl | cmp - "$data/render/v0.2.2.md"'
ok 'the same input gives the same bytes, in any place and time zone' '
    TZ=Asia/Tokyo LC_ALL=C bench-render v1.0.0.jsonl | cmp - "$data/render/v1.0.0.md"'

# ---- what is not known ----
run bench-render v0-minimal.jsonl
out_has '| Time in passed results | n/a |' 'a time that nobody knows is n/a'
out_has '- **Quality:** n/a' 'health that nobody knows is not bad health'
ok 'and nothing reads 0.0%, inf or nan' '! grep -qwE "0\.0%|inf|nan" out'

# ---- parts, variants, failures ----
run bench-render v1.0.0.jsonl
out_has '**Tests:** 9 total (5 passed, 2 failed, 1 could not run, 1 skipped)' \
    'a result in parts counts once'
out_has '| 0.920× (-8.0%) | 20, 20 |' 'variants stand side by side with their ratio'
ok 'what failed stands before everything else' '
    [ "$(grep "^## " out | head -n 1)" = "## Failures" ]'
out_has '| timed out, signal 9 (SIGKILL) |'
run bench-render v1.0.0-interrupted.jsonl
out_has 'Interrupted: 1 of the runs'
head -n 3 v1.0.0.jsonl >cut.jsonl
run bench-render cut.jsonl
out_has 'Without an `end` line' 'a report that was cut off says so'

# ---- labels ----
jq -nc '(["single", 1], ["batch", 10]) as [$mode, $value] | {schema_version: "1.0.0", kind: "result", run_id: "r", outcome: "passed",
    benchmark: {name: "serve"}, labels: {mode: $mode, night: "7"}, metrics: [{name: "wall_time", unit: "s", samples: [$value, $value, $value]}]}' >labels.jsonl
run bench-render labels.jsonl
out_has '| `serve` | single | 3 | 1.00 s |' 'results with other labels are measurements of something else'
out_has '| `serve` | batch | 3 | 10.0 s |'
out_has '| Benchmark | `single` | `batch` |' 'they stand side by side'
out_lacks 'night' 'a label that all of them have tells nothing apart'
jq -c '.labels.size = (if .labels.mode == "batch" then 5 else null end) | .variant = "new" | del(.labels.size | nulls)' labels.jsonl >several.jsonl
run bench-render several.jsonl
out_has '| `serve` | new, mode=batch, size=5 | 3 | 10.0 s |' 'several that differ are named'
run bench-render - <<'EOT2'
{"schema_version":"1.0.0","kind":"result","run_id":"r","benchmark":{"name":"x"},"labels":{"a":"1","b":"2"},"outcome":"passed","metrics":[{"name":"m","unit":"s","samples":[1]}]}
{"schema_version":"1.0.0","kind":"result","run_id":"r","benchmark":{"name":"x"},"labels":{"b":"2","a":"1"},"outcome":"passed","metrics":[{"name":"m","unit":"s","samples":[3]}]}
EOT2
out_has '| `x` | 2 | 2.00 s |' 'the order of labels makes no difference'

# ---- what the machine did ----
jq -rs 'map(select(.kind == "reading")) as $r | .[] | select(.kind == "result") | .started_ts as $a | .ended_ts as $b
    | [$r[] | select(.ts >= $a and .ts <= $b)]
    | "| \(length) | \(map(.gpus[0].device_percent) | add / length * 10 | round / 10)% |"' v1.0.0-interrupted.jsonl >expected
run bench-render v1.0.0-interrupted.jsonl
ok 'the readings of a result are those from its start to its end' '
    [ -s expected ] && while IFS= read -r row; do grep -qF -e "$row" out || exit 1; done <expected'
jq -c 'select(.kind == "result")' v1.0.0-interrupted.jsonl >results.jsonl
jq -c 'select(.kind == "reading")' v1.0.0-interrupted.jsonl >readings.jsonl
ok 'readings may come from a file of their own, before or after' '
    for order in "results.jsonl readings.jsonl" "readings.jsonl results.jsonl"; do
        bench-render $order | grep -q "| 12 | 85.1% | 80.5% |" || exit 1; done'

# ---- the machine in an earlier run ----
timed_result() {
    printf '{"schema_version":"1.0.0","kind":"result","run_id":"r","benchmark":{"name":"%s"},"outcome":"passed","started_ts":%s,"ended_ts":%s}\n' "$@"
}
gpu_reading() {
    printf '{"schema_version":"1.0.0","kind":"reading","run_id":"r","ts":%s,"gpus":[{"device_percent":%s}]}\n' "$@"
}
{ timed_result a 10 20 && timed_result a 30 40 && timed_result gone 50 60; } >was.jsonl
{ gpu_reading 12 10 && gpu_reading 18 20 && gpu_reading 25 100 && gpu_reading 35 25 && gpu_reading 55 90; } >was-readings.jsonl
{ timed_result a 10 20 && timed_result new 30 40 && gpu_reading 15 30 && gpu_reading 35 99; } >now.jsonl
grep -v gpus now.jsonl >results-only.jsonl
run bench-render --before was.jsonl --before was-readings.jsonl now.jsonl
status 0
quiet
out_has '| GPU | 1 | 20.0% | 30.0% | +10 points |' 'the machine is held against what it did in an earlier run, by the benchmarks of both'
out_lacks '| Memory available | 1 |' 'what no reading says is not compared'
out_has '| GPU | 64.5% | 30.0% | 99.0% |' 'and the figures of this run are those of all its results'
run bench-render --before was.jsonl now.jsonl
out_has 'The earlier run has no readings, so nothing can be set side by side.'
run bench-render --before was.jsonl --before was-readings.jsonl results-only.jsonl
out_has 'This run has no readings, so nothing can be set side by side.'
run bench-render now.jsonl
out_lacks 'Earlier Run' 'without an earlier run there is no word of one'
run bench-render --before was-readings.jsonl now.jsonl
status 3 'an earlier run without results is none'
run bench-render --before was.jsonl -t trend now.jsonl
status 2
err_has '--before with the template "trend"'
run bench-render --before was.jsonl --json now.jsonl -t report
status 2
err_has '--before beside --json'

jq -nc '{schema_version: "1.0.0", kind: "result", run_id: "old run", benchmark: {name: "a"}, outcome: "passed"} as $r
    | ($r + {variant: "x", started_ts: 10, ended_ts: 20}), ($r + {variant: "y", started_ts: 30, ended_ts: 40})' >variants.jsonl
{ cat variants.jsonl && gpu_reading 12 10 && gpu_reading 18 20 && gpu_reading 35 80; } >was.jsonl
{ sed 's/old run/new run/' variants.jsonl && gpu_reading 15 30 && gpu_reading 35 99; } >now.jsonl
run bench-render --before was.jsonl now.jsonl
out_has '| `a` (x) | - | 1 | 30.0% (15.0%) |' 'each result has in brackets what the same variant was'
out_has '| `a` (y) | - | 99.0% (80.0%) |'
out_has '| GPU | 2 | 47.5% | 64.5% | +17 points |' 'variants are not mixed'
out_has '| `was.jsonl` (the earlier run) | 1.0.0 | 5 | 0 |' 'the files of the earlier run are named'
out_has '| `old run` (the earlier run) |' 'and so is the run'
git init -q kept
run env GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org bench-render -C kept --before was.jsonl now.jsonl --commit --with-data -o r.md
status 0
ok 'the lines of the earlier run are not committed as this one'"'"'s' '
    git -C kept ls-tree --name-only bench-data >listed && [ "$(cat listed)" = "$(printf "r.jsonl\nr.md")" ] &&
    git -C kept cat-file blob bench-data:r.jsonl | cmp - now.jsonl'

# ---- the date ----
run env SOURCE_DATE_EPOCH=1770816836 bench-render v0.2.2.jsonl
out_has '- **Generated:** 2026-02-11T13:33:56Z'
ok 'without SOURCE_DATE_EPOCH no date of today is printed' \
    '! grep -q Generated "$data/render/v0.2.2.md"'
run env SOURCE_DATE_EPOCH=today bench-render v0.2.2.jsonl
status 2
err_has 'SOURCE_DATE_EPOCH is "today"; expected seconds since 1970'

# ---- bad lines ----
{ head -n 2 v0.2.2.jsonl; echo '{"broken'; echo '[1]'; sed -n '3,$p' v0.2.2.jsonl; } >bad.jsonl
run bench-render bad.jsonl
status 1 'a line that cannot be read makes the status 1'
err_has 'bad.jsonl:3:'
err_has 'bad.jsonl:4:'
out_has '> 2 lines of the input could not be read'
ok 'and everything else is in the report' 'grep -qF "**Tests:** 22 total" out'
yes nonsense | head -n 100 >nonsense.jsonl
run bench-render nonsense.jsonl v0.2.2.jsonl
status 1
ok 'a flood of bad lines is named in part, and counted' \
    '[ "$(wc -l <err)" -eq 21 ] && grep -qF "80 more lines could not be read" err'
printf '{"schema_version": "1.0.0", "kind": "result", "run_id": "x", "outcome": "passed"}\n' >no-name.jsonl
run bench-render no-name.jsonl v0.2.2.jsonl
status 1
err_has 'no-name.jsonl:1:1: /benchmark/name: missing'

# ---- nothing to work on ----
: >empty.jsonl
for file in empty.jsonl v1.0.0-comparison.jsonl; do
    run bench-render $file
    status 3
    silent
    err_has 'no result in the input'
done
run bench-render absent.jsonl
status 3
err_has 'absent.jsonl'
run bench-render v0.2.2.jsonl absent.jsonl
status 3
silent 'a file that is missing gives no half a report'

# ---- output ----
run bench-render v0.2.2.jsonl -o report.md
status 0
silent
ok 'the file holds the report' 'cmp report.md "$data/render/v0.2.2.md"'
run bench-render empty.jsonl -o report.md
ok 'a run that fails leaves the file as it was' 'cmp report.md "$data/render/v0.2.2.md"'
ok 'and nothing beside it' '[ "$(ls -A | grep -c report.md)" -eq 1 ]'
run bench-render v0.2.2.jsonl -o /dev/full
status 4
ok 'a closed pipe ends quietly' 'bench-render v0.2.2.jsonl 2>messages | head -n 1 && [ ! -s messages ]'

# ---- templates ----
run bench-render --list
status 0
out_has 'report           One run, or several, in full'
run bench-render -t reportt v0.2.2.jsonl
status 2
err_has 'there is no template "reportt"; did you mean "report"?'
run bench-render -t ./absent.mustache v0.2.2.jsonl
status 3
mkdir mine mine/partials more
printf '{{! Counts only }}\n{{>line}} {{>other}}\n' >mine/counts.mustache
printf '{{tests.passed}} of {{tests.total}}' >mine/partials/line.mustache
printf 'shipped' >mine/other.mustache
printf 'named' >more/other.mustache
run bench-render --templates mine -t counts v0.2.2.jsonl
out_has '18 of 22 shipped' 'a template of my own finds the partials beside it'
run bench-render --templates mine --partials more -t counts v0.2.2.jsonl
out_has '18 of 22 named' 'a folder of partials that is named comes first'
run bench-render --templates mine --list
out_has 'counts           Counts only'
out_has 'report '
printf '{{>../more/other}}' >out.mustache
run bench-render -t ./out.mustache v0.2.2.jsonl
status 3
err_has 'out.mustache:1:1: a partial called "../more/other"'
ln -s ../more/other.mustache mine/link.mustache
printf '{{>link}}' >mine/escape.mustache
run bench-render --templates mine -t escape v0.2.2.jsonl
status 3
err_has 'leads out of its folder'
printf 'a\n  {{#tests}}\nb' >unclosed.mustache
run bench-render -t ./unclosed.mustache v0.2.2.jsonl
status 3
err_has './unclosed.mustache:2:3: the section "tests" is never closed'
printf '{{%%FILTERS}}' >unknown.mustache
run bench-render -t ./unknown.mustache v0.2.2.jsonl
status 3
err_has './unknown.mustache:1:1: an unknown tag'
printf '{{>itself}}' >itself.mustache
run bench-render -t ./itself.mustache v0.2.2.jsonl
status 3
err_has 'levels deep; does a partial include itself without end?'
printf '{{>absent}}' >lacking.mustache
run bench-render -t ./lacking.mustache v0.2.2.jsonl
status 3
err_has './lacking.mustache:1:1: there is no partial called "absent"'

# ---- front matter ----
cat >slow.mustache <<'EOT'
---
title: Slowest tests
description: The slowest tests of a run
columns: [peak_memory]
lists:
  per_test.rows: {sort: median.value, descending: true, limit: 2}
  results.rows: {group: outcome}
---
# {{title}}

{{#as.table}}per_test.rows: Test = test.cell, Median = median.text right{{/as.table}}
{{per_test.more}} more;{{#results.groups}} {{key}} {{count}}{{/results.groups}}
{{#models.metrics}}{{title}}{{/models.metrics}}
EOT
run bench-render -t ./slow.mustache v0.2.2.jsonl
status 0
cat >expected <<'EOT'
# Slowest tests

| Test | Median |
|:--|--:|
| `test_stop_tokens` | 6.54 s |
| `test_image_chat` | 6.07 s |

3 more; passed 18 failed 2 skipped 2
Peak memory
EOT
out_is expected 'front matter sorts, cuts, groups and chooses columns'
run bench-render --templates . --list
out_has 'slow             The slowest tests of a run'
printf -- '---\ntitle: x\nliists: {}\n---\n' >typo.mustache
run bench-render -t ./typo.mustache v0.2.2.jsonl
status 3
err_has './typo.mustache:3:9: /liists: '
printf -- '---\ntitle: x\n---\n\nx {{#y}}' >open.mustache
run bench-render -t ./open.mustache v0.2.2.jsonl
err_has './open.mustache:5:3: the section "y" is never closed' 'a fault behind front matter has the line of the file'
printf '{{#as.number}}{{tests.total}} tests{{/as.number}}' >wrong.mustache
run bench-render -t ./wrong.mustache v0.2.2.jsonl
status 3
err_has './wrong.mustache:1:1: "22 tests" is no number'

# ---- checking and HTML ----
ok 'the golden reports have no faults' 'bench-render --lint "$data"/render/*.md'
printf '# A\n\n| a | b |\n|--|--|\n| 1 | 2 | 3 |\n\n[x](#nowhere) [y](gone.md)\n\n# A\n' >faults.md
run bench-render --lint faults.md
status 1
silent
err_has 'faults.md:5:1: row: a row of 3 cells in a table of 2 columns'
err_has 'faults.md:7: anchor: a link to "#nowhere"'
err_has 'faults.md:7: link: a link to "gone.md", which is not there'
err_has 'faults.md:9:1: heading: a second heading "A"; the first stands in line 1'
run bench-render --lint absent.md
status 3
printf '| a | b |\n|--|--|\n| {{tests.total}} | 2 | 3 |\n' >cut.mustache
run bench-render -t ./cut.mustache v0.2.2.jsonl -o cut.md
status 1 'a template that breaks its table is found out'
err_has 'cut.md:3:1: row: '
err_has 'was not written'
ok 'and its document is not written' '[ ! -e cut.md ]'
run bench-render --force -t ./cut.mustache v0.2.2.jsonl
status 0
out_has '| 22 | 2 | 3 |'
run bench-render --html v1.0.0.jsonl
status 0
ok 'the page has its title, its tables and no script' '
    grep -qF "<title>Benchmark Report: squeeze 2.0.4</title>" out && [ "$(grep -c "<table>" out)" -eq 12 ] &&
    ! grep -qi "<script" out'
ok 'details stay, and the hostile name is text' '
    grep -q "<details>" out && grep -qF "huge | file \`x\`␊&lt;b&gt;" out'
ok 'the same input gives the same page' 'bench-render --html v1.0.0.jsonl | cmp - out'

# ---- data ----
ok 'the data that a template sees is JSON' \
    'bench-render --print-data v0.2.2.jsonl | jq -e ".tests.passed == 18 and .time.passed.unit == \"s\""'
printf '{"n": 1.50, "t": "<a>|@user", "l": [1, 2]}' >data.json
printf '{{n}} {{t}} {{#l}}[{{.}}]{{/l}} {{>absent}}' >data.mustache
run bench-render --json data.json -t ./data.mustache
status 0
out_has '1.50 &lt;a&gt;|@user [1][2]' 'a JSON document keeps its numbers and is escaped for HTML'
run bench-render --json data.json -t ./data.mustache --escape markdown
out_has '1.50 \<a>\|@&#8203;user'
run bench-render --json data.json -t ./data.mustache --escape none
out_has '1.50 <a>|@user'
printf '{"a": 1,\n "b": }' >broken.json
run bench-render --json broken.json -t ./data.mustache
status 3
err_has 'broken.json:2:7:'
run bench-render --json data.json
status 2
run bench-render --json data.json -t ./data.mustache v0.2.2.jsonl
status 2
err_has '"v0.2.2.jsonl" beside --json'
finish
