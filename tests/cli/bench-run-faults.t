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

# The clock set back while it measures: no end lies before its start.
run env LD_PRELOAD="$BENCHLINE_BUILD/helpers/clock_preload.so" bench-run -r 3 true
status 0
ok 'a clock that is set back takes no end before its start' 'jq -es ".[1].started_ts < .[1].ended_ts and (.[0].started_at | rtrimstr(\"Z\")) <= (.[2].ended_at | rtrimstr(\"Z\")) and (.[1].metrics[0].samples | all(. > 0))" out'

finish
