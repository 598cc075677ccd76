# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# bench-trend without git: runs of files are points.
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/trend.sh"

history 60 >all
run bench-trend all
status 0
quiet
ok 'the lines are valid' 'bench-validate --check out'
verdicts out | LC_ALL=C sort >got
cat >expected <<'EOT'
after regressed
before stable
fresh unconfirmed
gappy stable
ramp drifting
spiky stable
steady stable
stepped regressed
twice improved
young too-few-points
EOT
ok 'each series gets the verdict of what was done to it' 'diff expected got'
ok 'what got worse comes first' 'verdicts out | sed -n "1,2s/.* //p" | sort -u | grep -qx regressed'
ok 'a step is found at its place, with its size' '[ "$(steps out stepped)" = "36 8 confirmed" ]'
ok 'so are two of them' \
    'steps out twice | awk "{ print (\$1 >= 17 && \$1 <= 19 || \$1 >= 41 && \$1 <= 43) (\$2 > 17 && \$2 < 23 || \$2 < -9 && \$2 > -16) \$3 }" | uniq -c | grep -q "2 11confirmed"'
ok 'the last two points stand off, and are unconfirmed' \
    'steps out fresh | grep -Eq "^58 (1[6-9]|2[0-4]) unconfirmed$"'
ok 'a ramp is a slope between two levels, and no step' \
    'jq -se "map(select(.benchmark.name == \"ramp\"))[0] | (.slopes | length) == 1 and .slopes[0].per_point > .01 and .slopes[0].p < .01" out'
ok 'spikes are outliers' \
    'jq -se "map(select(.benchmark.name == \"spiky\"))[0] | .outliers == [15, 30] and .changes == []" out'
ok 'a benchmark that is not measured each time has fewer points' \
    'jq -se "map(select(.benchmark.name == \"gappy\"))[0] | (.points | length) == 20" out'
ok 'the noise is told' \
    'jq -se "map(select(.benchmark.name == \"steady\"))[0] | .noise.cv > .005 and .noise.cv < .02" out'
ok 'a change has levels, shift, intervals and a p' \
    'jq -se "map(select(.benchmark.name == \"stepped\"))[0].changes[0] | .after - .before > .006 and .shift_ci[0] < .shift and .shift < .shift_ci[1] and .ratio_ci[0] > 1.05 and .p < 1e-6" out'
ok 'the summary counts' \
    'tail -n 1 out | jq -e ".kind == \"summary\" and .tool == \"bench-trend\" and .counts.points == 60 and .counts.regressed == 2 and .verdict == \"fail\""'

sed 's/T00:00:00Z/T00:00:00.179Z/' all >early
ok 'the time of a point is what its run says, to the digit' \
    'bench-trend early | head -n 1 | grep -q "\"ts\":1738540800.179,"'

# ---- the way in ----
cp out straight
ok 'standard input is the same' 'bench-trend <all | cmp - straight'
ok 'so is a packed file' 'zstd -q all -o all.zst && bench-trend all.zst | cmp - straight'
awk '/"kind":"run"/ { n++ } { print > ("part" n % 7) }' all
mkdir folder
for part in part?; do cp "$part" "folder/$part.jsonl"; done
ok 'so is a folder, whatever lies in which file' 'bench-trend folder | cmp - straight'
ok 'and the same runs twice' 'bench-trend all folder | cmp - straight'
awk '/"kind":"run"/ { n++ } { print n, NR, $0 }' all | sort -k1,1nr -k2,2n | cut -d' ' -f3- >backward
ok 'the order of the runs does not matter' 'bench-trend backward | cmp - straight'
ok 'unless it is asked for' \
    'bench-trend --order=input backward | jq -se "map(select(.benchmark.name == \"stepped\"))[0] | .verdict == \"improved\" and .changes[0].index == 24"'
ok 'old versions are points, too' \
    'bench-trend "$data/reports/v0.2.2.jsonl" | jq -se ".[0].kind == \"trend\" and .[0].points[0].n > 0"'
sed 's/"samples":\[[^]]*\]/"summary":{"n":8,"mean":0.1,"sd":0.01}/' all | bench-trend >summaries
ok 'summaries without samples count by their mean' \
    'jq -se "map(select(.benchmark.name == \"steady\"))[0].points[0] | .median == .1 and .n == 8 and .median_ci == null" summaries'

# ---- what the values are ----
ok 'scale and unit do not matter' \
    'sed "s/\"unit\":\"s\"/\"unit\":\"ns\"/" all | bench-trend | jq -c "[.benchmark.name, .verdict, (.changes // [] | map(.index))]" >ns; jq -c "[.benchmark.name, .verdict, (.changes // [] | map(.index))]" straight | diff - ns'
awk '/"kind":"run"/ { n++ } n > 30 { gsub(/"unit":"s"/, "\"unit\":\"ms\""); while (match($0, /[[,]0\.[0-9]+/)) $0 = substr($0, 1, RSTART) sprintf("%.4f", substr($0, RSTART + 1, RLENGTH - 1) * 1000) substr($0, RSTART + RLENGTH) } { print }' all >mixed
ok 'units are turned into each other along the way' \
    'bench-trend mixed >m; verdicts m >m1; verdicts straight | diff m1 -'
sed 's/"better":"lower"/"better":"higher"/' all | bench-trend >higher
ok 'where more is better it is the other way round' \
    'verdicts higher | grep -qx "stepped improved" && verdicts higher | grep -qx "twice regressed"'
sed 's/"better":"lower",//' all | bench-trend >none
ok 'where nothing is better it is a change' 'verdicts none | grep -qx "stepped changed"'
awk '/"kind":"run"/ { n++; print; next } { sub(/"samples":\[[^]]*\]/, "\"deterministic\":true,\"samples\":[" (n < 5 ? 7 : 8) "]"); print }' all | head -n 60 | bench-trend >exact
ok 'values that do not vary step where they differ' '[ "$(steps exact steady)" = "4 14 confirmed" ]'

# ---- machines, names ----
awk '/"kind":"run"/ { n++; sub(/}$/, ",\"system\":{\"cpu\":{\"model\":\"" (n % 2 ? "A" : "B") "\"}}}") } { print }' all >machines
run bench-trend machines
ok 'each machine has a series of its own' \
    '[ "$(jq -r "select(.benchmark.name == \"steady\") | [.machine, (.points | length)] | join(\" \")" out | sort | paste -sd, -)" = "A 30,B 30" ]'
ok 'unless --any-machine' \
    'bench-trend --any-machine machines | jq -se "map(select(.benchmark.name == \"steady\")) | length == 1 and (.[0].points | length) == 60"'
ok 'an unknown machine is the known one' \
    'awk "/\"B\"/ { sub(/,\"system.*/, \"}\") } { print }" machines | bench-trend | jq -se "map(select(.benchmark.name == \"steady\")) | length == 1 and .[0].machine == \"A\""'
ok 'a renamed benchmark goes on' \
    'bench-trend --rename before=after all | jq -se "map(select(.benchmark.name == \"after\"))[0] | (.points | length) == 60 and .changes[0].index == 48"'
cat >policy.yaml <<'EOT'
renames:
  - {from: before, to: after}
rules:
  - {benchmark: spiky, importance: ignore}
  - {benchmark: stepped, importance: informational}
  - {benchmark: twice, band: 30%}
EOT
run bench-trend --policy policy.yaml all
status 0
ok 'the policy renames, ignores and widens the band' \
    'verdicts out | sort >got; printf "%s\n" "after regressed" "twice stable" | while read -r line; do grep -qx "$line" got || exit 1; done; ! grep -q spiky got; tail -n 1 out | jq -e ".counts.ignored == 1"'
cat >policy.yaml <<'EOT'
renames:
  - {from: before, to: after}
accepted:
  - {benchmark: after, commit: v48, reason: it checks what it reads}
EOT
awk '/"kind":"run"/ { sub(/}$/, ",\"vcs\":{\"tag\":\"v" n++ "\"}}") } { print }' all >tagged
run bench-trend --policy policy.yaml tagged
ok 'an accepted change is told and decides nothing' \
    'jq -se "map(select(.benchmark.name == \"after\"))[0] | .verdict == \"stable\" and .changes[0].index == 48 and .changes[0].ref == \"v48\" and .changes[0].accepted == \"it checks what it reads\"" out'
ok 'the lines are valid with it' 'bench-validate --check out'

# ---- selecting, failing, forms ----
ok '--where takes some' 'bench-trend --where "benchmark.name = \"stepped\"" all | jq -se "length == 2"'
ok '--metric takes some' 'bench-trend --metric "wall*" all | cmp - straight; ! bench-trend --metric cpu all'
ok '--by puts others together' 'bench-trend --by benchmark.suite all | jq -se "length == 2"'
run bench-trend --fail-on=confirmed all
status 1
run bench-trend --fail-on=confirmed --where 'benchmark.name = "fresh"' all
status 0
run bench-trend --fail-on=unconfirmed --where 'benchmark.name = "fresh"' all
status 1
run bench-trend --fail-on=unconfirmed --where 'benchmark.name = "steady"' all
status 0
run bench-trend --band 50% --fail-on=unconfirmed all
status 0 'within the band nothing fails'
run bench-trend --format=table all
out_has '10 series over 60 points'
out_has '+8.' 'the table has the change'
out_has '█' 'the table has the series in a line'
out_has 'Unconfirmed: only the last one or two points stand off'
run bench-trend --spread all
ok '--spread has the noise and no steps' \
    'jq -se "length == 10 and all(has(\"changes\") or has(\"verdict\") | not) and .[0].noise.cv != null" out && bench-validate --check out'
bench-trend --spread --where 'benchmark.name = "steady"' all >spread
sed -n '1p;/"steady"/p' all | head -n 2 >base
sed 's/"r0"/"x"/' base >other
run bench-diff --history spread base other
ok 'bench-diff takes it as history' 'tail -n 1 out | jq -e ".metadata.history_trends == 1"'
ok '-o writes it whole' 'bench-trend -o file all && cmp file straight'

# ---- bad input ----
run bench-trend nothing
status 3
: >empty
run bench-trend empty
status 3
err_has 'no result with a value'
head -n 1 all | bench-trend >out 2>err
ok 'a run without results is nothing to look at' 'grep -q "no result with a value" err'
head -c 1500 all >half
run bench-trend half
status 3 'a line that is cut off is status 3'
ok 'and the others are looked at' 'jq -se "length > 1 and .[-1].kind == \"summary\"" out'
for n in 1 2 5; do
    awk -v n=$n '/"kind":"run"/ && n-- == 0 { exit } { print }' all >few
    run bench-trend few
    ok "$n points are too few to say" 'jq -se "[.[] | select(.kind == \"trend\").verdict] | unique == [\"too-few-points\"]" out'
done
sed 's/"samples":\[[^]]*\]/"samples":[0.1,0.1]/' all | bench-trend >equal
ok 'equal points are stable, without noise' \
    'jq -se "map(select(.benchmark.name == \"steady\"))[0] | .verdict == \"stable\" and .noise.cv == 0 and .changes == []" equal'
sed 's/"samples":\[[^]]*\]/"samples":[null,null]/' all | bench-trend >out 2>err
ok 'samples that are all missing are no value' '[ $? -ne 0 ] || grep -q "no result" err'
sed 's/"samples":\[[^]]*\]/"samples":[1e300,-1e300]/' all | bench-trend >huge
ok 'values whose squares overflow end no program' 'bench-validate --check huge'
printf 'garbage\n' >>all
run bench-trend all
status 3
err_has 'all:'
ok 'one broken line leaves the rest as it was' 'head -n 10 out >a; head -n 10 straight | cmp - a'
run bench-trend --order=semver all
status 2
run bench-trend --band lots all
status 2
run bench-trend --rename x all
status 2
run bench-trend --blame v1 all
status 2
[ -e /dev/full ] && {
    bench-trend part1 >/dev/full 2>err
    code=$?
    status 4 'a full disk is status 4'
}
bench-trend backward | head -n 1 >/dev/null
ok 'a closed pipe is quiet' '! bench-trend backward 2>&1 >/dev/null | grep -q .'

finish
