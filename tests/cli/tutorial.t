#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every command of the tutorial runs as it stands and succeeds.
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/blocks.sh"

run_blocks "$BENCHLINE_SOURCE/docs/tutorial.md"
out_has 'all lines are valid'
out_has 'status 1'
err_has 'broken.jsonl:2:' 'the broken line is told'
ok 'the report was committed' 'git -C crunch show HEAD:reports/variants.md | grep -q compress'
ok 'nothing is left uncommitted' '[ -z "$(git -C crunch status --porcelain)" ]'
finish
