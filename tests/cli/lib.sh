# SPDX-License-Identifier: GPL-2.0-or-later
# What every command-line case starts with:
#
#     . "$(dirname "$0")/lib.sh"
#     ok 'a valid line passes' 'bench-validate good.jsonl | cmp - good.jsonl'
#     run bench-validate bad.jsonl
#     status 1
#     out_is good.jsonl
#     err_has 'bad.jsonl:2:14: /outcome:'
#     finish
#
# Each case works in a folder of its own, which is gone at its end. A check
# counts as one test; its name is the sentence it holds.

set -u
tests=0
failed=0
work=$(mktemp -d "${TMPDIR:-/tmp}/benchline-test.XXXXXX") || exit 1
trap 'chmod -R u+rwX "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
data=$BENCHLINE_SOURCE/tests/data
cd "$work" || exit 1

# result STATUS NAME: says whether the check held.
result() {
    tests=$((tests + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $tests - $2"
    else
        failed=$((failed + 1))
        echo "not ok $tests - $2"
        [ -f out ] && head -c 2000 out | sed -e 's/^/# out: /' -e '$a\'
        [ -f err ] && head -c 2000 err | sed -e 's/^/# err: /' -e '$a\'
    fi
    return "$1"
}

# ok NAME COMMANDS: the shell commands must succeed.
ok() {
    _sentence=$1
    shift
    (eval "$*") >"$work/ok.out" 2>&1
    result $? "$_sentence" || sed "s/^/# /" "$work/ok.out"
}

# run COMMAND…: keeps its output in out, its messages in err, its status.
run() {
    ran=$*
    "$@" >out 2>err
    code=$?
}

status() { # status N [NAME]
    [ "$code" -eq "$1" ]
    result $? "${2:-$ran: ends with status $1}" || echo "# status was $code"
}

out_is() { # out_is FILE [NAME]
    cmp -s out "$1"
    result $? "${2:-$ran: prints $1}" || diff out "$1" | head -n 20 | sed 's/^/# /'
}

out_has() { # out_has TEXT [NAME]: a fixed string
    grep -qF -e "$1" out
    result $? "${2:-$ran: prints \"$1\"}"
}

out_lacks() {
    ! grep -qF -e "$1" out
    result $? "${2:-$ran: does not print \"$1\"}"
}

err_has() {
    grep -qF -e "$1" err
    result $? "${2:-$ran: says \"$1\"}"
}

err_lacks() {
    ! grep -qF -e "$1" err
    result $? "${2:-$ran: does not say \"$1\"}"
}

quiet() { # nothing on standard error
    [ ! -s err ]
    result $? "${1:-$ran: says nothing}"
}

silent() { # nothing on standard output
    [ ! -s out ]
    result $? "${1:-$ran: prints nothing}"
}

# own_git: git as it is on no machine: no settings but a name and a branch.
own_git() {
    HOME=$work
    XDG_CONFIG_HOME=$work
    GIT_CONFIG_NOSYSTEM=1
    export HOME XDG_CONFIG_HOME GIT_CONFIG_NOSYSTEM
    git config --global init.defaultBranch main
    git config --global user.name 'A Tester'
    git config --global user.email tester@example.org
}

# skip NAME REASON: shown by prove; for what this machine cannot do at all.
skip() {
    tests=$((tests + 1))
    echo "ok $tests - $1 # SKIP $2"
}

# sanitized: whether the programs were built with a sanitizer, which needs
# address space without bounds and takes the place of the allocator.
sanitized() {
    case $BENCHLINE_BUILD in
    */san | */tsan) return 0 ;;
    esac
    return 1
}

finish() {
    echo "1..$tests"
    [ "$failed" -eq 0 ]
    exit
}
