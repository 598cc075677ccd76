# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# bench-migrate: old lines in a newer version, by every path the same.
. "$(dirname "$0")/lib.sh"

reports=$data/reports
old="$reports/v0.1.0.jsonl $reports/v0.2.0.jsonl $reports/v0.2.1.jsonl $reports/v0.2.2.jsonl $reports/v0-minimal.jsonl $data/record/odd.jsonl"

# ---- every version, every path ----
same_by_every_path() { # FILE
    bench-migrate "$1" >direct || return 1
    for first in 0.1.0 0.2.0 0.2.1 0.2.2; do
        bench-migrate --to $first "$1" >one 2>/dev/null
        # What is beyond the first stop already is no path of this file.
        [ "$(wc -l <one)" -eq "$(wc -l <"$1")" ] || continue
        for second in 0.2.0 0.2.1 0.2.2 1.0.0; do
            bench-migrate --to $second one >two 2>/dev/null
            [ "$(wc -l <two)" -ge "$(wc -l <"$1")" ] || continue
            bench-migrate two | cmp - direct || return 1
            paths=$((paths + 1))
        done
    done
}
paths=0
for file in $old; do
    same_by_every_path "$file"
    result $? "every path gives the same of ${file##*/}"
done
ok 'there were paths to go' '[ $paths -ge 30 ]'

ok 'up to 0.2.2 nothing but the version changes' \
    'for f in $old; do sed "s/\"schema_version\": \"0[.][0-9.]*\"/\"schema_version\": \"0.2.2\"/" "$f" >expected && bench-migrate --to 0.2.2 "$f" | cmp - expected || exit 1; done'
ok 'the steps are the reader of all tools' \
    'for f in $old; do bench-migrate "$f" >out && "$BENCHLINE_BUILD"/helpers/print_records "$f" | cmp - out || exit 1; done'
ok 'a stream of one file gives what the file gives' \
    'bench-migrate <"$reports/v0.2.0.jsonl" >out && bench-migrate "$reports/v0.2.0.jsonl" | cmp - out'
ok 'a packed file gives what the file gives' \
    'gzip -c "$reports/v0.2.0.jsonl" >p.gz && bench-migrate p.gz >out && bench-migrate "$reports/v0.2.0.jsonl" | cmp - out'

# ---- what is there already passes byte for byte ----
run bench-migrate "$reports/v1.0.0.jsonl" "$reports/v1.0.0-metadata.jsonl"
status 0
cat "$reports/v1.0.0.jsonl" "$reports/v1.0.0-metadata.jsonl" >expected
out_is expected
quiet
run bench-migrate --to 0.2.1 "$reports/v0.2.1.jsonl"
out_is "$reports/v0.2.1.jsonl"
printf '{"kind" : "run",\t"schema_version":"1.0.0", "x":1.50}' >last
run bench-migrate last
out_is last 'a last line without newline stays one'
run bench-migrate last last
printf '%s\n%s' "$(cat last)" "$(cat last)" >expected
out_is expected 'lines of two files do not run together'
printf '\n  \n' >blank
run bench-migrate blank
status 0 'blank lines are no lines'
silent 'blank lines are left out'

printf '{"schema_version":"1.9.2","kind":"dream","novel":[1.0]}\n' >newer
run bench-migrate newer newer
status 0 'a newer 1.N is no fault'
cat newer newer >expected
out_is expected 'a newer 1.N passes byte for byte'
ok 'it is noted once' '[ "$(wc -l <err)" -eq 1 ]'
err_has 'bench-migrate: passed as they stand: 2 lines of a version newer than 1.0.0'

# ---- files and runs ----
run bench-migrate "$reports/v0.1.0.jsonl" "$reports/v0.2.0.jsonl"
ok 'each file is a run' '[ "$(grep -c "\"kind\":\"run\"" out)" -eq 2 ]'
cat "$reports/v0.1.0.jsonl" "$reports/v0.2.0.jsonl" >both
run bench-migrate both
ok 'a file is one run whatever tools wrote it' '[ "$(grep -c "\"kind\":\"run\"" out)" -eq 1 ]'
run sh -c 'bench-migrate <both'
ok 'on standard input a new tool begins a run' '[ "$(grep -c "\"kind\":\"run\"" out)" -eq 2 ]'
run sh -c 'bench-migrate --new-run-at "test ~ '"'*test_run_command*'"' or mlx_knife_version = '"'none'"'" <"$1"' sh "$reports/v0.1.0.jsonl"
status 0
ok 'a new run begins where the expression holds' '[ "$(grep -c "\"kind\":\"run\"" out)" -eq 4 ]'
run bench-migrate --new-run-at 'test =' both
status 2
err_has '--new-run-at:1:7: the expression ends; expected a string'
cat "$reports/v0.1.0.jsonl" "$reports/v1.0.0.jsonl" "$reports/v0.1.0.jsonl" >mixed
run bench-migrate mixed
status 0
ok 'versions may be mixed in a file' '[ "$(grep -c "\"kind\":\"run\"" out)" -eq 1 ] && [ "$(grep -c "\"repetition\":1," out)" -eq 11 ]'

# ---- bad lines ----
{
    sed -n 1p "$reports/v0.2.0.jsonl"
    echo '{"schema_version":"0.2.0","test":"x"}'
    echo 'no json'
    echo '{"schema_version":"7.0.0"}'
    sed -n 2p "$reports/v0.2.0.jsonl"
} >bad
run bench-migrate --invalid aside bad
status 1
ok 'good lines are migrated beside bad ones' '[ "$(wc -l <out)" -eq 3 ]'
err_has 'bad:2:1: /timestamp: a member is missing'
err_has 'bad:3:1: "no" is no JSON value'
err_has 'bad:4:19: /schema_version: report version "7.0.0" is unknown; expected 0.1.0'
sed -n 2,4p bad >expected
ok 'the bad ones are set aside byte for byte' 'cmp aside expected'
run bench-migrate --to 0.2.2 "$reports/v1.0.0-minimal.jsonl"
status 1 'downwards is refused'
silent
err_has '/schema_version: the line is of version 1.0.0; expected 0.2.2 or older, since nothing is migrated downwards'
run bench-migrate --to 0.2.2 newer
status 1 'downwards is refused for a newer 1.N too'
{ printf '{"schema_version":"0.1.0",'; head -c 3000 /dev/zero | tr '\0' x; printf '"}\n'; cat newer; } >long
run bench-migrate --max-line 1K --invalid aside long
status 1
err_has 'long:1:1: the line is longer than is read; expected at most what --max-line says'
head -n 1 long >expected
ok 'a line that is too long is set aside whole' 'cmp aside expected'
out_is newer

# ---- the command line, inputs and outputs ----
run bench-migrate --to 2.0.0
status 2
err_has 'version "2.0.0" is unknown; expected 0.1.0, 0.2.0, 0.2.1, 0.2.2 or 1.0.0'
run bench-migrate --too 1.0.0
status 2
run bench-migrate --to current newer
status 0
run bench-migrate missing newer
status 3
err_has 'missing: cannot open: No such file'
out_is newer 'an input that is missing does not stop the others'
run bench-migrate -o made "$reports/v0.1.0.jsonl"
status 0
silent
ok '-o has what standard output has' 'bench-migrate "$reports/v0.1.0.jsonl" | cmp - made'
ok 'a file may be replaced by what is made of it' \
    'cp "$reports/v0.1.0.jsonl" here && bench-migrate -o here here && cmp here made'
{ cat "$reports/v0.1.0.jsonl"; echo bad; } >both.jsonl
cp both.jsonl whole.jsonl
run bench-migrate -o both.jsonl --invalid /dev/full both.jsonl
status 4 'lines that can be kept nowhere are status 4'
ok 'and stay where they are' 'cmp both.jsonl whole.jsonl'
run sh -c 'bench-migrate "$1" >/dev/full' sh "$reports/v0.1.0.jsonl"
status 4 'a full disk is status 4'
err_has 'No space left'
i=0
while [ $i -lt 300 ]; do
    cat "$reports/v0.2.0.jsonl"
    i=$((i + 1))
done >large
ok 'a closed pipe is quiet' '{ bench-migrate large 2>pipe.err; echo $? >pipe.code; } | head -n 1 >/dev/null; [ ! -s pipe.err ] && [ "$(cat pipe.code)" -eq 141 ]'
mkfifo fifo
bench-migrate fifo >piped &
exec 9>fifo
sed -n 1p "$reports/v0.2.0.jsonl" >&9
i=0
while [ ! -s piped ] && [ $i -lt 100 ]; do
    i=$((i + 1))
    sleep 0.05
done
ok 'a line comes out while the pipe is open' '[ "$(wc -l <piped)" -eq 2 ]'
exec 9>&-
wait

finish
