# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Documents into git at length: many writers, and a kill at every instant.
. "$BENCHLINE_SOURCE/tests/cli/lib.sh"

own_git
git init -q -b main repository
cp "$data/reports/v1.0.0.jsonl" run.jsonl
writers=4 commits=100
for writer in $(seq $writers); do
    for i in $(seq $commits); do
        bench-render -C repository --commit --with-data -o "reports/$writer-$i.md" run.jsonl >writer.out 2>&1 || echo "$writer-$i" >>lost
    done &
done
wait
ok "$writers writers with $commits commits each lose none" '[ ! -f lost ] && [ "$(git -C repository rev-list --count bench-data)" -eq $((writers * commits)) ] &&
    [ "$(git -C repository ls-tree -r --name-only bench-data reports | wc -l)" -eq $((2 * writers * commits)) ]'
ok 'and leave the repository sound' '[ -z "$(git -C repository fsck --strict --no-dangling 2>/dev/null)" ]'

kill_step=1 fault_all_of_commit=50 sh "$BENCHLINE_SOURCE/tests/cli/bench-render-commit-faults.t" >faults.tap 2>&1
ok 'every call that can fail, and a kill at every instant, leave all of a commit or none' '! grep "^not ok" -A 20 faults.tap && grep -q "^1\.\." faults.tap'
finish
