/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/format.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Two digits up to most, or -1. */
static int pair(const char *at, int most)
{
    if (!is_digit(at[0]) || !is_digit(at[1]))
        return -1;
    int value = 10 * (at[0] - '0') + (at[1] - '0');
    return value <= most ? value : -1;
}

static bool date_at(const char *at)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int century = pair(at, 99), rest = pair(at + 2, 99);
    int month = pair(at + 5, 12), day = pair(at + 8, 31);
    if (century < 0 || rest < 0 || at[4] != '-' || at[7] != '-' || month < 1 || day < 1)
        return false;
    int year = 100 * century + rest;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1] + (month == 2 && leap);
}

enum { DAY_MINUTES = 24 * 60 };

/* The minutes to take away for UTC; false where it is no offset. */
static bool offset_of(struct slice text, int *minutes)
{
    *minutes = 0;
    if (text.size == 1)
        return text.data[0] == 'Z' || text.data[0] == 'z';
    if (text.size != 6 || (text.data[0] != '+' && text.data[0] != '-') || text.data[3] != ':')
        return false;
    int hour = pair(text.data + 1, 23), minute = pair(text.data + 4, 59);
    *minutes = text.data[0] == '+' ? 60 * hour + minute : -(60 * hour + minute);
    return hour >= 0 && minute >= 0;
}

bool format_time(struct slice text)
{
    if (text.size < 9)
        return false;
    const char *at = text.data;
    int hour = pair(at, 23), minute = pair(at + 3, 59), second = pair(at + 6, 60), offset;
    if (hour < 0 || minute < 0 || second < 0 || at[2] != ':' || at[5] != ':')
        return false;
    size_t end = 8;
    if (at[end] == '.') {
        end++;
        while (end < text.size && is_digit(at[end]))
            end++;
        if (end == 9)
            return false;
    }
    if (!offset_of((struct slice){at + end, text.size - end}, &offset))
        return false;
    /* A leap second comes at the end of a day in UTC. */
    int utc = (60 * hour + minute - offset + 2 * DAY_MINUTES) % DAY_MINUTES;
    return second < 60 || utc == DAY_MINUTES - 1;
}

bool format_date(struct slice text)
{
    return text.size == 10 && date_at(text.data);
}

bool format_date_time(struct slice text)
{
    return text.size >= 20 && (text.data[10] == 'T' || text.data[10] == 't') &&
           date_at(text.data) && format_time((struct slice){text.data + 11, text.size - 11});
}

/*
 * Numbers with their units, of which each that follows must be the next one in
 * the list: RFC 3339's grammar has no P1Y1D. Returns how many.
 */
static size_t amounts(struct slice *text, const char *units)
{
    size_t count = 0;
    const char *next = units;
    while (text->size && is_digit(text->data[0])) {
        size_t digits = 0;
        while (digits < text->size && is_digit(text->data[digits]))
            digits++;
        if (digits == text->size)
            return 0;
        const char *unit = text->data[digits] ? strchr(next, text->data[digits]) : NULL;
        if (!unit || (count && unit != next))
            return 0;
        next = unit + 1;
        count++;
        *text = (struct slice){text->data + digits + 1, text->size - digits - 1};
    }
    return count;
}

bool format_duration(struct slice text)
{
    if (text.size < 3 || text.data[0] != 'P')
        return false;
    text = (struct slice){text.data + 1, text.size - 1};
    struct slice weeks = text;
    if (amounts(&weeks, "W") == 1 && weeks.size == 0)
        return true;
    if (text.data[0] != 'T' && amounts(&text, "YMD") == 0)
        return false;
    if (text.size == 0)
        return true;
    if (text.data[0] != 'T')
        return false;
    text = (struct slice){text.data + 1, text.size - 1};
    return amounts(&text, "HMS") > 0 && text.size == 0;
}
