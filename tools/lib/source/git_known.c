/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/git_known.h"

#include "base/dictionary.h"
#include "base/memory.h"
#include "base/seal.h"

#include <stdlib.h>
#include <string.h>

/* The parts follow each other: points, lists, files, sizes of texts, the texts' bytes. */
struct known_head {
    uint64_t files;
    uint32_t points, lists, texts, unused;
};

struct known_point {
    int64_t time;
    uint32_t target, commit;
    uint32_t used, unused;
};

struct known_list {
    uint64_t first; /* of the files */
    uint32_t count, commit, path;
    uint32_t next; /* list of the same commit: its number + 1 */
    uint32_t used, unused;
};

/* Of each text: the point that it is the target of, the last list that it is the commit of: their
 * numbers + 1. */
struct known_use {
    uint32_t point, list;
};

struct git_known {
    struct dictionary texts;
    struct known_use *uses;
    struct known_point *points;
    struct known_list *lists;
    struct git_known_file *files;
    size_t use_count, point_count, list_count, file_count;
    size_t point_capacity, list_capacity, file_capacity;
    bool grew;
};

_Static_assert(sizeof(struct known_head) == 24 && sizeof(struct known_point) == 24 &&
                   sizeof(struct known_list) == 32 && sizeof(struct git_known_file) == 8,
    "nothing has gaps");

/* ---- asking and adding ------------------------------------------------------------------- */

static struct slice digits_of(const struct git_id *id)
{
    return (struct slice){id->hex, GIT_ID_DIGITS};
}

static uint32_t add_text(struct git_known *known, struct slice text)
{
    uint32_t number = dictionary_id(&known->texts, text);
    if (number >= known->use_count) {
        size_t count = number < 64 ? 128 : 2 * (size_t)number;
        known->uses = memory_resize(known->uses, count, sizeof *known->uses);
        memset(known->uses + known->use_count, 0, (count - known->use_count) * sizeof *known->uses);
        known->use_count = count;
    }
    return number;
}

static void add_point(struct git_known *known, const struct known_point *point)
{
    MEMORY_GROW(known->points, known->point_count, known->point_capacity);
    known->points[known->point_count++] = *point;
    known->uses[point->target].point = (uint32_t)known->point_count;
}

static void add_list(struct git_known *known, const struct known_list *list)
{
    MEMORY_GROW(known->lists, known->list_count, known->list_capacity);
    struct known_list *added = &known->lists[known->list_count++];
    *added = *list;
    added->next = known->uses[list->commit].list;
    known->uses[list->commit].list = (uint32_t)known->list_count;
}

static void add_file(struct git_known *known, uint32_t path, uint32_t id)
{
    MEMORY_GROW(known->files, known->file_count, known->file_capacity);
    known->files[known->file_count++] = (struct git_known_file){path, id};
}

bool git_known_point(struct git_known *known, struct git_point *out, const struct git_id *target)
{
    uint32_t text = dictionary_find(&known->texts, digits_of(target));
    uint32_t number = text == UINT32_MAX ? 0 : known->uses[text].point;
    if (number == 0)
        return false;
    struct known_point *point = &known->points[number - 1];
    struct slice digits = dictionary_text(&known->texts, point->commit);
    point->used = true;
    *out = (struct git_point){.time = point->time};
    memcpy(out->commit.hex, digits.data, GIT_ID_DIGITS + 1);
    return true;
}

void git_known_add_point(
    struct git_known *known, const struct git_id *target, const struct git_point *point)
{
    struct known_point added = {.time = point->time,
        .target = add_text(known, digits_of(target)),
        .commit = add_text(known, digits_of(&point->commit)),
        .used = true};
    add_point(known, &added);
    known->grew = true;
}

bool git_known_files(struct git_known *known, struct git_known_files *out,
    const struct git_id *commit, const char *path)
{
    uint32_t at = dictionary_find(&known->texts, digits_of(commit));
    uint32_t under = dictionary_find(&known->texts, slice_of(path));
    uint32_t number = at == UINT32_MAX ? 0 : known->uses[at].list;
    while (number > 0 && known->lists[number - 1].path != under)
        number = known->lists[number - 1].next;
    if (number == 0)
        return false;
    struct known_list *list = &known->lists[number - 1];
    list->used = true;
    *out = (struct git_known_files){known->files + list->first, list->count};
    return true;
}

void git_known_add_files(struct git_known *known, const struct git_id *commit, const char *path,
    const struct git_files *files)
{
    struct known_list added = {.first = known->file_count,
        .count = (uint32_t)files->count,
        .commit = add_text(known, digits_of(commit)),
        .path = add_text(known, slice_of(path)),
        .used = true};
    for (size_t i = 0; i < files->count; i++) {
        uint32_t name = add_text(known, slice_of(files->items[i].path));
        add_file(known, name, add_text(known, digits_of(&files->items[i].id)));
    }
    add_list(known, &added);
    known->grew = true;
}

const char *git_known_text(const struct git_known *known, uint32_t number)
{
    return dictionary_text(&known->texts, number).data;
}

size_t git_known_text_count(const struct git_known *known)
{
    return known->texts.count;
}

bool git_known_grew(const struct git_known *known)
{
    return known->grew;
}

void git_known_free(struct git_known *known)
{
    if (!known)
        return;
    dictionary_release(&known->texts);
    free(known->uses);
    free(known->points);
    free(known->lists);
    free(known->files);
    free(known);
}

/* ---- bytes ------------------------------------------------------------------------------- */

struct parts {
    struct known_head head;
    const struct known_point *points;
    const struct known_list *lists;
    const struct git_known_file *files;
    const uint32_t *sizes;
    struct slice bytes;
};

/* false where the parts do not fit. */
static bool find_parts(struct parts *parts, struct slice body)
{
    struct known_head *head = &parts->head;
    if (body.size < sizeof *head)
        return false;
    memcpy(head, body.data, sizeof *head);
    uint64_t left = body.size - sizeof *head;
    if (head->files > left)
        return false;
    uint64_t points = head->points * (uint64_t)sizeof *parts->points,
             lists = head->lists * (uint64_t)sizeof *parts->lists,
             files = head->files * sizeof *parts->files,
             sizes = head->texts * (uint64_t)sizeof *parts->sizes;
    if (points + lists + files + sizes > left)
        return false;
    const char *at = body.data + sizeof *head;
    parts->points = (const void *)at;
    parts->lists = (const void *)(at += points);
    parts->files = (const void *)(at += lists);
    parts->sizes = (const void *)(at += files);
    parts->bytes = (struct slice){at + sizes, (size_t)(left - points - lists - files - sizes)};
    return true;
}

/* false where a text ends outside, or comes twice. */
static bool read_texts(struct git_known *known, const struct parts *parts)
{
    struct slice left = parts->bytes;
    for (uint32_t i = 0; i < parts->head.texts; i++) {
        struct slice text = {left.data, parts->sizes[i]};
        if (text.size > left.size || add_text(known, text) != i)
            return false;
        left = (struct slice){left.data + text.size, left.size - text.size};
    }
    return true;
}

static bool is_id(const struct git_known *known, uint32_t number)
{
    return number < known->texts.count &&
           dictionary_text(&known->texts, number).size == GIT_ID_DIGITS;
}

static bool read_points(struct git_known *known, const struct parts *parts)
{
    for (uint32_t i = 0; i < parts->head.points; i++) {
        const struct known_point *point = &parts->points[i];
        if (!is_id(known, point->target) || !is_id(known, point->commit))
            return false;
        add_point(known, point);
    }
    return true;
}

static bool read_lists(struct git_known *known, const struct parts *parts)
{
    uint64_t files = parts->head.files;
    for (uint64_t i = 0; i < files; i++) {
        const struct git_known_file *file = &parts->files[i];
        if (file->path >= known->texts.count || !is_id(known, file->id))
            return false;
        add_file(known, file->path, file->id);
    }
    for (uint32_t i = 0; i < parts->head.lists; i++) {
        const struct known_list *list = &parts->lists[i];
        if (!is_id(known, list->commit) || list->path >= known->texts.count ||
            list->first > files || list->count > files - list->first)
            return false;
        add_list(known, list);
    }
    return true;
}

struct git_known *git_known_create(struct slice bytes, const char *writer)
{
    struct git_known *known = memory_zero(1, sizeof *known);
    struct slice body = seal_open(bytes, writer);
    struct parts parts;
    if (!body.data || (find_parts(&parts, body) && read_texts(known, &parts) &&
                          read_points(known, &parts) && read_lists(known, &parts)))
        return known;
    git_known_free(known);
    return memory_zero(1, sizeof *known);
}

/* ---- writing ------------------------------------------------------------------------------ */

static void write_all(const struct git_known *known, struct buffer *out, const char *writer)
{
    struct buffer body = BUFFER_INIT;
    struct known_head head = {.files = known->file_count,
        .points = (uint32_t)known->point_count,
        .lists = (uint32_t)known->list_count,
        .texts = known->texts.count};
    buffer_add(&body, &head, sizeof head);
    for (size_t i = 0; i < known->point_count; i++) {
        struct known_point point = known->points[i];
        point.used = false;
        buffer_add(&body, &point, sizeof point);
    }
    for (size_t i = 0; i < known->list_count; i++) {
        struct known_list list = known->lists[i];
        list.used = false;
        buffer_add(&body, &list, sizeof list);
    }
    buffer_add(&body, known->files, known->file_count * sizeof *known->files);
    for (uint32_t i = 0; i < known->texts.count; i++) {
        uint32_t size = (uint32_t)dictionary_text(&known->texts, i).size;
        buffer_add(&body, &size, sizeof size);
    }
    for (uint32_t i = 0; i < known->texts.count; i++)
        buffer_add_slice(&body, dictionary_text(&known->texts, i));
    seal_write(out, buffer_slice(&body), writer);
    buffer_release(&body);
}

static uint32_t text_over(struct git_known *to, const struct git_known *from, uint32_t number)
{
    return add_text(to, dictionary_text(&from->texts, number));
}

/* What was asked for or added, alone. */
static struct git_known *used_part(const struct git_known *known)
{
    struct git_known *part = memory_zero(1, sizeof *part);
    for (size_t i = 0; i < known->point_count; i++) {
        struct known_point point = known->points[i];
        if (!point.used)
            continue;
        point.target = text_over(part, known, point.target);
        point.commit = text_over(part, known, point.commit);
        add_point(part, &point);
    }
    for (size_t i = 0; i < known->list_count; i++) {
        struct known_list list = known->lists[i];
        const struct git_known_file *files = known->files + list.first;
        if (!list.used)
            continue;
        list.first = part->file_count;
        list.commit = text_over(part, known, list.commit);
        list.path = text_over(part, known, list.path);
        for (uint32_t k = 0; k < list.count; k++) {
            uint32_t path = text_over(part, known, files[k].path);
            add_file(part, path, text_over(part, known, files[k].id));
        }
        add_list(part, &list);
    }
    return part;
}

void git_known_write(const struct git_known *known, struct buffer *out, const char *writer)
{
    size_t used = 0;
    for (size_t i = 0; i < known->point_count; i++)
        used += known->points[i].used;
    for (size_t i = 0; i < known->list_count; i++)
        used += known->lists[i].used;
    if (2 * used >= known->point_count + known->list_count) {
        write_all(known, out, writer);
        return;
    }
    struct git_known *part = used_part(known);
    write_all(part, out, writer);
    git_known_free(part);
}
