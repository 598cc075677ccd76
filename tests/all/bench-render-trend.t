#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The page of trends in a browser: nothing on the console, and its script looks at a
# part of a chart and names the nearest point.
. "$(dirname "$0")/../cli/lib.sh"
. "$BENCHLINE_SOURCE/tests/cli/trend.sh"

ok 'chromium is there' 'command -v chromium'
history 60 | bench-trend | bench-render -t trend --html -o page.html
browse() {
    rm -rf profile
    timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --host-resolver-rules="MAP * ~NOTFOUND" --enable-logging=stderr --user-data-dir="$work/profile" \
        --dump-dom "file://$work/$1" 2>console >dom
}
browse page.html
ok 'the console stays empty' '! grep CONSOLE console'
ok 'the script ran' 'grep -q "class=\"shade\"" dom'
# The policy forbids any other script, so a copy without it tries the page's own.
sed '/Content-Security-Policy/d' page.html >copy.html
cat >>copy.html <<'EOT'
<script>
const svg = document.querySelector('svg.trend'), box = svg.getBoundingClientRect();
svg.setPointerCapture = () => {};
const send = (name, share) => svg.dispatchEvent(new PointerEvent(name, {clientX: box.left + share * box.width, clientY: box.top + 5, pointerId: 1}));
const shown = () => [...svg.querySelectorAll('circle')].filter(c => c.style.display !== 'none').length;
const all = shown();
send('pointermove', .5);
const note = svg.parentNode.querySelector('output').textContent;
send('pointerdown', .4); send('pointermove', .6); send('pointerup', .6);
const part = shown();
svg.dispatchEvent(new MouseEvent('dblclick'));
document.body.innerHTML = `result ${all >= 30 && part < all / 2 && part > 3 && shown() === all && note.includes(': ') ? 'good' : [all, part, shown(), note]}`;
</script>
EOT
browse copy.html
ok 'dragging zooms, a double click shows all, and the nearest point is named' 'grep -q "result good" dom || { grep "result" dom; false; }'

history 60 | jq -c 'if .metrics then .metrics[].samples |= map(. * 12345) else . end' >long.jsonl
bench-trend long.jsonl | bench-render -t trend --html | sed '/Content-Security-Policy/d' >long.html
cat >>long.html <<'EOT'
<script>
const out = [...document.querySelectorAll('svg.trend')].flatMap(svg => [...svg.querySelectorAll('text')]
    .filter(text => text.getBBox().x < 0 || text.getBBox().x + text.getBBox().width > svg.viewBox.baseVal.width)
    .map(text => text.textContent));
const labels = document.querySelectorAll('svg.trend text').length;
document.body.innerHTML = `result ${labels > 30 && out.length === 0 ? 'good' : out}`;
</script>
EOT
browse long.html
ok 'no name and no figure of a chart is cut off' 'grep -q "result good" dom || { grep "result" dom; false; }'

finish
