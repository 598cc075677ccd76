/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/release.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static struct slice part(struct slice text, size_t from, size_t to)
{
    return (struct slice){text.data + from, to - from};
}

/* Where the version begins: at the first digit that no letter or digit precedes, but for a v. */
static size_t find_version(struct slice name, size_t *series)
{
    for (size_t i = 0; i < name.size; i++) {
        if (!is_digit(name.data[i]))
            continue;
        bool v = i > 0 && (name.data[i - 1] == 'v' || name.data[i - 1] == 'V');
        size_t before = i - v;
        if (before == 0 || !(is_letter(name.data[before - 1]) || is_digit(name.data[before - 1]))) {
            *series = before;
            return i;
        }
    }
    *series = name.size;
    return name.size;
}

struct release release_read(struct slice name)
{
    size_t series, at = find_version(name, &series), end = at;
    while (end < name.size &&
           (is_digit(name.data[end]) ||
               (name.data[end] == '.' && end + 1 < name.size && is_digit(name.data[end + 1]))))
        end++;
    struct release release = {.series = part(name, 0, series), .numbers = part(name, at, end)};
    size_t stop = end;
    while (stop < name.size && name.data[stop] != '+')
        stop++;
    if (end < stop && name.data[end] == '-')
        end++;
    release.pre_release = part(name, end, stop);
    return release;
}

/* ---- order ------------------------------------------------------------------------- */

/* The next part up to a dot, which goes too. */
static struct slice take_part(struct slice *rest)
{
    size_t size = 0;
    while (size < rest->size && rest->data[size] != '.')
        size++;
    struct slice found = {rest->data, size};
    size_t taken = size < rest->size ? size + 1 : size;
    rest->data += taken;
    rest->size -= taken;
    return found;
}

static struct slice without_zeros(struct slice number)
{
    while (number.size > 0 && number.data[0] == '0') {
        number.data++;
        number.size--;
    }
    return number;
}

static int compare_numbers(struct slice a, struct slice b)
{
    a = without_zeros(a);
    b = without_zeros(b);
    if (a.size != b.size)
        return a.size < b.size ? -1 : 1;
    return slice_compare(a, b);
}

static bool is_number(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!is_digit(text.data[i]))
            return false;
    return text.size > 0;
}

static int compare_identifiers(struct slice a, struct slice b)
{
    bool left = is_number(a), right = is_number(b);
    if (left && right)
        return compare_numbers(a, b);
    if (left != right)
        return left ? -1 : 1; /* numbers come before words */
    return slice_compare(a, b);
}

static int compare_pre_releases(struct slice a, struct slice b)
{
    if (a.size == 0 || b.size == 0) /* a release comes behind its pre-releases */
        return (a.size == 0) - (b.size == 0);
    while (a.size > 0 && b.size > 0) {
        int order = compare_identifiers(take_part(&a), take_part(&b));
        if (order != 0)
            return order;
    }
    return (a.size > 0) - (b.size > 0);
}

int release_compare(const struct release *a, const struct release *b)
{
    struct slice left = a->numbers, right = b->numbers;
    int order = slice_compare(a->series, b->series);
    if (order == 0)
        order = (left.size > 0) - (right.size > 0);
    while (order == 0 && (left.size > 0 || right.size > 0))
        order = compare_numbers(take_part(&left), take_part(&right));
    return order ? order : compare_pre_releases(a->pre_release, b->pre_release);
}
