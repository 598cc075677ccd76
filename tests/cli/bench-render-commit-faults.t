# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# A document, its charts, its lines and its note on their way into a repository
# when the machine fails: all of the commit or none, and a sound repository.
[ -w /dev/shm ] && TMPDIR=${TMPDIR:-/dev/shm} && export TMPDIR
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/faults.sh"

own_git
SOURCE_DATE_EPOCH=1770800000
export SOURCE_DATE_EPOCH
git init -q --template= -b main repository
git -C repository commit -q --allow-empty -m first
sed "s/\"commit\": \"[0-9a-f]*\"/\"commit\": \"$(git -C repository rev-parse HEAD)\"/" "$data/reports/v1.0.0.jsonl" >run.jsonl
bench-render -C repository --commit --note=main -o old.md run.jsonl >ok.out
cp -R repository start
old=$(git -C repository rev-parse bench-data)
old_note=$(git -C repository rev-parse refs/notes/benchline)
set -- bench-render -C repository --commit --with-data --note --charts charts -o reports/new.md run.jsonl
"$@" >ok.out
new_tree=$(git -C repository rev-parse 'bench-data^{tree}')

before() {
    rm -rf repository
    cp -R start repository
}
sound() { git -C repository fsck --strict --no-dangling >fsck.out 2>&1; }
whole() { # all of the new commit or none of it, and no note without it
    sound && tip=$(git -C repository rev-parse bench-data) && note=$(git -C repository rev-parse refs/notes/benchline) || return 1
    [ "$tip" = "$old" ] && [ "$note" = "$old_note" ] && return
    [ "$(git -C repository rev-parse bench-data~1)" = "$old" ] && [ "$(git -C repository rev-parse 'bench-data^{tree}')" = "$new_tree" ] || return 1
    [ "$note" = "$old_note" ] || [ "$(git -C repository rev-parse refs/notes/benchline~1)" = "$old_note" ]
}

# Killed at every instant; here at some of them, and at all in tests/all.
at=1
bad=''
while :; do
    fault_run "any@$at=SIGKILL" "$@"
    [ -f faults/log ] || break
    if [ "$code" -ne 137 ] || ! whole; then
        bad=$at
        break
    fi
    at=$((at + ${kill_step:-7}))
done
[ -z "$bad" ] && [ "$at" -gt 100 ] && [ "$code" -eq 0 ]
result $? 'killed at any instant it leaves the whole commit or none' || echo "# any@$bad=SIGKILL of $at, status $code"

# Garbage of objects may stay, which git gc removes.
fault_files() { :; }
same() { whole; }
fault_all=${fault_all_of_commit:-8}
unlocked() { whole && [ ! -f repository/.git/refs/heads/bench-data.lock ]; }
after() { unlocked && grep -q 'No space left on device' err; }
each_fault 'a document into git says that the disk is full' write ENOSPC 4 "$@"
after() { unlocked; }
for fault in rename=EIO mkdir=ENOSPC; do
    each_fault 'a document into git' "${fault%=*}" "${fault#*=}" '3 4' "$@"
done
each_fault 'a document that is not synced' sync EIO 4 "$@"
each_fault 'a document without a descriptor left' open EMFILE '3 4' "$@"
each_fault 'a document, when memory runs out' alloc ENOMEM 4 "$@"
fault_run write@1=ENOSPC "$@"
ok 'a full disk is status 4 and says so' '[ "$code" -eq 4 ] && grep -q "No space left on device" err && [ ! -s out ]'
run bench-render -C repository --commit -o more.md run.jsonl
ok 'and the next commit works' '[ "$code" -eq 0 ] && sound'
run sh -c 'bench-render -C repository --commit -o full.md run.jsonl >/dev/full'
status 4 'an answer that cannot be printed is told, though the commit is made'
finish
