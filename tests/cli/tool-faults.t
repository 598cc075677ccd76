# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Every tool, when memory, the disk or a descriptor is missing in its turn: it says
# so, and the file it was to replace is as it was.
[ -w /dev/shm ] && TMPDIR=${TMPDIR:-/dev/shm} && export TMPDIR
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/faults.sh"

cat "$data"/reports/v0.2.2.jsonl "$data"/reports/v1.0.0.jsonl | head -n 20 >in.jsonl
fault_all=40
before() {
    rm -rf folder
    mkdir folder
    echo old >folder/file
}
old_or_new() { echo old | cmp -s - folder/file || cmp -s folder/file expected; }
after() { if [ "$code" -ge 128 ]; then old_or_new; else echo old | cmp -s - folder/file; fi; }
same() { cmp -s folder/file expected; }

faults_of() { # faults_of NAME COMMAND…: a command that writes folder/file
    tool=$1
    shift
    before
    "$@" >out 2>err
    result $? "$tool: without a fault it works" || return
    cp folder/file expected
    each_fault "$tool" alloc ENOMEM 4 "$@"
    each_fault "$tool" write ENOSPC 4 "$@"
    each_fault "$tool" sync EIO 4 "$@"
    each_fault "$tool" rename EIO 4 "$@"
    each_fault "$tool" read EIO '3 4' "$@"
    each_fault "$tool" open EMFILE '3 4' "$@"
    each_fault "$tool" any after-SIGTERM 143 "$@"
    for plan in read@1+=short read@1+=EINTR write@1+=short write@1+=EINTR; do
        fault_run "$plan" "$@"
        [ "$code" -eq 0 ] && same
        result $? "$tool: $plan changes nothing"
    done
}

faults_of bench-validate bench-validate -o folder/file in.jsonl
faults_of bench-migrate bench-migrate -o folder/file in.jsonl
faults_of bench-trend bench-trend -o folder/file in.jsonl
faults_of bench-render bench-render -t report -o folder/file in.jsonl
printf 'targets: [success rate > 1 %%, tokens_per_second > 0.1 tok/s where outcome = passed and has(model)]\n' >targets.yaml
faults_of bench-check bench-check -o folder/file targets.yaml in.jsonl

# A folder that cannot be read to its end.
each_list() { # each_list COMMAND…
    before
    "$@"
    cp folder/file expected
    each_fault "$1, a folder" list EIO 3 "$@"
}
each_list bench-render -t report -o folder/file in.jsonl
each_list bench-validate --schema-dir "$BENCHLINE_SOURCE/schemas" -o folder/file in.jsonl
mkdir reports
cp in.jsonl reports/a.jsonl
each_list bench-migrate -o folder/file reports

finish
