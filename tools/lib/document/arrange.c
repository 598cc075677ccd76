/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/front.h"

#include "base/dictionary.h"
#include "base/memory.h"
#include "document/report_parts.h"

#include <stdlib.h>
#include <string.h>

/* An item with what it is sorted by. */
struct sorted {
    const struct view *item;
    const struct view *key; /* NULL where it has none */
    double number;          /* NaN for a text */
    size_t place;
    bool descending;
};

static const struct view *at_path(const struct view *view, struct slice path)
{
    while (view && path.size > 0) {
        const char *dot = memchr(path.data, '.', path.size);
        size_t size = dot ? (size_t)(dot - path.data) : path.size;
        view = view_get(view, (struct slice){path.data, size});
        size += dot != NULL;
        path = (struct slice){path.data + size, path.size - size};
    }
    return view;
}

static bool is_text(const struct view *view)
{
    return view->type == VIEW_TEXT || view->type == VIEW_NUMBER;
}

/* What is known before what is not; numbers before texts; else in the order they came. */
static int by_key(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    int order = 0;
    if (!a->key != !b->key)
        return a->key ? -1 : 1;
    if (a->key && isnan(a->number) != isnan(b->number))
        return isnan(a->number) ? 1 : -1;
    if (a->key && !isnan(a->number))
        order = (a->number > b->number) - (a->number < b->number);
    else if (a->key)
        order = name_compare(a->key->as.text, b->key->as.text);
    if (order != 0)
        return a->descending ? -order : order;
    return (a->place > b->place) - (a->place < b->place);
}

static struct sorted *sorted_items(const struct view *list, const struct front_list *wish)
{
    size_t count = view_count(list);
    struct sorted *items = memory_zero(count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        const struct view *item = view_item(list, i);
        const struct view *key = wish->sort.data ? at_path(item, wish->sort) : NULL;
        if (key && !is_text(key))
            key = NULL;
        items[i] = (struct sorted){item, key, NAN, i, wish->descending};
        if (key && key->type == VIEW_NUMBER)
            items[i].number = strtod(key->as.text.data, NULL);
    }
    if (count > 1 && wish->sort.data)
        qsort(items, count, sizeof *items, by_key);
    return items;
}

static struct view *group_of(struct arena *arena, struct view *groups, struct slice key)
{
    struct view *group = view_object(arena);
    view_set(arena, group, "key", key.data ? view_slice(arena, key) : view_null(arena));
    view_set(arena, group, "rows", view_list(arena));
    view_append(arena, groups, group);
    return group;
}

/* {key, count, rows} for each value of the member, in the order they come. */
static const struct view *groups_of(
    struct arena *arena, const struct view *list, struct slice member)
{
    struct view *groups = view_list(arena);
    struct dictionary keys = {.texts = NULL};
    for (size_t i = 0; i < view_count(list); i++) {
        const struct view *key = at_path(view_item(list, i), member);
        struct slice text = key && is_text(key) ? key->as.text : (struct slice){NULL, 0};
        uint32_t index = dictionary_id(&keys, text);
        struct view *group =
            index < view_count(groups) ? view_change(groups, index) : group_of(arena, groups, text);
        view_append(arena, view_change_member(group, slice_of("rows")), view_item(list, i));
    }
    for (size_t i = 0; i < view_count(groups); i++) {
        struct view *group = view_change(groups, i);
        view_set(arena, group, "count",
            view_integer(arena, (int64_t)view_count(view_get(group, slice_of("rows")))));
    }
    dictionary_release(&keys);
    return groups;
}

/* What a list lost is counted beside it. */
static void add_more(struct arena *arena, struct view *parent, size_t count)
{
    const struct view *more = view_get(parent, slice_of("more"));
    int64_t others =
        more && more->type == VIEW_NUMBER ? (int64_t)strtoll(more->as.text.data, NULL, 10) : 0;
    view_set(arena, parent, "more", view_integer(arena, others + (int64_t)count));
}

static void arrange(struct arena *arena, struct view *parent, struct slice key,
    const struct view *list, const struct front_list *wish)
{
    struct view *arranged = view_list(arena);
    struct sorted *items = sorted_items(list, wish);
    size_t count = view_count(list), shown = count;
    if (wish->limit >= 0 && (uint64_t)wish->limit < count)
        shown = (size_t)wish->limit;
    for (size_t i = 0; i < shown; i++)
        view_append(arena, arranged, items[i].item);
    free(items);
    view_set_slice(arena, parent, key, arranged);
    if (shown < count)
        add_more(arena, parent, count - shown);
    if (wish->group.data)
        view_set(arena, parent, "groups", groups_of(arena, arranged, wish->group));
}

/* The object that holds the last part of the path, and that part. */
static struct view *parent_of(struct view *root, struct slice path, struct slice *key)
{
    struct view *parent = root;
    for (;;) {
        const char *dot = memchr(path.data, '.', path.size);
        *key = path;
        if (!dot || !parent)
            return parent;
        struct slice part = {path.data, (size_t)(dot - path.data)};
        parent = view_change_member(parent, part);
        path = (struct slice){dot + 1, path.size - part.size - 1};
    }
}

int front_arrange(
    const struct front *front, struct arena *arena, struct view *root, struct error *error)
{
    for (size_t i = 0; i < front->list_count; i++) {
        struct slice key;
        struct view *parent = parent_of(root, front->lists[i].path, &key);
        const struct view *list = parent ? view_get(parent, key) : NULL;
        if (!list || list->type == VIEW_NULL)
            continue;
        if (list->type != VIEW_LIST)
            return error_set(error, ERROR_CONTENT,
                "the front matter arranges \"%.*s\", which is %s; expected a list",
                (int)front->lists[i].path.size, front->lists[i].path.data,
                view_type_name(list->type));
        arrange(arena, parent, key, list, &front->lists[i]);
    }
    return 0;
}

/* ---- fitting ---- */
/* One list that is cut, and how long it was. */
struct cut {
    struct view *parent;
    struct slice key;
    const struct view *whole, *more;
};

static void cut_to(struct arena *arena, const struct cut *cut, size_t count)
{
    static const struct view none = {.type = VIEW_NULL};
    struct view *shorter = view_list(arena);
    for (size_t i = 0; i < count; i++)
        view_append(arena, shorter, view_item(cut->whole, i));
    view_set_slice(arena, cut->parent, cut->key, shorter);
    view_set(arena, cut->parent, "more", cut->more ? cut->more : &none);
    if (count < view_count(cut->whole))
        add_more(arena, cut->parent, view_count(cut->whole) - count);
}

/* Renders with so many items: 1 it fits, 0 it does not. */
static int try_count(struct arena *arena, const struct cut *cut, size_t count, size_t most,
    const struct front_render *render, struct error *error)
{
    size_t size;
    cut_to(arena, cut, count);
    if (render->render(render->context, &size, error) != 0)
        return -1;
    return size <= most;
}

/* As many items as fit, by halving: 1 it fits then, 0 not even without any. */
static int cut_list(struct arena *arena, const struct cut *cut, size_t most,
    const struct front_render *render, struct error *error)
{
    size_t fits = 0, too_many = view_count(cut->whole);
    int result = try_count(arena, cut, 0, most, render, error);
    if (result <= 0)
        return result;
    while (too_many - fits > 1) {
        size_t middle = fits + (too_many - fits) / 2;
        result = try_count(arena, cut, middle, most, render, error);
        if (result < 0)
            return -1;
        if (result)
            fits = middle;
        else
            too_many = middle;
    }
    return try_count(arena, cut, fits, most, render, error);
}

int front_fit(const struct front *front, struct arena *arena, struct view *root,
    const struct front_render *render, struct error *error)
{
    size_t size, most = (size_t)front->bytes;
    int fits = 0;
    if (render->render(render->context, &size, error) != 0)
        return -1;
    if (front->bytes == 0 || size <= most)
        return 0;
    view_set(arena, root, "shortened", view_bool(arena, true));
    for (size_t i = 0; i < front->shorten_count && fits == 0; i++) {
        struct cut cut;
        cut.parent = parent_of(root, front->shorten[i], &cut.key);
        cut.whole = cut.parent ? view_get(cut.parent, cut.key) : NULL;
        if (!cut.whole || cut.whole->type != VIEW_LIST || view_count(cut.whole) == 0)
            continue;
        cut.more = view_get(cut.parent, slice_of("more"));
        fits = cut_list(arena, &cut, most, render, error);
    }
    if (fits < 0)
        return -1;
    if (fits == 0 && render->render(render->context, &size, error) != 0)
        return -1;
    if (fits > 0 || size <= most)
        return 0;
    return error_set(error, ERROR_CONTENT,
        "the document has %zu bytes where at most %zu are allowed, and nothing is left to shorten",
        size, most);
}
