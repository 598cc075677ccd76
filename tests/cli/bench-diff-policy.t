# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2238 # head is a file here
# bench-diff: what a policy file says of benchmarks and metrics.
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/diff.sh"

own_git

{ run_line a; results a 11 20 .005 same=1 slower=1; } >base
{ run_line b; results b 23 20 .005 same=1 slower=1.1; } >head
# with POLICY [ARGUMENT…]: compares base and head.
with() {
    printf '%s\n' "$1" >policy.yaml
    shift
    run bench-diff --policy policy.yaml "$@" base head
}
verdict_of() { verdicts out | sed -n "s/^$1 wall_time //p"; }

# ---- bands, alpha, direction ----
with 'rules: []'
status 1 'a policy that says nothing changes nothing'
quiet
with 'rules: [{benchmark: slower, band: 20%}]'
status 0 'a band of its own'
ok 'is that of the benchmark' \
    'jq -se "map(select(.kind == \"comparison\") | {(.benchmark.name): .band[1]}) | add | (.slower - 1.2 | fabs) < 1e-9 and (.same - 1.01 | fabs) < 1e-9" out'
ok 'the lines are valid' 'bench-validate --check out'
with 'rules: [{benchmark: slower, band: 200 ms}]'
status 0 'a band in the unit of the metric, converted'
with 'rules: [{benchmark: slower, band: [1%, 200 ms]}]'
status 0 'of a share and a value the larger counts'
with 'rules: [{band: 200 MBy}]'
status 1 'a band in the unit of something else is not about it'
with 'rules: [{band: 20%}]' --band 1%
status 1 'the command line goes over the policy'
{ run_line a; results a 11 6 .005 same=1 slower=1; } >few
printf 'rules: [{benchmark: slower, alpha: 0.001}]\n' >policy.yaml
run bench-diff few head
status 1
cp out usual
run bench-diff --policy policy.yaml few head
status 1 'alpha of one benchmark'
ok 'which its line says, and no other' \
    'jq -se "map(select(.kind == \"comparison\") | .metadata.alpha) == [0.001, null]" out'
ok 'is the level of its interval, too' \
    'sed -n 1p out >first; sed -n 1p usual | cat first - | jq -se "map(.change.ratio_ci | .[1] - .[0]) | .[0] > .[1] * 1.3"'
printf 'rules: [{benchmark: slower, alpha: 0.000001}]\n' >policy.yaml
run bench-diff --policy policy.yaml few head
status 0 'and what p has to be below'
run bench-diff --policy policy.yaml --alpha .05 few head
status 1 '--alpha goes over it'
with 'rules: [{metric: wall_*, better: higher}]'
ok 'the direction may be turned round' '[ "$(verdict_of slower)" = improvement ]'
with 'rules: [{better: none}]'
ok 'or there may be none' '[ "$(verdict_of slower)" = changed ]'

# ---- importance ----
with 'rules: [{benchmark: s/slow*, importance: ignore}]'
status 0 'what is ignored is not judged'
ok 'it is left out, and counted' \
    '! grep -q slower out && tail -n 1 out | jq -e ".counts.ignored == 1 and .counts.tests == 1 and .metadata.policy == \"policy.yaml\""'
with 'rules: [{importance: ignore}]'
status 3 'where everything is ignored there is nothing to compare'
err_has 'the policy ignores'
with 'rules: [{benchmark: slower, importance: informational}]'
status 0 'what is informational decides nothing'
ok 'it is judged and shown, behind the others' \
    '[ "$(verdicts out | tail -n 1)" = "slower wall_time changed" ] && jq -se ".[1].reasons | index(\"ignored\") != null" out'
ok 'and takes nothing from the others in the correction' \
    'tail -n 1 out | jq -e ".counts.tests == 1 and .counts.informational == 1 and .verdict == \"pass\""'
ok 'the lines are valid' 'bench-validate --check out'
with 'rules: [{benchmark: slower, importance: informational}]' --fail-on change
status 0 'not even with --fail-on change'
with 'rules: [{benchmark: slower, importance: informational}]' --format table
out_has 'informational'
out_has 'Policy policy.yaml: 0 accepted, 1 informational (corrected by themselves), 0 left out.'
out_has 'noise band ±1% where the policy has none.'
with 'rules: [{benchmark: slower, importance: informational}]' --format github
ok 'nor does it make an annotation' '! grep -q "slower" out'

sed '/"slower"/d' head >fewer
run bench-diff base fewer
status 0 'a benchmark that is gone is told'
printf 'rules: [{benchmark: slower, importance: critical}]\n' >policy.yaml
run bench-diff --policy policy.yaml base fewer
status 1 'a critical one that is gone is a failure'
ok 'which the line says' 'jq -se "map(select(.verdict == \"removed\"))[0].metadata.importance == \"critical\"" out'
run bench-diff --policy policy.yaml --format table base fewer
out_has '1 critical comparison is gone or could not be judged'
{ run_line a; results a 3 2 .01 slower=1; } >base2
{ run_line b; results b 4 2 .01 slower=1; } >head2
run bench-diff --policy policy.yaml base2 head2
status 1 'so is one with too few samples'

# ---- renames ----
sed 's/"slower"/"slow"/' base >older
with 'renames: [{from: slow, to: slower}]'
run bench-diff --policy policy.yaml older head
ok 'a renamed benchmark keeps its history' '[ "$(verdict_of slower)" = regression ]'
run bench-diff --policy policy.yaml older base
status 0 'and is the same on either side'
ok 'nothing is added or removed by it' '[ "$(verdicts out)" = "slower wall_time unchanged" ]'
printf 'renames: [{from: {suite: s}, to: {suite: t}}]\n' >policy.yaml
sed 's/"suite":"s"/"suite":"t"/' head >moved
run bench-diff --policy policy.yaml base moved
status 1 'a suite may get another name'

# ---- accepted changes ----
git init -q -b main repo
cd repo || exit 1
git config user.email t@example.org
git config user.name T
for name in one two three; do
    git commit -q --allow-empty -m $name
    git tag $name
done
git checkout -q -b side one
git commit -q --allow-empty -m side
cd ..
at() { printf ',"vcs":{"commit":"%s","dirty":false}' "$(git -C repo rev-parse "$1")"; }
# between BASE HEAD COMMIT [MEMBERS]: a regression between these, accepted with that commit.
between() {
    { run_line a "$(at "$1")"; results a 11 20 .005 same=1 slower=1; } >base
    { run_line b "$(at "$2")"; results b 23 20 .005 same=1 slower=1.1; } >head
    with "accepted: [{benchmark: slower, commit: '$3', reason: it checks more${4:-}}]" -C repo
}
between one three two
status 0 'a change is accepted where its commit lies between base and head'
ok 'it is a change that is wanted, by its reason' \
    'jq -se ".[0] | .verdict == \"changed\" and (.reasons | index(\"accepted\") != null) and .metadata.accepted == {commit: \"two\", reason: \"it checks more\"}" out'
ok 'the lines are valid, and it is counted' 'bench-validate --check out && tail -n 1 out | jq -e ".counts.accepted == 1 and .verdict == \"pass\""'
quiet
run bench-diff --policy policy.yaml -C repo --format table base head
out_has 'accepted: it checks more'
run bench-diff --policy policy.yaml -C repo --fail-on change base head
status 0 'it is no change for --fail-on, either'
between one three "$(git -C repo rev-parse --short=8 three)"
status 0 'the head itself may be the commit'
between two three two
status 1 'the base has it already: this is another change'
between one two three
status 1 'the head does not have it'
between one side two
status 1 'it lies on another branch'
between one three two ', up_to: 5%'
status 1 'beyond what is accepted it is a regression'
between one three two ', up_to: 15%'
status 0 'up to that it is none'
between one three nowhere
status 1 'a commit that is not there accepts nothing'
err_has 'policy.yaml: what it accepts cannot be looked for: there is no revision nowhere'
with 'accepted: [{commit: two, reason: r}]'
status 1 'without a repository nothing is accepted'
err_has 'what it accepts cannot be looked for: there is no git repository'
{ run_line a; results a 11 20 .005 same=1 slower=1; } >base
with 'accepted: [{commit: two, reason: r}]' -C repo
status 1 'nor where a run does not say its commit'
cp policy.yaml repo/p.yaml
git -C repo add p.yaml
git -C repo commit -qm policy
run bench-diff --policy git:HEAD:p.yaml -C repo base head
status 1 'the policy may be read from the repository'
quiet

# ---- the manual ----
sed -n '/^\.Bd -literal/,/^\.Ed/p' "$BENCHLINE_SOURCE/docs/benchline-policy.5" | sed '/^\./d' >manual.yaml
run bench-validate --check --whole --schema policy manual.yaml
status 0 'the policy of the manual is right'
run bench-diff --policy manual.yaml base head
status 1 'and is read'
quiet
with 'rules: [{band: 2%, alhpa: 1}]'
run bench-validate --check --whole --schema policy policy.yaml
status 1 'bench-validate checks policies'
out_has 'policy.yaml:1:27: /rules/0/alhpa'

# ---- bad policies ----
with 'rules: [{bnad: 2%}]'
status 3 'a misspelled name'
err_has 'policy.yaml:1:16: /rules/0/bnad: the member "bnad" is not allowed here; did you mean "band"?'
silent
with 'rules: [{band: large}]'
status 3
err_has 'policy.yaml:1:16: "large" is no size; expected a share (0.02 or 2%) or a value (5 ms)'
with 'rules: ['
status 3 'no YAML'
run bench-diff --policy nowhere.yaml base head
status 3 'no file'
err_has 'nowhere.yaml'

# The sanitized build ends here.
. "$BENCHLINE_SOURCE/tests/cli/faults.sh"
printf 'rules: [{benchmark: slower, band: [1%%, 200 ms]}]\nrenames: [{from: a, to: b}]\naccepted: [{commit: two, reason: r}]\n' >policy.yaml
before() {
    rm -rf faulty
    mkdir faulty
    echo old >faulty/r
}
after() { echo old | cmp -s - faulty/r; }
each_fault 'memory runs out' alloc ENOMEM 4 \
    bench-diff --fail-on never --policy policy.yaml --history older -o faulty/r base head
finish
