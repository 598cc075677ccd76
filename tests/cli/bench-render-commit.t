# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Documents as commits, and what git says of them.
# In memory where that is at hand: waiting for a disk some thousand times takes a minute.
[ -w /dev/shm ] && TMPDIR=${TMPDIR:-/dev/shm} && export TMPDIR
. "$(dirname "$0")/lib.sh"

own_git
unset SOURCE_DATE_EPOCH GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL

# libgit2 1.5 loses what it matched the configuration with, where a repository cannot be opened.
if sanitized; then
    echo 'leak:libpcre2-8' >leaks
    LSAN_OPTIONS=suppressions=$work/leaks:print_suppressions=0
    export LSAN_OPTIONS
fi

new_repository() {
    rm -rf repository
    git init -q repository
    git -C repository commit -q --allow-empty -m zeroth
    git -C repository commit -q --allow-empty -m first
    echo mine >repository/file
    git -C repository add file
}
sound() {
    git -C repository fsck --strict --no-dangling >fsck.out 2>&1 && ! grep -q '^error\|^missing\|^broken' fsck.out
}
untouched() { [ "$(git -C repository status --porcelain)" = 'A  file' ]; }
is() { # is VALUE GIT-ARGUMENTS…
    wanted=$1
    shift
    got=$(git -C repository "$@") && [ "$got" = "$wanted" ]
}
commit() { run bench-render -C repository --commit "$@"; }
refused() { # refused STATUS WORDS OPTIONS…
    wanted=$1 words=$2
    shift 2
    run bench-render "$@"
    status "$wanted"
    err_has "$words"
    silent
}

new_repository
first=$(git -C repository rev-parse HEAD)
sed "s/\"commit\": \"[0-9a-f]*\"/\"commit\": \"$first\"/" "$data/reports/v1.0.0.jsonl" >run.jsonl
bench-render run.jsonl >expected.md

# ---- one commit of all that belongs together ----
commit --with-data --note --charts charts -o reports/run.md run.jsonl
status 0
quiet
tip=$(git -C repository rev-parse bench-data)
printf '# bench-data is now at %s\ngit -C repository push origin bench-data refs/notes/benchline\n' "$tip" >expected
out_is expected 'it says where the branch is, and how git pushes it'
ok 'document, charts and lines are in one commit' 'is "reports/charts/run-samples.svg
reports/run.jsonl
reports/run.md" ls-tree -r --name-only bench-data && is 1 rev-list --count bench-data'
ok 'the lines are there byte for byte' 'git -C repository show bench-data:reports/run.jsonl | cmp - run.jsonl'
ok 'the document is the one that a file would hold, and its chart is beside it' '
    git -C repository show bench-data:reports/run.md | grep -v "^!\[" | cat -s >seen && cat -s expected.md | cmp - seen &&
    git -C repository show bench-data:reports/run.md | grep -qF "](charts/run-samples.svg)"'
ok 'the message says what it is, and what came out' 'is "bench: report of squeeze 2.0.4

9 results: 5 passed, 2 failed, 1 could not run, 1 skipped

Run: 2026-02-11-7f3a
Subject-Commit: $first
Tool: $(bench-render --version | head -n 1)" log -1 --format=%B bench-data'
ok 'git reads the trailers' 'is "2026-02-11-7f3a $first" log -1 --format="%(trailers:key=Run,valueonly,separator=) %(trailers:key=Subject-Commit,valueonly,separator=)" bench-data'
ok 'the commit that was measured has a note of it' 'is "9 results: 5 passed, 2 failed, 1 could not run, 1 skipped
Report: bench-data:reports/run.md" notes --ref=benchline show HEAD'
ok 'work tree and index are as they were' untouched
ok 'the repository is sound' sound
ok 'every tool reads it where it lies' 'bench-validate -C repository git:bench-data:reports | cmp - run.jsonl'
git init -q --bare upstream.git
git -C repository remote add origin "$work/upstream.git"
ok 'what it prints is a script that pushes' 'sh out && [ "$(git -C upstream.git rev-parse bench-data)" = "$tip" ] && git -C upstream.git rev-parse -q --verify refs/notes/benchline'

# ---- a run's file never changes ----
commit --with-data --note --charts charts -o reports/run.md run.jsonl
out_has "# bench-data holds all of this already, at $tip" 'the same again makes no commit'
ok 'and no second note' '[ "$(git -C repository notes --ref=benchline show HEAD | wc -l)" -eq 2 ]'
sed 's/2026-02-11-7f3a/other/' run.jsonl >other.jsonl
refused 3 'reports/run.jsonl is on this branch with other content, and a run'"'"'s file does not change' \
    -C repository --commit --with-data -o reports/run.md other.jsonl
commit --with-data -o reports/other.md other.jsonl
status 0
ok 'the next run stands on the one before' 'is "$tip" rev-parse bench-data~1'
commit -o reports/run.md other.jsonl
ok 'a document alone may be written anew' '[ "$code" -eq 0 ] && git -C repository show bench-data:reports/run.md | grep -q "run \`other\`"'

# ---- where the lines come from ----
gzip -c run.jsonl | bench-render -C repository --commit=packed --with-data -o run.md >out 2>err
ok 'lines that came packed lie there unpacked' 'git -C repository show packed:run.jsonl | cmp - run.jsonl'
{ printf '%s' "$(head -n 3 run.jsonl)"; } >cut.jsonl
bench-render -C repository --commit=cut --with-data -o cut.md cut.jsonl other.jsonl >out 2>err
ok 'a last line without its end does not run into the next file' '{ head -n 3 run.jsonl; cat other.jsonl; } >both && git -C repository show cut:cut.jsonl | cmp - both'
{ cat run.jsonl; echo '{"broken'; } >bad.jsonl
run bench-render -C repository --commit=bad --with-data -o bad.md bad.jsonl
status 1 'a line that cannot be read makes the status 1'
ok 'and is kept with the others' 'git -C repository show bad:bad.jsonl | cmp - bad.jsonl'
bench-render -C repository --commit=html --html -o run.html run.jsonl >out 2>err
ok 'a page of HTML has its charts inside' 'is run.html ls-tree -r --name-only html && git -C repository show html:run.html | grep -q "data:image/svg"'
bench-render -C repository --commit=compare -t compare -o c.md "$data/reports/v1.0.0-comparison.jsonl" >out 2>err
ok 'a comparison says its headline' 'git -C repository log -1 --format=%B compare | head -n 3 | tail -n 1 | grep -q "egression" && is "bench: compare" log -1 --format=%s compare'
git clone -q --bare repository bare.git
run bench-render -C bare.git --commit -o more.md run.jsonl
ok 'a bare repository takes commits, too' '[ "$code" -eq 0 ] && git -C bare.git cat-file -e bench-data:more.md'

# ---- notes ----
commit --note=main~0 -o reports/named.md other.jsonl
ok 'a note goes to the revision that is named' '[ "$code" -eq 0 ] && git -C repository notes --ref=benchline show main | grep -qx "Report: bench-data:reports/named.md"'
sed "s/\"dirty\": false/\"dirty\": true/" run.jsonl >dirty.jsonl
commit --note -o reports/dirty.md dirty.jsonl
ok 'what was measured with changes says so' 'git -C repository notes --ref=benchline show main | grep -qx "Measured with changes that were not committed." && git -C repository log -1 --format=%B bench-data | grep -qx "Subject-Commit: $first with changes"'
tip=$(git -C repository rev-parse bench-data)
refused 3 'no run says which commit it measured; name the one that gets the note: --note=REVISION' \
    -C repository --commit --note -o x.md "$data/reports/v0.2.2.jsonl"
sed "s/$first/HEAD~1/" run.jsonl >trick.jsonl
refused 3 '"HEAD~1", the commit of the run, is no name of a commit' -C repository --commit --note -o x.md trick.jsonl
sed "s/$first/0123456789012345678901234567890123456789/" run.jsonl >gone.jsonl
refused 3 'there is no revision 0123456789012345678901234567890123456789' -C repository --commit --note -o x.md gone.jsonl
refused 3 'the runs measured several commits' -C repository --commit --note -o x.md run.jsonl \
    "$(sed 's/2026-02-11-7f3a/third/' gone.jsonl >third.jsonl && echo third.jsonl)"
ok 'a note that cannot be leaves no commit behind' 'is "$tip" rev-parse bench-data'

# ---- who and when ----
SOURCE_DATE_EPOCH=1770800000 GIT_AUTHOR_NAME=Author GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=Bot \
    GIT_COMMITTER_EMAIL=b@example.org bench-render -C repository --commit=who -o run.md run.jsonl >out 2>err
ok 'the environment names author, committer and time, as for git' 'is "Author <a@example.org> Bot <b@example.org> 1770800000" log -1 --format="%an <%ae> %cn <%ce> %ct" who'
commit=$(git -C repository rev-parse who)
git -C repository branch -D who >ok.out
SOURCE_DATE_EPOCH=1770800000 GIT_AUTHOR_NAME=Author GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=Bot \
    GIT_COMMITTER_EMAIL=b@example.org bench-render -C repository --commit=who -o run.md run.jsonl >out 2>err
ok 'and then the same input gives the same commit' 'is "$commit" rev-parse who'
cat >sign <<'S'
#!/bin/sh
cat >/dev/null
echo '[GNUPG:] SIG_CREATED D 1' >&2
printf -- '-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n'
S
chmod +x sign
git -C repository config gpg.program "$work/sign"
has_signature() { git -C repository cat-file commit "$1" | grep -q '^gpgsig '; }
bench-render -C repository --commit=signed --sign -o run.md run.jsonl >out 2>err
ok '--sign signs' 'has_signature signed'
git -C repository config commit.gpgSign true
bench-render -C repository --commit=configured -o run.md run.jsonl >out 2>err
bench-render -C repository --commit=unsigned --no-sign -o run.md run.jsonl >out 2>err
ok 'commit.gpgSign is followed, unless --no-sign is there' 'has_signature configured && is "bench: report of squeeze 2.0.4" log -1 --format=%s unsigned && ! has_signature unsigned'
git -C repository config gpg.program false
refused 4 'did not sign the commit' -C repository --commit=nothing -o run.md run.jsonl
git -C repository config --unset commit.gpgSign
git config --global --unset user.name
refused 3 'git does not know who commits; tell it: git config --global user.name "Your Name"' \
    -C repository --commit -o x.md run.jsonl
git config --global user.name 'A Tester'

# ---- what is refused, and what to do instead ----
refused 2 'the branch main is checked out in' -C repository --commit=main -o x.md run.jsonl
err_has 'commit to a branch of its own, or write with -o and use git add and git commit'
for path in ../x.md /x.md .git/x.md 'a//b'; do
    refused 2 "\"$path\" cannot be a path in a repository" -C repository --commit -o "$path" run.jsonl
done
refused 2 '"a..b" cannot be the name of a branch' -C repository --commit=a..b -o x.md run.jsonl
refused 2 '--commit needs -o PATH' -C repository --commit run.jsonl
refused 2 '--with-data needs --commit' --with-data run.jsonl
refused 2 '--note needs --commit' --note run.jsonl
refused 2 '--sign needs --commit' --sign run.jsonl
refused 2 '--commit beside --list' --commit -o x --list
refused 2 '--commit beside --lint' --commit -o x --lint
refused 2 '--commit beside --print-data' --commit -o x --print-data run.jsonl
refused 2 '--with-data beside --json' --commit --with-data -o x --json data.json -t ./t.mustache
refused 2 'x.jsonl is where --with-data puts the lines; name the document otherwise, such as x.md' \
    -C repository --commit --with-data -o x.jsonl run.jsonl
mkdir nowhere
refused 3 'there is no git repository in nowhere or above it' -C nowhere --commit -o x.md run.jsonl
git init -q --object-format=sha256 sha256
refused 3 'names its objects by SHA-256, which libgit2 1.5 does not know; let git itself read' \
    -C sha256 --commit -o x.md run.jsonl
git init -q reftable
git -C reftable config core.repositoryformatversion 1
git -C reftable config extensions.refStorage reftable
refused 3 'git refs migrate --ref-format=files' -C reftable --commit -o x.md run.jsonl
git clone -q --depth 1 "file://$work/repository" shallow
run bench-render -C shallow --commit -o x.md run.jsonl
ok 'a shallow clone takes commits' '[ "$code" -eq 0 ] && git -C shallow cat-file -e bench-data:x.md'
refused 3 'shallow clone; fetch them: git fetch --unshallow' -C shallow --commit --note=HEAD~1 -o x.md run.jsonl
if [ "$(id -u)" -eq 0 ]; then
    git init -q foreign
    chown -R 12345 foreign
    refused 3 "if you trust it: git config --global --add safe.directory $work/foreign" -C foreign --commit -o x.md run.jsonl
else
    skip 'a repository of another user' 'only root can make one'
fi
ok 'after all that the repository is sound' 'sound && untouched'

# ---- texts of the report ----
jq -c 'if .kind == "run" then .run_id = "r\nForged: x" | .subject = {name: "@user closes #1\nGH-2 \u001b[31m", version: "$(touch pwned)"} else . end' \
    run.jsonl >hostile.jsonl
bench-render -C repository --commit=hostile -o run.md hostile.jsonl >out 2>err
git -C repository log -1 --format=%B hostile >message
ok 'a subject from a report is one line that pings nobody, and closes nothing' \
    'head -n 1 message | grep -q "closes" && ! grep -qE "@user|#1|GH-2|^Forged" message && ! grep -q "$(printf "\033")" message'
odd="a'b;c"
run bench-render -C repository --commit="$odd" -o run.md run.jsonl
out_has "git -C repository push origin 'a'\\''b;c'" 'a branch is quoted for the shell'
ok 'so that the script does what it says' 'sh out && git -C upstream.git rev-parse -q --verify "refs/heads/$odd"'
git -C repository config remote.pushDefault mirror
run bench-render -C repository --commit -o reports/push.md run.jsonl
out_has 'push mirror bench-data' 'the remote is the one that git would push to'

# ---- beside each other ----
new_repository
writers=4 commits=8
for writer in $(seq $writers); do
    for i in $(seq $commits); do
        bench-render -C repository --commit --with-data -o "reports/$writer-$i.md" run.jsonl >>"writer.$writer" 2>&1 || echo "$writer-$i" >>lost
    done &
done
wait
ok "$writers writers with $commits commits each lose none" '[ ! -f lost ] && is $((writers * commits)) rev-list --count bench-data &&
    [ "$(git -C repository ls-tree -r --name-only bench-data reports | wc -l)" -eq $((2 * writers * commits)) ]' || sed 's/^/# /' lost writer.?
ok 'and leave the repository sound' sound

finish
