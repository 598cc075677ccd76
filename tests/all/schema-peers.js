// SPDX-License-Identifier: GPL-2.0-or-later
// node schema-peers.js SUITE: runs the official JSON Schema test suite through
// other validators, by the rules by which ours is run: a case counts where the
// verdict is the suite's. Prints a line for each peer and draft: name, version,
// draft, required cases met, of, optional cases met, of; tab-separated.
'use strict';
const fs = require('fs');
const path = require('path');

const suite = process.argv[2];
const drafts = ['draft4', 'draft6', 'draft7', 'draft2019-09', 'draft2020-12'];
const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const version = (name) => read(require.resolve(name + '/package.json')).version;

function walk(folder, found = []) {
    for (const entry of fs.readdirSync(folder, {withFileTypes: true}).sort((a, b) => a.name < b.name ? -1 : 1)) {
        const full = path.join(folder, entry.name);
        if (entry.isDirectory()) walk(full, found);
        else if (entry.name.endsWith('.json')) found.push(full);
    }
    return found;
}

// The documents that references in the suite lead to, by their URI.
function remotes(draft) {
    const top = path.join(suite, 'remotes');
    return walk(top)
        .map((file) => [path.relative(top, file), file])
        .filter(([name]) => !/^draft/.test(name) || name.startsWith(draft + '/'))
        .map(([name, file]) => ['http://localhost:1234/' + name, read(file)]);
}

const metas = {
    'draft4': 'http://json-schema.org/draft-04/schema#', 'draft6': 'http://json-schema.org/draft-06/schema#',
    'draft7': 'http://json-schema.org/draft-07/schema#',
    'draft2019-09': 'https://json-schema.org/draft/2019-09/schema',
    'draft2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

function ajv(draft, formats) {
    const Ajv = {
        'draft4': () => require('ajv-draft-04'), 'draft6': () => require('ajv'), 'draft7': () => require('ajv'),
        'draft2019-09': () => require('ajv/dist/2019'), 'draft2020-12': () => require('ajv/dist/2020'),
    }[draft]();
    const make = () => {
        const one = new (Ajv.default || Ajv)({strict: false, logger: false, validateFormats: formats, allErrors: false});
        if (formats) require('ajv-formats').default(one);
        if (draft === 'draft6') one.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
        for (const [uri, schema] of remotes(draft)) {
            try { one.addSchema(schema, uri); } catch (error) { /* one that it cannot take */ }
        }
        return one;
    };
    return (schema) => make().compile(schema);
}

function cfworker(draft) {
    const {Validator} = require('@cfworker/json-schema');
    const name = {'draft4': '4', 'draft7': '7', 'draft2019-09': '2019-09', 'draft2020-12': '2020-12'}[draft];
    if (!name) return null;
    return (schema) => {
        const validator = new Validator(schema, name, true);
        for (const [uri, document] of remotes(draft)) {
            try { validator.addSchema(document, uri); } catch (error) { /* as above */ }
        }
        return (data) => validator.validate(data).valid;
    };
}

function jsonschema(draft) {
    if (draft.startsWith('draft20')) return null;
    const {Validator} = require('jsonschema');
    return (schema) => {
        const validator = new Validator();
        for (const [uri, document] of remotes(draft)) validator.addSchema(document, uri);
        return (data) => validator.validate(data, schema).valid;
    };
}

function run(draft, peer) {
    const met = {required: 0, optional: 0}, total = {required: 0, optional: 0};
    const top = path.join(suite, 'tests', draft);
    for (const file of walk(top)) {
        const kind = path.relative(top, file).startsWith('optional') ? 'optional' : 'required';
        const check = peer(draft, /optional\/format\//.test(file));
        if (!check) return null;
        for (const group of read(file)) {
            let validate = null;
            let schema = group.schema;
            if (typeof schema === 'object' && schema !== null && !('$schema' in schema) && !('$ref' in schema))
                schema = Object.assign({$schema: metas[draft]}, schema);
            try { validate = check(schema); } catch (error) { validate = null; }
            for (const test of group.tests) {
                total[kind]++;
                let verdict = null;
                try { verdict = validate ? !!validate(test.data) : null; } catch (error) { verdict = null; }
                if (verdict === test.valid) met[kind]++;
            }
        }
    }
    return [met.required, total.required, met.optional, total.optional];
}

const peers = [['Ajv', 'ajv', ajv], ['cfworker', '@cfworker/json-schema', cfworker], ['jsonschema', 'jsonschema', jsonschema]];
for (const [name, module, peer] of peers) {
    for (const draft of drafts) {
        const counts = run(draft, peer);
        if (counts) console.log([name, version(module), draft, ...counts].join('\t'));
    }
}
