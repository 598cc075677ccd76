#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The documents about comparisons. Golden files: bench-render -t TEMPLATE
# comparison.jsonl >tests/data/render/TEMPLATE.md
. "$(dirname "$0")/lib.sh"
cells=$BENCHLINE_BUILD/helpers/markdown_cells
cp "$data"/reports/v1.0.0.jsonl "$data"/reports/v0.2.2.jsonl .
cp "$data"/reports/v1.0.0-comparison.jsonl comparison.jsonl

for template in compare pull-request; do
    run bench-render -t $template comparison.jsonl
    status 0
    quiet
    out_is "$data/render/$template.md"
    ok "$template: has no faults" 'bench-render -t '$template' comparison.jsonl | bench-render --lint'
    run bench-render -t $template v0.2.2.jsonl
    status 3
    err_has 'no comparison in the input; expected the lines that bench-diff writes'
done

# ---- what stands first ----
run bench-render -t pull-request comparison.jsonl
ok 'the first line is a marker that is not shown' '[ "$(head -n 1 out)" = "<!-- benchline: pull-request -->" ]'
ok 'the verdict and the next action come next' '
    sed -n 2p out | grep -q "1 benchmark fails that passed before, 1 regression" && sed -n 4p out | grep -q "^\*\*Next:\*\* Mend"'
ok 'what fails now stands before what got worse, and that before what got better' '
    [ "$(sed -n "s/^| \*\*\([a-z ]*\)\*\*.*/\1/p" out | tr "\n" ,)" = "fails now,worse,better," ]'
jq -c 'select(.verdict == "unchanged" or .verdict == "inconclusive" or .kind == "summary")' comparison.jsonl >calm.jsonl
run bench-render -t pull-request calm.jsonl
out_has '### Benchmarks: No regression found'
out_has '**Next:** Take up to 74 samples a side in several runs to decide what is still open.'
jq -c 'select(.verdict == "inconclusive")' comparison.jsonl >open.jsonl
run bench-render -t pull-request open.jsonl
out_has 'No regression found, but no comparison could be decided' 'what is open is not called unchanged'
jq -c 'select(.verdict == "added")' comparison.jsonl >added.jsonl
run bench-render -t compare added.jsonl
out_has 'Nothing could be compared'

# ---- the sides as wholes ----
cat >base.jsonl <<'EOT'
{"schema_version":"1.0.0","kind":"result","run_id":"a","benchmark":{"name":"ask"},"outcome":"passed","metrics":[{"name":"wall_time","unit":"s","samples":[1,2,3,4]}],"observations":{"ok":[true,true,false,null]}}
{"schema_version":"1.0.0","kind":"result","run_id":"a","benchmark":{"name":"load"},"outcome":"passed","metrics":[{"name":"wall_time","unit":"s","samples":[10,10]}]}
{"schema_version":"1.0.0","kind":"result","run_id":"a","benchmark":{"name":"gone"},"outcome":"passed","metrics":[{"name":"wall_time","unit":"s","samples":[10,10]}]}
{"schema_version":"1.0.0","kind":"result","run_id":"a","benchmark":{"name":"idle"},"outcome":"skipped"}
EOT
cat >head.jsonl <<'EOT'
{"schema_version":"1.0.0","kind":"result","run_id":"b","benchmark":{"name":"ask"},"outcome":"passed","metrics":[{"name":"wall_time","unit":"s","samples":[2,2]}],"observations":{"ok":[true,true]}}
{"schema_version":"1.0.0","kind":"result","run_id":"b","benchmark":{"name":"load"},"part":0,"outcome":"passed","metrics":[{"name":"wall_time","unit":"s","samples":[11,11]}]}
{"schema_version":"1.0.0","kind":"result","run_id":"b","benchmark":{"name":"load"},"part":1,"outcome":"passed","metrics":[{"name":"wall_time","unit":"s","samples":[11,11]}]}
{"schema_version":"1.0.0","kind":"result","run_id":"b","benchmark":{"name":"load"},"repetition":1,"outcome":"failed"}
{"schema_version":"1.0.0","kind":"result","run_id":"b","benchmark":{"name":"idle"},"outcome":"passed"}
EOT
bench-diff --fail-on never base.jsonl head.jsonl >whole.jsonl
ok 'the lines of totals are valid' 'bench-validate --check whole.jsonl'
ok 'results are counted where both sides ran, in parts once, skipped ones not; requests one by one' '
    [ "$(jq -c "select(.kind == \"summary\").metadata.success" whole.jsonl)" = \
        "{\"base\":{\"results\":2,\"passed\":2,\"requests\":3,\"answered\":2},\"head\":{\"results\":3,\"passed\":2,\"requests\":2,\"answered\":2}}" ]'
run bench-render -t compare whole.jsonl
status 0
out_has '| Wall time | 2 | 12.5 s | 13.0 s | +500 ms (+4.0%) |' 'times are sums of the means of what both sides have'
out_has '| Results that passed | - | 2 of 2 (100.0%) | 2 of 3 (66.7%) | -33.3 points |'
out_has '| Requests answered | - | 2 of 3 (66.7%) | 2 of 2 (100.0%) | +33.3 points |'
jq -c 'del(.observations)' base.jsonl | bench-diff --fail-on never - head.jsonl >unknown.jsonl
run bench-render -t compare unknown.jsonl
out_has '| Requests answered | - | n/a | 2 of 2 (100.0%) | n/a |' 'what a side does not say is not known'
jq -c 'select(.kind == "comparison") | del(.base, .head)' whole.jsonl >bare.jsonl
run bench-render -t compare bare.jsonl
out_lacks 'Total Time' 'without a total there is no word of one'

# ---- several heads beside one base ----
measured() { # measured RUN_ID CENTRE: five samples around it, and one in another unit
    jq -nc --arg id "$1" --argjson c "$2" '{schema_version: "1.0.0", kind: "result", run_id: $id, outcome: "passed"} as $r
        | $r + {benchmark: {name: "ask"}, metrics: [{name: "wall_time", unit: "s", better: "lower", samples: [range(20) | $c + . % 5 * 0.001]}]},
          $r + {benchmark: {name: "load"}, metrics: [{name: "wall_time", unit: "ms", better: "lower", samples: [range(20) | 2000 + . % 5]}]},
          $r + {benchmark: {name: "size"}, metrics: [{name: "size", unit: "By", better: "none", samples: [range(20) | 1000 * $c + . % 5]}]}'
}
measured engine 1 >engine.jsonl
measured slow 1.2 >slow.jsonl
measured fast 0.8 >fast.jsonl
for head in slow fast; do
    bench-diff --fail-on never --format jsonl engine.jsonl $head.jsonl
done >three.jsonl
run bench-render -t compare three.jsonl
status 0
quiet
out_has '| `ask` | Wall time | 1.00 s | 1.20 s (**+20.0%**) | 802 ms (**-20.0%**) | `fast.jsonl` |' 'all sides stand in one row, with the best of them'
out_has '| Total wall time, benchmarks: 2 | | 3.00 s | 3.20 s (+6.7%) | 2.80 s (-6.7%) | |' 'times of any unit are added up'
out_has '| Results that passed | | 3 of 3 (100.0%) | 3 of 3 (100.0%) | 3 of 3 (100.0%) | |'
out_has '| `load` | Wall time | 2.00 s | 2.00 s (0.0%) | 2.00 s (0.0%) | none |' 'no side is called best where none is'
out_has '**Best side, in how many rows:** `fast.jsonl` 1, none 2.'
out_has '| `ask`, in `slow.jsonl` | Wall time | regression |' 'each row says whose it is'
out_has '| Size, `fast.jsonl` | 1 | 0.800× (-20.0%) | 0 | 0 | 1 | 0 | 0 | they differ |' 'what nobody calls better is told to differ'
bench-diff --fail-on never --format jsonl engine.jsonl fast.jsonl >near.jsonl
jq -c 'if .change.ratio_ci then .change.ratio_ci = [0.7, 0.9] else . end' near.jsonl >wide.jsonl
jq -c 'if .metadata.head then .metadata.head = "wide" else . end' wide.jsonl | cat near.jsonl - >both.jsonl
run bench-render -t compare both.jsonl
out_has '| `ask` | Wall time | 1.00 s | 802 ms (**-20.0%**) | 802 ms (**-20.0%**) | none |' 'of two that are better the best is open where their intervals meet'

{ bench-diff --fail-on never --format jsonl engine.jsonl slow.jsonl && grep -v '"summary"' near.jsonl; } >cut.jsonl
run bench-render -t compare cut.jsonl
out_has '| `ask`, in `unnamed` | Wall time | improvement |' 'lines without a summary are not those of the sides before them'
out_lacks 'Total Time' 'and are not added up with them'

# ---- a comment has a limit ----
jq -c 'select(.verdict == "regression") | . as $r | range(900) | . as $i
    | $r | .benchmark.name = "regressed \($i)" | .change.ratio = 1.01 + $i / 1000,
      (.verdict = "unchanged" | .benchmark.name = "same \($i)")' comparison.jsonl >many.jsonl
run bench-render -t pull-request many.jsonl
status 0
ok 'a comment never has more than 65,000 bytes' '[ "$(wc -c <out)" -le 65000 ]'
ok 'it uses what it may' '[ "$(wc -c <out)" -gt 64000 ]'
out_has 'This comment was shortened'
ok 'the worst stays and the count of what is missing is said' '
    grep -q "regressed 899" out && grep -qE "and [0-9]+ more findings, left out" out'
ok 'what is left out and what is shown are all there is' '
    shown=$(grep -c "^| \*\*worse" out); more=$(sed -n "s/.*and \([0-9]*\) more findings.*/\1/p" out)
    [ $((shown + more)) -eq 900 ]'
ok 'the unchanged went before any finding' '! grep -q "same 0" out'
ok 'and the document has no faults' 'bench-render --lint out'
printf -- '---\nkinds: [comparison]\nbytes: 10\nshorten: [all.rows]\n---\nlonger than ten bytes\n' >small.mustache
run bench-render -t ./small.mustache comparison.jsonl
status 3
err_has 'at most 10 are allowed, and nothing is left to shorten'

# ---- charts ----
mkdir reports
run bench-render -t compare comparison.jsonl --charts img -o reports/new.md
status 0
ok 'a chart stands beside the document, and the document shows it' '
    grep -qF "](img/new-changes.svg)" reports/new.md && [ -s reports/img/new-changes.svg ] &&
    bench-render --lint reports/new.md'
ok 'it has a row for each comparison with a ratio, in shapes' '
    [ "$(grep -c "<text.*text-anchor=\"end\"" reports/img/new-changes.svg)" -eq 4 ] &&
    [ "$(grep -c "<path.*class=\"worse\"" reports/img/new-changes.svg)" -eq 1 ]'
run bench-render v1.0.0.jsonl --charts img -o reports/run.md
ok 'samples are drawn with their quartiles and median' '
    [ "$(grep -c "class=\"box\"" reports/img/run-samples.svg)" -eq 5 ] &&
    [ "$(grep -c "class=\"dot\"" reports/img/run-samples.svg)" -eq 85 ]'
ok 'the same input gives the same chart' '
    bench-render v1.0.0.jsonl --charts img -o run.md && cmp img/run-samples.svg reports/img/run-samples.svg'
ok 'a page has them inside' '
    bench-render --html v1.0.0.jsonl | grep -q "<img src=\"data:image/svg+xml;base64," &&
    [ ! -e charts ]'
ok 'without --charts there are none' '
    bench-render v1.0.0.jsonl >plain.md && ! grep -q "!\[" plain.md'
run bench-render v1.0.0.jsonl --charts /tmp/charts
status 2
jq -c '.benchmark.name = "<script>\u0007 & \"" | .metric = "]]>"' comparison.jsonl | head -n 1 >odd.jsonl
run bench-render -t compare odd.jsonl --charts img -o odd.md
ok 'a name in a chart is text' '
    grep -q "&lt;script&gt;␇ &amp; &quot;" img/odd-changes.svg && ! grep -q "<script" img/odd-changes.svg'

jq -c 'select(.verdict == "regression") | .benchmark.name = "é" * 100' comparison.jsonl | bench-render -t compare --charts img -o long.md
ok 'a long label in a chart is cut in its middle, so that its metric can be read' '
    grep -qF ">compress::$(printf "é%.0s" 1 2 3 4 5 6 7 8 9 10 11 12 13)…" img/long-changes.svg && grep -q "(level=3), wall_time</text>" img/long-changes.svg'
run bench-render -t compare three.jsonl --charts img -o three.md
ok 'with several heads a label says whose it is' 'grep -qF ">ask, wall_time, slow.jsonl</text>" img/three-changes.svg'

run bench-render -t compare comparison.jsonl --mermaid
ok 'in mermaid there is a label and a value for each comparison with a ratio' '
    sed -n "/^\`\`\`mermaid/,/^\`\`\`$/p" out >block && [ "$(grep -c "" block)" -eq 7 ] &&
    grep -qxF "    bar [109.4, 91.1, 100.9, 100.0]" block && [ "$(grep "x-axis" block | grep -o "\"" | grep -c "")" -eq 8 ]'
ok 'and the document has no faults' 'bench-render --lint out'
run bench-render -t compare odd.jsonl --mermaid
ok 'a name in mermaid stays inside its quotes' '
    grep "x-axis" out | grep -o "\"" | grep -c "" | grep -qx 2 && ! grep "x-axis" out | grep -q "[<>&;#]"'
run bench-render -t compare comparison.jsonl --mermaid --html
status 2

# ---- hostile names ----
jq -c 'select(.kind == "comparison") | .benchmark.name = "a|b`<script>@user #1\n</details>" | .metric = "m|@user"
    | .variant = "<b>|" | .machine = "[x](y) @user"' comparison.jsonl >hostile.jsonl
for template in compare pull-request; do
    run bench-render -t $template hostile.jsonl
    status 0
    "$cells" out >seen
    ok "$template: no name becomes markup" '[ -z "$(grep "^!" seen | grep -vxE "!html: (</?details>|<summary>[^<>]*</summary>|<!-- benchline: pull-request -->)")" ]'
    ok "$template: nobody is pinged outside code" '
        ! sed -e "s/\`\`[^\`]*\(\`[^\`]\+\)*\`\`//g" out | grep -E "(^|[^A-Za-z0-9])@[A-Za-z]"'
done

# ---- the pipeline ----
run bench-diff --sides variant=old,new --format jsonl v1.0.0.jsonl
status 1
cp out real.jsonl
ok 'what bench-diff writes is rendered' '
    bench-render -t compare real.jsonl -o real.md && grep -qF -e "- **Base:** \`old\`" real.md &&
    bench-render -t pull-request real.jsonl | grep -q "2 regressions, 2 improvements"'

# ---- a report of a run, with how it stands to the one before ----
jq -c 'if .duration then .duration *= 1.04 else . end | if (.test | test("health_command")) then .test += "_new" else . end
    | .timestamp |= sub("^2026-02-11"; "2026-02-12")' "$data/reports/v0.2.2.jsonl" >now.jsonl
cp "$data/reports/v0.2.2.jsonl" before.jsonl
bench-diff before.jsonl now.jsonl >changes.jsonl
run bench-render now.jsonl changes.jsonl
ok 'the report has no faults' '[ "$code" -eq 0 ] && [ ! -s err ]'
"$cells" out >seen
jq -rs '
    def three: if . >= 99.95 then round | tostring elif . >= 9.995 then . * 10 | round / 10 | tostring | if test("[.]") then . else . + ".0" end
        else . * 100 | round | tostring | .[:-2] + "." + .[-2:] end;
    map(select(.kind == "comparison" and .metric == "duration" and .model and .base.median and .head.median))
    | group_by([.model.id, .modality])[]
    | [(.[0].model.id | sub("^[^/]*/"; "")), (.[0].modality | .[0:1] | ascii_upcase) + (.[0].modality | .[1:]),
       "\(length)\t\(map(.base.median) | add | three) s\t\(map(.head.median) | add | three) s\t+4.0% (0 worse, 0 better)"] | @tsv' changes.jsonl |
    sed 's/\\t/\t/g' >expected
ok 'each model stands against the tests that both runs have, with their number' '
    [ "$(wc -l <expected)" -eq 7 ] && while IFS= read -r row; do
        model=$(echo "$row" | cut -f1) mode=$(echo "$row" | cut -f2) figures=$(echo "$row" | cut -f3-)
        grep -F -e "| $model	" seen | grep -F -e "	$mode	" | grep -qF -e "	$figures" || { echo "$row"; exit 1; }
    done <expected'
ok 'tests have the median before, and its change' 'grep -qE "^\| .test_run_command. \| Text .* \| \+4\.0% \(0 worse, 0 better\) \|$" out'
out_has '- **New:** ' 'what is new is told'
out_has '### Gone' 'and what is gone'
ok 'one test more on a side moves no figure' '
    head -n 20 now.jsonl >fewer.jsonl && bench-diff before.jsonl fewer.jsonl >fewer-changes.jsonl &&
    bench-render fewer.jsonl fewer-changes.jsonl | grep -q "^- \*\*Duration:\*\* +4.0% (geometric mean of "'
run bench-render now.jsonl
out_lacks 'Comparison' 'without lines of a comparison there is none'
out_lacks 'Before |'
run bench-render changes.jsonl
status 3 'a comparison alone is no report'
run bench-render now.jsonl "$data/render/check.jsonl"
out_has '- 5 of 12 targets missed, 2 met but not proven' 'targets that were checked are in the report'
finish
