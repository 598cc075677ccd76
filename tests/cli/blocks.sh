# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# run_blocks FILE: runs the sh blocks of a document as one script, each as it stands.
run_blocks() {
    awk '/^```sh$/ { block++; inside = 1; printf "echo \"block %d\" >>\"$blocks\"\n", block; next }
         /^```$/ { inside = 0; next }
         inside { print }' "$1" >script
    blocks=$(grep -c '^echo "block' script)
    : >blocks
    run env blocks="$work/blocks" sh -eu script
    status 0 'the commands of the document succeed'
    ok 'every block ran' '[ "$blocks" -ge 10 ] && [ "$(grep -c . blocks)" = "$blocks" ]'
}
