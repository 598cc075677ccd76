# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# bench-merge: several reports as one, in order, without repeats, and nothing lost.
. "$(dirname "$0")/lib.sh"

reports=$data/reports
line() { # line KIND RUN MEMBERS
    printf '{"schema_version":"1.0.0","kind":"%s","run_id":"%s"%s}\n' "$1" "$2" "${3-}"
}
run_line() { line run "$1" ",\"started_at\":\"$2\"${3-}"; }
result_line() { line result "$1" ",\"benchmark\":{\"name\":\"$2\"},\"outcome\":\"passed\"${3-}"; }

# ---- order ----
{ run_line b 2026-01-02T00:00:00Z; result_line b x; line end b; } >b
{ run_line a 2026-01-01T00:00:00Z; result_line a y; result_line a x; line end a; } >a
{ run_line c 2026-01-03T00:00:00Z; result_line c x; } >c
run bench-merge c b a
status 0
quiet
cat a b c >expected
out_is expected 'runs go out in the order of time'
cat a b c >abc
run bench-merge abc
out_is abc 'what is in order stays as it is'
{ result_line a y; line end a; run_line a 2026-01-01T00:00:00Z; result_line a x; } >late
run bench-merge late
out_is a 'the run line comes first and the end last, wherever they stood'
cat c a b >cab
run bench-merge cab
out_is abc 'a clock that runs backwards inside a file changes nothing'
{ sed -n 1p a; sed -n 1p b; sed -n 2p a; sed -n 2p b; sed -n '3,$p' a; sed -n '3,$p' b; } >mixed
run bench-merge mixed
cat a b >expected
out_is expected 'the lines of one run stay together'
{ result_line t z ',"started_ts":1767312000'; echo '{"schema_version":"1.0.0","kind":"summary","tool":"x"}'; } >timed
run bench-merge timed c a b
{ cat a b; sed -n 1p timed; cat c; sed -n 2p timed; } >expected
out_is expected 'without a run line the first time in its lines counts; what belongs to no run comes last'
printf '%s' "$(cat c)" >open
run bench-merge open a
cat a c >expected
out_is expected 'a last line without newline gets one'

# ---- repeats ----
run bench-merge a b a b a
cat a b >expected
out_is expected 'the same file named several times is there once'
{ result_line a x; result_line a x; } >twice
{ result_line a x; result_line a x; result_line a x; } >thrice
run bench-merge twice
out_is twice 'inside a file nothing is dropped'
run bench-merge twice thrice twice
out_is thrice 'repeats inside a file count as often as one file has them'
printf '%s\n' '{"outcome": "passed", "run_id": "a", "kind": "result", "benchmark": {"name": "\u0078"}, "schema_version": "1.0.0", "ended_ts": 1.50}' >spelt
result_line a x ',"ended_ts":15e-1' >spelled
run bench-merge spelled spelt
out_is spelled 'another spelling of the same line is a repeat'
line event a ',"ts":1,"event":"e"' >event
line event a ',"ts":1,"event":"f"' >event2
run bench-merge event event2 event
cat event event2 >expected
out_is expected 'events are no conflict, and the same one is there once'
bench-merge "$reports"/v*.jsonl >all
run bench-merge all "$reports"/v*.jsonl all
out_is all 'merging again what was merged changes nothing'
run bench-validate --check all
status 0 'what is merged is valid'

# ---- conflicts ----
result_line a x ',"reason":"other"' >other
run bench-merge -o made a other
status 1 'lines that contradict each other are status 1'
err_has 'other:1: the line contradicts a:3, which has the same run, benchmark, variant, repetition and part'
ok 'nothing is written' '[ ! -e made ]'
run bench-merge a other
silent 'nothing is written to standard output either'
err_has '1 conflict; nothing was written (--on-conflict decides)'
run bench-merge --on-conflict=keep-both a other
status 1
{ sed -n 1,3p a; cat other; sed -n 4p a; } >expected
out_is expected '--on-conflict=keep-both keeps both'
err_has 'other:1: the line contradicts a:3'
run bench-merge --on-conflict=first a other b
cat a b >expected
out_is expected '--on-conflict=first keeps the line of the first file'
run bench-merge --on-conflict=last a other
{ sed -n 1,2p a; cat other; sed -n 4p a; } >expected
sort expected >expected.sorted && sort out >out.sorted
ok '--on-conflict=last keeps the line of the last file' 'cmp out.sorted expected.sorted'
run bench-merge --on-conflict=last a other a
out_is a '--on-conflict=last: the last file counts though the first one said the same'
result_line a x ',"repetition":0,"part":0' >zero
run bench-merge a zero
status 1 'no repetition and part are the first ones'
for member in '"variant":"v"' '"repetition":1' '"part":1' '"modality":"text"' '"model":{"id":"m"}'; do
    result_line a x ",$member" >differs
    run bench-merge a differs
    status 0 "a line with $member is another result"
done
{ run_line a 2026-01-01T00:00:00Z ',"session":"s"'; } >header
run bench-merge a header
status 1 'two run lines of one run contradict each other'
err_has 'header:1: the line contradicts a:1, which is the run line of the same run'
run bench-merge --by benchmark.name,outcome a other
status 1
line result a ',"benchmark":{"name":"x"},"outcome":"failed"' >failed
run bench-merge a failed
status 1
run bench-merge --by benchmark.name,outcome a failed
status 0 '--by names what results are matched by'
i=0
while [ $i -lt 1000 ]; do
    i=$((i + 1))
    result_line a "n$i"
    [ $i -eq 1000 ] && result_line a x ',"reason":"other"'
done | split -l 1 - many.
echo old >made
run bench-merge -o made a many.*
status 1
ok 'a conflict in the last of a thousand files writes nothing' 'echo old | cmp - made'
err_has 'contradicts a:3'
rm -f many.*

# ---- versions ----
run bench-merge "$reports/v0.2.0.jsonl" "$reports/v0.1.0.jsonl" c
bench-migrate "$reports/v0.1.0.jsonl" "$reports/v0.2.0.jsonl" >expected
cat c >>expected
out_is expected 'old lines are migrated'
cat "$reports/v0.1.0.jsonl" a "$reports/v0.2.0.jsonl" c >versions
run bench-merge versions
status 0
bench-migrate versions >migrated
sort migrated >expected.sorted && sort out >out.sorted
ok 'versions may be mixed in a file' 'cmp out.sorted expected.sorted'
head -n 5 "$reports/v0.1.0.jsonl" >part
run bench-merge part "$reports/v0.1.0.jsonl"
bench-migrate "$reports/v0.1.0.jsonl" >expected
out_is expected 'the begin of an old file is a repeat of the file'
printf '{"schema_version":"1.5.0","kind":"result","run_id":"a","novel":1.50}\n' >newer
run bench-merge a newer
status 0
ok 'a newer line keeps its bytes' 'grep -qxF "$(cat newer)" out'
err_has 'passed as they stand: 1 line of a version newer than 1.0.0'
run bench-merge --to 0.2.2 a
status 2
run bench-merge --to current a
out_is a

# ---- selecting ----
{
    run_line a 2026-01-01T00:00:00Z ',"subject":{"name":"s","version":"1"},"labels":{"side":"new"}'
    result_line a x
    line result a ',"benchmark":{"name":"y"},"outcome":"failed"'
    line end a
} >labelled
run bench-merge --where "outcome = 'failed'" labelled b
sed -n '1p;3p;4p' labelled >expected
out_is expected '--where keeps what holds, with the lines about its run'
run bench-merge --where "subject.version = '1' and benchmark.name = 'x'" labelled b
sed -n '1p;2p;4p' labelled >expected
out_is expected '--where sees a result with its run'
{ sed -n 2,3p labelled; sed -n 1p labelled; } >late
run bench-merge --where "subject.version = '1' and outcome = 'passed'" late
sed -n 1,2p labelled >expected
out_is expected '--where sees the run line wherever it stands'
run bench-merge --where "outcome = 'none'" labelled b
status 0
silent 'a run of which nothing is wanted is left out'
run bench-merge --where 'outcome = failed' a
status 2
err_has '--where:1:11: found failed'
run bench-merge --since 2026-01-02 a b c
cat b c >expected
out_is expected '--since takes runs that began then or later'
run bench-merge --until 2026-01-02 a b c
out_is a '--until takes runs that began before'
run bench-merge --since 2026-01-01T00:00:01Z --until 2026-01-02T00:00:01+00:00 a b c
out_is b
run bench-merge --summary --since 2026-01-02 a b c b
err_has 'bench-merge: lines: 12 in, 0 bad; runs: 2 out, 1 outside the time; repeats left out: 3; conflicts: 0'
run bench-merge --since yesterday a
status 2
err_has '"yesterday" is no time; expected a day such as 2026-02-11'

# ---- labels ----
run bench-merge --label side=old --label host=h labelled
ok '--label sets labels in the run line alone' \
    'sed -n 1p out | grep -qF "\"labels\":{\"side\":\"old\",\"host\":\"h\"}" && sed -n "2,\$p" out >rest && sed -n "2,\$p" labelled | cmp - rest'
run bench-merge --label side=old b
ok 'a run line without labels gets them' 'grep -qF "\"labels\":{\"side\":\"old\"}}" out'
result_line z x >alone
run bench-merge --label side=old alone
ok 'without a run line the results have the label' 'grep -qF "\"labels\":{\"side\":\"old\"}}" out'
run bench-validate --check out
status 0
run bench-merge --label side a
status 2
run bench-merge --label s=1 --label s=2 a
status 2

# ---- splitting ----
mkdir split
{ run_line d 2026-01-04T00:00:00Z ',"subject":{"version":"../../etc/x"}'; result_line d x; } >d
{ run_line e 2026-01-05T00:00:00Z ',"subject":{"version":"1"}'; } >e
i=0
while [ $i -lt 100 ]; do
    i=$((i + 1))
    run_line "r$i" 2026-01-04T00:00:00Z
done >many
run bench-merge --split-by subject.version -o 'split/v-{}.jsonl' d e labelled b
status 0
ok 'a file for each value' '[ "$(ls split | tr "\n" " ")" = "v-1.jsonl v-_._.._etc_x.jsonl v-unknown.jsonl " ]'
cat labelled e >expected
ok 'with its runs in order' 'cmp split/v-1.jsonl expected && cmp split/v-unknown.jsonl b'
run sh -c "ulimit -n 16; bench-merge --split-by run_id -o 'split/{}' many"
status 0
ok 'many values need few descriptors' '[ "$(ls split | wc -l)" -eq 103 ] && [ -z "$(find split -name ".*")" ]'
rm split/r*
for run in a b c; do echo old >split/$run; done
mkdir split/b2
sed 's/"b"/"b2"/' b >b2
run bench-merge --split-by run_id -o 'split/{}' a b2 c
status 4
err_has 'cannot write split/b2: Is a directory'
ok 'where one cannot be written none is' 'for r in a b c; do echo old | cmp - split/$r || exit 1; done; [ "$(ls -A split | wc -l)" -eq 7 ]'
run bench-merge --split-by subject.version -o one a
status 2
err_has "--split-by needs -o with a {} in the name"
run bench-merge --split-by subject.version a
status 2

# ---- bad input ----
{ sed -n 1,2p a; echo broken; sed -n '3,$p' a; } >bad
run bench-merge bad
status 1
out_is a 'good lines are merged beside bad ones'
err_has 'bad:3:1: "broken" is no JSON value'
run bench-merge -o made a missing b
status 3
err_has 'missing: cannot open'
err_has 'nothing was written'
ok 'beside an input that is missing nothing is written' 'echo old | cmp - made'
: >empty
run bench-merge empty
status 0
silent
run bench-merge /dev/null empty a
out_is a 'an empty file is nothing'

# ---- memory and files ----
i=0
while [ $i -lt 400 ]; do
    i=$((i + 1))
    run_line "r$((i * 7 % 400))" "2025-06-01T00:$((i * 7 % 400 / 60 + 10)):$((i * 7 % 400 % 60 / 10))$((i * 7 % 10))Z"
    for n in 1 2 3 4 5 6 7 8 9; do
        result_line "r$((i * 7 % 400))" "n$n" ",\"metadata\":{\"filler\":\"$(printf '%0400d' "$i")\"}"
    done
done >large
shuf --random-source="$reports/v0.2.0.jsonl" large >shuffled
gzip -c large >large.gz
mkdir tmp
run bench-merge large
status 0
mv out merged
ok 'every line is there' '[ "$(wc -l <merged)" -eq 4000 ] && sort merged >m && sort large | cmp - m'
ok 'in the order of time' 'grep -o "\"started_at\":\"[^\"]*\"" merged | LC_ALL=C sort -c'
ok 'a file that fits in memory, one that does not, a packed one and a pipe give the same' \
    'for m in 64K 1M; do bench-merge -m $m -T tmp large.gz | cmp - merged && bench-merge -m $m -T tmp - <large | cmp - merged && bench-merge -m $m large | cmp - merged || exit 1; done'
bench-merge -m 64K -T tmp shuffled >one
bench-merge shuffled >two
ok 'lines in any order come out in the order of their runs, with little memory too' \
    'cmp one two && grep -o "\"run_id\":\"[^\"]*\"" one | uniq | wc -l | grep -qx 400 && sort one | cmp - m'
ok 'temporary files are gone' '[ -z "$(ls tmp)" ]'
run bench-merge -m 64K -T nowhere large.gz
status 4
err_has 'cannot make a temporary file in nowhere (-T names another folder): No such file'
split -l 40 -a 3 large small.
ok 'many files need few descriptors' '(ulimit -n 20; bench-merge small.*) | cmp - merged'
cp merged again
ok 'a folder is its reports' 'mkdir f; for s in small.*; do mv $s f/$s.jsonl; done; bench-merge f | cmp - merged'

# A file that is read twice has to stay as it is.
mkfifo fifo
slowly() { # slowly COMMANDS: what happens while bench-merge waits for its second input
    bench-merge -o made large fifo 2>err &
    exec 9>fifo # opens when the first input is read
    eval "$1"
    cat a >&9
    exec 9>&-
    wait $!
    code=$?
}
cp large large.kept
rm -f made
slowly 'echo >>large'
status 3 'a file that grows while it is read is status 3'
err_has 'large: the file was changed while it was read'
ok 'and nothing is written' '[ ! -e made ]'
cp large.kept large
slowly 'rm large'
status 0 'a file that vanishes while it is read was read'
cat merged a >expected
ok 'it is all there' 'sort made | cmp - /dev/stdin <<X
$(sort expected)
X'
cp large.kept large

# ---- outputs ----
run sh -c 'bench-merge large >/dev/full'
status 4
err_has 'No space left'
ok 'a closed pipe is quiet' '{ bench-merge large 2>pipe.err; echo $? >pipe.code; } | head -n 1 >/dev/null; [ ! -s pipe.err ] && [ "$(cat pipe.code)" -eq 141 ]'

finish
