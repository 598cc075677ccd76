# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# A page of HTML and the lint of Markdown when memory runs out inside cmark or its
# extensions, at every allocation of theirs.
[ -w /dev/shm ] && TMPDIR=${TMPDIR:-/dev/shm} && export TMPDIR
. "$(dirname "$0")/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/faults.sh"

cat >page.mustache <<'X'
# A **strong**, ~~removed~~ `code`

| name | value |
|---|:-:|
| a | ~~1~~ www.example.org |
| b |

- [ ] open, https://example.org/x
- [x] done

> [!NOTE]
> To <me@example.org>, me@example.org

<details><summary>more</summary>

[link][ref], ![image](x.svg), [page](page.md) &amp; a\
break

</details>

[ref]: https://example.org "a title"

    code
X
echo '{}' >none.json
bench-render --json none.json -t page.mustache --force | grep -v '^| b |$' >page.md
: >x.svg
fault_all=1000000
before() { echo old >page.html; }
after() { echo old | cmp -s - page.html; }
same() { ! echo old | cmp -s - page.html; }
each_fault 'a page, when memory runs out' alloc ENOMEM 4 bench-render --json none.json -t page.mustache --force --html -o page.html
same() { [ ! -s out ]; }
each_fault 'the lint, when memory runs out' alloc ENOMEM 4 bench-render --lint page.md
finish
