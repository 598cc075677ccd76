/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_VIEW_H
#define DOCUMENT_VIEW_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The data that a template sees: a tree of values in an arena, built by calls
 * and then only read. Texts and keys may hold NUL. A number is kept as the text
 * it is shown as, so that nothing is lost on the way (1.10 stays 1.10).
 */
enum view_type {
    VIEW_NULL,
    VIEW_FALSE,
    VIEW_TRUE,
    VIEW_NUMBER,
    VIEW_TEXT,
    VIEW_LIST,
    VIEW_OBJECT,
    VIEW_LAMBDA
};

struct view;
struct view_members;
struct view_lambda;

struct view_list {
    const struct view **items;
    size_t count, capacity;
};

struct view {
    enum view_type type;
    union {
        struct slice text; /* VIEW_NUMBER, VIEW_TEXT */
        struct view_list list;
        struct view_members *members;
        const struct view_lambda *lambda;
    } as;
};

/*
 * What a lambda is told, and what it may ask the engine that calls it. text is
 * the section's content as it stands in the template, unexpanded; "" for an
 * interpolation.
 */
struct view_call {
    bool section;
    struct slice text;
    /* The value of a dotted name where the tag stands, or NULL. */
    const struct view *(*find)(const struct view_call *call, struct slice name);
    /* Expands a template against the data where the tag stands; plain: without any escape. */
    int (*expand)(const struct view_call *call, struct buffer *out, struct slice text, bool plain,
        struct error *error);
};

/*
 * A value that is computed when a tag asks for it. What call adds to out is a
 * template, as the Mustache specification has it, unless `finished` is set: then
 * it goes into the document as it is, unescaped. -1 with error ends the
 * expansion; the engine adds the place of the tag.
 */
struct view_lambda {
    int (*call)(
        void *context, const struct view_call *call, struct buffer *out, struct error *error);
    void *context;
    bool finished;
};

/* ---- building; texts are copied into the arena ---- */
struct view *view_null(struct arena *arena) MUST_USE;
struct view *view_bool(struct arena *arena, bool value) MUST_USE;
/* text is what is shown; the caller has checked that it is a number. */
struct view *view_number(struct arena *arena, struct slice text) MUST_USE;
struct view *view_integer(struct arena *arena, int64_t value) MUST_USE;
struct view *view_slice(struct arena *arena, struct slice text) MUST_USE;
struct view *view_text(struct arena *arena, const char *text) MUST_USE;
struct view *view_list(struct arena *arena) MUST_USE;
struct view *view_object(struct arena *arena) MUST_USE;
/* lambda is borrowed for as long as the tree is used. */
struct view *view_lambda(struct arena *arena, const struct view_lambda *lambda) MUST_USE;

void view_append(struct arena *arena, struct view *list, const struct view *item);
/*
 * Members keep the order they came in; a key that is set again keeps its place.
 * The key of view_set is borrowed for as long as the tree is used: a literal.
 */
void view_set(struct arena *arena, struct view *object, const char *key, const struct view *value);
void view_set_slice(
    struct arena *arena, struct view *object, struct slice key, const struct view *value);

/*
 * An item of a list or a member of an object, to be changed by the one who built
 * the tree. NULL where there is none.
 */
struct view *view_change(struct view *list, size_t index);
struct view *view_change_member(struct view *object, struct slice key);

/* ---- reading ---- */
/* null, false and the empty list are false; 0 and "" are not. */
bool view_truth(const struct view *value);
/* The member of an object; NULL where value is no object or has none of that name. */
const struct view *view_get(const struct view *value, struct slice key);
size_t view_count(const struct view *value); /* items or members, 0 for what has none */
const struct view *view_item(const struct view *list, size_t index);
const struct view *view_member(const struct view *object, size_t index, struct slice *key);
const char *view_type_name(enum view_type type);

#endif
