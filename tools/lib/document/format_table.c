/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/format_table.h"

#include "document/markdown.h"

#include <string.h>

enum { COLUMNS_MOST = 64 };

struct table_plan {
    struct slice list;
    struct markdown_column columns[COLUMNS_MOST];
    struct slice members[COLUMNS_MOST];
    size_t count;
};

/* What stands before the byte, trimmed; *rest becomes what stands behind it. */
static struct slice before(struct slice *rest, char byte, bool *found)
{
    const char *at = rest->size ? memchr(rest->data, byte, rest->size) : NULL;
    size_t size = at ? (size_t)(at - rest->data) : rest->size;
    struct slice piece = slice_trim((struct slice){rest->data, size});
    size += at != NULL;
    *found = at != NULL;
    *rest = (struct slice){rest->data + size, rest->size - size};
    return piece;
}

static int plan_column(struct table_plan *plan, struct slice column, struct error *error)
{
    static const char *const words[] = {"left", "right", "center"};
    bool found;
    struct slice title = before(&column, '=', &found);
    if (!found || plan->count == COLUMNS_MOST)
        return error_set(error, ERROR_CONTENT,
            "a column \"%.*s\" of a table; expected TITLE = MEMBER, at most %d of them",
            (int)(title.size < 100 ? title.size : 100), title.data, COLUMNS_MOST);
    struct slice rest = slice_trim(column);
    struct slice member = before(&rest, ' ', &found);
    struct slice word = slice_trim(rest);
    plan->members[plan->count] = member;
    plan->columns[plan->count] = (struct markdown_column){title, MARKDOWN_LEFT};
    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        if (slice_is(word, words[i])) {
            plan->columns[plan->count++].align = (enum markdown_align)i;
            return 0;
        }
    if (word.size > 0)
        return error_set(error, ERROR_CONTENT,
            "\"%.*s\" behind the member of a column; expected left, right or center",
            (int)(word.size < 100 ? word.size : 100), word.data);
    plan->count++;
    return 0;
}

static int plan_table(struct table_plan *plan, struct slice text, struct error *error)
{
    bool found;
    plan->count = 0;
    plan->list = before(&text, ':', &found);
    if (!found)
        return error_set(error, ERROR_CONTENT,
            "a table without a list; expected LIST: TITLE = MEMBER, TITLE = MEMBER …");
    for (bool more = true; more;) {
        struct slice column = before(&text, ',', &more);
        if (column.size > 0 && plan_column(plan, column, error) != 0)
            return -1;
    }
    if (plan->count > 0)
        return 0;
    return error_set(error, ERROR_CONTENT, "a table without columns; expected TITLE = MEMBER …");
}

static const struct view *member_of(const struct view *item, struct slice path)
{
    bool found = true;
    while (item && found) {
        struct slice part = before(&path, '.', &found);
        item = slice_is(part, "") ? item : view_get(item, part);
    }
    return item;
}

static int add_cell(struct markdown_table *table, const struct view_call *call,
    const struct view *value, struct error *error)
{
    struct buffer text = BUFFER_INIT;
    int result = 0;
    if (value && value->type == VIEW_LAMBDA && value->as.lambda->finished)
        result = value->as.lambda->call(value->as.lambda->context, call, &text, error);
    else if (value && (value->type == VIEW_TEXT || value->type == VIEW_NUMBER))
        markdown_text(&text, value->as.text);
    else if (value && (value->type == VIEW_TRUE || value->type == VIEW_FALSE))
        buffer_add_text(&text, value->type == VIEW_TRUE ? "true" : "false");
    else if (value && value->type != VIEW_NULL)
        result = error_set(error, ERROR_CONTENT, "a cell of a table is %s; expected a text",
            view_type_name(value->type));
    markdown_cell(table, (struct slice){buffer_text(&text), text.size});
    buffer_release(&text);
    return result;
}

int format_table(
    void *context, const struct view_call *call, struct buffer *out, struct error *error)
{
    struct table_plan plan;
    (void)context;
    if (plan_table(&plan, call->text, error) != 0)
        return -1;
    const struct view *list = call->find(call, plan.list);
    if (!list || list->type == VIEW_NULL)
        return 0;
    if (list->type != VIEW_LIST)
        return error_set(error, ERROR_CONTENT, "\"%.*s\" is %s; a table needs a list",
            (int)(plan.list.size < 100 ? plan.list.size : 100), plan.list.data,
            view_type_name(list->type));
    struct markdown_table table = markdown_table(out, plan.columns, plan.count);
    for (size_t i = 0; i < view_count(list); i++)
        for (size_t column = 0; column < plan.count; column++)
            if (add_cell(
                    &table, call, member_of(view_item(list, i), plan.members[column]), error) != 0)
                return -1;
    markdown_table_end(&table);
    return 0;
}
