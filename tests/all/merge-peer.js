// SPDX-License-Identifier: GPL-2.0-or-later
// node merge-peer.js BENCH-MERGE FOLDER [ROUNDS] [SEED]: random reports, whose runs lie in one file or
// in several, in order or not, with repeats and contradictions, merged by bench-merge with little memory
// and with much, from large files, small ones and a pipe, and by this second implementation of what
// bench-merge(1) says. What differs is told, and the status is 1.
'use strict';
const childProcess = require('child_process');
const fs = require('fs');
const path = require('path');

const [tool, folder] = process.argv.slice(2);
const rounds = Number(process.argv[4] || 40);
let state = BigInt(process.argv[5] || 20261127);

// ---- what comes out ----
const phases = {run: 0, end: 2, signature: 3};

function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}

// What only one line of a run may have; undefined where the kind has no such thing.
function keyOf(line) {
    if (line.kind === 'run' || line.kind === 'end') return line.kind;
    if (line.kind !== 'result' || line.run_id === undefined) return undefined;
    const model = line.model || {};
    return canonical([line.benchmark, model.id || null, line.modality || null, line.variant || null, line.repetition || 0, line.part || 0]);
}

function timeOf(run) {
    const stated = run.lines.filter((l) => l.value.kind === 'run').map((l) => Date.parse(l.value.started_at)).filter((t) => !isNaN(t));
    if (stated.length > 0) return stated[0] / 1000;
    const named = run.lines.map(({value}) => [value.started_ts, value.ts, value.ended_ts].find((t) => t !== undefined)).filter((t) => t !== undefined);
    return named.length > 0 ? Math.min(...named) : undefined;
}

const compare = (a, b) => (a > b) - (a < b);
function compareRuns(a, b) {
    if ((a.id === undefined) !== (b.id === undefined)) return a.id === undefined ? 1 : -1;
    if ((a.time === undefined) !== (b.time === undefined)) return a.time === undefined ? 1 : -1;
    return compare(a.time, b.time) || compare(a.id, b.id);
}

// Drops what came from an input before, and by the rule what contradicts it. Returns the conflicts.
function dropRepeats(lines, rule) {
    const forms = new Map(), keys = new Map();
    let conflicts = 0;
    for (const line of rule === 'last' ? [...lines].reverse() : lines) {
        if (line.dropped) continue;
        const text = canonical(line.value), key = line.value.run_id === undefined ? undefined : keyOf(line.value);
        const known = forms.has(text), form = known ? forms.get(text) : {kept: 0};
        forms.set(text, form);
        if (form.input !== line.input) Object.assign(form, {input: line.input, seen: 0});
        const repeat = ++form.seen <= form.kept;
        if (repeat) line.dropped = true;
        else form.kept++;
        if (key === undefined) continue;
        const inputs = keys.get(key) || new Set();
        keys.set(key, inputs);
        if (!repeat && !known && [...inputs].some((input) => input !== line.input)) {
            conflicts++;
            line.dropped = rule === 'first' || rule === 'last';
        }
        inputs.add(line.input);
    }
    return conflicts;
}

function merge(files, rule, where) {
    const runs = new Map();
    files.forEach((file, input) => file.forEach((text, number) => {
        const value = JSON.parse(text), id = value.run_id;
        if (!runs.has(id)) runs.set(id, {id, lines: []});
        runs.get(id).lines.push({text, value, input, number, phase: phases[value.kind] === undefined ? 1 : phases[value.kind]});
    }));
    let conflicts = 0;
    for (const run of runs.values()) {
        run.time = timeOf(run);
        run.lines.sort((a, b) => a.phase - b.phase || a.input - b.input || a.number - b.number);
        for (const line of run.lines) line.dropped = where && line.phase === 1 && line.value.outcome !== 'passed';
        if (where && !run.lines.some((line) => line.phase === 1 && !line.dropped))
            for (const line of run.lines) line.dropped = true;
        if (new Set(run.lines.map((line) => line.input)).size > 1) conflicts += dropRepeats(run.lines, rule);
    }
    const out = [...runs.values()].sort(compareRuns).flatMap((run) => run.lines.filter((line) => !line.dropped));
    return {text: out.map((line) => `${line.text}\n`).join(''), conflicts};
}

// ---- random reports ----
function below(range) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(range));
}
const oneOf = (list) => list[below(list.length)];

function lineOf(id, filler) {
    const kind = oneOf(['result', 'result', 'result', 'result', 'run', 'end', 'event', 'signature']);
    const line = {schema_version: '1.0.0', kind, run_id: id};
    if (id === undefined) delete line.run_id;
    if (kind === 'run') line.started_at = oneOf(['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', '2025-12-31T23:59:59.5Z', null]);
    if (kind === 'event') Object.assign(line, {ts: 1767225600 + below(3), event: oneOf(['a', 'b'])});
    if (kind === 'result') {
        Object.assign(line, {benchmark: {name: `b${below(6)}`}, outcome: oneOf(['passed', 'passed', 'failed'])});
        if (below(3) === 0) line.repetition = below(2);
        if (below(4) === 0) line.started_ts = 1767225600 + below(4) / 2;
        if (below(6) === 0) line.model = {id: oneOf(['m', 'n'])};
        if (below(6) === 0) line.variant = 'v';
    }
    if (filler > 0) line.metadata = {filler: 'x'.repeat(below(filler))};
    return line;
}
// The same line in another order of its members, or with white space.
function spell(line) {
    if (below(4) > 0) return JSON.stringify(line);
    const {schema_version: version, ...others} = line;
    return below(2) ? JSON.stringify({...others, schema_version: version}) : JSON.stringify(line).replace(/,/g, ' , ');
}
function makeFiles() {
    const filler = oneOf([0, 60, 8000]), ids = Array.from({length: 1 + below(12)}, (_, i) => (i === 3 ? undefined : `r${i}`));
    const pool = Array.from({length: 40 + below(filler > 60 ? 900 : 200)}, () => lineOf(oneOf(ids), filler));
    const files = Array.from({length: 1 + below(4)}, () => []);
    const grouped = below(2);
    for (const line of grouped ? pool.sort((a, b) => compare(String(a.run_id), String(b.run_id))) : pool)
        for (let times = 1 + (below(5) === 0); times > 0; times--) oneOf(files).push(spell(line));
    return files;
}

// ---- the comparison ----
fs.mkdirSync(folder, {recursive: true});
let compared = 0, bad = 0, large = 0;
function check(files, names, words, expected, strict) {
    const piped = names.includes('-');
    const done = childProcess.spawnSync(tool, ['--summary', '-T', folder, ...words, ...names],
        {encoding: 'utf8', maxBuffer: 1 << 28, input: piped ? fs.readFileSync(path.join(folder, `${names.indexOf('-')}`)) : undefined});
    const conflicts = Number(/conflicts: (\d+)/.exec(done.stderr)[1]);
    const text = strict && expected.conflicts > 0 ? '' : expected.text;
    compared++;
    if (done.stdout === text && conflicts === expected.conflicts && done.status === (conflicts > 0 ? 1 : 0)) return;
    bad++;
    fs.writeFileSync(path.join(folder, 'expected'), text);
    fs.writeFileSync(path.join(folder, 'made'), done.stdout);
    console.log(`# ${words.join(' ')} ${names.join(' ')}: status ${done.status}, ${conflicts} conflicts, expected ${expected.conflicts}; see made, expected in ${folder}`);
}
for (let round = 0; round < rounds && bad === 0; round++) {
    const files = makeFiles();
    const names = files.map((lines, i) => path.join(folder, `${i}`));
    files.forEach((lines, i) => fs.writeFileSync(names[i], lines.join(oneOf(['\n', '\n', '\n\n'])) + oneOf(['\n', ''])));
    large += names.some((name) => fs.statSync(name).size > 1 << 20);
    if (below(2)) names[below(names.length)] = '-';
    for (const memory of ['64K', '256M']) {
        for (const rule of ['fail', 'keep-both', 'first', 'last'])
            check(files, names, ['-m', memory, '--on-conflict', rule], merge(files, rule, false), rule === 'fail');
        check(files, names, ['-m', memory, '--on-conflict', 'keep-both', '--where', "outcome = 'passed'"], merge(files, 'keep-both', true), false);
    }
}
console.log(`# ${compared} merges compared, ${large} of ${rounds} sets with a file that is read twice`);
process.exit(bad > 0 || large === 0 ? 1 : 0);
