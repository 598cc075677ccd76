# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# For cases that make every allocation, write, … of a command fail in its turn,
# after lib.sh:
#
#     before() { cp old.jsonl out/report.jsonl; }    # makes the ground anew
#     after() { cmp -s out/report.jsonl old.jsonl; } # holds after a failure
#     each_fault 'bench-x: memory runs out' alloc ENOMEM 4 bench-x -o out/report.jsonl in.jsonl
#
# each_fault NAME CALL HOW STATUSES COMMAND…: runs COMMAND in which the first, the
# second, … call fails (tests/helpers/faults_preload.c says which calls and how)
# until none is left to fail. It holds when each run
#   - ends with one of STATUSES, or with 0 and what `same` holds for (by default: the
#     output is as without a fault),
#   - says something on standard error where it ends with 2 or more,
#   - satisfies `after`, where it does not end with 0,
#   - leaves no file in the folder that `before` did not make, but where it ends with 0,
# and when at least one fault came. `before` is called before each run; standard
# output is kept in out, messages in err. Faults come in all of the first
# $fault_all (300) calls, then in ever fewer. With fault_later=+ all calls after the one
# that fails fail, too. fault_first=N begins with the Nth call; fault_count CALL COMMAND…
# sets fault_calls to how many there are.

faults_so=$BENCHLINE_BUILD/helpers/faults_preload.so
fault_all=300

# The sanitizers' allocators stand where these calls would.
if ! LD_PRELOAD=$faults_so "$BENCHLINE_BUILD/helpers/copy_output" --version >/dev/null 2>&1; then
    skip "$(basename "$0")" 'this build cannot make its calls fail; the plain one does'
    finish
fi

before() { :; }
after() { :; }
same() { cmp -s out faults/expected; }

# The files that are there, without those that the loop itself keeps.
fault_files() {
    find . -path ./faults -prune -o ! -name out ! -name err ! -name ok.out -print | LC_ALL=C sort
}

# fault_run PLAN COMMAND…: its status is in code.
fault_run() {
    plan=$1
    shift
    mkdir -p faults
    rm -f faults/log
    before
    fault_files >faults/before
    env FAULTS="$plan" FAULTS_LOG="$work/faults/log" LD_PRELOAD="$faults_so" "$@" >out 2>err
    code=$?
    fault_files >faults/after
}

# fault_holds STATUSES: what is wrong with the last run, in words; nothing where all is well.
fault_wrong() {
    if [ "$code" -eq 0 ]; then
        same || echo "ended with 0, but printed something else"
        return
    fi
    case " $1 " in *" $code "*) ;; *) echo "ended with $code" ;; esac
    [ "$code" -eq 1 ] || [ "$code" -ge 128 ] || [ -s err ] || echo "ended with $code without a message"
    after || echo "spoilt what was there"
    cmp -s faults/before faults/after || echo "left $(comm -13 faults/before faults/after | tr '\n' ' ')"
}

each_fault() {
    fault_name=$1 fault_call=$2 fault_how=$3 fault_statuses=$4
    shift 4
    mkdir -p faults
    before
    "$@" >faults/expected 2>faults/err
    fault_at=${fault_first:-1}
    fault_bad=
    while :; do
        fault_run "$fault_call@$fault_at${fault_later:-}=$fault_how" "$@"
        [ -f faults/log ] || break
        fault_bad=$(fault_wrong "$fault_statuses")
        [ -z "$fault_bad" ] || break
        fault_at=$((fault_at + (fault_at < fault_all ? 1 : fault_at / 8)))
    done
    [ -z "$fault_bad" ] && [ "$fault_at" -gt "${fault_first:-1}" ] && [ "$code" -eq 0 ]
    result $? "$fault_name (every $fault_call${fault_later:+ and all later}, $fault_how)" ||
        echo "# $fault_call@$fault_at${fault_later:-}=$fault_how: ${fault_bad:-status $code without a fault}"
}

fault_count() {
    fault_call=$1
    shift
    fault_calls=0
    fault_step=65536
    while [ "$fault_step" -ge 1 ]; do
        fault_run "$fault_call@$((fault_calls + fault_step))=ENOMEM" "$@"
        [ ! -f faults/log ] || fault_calls=$((fault_calls + fault_step))
        fault_step=$((fault_step / 2))
    done
}
