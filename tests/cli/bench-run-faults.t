# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# bench-run, which appends as it measures, when the machine fails: what is in the
# file are whole lines, and they are valid.
[ -w /dev/shm ] && TMPDIR=${TMPDIR:-/dev/shm} && export TMPDIR
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/faults.sh"

fault_all=40
cp "$data/reports/v1.0.0.jsonl" earlier
before() {
    rm -rf folder
    mkdir folder
    cp earlier folder/file
}
after() {
    head -c "$(wc -c <earlier)" folder/file | cmp -s - earlier && bench-validate --check folder/file
}
same() { after; }
measure() {
    each_fault "bench-run" "$1" "$2" "$3" bench-run -r 2 -o folder/file true
}
measure alloc ENOMEM 4
measure write ENOSPC 4
measure sync EIO 4
measure read EIO '3 4'
# A command that cannot be started is a failed benchmark, in the report.
measure open EMFILE '1 3 4'
measure any after-SIGTERM 143

finish
