#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What bench-run does around the commands that it measures.
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
results='[.[] | select(.kind == "result")]'

# How often.
run bench-run --samples 3 true
is "$results | .[0].metrics[0].samples | length == 3" '--samples is --runs'
run bench-run -M 4 true
is "$results | .[0].metrics[0].samples | length == 4" '-M bounds the runs'
run bench-run -m 12 -M 12 true
is "$results | .[0].metrics[0].samples | length == 12" '-m and -M together are exact'
run bench-run sh\ -c\ 'sleep\ 0.5'
is "[$results | .[].metrics[0].samples[]] | length == 10" 'at least ten samples are taken'
is '.[0].stopping.rule == "time"' 'the rule is told'
run bench-run -r 4 --discard 2 true
is "$results | .[0].metrics[0] | (.samples | length) == 4 and .discarded.rule == \"first 2\" and (.discarded.values | length) == 2" 'discarded samples are kept apart'
usage_error '--runs is exact' -r 3 -m 2 true
usage_error 'is more than --max-runs' -m 3 -M 2 true

# Hooks.
run bench-run -r 2 -w 1 -s 'echo setup >>log' -p 'echo prepare >>log' -C 'echo conclude >>log' -c 'echo cleanup >>log' "sh -c 'echo run >>log'"
status 0
ok 'hooks run before and after the runs and each run' '[ "$(tr "\n" " " <log)" = "setup prepare run conclude prepare run conclude prepare run conclude cleanup " ]'
rm log
bench-run -r 1 --order given -p 'echo a >>log' -p 'echo b >>log' true /bin/true >out
ok 'a hook may be given for each command' '[ "$(tr "\n" " " <log)" = "a b " ]'
run bench-run -r 2 -p 'echo broken >&2; exit 3' true /bin/true
status 1
is "$results | .[0] | .outcome == \"error\" and .reason == \"the prepare command ended with status 3\" and .failure.stderr == \"broken\n\" and (has(\"metrics\") | not)" 'a hook that fails is told, and nothing is measured'
run bench-run -r 1 -s 'exec sleep 6173 & echo $! >server' -- sh -c 'kill -0 $(cat server)'
status 0 'what a setup command leaves running goes on'
ok 'and ends with the tool' '! kill -0 $(cat server) 2>/dev/null'
run bench-run -r 1 -c 'touch cleaned' false
ok 'cleanup runs after a failure too' '[ -e cleaned ]'
usage_error '2 times --prepare for 3 commands' -p a -p b true true true

# Parameters.
run bench-run -r 1 -P n 1 3 'echo {n}'
is "[$results | .[].benchmark.params.n] | sort == [1, 2, 3]" '-P goes over whole numbers'
is "[$results | .[].benchmark.name] | unique == [\"echo {n}\"]" 'the name is that of the command without values'
is "[$results | .[].metadata.command] | sort == [\"echo 1\", \"echo 2\", \"echo 3\"]" 'the values stand in the command'
run bench-run -r 1 -P d 0.3 0.7 -D 0.2 'sleep {d}'
is "[$results | .[].benchmark.params.d] | sort == [0.3, 0.5, 0.7]" '-D steps are exact'
run bench-run -r 1 -L a x,y\\,z -L b 01,2 -n '{a}' 'echo {a} {b} {c}'
is "[$results | .[] | .benchmark | [.name, .params.a, .params.b]] | sort == [[\"x\", \"x\", 2], [\"x\", \"x\", \"01\"], [\"y,z\", \"y,z\", 2], [\"y,z\", \"y,z\", \"01\"]]" '-L goes over texts, and lists make a cross product'
run bench-run -r 1 -L v '-s hello,goodbye' 'test {v}'
is "$results | map(.metadata.command) | sort == [\"test -s hello\", \"test goodbye\"]" 'a value may be several words'
run bench-run -r 1 -L v old,new -n same --variant '{v}' 'echo {v}'
is "[$results | .[].variant] | sort == [\"new\", \"old\"]" 'a variant may follow from a parameter'
run bench-run -r 1 -L n 1,2 -L unused a,b 'echo {n}' true
status 0
err_has 'no text names the parameter unused: expected a {unused}'
ok 'what one of the commands names is used' '[ "$(wc -l <err)" -eq 1 ]'
usage_error 'expected to go up' -P n 3 1 'echo {n}'
usage_error 'expected to go up' -P n 1 3 -D 0 'echo {n}'
usage_error 'is not a number' -P n one 3 'echo {n}'
usage_error 'expected up to 10000' -P n 1 1000000 'echo {n}'
usage_error 'needs 3 values' 'echo {n}' -P n 1
usage_error 'parameter n is given twice' -P n 1 2 -L n a,b 'echo {n}'
usage_error '--parameter-step-size needs' -D 1 true
usage_error 'more than 10000 benchmarks' -P a 1 200 -P b 1 200 'echo {a} {b}'

# A shell.
run bench-run -r 3 -S default 'x=1; exit $x' 'true && true'
is "$results | map(.outcome) | sort == [\"failed\", \"passed\"]" '-S runs the commands by a shell'
is '.[0].calibration | .n == 50 and .shell == "sh" and .shell_overhead_s > 0 and .subtracted_s == .shell_overhead_s and (.overhead_ci | length) == 2' 'what the shell takes is measured and taken off'
run bench-run -r 2 -S 'sh -u' 'echo $no_such_variable'
is "$results | .[0].outcome == \"failed\"" 'a shell may have options'
run bench-run -r 2 -S none 'echo $x'
is '.[0] | has("calibration") | not' '-S none is no shell'
usage_error '-N and -S sh exclude' -N -S sh true
run bench-run -r 1 -S no-such-shell true
status 2
err_has 'no such program in PATH'
run bench-run -r 1 --calibrate=4 true
is '.[0].calibration | .n == 4 and .overhead_s > 0 and .subtracted_s == 0' '--calibrate measures an empty command'

# Failures and time.
run bench-run -r 3 -i "sh -c 'exit 5'"
status 0 '-i takes samples of failing commands'
is "$results | .[0] | .outcome == \"passed\" and .metadata.ignored_failures == 3 and (.metrics[0].samples | length) == 3" 'and counts them'
run bench-run -r 3 --ignore-failure=7,5 "sh -c 'exit 5'" "sh -c 'exit 6'" "sh -c 'kill -9 \$\$'"
status 1
is "$results | map(.outcome) | sort == [\"failed\", \"failed\", \"passed\"]" 'or only of those with a status that is named'
is '.[0].config.ignore_failure == [5, 7]' 'which the run line names'
run bench-run -r 2 --ignore-failure=all-non-zero "sh -c 'exit 5'"
status 0
for statuses in 0 256 '1,' '1,,2' -1 x ','; do
    usage_error 'is not a list of exit statuses' --ignore-failure=$statuses true
done
run bench-run -r 3 -i --timeout 0.2 'sleep 6174'
status 1
is "$results | .[0] | .outcome == \"failed\" and .failure.timed_out and .failure.signal == 15 and .reason == \"it took longer than 0.2 s and was ended\"" 'a run that takes too long has failed'
ok 'and is ended' '! pgrep -f "^sleep 6174$"'
run bench-run -r 1 --timeout 200ms "sh -c 'trap \"\" TERM; while :; do sleep 0.05; done'"
is "$results | .[0].failure.signal == 9" 'who ignores SIGTERM is killed'

# Streams, environment, folder.
echo hello >in
run bench-run -r 2 --input in --output printed 'cat'
ok '--input and --output name files' 'cmp in printed'
run bench-run -r 1 --show-output -o report -- sh -c 'echo seen; echo told >&2'
ok '--show-output lets everything through' '[ "$(cat out)" = seen ] && [ "$(cat err)" = told ]'
run bench-run -r 2 --output inherit -p 'echo before' -- sh -c 'echo seen'
ok 'where the lines are on standard output, what is inherited is not between them' \
    '[ "$(grep -c . out)" = 3 ] && [ "$(sort -u err | tr "\n" " ")" = "before seen " ]'
run bench-run -r 1 --show-output --export-json - -- echo seen
ok 'nor in an export' 'jq -e .results out >/dev/null && [ "$(cat err)" = seen ]'
run bench-run -r 1 --show-output --format table -- echo seen
ok 'a table is for people: what is inherited stands above it' 'grep -q "^seen$" out'
mkfifo fifo
cat fifo >piped &
run timeout 60 bench-run -r 1 -o fifo true
wait
ok 'a pipe with a name is written in place' '[ "$code" = 0 ] && [ "$(grep -c . piped)" = 3 ]'
run bench-run -r 1 --output pipe -- sh -c '[ -p /dev/stdout ]'
status 0 '--output pipe is a pipe'
run bench-run -r 1 -- sh -c '[ /dev/stdout -ef /dev/null ]'
status 0 'the output is null by default'
run bench-run -r 1 --input /no/such/file cat
is "$results | .[0] | .outcome == \"error\" and (.reason | startswith(\"cannot read /no/such/file\"))" 'an input that is not there is an error'
mkdir sub
run bench-run -r 1 --env WORD=given --env HOME=/nowhere --dir sub -- sh -c '[ "$WORD$HOME" = given/nowhere ] && [ "$(basename "$(pwd)")" = sub ]'
status 0 '--env and --dir are as asked'
usage_error 'is not NAME=VALUE' --env WORD true
usage_error '--check-output reads the output itself' --check-output --output null true
usage_error '--show-output and --output' --show-output --output null true

# Outputs that differ.
run bench-run -r 3 --check-output 'echo same'
status 0
is "$results | .[0].output_sha256 == \"$(echo same | sha256sum | cut -d' ' -f1)\"" '--check-output keeps the hash'
run bench-run -r 3 --check-output "sh -c 'echo x >>count; cat count'"
status 1
is "$results | .[0] | .outcome == \"failed\" and .reason == \"its output differs between its runs\" and (.output_sha256 | length) == 2" 'an output that differs between runs is a failure'
run bench-run -r 2 -n work --variant a --variant b --check-output 'echo one' 'echo two'
status 1
is "[.[] | select(.reason != null) | .reason] == [\"its output differs from that of a\"]" 'an output that differs between variants is a failure'
run bench-run -r 2 --check-output 'echo one' 'echo two'
status 0 'different benchmarks may print different things'

# A reference.
run bench-run -r 2 --reference /bin/true -n x true
is "$results | map([.variant, .benchmark.name, .metadata.reference]) | sort_by(.[0]) == [[null, \"x\", null], [\"reference\", \"x\", true]]" 'and is a variant of its own'

# The machine.
run bench-run -r 1 --pin 0 --nice 7 --no-aslr --output got -- sh -c 'grep Cpus_allowed_list /proc/self/status; cut -d" " -f19 /proc/self/stat; cat /proc/self/personality'
is '.[0].isolation | .pin == [0] and .nice == 7 and .aslr == false and .drop_caches == false' 'what was done to keep influences out is recorded'
ok '--pin, --nice and --no-aslr are done' '[ "$(tr "\n\t" "  " <got)" = "Cpus_allowed_list: 0 7 00040000 " ]'
run bench-run -r 2 --counters -- sh -c 'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done'
is "$results | .[0].metrics | map(.name)[10:] == [\"task_clock\", \"instructions\", \"cycles\", \"branches\", \"branch_misses\", \"cache_references\", \"cache_misses\"]" '--counters adds what the processor counts'
is "$results | .[0].metrics[10:] | all(.[].samples[]; . == null or . > 0)" 'a counter that there is not is null, never zero'
run bench-run -r 1 --pin 1023 true
is "$results | .[0].reason == \"cannot run true on the processors that are asked for: none of them is there\"" 'a processor that is not there is told'
usage_error 'is not a list of processors' --pin 0-x true
usage_error 'is not a list of processors' --pin 5000 true
usage_error 'out of range' --nice 40 true
run bench-run --sysroot "$data/sysroots/busy" --require-clean -r 1 "sh -c 'touch ran'"
status 1
silent
err_has 'the machine is not fit to measure: swap-in-use: 4295 MB of swap in use'
ok '--require-clean measures nothing then' '[ ! -e ran ]'
run bench-run --sysroot "$data/sysroots/clean" --require-clean -r 1 true
status 0 '--require-clean lets a fit machine pass'
is '.[0].isolation.require_clean' 'and is recorded'

# What happens to the machine while it measures.
cp -R "$data/sysroots/clean" machine
cat >disturb <<'END'
sleep 0.7
sed -i 's/^cpu  1000 0 500/cpu  1500 0 500/; s/ 100 0 0 0$/ 100 100 0 0/' machine/proc/stat
echo 9 >machine/sys/devices/system/cpu/cpu1/thermal_throttle/core_throttle_count
for cpu in 0 1 2 3; do echo 2000000 >machine/sys/devices/system/cpu/cpufreq/policy$cpu/scaling_cur_freq; done
END
run bench-run --sysroot machine -r 1 -- sh disturb
is "$results | .[-1].health.flags | map(.flag) | sort == [\"frequency-changed\", \"load-from-others\", \"steal-time\", \"thermal-throttling\"]" 'what disturbs the machine during the run is told'

# Labels.
run bench-run -r 1 -l build=release -l host=a -l host=b true
is '.[0].labels == {"build": "release", "host": "b"}' 'labels stand in the run line'
usage_error 'is not NAME=VALUE' -l build true

finish
