/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/report_parts.h"

#include "base/memory.h"
#include "base/plural.h"
#include "document/report_changes.h"

/* ---- machines ---- */
static void add_piece(struct buffer *text, struct slice piece)
{
    if (!piece.data || piece.size == 0)
        return;
    if (text->size)
        buffer_add_text(text, ", ");
    buffer_add_slice(text, piece);
}

/* "Mac14,6, M2 Max, 12 cores, 64.0 GB, macOS 15.2", as far as it is known. */
static void machine_text(struct buffer *text, const struct report_run *run)
{
    add_piece(text, run->machine_model);
    add_piece(text, run->cpu_model);
    double cores = isfinite(run->cores_physical) ? run->cores_physical : run->cores_logical;
    if (isfinite(cores))
        buffer_add_format(
            text, "%s%.0f core%s", text->size ? ", " : "", cores, plural((uint64_t)cores));
    if (isfinite(run->memory_bytes)) {
        buffer_add_text(text, text->size ? ", " : "");
        quantity_add(text, run->memory_bytes, slice_of("By"));
    }
    /* "macOS 15.2" names itself, "12 (bookworm)" does not. */
    bool number = run->os_version.size > 0 && run->os_version.data[0] >= '0' &&
                  run->os_version.data[0] <= '9';
    if (number || !run->os_version.data)
        add_piece(text, run->os_name);
    if (number && run->os_name.data) {
        buffer_add_char(text, ' ');
        buffer_add_slice(text, run->os_version);
    } else {
        add_piece(text, run->os_version);
    }
}

static void add_program(struct report_builder *builder, struct view *object, const char *key,
    const struct program *program)
{
    if (!program->name.data)
        return;
    struct view *view = view_object(builder->arena);
    add_text(builder, view, "name", program->name);
    add_text(builder, view, "version", program->version);
    buffer_add_slice(&builder->text, program->name);
    if (program->version.data) {
        buffer_add_char(&builder->text, ' ');
        buffer_add_slice(&builder->text, program->version);
    }
    add_text(builder, view, "text", buffer_slice(&builder->text));
    buffer_reset(&builder->text);
    view_set(builder->arena, object, key, view);
}

static const struct view *run_view(
    struct report_builder *builder, const struct run *run, bool earlier)
{
    const struct report_run *facts = &run->facts;
    struct view *view = view_object(builder->arena);
    add_name(builder, view, "id", facts->run_id);
    add_flag(builder, view, "earlier", earlier);
    add_text(builder, view, "started", facts->started_at);
    add_program(builder, view, "producer", &facts->producer);
    add_program(builder, view, "subject", &facts->subject);
    add_name(builder, view, "commit", facts->commit);
    add_text(builder, view, "branch", facts->branch);
    add_text(builder, view, "tag", facts->tag);
    add_flag(builder, view, "dirty", facts->dirty == KNOWN_TRUE);
    add_text(builder, view, "kernel", facts->kernel);
    add_text(builder, view, "governor", facts->governor);
    add_text(builder, view, "order", facts->order_mode);
    add_count(builder, view, "results", run->results);
    add_flag(builder, view, "interrupted", run->interrupted);
    add_flag(builder, view, "unfinished", !run->derived && !run->ended);
    machine_text(&builder->text, facts);
    if (builder->text.size)
        add_text(builder, view, "machine", buffer_slice(&builder->text));
    buffer_reset(&builder->text);
    struct view *labels = view_list(builder->arena);
    for (size_t i = 0; i < facts->label_count; i++) {
        struct view *label = view_object(builder->arena);
        add_text(builder, label, "name", facts->labels[i].name);
        add_text(builder, label, "value", facts->labels[i].value);
        view_append(builder->arena, labels, label);
    }
    view_set(builder->arena, view, "labels", labels);
    return view;
}

/* ---- the head of the document ---- */
/* Each text once, in the order they come: {first, rest}. */
static void add_distinct(struct report_builder *builder, struct view *root, const char *key,
    struct slice (*text_of)(struct report_builder *, const struct run *))
{
    const struct collection *collection = builder->collection;
    struct dictionary seen = {.texts = NULL};
    struct view *list = view_list(builder->arena);
    for (size_t i = 0; i < collection->run_count; i++) {
        struct slice text = text_of(builder, &collection->runs[i]);
        uint32_t known = seen.count;
        if (text.size > 0 && dictionary_id(&seen, text) == known) {
            struct view *item = view_object(builder->arena);
            add_text(builder, item, "text", text);
            add_flag(builder, item, "first", known == 0);
            view_append(builder->arena, list, item);
        }
        buffer_reset(&builder->text);
    }
    dictionary_release(&seen);
    view_set(builder->arena, root, key, list);
}

static struct slice machine_of(struct report_builder *builder, const struct run *run)
{
    machine_text(&builder->text, &run->facts);
    return buffer_slice(&builder->text);
}

static struct slice subject_of(struct report_builder *builder, const struct run *run)
{
    const struct program *subject = &run->facts.subject;
    if (!subject->name.data)
        return (struct slice){NULL, 0};
    buffer_add_slice(&builder->text, subject->name);
    if (subject->version.data) {
        buffer_add_char(&builder->text, ' ');
        buffer_add_slice(&builder->text, subject->version);
    }
    return buffer_slice(&builder->text);
}

/* The day of an RFC 3339 time. */
static struct slice day_of(struct slice time)
{
    enum { DAY = 10 };
    return (struct slice){time.data, time.size < DAY ? time.size : DAY};
}

static void add_days(struct report_builder *builder, struct view *root)
{
    const struct collection *collection = builder->collection;
    struct slice first = {NULL, 0}, last = {NULL, 0};
    for (size_t i = 0; i < collection->run_count; i++) {
        struct slice day = day_of(collection->runs[i].facts.started_at);
        if (day.data && (!first.data || slice_compare(day, first) < 0))
            first = day;
        if (day.data && (!last.data || slice_compare(day, last) > 0))
            last = day;
    }
    add_text(builder, root, "date", first);
    if (first.data && !slice_equal(first, last))
        add_text(builder, root, "until", last);
}

static void add_runs(
    struct report_builder *builder, struct view *root, const struct collection *earlier)
{
    const struct collection *collection = builder->collection;
    struct view *runs = view_list(builder->arena), *before = view_list(builder->arena);
    uint64_t interrupted = 0, unfinished = 0;
    for (size_t i = 0; i < collection->run_count; i++) {
        const struct run *run = &collection->runs[i];
        view_append(builder->arena, runs, run_view(builder, run, false));
        interrupted += run->interrupted;
        unfinished += !run->derived && !run->ended;
    }
    for (size_t i = 0; earlier && i < earlier->run_count; i++)
        view_append(builder->arena, before, run_view(builder, &earlier->runs[i], true));
    view_set(builder->arena, root, "runs", runs);
    view_set(builder->arena, root, "earlier_runs", before);
    if (interrupted > 0)
        add_count(builder, root, "interrupted", interrupted);
    if (unfinished > 0)
        add_count(builder, root, "unfinished", unfinished);
}

/* ---- where it came from ---- */
static const struct view *file_view(struct report_builder *builder,
    const struct collection *collection, const struct input_file *file)
{
    struct view *view = view_object(builder->arena);
    add_name(builder, view, "file", collection_text(collection, file->name));
    add_flag(builder, view, "earlier", collection != builder->collection);
    add_count(builder, view, "lines", file->lines);
    add_count(builder, view, "bad", file->bad);
    for (int version = 0; version <= REPORT_NEWER; version++) {
        if (!(file->versions & 1u << version))
            continue;
        if (builder->text.size)
            buffer_add_text(&builder->text, ", ");
        buffer_add_text(&builder->text,
            version == REPORT_NEWER ? "newer" : report_version_text((enum report_version)version));
    }
    add_text(
        builder, view, "versions", (struct slice){buffer_text(&builder->text), builder->text.size});
    buffer_reset(&builder->text);
    return view;
}

static void add_files(
    struct report_builder *builder, struct view *files, const struct collection *collection)
{
    for (size_t i = 0; i < collection->file_count; i++)
        view_append(builder->arena, files, file_view(builder, collection, &collection->files[i]));
}

void report_add_sources(
    struct report_builder *builder, struct view *root, const struct report_options *options)
{
    const struct collection *collection = builder->collection;
    struct view *files = view_list(builder->arena), *kinds = view_list(builder->arena);
    struct view *remarks = view_list(builder->arena);
    add_files(builder, files, collection);
    if (options->before)
        add_files(builder, files, options->before);
    for (int kind = RECORD_RUN; kind < RECORD_KINDS; kind++) {
        struct view *view = view_object(builder->arena);
        if (collection->kinds[kind] == 0)
            continue;
        add_text(builder, view, "kind", slice_of(record_kind_text((enum record_kind)kind)));
        add_count(builder, view, "count", collection->kinds[kind]);
        add_flag(builder, view, "first", view_count(kinds) == 0);
        view_append(builder->arena, kinds, view);
    }
    for (size_t i = 0; i < collection->remark_count; i++) {
        struct view *view = view_object(builder->arena);
        add_text_id(builder, view, "name", collection->remarks[i].name);
        add_text_id(builder, view, "value", collection->remarks[i].value);
        view_append(builder->arena, remarks, view);
    }
    view_set(builder->arena, root, "files", files);
    view_set(builder->arena, root, "kinds", kinds);
    view_set(builder->arena, root, "environment", remarks);
    if (options->bad_lines > 0)
        add_count(builder, root, "bad_lines", options->bad_lines);
}

struct view *report_view(
    struct arena *arena, const struct collection *collection, const struct report_options *options)
{
    struct report_builder builder = {
        .arena = arena, .collection = collection, .front = options->front};
    struct report_changes changes = {.models = {.texts = NULL}};
    struct activity_before *before = NULL;
    struct view *root = view_object(arena);
    report_changes_read(&changes, options->comparisons);
    builder.changes = &changes;
    if (options->before)
        before = activity_before_create(options->before, collection);
    builder.before = before;
    model_names_find(&builder);
    add_distinct(&builder, root, "subjects", subject_of);
    add_distinct(&builder, root, "machines", machine_of);
    add_days(&builder, root);
    add_text(&builder, root, "title", options->front ? options->front->title : slice_of(NULL));
    add_text(&builder, root, "generated", slice_of(options->generated));
    report_add_outcomes(&builder, root);
    report_add_health(&builder, root);
    report_add_models(&builder, root);
    report_add_tests(&builder, root);
    report_add_activity(&builder, root);
    report_add_benchmarks(&builder, root);
    report_add_variants(&builder, root);
    if (options->front && options->front->llm)
        report_add_llm(&builder, root);
    add_runs(&builder, root, options->before);
    report_add_sources(&builder, root, options);
    report_changes_release(&changes);
    activity_before_free(before);
    arena_release(&builder.scratch);
    buffer_release(&builder.text);
    return root;
}
