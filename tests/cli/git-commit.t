# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Files as commits on a branch: what git itself says of them afterwards.
# In memory where that is at hand: waiting for a disk some thousand times takes a minute.
[ -w /dev/shm ] && TMPDIR=${TMPDIR:-/dev/shm} && export TMPDIR
. "$(dirname "$0")/lib.sh"

PATH=$BENCHLINE_BUILD/helpers:$PATH
HOME=$work
GIT_CONFIG_NOSYSTEM=1
XDG_CONFIG_HOME=$work
export HOME GIT_CONFIG_NOSYSTEM XDG_CONFIG_HOME
git config --global init.defaultBranch main

new_repository() {
    rm -rf repository
    git init -q repository
    git -C repository config user.name 'A Tester'
    git -C repository config user.email tester@example.org
}
sound() {
    git -C repository fsck --strict --no-dangling >fsck.out 2>&1 && ! grep -q '^error\|^missing\|^broken' fsck.out
}
clean() {
    [ -z "$(git -C repository status --porcelain)" ]
}

new_repository
cd repository || exit 1
echo content >file
git add file
git commit -qm first
cd ..

run git_commit -C repository -f reports/today.md=text -F runs/1.jsonl='{}' -m 'bench: a
report' -t 'run 1
forged: x'
status 0
ok 'the branch holds the files' '[ "$(git -C repository show bench-data:reports/today.md)" = text ] && [ "$(git -C repository ls-tree -r --name-only bench-data)" = "reports/today.md
runs/1.jsonl" ]'
ok 'it has a history of its own' '[ "$(git -C repository rev-list --count bench-data)" -eq 1 ]'
ok 'the commit says who and when' '[ "$(git -C repository log -1 --format="%an <%ae> %cn %ct" bench-data)" = "A Tester <tester@example.org> A Tester 1770800000" ]'
ok 'a line break in the message starts no line' '[ "$(git -C repository log -1 --format=%B bench-data)" = "bench: a report

Run: run 1 forged: x" ]'
ok 'git reads the trailer' '[ "$(git -C repository log -1 --format="%(trailers:key=Run,valueonly)" bench-data)" = "run 1 forged: x" ]'
ok 'the log of the branch names the person' 'git -C repository reflog show --format="%gn %gs" bench-data | grep -qx "A Tester commit: bench: a report"'
ok 'work tree and index are as they were' clean
ok 'the repository is sound' sound

tip=$(git -C repository rev-parse bench-data)
run git_commit -C repository -f reports/today.md=text
status 0
out_has "$tip unchanged" 'the same files make no commit'
run git_commit -C repository -f reports/today.md=more -F runs/1.jsonl='{}' -F runs/2.jsonl='{}'
status 0
ok 'the next commit stands on the first' '[ "$(git -C repository rev-parse bench-data~1)" = "$tip" ] && [ "$(git -C repository show bench-data:reports/today.md)" = more ]'
git -C repository pack-refs --all
git -C repository gc -q
run git_commit -C repository -f reports/today.md=packed
status 0 'a packed branch moves as well'

tip=$(git -C repository rev-parse bench-data)
refused() { # refused STATUS WORDS OPTIONS…
    wanted=$1 words=$2
    shift 2
    run git_commit -C repository "$@"
    status "$wanted"
    err_has "$words"
}
refused 3 'runs/1.jsonl is on this branch with other content' -F runs/1.jsonl=other
refused 2 'reports is a folder on this branch; expected a file' -f reports=x
refused 2 'runs/1.jsonl is a file on this branch; runs/1.jsonl/x needs it to be a folder' -f runs/1.jsonl/x=y
for path in ../x /x x//y x/ . '' .git/config sub/.GIT/hooks/x; do
    refused 2 "\"$path\" cannot be a path in a repository" -f "$path=x"
done
refused 2 'the branch main is checked out in' -b main -f x=y
git -C repository worktree add -q ../side -b side
refused 2 "the branch side is checked out in $work/side/" -b side -f x=y
run git_commit -C side -b main -f x=y
status 2 'the first work tree is seen from another'
refused 2 'the value is empty' --branch= -f x=y
for branch in -x 'a b' a..b HEAD a.lock; do
    refused 2 "\"$branch\" cannot be the name of a branch" --branch="$branch" -f x=y
done
refused 2 'cannot be made beside refs/heads/bench-data' -b bench-data/more -f x=y
git -C repository branch deep/er
refused 2 'cannot be made beside refs/heads/deep/er' -b deep -f x=y
ok 'after all that the branch is where it was' '[ "$(git -C repository rev-parse bench-data)" = "$tip" ] && sound && clean'

git init -q empty
run git_commit -C empty -b main -f x=y --name N --email e@example.org
status 2 'a branch without a commit is checked out, too'
run git_commit -C empty -f x=y
status 3 'nobody to commit'
err_has 'git config --global user.name "Your Name"'
run git_commit -C empty -f x=y --name 'From Outside' --email e@example.org
status 0 'a given name needs no configuration'
ok 'and is the one that counts' '[ "$(git -C empty log -1 --format="%an %cn" bench-data)" = "From Outside From Outside" ]'

# Notes.
run git_commit -C repository -n 'all well' -r HEAD
status 0
run git_commit -C repository -n 'all well' -r HEAD
out_has 'unchanged' 'the same note is not added twice'
run git_commit -C repository -n 'even better' -r main
status 0
ok 'a note grows' '[ "$(git -C repository notes --ref=benchline show main)" = "all well

even better" ]'
run git_commit -C repository -n x -r mian
status 3
err_has 'did you mean main?'
ok 'git can add to the notes, and we after it' 'git -C repository notes --ref=benchline append -m third main && git_commit -C repository -n fourth -r main && git -C repository notes --ref=benchline show main | grep -qx third'
ok 'the repository is still sound' sound

# Signing, with a program that stands in for gpg; the true ones are in tests/all.
cat >sign <<'S'
#!/bin/sh
cat >"$HOME/signed"
echo "$*" >"$HOME/sign.arguments"
[ -f "$HOME/sign.fails" ] && { echo 'gpg: no secret key' >&2; exit 2; }
echo '[GNUPG:] SIG_CREATED D 1' >&2
printf -- '-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n'
S
chmod +x sign
git -C repository config gpg.program "$work/sign"
run git_commit -C repository -f x=unsigned
ok 'without a word of it nothing is signed' '! git -C repository cat-file commit bench-data | grep -q gpgsig'
run git_commit -C repository -f x=signed -s
out_has ' signed'
ok 'the signature is in the commit, of all the rest of it' 'git -C repository cat-file commit bench-data >raw && sed -n "/^gpgsig /,/^ -----END/p" raw | grep -c "" | grep -qx 4 && sed "/^gpgsig /,/^ -----END/d" raw | cmp -s - signed'
ok 'the key is found by the committer' 'grep -qx -e "--status-fd=2 -bsau A Tester <tester@example.org>" sign.arguments'
git -C repository config user.signingKey ABCD
git -C repository config commit.gpgSign true
run git_commit -C repository -f x=asconfigured
out_has ' signed' 'commit.gpgSign is followed'
ok 'the key is the one that is set' 'grep -qx -e "--status-fd=2 -bsau ABCD" sign.arguments'
run git_commit -C repository -f x=not --unsigned
out_lacks ' signed'
tip=$(git -C repository rev-parse bench-data)
touch sign.fails
refused 4 'did not sign the commit: gpg: no secret key' -f x=fails
git -C repository config gpg.program "$work/nowhere"
refused 4 "cannot run $work/nowhere" -f x=fails
git -C repository config gpg.format pgp
refused 3 'gpg.format is "pgp"; expected openpgp, x509 or ssh' -f x=fails
ok 'what could not be signed is not committed' '[ "$(git -C repository rev-parse bench-data)" = "$tip" ]'

# A lock that a killed git left behind.
new_repository
git_commit -C repository -f x=y >/dev/null
touch repository/.git/refs/heads/bench-data.lock
refused 4 'refs/heads/bench-data is locked since 2' --tries 3 -f x=z
err_has "$work/repository/.git/refs/heads/bench-data.lock; where no git process runs" 'the lock is named'
rm repository/.git/refs/heads/bench-data.lock

# Writers beside each other.
writers=4 commits=25
for writer in $(seq $writers); do
    git_commit -C repository -m "w$writer" --repeat $commits >"writer.$writer" 2>&1 &
done
wait
ok "$writers writers with $commits commits each lose none" '[ "$(git -C repository rev-list --count bench-data)" -eq $((writers * commits + 1)) ] && [ "$(git -C repository ls-tree -r --name-only bench-data runs | wc -l)" -eq $((writers * commits)) ]' || cat writer.*
ok 'and leave the repository sound' sound
for writer in $(seq $writers); do
    git_commit -C repository -n "note $writer" -r bench-data >"writer.$writer" 2>&1 &
done
wait
ok 'notes are not lost either' '[ "$(git -C repository notes --ref=benchline show bench-data | grep -c note)" -eq $writers ]' || cat writer.*

finish
