#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make install puts everything in place, and what is installed finds its data
# wherever the tree is moved to.
. "$(dirname "$0")/lib.sh"

flavour=$(basename "$BENCHLINE_BUILD")
make_it() {
    (cd "$BENCHLINE_SOURCE" && make --no-print-directory FLAVOUR="$flavour" DESTDIR="$work/root" PREFIX=/opt/bl "$@")
}
ok 'make install succeeds' 'make_it install'
top=$work/root/opt/bl
for file in bin/bench bin/bench-run bin/bench-validate bin/bench-render lib/benchline/git.so \
    share/benchline/schemas/report-v1.0.schema.json share/benchline/schemas/report-current.schema.json \
    share/benchline/templates/report.mustache share/benchline/suites/text.yaml share/man/man1/bench-validate.1 \
    share/man/man5/benchline-report.5 share/bash-completion/completions/bench \
    share/bash-completion/completions/bench-run share/zsh/site-functions/_bench \
    share/fish/vendor_completions.d/bench.fish; do
    ok "$file is installed" '[ -s "$top/$file" ]'
done
mkdir elsewhere moved && mv "$work/root/opt/bl" moved/bl
installed=$work/moved/bl/bin
cd elsewhere || exit 1
ok 'the installed tools do the main job from another folder' \
    'env PATH="$installed:/usr/bin:/bin" sh -c "bench-run -r 2 true | bench-validate | bench-render -t report >report.md" && grep -q true report.md'
ok 'the installed tools need nothing of the source tree' \
    '! env PATH="$installed:/usr/bin:/bin" strace -f -e trace=openat bench-validate --schema 1.0.0 /dev/null 2>&1 | grep -F "$BENCHLINE_SOURCE" || ! command -v strace'
git -c init.defaultBranch=main init -q repo
bench-run -r 1 true >repo/r.jsonl
git -C repo add r.jsonl
git -C repo -c user.name=x -c user.email=x@example.org commit -qm r
ok 'the installed tools find the git module' '"$installed/bench-validate" -C repo --check git:HEAD:r.jsonl'
cd ..
mv moved/bl "$work/root/opt/bl"
ok 'make uninstall takes it all away' 'make_it uninstall && [ -z "$(find "$work/root" -type f)" ]'
finish
