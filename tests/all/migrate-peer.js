// SPDX-License-Identifier: GPL-2.0-or-later
// node migrate-peer.js BENCH-MIGRATE FOLDER [ROUNDS] [SEED]: random files of old lines, migrated by
// bench-migrate by every path, and by this second implementation of what bench-migrate(1) says.
// What differs is printed, and the status is 1.
'use strict';
const childProcess = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const util = require('util');

const [tool, folder] = process.argv.slice(2);
const rounds = Number(process.argv[4] || 60), linesAFile = 25;
let state = BigInt(process.argv[5] || 20261127);

// ---- what becomes of a line ----
const is = {
    text: (v) => typeof v === 'string' && v !== '',
    string: (v) => typeof v === 'string',
    number: (v) => typeof v === 'number' && v >= 0,
    count: (v) => Number.isInteger(v) && v >= 0,
    flag: (v) => typeof v === 'boolean',
    texts: (v) => Array.isArray(v) && v.every(is.string),
    object: (v) => typeof v === 'object' && v !== null && !Array.isArray(v),
};

// A number as [digits, power of ten], exactly.
function decimal(number) {
    const [, whole, part = '', power = '0'] = /^(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(String(number));
    return [BigInt(whole + part), Number(power) - part.length];
}
function scaled(number, places) {
    const [digits, power] = decimal(number);
    return Number(`${digits}e${power + places}`);
}
// Nanoseconds of seconds, which have microseconds at most.
function nanoseconds(seconds) {
    return seconds < 9e9 ? BigInt(Math.round(seconds * 1e6)) * 1000n : null;
}
function seconds(ns) {
    return Number(`${ns}e-9`);
}

// The members of an old object that are taken out one by one; the rest is what has no place.
class Members {
    constructor(object) {
        this.rest = is.object(object) ? {...object} : {};
        this.there = is.object(object);
    }
    // The first of the names that has a value of the kind.
    take(kind, ...names) {
        const name = names.find((n) => Object.hasOwn(this.rest, n) && is[kind](this.rest[n]));
        if (name === undefined) return undefined;
        const value = this.rest[name];
        delete this.rest[name];
        return value;
    }
    // Bytes are whole; where digits are lost the old value stays, too.
    takeBytes(names) {
        for (const [name, places] of Object.entries(names)) {
            const value = this.take('number', name);
            if (value === undefined) continue;
            const exact = scaled(value, places);
            const [digits, power] = decimal(value);
            const bytes = power + places >= 0 ? exact : Math.round(exact);
            if (power + places < 0 && digits % 10n ** BigInt(-power - places) !== 0n) this.rest[name] = value;
            return bytes;
        }
        return undefined;
    }
    left() {
        return Object.keys(this.rest).length > 0 ? this.rest : undefined;
    }
}
// Without what is not known, and undefined where nothing is.
function known(object) {
    const entries = Object.entries(object).filter(([, value]) => value !== undefined);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function benchmark(test) {
    const bracket = test.indexOf('[');
    const names = (bracket < 0 ? test : test.slice(0, bracket)).split('::');
    const suites = names.slice(0, -1);
    if (names.includes('') || suites.length > 8) return {name: test};
    const last = names[names.length - 1] + (bracket < 0 ? '' : test.slice(bracket));
    const parts = /^([^[]+)\[(.+)\]$/s.exec(last);
    return known({
        suite: suites.length > 1 ? suites : suites[0],
        name: parts ? parts[1] : last,
        params: parts ? {id: parts[2]} : undefined,
    });
}

// An RFC 3339 time: {ns, exact}, or null.
function instant(text) {
    const parts = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/.exec(text);
    if (!parts) return null;
    const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
    const date = new Date(Date.UTC(year, month - 1, day));
    const offset = /[Zz]/.test(parts[8]) ? [0, 0] : parts[8].slice(1).split(':').map(Number);
    if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 ||
        second > 59 || offset[0] > 23 || offset[1] > 59) return null;
    const away = (offset[0] * 60 + offset[1]) * (parts[8][0] === '-' ? -1 : 1);
    const whole = date.getTime() / 1000 + hour * 3600 + (minute - away) * 60 + second;
    const fraction = (parts[7] || '').slice(0, 9).padEnd(9, '0');
    const ns = BigInt(whole) * 1000000000n + BigInt(fraction);
    return ns < 0n ? null : {ns, exact: away === 0 && parts[8][0] !== '-' && (parts[7] || '').length <= 9};
}

function model(members) {
    if (!members.there) return undefined;
    const object = {id: members.take('text', 'id'), size_bytes: members.takeBytes({size_gb: 9})};
    for (const name of ['family', 'variant', 'framework', 'quantization']) object[name] = members.take('text', name);
    return known({...object, metadata: members.left()}) || {};
}

function metrics(line, performance) {
    const list = [];
    const add = (value, name, unit, better) =>
        value !== undefined && list.push({name, unit, better, samples: [value]});
    add(line.take('number', 'duration'), 'duration', 's', 'lower');
    add(performance.take('number', 'tokens_per_sec'), 'tokens_per_second', '{token}/s', 'higher');
    for (const [old, name] of [['time_to_first_token_s', 'time_to_first_token'], ['model_load_time_s', 'model_load_time'],
        ['duration_s', 'inference_time'], ['cleanup_time_s', 'cleanup_time']])
        add(performance.take('number', old), name, 's', 'lower');
    const peak = performance.take('number', 'peak_ram_gb');
    const peakBytes = peak === undefined ? undefined : scaled(peak, 9);
    const older = peak === undefined ? performance.take('number', 'ram_peak_mb') : undefined;
    add(older === undefined ? peakBytes : scaled(older, 6), 'peak_memory', 'By', 'lower');
    const stable = performance.take('number', 'stable_ram_gb');
    add(stable === undefined ? undefined : scaled(stable, 9), 'stable_memory', 'By', 'lower');
    add(performance.take('count', 'prompt_tokens'), 'prompt_tokens', '{token}', 'none');
    add(performance.take('count', 'completion_tokens'), 'completion_tokens', '{token}', 'none');
    return list.length > 0 ? list : undefined;
}

const flags = {degraded_swap: 'swap-in-use', degraded_zombies: 'zombies', degraded_memory: 'low-memory', degraded_ram: 'low-memory'};
function health(members) {
    const object = {
        ram_available_bytes: members.takeBytes({ram_free_gb: 9}),
        swap_used_bytes: members.takeBytes({swap_used_mb: 6, swap_gb: 9}),
        zombies: members.take('count', 'zombie_processes', 'zombies_detected'),
    };
    const list = members.rest.quality_flags;
    const clean = util.isDeepStrictEqual(list, ['clean']);
    if (clean || (is.texts(list) && list.length > 0 && list.every((flag) => Object.hasOwn(flags, flag)))) {
        object.flags = clean ? [] : list.map((flag) => ({flag: flags[flag], evidence: flag}));
        delete members.rest.quality_flags;
    }
    return known({...object, metadata: members.left()});
}

function system(members) {
    const profile = new Members(members.take('object', 'hardware_profile'));
    const object = {model: profile.take('text', 'model_identifier', 'model')};
    object.os = known({name: members.take('text', 'platform'), version: members.take('text', 'platform_version')});
    const chip = profile.take('text', 'chip');
    object.cpu = known({
        model: chip === undefined ? members.take('text', 'hardware') : chip,
        cores: known({
            physical: profile.take('count', 'cores_physical'),
            logical: profile.take('count', 'cores_logical'),
            performance: profile.take('count', 'chip_cores_performance'),
            efficiency: profile.take('count', 'chip_cores_efficiency'),
        }),
    });
    object.memory = known({total_bytes: members.takeBytes({ram_total_gb: 9})});
    const gpu = known({cores: profile.take('count', 'gpu_cores'), api: profile.take('text', 'metal_version')});
    object.gpus = gpu && [gpu];
    if (profile.left()) members.rest.hardware_profile = profile.left();
    object.metadata = members.left();
    return known(object) || {};
}

function stopTokens(members) {
    return known({
        configured: members.take('texts', 'configured'),
        detected: members.take('texts', 'detected'),
        workaround: members.take('text', 'workaround'),
        leaked: members.take('flag', 'leaked'),
        metadata: members.left(),
    }) || {};
}

function timeline(members) {
    const object = {};
    for (const name of ['server_start', 'model_load_start', 'model_load_complete', 'server_ready', 'request_sent',
        'first_token', 'stream_complete', 'shutdown_request', 'cleanup_complete']) {
        const value = members.take('number', `${name}_ms`);
        object[`${name}_s`] = value === undefined ? undefined : scaled(value, -3);
    }
    return known({...object, metadata: members.left()}) || {};
}

// When the test began and ended: {begin, started_ts, ended_ts}, begin in nanoseconds.
function windowOf(line) {
    const duration = is.number(line.rest.duration) ? line.rest.duration : undefined;
    const started = line.take('number', 'test_start_ts'), ended = line.take('number', 'test_end_ts');
    const time = instant(line.rest.timestamp);
    const out = {started_ts: started, ended_ts: ended};
    if (time && ended === undefined) {
        out.ended_ts = seconds(time.ns);
        if (time.exact) delete line.rest.timestamp;
    }
    let end = ended === undefined ? null : nanoseconds(ended);
    if (end === null) end = time ? time.ns : null;
    const took = duration === undefined ? null : nanoseconds(duration);
    const before = end !== null && took !== null && took <= end ? end - took : null;
    out.begin = started === undefined ? null : nanoseconds(started);
    if (out.begin === null) out.begin = before === null ? end : before;
    if (started === undefined && before !== null) out.started_ts = seconds(before);
    return out;
}

// The old metadata, then what found no place: under names that nothing else has, by a "line_" in front of
// those that the metadata has, too, for all of them equally often.
function metadata(own, line, performance) {
    const added = {...line.rest};
    if (performance.left()) added.performance = performance.left();
    const twice = ['performance', ...Object.keys(line.rest)].filter((name) => Object.hasOwn(own.rest, name));
    let front = 'line_';
    while (twice.some((name) => Object.hasOwn(own.rest, front + name) || Object.hasOwn(line.rest, front + name))) front += 'line_';
    const out = {...own.rest};
    for (const [name, value] of Object.entries(added)) out[Object.hasOwn(own.rest, name) ? front + name : name] = value;
    return Object.keys(out).length > 0 ? out : undefined;
}

// RFC 8785; the numbers here are all such as a double holds.
function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
    if (!is.object(value)) return JSON.stringify(value);
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}
function startedAt(ns) {
    if (ns === null) return null;
    const fraction = String(ns % 1000000000n).padStart(9, '0').replace(/0+$/, '');
    return new Date(Number(ns / 1000000000n) * 1000).toISOString().slice(0, 19) + (fraction && `.${fraction}`) + 'Z';
}

function migrate(lines) {
    const out = [], seen = new Map();
    let run = null;
    for (const old of lines) {
        const line = new Members(old);
        delete line.rest.schema_version;
        const facts = canonical(line.rest);
        const window = windowOf(line);
        const test = line.rest.test, version = line.rest.mlx_knife_version;
        if (test !== '') delete line.rest.test;
        const own = new Members(line.take('object', 'metadata'));
        const performance = new Members(line.take('object', 'performance'));
        const machine = system(new Members(line.take('object', 'system')));
        if (!run) {
            const program = known({name: 'mlx-knife', version: version === '' ? undefined : version});
            run = {
                version, system: machine,
                id: crypto.createHash('sha256').update(facts).digest('hex').slice(0, 32),
            };
            out.push(known({
                schema_version: '1.0.0', kind: 'run', run_id: run.id, started_at: startedAt(window.begin),
                producer: program, subject: program, system: known(machine),
            }));
        }
        if (version === run.version) delete line.rest.mlx_knife_version;
        const result = {schema_version: '1.0.0', kind: 'result', run_id: run.id, benchmark: benchmark(test || 'unnamed')};
        result.model = model(new Members(line.take('object', 'model')));
        result.modality = own.take('text', 'inference_modality');
        const key = JSON.stringify([test || 'unnamed', (result.model || {}).id || '', result.modality || '']);
        result.repetition = seen.has(key) ? seen.get(key) + 1 : 0;
        seen.set(key, result.repetition);
        result.outcome = line.take('string', 'outcome');
        result.reason = own.take('text', 'skip_reason');
        result.started_ts = window.started_ts;
        result.ended_ts = window.ended_ts;
        result.metrics = metrics(line, performance);
        result.health = health(new Members(line.take('object', 'system_health')));
        const stop = line.take('object', 'stop_tokens'), times = line.take('object', 'timeline');
        result.stop_tokens = stop && stopTokens(new Members(stop));
        result.timeline = times && timeline(new Members(times));
        result.metadata = metadata(own, line, performance);
        result.system = known(Object.fromEntries(Object.entries(machine)
            .filter(([name, value]) => !util.isDeepStrictEqual(value, run.system[name]))));
        out.push(known(result));
    }
    return out;
}

// ---- random lines ----
function below(range) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(range));
}
const oneOf = (list) => list[below(list.length)];

const numbers = [() => below(100), () => below(1000000) / 1000, () => below(1000) / 10, () => 0, () => below(10 ** 9) / 1e6,
    () => below(64) + below(1e6) * 1e-12, () => 1e-7 * below(9), () => 3e9 + below(9)];
const texts = ['', 'a', 'M2 Max', 'org/model-4bit', 'é😀', 'a"b\\c', 'x::y', '[z]', 'none', '\u0001\t'];
const odd = [() => null, () => true, () => -1, () => -0.5, () => 'text', () => '', () => [], () => ({}), () => [1, 'a'],
    () => ({id: 'x', deep: [1.5, {}]}), () => 1.5];
const kinds = {
    text: () => oneOf(texts),
    number: () => oneOf(numbers)(),
    count: () => below(200),
    flag: () => below(2) > 0,
    texts: () => Array.from({length: below(3)}, () => oneOf(texts)),
    flags: () => oneOf([['clean'], [], ['degraded_swap'], ['degraded_zombies', 'degraded_ram'], ['clean', 'degraded_swap'],
        ['degraded_memory'], ['hot'], ['degraded_swap', 'hot']]),
    odd: () => oneOf(odd)(),
};
const shape = {
    model: {id: 'text', size_gb: 'number', family: 'text', variant: 'text', framework: 'text', quantization: 'text', layers: 'odd'},
    performance: {tokens_per_sec: 'number', ram_peak_mb: 'number', duration_s: 'number', prompt_tokens: 'count',
        completion_tokens: 'count', model_load_time_s: 'number', time_to_first_token_s: 'number', cleanup_time_s: 'number',
        peak_ram_gb: 'number', stable_ram_gb: 'number', watts: 'odd'},
    stop_tokens: {configured: 'texts', detected: 'texts', workaround: 'text', leaked: 'flag', count: 'odd'},
    system: {platform: 'text', platform_version: 'text', python_version: 'text', mlx_version: 'text', hardware: 'text',
        ram_total_gb: 'number', fans: 'odd', hardware_profile: {model_identifier: 'text', model: 'text', chip: 'text',
            chip_cores_performance: 'count', chip_cores_efficiency: 'count', cores_physical: 'count', cores_logical: 'count',
            gpu_cores: 'count', metal_version: 'text', neural: 'odd'}},
    system_health: {swap_gb: 'number', swap_used_mb: 'number', ram_free_gb: 'number', zombies_detected: 'count',
        zombie_processes: 'count', quality_flags: 'flags', pressure: 'odd'},
    timeline: {server_start_ms: 'number', model_load_start_ms: 'number', model_load_complete_ms: 'number',
        server_ready_ms: 'number', request_sent_ms: 'number', first_token_ms: 'number', stream_complete_ms: 'number',
        shutdown_request_ms: 'number', cleanup_complete_ms: 'number', warm_ms: 'odd'},
    metadata: {inference_modality: 'text', skip_reason: 'text', timestamp: 'text', performance: 'odd', note: 'odd',
        line_note: 'odd', line_line_note: 'odd', test: 'text', system: 'odd'},
    duration: 'number', note: 'odd', line_note: 'odd',
};
const versions = ['0.1.0', '0.2.0', '0.2.1', '0.2.2'];
const tests = ['tests/a.py::test_a', 'tests/a.py::C::test_b[x-1]', 'a.py::test[p::q]', 'plain', '', 'a::', '::a', 'a[b]c', '[x]',
    'a.py::é[ü[]]', 'a::b::c::d::e::f::g::h::i', 'a::b::c::d::e::f::g::h::i::j', 'x[]', 'a:::b', 'a::[b]'];
const times = ['2025-11-16T10:30:00Z', '2026-02-11T10:30:00.273415+00:00', '2026-02-11t10:30:00.5z', '2025-11-16 11:30:10.25+01:00',
    '2026-02-29T00:00:00Z', 'yesterday', '', '1969-12-31T23:59:59Z', '2026-02-11T10:30:00-00:00', '2026-01-01T00:00:00.1234567891Z',
    '2024-02-29T23:59:59.000000001Z', '2026-02-11T24:00:00Z', '2026-02-11T10:30:00+0100', '2026-02-11T10:30:00'];

function make(members, odds) {
    const object = {};
    for (const [name, kind] of Object.entries(members))
        if (below(3) > 0)
            object[name] = below(odds) === 0 ? kinds.odd() : typeof kind === 'string' ? kinds[kind]() : make(kind, odds);
    // Members in no order.
    return Object.fromEntries(Object.entries(object).map((entry) => [below(1e6), entry]).sort((a, b) => a[0] - b[0]).map(([, entry]) => entry));
}
function line(version, odds) {
    const object = {schema_version: version, timestamp: oneOf(times), mlx_knife_version: oneOf(['2.0.4', '2.0.4', '2.0.5', '']),
        test: oneOf(tests), outcome: oneOf(['passed', 'failed', 'skipped'])};
    if (below(3) === 0) object.test_start_ts = 1.7e9 + below(1e9) / 1e6;
    if (below(3) === 0) object.test_end_ts = 1.7e9 + below(1e9) / 1e6;
    return {...object, ...make(shape, odds)};
}

// JSON in other spellings: escapes, white space, and numbers that are the same.
function spell(value) {
    const blank = () => oneOf(['', '', '', ' ', '\t']);
    if (typeof value === 'number') {
        const text = String(value);
        if (/e/.test(text) || below(4) > 0) return text;
        return oneOf([`${text}e0`, `${text}E+00`, /\./.test(text) ? `${text}0` : `${text}.0`]);
    }
    // A timestamp with escapes is not read as a time.
    if (typeof value === 'string')
        return JSON.stringify(value).replace(/[^\\"\u0000-\u001f0-9ntbrfu]/gu, (c) => below(30) === 0 && c.length === 1 && !times.includes(value)
            ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c);
    if (Array.isArray(value)) return `[${blank()}${value.map(spell).join(`${blank()},`)}]`;
    if (!is.object(value)) return JSON.stringify(value);
    return `{${blank()}${Object.entries(value).map(([name, v]) => `${spell(name)}:${blank()}${spell(v)}`).join(`,${blank()}`)}}`;
}

// ---- the comparison ----
function run(...words) {
    const done = childProcess.spawnSync(tool, words, {encoding: 'utf8', maxBuffer: 1 << 28});
    if (done.status !== 0) throw new Error(`${words.join(' ')}: status ${done.status}: ${done.stderr}`);
    return done.stdout;
}
const read = (text) => text.split('\n').filter((l) => l !== '').map((l) => JSON.parse(l));

let compared = 0, bad = 0;
function compare(file, expected, how) {
    const made = read(fs.readFileSync(file, 'utf8'));
    for (let i = 0; i < Math.max(made.length, expected.length) && bad < 5; i++) {
        compared++;
        if (util.isDeepStrictEqual(made[i], expected[i])) continue;
        bad++;
        console.log(`# ${how}, line ${i + 1}:\n# made     ${JSON.stringify(made[i])}\n# expected ${JSON.stringify(expected[i])}`);
    }
}

fs.mkdirSync(folder, {recursive: true});
const [old, middle, last] = ['old', 'middle', 'last'].map((name) => path.join(folder, name));
for (let round = 0; round < rounds; round++) {
    const from = round % versions.length, odds = oneOf([4, 20, 1000]);
    const lines = Array.from({length: linesAFile}, () => line(versions[from], odds));
    fs.writeFileSync(old, lines.map((l) => `${spell(l)}\n`).join(''));
    const expected = migrate(lines);
    fs.writeFileSync(last, run(old));
    compare(last, expected, `round ${round}, ${versions[from]}`);
    for (const by of versions.slice(from + 1)) {
        fs.writeFileSync(middle, run('--to', by, old));
        fs.writeFileSync(last, run(middle));
        compare(last, expected, `round ${round}, ${versions[from]} by ${by}`);
    }
}
console.log(`# ${compared} lines compared`);
process.exit(bad > 0 || compared === 0 ? 1 : 0);
