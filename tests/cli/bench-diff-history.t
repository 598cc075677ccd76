# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2238 # head is a file here
# bench-diff: what earlier reports tell, and the base as git knows it.
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/diff.sh"

own_git

# ---- history: runs of `calm` hardly differ, those of `moody` by 5 % ----
mkdir past
i=0
for moody in 1.00 1.06 0.97 1.05 0.95 1.02 1.07 0.98; do
    i=$((i + 1))
    day=0$i
    { run_line p$i; results p$i $((40 + i)) 15 .005 calm=1 moody=$moody; } >past/$i.jsonl
done
day=10
{ run_line a; results a 11 15 .005 calm=1 moody=1; } >base
day=11
{ run_line b; results b 23 15 .005 calm=1.05 moody=1.05; } >head
run bench-diff base head
ok 'without a history both look changed' '[ "$(verdicts out | grep -c regression)" = 2 ]'
run bench-diff --history past base head
status 1
quiet
verdicts out >got
printf 'calm wall_time regression\nmoody wall_time inconclusive\n' >expected
ok 'what runs differ by anyway is no regression' 'cmp got expected'
ok 'it says that the spread is from history, and not that it is unknown' \
    'jq -se "[.[] | select(.kind == \"comparison\") | .reasons] | all(index(\"spread-from-history\") != null and index(\"between-run-unknown\") == null)" out'
ok 'the lines are valid' 'bench-validate --check out'
ok 'the summary says how much history there was' 'tail -n 1 out | jq -e ".metadata.history_runs == 8 and .metadata.history_trends == 0"'
cp out by_folder
run bench-diff --strict --history past base head
status 1 'with a history single runs may show a regression, even with --strict'
run bench-diff --format table --history past base head
out_has 'History: 8 earlier runs; 2 comparisons are judged by how much runs differ in it.'
out_lacks 'rest on one run a side'
for i in 8 7 6 5 4 3 2 1; do cat past/$i.jsonl; done >reversed
run bench-diff --history reversed base head
ok 'in whatever order it comes' 'cmp out by_folder'
run bench-diff --history past --history reversed base head
ok 'a line counts once' 'cmp out by_folder'
cat base head past/*.jsonl >all
run bench-diff --history all base head
sed 's/"history_runs":10/"history_runs":8/' out >got
ok 'what is compared is no history of itself' 'cmp got by_folder'
cat past/1.jsonl past/2.jsonl >two
run bench-diff --history two base head
ok 'two runs are no history' 'grep -q between-run-unknown out && ! grep -q spread-from out'
sed '/"kind":"result"/s/"unit":"s"/"unit":"ms"/; s/\([0-9]\.[0-9]*\)\([],]\)/\1e3\2/g' reversed >ms
run bench-diff --history ms base head
ok 'units are converted' '[ "$(verdicts out)" = "$(verdicts by_folder)" ] && ! grep -q between-run-unknown out'
sed 's/"started_at"/"system":{"model":"other"},"started_at"/' reversed >other
sed 's/"started_at"/"system":{"model":"this"},"started_at"/' base >here
sed 's/"started_at"/"system":{"model":"this"},"started_at"/' head >there
run bench-diff --history other here there
ok 'another machine says nothing of this one' 'grep -q between-run-unknown out'
run bench-diff --any-machine --history other here there
ok 'unless that is asked for' '! grep -q between-run-unknown out'
sed 's/"passed"/"passed","variant":"x"/' reversed >variant
run bench-diff --history variant base head
ok 'nor does another variant' 'grep -q between-run-unknown out'
sed 's/"calm"/"quiet"/' reversed >renamed
run bench-diff --rename quiet=calm --history renamed base head
ok 'the history goes by its old names' '! grep -q between-run-unknown out'
run bench-diff -w 'benchmark.name = "calm"' --history past base head
ok '--where is for the history, too' '[ "$(verdicts out)" = "calm wall_time regression" ] && tail -n 1 out | jq -e ".metadata.history_runs == 8"'

# ---- trend lines ----
trend() { # NAME CV POINTS [MORE]
    printf '{"schema_version":"1.0.0","kind":"trend","benchmark":{"suite":"s","name":"%s"},"metric":"wall_time","unit":"s","better":"lower","points":[%s],"noise":{"cv":%s},"verdict":"stable"%s}\n' \
        "$1" "$(i=0; while [ $i -lt "$3" ]; do printf '%s{"median":1}' "${sep=}"; sep=,; i=$((i + 1)); done)" "$2" "${4:-}"
}
{ trend calm 0.002 12; trend moody 0.05 12; } >trends
ok 'the trend lines are valid' 'bench-validate --check trends'
run bench-diff --history trends base head
verdicts out >got
printf 'calm wall_time regression\nmoody wall_time inconclusive\n' >expected
ok 'lines of a trend tell the spread, too' 'cmp got expected && ! grep -q between-run-unknown out'
ok 'they are counted' 'tail -n 1 out | jq -e ".metadata.history_trends == 2"'
run sh -c 'bench-trend --spread past | bench-diff --history - base head'
ok 'which bench-trend --spread writes' \
    '[ "$(verdicts out)" = "$(verdicts by_folder)" ] && ! grep -q between-run-unknown out'
trend calm 0.002 2 >short
run bench-diff --history short base head
ok 'two points tell nothing' 'grep -q between-run-unknown out'
{ cat past/*; trend calm 0.5 12; } >both
run bench-diff --history both base head
ok 'runs that are there go before a trend' '[ "$(verdicts out)" = "$(verdicts by_folder)" ]'
trend calm 0.002 12 ',"machine":"other"' >elsewhere
run bench-diff --history elsewhere here there
ok 'the trend of another machine says nothing' 'grep -q between-run-unknown out'

# ---- bad histories ----
run bench-diff --history nowhere base head
status 3 'a history that is not there'
err_has 'nowhere'
silent
{ cat past/*; echo '{"kind":'; } >broken
run bench-diff --history broken base head
status 1 'a broken line in the history is told'
err_has 'broken:25:'
ok 'and the others count' 'sed s/broken/past/ out | cmp - by_folder'
: >empty
run bench-diff --history empty base head
status 1 'an empty history'

# ---- git ----
git init -q -b main repo
mkdir repo/reports
commit() { git -C repo add -A; git -C repo commit -qm "$1"; git -C repo tag "$1"; }
at() { printf ',"vcs":{"commit":"%s","dirty":false}' "$1"; }
day=12; { run_line one "$(at c1)"; results one 51 15 .005 x=1; } >repo/reports/1.jsonl
commit fork
git -C repo checkout -qb topic
day=13; { run_line topic "$(at c2)"; results topic 52 15 .005 x=1.1; } >repo/reports/2.jsonl
commit topic-tip
git -C repo checkout -q main
day=14; { run_line main "$(at c3)"; results main 53 15 .005 x=.8; } >repo/reports/3.jsonl
commit main-tip
run bench-diff -C repo git:main:reports/ git:topic-tip:reports/
ok 'the tip of main holds against the topic what it never had' 'jq -se ".[0].change.ratio > 1.3" out'
run bench-diff -C repo --merge-base git:main:reports/ git:topic-tip:reports/
ok 'the merge base does not' 'jq -se ".[0].change.ratio | . > 1.08 and . < 1.12" out'
ok 'it is named' \
    'tail -n 1 out | jq -re .metadata.base | grep -qx "git:$(git -C repo rev-parse --short=12 fork):reports/ (merge base of main and topic-tip)"'
git -C repo checkout -q topic
run bench-diff -C repo --merge-base git:main:reports repo/reports/2.jsonl
ok 'without a revision of its own the head is HEAD' 'jq -se ".[0].change.ratio | . > 1.08 and . < 1.12" out'
run bench-diff -C repo --merge-base --base git:main:reports/ --head git:topic-tip:reports/
ok '--base and --head have one, too' 'jq -se ".[0].change.ratio | . > 1.08 and . < 1.12" out'
run bench-diff -C repo --merge-base base git:topic-tip:reports/
status 2 'a base that is no revision has none'
err_has '"base" is in no revision; expected git:REVISION:PATH'
run bench-diff -C repo --merge-base --sides variant=a,b all
status 2
run bench-diff -C repo --merge-base git:nowhere:reports/ git:topic-tip:reports/
status 3
err_has 'there is no revision nowhere'
run bench-diff --merge-base git:main:reports/ git:topic-tip:reports/
status 3 'outside of a repository there is none'
# libgit2 1.5 loses a little when it meets the edge, which a sanitizer would tell of.
git clone -q --depth 1 --no-tags --no-single-branch "file://$PWD/repo" shallow
sanitized || {
    run bench-diff -C shallow --merge-base git:origin/main:reports/ git:origin/topic:reports/
    status 3 'a shallow clone does not know the merge base'
    err_has 'git fetch --unshallow'
}

# ---- the history of a repository's tags ----
git init -q -b main tags
mkdir tags/reports
for i in 1 2 3 4 5 6 7 8; do
    cp past/$i.jsonl tags/reports
    git -C tags add -A
    git -C tags commit -qm $i
    git -C tags tag v$i
done
git -C tags tag -a -m 'a tag of a tag' v8-again v8
git -C tags tag v-blob "$(git -C tags rev-parse HEAD:reports/1.jsonl)"
git -C tags rm -rq reports
git -C tags commit -qm gone
git -C tags tag v9
run bench-diff -C tags --history 'git:v*:reports/' base head
status 1
quiet 'tags of something else, and such without reports, are passed over'
ok 'all tags of such names are a history' 'cmp out by_folder'
run bench-diff -C tags --history 'git:v[34]:reports' base head
ok 'the tags are those of the pattern' 'tail -n 1 out | jq -e ".metadata.history_runs == 4"'
run bench-validate -C tags 'git:v?:reports/2.jsonl'
ok 'every tool reads them, each file once' 'cmp out past/2.jsonl'
run bench-diff -C tags --history 'git:w*:reports/' base head
status 3
err_has 'git:w*:reports/: no tag has a name like w*'
run bench-diff -C tags --history 'git:v9*:reports/' base head
status 3
err_has 'none of the 1 tags like v9* holds a report in reports/'
run bench-diff -C tags --history 'git:HEAD^{/g.*e}:reports/' base head
status 3
err_has 'there is no reports/ in HEAD^{/g.*e}' 'a revision that git writes with such characters is one'
finish
