// SPDX-License-Identifier: GPL-2.0-or-later
// node schema-random.js BENCH-VALIDATE FOLDER [SCHEMAS] [SEED]: random schemas of
// draft 7 and 2020-12, each held against random values by bench-validate, Ajv and
// @cfworker/json-schema. Either of these two is known to be wrong about what is
// unevaluated, and about an empty array that should contain something; where
// neither agrees with us the case is printed, and the status is 1.
'use strict';
const childProcess = require('child_process');
const fs = require('fs');
const path = require('path');
const Ajv7 = require('ajv').default;
const Ajv2020 = require('ajv/dist/2020').default;
const {Validator} = require('@cfworker/json-schema');

const [tool, folder] = process.argv.slice(2);
const schemas = Number(process.argv[4] || 400), values = 40;
let state = BigInt(process.argv[5] || 20251126);

function below(range) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(range));
}
const oneOf = (list) => list[below(list.length)];
const some = (most, make) => Array.from({length: below(most + 1)}, make);
const unique = (list) => [...new Set(list)];

// Few names and values, so that what a schema asks for is often there.
const names = ['a', 'b', 'ab', 'b1', 'c'];
const scalars = [null, true, false, 0, 1, 2, -1, 3, 0.5, 1.5, 10, '', 'a', 'ab', 'b1', '\u00e4', '\u{1F600}'];
const patterns = ['^a', 'b$', '^[a-c]+$', '\\d', '^.{1,2}$', '(a|b)1?'];
const types = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'];

function value(depth) {
    const kind = below(depth > 2 ? 5 : 9);
    if (kind < 5) return oneOf(scalars);
    if (kind < 7) return some(4, () => value(depth + 1));
    return Object.fromEntries(some(4, () => [oneOf(names), value(depth + 1)]));
}

// One keyword, or a few that belong together; inner() makes a schema inside.
const common = [
    () => ({type: below(3) ? oneOf(types) : unique([oneOf(types), oneOf(types)])}),
    () => ({enum: [value(2), value(2), oneOf(scalars)].filter((item, i, all) =>
        all.findIndex((other) => JSON.stringify(other) === JSON.stringify(item)) === i)}),
    () => ({const: value(1)}),
    () => ({minimum: below(4) - 1}), () => ({maximum: below(4)}),
    () => ({exclusiveMinimum: below(3)}), () => ({exclusiveMaximum: below(4)}),
    () => ({multipleOf: oneOf([1, 2, 3, 0.5])}),
    () => ({minLength: below(3)}), () => ({maxLength: below(3)}), () => ({pattern: oneOf(patterns)}),
    () => ({minItems: below(3)}), () => ({maxItems: below(4)}), () => ({uniqueItems: below(4) > 0}),
    () => ({minProperties: below(3)}), () => ({maxProperties: below(4)}),
    () => ({required: unique(some(2, () => oneOf(names)))}),
    (inner) => ({contains: inner()}),
    (inner) => ({properties: Object.fromEntries(some(3, () => [oneOf(names), inner()]))}),
    (inner) => ({properties: Object.fromEntries(some(3, () => [oneOf(names), inner()]))}),
    (inner) => ({patternProperties: {[oneOf(patterns)]: inner()}}),
    (inner) => ({additionalProperties: inner()}),
    (inner) => ({propertyNames: inner()}),
    (inner) => ({allOf: [inner(), inner()]}), (inner) => ({anyOf: [inner(), inner()]}),
    (inner) => ({oneOf: [inner(), inner()]}), (inner) => ({not: inner()}),
    (inner) => ({if: inner(), then: inner(), else: inner()}), (inner) => ({if: inner(), then: inner()}),
    // Branches that a member decides, as reports have them.
    (inner) => ({oneOf: ['a', 'b'].map((kind) => ({properties: {a: {const: kind}, b: inner()}, required: ['a']}))}),
    (inner) => ({anyOf: ['a', 'ab'].map((kind) => ({properties: {a: {enum: [kind, 'b1']}, b: inner()}, required: ['a']}))}),
    () => ({$ref: oneOf(['#/DEFS/x', '#/DEFS/y'])}),
];
const dialects = {
    'draft-07': {
        uri: 'http://json-schema.org/draft-07/schema#', defs: 'definitions', Engine: Ajv7, version: '7',
        more: [
            (inner) => ({items: inner()}), (inner) => ({items: [inner(), inner()], additionalItems: inner()}),
            (inner) => ({dependencies: {[oneOf(names)]: inner(), c: ['a']}}),
        ],
    },
    '2020-12': {
        uri: 'https://json-schema.org/draft/2020-12/schema', defs: '$defs', Engine: Ajv2020, version: '2020-12',
        more: [
            (inner) => ({items: inner()}), (inner) => ({prefixItems: [inner(), inner()], items: inner()}),
            (inner) => ({contains: inner(), minContains: below(3), maxContains: 1 + below(3)}),
            (inner) => ({dependentSchemas: {[oneOf(names)]: inner()}}),
            () => ({dependentRequired: {[oneOf(names)]: [oneOf(names)]}}),
            (inner) => ({unevaluatedProperties: below(2) ? false : inner()}),
            (inner) => ({unevaluatedItems: below(2) ? false : inner()}),
        ],
    },
};

function schema(dialect, depth) {
    if (below(10) === 0) return below(4) > 0;
    const inner = () => schema(dialect, depth + 1);
    const leaves = common.slice(0, 17);
    const choice = depth > 2 ? leaves : [...common, ...dialect.more, ...dialect.more];
    const made = Object.assign({}, ...Array.from({length: 1 + below(3)}, () => oneOf(choice)(inner)));
    // Draft 7 passes over everything beside a reference.
    return made.$ref ? {$ref: made.$ref.replace('DEFS', dialect.defs)} : made;
}

function whole(dialect) {
    // x may refer to y, y to nothing: no reference goes round.
    const y = schema(dialect, 3);
    const made = {$schema: dialect.uri, ...schema(dialect, 0)};
    const x = JSON.parse(JSON.stringify(schema(dialect, 1)).replaceAll(`#/${dialect.defs}/x`, `#/${dialect.defs}/y`));
    if (made.$ref) return {$schema: dialect.uri, allOf: [{$ref: made.$ref}], [dialect.defs]: {x, y}};
    return {...made, [dialect.defs]: {x, y}};
}

// What the others say of each line: true, false, or null where one breaks down.
function answers(dialect, made, lines) {
    const judge = (check) => lines.map((line) => {
        try { return !!check(JSON.parse(line)); } catch (error) { return null; }
    });
    const ajv = new dialect.Engine({strict: false, logger: false}).compile(made);
    const cfworker = new Validator(made, dialect.version);
    return [judge(ajv), judge((value) => cfworker.validate(value).valid)];
}

// The lines that pass; their order is that of the input.
function ask(file, lines) {
    const run = childProcess.spawnSync(tool, ['--schema', file], {input: lines.join('\n') + '\n', encoding: 'utf8'});
    if (run.status > 1) return {failure: `status ${run.status}: ${run.stderr}`};
    const passed = run.stdout.split('\n').slice(0, -1);
    const verdicts = lines.map((line) => line === passed[0] && passed.shift() !== undefined);
    return passed.length ? {failure: `passed what was not there: ${passed[0]}`} : {verdicts};
}

let compared = 0, refused = 0, doubted = 0, wrong = 0;
fs.mkdirSync(folder, {recursive: true});
for (let i = 0; i < schemas; i++) {
    const dialect = oneOf(Object.values(dialects));
    const made = whole(dialect);
    const lines = Array.from({length: values}, () => JSON.stringify(value(0)));
    const file = path.join(folder, 'schema.json');
    fs.writeFileSync(file, JSON.stringify(made));
    const {verdicts, failure} = ask(file, lines);
    const others = failure ? [] : answers(dialect, made, lines);
    const odd = failure ? -1 : verdicts.findIndex((verdict, line) => others.every((one) => one[line] !== verdict));
    if (failure || odd >= 0) {
        console.log(`# ${JSON.stringify(made)}\n# ${failure || `${lines[odd]}: the others do not say ${verdicts[odd]}`}`);
        wrong++;
        continue;
    }
    compared += lines.length;
    refused += verdicts.filter((verdict) => !verdict).length;
    doubted += verdicts.filter((verdict, line) => others.some((one) => one[line] !== verdict)).length;
}
console.log(`# ${compared} values against ${schemas} schemas: ${refused} refused, ${doubted} with one of the two ` +
    `others against it, ${wrong} schemas with both against it`);
process.exit(wrong || refused < compared / 10 || refused > compared * 9 / 10 ? 1 : 0);
