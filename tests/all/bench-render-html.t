#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A page of bench-render --html in a browser: it says nothing on the console, asks
# nobody for anything, does not overflow on a phone, and its colours can be read.
. "$(dirname "$0")/../cli/lib.sh"

ok 'chromium is there' 'command -v chromium'
cp "$data"/reports/v1.0.0.jsonl "$data"/reports/v0.2.2.jsonl .
ok 'the pages are written' '
    bench-render --html v1.0.0.jsonl -o v1.0.0.html && bench-render --html v0.2.2.jsonl -o v0.2.2.html'

browse() { # browse FILE OPTIONS…: the page as the browser has it in the end
    file=$1
    shift
    rm -rf profile
    timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --host-resolver-rules="MAP * ~NOTFOUND" --enable-logging=stderr --user-data-dir="$work/profile" "$@" --dump-dom "file://$work/$file" 2>console
}

# The page's own policy forbids scripts, so a copy without it measures itself.
cat >measure.html <<'EOT'
<script>
// The browser's window has a least width; the page is laid out in the width behind the #.
const width = Number(location.hash.slice(1));
document.documentElement.style.width = width + 'px';
const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 });
    return .2126 * r + .7152 * g + .0722 * b };
const parse = c => c.match(/[\d.]+/g).map(Number);
const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c.slice(0, 3) } return [255, 255, 255] };
let least = 99, worst = '';
for (const e of document.querySelectorAll('main *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const a = light(parse(getComputedStyle(e).color).slice(0, 3)), b = light(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < least) { least = ratio; worst = e.className || e.tagName }
}
const wide = [...document.querySelectorAll('main *')].filter(e => !e.closest('.table, .figure, pre') &&
    e.getBoundingClientRect().right > width + 1).map(e => e.tagName);
document.body.innerHTML = `
overflow ${Math.max(0, document.querySelector('main').scrollWidth - width)}
contrast ${least >= 4.5 ? 'enough' : least.toFixed(2) + ' ' + worst}
wide ${wide.join(' ') || 'none'}
width ${document.documentElement.offsetWidth}
dark ${matchMedia('(prefers-color-scheme: dark)').matches}
`;
</script>
EOT

jq -c '.benchmark.name = "<&>\"\u0007]]>" | .metric = "m&"' "$data"/reports/v1.0.0-comparison.jsonl >odd.jsonl
bench-render -t compare odd.jsonl --charts . -o odd.md && bench-render v1.0.0.jsonl --charts . -o run.md
for chart in odd-changes run-samples; do
    browse $chart.svg >dom
    ok "$chart: the drawing is well-formed" '! grep -q parsererror dom && grep -q "</svg>" dom'
done

measure() { # measure PAGE: in both schemes, on a phone and on a desk
    page=$1
    sed -e '/Content-Security-Policy/d' $page.html >copy.html
    cat measure.html >>copy.html
    for scheme in light dark; do
        dark=
        [ $scheme = dark ] && dark=--blink-settings=preferredColorScheme=0
        for width in 360 1280; do
            # shellcheck disable=SC2086
            browse "copy.html#$width" $dark --window-size=1400,800 >measured
            ok "$page, $scheme, $width: the page does not overflow" '
                grep -qx "overflow 0" measured && grep -qx "wide none" measured || { sed -n "/<body>/,\$p" measured; false; }'
            ok "$page, $scheme, $width: the contrast is enough" '
                grep -qx "contrast enough" measured || { sed -n "/<body>/,\$p" measured; false; }'
            ok "$page, $scheme, $width: it was looked at in that scheme and width" '
                grep -qx "width $width" measured && grep -qx "dark $([ $scheme = dark ] && echo true || echo false)" measured || { sed -n "/<body>/,\$p" measured; false; }'
        done
    done
}

for page in v1.0.0 v0.2.2; do
    browse $page.html --log-net-log="$work/net.json" >dom
    ok "$page: the console stays empty" '! grep CONSOLE console'
    ok "$page: the browser has the whole document" 'grep -q "Files and Provenance" dom && grep -q "</details>" dom'
    ok "$page: no request leaves the page" '
        [ -s net.json ] && ! grep -oE "\"url\":\"[a-z]+:[^\"]*" net.json | grep -vE "file:|data:|chrome|//[a-z0-9]*\.google(apis)?\.com/"'
    measure $page
done
for page in llm check; do
    bench-render --html -t $page "$data/render/$page.jsonl" -o $page.html
    measure $page
done
bench-render --html -t compare "$data"/reports/v1.0.0-comparison.jsonl -o compare.html
measure compare
finish
