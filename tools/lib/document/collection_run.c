/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/collection_parts.h"

#include "base/memory.h"
#include "record/access.h"

#include <math.h>

uint32_t collection_keep(struct collection *collection, struct slice text)
{
    return text.data ? dictionary_id(&collection->texts, text) : NO_TEXT;
}

static void add_remark(struct collection *collection, struct slice name, struct slice value)
{
    struct remark remark = {collection_keep(collection, name), collection_keep(collection, value)};
    for (size_t i = 0; i < collection->remark_count; i++)
        if (collection->remarks[i].name == remark.name &&
            collection->remarks[i].value == remark.value)
            return;
    MEMORY_GROW(collection->remarks, collection->remark_count, collection->remark_capacity);
    collection->remarks[collection->remark_count++] = remark;
}

static void add_remarks(struct collection *collection, const struct json_document *document)
{
    enum { MOST = 100 };
    uint32_t system = access_node(document, ACCESS_ROOT, "system", JSON_OBJECT);
    uint32_t metadata = access_node(document, system, "metadata", JSON_OBJECT);
    if (metadata == JSON_NONE)
        return;
    for (uint32_t key = json_first(document, metadata); key != json_end(document, metadata);
         key = json_after(document, key + 1)) {
        enum json_type type = json_type(document, key + 1);
        if (collection->remark_count >= MOST || type == JSON_OBJECT || type == JSON_ARRAY)
            continue;
        add_remark(collection, json_string(document, key, &collection->line),
            type == JSON_STRING ? json_string(document, key + 1, &collection->line)
                                : json_raw(document, key + 1));
    }
}

struct input_file *collection_file(struct collection *collection, const char *name)
{
    uint32_t text = collection_keep(collection, slice_of(name ? name : "<stdin>"));
    /* Lines of one file come together, so it is the last or a new one. */
    if (collection->file_count > 0 && collection->files[collection->file_count - 1].name == text)
        return &collection->files[collection->file_count - 1];
    for (size_t i = 0; i < collection->file_count; i++)
        if (collection->files[i].name == text)
            return &collection->files[i];
    MEMORY_GROW(collection->files, collection->file_count, collection->file_capacity);
    struct input_file *file = &collection->files[collection->file_count++];
    *file = (struct input_file){.name = text};
    return file;
}

void collection_bad_line(struct collection *collection, const char *file)
{
    collection_file(collection, file)->bad++;
}

uint32_t collection_run(struct collection *collection, struct slice id)
{
    uint32_t index = dictionary_id(&collection->run_ids, id);
    if (index == collection->run_count) {
        MEMORY_GROW(collection->runs, collection->run_count, collection->run_capacity);
        struct run *run = &collection->runs[collection->run_count++];
        *run = (struct run){
            .facts.cores_physical = NAN, .facts.cores_logical = NAN, .facts.memory_bytes = NAN};
        run->facts.run_id = dictionary_text(&collection->run_ids, index);
    }
    return index;
}

int collection_add_run(
    struct collection *collection, const struct record *record, struct error *error)
{
    struct report_run facts;
    if (report_run_read(&facts, record, &collection->arena, error) != 0)
        return -1;
    uint32_t index = collection_run(collection, facts.run_id);
    struct run *run = &collection->runs[index];
    run->facts = facts;
    run->derived = record->derived;
    add_remarks(collection, record->document);
    return 0;
}

void collection_add_end(struct collection *collection, const struct record *record)
{
    struct slice id = access_text(record->document, ACCESS_ROOT, "run_id", &collection->line);
    if (!id.data)
        return;
    uint32_t index = collection_run(collection, id);
    struct run *run = &collection->runs[index];
    run->ended = true;
    run->interrupted = access_bool(record->document, ACCESS_ROOT, "interrupted") == (int)KNOWN_TRUE;
}

/* ---- the machine, where only the results tell it ---- */
static void fill(struct slice *known, struct slice told, struct arena *arena)
{
    if (!known->data && told.data)
        *known = arena_slice(arena, told);
}

void collection_fill(double *known, double told)
{
    if (isnan(*known))
        *known = told;
}

void collection_add_system(
    struct collection *collection, struct run *run, const struct json_document *document)
{
    uint32_t system = access_node(document, ACCESS_ROOT, "system", JSON_OBJECT);
    struct arena *line = &collection->line, *arena = &collection->arena;
    if (system == JSON_NONE)
        return;
    add_remarks(collection, document);
    if (run->facts.machine_model.data && run->facts.cpu_model.data)
        return;
    uint32_t os = access_node(document, system, "os", JSON_OBJECT);
    uint32_t cpu = access_node(document, system, "cpu", JSON_OBJECT);
    uint32_t cores = access_node(document, cpu, "cores", JSON_OBJECT);
    uint32_t memory = access_node(document, system, "memory", JSON_OBJECT);
    fill(&run->facts.machine_model, access_text(document, system, "model", line), arena);
    fill(&run->facts.os_name, access_text(document, os, "name", line), arena);
    fill(&run->facts.os_version, access_text(document, os, "version", line), arena);
    fill(&run->facts.cpu_model, access_text(document, cpu, "model", line), arena);
    collection_fill(&run->facts.cores_physical, access_number(document, cores, "physical"));
    collection_fill(&run->facts.cores_logical, access_number(document, cores, "logical"));
    collection_fill(&run->facts.memory_bytes, access_number(document, memory, "total_bytes"));
}
