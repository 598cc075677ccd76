# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# bench-trend over a repository when the machine fails: no point is missing without a
# word, and what is kept between calls is whole.
[ -w /dev/shm ] && TMPDIR=${TMPDIR:-/dev/shm} && export TMPDIR
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/faults.sh"
. "$BENCHLINE_SOURCE/tests/cli/trend.sh"

own_git
git init -q --template= repository
repository 6 | git -C repository fast-import --quiet
for points in '--tags v*' '--commits main'; do
    # shellcheck disable=SC2086
    set -- bench-trend -C repository $points -o trend reports/
    rm -rf repository/.git/benchline
    "$@"
    mv trend expected
    "$@"
    ok "$points: what was kept gives the same" 'cmp trend expected'

    before() {
        echo old >trend
        rm -rf repository/.git/benchline
    }
    same() { cmp -s trend expected; }
    # What is kept, be it less than all, is whole: the next call makes the same of it.
    # shellcheck disable=SC2086
    whole() { bench-trend -C repository $points -o trend reports/ && same; }
    after() { echo old | cmp -s - trend && whole; }
    fault_files() {
        find . -path ./faults -prune -o -path './repository/.git/benchline/trend-[ch]*s' -o \
            -path ./repository/.git/benchline -o ! -name out ! -name err -print | LC_ALL=C sort
    }
    fault_all=50
    each_fault "$points: memory runs out" alloc ENOMEM '3 4' "$@"
    fault_all=300
    # What cannot be read is not kept, either.
    after() { echo old | cmp -s - trend; }
    each_fault "$points: a read fails" read EIO '3 4' "$@"
    each_fault "$points: a file cannot be opened" open EACCES '3 4' "$@"
    each_fault "$points: there are no descriptors" open EMFILE '3 4' "$@"
    each_fault "$points: the disk is full" write ENOSPC 4 "$@"
    after() { { echo old | cmp -s - trend || same; } && whole; }
    each_fault "$points: it is ended by a signal" any after-SIGTERM 143 "$@"
done

# From too little memory for the program to enough.
before
told=0 bad=''
size=4000
while [ "$size" -lt 60000 ] && [ -z "$bad" ]; do
    # shellcheck disable=SC3045
    (ulimit -v "$size" && exec "$@") >out 2>err
    code=$?
    case $code in
    0) same && break ;;
    4) grep -q memory err && echo old | cmp -s - trend || bad=$size ;;
    127) ;; # not even the program can be loaded
    *) bad=$size ;;
    esac
    if grep -q 'there is no memory to load the git module' err; then told=$((told + 1)); fi
    size=$((size + 400))
done
[ -z "$bad" ] && [ "$code" -eq 0 ] && [ "$told" -gt 0 ]
result $? 'with too little memory it says so, and leaves the output as it was' || echo "# $bad KiB, status $code, told $told"
finish
