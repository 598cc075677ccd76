# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Reports out of a repository, and commits into one, when the machine fails.
# In memory where that is at hand: waiting for a disk some thousand times takes a minute.
[ -w /dev/shm ] && TMPDIR=${TMPDIR:-/dev/shm} && export TMPDIR
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/faults.sh"

PATH=$BENCHLINE_BUILD/helpers:$PATH
own_git
git init -q --template= -b main repository
mkdir repository/reports
echo '{}' >repository/reports/a.jsonl
echo '{}' | gzip >repository/reports/b.jsonl.gz
git -C repository add -A
git -C repository commit -qm first
fault_all=50

run copy_output -C repository git:main:reports/
status 0
ok 'a folder of a revision is read' 'printf "{}\n{}\n" | cmp -s - out'
each_fault 'a revision, when memory runs out' alloc ENOMEM 4 copy_output -C repository git:main:reports/
each_fault 'a revision, without a descriptor left' open EMFILE '3 4' copy_output -C repository git:main:reports/
each_fault 'a revision, when the disk cannot be read' read EIO '3 4' copy_output -C repository git:main:reports/

# Every instant at which a program can be killed, and every call that can fail.
git_commit -C repository -f x=old >/dev/null
cp -R repository start
old=$(git -C repository rev-parse bench-data)
before() {
    rm -rf repository
    cp -R start repository
}
sound() {
    git -C repository fsck --strict --no-dangling >fsck.out 2>&1
}
new=$(printf new | git hash-object --stdin)
whole() { # either all of the new commit or none of it
    sound && tip=$(git -C repository rev-parse bench-data) || return 1
    [ "$tip" = "$old" ] && return
    [ "$(git -C repository rev-parse bench-data~1 bench-data:reports/a.md bench-data:x | tr '\n' ' ')" = "$old $new $new " ]
}
goes_on() { # the next commit works, or says which lock is in its way
    git_commit -C repository --tries 2 -f x=next >next.out 2>&1 && return
    grep -q 'is locked since .*bench-data.lock' next.out || return 1
    rm repository/.git/refs/heads/bench-data.lock && git_commit -C repository -f x=next >/dev/null
}
lock=repository/.git/refs/heads/bench-data.lock
killed_well() {
    [ "$code" -eq 137 ] && whole || return 1
    # Whether the next one works is asked now and then, and always where a lock is left.
    if [ $((at % 9)) -eq 0 ] || [ -f "$lock" ]; then goes_on; fi
}
at=1
bad=''
while :; do
    fault_run "any@$at=SIGKILL" git_commit -C repository -f reports/a.md=new -f x=new
    [ -f faults/log ] || break
    killed_well || {
        bad=$at
        break
    }
    at=$((at + 1))
done
[ -z "$bad" ] && [ "$at" -gt 20 ] && [ "$code" -eq 0 ]
result $? 'killed at any instant it leaves the whole commit or none' || echo "# any@$bad=SIGKILL of $at, status $code"

# Garbage of objects may stay, which git gc removes; the branch does not move.
fault_files() { :; }
after() { [ "$(git -C repository rev-parse bench-data)" = "$old" ] && sound; }
for fault in write=ENOSPC rename=EIO link=EIO mkdir=ENOSPC; do
    each_fault "a commit when the machine fails" "${fault%=*}" "${fault#*=}" '3 4' git_commit -C repository -f reports/a.md=new -f x=new
done
fault_run write@1=ENOSPC git_commit -C repository -f reports/a.md=new
ok 'a full disk is status 4 and says so' '[ "$code" -eq 4 ] && grep -q "No space left on device" err'
fault_run sync@1=EIO git_commit -C repository -f reports/a.md=new
ok 'objects that do not reach the disk are not committed' '[ "$code" -eq 4 ] && grep -q "its objects do not reach the disk: Input/output error" err && after'
# After the branch has moved, its folder is synced: then the commit is there, but perhaps not for long.
after() { whole && { [ "$tip" = "$old" ] || grep -q 'has moved, but the disk does not' err; }; }
each_fault 'a commit without a descriptor left' open EMFILE '3 4' git_commit -C repository -f reports/a.md=new -f x=new
each_fault 'a commit that is not synced' sync EIO 4 git_commit -C repository -f reports/a.md=new -f x=new
after() { whole && [ ! -f "$lock" ]; }
each_fault 'a commit, when memory runs out' alloc ENOMEM 4 git_commit -C repository -f reports/a.md=new -f x=new
# Near the end, where libgit2 holds the lock, one by one.
fault_count alloc git_commit -C repository -f reports/a.md=new -f x=new
fault_first=$((fault_calls - 100)) fault_all=$fault_calls
each_fault 'the branch moves, when memory runs out' alloc ENOMEM 4 git_commit -C repository -f reports/a.md=new -f x=new
fault_later=+
each_fault 'the branch moves, when no memory is left' alloc ENOMEM 4 git_commit -C repository -f reports/a.md=new -f x=new
fault_later='' fault_first=1 fault_all=50
each_fault 'a commit ended by a signal after a call' any after-SIGTERM 143 git_commit -C repository -f reports/a.md=new -f x=new

finish
