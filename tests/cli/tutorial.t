#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every command of the tutorial runs as it stands and succeeds.
. "$(dirname "$0")/lib.sh"

tutorial=$BENCHLINE_SOURCE/docs/tutorial.md
# Each block becomes a function of one script, so that a failure names its block.
awk '/^```sh$/ { block++; inside = 1; printf "echo \"block %d\" >>blocks\n", block; next }
     /^```$/ { inside = 0; next }
     inside { print }' "$tutorial" >script
blocks=$(grep -c '^echo "block' script)
: >blocks
sed -i 's|>>blocks|>>"$blocks"|' script
run env blocks="$work/blocks" sh -eu script
status 0 'the commands of the tutorial succeed'
ok 'every block ran' '[ "$blocks" -ge 10 ] && [ "$(grep -c . "$work/blocks")" = "$blocks" ]'
out_has 'all lines are valid'
out_has 'status 1'
err_has 'broken.jsonl:2:' 'the broken line is told'
ok 'the report was committed' 'git -C crunch show HEAD:reports/variants.md | grep -q compress'
ok 'nothing is left uncommitted' '[ -z "$(git -C crunch status --porcelain)" ]'
finish
