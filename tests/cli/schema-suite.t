# SPDX-License-Identifier: GPL-2.0-or-later
# The official JSON Schema test suite, and the page that says how it went.
. "$(dirname "$0")/lib.sh"

page=$BENCHLINE_SOURCE/docs/conformance.md
ok 'every required case of the suite is met, and each optional one that is not has a reason' \
    'sh "$BENCHLINE_SOURCE/tests/helpers/conformance.sh" "$BENCHLINE_BUILD" >conformance.md'
ok 'docs/conformance.md says what was measured' 'diff -u "$page" conformance.md'
ok 'hundreds of cases were run for each of the five drafts' \
    'test "$(grep -cE "^\| (draft|20).* \| [0-9]{3,} of [0-9]{3,} \|" conformance.md)" -eq 5'
finish
