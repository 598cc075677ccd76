#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bench-run measures commands and writes the lines of a report.
. "$(dirname "$0")/lib.sh"

# is FILTER NAME: jq's filter over all lines of out (slurped) must be true.
is() {
    jq -es "$1" out >jq.out 2>&1
    result $? "$2" || sed 's/^/# jq: /' jq.out | head -c 1000
}

run bench-run -r 4 -w 2 -n nothing --variant one --variant two true /bin/true
status 0
quiet
is 'map(.kind) == ["run", "result", "result", "end"]' 'a run line comes first, an end line last'
is 'map(.schema_version) | unique == ["1.0.0"]' 'every line says its version'
is 'map(.run_id) | unique | length == 1' 'every line names the run'
is '.[0].run_id | test("^[0-9]{8}T[0-9]{6}[.][0-9]{3}-[0-9a-f]{12}$")' 'the name of the run starts with the time'
is '.[0] | .producer.name == "bench-run" and .sampling == "process" and .config.runs == 4' 'the run line says who measured what'
is '.[0].order | .mode == "interleaved" and (.seed | type) == "number"' 'the seed of the order is recorded'
is '.[0].system.memory.total_bytes > 0 and .[0].system.kernel != null' 'the run line describes the machine'
is '[.[1:3][] | .variant] | sort == ["one", "two"]' 'each command is on its side'
is '[.[1:3][] | .benchmark.name] | unique == ["nothing"]' 'one -n names all commands'
is '.[1].metrics | map(.name) == ["wall_time", "user_time", "system_time", "max_rss", "minor_faults", "major_faults", "voluntary_switches", "involuntary_switches", "read_bytes", "write_bytes"]' 'every metric is there'
is '.[1:3] | all(.[].metrics[]; (.samples | length) == 4 and (.warmup | length) == 2)' 'each metric has every sample, and the warmup apart'
is '.[1:3] | all(.[].metrics[]; .pairs == [0, 1, 2, 3])' 'the samples carry the round as pairs'
is '.[1:3] | all(.[].metrics[0].samples[]; . > 0 and . < 5)' 'the times are positive'
is '.[1].metrics | map({(.name): .unit}) | add | .wall_time == "s" and .max_rss == "By" and .minor_faults == "1"' 'the units are UCUM'
is '.[1] | .started_ts < .ended_ts and .part == 0 and .repetition == 0 and .outcome == "passed"' 'a result says when it was taken'
is '.[3] | .interrupted == false and .counts.results == 2 and .counts.samples == 8 and .counts.lines == 4' 'the end line counts'

run bench-run -r 3 --seed 7 --run-id x -- true
is '.[0].order.seed == 7 and .[0].run_id == "x"' 'a given seed is used'
is '.[1].metrics[0] | has("pairs") | not' 'a command alone has no pairs'
is '.[1].benchmark.name == "true"' 'without -n the command is the name'

# The order is told by what the commands write.
order() { bench-run -r 8 --run-id x "$@" "sh -c 'echo a >>order'" "sh -c 'echo b >>order'" "sh -c 'echo c >>order'" >out; tr -d '\n' <order; rm order; }
one=$(order --seed 1)
ok 'the same seed gives the same order' '[ "$one" = "$(order --seed 1)" ]'
ok 'another seed gives another order' '[ "$one" != "$(order --seed 2)" ]'
ok 'each round holds each command once' 'echo "$one" | fold -w 3 | while read -r r; do [ "$(echo "$r" | fold -w 1 | sort | tr -d "\n")" = abc ] || exit 1; done'
ok '--order given keeps the order in each round' '[ "$(order --order given)" = abcabcabcabcabcabcabcabc ]'
ok '--order blocked takes one command after the other' '[ "$(order --order blocked)" = aaaaaaaabbbbbbbbcccccccc ]'
bench-run -r 2 --order blocked true /bin/true >out
is '.[1:3] | all(.[].metrics[]; has("pairs") | not)' 'what is taken in blocks has no pairs'

run bench-run -r 2 true true
is '[.[1:3][].repetition] | sort == [0, 1]' 'the same command twice is a repetition'

# The words of a command.
run bench-run -r 1 -- printf '%s' 'a b' "it's"
ok 'behind -- the words are kept, and shown as a shell reads them' 'eval "$(jq -r "select(.kind == \"result\") | .metadata.command" out)" | grep -qx "a bit.s"'
run bench-run -r 1 "sh -c 'test \"\$0\" = \"a b\"' 'a b'"
status 0 'a command line is split as a shell splits it'
run bench-run -r 1 'echo $HOME'
err_has 'no shell runs "echo $HOME": its $ is handed on as it stands'

# Failures.
run bench-run -r 3 true "sh -c 'echo oops >&2; exit 7'" "sh -c 'kill -9 \$\$'" no-such-program
status 1
quiet
is '[.[] | select(.kind == "result") | .outcome] | sort == ["error", "failed", "failed", "passed"]' 'a failure does not stop the others'
is '.[] | select(.failure.exit_status == 7) | .failure.stderr == "oops\n" and .failure.signal == null and .reason == "it ended with status 7"' 'a failed command is told with its status and its errors'
is '.[] | select(.failure.signal == 9) | .failure.exit_status == null and .reason == "it was ended by signal 9 (SIGKILL)"' 'a signal is told'
is '.[] | select(.outcome == "error") | .reason == "cannot run no-such-program: there is no such program in PATH"' 'a program that is not there is an error'
is '.[-1].counts | .passed == 1 and .failed == 2 and .error == 1' 'the end line counts the failures'
echo text >file
run bench-run -r 1 ./file
status 1
is '.[1].reason == "cannot run ./file: it is not executable"' 'what is not executable is an error'
run bench-run -r 5 "sh -c 'echo x >>n; test \$(wc -l <n) -lt 4'"
status 1
is '.[1].outcome == "failed" and (.[1].metrics[0].samples | length) == 3' 'the samples before a failure are kept'
rm -f n
run bench-run -r 40 -n short true -n middle "sh -c 'echo x >>n; test \$(wc -l <n) -lt 20'" -n third 'sh -c :'
status 1
is '[.[] | select(.kind == "result") | [.benchmark.name, .outcome, (.metrics[0].samples | length)]] | sort == [["middle", "failed", 19], ["short", "passed", 40], ["third", "passed", 40]]' 'who fails in the middle gets no further turn, the others get theirs'
is '[.[] | select(.kind == "result") | .metrics[0].pairs] | map(. == [range(0; length)]) | all' 'they take part in each round'
is '.[] | select(.benchmark.name == "middle") | .failure.exit_status == 1 and .failure.stderr == ""' 'the failure is that of its last run'
run bench-run -r 1 "sh -c 'exit 127'"
is '.[1].outcome == "failed" and .[1].failure.exit_status == 127' 'its own 127 is a failure of the command'

# Programs that behave badly.
run bench-run -r 2 "sh -c 'sleep 6061 & setsid sleep 6061 & exit 0'"
status 0 'what a command leaves behind does not hold it up'
ok 'what a command leaves behind is ended' '! pgrep -f "^sleep 6061$" >/dev/null'
run bench-run -r 1 "sh -c 'exec >&- 2>&- <&-'"
status 0 'a command may close its descriptors'
run bench-run -r 1 -- head -c 200000000 /dev/zero
status 0 'a command may print much'
ok 'much on standard error costs no memory' 'bench-run -r 1 "sh -c \"head -c 100000000 /dev/zero >&2; exit 1\"" >out; [ $(wc -c <out) -lt 200000 ]'
is '.[1].failure.stderr | length == 8192' 'of many errors the end is kept'
run bench-run -r 1 cat
status 0 'standard input is empty'

# The command line.
check_usage() { # check_usage MESSAGE ARGUMENT…
    message=$1
    shift
    run bench-run "$@"
    status 2
    silent
    err_has "$message"
}
check_usage 'there is no command to measure'
check_usage 'out of range' -r 0 true
check_usage 'out of range' -r -1 true
check_usage 'out of range' -r 99999999999999999999 true
check_usage 'not a whole number' -r many true
check_usage 'the single quote at byte 6' "echo 'a"
check_usage 'the command is empty' ' '
check_usage '3 times -n for 2 commands' -n a -n b -n c true false
check_usage 'would be one benchmark' -n a true false
check_usage 'name the benchmark with -n' --variant a --variant b true false
check_usage 'commands before and behind --' true -- false
check_usage 'did you mean --runs?' --run true
check_usage 'did you mean interleaved?' --order interleave true

# The outputs.
ok 'lines are added to the file' 'bench-run -r 1 -o log true && bench-run -r 1 -o log true && [ "$(jq -r .kind log | tr "\n" " ")" = "run result end run result end " ]'
run bench-run -r 1 -o /no/such/folder/log true
status 4
err_has 'cannot write /no/such/folder/log'
ok 'a full disk is status 4' 'bench-run -r 1 true >/dev/full; [ $? -eq 4 ]'
ok 'the null device is no disk' 'bench-run -r 1 true >/dev/null'
ok 'a closed pipe ends it quietly' '{ bench-run -r 2000 true 2>err; echo $? >code; } | head -n 1 >/dev/null; [ "$(cat code)" -eq 141 ] && [ ! -s err ]'
SOURCE_DATE_EPOCH=1770802200 bench-run -r 1 --seed 3 true >out
is '.[0].started_at == "2026-02-11T09:30:00Z" and .[2].ended_at == "2026-02-11T09:30:00Z" and .[0].run_id == "20260211T093000.000-'"$(SOURCE_DATE_EPOCH=1770802200 bench-run -r 1 --seed 3 true | jq -r 'select(.kind == "run") | .run_id' | cut -d- -f2)"'"' 'SOURCE_DATE_EPOCH and a seed fix the name and the times'
SOURCE_DATE_EPOCH=never bench-run -r 1 true >out 2>err
code=$?
status 2 'a bad SOURCE_DATE_EPOCH is an error'

# The machine.
run bench-run --sysroot "$data/sysroots/busy" -r 1 true
is '.[1].health.flags | map(.flag) == ["swap-in-use", "low-memory", "zombies", "governor-not-performance", "on-battery"]' 'a machine that is not fit is told'
run bench-run --sysroot "$data/sysroots/clean" -r 1 true
is '.[1].health.flags == [] and .[1].health.zombies == 0' 'a fit machine has no flags'
run bench-run --sysroot "$data/sysroots/bare" -r 1 true
is '.[0].system.memory == null and .[0].system.vm == null and (.[1].health | keys == ["flags"])' 'what is unknown is left out'

# The repository.
ok 'outside a repository nothing is said of one' 'bench-run -r 1 true 2>err | jq -es ".[0] | has(\"vcs\") | not" && [ ! -s err ]'
mkdir repository
cd repository || exit 1
{
    git init -q -b trunk
    git config user.name Tester
    git config user.email tester@example.org
    echo one >file
    git add file
    GIT_COMMITTER_DATE=2026-02-10T17:02:11Z git commit -q -m one
    git tag v1.0
} >/dev/null 2>&1
run bench-run -r 1 true
is '.[0].vcs | .commit == "'"$(git rev-parse HEAD)"'" and .branch == "trunk" and .tag == "v1.0" and .dirty == false and .committed_at == "2026-02-10T17:02:11Z"' 'the run line names the commit'
echo two >file
run bench-run -r 1 true
is '.[0].vcs.dirty == true' 'changed sources are told'

finish
