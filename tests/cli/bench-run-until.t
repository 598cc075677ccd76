#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bench-run goes on until it is precise enough, and goes on with an earlier run.
. "$(dirname "$0")/lib.sh"

is() { # is FILTER NAME: jq's filter over all lines of out (slurped) must be true
    jq -es "$1" out >jq.out 2>&1
    result $? "$2" || sed 's/^/# jq: /' jq.out | head -c 1000
}
usage_error() { # usage_error MESSAGE ARGUMENT…
    message=$1
    shift
    run bench-run "$@"
    status 2
    err_has "$message"
}
samples='([.[] | select(.kind == "result") | .metrics[0].samples[]] | length)'

# Until it is precise.
# Long enough that no load of the machine doubles it.
run bench-run --until 100% -- sleep 0.2
status 0
is "$samples == 10" 'the first look is at ten samples'
is '.[0].stopping | .rule == "precision" and .precision == 1 and .max.time_s == 300 and (has("looks") | not)' 'the run line says the rule'
is '.[-1].stopping | .rule == "precision" and .looks == 1 and .alpha_spent == 0' 'the end line says how often it looked'
run bench-run --until 0.0001% -M 25 true
is "$samples == 25" '-M ends it in any case'
is '.[-1].stopping | .looks > 5 and .max.samples == 25' 'and the looks are counted'
ok 'what was not reached is told' 'grep -q "^bench-run: after 25 samples the interval of true is .* % of its median, not 0.0001 %$" err'
run bench-run --until 0.000001 --max-time 0.5 'sleep 0.02'
is "$samples >= 10 and $samples < 30" '--max-time ends it in any case'
run bench-run --until 0.5 -m 15 true /bin/true
is '[.[] | select(.kind == "result") | .metrics[0].pairs[]] | group_by(.) | map(length) | unique == [2]' 'all commands go on as long as one needs it'
is "$samples >= 30" '-m moves the first look'
usage_error 'is not a precision' --until fast true
usage_error 'is not a precision' --until 0 true
usage_error 'is not a precision' --until -1% true
usage_error '--runs is exact' --until 1% -r 5 true
usage_error '--max-time belongs to --until' --max-time 5 true

# Until each comparison has a verdict.
verdict() { # verdict BASE: bench-diff's own on the time that the two sides of BASE took
    bench-diff --sides variant=a,b "$1" >verdicts
    jq -r 'select(.metric == "wall_time") | .verdict' verdicts
}
# A busy machine may drift so far meanwhile that bench-diff trusts no verdict.
for _ in 1 2 3 4 5; do
    run bench-run --until conclusive -n s --variant a --variant b 'sleep 0.1' 'sleep 0.4'
    [ "$(verdict out)" = regression ] && break
done
status 0
is "$samples == 20" 'a clear difference is conclusive at the first look'
is '.[0].stopping | .rule == "conclusive" and .max == {"samples": 200, "time_s": 300, "looks": 20}' 'the run line says how often it may look'
is '.[-1].stopping | .looks == 1 and .alpha_spent > 0 and .alpha_spent < 0.01' 'the end line says what the looks have spent'
cp out base
ok 'bench-diff finds the same' '[ "$(verdict base)" = regression ]'
for _ in 1 2 3 4 5; do
    run bench-run --until conclusive --against base -n s --variant a 'sleep 0.4'
    [ -s err ] || break
done
status 0
quiet 'a verdict against an earlier report needs no word'
is "$samples == 10" 'an earlier report may be what is compared with'
# So wide a spread that nothing is found, and one sample that can never say anything.
run bench-run -r 10 -n s -- true
jq -c 'if .kind == "result" then .metrics[0].samples = [0.11, 0.24, 0.06, 0.13, 0.1, 0.3, 0.04, 0.09, 0.17, 0.08] else . end' out >few
jq -c 'if .kind == "result" then .metrics[0].samples = [0.1] else . end' out >one
# On a busy machine the times may drift meanwhile, which is a verdict of its own.
for report in one few; do
    for _ in 1 2 3 4 5; do
        run bench-run --until conclusive --max-time 20 --against $report -n s 'sleep 0.1'
        [ -s err ] && break
    done
    err_has "$report has too few samples or runs for a verdict"
done
is "$samples < 200" 'where the other report is the limit, it stops'
run bench-run --until conclusive -M 30 -n s --variant a --variant b true true
is '.[0].stopping.max | .samples == 30 and .looks == 3' '-M bounds the samples and the looks'
run bench-run --until conclusive -M 3 -n s --variant a --variant b true true
err_has 'after 3 samples not every comparison has a verdict'
run bench-run --until conclusive --against base -n other true
status 3
err_has 'base has no wall_time of what is to be measured'
jq -c 'del(.variant)' base >plain
for variants in '' '--variant a' '--variant new'; do
    run bench-run --until conclusive --against plain -n s $variants 'sleep 0.01'
    is "$samples == 10" 'a report without variants is compared with one side'
done
jq -c 'select(.variant != "b")' base >single
run bench-run --until conclusive --against single -n s 'sleep 0.01'
is "$samples == 10" 'one variant is compared with none, as bench-diff does'
run bench-run --until conclusive --against plain -n s --variant a --variant b true true
status 3
err_has 'plain has other variants of what is to be measured; give each command the --variant that it has there'
run bench-run --until conclusive --against base -n s 'sleep 0.01'
status 3
err_has 'base has other variants of what is to be measured'
run bench-run --until conclusive --max-time 5 --against base -n s --variant a --variant c 'sleep 0.01' true
err_has 'base has nothing to compare s [c] with'
usage_error '--against belongs to' --against base true
usage_error '--until conclusive has nothing to compare' --until conclusive true 'sleep 0.01'

# Going on.
ok 'a run to go on with' 'bench-run -r 3 -o report -n x --variant a --variant b true /bin/true'
run bench-run -r 2 --continue report -n x --variant a --variant b true /bin/true
status 0
silent
cp report out
is 'map(.kind) == ["run", "result", "result", "end", "result", "result", "end"]' 'new parts and another end line are added'
is '[.[].run_id] | unique | length == 1' 'they belong to the same run'
is '[.[4:6][] | .part] == [1, 1]' 'parts are numbered on'
is '[.[4:6][] | .metrics[0].pairs] == [[3, 4], [3, 4]]' 'rounds are numbered on'
is '.[-1].counts | .samples == 10 and .lines == 7' 'the end line counts all of it'
is '.[-1].stopping.continued == 1 and (.[3].stopping | has("continued") | not)' 'and how often it was gone on with'
printf '{"schema_version": "1.0.0", "ki' >>report
run bench-run --until 100% --continue report -n x --variant a --variant b true /bin/true
status 0 'a report that was cut is gone on with'
ok 'and no line is joined to the half one' 'grep -c "^{\"schema_version\": \"1.0.0\", \"ki$" report | grep -qx 1 && tail -n 1 report | jq -e ".counts.samples >= 20"'
cp report before
run bench-run --continue report -n x true
status 3
err_has 'the run cannot be continued: the commands are others'
run bench-run --continue report -n y --variant a --variant b true /bin/true
status 3
err_has 'it has a benchmark that is not among these'
run bench-run --sysroot "$data/sysroots/clean" --continue report -n x --variant a --variant b true /bin/true
status 3
err_has 'the processor is another one'
run bench-run -S sh --continue report -n x --variant a --variant b true /bin/true
status 3
err_has 'the shell is another one'
run bench-run --pin 0 --continue report -n x --variant a --variant b true /bin/true
err_has '--pin names other processors'
run bench-run --nice 1 --continue report -n x --variant a --variant b true /bin/true
err_has 'the nice value is another one'
run bench-run --no-aslr --continue report -n x --variant a --variant b true /bin/true
err_has 'addresses are drawn in one'
run bench-run --output pipe --continue report -n x --variant a --variant b true /bin/true
err_has 'the output goes elsewhere'
run bench-run --input empty --continue report -n x --variant a --variant b true /bin/true
err_has 'the input is another one'
ok 'what cannot be continued is left as it was' 'cmp report before'
: >empty
run bench-run --continue empty true
status 3
err_has 'no run to continue'
run bench-run --continue no-such-report true
status 3
err_has 'no-such-report: cannot open'
run bench-run -r 1 --continue report -o other -n x --variant a --variant b true /bin/true
ok 'with -o the new parts go elsewhere' 'cmp report before && [ "$(jq -r .kind other | tr "\n" " ")" = "result result end " ]'
gzip -c report >packed
cp packed before.gz
for option in --continue -o; do
    run bench-run -r 1 "$option" packed -n x --variant a --variant b true /bin/true
    status 3 "$option: nothing is added to what is packed"
    err_has 'packed: is packed with gzip, and lines cannot be added to it'
done
ok 'and it is left as it was' 'cmp packed before.gz'
run bench-run -r 1 --continue packed -o behind -n x --variant a --variant b true /bin/true
ok 'a packed run is gone on with elsewhere' '[ "$code" = 0 ] && [ "$(jq -r .kind behind | tr "\n" " ")" = "result result end " ]'
git init -q kept && cp report kept/report
git -C kept add report && git -C kept -c user.name=A -c user.email=a@example.org commit -qm 1
ok 'so is one of a commit' '(cd kept && bench-run -r 1 --continue git:HEAD:report -o ../behind -n x --variant a --variant b true /bin/true) && [ "$(grep -c . behind)" = 6 ]'
usage_error '--append says where the new lines go' --continue git:HEAD:report true
ok 'a fixed run to go on with' 'bench-run -r 12 -o fixed -n x --variant a --variant b true /bin/true'
ok 'the looks at what is there are over' 'bench-run --until conclusive -M 20 --continue fixed -n x --variant a --variant b true /bin/true && tail -n 1 fixed | jq -e ".counts.samples == 40 and .stopping.looks == 2 and .stopping.continued == 1"'
run bench-run --until conclusive -M 20 --continue fixed -n x --variant a --variant b true /bin/true
status 0
err_has 'had all 2 looks already; a larger --max-runs allows more'
ok 'and nothing is measured where no look is left' '[ "$(tail -n 2 fixed | jq -r .kind | tr "\n" " ")" = "end end " ] && tail -n 1 fixed | jq -e ".stopping.continued == 2"'
ok 'the report is valid' 'bench-validate --check fixed'
ok 'a run in a shell to go on with' 'bench-run -r 2 -S sh --pin 0 --nice 1 --no-aslr --output pipe -o shell true'
cp shell before
run bench-run -r 2 --continue shell true
err_has 'the shell is another one'
ok 'and left as it was' 'cmp shell before'
run bench-run -r 2 -S sh --pin 0 --nice 1 --no-aslr --output pipe --continue shell true
status 0
cp shell out
is '(.[2] | has("calibration") | not) and (.[4].calibration | .shell == "sh" and .subtracted_s > 0 and .n == 50)' 'what the shell took this time stands in the end line'
is '.[0].calibration.n == 50' 'what it took then in the run line'
ok 'the report is valid' 'bench-validate --check shell'
usage_error 'leave --order blocked out' --until conclusive --order blocked true

# Tables and other files.
run bench-run --format table -r 12 -o lines -n a -n b true 'sleep 0.01'
out_has 'benchmark'
ok 'the faster one is what is compared with' 'grep -q "^a .* 1 (fastest)$" out && grep -q "^b .*× (.* to .*)$" out'
ok 'the lines go to the file' '[ "$(jq -r .kind lines | tail -n 1)" = end ]'
run bench-run --format table -r 2 --reference true 'sleep 0.001' false
ok 'or the reference' 'grep -q "^true  *reference .* 1 (reference)$" out'
out_has 'false failed: it ended with status 1'
status 1
run bench-run --format table -r 1 -- sh -c 'echo first >&2; echo last >&2; exit 3'
out_has '; it said: last'
out_lacks 'ratio'
run bench-run --format table -r 1 -- no-such-program
out_has 'no-such-program: cannot run no-such-program: there is no such program in PATH'
run bench-run --format table -r 3 -i -S sh 'false'
out_has 'false failed in 3 of its runs, which count all the same.'
ok 'what a shell takes is told' 'grep -q "^The shell.s own .* are taken off each time.$" out'
run bench-run --format table -r 2 --calibrate=5 "sh -c 'sleep 6175 & exit 0'"
ok 'what measuring takes is told' 'grep -q "^An empty program takes .*.$" out'
out_has 'left 2 processes behind, which were ended.'
run bench-run --format table -r 6 -- sh -c '[ -e warm ] || sleep 0.5; touch warm'
ok 'a first run that is cold is told' 'grep -q "^The first run of .* took longest by far, 5.. ms; --warmup 1 keeps it apart.$" out'
run bench-run --sysroot "$data/sysroots/busy" --format table -r 1 true
out_has 'The machine: swap-in-use (4295 MB of swap in use), low-memory'
run bench-run --sysroot "$data/sysroots/clean" --format table -r 1 true
out_lacks 'The machine'
long=$(printf '%080d' 0)
run bench-run --format table -r 1 "echo $long$long"
ok 'a long command is cut' '[ "$(head -n 1 out | wc -L)" -le 120 ] && [ "$(sed -n 2p out | wc -L)" -le 120 ] && grep -q "^echo 000*… " out'
run bench-run --format table -r 2 -u millisecond true
out_has ' ms '
run bench-run --sysroot "$data/sysroots/clean" --format table -r 1 "printf '%s' 'a
b'"
ok 'a line break in a name does not break the table' '[ "$(wc -l <out)" -eq 2 ]'
run bench-run -r 3 -L n 1,2 --export-json j --export-csv c --export-markdown m --export-asciidoc a --export-orgmode o 'echo {n}|x'
ok 'JSON is as hyperfine writes it' 'jq -e ".results | length == 2 and all(.[]; (.times | length) == 3 and .mean > 0 and .min <= .median and .median <= .max and .exit_codes == [0, 0, 0]) and (map(.parameters.n) | sort) == [\"1\", \"2\"]" j'
ok 'CSV has a column for each parameter' '[ "$(head -n 1 c)" = command,mean,stddev,median,user,system,min,max,parameter_n ] && [ "$(wc -l <c)" -eq 3 ] && [ "$(tail -n 1 c | cut -d, -f9)" = 2 ]'
ok 'Markdown keeps a bar in its cell' 'grep -q "^| Command | Mean \[ms\] | Min \[ms\] | Max \[ms\] | Relative |$" m && grep -qF "echo 1\\|x" m'
ok 'AsciiDoc and Org are tables too' 'grep -q "^|===$" a && grep -q "^|--+--+--+--+--|$" o'
run bench-run -r 2 --export-json - -o lines2 true
ok 'an export to standard output is alone there' 'jq -es "length == 1 and (.[0].results[0].times | length) == 2" out'
run bench-run -r 2 --export-csv - true
ok 'without -o, too' '[ "$(wc -l <out)" -eq 2 ] && grep -q "^true," out'
usage_error 'several exports to -' --export-csv - --export-json - true
usage_error '--format table and an export to - both' --export-csv - --format table true
usage_error '--append and --export-json are one file' -o same --export-json ./same true
usage_error '--export-csv and --export-orgmode are one file' --export-csv e --export-orgmode e true
usage_error '--append and --output are one file' -o same --output same true
ok 'and nothing was made' '[ ! -e same ] && [ ! -e e ]'
run bench-run -r 1 -o /dev/null --export-json /dev/null --output /dev/null true
status 0 'what is no file may be several outputs'
run bench-run -r 1 --export-json /no/such/folder/j true
status 4
err_has '/no/such/folder/j'
ok 'what cannot be exported is told before anything is measured' '[ ! -s out ]'
run bench-run -r 1 --export-json /dev/full true
status 4
is '.[-1].kind == "end"' 'where it fails at the end the lines are written all the same'

# On a terminal.
TERM=xterm
export TERM
script -qec "bench-run -r 6 'sleep 0.4' true" /dev/null >terminal </dev/null
ok 'a terminal gets progress, and a table instead of lines' 'grep -q " of 12" terminal && grep -q "left: " terminal && grep -q "command .*median" terminal && ! grep -q schema_version terminal'
script -qec "bench-run -s 'sleep 0.6' -w 1 -r 1 'sleep 0.3'" /dev/null >terminal </dev/null
ok 'what goes before the samples is told' 'grep -q "setup: sleep 0.3" terminal && grep -q "warmup: sleep 0.3" terminal && grep -q "command .*median" terminal'
script -qec "bench-run --until 1 'sleep 0.05'" /dev/null >terminal </dev/null
ok 'how narrow the interval is, and is to be' 'grep -q "% of it, to be 100 %" terminal'
TERM=dumb script -qec "bench-run -r 6 'sleep 0.1'" /dev/null >terminal </dev/null
ok 'no progress on a terminal that cannot take it back' '! grep -q " of 6" terminal && grep -q "command .*median" terminal'
script -qec "bench-run -r 2 --format jsonl true" /dev/null >terminal </dev/null
ok '--format jsonl overrides that' 'grep -q schema_version terminal'
script -qec "bench-run -r 1 --show-output -- sh -c 'stty -echo <&1'; stty -a" /dev/null >terminal </dev/null
ok 'what a command changes at the terminal is taken back' 'grep -q " iexten echo " terminal'
script -qec "bench-run -r 1 -o tty-lines -- sh -c 'stty -echo </dev/tty'; stty -a" /dev/null >terminal </dev/null
ok 'without its streams a command has no terminal' 'grep -q " iexten echo " terminal && jq -es ".[1].outcome == \"failed\"" tty-lines'
run bench-run -r 6 'sleep 0.15' true
quiet 'no progress but on a terminal'

finish
