# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# bench-trend in git: tags, commits and a data branch as points.
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/trend.sh"
own_git
git config --global advice.nestedTag false

# ---- two hundred tags of simulated reports ----
git init -q many
repository 200 | git -C many fast-import --quiet
run bench-trend -C many --tags 'v*' reports/
status 0
quiet
ok 'the lines are valid' 'bench-validate --check out'
ok 'two hundred tags are two hundred points, in the order of versions' \
    'jq -se "map(select(.benchmark.name == \"steady\"))[0].points | length == 200 and .[9].ref == \"v1.9.0\" and .[10].ref == \"v1.10.0\" and .[199].ref == \"v1.199.0\"" out'
ok 'points have commit and date' \
    'jq -se "map(select(.benchmark.name == \"steady\"))[0].points[3] | (.commit | length) == 40 and .ts == 1735689600 + 3 * 86400" out'
ok 'a step is named by its tag' 'steps out stepped | grep -Eq "^v1.(119|120|121).0 [789] confirmed$"'
ok 'two steps are' \
    '[ "$(steps out twice | cut -d" " -f2,3 | paste -sd,)" = "20 confirmed,-12 confirmed" ] && steps out twice | sed -n 1p | grep -Eq "^v1.(59|60|61).0"'
ok 'the last two are unconfirmed' 'steps out fresh | grep -Eq "^v1.198.0 [0-9]+ unconfirmed$"'
ok 'the ramp is a slope of its length' \
    'jq -se "map(select(.benchmark.name == \"ramp\"))[0] | .verdict == \"drifting\" and (.slopes | length) == 1 and .slopes[0].from > 65 and .slopes[0].to < 155 and .changes == []" out'
ok 'the gappy one has a third of the points' \
    'jq -se "map(select(.benchmark.name == \"gappy\"))[0] | (.points | length) == 67 and .verdict == \"stable\"" out'
ok 'a rename goes on' \
    'bench-trend -C many --rename before=after --tags "v*" reports | jq -se "map(select(.benchmark.name == \"after\"))[0] | (.points | length) == 200 and (.changes[0].index - 160 | fabs) < 2"'
cp out tags

# ---- the cache ----
kept=many/.git/benchline
asks() { bench-trend -C many --tags 'v*' "$@" reports/; }
ok 'what was read is kept in the repository' '[ -s $kept/trend-histories ] && [ -s $kept/trend-commits ]'
ok 'the second answer is the same' 'asks | cmp - tags'
ok 'and the same without it' 'asks --no-cache | cmp - tags'
rm $kept/*
asks >/dev/null
cp -r $kept whole
for file in trend-histories trend-commits; do
    size=$(wc -c <whole/$file)
    for at in 5 20 30 90 110 130 1000 $((size / 2)) $((size - 3)); do
        { head -c "$at" whole/$file; printf '\377'; tail -c +$((at + 2)) whole/$file; } >$kept/$file
        asks >out 2>err
        ok "$file with byte $at changed is not believed" 'cmp out tags && [ ! -s err ] && cmp whole/$file $kept/$file'
    done
    for cut in 0 10 111 119 200 $((size - 1)); do
        head -c "$cut" whole/$file >$kept/$file
        ok "neither is one of $cut bytes" 'asks | cmp - tags'
    done
done
rm $kept/*
echo mine >mine
ln -s "$PWD/mine" $kept/trend-commits
mkfifo $kept/trend-histories
ok 'nor is what is no file, which is left alone' 'asks | cmp - tags && [ "$(cat mine)" = mine ]'
rm -r $kept
mkdir elsewhere
ln -s "$PWD/elsewhere" $kept
ok 'neither is a folder somewhere else' 'asks | cmp - tags && [ -z "$(ls elsewhere)" ]'
rm $kept
asks >/dev/null
bench-trend -C many --tags 'v1.?.0' reports/ >/dev/null
ok 'it grows by what is new' 'asks | cmp - tags && cmp whole/trend-histories $kept/trend-histories'
# What was read is hidden, so that an answer shows where it comes from.
mkdir hidden
hide() { mv many/.git/objects/pack hidden/pack && mkdir many/.git/objects/pack; }
show() { rm -rf many/.git/objects/pack && mv hidden/pack many/.git/objects/pack; }
rm -f $kept/*
asks >/dev/null
hide
ok 'what is known is not read again, nor are its commits' 'asks | cmp - tags'
show
for choice in '--metric=wall_*' '--where=benchmark.name=="stepped"' '--by=benchmark.name'; do
    asks --no-cache "$choice" >chosen
    asks "$choice" | cmp -s - chosen || echo "$choice differs" >>apart
    hide
    ok "$choice is kept beside it" 'asks "$choice" | cmp - chosen && [ ! -e apart ]'
    show
done
ok 'and does not pass for the whole' 'asks | cmp - tags'
cat >rename.yaml <<'EOF'
renames: [{from: before, to: after}]
EOF
asks --by=benchmark.name >/dev/null
ok 'a policy renames what --by makes, kept or not' \
    'asks --by=benchmark.name --policy=rename.yaml >out && asks --no-cache --by=benchmark.name --policy=rename.yaml | cmp - out && ! verdicts out | grep -q before'
ok 'so does --rename' \
    'asks --by=benchmark.name --rename=before=after >out && asks --no-cache --by=benchmark.name --rename=before=after | cmp - out && ! verdicts out | grep -q before'
chmod -R a-w $kept
rm -f $kept/* 2>/dev/null
ok 'where it cannot be written the answer is the same' 'asks 2>&1 | cmp - tags'
chmod -R u+w $kept

# ---- commits, a branch ----
run bench-trend -C many --commits v1.149.0..main reports
ok 'a range of commits is its commits' \
    'jq -se "map(select(.benchmark.name == \"steady\"))[0].points | length == 50 and .[0].ref == \"v1.150.0\"" out'
ok 'the whole history finds what the tags find' \
    'bench-trend -C many --commits main reports | cmp - tags'
ok 'so does the order of topology' 'bench-trend -C many --order=topology --tags "v*" reports | cmp - tags'
git init -q branch
mkdir branch/runs
history 60 | awk '/"kind":"run"/ { file = sprintf("branch/runs/%02d.jsonl", n++); sub(/}$/, sprintf(",\"vcs\":{\"commit\":\"%040x\",\"committed_at\":\"2024-%02d-%02dT00:00:00Z\"}}", n, 1 + n / 28, 1 + n % 28)) } { print >file }'
(cd branch && git add -A && git commit -qm data && git branch bench-data) >/dev/null
run bench-trend -C branch --branch bench-data runs
ok 'on a data branch the runs say the points' \
    'jq -se "map(select(.benchmark.name == \"stepped\"))[0] | (.points | length) == 60 and .points[0].commit == \"0000000000000000000000000000000000000001\" and (.changes[0].index - 36 | fabs) < 2" out'
run bench-trend -C branch --commits main runs
ok 'what one commit brought is one point' 'jq -se "map(select(.kind == \"trend\").points | length) | unique == [1]" out'

# ---- blame ----
at=$(steps tags stepped | cut -d' ' -f1)
run bench-trend -C many --tags 'v*' reports --blame "$at"
status 0
out_has "At $at:"
out_has 's/stepped wall_time: +'
out_has '1 commit since v1.'
out_has 'git bisect start'
out_has "git bisect run sh -c 'make || exit 125; bench-run -r 30 -n stepped"
run bench-trend -C many --tags 'v*' reports --blame v1.7.0
status 2
err_has 'no series changes at v1.7.0'
run bench-trend -C many --tags 'v*' reports --blame v9
status 2

run bench-trend -C branch --branch bench-data runs --blame "$(printf '%040x' 37)"
status 3
err_has '0000000000000000000000000000000000000024'
# Runs on a branch of their own, of the commits of another.
git init -q measured
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    GIT_COMMITTER_DATE="2024-01-${i}T00:00:00Z" git -C measured commit -q --allow-empty -m "number $i"
    awk -v n=$i -v commit="$(git -C measured rev-parse HEAD)" 'BEGIN {
        printf "{\"schema_version\":\"1.0.0\",\"kind\":\"run\",\"run_id\":\"r%d\",\"started_at\":\"2025-01-01T00:00:%02dZ\",\"vcs\":{\"commit\":\"%s\",\"committed_at\":\"2024-01-%02dT00:00:00Z\"}}\n", n, n, commit, n
        printf "{\"schema_version\":\"1.0.0\",\"kind\":\"result\",\"run_id\":\"r%d\",\"benchmark\":{\"name\":\"b\"},\"outcome\":\"passed\",\"metrics\":[{\"name\":\"time\",\"unit\":\"s\",\"better\":\"lower\",\"samples\":[%.3f]}],\"metadata\":{\"command\":\"./b --fast\"}}\n", n, (n < 8 ? 1 : 1.2) + n * 7 % 5 / 500
    }' >"$i.run"
done
eighth=$(git -C measured rev-parse HEAD~4)
git -C measured checkout -q --orphan bench-data
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    mv "$i.run" "measured/$i.jsonl"
done
git -C measured add . && git -C measured commit -qm data
run bench-trend -C measured --branch bench-data . --blame "$eighth"
status 0
out_has '1 commit since ' 'commits behind a step are found from the runs of a data branch'
out_has 'number 8'
out_has "bench-run -r 30 -n b './b --fast' >../good.jsonl" 'and the command in the report there'

# ---- the traps of tags ----
git init -q traps
mkdir traps/reports
number=0
release() { # release DATE TAG…: a commit with a report of its own, and lightweight tags
    number=$((number + 1))
    when=$1
    shift
    printf '%s\n' "{\"schema_version\":\"1.0.0\",\"kind\":\"run\",\"run_id\":\"t$number\",\"started_at\":\"${when}T00:00:00Z\"}" \
        "{\"schema_version\":\"1.0.0\",\"kind\":\"result\",\"run_id\":\"t$number\",\"benchmark\":{\"name\":\"b\"},\"outcome\":\"passed\",\"metrics\":[{\"name\":\"m\",\"unit\":\"1\",\"samples\":[$number]}]}" \
        >"traps/reports/$number.jsonl"
    git -C traps add -A
    GIT_COMMITTER_DATE="${when}T00:00:00Z" git -C traps commit -qm "of $when"
    for tag; do git -C traps tag "$tag"; done
}
release 2025-01-01 json-0.1
release 2025-01-02 v1.0.0
release 2025-01-03 1.1.0 v1.1.0
release 2025-01-04 2.0.0-beta.9
release 2025-01-05 2.0.0-beta.4
release 2025-01-06 v2.0.0-beta.4
release 2025-01-07 2.0.0-beta.10
release 2025-01-08 v2.0.0-alpha.1 v2.0.0-beta.11
release 2025-01-09
git -C traps tag -a -m annotated v2.0.0
git -C traps tag -a -m nested v2.0.0+nested v2.0.0
release 2025-01-10 v1.0.1
git -C traps tag tree 'HEAD^{tree}'
git -C traps tag blob HEAD:reports/1.jsonl
git -C traps rm -qr reports
git -C traps commit -qm 'nothing left'
git -C traps tag v3.0.0
points() { jq -r 'select(.kind == "trend") | .points[] | (.ref // "-") + "=" + (.median | tostring)' out | paste -sd' ' -; }
run bench-trend -C traps --tags '*' reports
status 0
ok 'versions are in order, spellings of one commit are one, names of one commit the last' \
    '[ "$(points)" = "v1.0.0=2 v1.0.1=10 v1.1.0=3 2.0.0-beta.4=5 v2.0.0-beta.4=6 2.0.0-beta.9=4 2.0.0-beta.10=7 v2.0.0-beta.11=8 v2.0.0+nested=9 json-0.1=1" ]'
err_has 'the tags 2.0.0-beta.4 and v2.0.0-beta.4 name one version on two commits'
err_has 'the tags from v1.0.0 to json-0.1 are of 2 series'
ok 'tags of trees and files, and those without data, are counted and named' \
    'tail -n 1 out | jq -e ".counts.tags_of_no_commit == 2 and .metadata.tags_of_no_commit == [\"blob\", \"tree\"] and .metadata.points_without_data == [\"v3.0.0\"]"'
run bench-trend -C traps --tags 'v*' --tags '[12]*' --order=date reports
ok 'by date the old release that was mended late comes last' 'points | grep -q "v1.0.1=10$"'
run bench-trend -C traps --tags 'json-*' reports
ok 'a narrower pattern is one series' '[ "$(points)" = "json-0.1=1" ]'
quiet
run bench-trend -C traps --tags 'v*' reports/2.jsonl
ok 'a path may be a file' '[ "$(points)" = "v1.0.0=2" ]'

# ---- runs that say what they measured ----
git -C traps checkout -qb data v1.0.0
sed "s/\"started_at\"/\"vcs\":{\"commit\":\"$(git -C traps rev-parse 'v2.0.0^{commit}')\"},\"started_at\"/; s/t2/late/; s/\[2\]/[99]/" traps/reports/2.jsonl >traps/reports/late.jsonl
git -C traps add -A
git -C traps commit -qm 'measured later'
git -C traps tag v4.0.0
run bench-trend -C traps --tags 'v*' reports
ok 'a run belongs to the commit that it measured' 'points | grep -q "v2.0.0+nested=54" && ! points | grep -q v4'

# ---- bad input ----
git init -q none
run bench-trend -C none --tags '*' reports
status 3
err_has 'the repository has no tags'
run bench-trend -C many --tags 'release-*' reports
status 3
err_has 'none of the 200 tags matches "release-*"'
run bench-trend -C many --tags 'v*' report
status 3
err_has 'none of the 200 points holds a result'
run bench-trend -C many --tags 'v1.7.0' report
status 3
err_has 'the only point holds no result'
run bench-trend -C many --tags 'v*'
status 2
run bench-trend -C many --tags 'v*' --commits main reports
status 2
run bench-trend -C many --commits v1.0.0..v1.x reports
status 3
err_has 'there is no revision v1.0.0..v1.x'
run bench-trend -C nowhere --tags '*' reports
status 3
git clone -q --depth 3 "file://$work/many" shallow
run bench-trend -C shallow --commits HEAD reports
status 3
silent 'a shallow clone gives no answer'
err_has 'git fetch --unshallow'
git clone -q --bare many bare.git
ok 'a bare repository is the same' 'bench-trend -C bare.git --tags "v*" reports | cmp - tags'
git -C many worktree add -q ../tree v1.3.0 2>/dev/null
ok 'so is a linked work tree, with the cache of the first' \
    'bench-trend -C tree --tags "v*" reports | cmp - tags && [ ! -e many/.git/worktrees/tree/benchline ]'
git init -q outer
git -C outer -c protocol.file.allow=always submodule --quiet add ../many inner
git -C outer commit -qm outer
ok 'so is a submodule from inside' 'bench-trend -C outer/inner --tags "v*" reports | cmp - tags'
git -C outer tag v1
run bench-trend -C outer --tags 'v*' inner
status 3
err_has 'submodule'

cp -r many broken
blob=$(git -C broken rev-parse v1.50.0:reports/run.jsonl)
mv broken/.git/objects/pack packs
mkdir broken/.git/objects/pack
for pack in packs/*.pack; do git -C broken unpack-objects -q <"$pack"; done
rm -f "broken/.git/objects/$(echo "$blob" | cut -c1-2)/$(echo "$blob" | cut -c3-)" broken/.git/benchline/*
git -C broken tag away 0123456789012345678901234567890123456789 2>/dev/null ||
    echo 0123456789012345678901234567890123456789 >broken/.git/refs/tags/vaway
run bench-trend -C broken --tags 'v*' reports
status 3
err_has 'the content of reports/run.jsonl is not in this repository'
err_has 'the tag vaway leads nowhere'
ok 'a missing content and a tag that points nowhere leave the rest' \
    'jq -se "map(select(.benchmark.name == \"steady\"))[0].points | length == 199" out'
ok 'they are counted' 'tail -n 1 out | jq -e ".counts.unreadable == 2"'

git init -q wide
mkdir wide/reports
awk 'BEGIN { print "{\"schema_version\":\"1.0.0\",\"kind\":\"run\",\"run_id\":\"w\",\"started_at\":\"2025-01-01T00:00:00Z\"}"
    for (i = 0; i < 1000; i++) printf "{\"schema_version\":\"1.0.0\",\"kind\":\"result\",\"run_id\":\"w\",\"benchmark\":{\"name\":\"b%d\"},\"outcome\":\"passed\",\"metrics\":[{\"name\":\"m\",\"unit\":\"1\",\"samples\":[%s]}]}\n", i, i == 7 ? "oops" : i }' >wide/reports/w.jsonl
(cd wide && git add -A && git commit -qm wide && git tag v1)
run bench-trend -C wide --tags v1 reports
status 3
err_has 'reports/w.jsonl:9:'
ok 'of a thousand series one is broken, and 999 are there' 'jq -se "map(select(.kind == \"trend\")) | length == 999" out'

# ---- tags that cannot be read ----
git init -q unread
repository 8 | git -C unread fast-import --quiet
mkdir -p unread/.git/refs/tags/deep
echo nothing >unread/.git/refs/tags/deep/v9
echo nothing >unread/.git/refs/tags/deep/v9.lock
echo old >kept
run bench-trend -C unread --tags 'v1*' -o kept reports/
status 0 'a tag that cannot be read, and is not asked for, is none of our business'
quiet
echo old >kept
run bench-trend -C unread --tags 'v*' --tags 'deep/*' -o kept reports/
status 3 'a tag that cannot be read is told'
err_has 'the tag deep/v9 leads nowhere: cannot read refs/tags/deep/v9: '
ok 'once, and its lock is no tag' '[ "$(wc -l <err)" -eq 1 ]'
ok 'and the output is as it was' 'echo old | cmp - kept'
run bench-trend -C unread --commits main reports/
status 3 'so it is where the tags name commits'
err_has 'the tag deep/v9 leads nowhere'
ok 'which are points all the same' 'jq -se "map(select(.benchmark.name == \"steady\"))[0].points | length == 8" out'
finish
