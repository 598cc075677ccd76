#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What bench-run leaves when it is interrupted, and while it measures.
. "$(dirname "$0")/lib.sh"

# A shell ignores SIGINT in what it starts in the background; env takes that back.
start() {
    env --default-signal=INT,TERM,HUP bench-run "$@" >out 2>err &
    pid=$!
}
wait_for() { # wait_for COMMANDS: up to 10 s
    for _ in $(seq 200); do
        eval "$1" && return 0
        sleep 0.05
    done
    return 1
}
is() {
    jq -es "$1" out >jq.out 2>&1
    result $? "$2" || sed 's/^/# jq: /' jq.out | head -c 1000
}

for pair in INT:130 TERM:143 HUP:129; do
    rm -f began
    start -r 1000 "sh -c 'echo x >>began; [ \$(wc -l <began) -lt 4 ] || sleep 6171'"
    wait_for '[ -e began ] && [ $(wc -l <began) -ge 4 ]'
    kill -"${pair%:*}" $pid
    wait $pid
    code=$?
    status "${pair#*:}" "SIG${pair%:*} ends it with status ${pair#*:}"
    quiet "SIG${pair%:*} needs no message"
    is '.[-1] | .kind == "end" and .interrupted' "after SIG${pair%:*} the end line says interrupted"
    is '.[-1].counts.samples == 3 and ([.[] | select(.kind == "result") | .metrics[0].samples[]] | length) == 3' "after SIG${pair%:*} what was measured is written"
    ok "SIG${pair%:*} ends the command" '! pgrep -f "^sleep 6171$"'
done

rm -f began
start --format table -r 1000 "sh -c 'echo x >>began; [ \$(wc -l <began) -lt 4 ] || sleep 6171'"
wait_for '[ -e began ] && [ $(wc -l <began) -ge 4 ]'
kill -INT $pid
wait $pid
ok 'the table says that it was interrupted' 'grep -qx "Interrupted after 3 runs." out'

# Whoever ignores SIGTERM is killed.
start -r 1 "sh -c 'trap \"\" TERM; touch began2; while :; do sleep 0.05; done'"
wait_for '[ -e began2 ]'
kill -INT $pid
wait $pid
code=$?
status 130 'a command that ignores SIGTERM is killed'

# The tool killed outright: the command does not go on.
start -r 1 "sh -c 'touch began3; sleep 6172; sleep 6172'"
wait_for '[ -e began3 ]'
kill -KILL $pid
wait $pid
ok 'when the tool is killed, the command ends' 'sleep 0.3; ! pgrep -f "^sleep 6172$"'

# Parts.
start -r 30 -- sleep 0.1
wait_for '[ $(wc -l <out) -ge 2 ]'
ok 'a part is written while the run goes on' 'kill -0 $pid && tail -n 1 out | jq -e ".kind == \"result\" and .part == 0 and (.metrics[0].samples | length) < 30"'
wait $pid
is '[.[] | select(.kind == "result") | .part] as $p | ($p | length) >= 3 and $p == [range($p | length)]' 'the parts are numbered'
is '[.[] | select(.kind == "result") | .metrics[0].samples[]] | length == 30' 'the parts together hold every sample'
is '[.[] | select(.kind == "result") | .metrics[0].samples | length] | max <= 12' 'no part waits for longer than a second'

# A sample that is taken does not wait for the end of a long command.
start -o log --order given -r 1 -- true
wait $pid
start --order given -r 2 true 'sleep 2.5'
ok 'a sample is written while a long command runs' 'sleep 1.8; kill -0 $pid && jq -es "map(.benchmark.name) | index(\"true\") != null" out'
wait $pid

finish
