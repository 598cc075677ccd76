# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What every tool does first and last, met through the smallest one.
. "$(dirname "$0")/lib.sh"

PATH=$BENCHLINE_BUILD/helpers:$PATH
printf '1\n2\n' >in
printf 'old\n' >old

run copy_output in
status 0
out_is in
quiet

run copy_output --version
status 0
out_has 'copy_output (benchline) '
out_has 'report versions: 0.1.0 '
run copy_output in --wrong --help
status 0 '--help is answered beside a mistake'
out_has 'usage: copy_output [-o FILE] [FILE...]'
run copy_output --outptu x
status 2
err_has 'copy_output: unknown option --outptu; did you mean --output?'
silent

# Streams that the caller closed are errors, and no file is taken for them.
run sh -c 'copy_output in >&-'
status 4 'a closed standard output is an error'
err_has 'cannot write standard output: Bad file descriptor'
run sh -c 'copy_output <&-'
status 3 'a closed standard input is an error'
err_has '<stdin>: cannot read: Bad file descriptor'
run sh -c 'copy_output -o new in 2>&-'
status 0 'a closed standard error is none'
ok 'and the file is whole' 'cmp -s in new'
run sh -c 'copy_output nowhere 2>&- >&- <&-'
status 3 'with no stream at all it still says how it ended'

run sh -c 'copy_output in >/dev/full'
status 4 'a full disk is an error'
err_has 'cannot write standard output: No space left on device'
run sh -c 'copy_output --version >/dev/full'
status 4 'a full disk under --version, too'
run copy_output -o /dev/full in
status 4
err_has 'cannot write /dev/full: No space left on device'
run copy_output -o /dev/null in
status 0
ok '/dev/null is still a device' '[ -c /dev/null ]'
run sh -c 'copy_output -o /dev/stdout in >>old; tail -n 2 old'
out_is in '/dev/stdout is standard output, where it stands'

# A reader that went away: quiet, however the signal is set.
ok 'a closed pipe ends it quietly' '{ yes | copy_output 2>pipe.err; echo $? >pipe.code; } | head -n 1 >/dev/null
    [ ! -s pipe.err ] && [ "$(cat pipe.code)" -eq 141 ]'
ok 'so it does where the signal is ignored' '{ (trap "" PIPE; yes | copy_output 2>pipe.err; echo $? >pipe.code) } | head -n 1 >/dev/null
    sed "/yes: /d" pipe.err | cmp -s - /dev/null && [ "$(cat pipe.code)" -eq 141 ]'

# A signal that the caller ignores stays ignored.
ok 'nohup holds' '(trap "" HUP; exec sh -c '\''(echo 1; kill -HUP $$; echo 2) | "$0"'\'' copy_output) | tail -n 1 | grep -q 2'

mkdir folder
for signal in HUP:1 INT:2 QUIT:3 ABRT:6 ALRM:14 TERM:15 XCPU:24; do
    number=${signal#*:}
    signal=${signal%:*}
    echo old >folder/report
    mkfifo pipe
    # It waits for the pipe, its temporary file beside the old one;
    # whatever nohup, or the shell, has said of signals, they mean what they do.
    env --default-signal copy_output -o folder/report pipe 2>signal.err &
    reader=$!
    exec 9>pipe
    echo line >&9
    tries=0
    while [ "$(find folder -type f | wc -l)" -lt 2 ] && [ $tries -lt 250 ]; do
        tries=$((tries + 1))
        sleep 0.02
    done
    kill -s "$signal" "$reader"
    exec 9>&-
    wait "$reader"
    ended=$?
    rm -f pipe
    [ "$ended" -eq $((128 + number)) ] && [ "$(cat folder/report)" = old ] && [ "$(ls -A folder)" = report ]
    result $? "SIG$signal leaves no temporary file" || echo "# ended with $ended"
done

finish
