# SPDX-License-Identifier: GPL-2.0-or-later
# What a tool costs before it does anything: --version, and an empty input.
# Goal: under 5 ms of processor time and 4 MB of memory.
tools=$(cd build/bin && echo bench-*)
: >"$scratch/empty"
set --
variants=
for tool in $tools; do
    variants="$variants --variant $tool"
    set -- "$@" "$tool --version"
done
# shellcheck disable=SC2086
bench-run -n version -w 3 -r 30 $variants -o "$report" "$@"
bench-run -n empty-input -w 3 -r 30 -o "$report" -- bench-validate "$scratch/empty"
