// SPDX-License-Identifier: GPL-2.0-or-later
// node schema-peers.js SUITE: what other validators reach on the official suite,
// counted as tests/helpers/schema_suite counts for ours. A line for each:
// program, draft, required cases met, of, optional cases met, of.
'use strict';
const fs = require('fs');
const path = require('path');
const suite = process.argv[2];
const drafts = ['draft4', 'draft6', 'draft7', 'draft2019-09', 'draft2020-12'];

const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const walk = (folder) => fs.existsSync(folder) ? fs.readdirSync(folder, {withFileTypes: true}).flatMap(
    (entry) => entry.isDirectory() ? walk(path.join(folder, entry.name)) : [path.join(folder, entry.name)]) : [];

const remotes = walk(path.join(suite, 'remotes')).map((file) =>
    ['http://localhost:1234/' + path.relative(path.join(suite, 'remotes'), file), read(file)]);
const others = (draft) => remotes.filter(([uri]) => !/\/draft(?!s)/.test(uri) || uri.includes('/' + draft + '/'));

const ajv = (draft) => {
    const Ajv = {
        'draft4': () => require('ajv-draft-04').default || require('ajv-draft-04'),
        'draft2019-09': () => require('ajv/dist/2019').default,
        'draft2020-12': () => require('ajv/dist/2020').default,
    }[draft] || (() => require('ajv').default);
    return (schema, formats) => {
        const engine = new (Ajv())({strict: false, logger: false, validateFormats: formats});
        require('ajv-formats').default(engine);
        if (draft === 'draft6') engine.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
        for (const [uri, remote] of others(draft)) {
            try { engine.addSchema(remote, uri); } catch (error) { /* of another draft */ }
        }
        return engine.compile(schema);
    };
};

const cfworker = (draft) => {
    const {Validator} = require('@cfworker/json-schema');
    const version = {'draft4': '4', 'draft7': '7', 'draft2019-09': '2019-09', 'draft2020-12': '2020-12'}[draft];
    if (!version) return null;
    return (schema) => {
        const validator = new Validator(schema, version);
        for (const [uri, remote] of others(draft)) {
            try { validator.addSchema(remote, uri); } catch (error) { /* of another draft */ }
        }
        return (data) => validator.validate(data).valid;
    };
};

const uris = {
    'draft4': 'http://json-schema.org/draft-04/schema#',
    'draft6': 'http://json-schema.org/draft-06/schema#',
    'draft7': 'http://json-schema.org/draft-07/schema#',
    'draft2019-09': 'https://json-schema.org/draft/2019-09/schema',
    'draft2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

const schemasafe = (draft) => {
    const {validator} = require('@exodus/schemasafe');
    return (schema, formats) => validator(schema, {
        $schemaDefault: uris[draft], schemas: new Map(others(draft)), mode: 'lax', formatAssertion: formats,
        allowUnusedKeywords: true, allowUnreachable: true,
    });
};

// It knows no draft after 7.
const jsonschema = (draft) => {
    const {Validator} = require('jsonschema');
    if (draft.includes('20')) return null;
    return (schema, formats) => {
        const validator = new Validator();
        for (const [uri, remote] of others(draft)) validator.addSchema(remote, uri);
        return (data) => validator.validate(data, schema, {disableFormat: !formats}).valid;
    };
};

const peers = [
    ['Ajv 8', ajv], ['@cfworker/json-schema 4', cfworker], ['@exodus/schemasafe 1', schemasafe],
    ['jsonschema 1 (npm)', jsonschema],
];
for (const [name, make] of peers) {
    for (const draft of drafts) {
        const compile = make(draft);
        if (!compile) continue;
        const met = {required: 0, optional: 0}, all = {required: 0, optional: 0};
        const folder = path.join(suite, 'tests', draft);
        for (const file of walk(folder)) {
            const inside = path.relative(folder, file);
            const kind = inside.startsWith('optional') ? 'optional' : 'required';
            const formats = inside.startsWith('optional/format/') || inside === 'optional/ecmascript-regex.json';
            for (const group of read(file)) {
                let check = null;
                try { check = compile(group.schema, formats); } catch (error) { /* every case is unmet */ }
                for (const test of group.tests) {
                    let got = null;
                    try { got = check ? !!check(test.data) : null; } catch (error) { /* unmet */ }
                    all[kind]++;
                    if (got === test.valid) met[kind]++;
                }
            }
        }
        console.log([name, draft, met.required, all.required, met.optional, all.optional].join('\t'));
    }
}
