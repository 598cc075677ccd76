#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every command of the handbook runs as it stands and succeeds.
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/blocks.sh"

run_blocks "$BENCHLINE_SOURCE/docs/handbook.md"
out_has 'old → new: ' 'the sides are compared'
out_has '<!-- benchline: pull-request -->' 'the comment has its marker'
out_has 'where the policy has none' 'the policy is read'
out_has 'targets.yaml: none of 4 missed' 'the targets are met'
out_has '3 series over 9 points, v1.0.0 → v1.8.0' 'the series has a point for each version, in their order'
out_has 'nothing personal was found'
out_has 'lines=50000' 'the suite is measured'
ok 'several heads stand beside their base' 'grep -q "^| Benchmark | Metric | Base | .new. | .middle. | Best |$" engine/several.md'
ok 'the series are a page' 'grep -qi "<!doctype html>" engine/trend.html'
finish
