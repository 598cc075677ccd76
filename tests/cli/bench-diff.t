# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2238 # head is a file here
# bench-diff: sides, verdicts, forms.
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/diff.sh"

both=$data/reports/v1.0.0.jsonl

# ---- two files ----
{ run_line a; results a 11 20 .005 same=1 slower=1 faster=2 noisy=1; } >base
{ run_line b; results b 23 20 .005 same=1 slower=1.1 faster=1.8; results b 5 20 .2 noisy=1; } >head
run bench-diff base head
status 1 'a regression is status 1'
quiet
ok 'the lines are valid' 'bench-validate --check out'
verdicts out >got
cat >expected <<'EOF'
slower wall_time regression
faster wall_time improvement
noisy wall_time inconclusive
same wall_time unchanged
EOF
ok 'what was found comes first, the worst of it first' 'cmp got expected'
ok 'the last line sums up' \
    'tail -n 1 out | jq -e ".kind == \"summary\" and .counts.regression == 1 and .counts.comparisons == 4 and .verdict == \"fail\" and .correction == \"benjamini-hochberg\""'
ok 'one run a side is said' \
    'jq -se "[.[] | select(.kind == \"comparison\") | .reasons | index(\"between-run-unknown\")] | all(. != null)" out'
ok 'the change and its interval are there' \
    'jq -se ".[0].change | .ratio > 1.08 and .ratio < 1.12 and .ratio_ci[0] > 1.01 and .ratio_ci[1] < 1.2" out'
ok 'inconclusive says what would settle it' \
    'jq -se "map(select(.verdict == \"inconclusive\"))[0].needed.samples > 20" out'
run bench-diff head base
ok 'the other way round it is the other way round' \
    '[ "$(verdicts out | sed -n 1,2p)" = "$(printf "faster wall_time regression\nslower wall_time improvement")" ]'
run bench-diff base base2
status 3

awk 'NR > 1' head | sort -r >shuffled
sed -n 1p head >>shuffled
bench-diff base head >straight
bench-diff base shuffled | sed 's/shuffled/head/' >turned
ok 'the order of lines does not matter' 'cmp straight turned'
ok 'neither does a report in two files' \
    'sed -n 1,3p head >h1; sed -n 4,9p head >h2; bench-diff --base base --head h2 --head h1 | sed "s/h2 and 1 more/head/" | cmp - straight'
run sh -c 'bench-diff - head <base'
sed 's/"base":"<stdin>"/"base":"base"/' out >got
ok 'a side may be standard input' 'cmp got straight'
gzip -c base >base.gz
ok 'a side may be packed' 'bench-diff base.gz head | sed "s/base.gz/base/" | cmp - straight'

# ---- strict, alpha, band, fail-on ----
run bench-diff --strict base head
status 0 'strict: no regression from single runs'
ok 'it is inconclusive, and samples in turns would settle it, but nobody knows how many runs' \
    'jq -se "map(select(.benchmark.name == \"slower\"))[0] | .verdict == \"inconclusive\" and .needed == {samples: 21, runs: null}" out'
ok 'the summary names Holm' 'tail -n 1 out | jq -e ".correction == \"holm\""'
run bench-diff --band 20% base head
status 0 'a change inside the band is none'
ok 'the band may be a share' 'bench-diff --band .2 base head | cmp - out'
for pair in regression:1 inconclusive:1 change:1 never:0; do
    run bench-diff --fail-on "${pair%:*}" base head
    status "${pair#*:}"
done
grep -v slower base >b; grep -v slower head >h
run bench-diff b h
status 0 'an improvement is no reason to fail'
run bench-diff --fail-on inconclusive b h
status 1
run bench-diff --fail-on change -w 'benchmark.name = "same"' base head
status 0 'what --where leaves out does not count'
run bench-diff --band 1x base head
status 2
err_has '1x'
run bench-diff --alpha 2 base head
status 2

# ---- outcomes ----
outcome() { # RUN NAME OUTCOME [MORE]
    printf '{"schema_version":"1.0.0","kind":"result","run_id":"%s","benchmark":{"name":"%s"},"outcome":"%s"%s}\n' "$1" "$2" "$3" "${4-}"
}
{
    cat base
    outcome a breaks passed
    outcome a mended failed
    outcome a gone passed
    outcome a lost passed
    outcome a broken failed
    outcome a idle skipped
} >b
{
    cat head
    outcome b breaks failed ',"reason":"ended with status 3"'
    outcome b mended passed
    outcome b lost skipped
    outcome b new passed
    outcome b broken failed
    outcome b idle skipped
} >h
run bench-diff b h
status 1
verdicts out | grep -v wall_time >got
cat >expected <<'EOF'
breaks - newly-failing
mended - fixed
gone - removed
lost - removed
new - added
broken - unreliable
EOF
ok 'outcomes count, and what newly fails is the first of all' 'cmp got expected && sed -n 1p out | jq -e ".verdict == \"newly-failing\""'
ok 'why it fails is told' 'sed -n 1p out | jq -e ".metadata.failure == \"ended with status 3\""'
ok 'what was skipped on both sides is counted' 'tail -n 1 out | jq -e ".counts.skipped == 1"'
ok 'the lines are valid' 'bench-validate --check out'

{ run_line a; results a 3 10 .01 x=1; } >b
{ run_line b; results b 3 10 .01 x=1 -- ',"repetition":0,"part":0'; outcome b x failed ',"repetition":0,"part":1'; } | sed 's/"suite":"s",//' >h
sed 's/"suite":"s",//' b >b2
run bench-diff b2 h
ok 'the worst part decides, and its samples are not compared' '[ "$(verdicts out)" = "x - newly-failing" ]'

# ---- one report that measured both ----
run bench-diff --sides variant=old,new "$both"
status 1
ok 'the lines are valid' 'bench-validate --check out'
ok 'interleaved samples are compared in pairs' \
    'jq -se "map(select(.metric == \"wall_time\"))[0] | .test.name == \"signed-rank\" and .base.n == 20 and (.reasons | index(\"between-run-unknown\") | not)" out'
ok 'a count that does not vary is compared directly' \
    'jq -se "map(select(.metric == \"write_bytes\"))[0] | .test.name == \"direct\" and .test.p == null and .verdict == \"unchanged\"" out'
ok 'what is measured nowhere is no comparison' '! grep -q instructions out'
run sh -c 'bench-diff --sides variant=old,new <"$1"' sh "$both"
status 1 'the report may come on standard input'
run bench-diff --sides build=release,debug "$both"
status 3
err_has 'head (debug) holds no result'
{ run_line a ',"labels":{"side":"l"}'; results a 3 10 .01 x=1; run_line b; results b 4 10 .01 x=1 -- ',"labels":{"side":"r"}'; } >labelled
run bench-diff --sides side=l,r labelled
status 0 'a label may tell the side, of the run or of the result'
ok 'both were found' '[ "$(verdicts out | cut -d " " -f 1)" = x ]'
cp out by-name
run bench-diff --sides labels.side=l,r labelled
ok 'and may be named as in a query' 'cmp out by-name'
for wrong in variant variant=a "variant=a," =a,b variant=a,b,c variant=a,a; do
    run bench-diff --sides "$wrong" "$both"
    status 2
done
run bench-diff --sides variant=a,b --base x "$both"
status 2

# ---- several variants, several machines ----
machine() { printf ',"system":{"model":"%s"}' "$1"; }
{ run_line a; results a 1 10 .01 x=1 -- ',"variant":"gzip"'; results a 2 10 .01 x=3 -- ',"variant":"zstd"'; } >b
{ run_line b; results b 3 10 .01 x=1 -- ',"variant":"gzip"'; results b 4 10 .01 x=6 -- ',"variant":"zstd"'; } >h
run bench-diff b h
ok 'variants are matched where there are several' \
    '[ "$(jq -r "select(.kind==\"comparison\") | .variant + \" \" + .verdict" out | sort | sed "s/ [^r].*//")" = "$(printf "gzip\nzstd regression")" ]'
sed '/zstd/d' b >b1
sed '/zstd/d; s/gzip/brotli/' h >h1
run bench-diff b1 h1
ok 'one variant a side is compared whatever it is called' '[ "$(verdicts out | wc -l)" -eq 1 ] && ! grep -q "added" <<X
$(verdicts out)
X'
{ run_line a "$(machine one)"; results a 1 10 .01 x=1; run_line c "$(machine two)"; results c 2 10 .01 x=3; } >b
{ run_line b "$(machine one)"; results b 3 10 .01 x=1; run_line d "$(machine two)"; results d 4 10 .01 x=6; } >h
run bench-diff b h
ok 'so are machines' '[ "$(jq -r "select(.verdict==\"regression\") | .machine" out)" = two ]'
ok 'the lines are valid' 'bench-validate --check out'
{ run_line b "$(machine two)"; results b 4 10 .01 x=6; } >h
sed '/"run_id":"c"/d' b >b1
run bench-diff b1 h
ok 'different machines are not comparable' \
    'jq -se ".[0] | .verdict == \"incomparable\" and (.reasons | index(\"different-machines\")) and .needed == null" out'
status 0
run bench-diff --any-machine b1 h
status 1 'unless that is asked for'
{ run_line b; results b 4 10 .01 x=1; } >h
run bench-diff b1 h
ok 'an unknown machine is not a different one' '! grep -q incomparable.*reasons out'

# ---- many runs ----
i=0
while [ $i -lt 3 ]; do
    i=$((i + 1))
    { run_line a$i; results a$i $((10 + i)) 8 .01 x=1; } >a$i
    { run_line b$i; results b$i $((20 + i)) 8 .01 x=1.2; } >b$i
done
run bench-diff --base a1 --base a2 --base a3 --head b1 --head b2 --head b3
status 1
ok 'with several runs a side the run is the unit' \
    'jq -se ".[0] | .test.name == \"welch-runs\" and .base.runs == 3 and .base.cv_between != null and (.reasons | index(\"between-run-unknown\") | not)" out'
cp out repeated
run bench-diff --base a1 a2 a3 --head b1 b2 b3
out_is repeated 'all words up to the next option are inputs of a side'
run bench-diff --base a1 --base a1 --head b1
ok 'a line counts once' 'jq -se ".[0].base.n == 8" out'

# ---- what limits a verdict ----
# limited REASON: the first comparison of out has it.
limited() { reason=$1; ok "${2:-$1}" 'jq -se --arg r "$reason" ".[0].reasons | index(\$r) != null" out'; }
two() { # two MORE-OF-BASE MORE-OF-HEAD: two runs with these members in their results
    { run_line a "${run_a:-}"; results a 3 12 .005 x=1 -- "$1"; } >base1
    { run_line b "${run_b:-}"; results b 5 12 .005 x=1 -- "$2"; } >head1
    run bench-diff base1 head1
}
two ',"health":{"flags":[]}' ',"health":{"flags":[{"flag":"swap-in-use"}]}'
limited degraded-health 'a machine in another state'
ok 'it makes the comparison unreliable' '[ "$(verdicts out)" = "x wall_time unreliable" ]'
two ',"health":{"flags":[{"flag":"swap-in-use"}]}' ',"health":{"flags":[{"flag":"swap-in-use"}]}'
ok 'the same state on both sides compares' '[ "$(verdicts out)" = "x wall_time unchanged" ]'
two '' ',"health":{"flags":[{"flag":"swap-in-use"}]}'
ok 'where nobody looked nothing is known' '[ "$(verdicts out)" = "x wall_time unchanged" ]'
two ',"output_sha256":"a"' ',"output_sha256":"b"'
limited output-differs
run_a=',"sampling":"process"' run_b=',"sampling":"iteration"'
two '' ''
limited different-sampling
run_a='' run_b=',"stopping":{"rule":"conclusive","looks":5,"max":{"looks":5}}'
two '' ''
limited sequential-looks
run_b=',"stopping":{"rule":"fixed"}'
two '' ''
echo '{"schema_version":"1.0.0","kind":"end","run_id":"b","stopping":{"rule":"fixed","continued":1}}' >>head1
run bench-diff base1 head1
limited sequential-looks 'who goes on with a run has looked at it'
run_b=',"stopping":{"rule":"precision","looks":5}'
two '' ''
ok 'looking at the width of an interval costs nothing' 'jq -se ".[0].reasons | index(\"sequential-looks\") == null" out'
run_b=''
echo '{"schema_version":"1.0.0","kind":"end","run_id":"b","interrupted":true}' >>head1
run bench-diff base1 head1
limited interrupted
order() { { run_line a ",\"order\":{\"mode\":\"$1\"}"; results a 3 12 .005 x=1 -- ',"variant":"l"'; results a 5 12 .005 x=1 -- ',"variant":"r"'; } >ordered; run bench-diff --sides variant=l,r ordered; }
order blocked
limited blocked-order
order interleaved
ok 'measured in turns, a run of its own is enough' 'jq -se ".[0].reasons == []" out'
{ run_line a; results a 3 12 .005 x=1; } | sed 's/"unit"/"definition":"first token","unit"/' >base1
{ run_line b; results b 5 12 .005 x=1; } | sed 's/"unit"/"definition":"first content","unit"/' >head1
run bench-diff base1 head1
limited different-definitions
ok 'definitions that differ are not comparable' '[ "$(verdicts out)" = "x wall_time incomparable" ]'

# ---- folders and revisions ----
mkdir folder
commit() { printf ',"vcs":{"commit":"%s","dirty":false}' "$1"; }
day=03; { run_line f3 "$(commit c3)"; results f3 1 10 .01 x=1 y=1; } >folder/3.jsonl
day=04; { run_line f4 "$(commit c4)"; results f4 2 10 .01 x=1.2; } >folder/4.jsonl
day=05; { run_line f5 "$(commit c4)"; results f5 3 10 .01 x=1.2; } >folder/5.jsonl
day=01
{ run_line z; results z 9 10 .01 x=1 y=1; } >old
run bench-diff old folder
ok 'of a folder the newest commit counts, for each benchmark' \
    'jq -se "map(select(.kind==\"comparison\") | [.benchmark.name, .head.runs, .head.n]) | sort == [[\"x\",2,20],[\"y\",1,10]]" out'
ok 'what was older is counted' 'tail -n 1 out | jq -e ".counts.older_lines == 1"'
run bench-diff --all-runs old folder
ok '--all-runs takes all' 'jq -se "map(select(.benchmark.name==\"x\"))[0].head.runs == 3" out'
run bench-diff folder folder
status 3
err_has 'stands on both sides line for line'
git init -q -b main repo
git -C repo config user.email t@example.org
git -C repo config user.name T
mkdir repo/reports
cp folder/3.jsonl repo/reports
git -C repo add . && git -C repo commit -qm one && git -C repo tag one
cp folder/4.jsonl repo/reports
git -C repo add . && git -C repo commit -qm two
run bench-diff -C repo git:one:reports git:main:reports/
status 1 'revisions are read from the object database'
ok 'y stands on both sides, so only x is compared' '[ "$(verdicts out)" = "x wall_time regression" ]'
ok 'the run is named' 'tail -n 1 out | jq -e ".metadata.shared_runs == [\"f3\"]"'

# ---- identity ----
{ run_line b; results b 3 10 .01 novel=1; } >h
{ run_line a; results a 3 10 .01 old=1; } >b
run bench-diff b h
status 3
err_has 'no benchmark stands on both sides'
ok 'what is added and removed is told all the same' '[ "$(verdicts out | cut -d " " -f 3 | sort | xargs)" = "added removed" ]'
run bench-diff --rename old=novel b h
status 0
ok 'a renamed benchmark is matched' '[ "$(verdicts out | cut -d " " -f 1)" = novel ]'
run bench-diff --by benchmark.suite b h
status 0 '--by matches by other fields'
run bench-diff --rename old b h
status 2

# ---- units ----
{ run_line a; results a 3 20 .005 x=1; } >b
{ run_line b; results b 4 20 .005 x=1000; } | sed 's/"unit":"s"/"unit":"ms"/' >h
run bench-diff b h
ok 'units are converted' 'jq -se ".[0] | .verdict == \"unchanged\" and .unit == \"s\" and .head.median < 2" out'
sed 's/"unit":"ms"/"unit":"By"/' h >h2
run bench-diff b h2
ok 'or refused' 'jq -se ".[0] | .verdict == \"incomparable\" and (.reasons | index(\"mixed-units\"))" out'
sed 's/"lower"/"higher"/' h >h2
run bench-diff b h2
ok 'directions that contradict each other are no direction' \
    'jq -se ".[0] | .better == \"none\" and (.reasons | index(\"mixed-directions\"))" out'
{ run_line a; results a 3 20 .005 x=1; } | sed 's/"lower"/"higher"/; s/wall_time/rate/' >b
{ run_line b; results b 4 20 .005 x=.9; } | sed 's/"lower"/"higher"/; s/wall_time/rate/' >h
run bench-diff b h
status 1 'less of what should be more is a regression'

# ---- forms ----
run bench-diff --format table --sides variant=old,new "$both"
status 1
out_is "$data/diff/sides.table" 'the table is as it should be'
ok 'no line of it is wider than a pipe takes' '! grep -nE "^.{121,}" out'
run bench-diff --format markdown --sides variant=old,new "$both"
out_is "$data/diff/sides.markdown" 'the Markdown is as it should be'
run bench-diff --format github --sides variant=old,new "$both"
out_is "$data/diff/sides.github" 'the annotations are as they should be'
run bench-diff --format csv --sides variant=old,new "$both"
ok 'every row of the CSV has as many fields' \
    '[ "$(tr -d "\r" <out | sed "s/\"[^\"]*\"/q/g" | awk -F, "{ print NF }" | sort -u)" = 29 ]'
run bench-diff --format table --rows 2 --sides variant=old,new "$both"
out_has '20 more rows, none worse than these; --rows=0 shows all.'
run bench-diff --format jsonl --sides variant=old,new "$both"
ok 'the same input gives the same bytes' 'bench-diff --sides variant=old,new "$both" | cmp - out'
sed 's/"name":"x"/"name":"a|b`<i>\\u001b[31m\\n%0A,\\"q\\""/' b >hostile1
sed 's/"name":"x"/"name":"a|b`<i>\\u001b[31m\\n%0A,\\"q\\""/' h >hostile2
for form in table csv markdown github jsonl; do
    run bench-diff --format $form hostile1 hostile2
    status 1 "$form: a hostile name is only a name"
    [ $form = csv ] || ok "$form: it holds no escape" '! grep -q "$(printf "\033")" out'
done
run bench-diff --format markdown hostile1 hostile2
ok 'markdown: it breaks no table' '[ "$(grep -c "^| " out)" -eq 2 ]'

# ---- what would settle it ----
{ run_line a; results a 7 6 .05 x=1 -- ',"metadata":{"command":"old/it a b"}'; } >b
{ run_line b; results b 8 6 .05 x=1.03 -- ',"metadata":{"command":"new/it"}'; } >h
run bench-diff --format table b h
out_has "--variant base -n x --variant head 'old/it a b' new/it | bench-diff --sides variant=base,head"
ok 'the command asks for as many as are needed' \
    'n=$(bench-diff b h | jq -r "select(.kind==\"comparison\").needed.samples"); grep -q "bench-run -r $n " out'

# advice: the command that a table advises.
advice() { sed -n 's/^    \(bench-run .*\)$/\1/p' out; }
# The same command on both sides can only be measured again: it is another program now.
# again BASE-N HEAD-N CV CHANGE [CONFIG]: b and h, of the same command.
made() { # RUN MEMBERS
    printf '{"schema_version":"1.0.0","kind":"run","run_id":"%s","started_at":"2026-02-01T10:00:00Z","producer":{"name":"bench-run"}%s}\n' "$1" "${2:-}"
}
again() {
    { made a "${5:-}"; results a 11 "$1" "$3" x=1 -- ",\"metadata\":{\"command\":\"./it 'a  b'\"}"; } >b
    { made b "${5:-}"; results b 53 "$2" "$3" "x=$4" -- ",\"metadata\":{\"command\":\"./it 'a  b'\"}"; } >h
}
alone() { sed -i 's/"suite":"s",//' b h; }
quoted="'./it '\\''a  b'\\'''"
again 200 10 .05 1.06; alone
run bench-diff --format table b h
ok 'the head can be measured again, against the base' \
    'advice | sed "s/ -M [0-9]*//" | grep -qxF "bench-run --until conclusive --against b -n x $quoted | bench-diff b -"'
ok 'the summary has it for other programs' \
    'bench-diff b h | tail -n 1 | jq -re .metadata.advice >given && advice | cmp - given && bench-diff b h | bench-validate --check'
ok 'which bench-run understands' 'eval "$(advice | sed "s/ |.*//; s/bench-run/bench-run --dry-run/")"'
run bench-diff --format markdown b h
ok 'Markdown advises the same' 'grep -q "^bench-run --until conclusive" out'
run bench-diff --strict --format table b h
ok 'with --strict no single run would settle it' '[ -z "$(advice)" ]'
run sh -c 'bench-diff --format table - h <b'
out_has 'This, run again on both sides, would settle what is open:' 'a base that cannot be read again is measured again'
again 40 40 .15 1.1; alone
run bench-diff --format table b h
ok 'so is one that is too small, whatever is added to the head' \
    'advice | sed "s/ -r [0-9]* / -r N /" | grep -qxF "bench-run -r N -n x $quoted"'
again 200 10 .05 1.06; alone
sed -i 's/"name":"x"/"name":"x","params":{"n":1}/' b h
run bench-diff --format table b h
ok 'a command does not know its parameters' '[ -z "$(advice)" ]'
# What came out of a file is taken from it again.
again 200 10 .05 1.06 ',"config":{"suites":["my suite.yaml"]}'
run bench-diff --format table b h
ok 'a suite is measured again out of its file' \
    'advice | sed "s/ -M [0-9]*//" | grep -qxF "bench-run --until conclusive --against b --suite '"'my suite.yaml'"' -b s/x | bench-diff b -"'
{ sed 's/"outcome"/"variant":"old","outcome"/' b; sed 1d h | sed 's/"run_id":"b"/"run_id":"a"/; s/"outcome"/"variant":"new","outcome"/'; } >both
run bench-diff --format table --sides variant=old,new both
ok 'and both of its sides in turns' \
    'advice | sed "s/ -r [0-9]* / -r N /" | grep -qxF "bench-run -r N --suite '"'my suite.yaml'"' -b s/x | bench-diff --sides variant=old,new"'

# ---- the command line, inputs and outputs ----
run bench-diff base
status 2
err_has '1 input; expected BASE and HEAD'
run bench-diff --base base
status 2
run bench-diff --base=base more --head head
status 2
err_has '"more" beside --base and --head'
run bench-diff - -
status 2
run bench-diff missing head
status 3 'a missing file is status 3'
silent
run bench-diff -o made base missing
status 3
ok 'and no output is made' '[ ! -e made ]'
run bench-diff -o made base head
status 1
ok '-o has what standard output has' 'cmp made straight'
run bench-diff -w 'benchmark.name =' base head
status 2
run bench-diff --where 'benchmark.name = "none"' base head
status 3
err_has '--where holds for none'
run bench-diff -m nothing base head
status 3
err_has 'no metric has a name that --metric asks for'
run bench-diff -m 'wall*' base head
status 1
run sh -c 'bench-diff base head >/dev/full'
status 4 'a full disk is status 4'
ok 'a closed pipe is quiet' \
    'mkfifo p; { bench-diff base head 2>pipe.err; echo $? >pipe.code; } >p & exec 8<p; exec 8<&-; wait; [ ! -s pipe.err ]'

# The sanitized build ends here.
. "$BENCHLINE_SOURCE/tests/cli/faults.sh"
before() {
    rm -rf faulty
    mkdir faulty
    echo old >faulty/r
}
after() { echo old | cmp -s - faulty/r; }
each_fault 'memory runs out' alloc ENOMEM 4 bench-diff --fail-on never -o faulty/r base head
each_fault 'the disk is full' write ENOSPC 4 bench-diff --fail-on never -o faulty/r base head

finish
