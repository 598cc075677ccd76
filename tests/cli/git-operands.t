# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Reports out of git, as a user of a tool meets them.
. "$(dirname "$0")/lib.sh"

own_git
git init -q -b main repository
mkdir repository/reports repository/sub
cp "$data/reports/v1.0.0.jsonl" repository/reports/b.jsonl
gzip -c "$data/reports/v0.2.2.jsonl" >repository/reports/a.jsonl.gz
echo '{"schema_version":"9"}' >repository/sub/bad.jsonl
git -C repository add -A
git -C repository commit -qm first
git -C repository tag v1
rm -r repository/reports
cat "$data/reports/v0.2.2.jsonl" "$data/reports/v1.0.0.jsonl" >both

(cd repository && bench-validate git:v1:reports/) >out 2>err
ok 'a folder of a tag passes, sorted and unpacked, with nothing checked out' 'cmp out both && [ ! -s err ]'
(cd repository/sub && bench-validate git:HEAD:reports/b.jsonl) >out 2>err
ok 'a path starts at the top of the repository, wherever one stands' 'cmp out "$data/reports/v1.0.0.jsonl"'
run bench-validate -C repository git:main:sub/bad.jsonl
status 1
err_has 'git:main:sub/bad.jsonl:1:' 'what is wrong is told with its place in git'
run bench-validate -C repository git:mian:reports
status 3
err_has 'git:mian:reports: there is no revision mian in the git repository; did you mean main?'
run bench-validate -C repository git:main
status 2
err_has 'expected git:REVISION:PATH'
run bench-validate git:main:reports
status 3
err_has 'there is no git repository in the current folder or above it; -C DIR names one'
run bench-validate -C repository git:main:report
status 3
err_has 'there is no report in main'

# libgit2 is loaded by whoever needs it, and missed by nobody else.
linked() {
    for tool in "$BENCHLINE_BUILD"/bin/bench*; do
        ldd "$tool" | grep -q libgit2 && echo "$tool"
    done
}
ok 'no tool is linked with libgit2' '[ -x "$BENCHLINE_BUILD/bin/bench-validate" ] && [ -z "$(linked)" ]'
ok 'the module is' 'ldd "$BENCHLINE_BUILD/lib/benchline/git.so" | grep -q libgit2'
mkdir -p alone/bin alone/share alone/lib/benchline
cp "$BENCHLINE_BUILD/bin/bench-validate" alone/bin
ln -s "$BENCHLINE_BUILD/share/benchline" alone/share/benchline
run alone/bin/bench-validate "$data/reports/v1.0.0.jsonl"
status 0 'without the module files are read'
run alone/bin/bench-validate -C repository git:main:sub/bad.jsonl
status 4 'without the module git is not'
err_has 'apt install libgit2-1.5' 'and the package is named'

finish
