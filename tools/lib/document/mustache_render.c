/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/mustache_parts.h"

#include "base/memory.h"

#include <string.h>

/* The arguments of one parent tag; those of the tags around it are further out. */
struct frame {
    const struct frame *outer;
    const struct mustache *template;
    uint32_t first, end; /* its blocks are among these nodes */
};

/* The template that is expanded and how its lines are indented. */
struct scope {
    const struct mustache *template;
    const struct frame *frames;
    size_t indent, indent_size; /* a part of the renderer's indentation */
    size_t strip;               /* blanks taken from the front of each line */
};

struct partial {
    struct slice name;
    struct mustache *template; /* NULL: there is none of that name */
};

struct renderer {
    struct buffer *out;
    size_t start, ceiling; /* of out */
    const struct mustache_options *options;
    void (*escape)(struct buffer *out, struct slice text);
    const struct view **stack;
    size_t stack_count, stack_capacity;
    struct partial *partials;
    size_t partial_count, partial_capacity;
    struct arena names;
    struct buffer indentation;
    unsigned depth;
    struct error *error;
};

struct call {
    struct view_call call; /* first: what the lambda holds */
    struct renderer *renderer;
    const struct scope *scope;
    const struct node *node;
};

static int render(
    struct renderer *renderer, const struct scope *scope, uint32_t first, uint32_t end);

/* Says where in the templates an error happened; the innermost tag's place stays. */
static int failed(const struct renderer *renderer, const struct scope *scope, const struct node *at)
{
    error_place(renderer->error, scope->template->file, at->line, at->column);
    return -1;
}

static int enter(struct renderer *renderer, const struct scope *scope, const struct node *at)
{
    if (++renderer->depth <= MUSTACHE_DEPTH)
        return 0;
    error_set(renderer->error, ERROR_CONTENT,
        "\"%.*s\" is more than %d levels deep; does a partial include itself without end?",
        MUSTACHE_SHOWN(at->text), MUSTACHE_DEPTH);
    return failed(renderer, scope, at);
}

/* ---- the context stack ---- */
static void push(struct renderer *renderer, const struct view *value)
{
    MEMORY_GROW(renderer->stack, renderer->stack_count, renderer->stack_capacity);
    renderer->stack[renderer->stack_count++] = value;
}

static const struct view *find(
    const struct renderer *renderer, const struct slice *parts, size_t count)
{
    const struct view *value = NULL;
    if (count == 0)
        return renderer->stack[renderer->stack_count - 1];
    for (size_t i = renderer->stack_count; !value && i > 0; i--)
        value = view_get(renderer->stack[i - 1], parts[0]);
    for (size_t i = 1; value && i < count; i++)
        value = view_get(value, parts[i]);
    return value;
}

/* ---- lines ---- */
static void add_indent(struct renderer *renderer, const struct scope *scope)
{
    if (scope->indent_size)
        buffer_add(renderer->out, renderer->indentation.data + scope->indent, scope->indent_size);
}

static struct slice stripped(const struct scope *scope, struct slice space)
{
    size_t cut = space.size < scope->strip ? space.size : scope->strip;
    return (struct slice){cut ? space.data + cut : space.data, space.size - cut};
}

static void begin_line(struct renderer *renderer, const struct scope *scope, struct slice space)
{
    add_indent(renderer, scope);
    buffer_add_slice(renderer->out, stripped(scope, space));
}

/* inner's lines are indented by what indents scope's, and space. Undone by truncating. */
static void indent_more(
    struct renderer *renderer, struct scope *inner, const struct scope *scope, struct slice space)
{
    struct buffer *all = &renderer->indentation;
    inner->indent = all->size;
    char *room = buffer_room(all, scope->indent_size + space.size);
    if (!room)
        return;
    if (scope->indent_size)
        memcpy(room, all->data + scope->indent, scope->indent_size);
    if (space.size)
        memcpy(room + scope->indent_size, space.data, space.size);
    buffer_wrote(all, scope->indent_size + space.size);
    inner->indent_size = scope->indent_size + space.size;
}

/* ---- lambdas ---- */
static const struct view *call_find(const struct view_call *view_call, struct slice name)
{
    const struct call *call = (const struct call *)view_call;
    struct arena parts_memory = ARENA_INIT;
    const struct slice *parts;
    const struct view *found = NULL;
    size_t count;
    if (mustache_split(&parts_memory, name, &parts, &count) == 0)
        found = find(call->renderer, parts, count);
    arena_release(&parts_memory);
    return found;
}

/* A text that a lambda gave, as a template in place of the tag. */
static int expand_text(struct renderer *renderer, const struct scope *scope,
    const struct node *node, struct slice text, const struct delimiters *delimiters)
{
    const struct beginning beginning = {node->line, delimiters};
    struct mustache *template;
    if (mustache_compile_with(
            &template, text, scope->template->file, &beginning, renderer->error) != 0)
        return failed(renderer, scope, node);
    struct scope inner = *scope;
    inner.template = template;
    /* The tag stood in the middle of a line, so its first line has no indentation. */
    uint32_t first = 0;
    if (!node->standalone && template->count > 0 && template->nodes[0].kind == NODE_LINE) {
        buffer_add_slice(renderer->out, template->nodes[0].text);
        first = 1;
    }
    int result = render(renderer, &inner, first, (uint32_t) template->count);
    mustache_free(template);
    return result;
}

static void no_escape(struct buffer *out, struct slice text)
{
    buffer_add_slice(out, text);
}

/* Runs what expands into another buffer, with another escape. */
static int expand_aside(struct renderer *renderer, struct buffer *aside, bool plain,
    const struct call *call, struct slice text)
{
    struct buffer *out = renderer->out;
    size_t start = renderer->start;
    void (*escape)(struct buffer *, struct slice) = renderer->escape;

    renderer->out = aside;
    renderer->start = aside->size;
    if (plain)
        renderer->escape = no_escape;
    int result = enter(renderer, call->scope, call->node);
    if (result == 0)
        result = expand_text(renderer, call->scope, call->node, text,
            call->call.section ? call->node->delimiters : NULL);
    renderer->depth--;
    renderer->out = out;
    renderer->start = start;
    renderer->escape = escape;
    return result;
}

static int call_expand(const struct view_call *view_call, struct buffer *out, struct slice text,
    bool plain, struct error *error)
{
    const struct call *call = (const struct call *)view_call;
    (void)error; /* the same as the renderer's */
    return expand_aside(call->renderer, out, plain, call, text);
}

static int render_lambda(struct renderer *renderer, const struct scope *scope,
    const struct node *node, const struct view_lambda *lambda)
{
    bool section = node->kind == NODE_SECTION;
    struct call call = {
        .call = {section, section ? node->raw : (struct slice){"", 0}, call_find, call_expand},
        .renderer = renderer,
        .scope = scope,
        .node = node};
    struct buffer made = {.ceiling = renderer->ceiling}, expanded = {.ceiling = renderer->ceiling};

    int result = lambda->call(lambda->context, &call.call, &made, renderer->error);
    if (result == 0 && made.overflow)
        result = error_set(renderer->error, ERROR_CONTENT, "a lambda gave too much");
    if (result != 0)
        failed(renderer, scope, node);
    else if (lambda->finished)
        buffer_add_slice(renderer->out, buffer_slice(&made));
    else
        result =
            expand_aside(renderer, &expanded, node->kind == NODE_VALUE, &call, buffer_slice(&made));
    if (result == 0 && node->kind == NODE_VALUE)
        renderer->escape(renderer->out, buffer_slice(&expanded));
    else if (result == 0)
        buffer_add_slice(renderer->out, buffer_slice(&expanded));
    buffer_release(&made);
    buffer_release(&expanded);
    return result;
}

/* ---- values ---- */
static bool text_of(const struct view *value, struct slice *text)
{
    switch (value->type) {
    case VIEW_NUMBER:
    case VIEW_TEXT: *text = value->as.text; return true;
    case VIEW_TRUE: *text = slice_of("true"); return true;
    case VIEW_FALSE: *text = slice_of("false"); return true;
    case VIEW_NULL: *text = slice_of(""); return true;
    case VIEW_LIST:
    case VIEW_OBJECT:
    case VIEW_LAMBDA: break;
    }
    return false;
}

static int render_value(
    struct renderer *renderer, const struct scope *scope, const struct node *node)
{
    const struct view *value = find(renderer, node->parts, node->part_count);
    struct slice text;
    if (!value)
        return 0;
    if (value->type == VIEW_LAMBDA)
        return render_lambda(renderer, scope, node, value->as.lambda);
    if (!text_of(value, &text)) {
        if (!renderer->options->strict)
            return 0;
        error_set(renderer->error, ERROR_CONTENT,
            "\"%.*s\" is %s; expected a text (a section, {{#name}}, goes into it)",
            MUSTACHE_SHOWN(node->text), view_type_name(value->type));
        return failed(renderer, scope, node);
    }
    if (node->kind == NODE_VALUE)
        renderer->escape(renderer->out, text);
    else
        buffer_add_slice(renderer->out, text);
    return 0;
}

static int render_over(struct renderer *renderer, const struct scope *scope, uint32_t first,
    uint32_t end, const struct view *value)
{
    push(renderer, value);
    int result = render(renderer, scope, first, end);
    renderer->stack_count--;
    return result;
}

static int render_section(
    struct renderer *renderer, const struct scope *scope, const struct node *node)
{
    const struct view *value = find(renderer, node->parts, node->part_count);
    uint32_t first = (uint32_t)(node - scope->template->nodes) + 1;
    if (node->kind == NODE_INVERTED)
        return value && view_truth(value) ? 0 : render(renderer, scope, first, node->end);
    if (!value || !view_truth(value))
        return 0;
    if (value->type == VIEW_LAMBDA)
        return render_lambda(renderer, scope, node, value->as.lambda);
    if (value->type != VIEW_LIST)
        return render_over(renderer, scope, first, node->end, value);
    int result = 0;
    for (size_t i = 0; result == 0 && i < view_count(value); i++)
        result = render_over(renderer, scope, first, node->end, view_item(value, i));
    return result;
}

/* ---- partials, parents, blocks ---- */
static int load(struct renderer *renderer, struct slice name, const struct mustache **out)
{
    for (size_t i = 0; i < renderer->partial_count; i++)
        if (slice_equal(renderer->partials[i].name, name)) {
            *out = renderer->partials[i].template;
            return 0;
        }
    const struct mustache_loader *loader = renderer->options->loader;
    struct buffer text = {.ceiling = MUSTACHE_SOURCE + 1}, file = BUFFER_INIT;
    struct mustache *template = NULL;
    int found = loader ? loader->load(loader->context, name, &text, &file, renderer->error) : 0;
    if (found > 0)
        found =
            mustache_compile(&template, buffer_slice(&text), buffer_text(&file), renderer->error);
    buffer_release(&text);
    buffer_release(&file);
    *out = template;
    if (found != 0)
        return -1;
    MEMORY_GROW(renderer->partials, renderer->partial_count, renderer->partial_capacity);
    renderer->partials[renderer->partial_count++] =
        (struct partial){arena_slice(&renderer->names, name), template};
    return 0;
}

/* The template that a partial or parent tag names; NULL where there is none. */
static int named_template(struct renderer *renderer, const struct scope *scope,
    const struct node *node, const struct mustache **out)
{
    struct slice name = node->text;
    *out = NULL;
    if (node->dynamic) {
        const struct view *value = find(renderer, node->parts, node->part_count);
        if (!value || !text_of(value, &name))
            return 0;
    }
    if (load(renderer, name, out) != 0)
        return failed(renderer, scope, node);
    if (*out || !renderer->options->strict)
        return 0;
    error_set(renderer->error, ERROR_CONTENT, "there is no partial called \"%.*s\"",
        MUSTACHE_SHOWN(name));
    return failed(renderer, scope, node);
}

static int render_partial(
    struct renderer *renderer, const struct scope *scope, const struct node *node)
{
    struct frame frame = {
        scope->frames, scope->template, (uint32_t)(node - scope->template->nodes) + 1, node->end};
    struct scope inner = {.frames = node->kind == NODE_PARENT ? &frame : scope->frames};
    size_t kept = renderer->indentation.size;

    if (named_template(renderer, scope, node, &inner.template) != 0)
        return -1;
    if (!inner.template)
        return 0;
    if (node->standalone)
        indent_more(renderer, &inner, scope, stripped(scope, node->space));
    int result = render(renderer, &inner, 0, (uint32_t)inner.template->count);
    renderer->indentation.size = kept;
    return result;
}

/* The outermost argument for a block, and its frame. */
static const struct node *override_of(
    const struct scope *scope, struct slice name, const struct frame **where)
{
    const struct node *found = NULL;
    for (const struct frame *frame = scope->frames; frame; frame = frame->outer)
        for (uint32_t i = frame->first; i < frame->end; i = frame->template->nodes[i].end) {
            const struct node *node = &frame->template->nodes[i];
            if (node->kind == NODE_BLOCK && slice_equal(node->text, name)) {
                found = node;
                *where = frame;
            }
        }
    return found;
}

static int render_override(struct renderer *renderer, const struct scope *scope,
    const struct node *node, const struct node *argument, const struct frame *frame)
{
    uint32_t first = (uint32_t)(argument - frame->template->nodes) + 1;
    bool own_line = node->standalone || node->first;
    struct slice space = node->standalone && node->own.data ? node->own : node->space;
    struct scope inner = *scope;
    size_t kept = renderer->indentation.size;

    inner.template = frame->template;
    inner.frames = frame->outer;
    if (own_line)
        indent_more(renderer, &inner, scope, stripped(scope, space));
    inner.strip = argument->own.data ? argument->own.size : 0;
    const struct node *begin = first < argument->end ? &frame->template->nodes[first] : NULL;
    if (own_line && !argument->own.data) {
        add_indent(renderer, &inner);
    } else if (!own_line && begin && begin->kind == NODE_LINE) {
        buffer_add_slice(renderer->out, stripped(&inner, begin->text));
        first++;
    }
    int result = render(renderer, &inner, first, argument->end);
    renderer->indentation.size = kept;
    return result;
}

static int render_block(
    struct renderer *renderer, const struct scope *scope, const struct node *node)
{
    const struct frame *frame = NULL;
    const struct node *argument = override_of(scope, node->text, &frame);
    if (argument)
        return render_override(renderer, scope, node, argument, frame);
    if (node->first && !node->standalone)
        begin_line(renderer, scope, node->space);
    return render(renderer, scope, (uint32_t)(node - scope->template->nodes) + 1, node->end);
}

static int render_node(
    struct renderer *renderer, const struct scope *scope, const struct node *node)
{
    int result = 0;
    switch (node->kind) {
    case NODE_TEXT: buffer_add_slice(renderer->out, node->text); return 0;
    case NODE_LINE: begin_line(renderer, scope, node->text); return 0;
    case NODE_VALUE:
    case NODE_RAW: return render_value(renderer, scope, node);
    case NODE_SECTION:
    case NODE_INVERTED:
    case NODE_PARTIAL:
    case NODE_PARENT:
    case NODE_BLOCK: break;
    }
    if (enter(renderer, scope, node) != 0)
        return -1;
    if (node->kind == NODE_SECTION || node->kind == NODE_INVERTED)
        result = render_section(renderer, scope, node);
    else if (node->kind == NODE_BLOCK)
        result = render_block(renderer, scope, node);
    else
        result = render_partial(renderer, scope, node);
    renderer->depth--;
    return result;
}

static int render(
    struct renderer *renderer, const struct scope *scope, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i = scope->template->nodes[i].end) {
        const struct node *node = &scope->template->nodes[i];
        if (render_node(renderer, scope, node) != 0)
            return -1;
        if (renderer->out->overflow || renderer->out->size - renderer->start > renderer->ceiling) {
            error_set(renderer->error, ERROR_CONTENT, "the document grows over %zu bytes",
                renderer->ceiling);
            return failed(renderer, scope, node);
        }
    }
    return 0;
}

int mustache_render(struct buffer *out, const struct mustache *template, const struct view *data,
    const struct mustache_options *options, struct error *error)
{
    static const struct mustache_options usual = {NULL, NULL, false, 0};
    if (!options)
        options = &usual;
    struct renderer renderer = {.out = out,
        .start = out->size,
        .ceiling = options->ceiling ? options->ceiling : MUSTACHE_OUTPUT,
        .options = options,
        .escape = options->escape ? options->escape : mustache_escape_html,
        .error = error};
    struct scope scope = {.template = template};

    push(&renderer, data);
    int result = render(&renderer, &scope, 0, (uint32_t) template->count);
    for (size_t i = 0; i < renderer.partial_count; i++)
        mustache_free(renderer.partials[i].template);
    free(renderer.partials);
    free(renderer.stack);
    arena_release(&renderer.names);
    buffer_release(&renderer.indentation);
    return result;
}

void mustache_escape_html(struct buffer *out, struct slice text)
{
    size_t plain = 0;
    for (size_t i = 0; i < text.size; i++) {
        const char *entity;
        switch (text.data[i]) {
        case '&': entity = "&amp;"; break;
        case '<': entity = "&lt;"; break;
        case '>': entity = "&gt;"; break;
        case '"': entity = "&quot;"; break;
        default: continue;
        }
        buffer_add(out, text.data + plain, i - plain);
        buffer_add_text(out, entity);
        plain = i + 1;
    }
    if (plain < text.size)
        buffer_add(out, text.data + plain, text.size - plain);
}
