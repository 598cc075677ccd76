# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# An output is whole or untouched whatever fails, and says so.
# In memory where that is at hand: waiting for a disk some thousand times takes a minute.
[ -w /dev/shm ] && TMPDIR=${TMPDIR:-/dev/shm} && export TMPDIR
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/faults.sh"

PATH=$BENCHLINE_BUILD/helpers:$PATH
i=0
while [ $i -lt 6000 ]; do
    i=$((i + 1))
    echo "{\"line\":$i,\"text\":\"something to fill a block with, and then another one\"}"
done >in.jsonl
gzip -c in.jsonl >in.jsonl.gz
zstd -q in.jsonl -o in.jsonl.zst
mkdir folder

before() {
    rm -rf folder
    mkdir folder
    echo old >folder/report.jsonl
}
after() {
    echo old | cmp -s - folder/report.jsonl
}

each_fault 'memory runs out' alloc ENOMEM 4 copy_output -o folder/report.jsonl in.jsonl
each_fault 'memory runs out over gzip' alloc ENOMEM 4 copy_output -o folder/report.jsonl in.jsonl.gz
each_fault 'memory runs out over zstd' alloc ENOMEM 4 copy_output -o folder/report.jsonl in.jsonl.zst
each_fault 'the disk is full' write ENOSPC 4 copy_output -o folder/report.jsonl in.jsonl
each_fault 'the disk breaks' write EIO 4 copy_output -o folder/report.jsonl in.jsonl
each_fault 'a sync fails' sync EIO 4 copy_output -o folder/report.jsonl in.jsonl
each_fault 'a rename fails' rename EIO 4 copy_output -o folder/report.jsonl in.jsonl
each_fault 'a file gets no name' link EIO 4 copy_output -o folder/report.jsonl in.jsonl
each_fault 'the mode cannot be set' mode EIO 4 copy_output -o folder/report.jsonl in.jsonl
each_fault 'a close fails' close EIO '3 4' copy_output -o folder/report.jsonl in.jsonl
each_fault 'there are no descriptors' open EMFILE '3 4' copy_output -o folder/report.jsonl in.jsonl
each_fault 'a read fails' read EIO 3 copy_output -o folder/report.jsonl in.jsonl.gz
each_fault 'a signal ends it at a write' write SIGTERM 143 copy_output -o folder/report.jsonl in.jsonl
each_fault 'a signal ends it at a sync' sync SIGTERM 143 copy_output -o folder/report.jsonl in.jsonl
each_fault 'a signal ends it before a file is open' open SIGTERM 143 copy_output -o folder/report.jsonl in.jsonl
each_fault 'a signal ends it at an allocation' alloc SIGTERM 143 copy_output -o folder/report.jsonl in.jsonl
# After the rename the new file is there, and whole; no signal comes between its two names.
after() { echo old | cmp -s - folder/report.jsonl || cmp -s in.jsonl folder/report.jsonl; }
each_fault 'a signal ends it at the rename' rename SIGINT 130 copy_output -o folder/report.jsonl in.jsonl
each_fault 'a signal ends it where it gets a name' link SIGTERM 143 copy_output -o folder/report.jsonl in.jsonl
# SIGKILL cannot be answered; but what has no name yet is gone by itself.
for call in open read write sync mode link close; do
    each_fault 'killed outright' $call SIGKILL 137 copy_output -o folder/report.jsonl in.jsonl
done
# Some file systems have no files without a name.
# shellcheck disable=SC2317 # each_fault calls it
same() { cmp -s in.jsonl folder/report.jsonl; }
each_fault 'a temporary file has a name' open ENOTSUP 3 copy_output -o folder/report.jsonl in.jsonl
same() { cmp -s out faults/expected; }
each_fault 'a signal ends it after a call' any after-SIGTERM 143 copy_output -o folder/report.jsonl in.jsonl
each_fault 'a full disk under standard output' write ENOSPC 4 copy_output in.jsonl
each_fault 'memory runs out over standard output' alloc ENOMEM 4 copy_output in.jsonl

# What interrupts a call, or does only a part of it, changes nothing.
for plan in write@1+=EINTR write@1+=short read@1+=EINTR read@1+=short open@1+=EINTR sync@1+=EINTR; do
    head -n 300 in.jsonl | gzip -c >small.jsonl.gz
    head -n 300 in.jsonl >small.jsonl
    fault_run "$plan" copy_output --sync -o folder/report.jsonl small.jsonl.gz
    [ -f faults/log ] && [ "$code" -eq 0 ] && cmp -s folder/report.jsonl small.jsonl
    result $? "$plan changes nothing"
done

# A reader that stops ends the tool quietly.
ok 'a closed pipe is quiet' '{ copy_output in.jsonl 2>pipe.err; echo $? >pipe.code; } | head -n 1 >/dev/null; [ ! -s pipe.err ] && [ "$(cat pipe.code)" -eq 141 ]'

finish
