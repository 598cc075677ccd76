# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# bench-merge when the machine fails: what was there is whole, and no file stays.
# In memory where that is at hand: waiting for a disk some thousand times takes a minute.
[ -w /dev/shm ] && TMPDIR=${TMPDIR:-/dev/shm} && export TMPDIR
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

# Many files at once: none has its name before all are on the disk.
for run in p q r; do
    printf '{"schema_version":"1.0.0","kind":"run","run_id":"%s","started_at":"2026-01-01T00:00:00Z","labels":{"l":"%s"}}\n' $run $run
done >labelled
before() {
    rm -rf folder
    mkdir folder
    for run in p q r; do echo old >folder/$run; done
}
all_old() { for run in p q r; do echo old | cmp -s - folder/$run || return 1; done; }
after() { all_old; }
split_faults() { # split_faults NAME CALL HOW STATUSES
    each_fault "$1" "$2" "$3" "$4" bench-merge --split-by labels.l -o 'folder/{}' labelled
}
split_faults 'memory runs out over many files' alloc ENOMEM 4
split_faults 'the disk is full under many files' write ENOSPC 4
split_faults 'a sync of many fails' sync EIO 4
split_faults 'a close of many fails' close EIO '3 4'
split_faults 'there are no descriptors for many files' open EMFILE '3 4'
split_faults 'a signal ends it as many are synced' sync SIGTERM 143
all_new() { for run in p q r; do grep -qx ".*\"l\":\"$run\"}}" folder/$run || return 1; done; }
after() { all_old || all_new; }
split_faults 'a signal ends many files after a call' any after-SIGTERM 143
after() { for run in p q r; do echo old | cmp -s - folder/$run || grep -q "$run" folder/$run || return 1; done; }
split_faults 'a rename of many fails' rename EIO 4

finish
