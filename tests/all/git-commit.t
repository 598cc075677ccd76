# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Commits at length, and signed by the true programs.
. "$BENCHLINE_SOURCE/tests/cli/lib.sh"

PATH=$BENCHLINE_BUILD/helpers:$PATH
own_git
GNUPGHOME=$work/gnupg
export GNUPGHOME
git init -q repository

for writer in 1 2 3 4; do
    git_commit -C repository -m "w$writer" --repeat 100 >"writer.$writer" 2>&1 &
done
wait
ok '4 writers with 100 commits each lose none' '[ "$(git -C repository rev-list --count bench-data)" -eq 400 ] && [ "$(git -C repository ls-tree -r --name-only bench-data runs | wc -l)" -eq 400 ]' || cat writer.*
ok 'and leave the repository sound' '[ -z "$(git -C repository fsck --strict --no-dangling 2>/dev/null)" ]'

# git commit, which takes the lock of the index, beside our writers on another branch.
git -C repository commit -q --allow-empty -m first
git_commit -C repository -m beside --repeat 50 >beside.out 2>&1 &
for i in $(seq 50); do
    echo "$i" >repository/file
    git -C repository add file && git -C repository commit -qm "$i" || echo "$i" >>lost
done
wait
ok 'git commit beside it loses none either' '[ ! -f lost ] && [ "$(git -C repository rev-list --count HEAD)" -eq 51 ] && [ "$(git -C repository rev-list --count bench-data)" -eq 450 ]' || cat beside.out

# SSH: a key in a file, and one that an agent holds.
ssh-keygen -q -t ed25519 -N '' -C tester@example.org -f key
echo "tester@example.org $(cat key.pub)" >allowed
git config --global gpg.format ssh
git config --global gpg.ssh.allowedSignersFile "$work/allowed"
git config --global user.signingKey "$work/key.pub"
run git_commit -C repository -f x=ssh -s
status 0 'ssh-keygen signs'
ok 'git verifies the SSH signature' 'git -C repository verify-commit bench-data'
# shellcheck disable=SC2088
git config --global user.signingKey '~/key.pub'
run git_commit -C repository -f x=home -s
ok 'a key below the home folder is found' 'git -C repository verify-commit bench-data && [ "$(git -C repository show bench-data:x)" = home ]'
eval "$(ssh-agent -s)" >agent.out
ssh-add -q key
git config --global user.signingKey "key::$(cat key.pub)"
run git_commit -C repository -f x=agent -s
status 0 'a key that stands in the setting is asked of the agent'
ok 'git verifies what the agent signed' 'git -C repository verify-commit bench-data && [ "$(git -C repository show bench-data:x)" = agent ]'
kill "$SSH_AGENT_PID"
ok 'the written key is gone' '[ -z "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name "benchline-key.*" -user "$(id -un)")" ]'
run git_commit -C repository -f x=noagent -s
status 4 'without the agent nothing is committed'
err_has 'ssh-keygen did not sign the commit'

# OpenPGP.
mkdir -m 700 gnupg
gpg -q --batch --passphrase '' --quick-gen-key 'A Tester <tester@example.org>' ed25519 sign never 2>gpg.err
git config --global gpg.format openpgp
git config --global --unset user.signingKey
run git_commit -C repository -f x=gpg -s
status 0 'gpg signs by the name of the committer'
ok 'git verifies the OpenPGP signature' 'git -C repository verify-commit bench-data && [ "$(git -C repository show bench-data:x)" = gpg ]'
gpgconf --kill all

finish
