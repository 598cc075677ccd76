// SPDX-License-Identifier: GPL-2.0-or-later
// schemas-ajv.js SOURCE: prints as TAP what Ajv says of the schemas and of the
// reports in tests/data/reports.
'use strict';
const childProcess = require('child_process');
const fs = require('fs');
const path = require('path');
const Ajv7 = require('ajv').default;
const Ajv2020 = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats').default;

const source = process.argv[2];
const reports = path.join(source, 'tests/data/reports');
const versions = { '0.1.0': '0.1', '0.2.0': '0.2', '0.2.1': '0.2.2', '0.2.2': '0.2.2', '1.0.0': '1.0' };

let tests = 0;
let failed = 0;
function ok(held, name, why) {
    tests++;
    if (!held) failed++;
    console.log(`${held ? 'ok' : 'not ok'} ${tests} - ${name}`);
    if (!held && why) console.log(`# ${String(why).replace(/\n/g, '\n# ')}`);
}

function readSchema(version) {
    return JSON.parse(fs.readFileSync(path.join(source, `schemas/report-v${version}.schema.json`), 'utf8'));
}

// Strict, but for two of Ajv's own habits: 1.0 uses lists of types, and if
// without a type beside it.
function engine(schema, formats) {
    const Engine = schema.$schema.includes('2020-12') ? Ajv2020 : Ajv7;
    const ajv = new Engine({
        allErrors: true, strict: true, allowUnionTypes: true, strictTypes: false, strictRequired: false,
        validateFormats: formats,
    });
    if (formats) addFormats(ajv);
    ajv.addSchema(schema);
    return ajv;
}

const compiled = {};
function validator(version, formats = true) {
    const key = `${version} ${formats}`;
    if (!compiled[key]) {
        const schema = readSchema(version);
        compiled[key] = engine(schema, formats).getSchema(schema.$id);
    }
    return compiled[key];
}

// A line without a version that is known is judged by the newest schema.
function schemaFor(value) {
    return versions[value && value.schema_version] || '1.0';
}

function linesOf(file) {
    return fs.readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');
}

function explain(errors) {
    return errors.map((e) => `${e.instancePath}: ${e.keyword}: ${e.message}`).join('\n');
}

function filesIn(folder, ending) {
    return fs.readdirSync(folder).filter((name) => name.endsWith(ending)).sort();
}

// ---- the schemas
for (const version of new Set(Object.values(versions))) {
    const schema = readSchema(version);
    const ajv = engine(schema, true);
    ok(ajv.validateSchema(schema), `report-v${version} is valid against its meta-schema`, ajv.errorsText());
}
ok(fs.readlinkSync(path.join(source, 'schemas/report-current.schema.json')) === 'report-v1.0.schema.json',
    'report-current points at the newest schema by a relative link');

// ---- 1.0: each field has a description and examples, and the examples hold
const newest = readSchema('1.0');
const newestEngine = engine(newest, true);
function resolve(part) {
    return part.$ref ? { ...resolve(newest.$defs[part.$ref.replace('#/$defs/', '')]), ...part } : part;
}
const undescribed = [];
const wrongExamples = [];
let examples = 0;
function visit(part, pointer) {
    if (part === null || typeof part !== 'object') return;
    const check = part.examples && newestEngine.compile({ $ref: `${newest.$id}#${encodeURI(pointer)}` });
    for (const example of part.examples || []) {
        examples++;
        if (!check(example)) wrongExamples.push(`${pointer} ${JSON.stringify(example)}\n${explain(check.errors)}`);
    }
    for (const list of ['properties', '$defs']) {
        if (pointer.includes('/if')) continue;
        for (const [name, field] of Object.entries(part[list] || {})) {
            const whole = resolve(field);
            if (!whole.description || !whole.examples) {
                if (name !== 'machine_facts') undescribed.push(`${pointer}/${list}/${name}`);
            }
            visit(field, `${pointer}/${list}/${name}`);
        }
    }
    if (part.items) visit(part.items, `${pointer}/items`);
}
visit(newest, '');
ok(undescribed.length === 0, 'every field of 1.0 has a description and an example', undescribed.join('\n'));
ok(examples > 200 && wrongExamples.length === 0, 'every example in 1.0 is valid where it stands', wrongExamples.join('\n'));

// ---- 1.0: what holds fields is closed and may hold metadata
const open = [];
function closed(part, pointer) {
    if (part === null || typeof part !== 'object' || pointer.endsWith('/if')) return;
    if (part.properties && pointer !== '' && pointer !== '/$defs/machine_facts') {
        const metadata = part.properties.metadata || part.$ref === '#/$defs/machine_facts';
        if (part.unevaluatedProperties !== false || !metadata) open.push(pointer);
    }
    for (const [key, value] of Object.entries(part)) {
        if (!['examples', 'enum', 'const'].includes(key) || pointer.endsWith('/properties')) closed(value, `${pointer}/${key}`);
    }
}
closed(newest, '');
ok(open.length === 0, 'every object of 1.0 is closed and may hold metadata', open.join('\n'));

// ---- the reports that are right
const kinds = new Set();
for (const name of filesIn(reports, '.jsonl')) {
    const wrong = [];
    linesOf(path.join(reports, name)).forEach((line, i) => {
        const value = JSON.parse(line);
        const check = validator(schemaFor(value));
        kinds.add(value.kind);
        if (!check(value)) wrong.push(`line ${i + 1}\n${explain(check.errors)}`);
    });
    ok(wrong.length === 0, `${name}: every line is valid`, wrong.join('\n'));
}
const missing = newest.properties.kind.enum.filter((kind) => !kinds.has(kind));
ok(missing.length === 0, 'the valid reports hold a line of every kind', missing.join(' '));

// ---- the examples in the documents
const manual = childProcess.execFileSync(path.join(source, 'tests/lint/format-manual'), ['--examples'], { encoding: 'utf8' });
const page = fs.readFileSync(path.join(source, 'docs/report-format.md'), 'utf8');
const blocks = [...page.matchAll(/^```jsonl\n(.*?)^```$/gms)].map((match) => match[1]).join('');
for (const [name, text] of [['docs/benchline-report.5', manual], ['docs/report-format.md', blocks]]) {
    const lines = text.split('\n').filter((line) => line !== '');
    const wrong = lines.map((line) => JSON.parse(line)).filter((value) => !validator(schemaFor(value))(value));
    ok(lines.length > 5 && wrong.length === 0, `${name}: every example is valid`, wrong.map((value) => JSON.stringify(value)).join('\n'));
}

// ---- the reports that are right but for a date
for (const name of filesIn(path.join(reports, 'warned'), '.jsonl')) {
    for (const line of linesOf(path.join(reports, 'warned', name))) {
        const value = JSON.parse(line);
        const version = schemaFor(value);
        const strict = validator(version);
        ok(validator(version, false)(value) && !strict(value) && strict.errors.every((e) => e.keyword === 'format'),
            `warned/${name}: only the format is wrong`, explain(strict.errors || []));
    }
}

// ---- the reports with one fault
const faults = linesOf(path.join(reports, 'invalid/faults.tsv')).filter((line) => !line.startsWith('#'))
    .map((line) => line.split('\t'));
ok(faults.map((fault) => fault[0]).join() === filesIn(path.join(reports, 'invalid'), '.jsonl').join(),
    'invalid/faults.tsv names each file of its folder');
for (const [name, pointer, keyword] of faults) {
    const line = linesOf(path.join(reports, 'invalid', name))[0];
    let value;
    try {
        value = JSON.parse(line);
    } catch (error) {
        ok(keyword === 'json', `invalid/${name}: is not JSON`, error);
        continue;
    }
    const check = validator(schemaFor(value));
    const valid = check(value);
    // Ajv adds an error of its own for an if and a required for each branch of an anyOf.
    const real = (check.errors || []).filter((e) => e.keyword !== 'if' && !e.schemaPath.includes('/anyOf/'));
    const places = new Set(real.map((e) => `${e.instancePath} ${e.keyword}`));
    ok(!valid && places.size === 1 && places.has(`${pointer} ${keyword}`),
        `invalid/${name}: ${keyword} refuses ${pointer || 'the line'}, and nothing else does`, explain(real));
}
console.log(`1..${tests}`);
process.exit(failed ? 1 : 0);
