# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# bench-merge when the machine fails: what was there is whole, and no file stays.
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/faults.sh"

# A file that is read twice, lines in no order, and a run that stands in both.
run_lines() { # run_lines RUN MINUTE
    printf '{"schema_version":"1.0.0","kind":"run","run_id":"%s","started_at":"2026-01-01T00:%s:00Z"}\n' "$1" "$2"
    for n in 1 2 3 4 5 6 7 8 9; do
        printf '{"schema_version":"1.0.0","kind":"result","run_id":"%s","benchmark":{"name":"n%s"},"outcome":"passed","reason":"%0600d"}\n' \
            "$1" $n $n
    done
}
i=10
while [ $i -lt 60 ]; do
    run_lines "r$i" $i
    i=$((i + 1))
done >minutes
for hour in 1 2 3 4; do
    sed "s/T00:/T0$hour:/; s/\"run_id\":\"r/&$hour/" minutes
done >large
shuf --random-source="$data/reports/v0.2.0.jsonl" minutes >shuffled
head -n 30 large >some

before() {
    rm -rf folder
    mkdir folder
    echo old >folder/r
}
after() { echo old | cmp -s - folder/r; }
each_fault 'memory runs out' alloc ENOMEM 4 bench-merge -o folder/r -m 64K -T folder large some shuffled
each_fault 'the disk is full' write ENOSPC 4 bench-merge -o folder/r -m 64K -T folder shuffled some
each_fault 'a signal ends it at a write' write SIGTERM 143 bench-merge -o folder/r -m 64K -T folder shuffled
each_fault 'a read fails' read EIO '3 4' bench-merge -o folder/r -m 64K -T folder large some shuffled
each_fault 'there are no descriptors' open EMFILE '3 4' bench-merge -o folder/r -m 64K -T folder large some shuffled
each_fault 'a signal ends it as a file is opened' open SIGTERM 143 bench-merge -o folder/r -m 64K -T folder large shuffled

finish
