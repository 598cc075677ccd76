/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/time.h"

#include <stdio.h>

#define SECOND ((int64_t)1000000000)

/*
 * Days from civil and civil from days: the year is taken to begin in March, so
 * that the leap day is its last (H. Hinnant, chrono-compatible low-level date
 * algorithms).
 */
int64_t time_days(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void time_date(int64_t days, int64_t *year, int *month, int *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
    int64_t shifted = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = years + era * 400 + (*month <= 2);
}

/* Exactly count digits at *at, which moves behind them. */
static bool take_digits(struct slice text, size_t *at, int count, int *out)
{
    *out = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (*at >= text.size || text.data[*at] < '0' || text.data[*at] > '9')
            return false;
        *out = *out * 10 + (text.data[*at] - '0');
    }
    return true;
}

static bool take_one_of(struct slice text, size_t *at, const char *bytes)
{
    if (*at >= text.size || text.data[*at] == '\0' || !strchr(bytes, text.data[*at]))
        return false;
    (*at)++;
    return true;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool take_date(struct slice text, size_t *at, int64_t *days)
{
    int year, month, day;
    if (!take_digits(text, at, 4, &year) || !take_one_of(text, at, "-") ||
        !take_digits(text, at, 2, &month) || !take_one_of(text, at, "-") ||
        !take_digits(text, at, 2, &day))
        return false;
    if (month < 1 || month > 12 || day < 1 || day > days_in(year, month))
        return false;
    *days = time_days(year, month, day);
    return true;
}

static int64_t take_fraction(struct slice text, size_t *at)
{
    int64_t fraction = 0, unit = SECOND / 10;
    for (; *at < text.size && text.data[*at] >= '0' && text.data[*at] <= '9'; (*at)++) {
        fraction += unit * (text.data[*at] - '0');
        unit /= 10;
    }
    return fraction;
}

static bool take_clock(struct slice text, size_t *at, int64_t *nanoseconds)
{
    int hour, minute, second;
    if (!take_digits(text, at, 2, &hour) || !take_one_of(text, at, ":") ||
        !take_digits(text, at, 2, &minute) || !take_one_of(text, at, ":") ||
        !take_digits(text, at, 2, &second) || hour > 23 || minute > 59 || second > 60)
        return false;
    *nanoseconds = (hour * 3600 + minute * 60 + second) * SECOND;
    if (take_one_of(text, at, ".")) {
        size_t before = *at;
        *nanoseconds += take_fraction(text, at);
        return *at > before;
    }
    return true;
}

/* "-00:00" is no offset of 0, but one that is not known (RFC 3339, section 4.3). */
static bool take_offset(struct slice text, size_t *at, int *minutes, bool *utc)
{
    int hours, rest;
    *minutes = 0;
    *utc = true;
    if (take_one_of(text, at, "Zz"))
        return true;
    bool west = *at < text.size && text.data[*at] == '-';
    if (!take_one_of(text, at, "+-") || !take_digits(text, at, 2, &hours) ||
        !take_one_of(text, at, ":") || !take_digits(text, at, 2, &rest) || hours > 23 || rest > 59)
        return false;
    *minutes = (hours * 60 + rest) * (west ? -1 : 1);
    *utc = *minutes == 0 && !west;
    return true;
}

bool time_read(struct slice text, int64_t *nanoseconds, bool *utc)
{
    size_t at = 0;
    int64_t days, clock;
    int offset;
    bool is_utc;
    if (!take_date(text, &at, &days) || !take_one_of(text, &at, "Tt ") ||
        !take_clock(text, &at, &clock) || !take_offset(text, &at, &offset, &is_utc) ||
        at != text.size)
        return false;
    int64_t seconds = days * 86400 - (int64_t)offset * 60;
    /* 64 bits of nanoseconds reach from 1677 to 2262. */
    if (seconds < INT64_MIN / SECOND + 86400 || seconds > INT64_MAX / SECOND - 86401)
        return false;
    *nanoseconds = seconds * SECOND + clock;
    if (utc)
        *utc = is_utc;
    return true;
}

size_t time_text(int64_t nanoseconds, char out[static TIME_TEXT])
{
    int64_t seconds = nanoseconds / SECOND, fraction = nanoseconds % SECOND;
    if (fraction < 0) {
        fraction += SECOND;
        seconds--;
    }
    int64_t days = seconds / 86400, clock = seconds % 86400, year;
    if (clock < 0) {
        clock += 86400;
        days--;
    }
    int month, day;
    time_date(days, &year, &month, &day);
    int length = snprintf(out, TIME_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d", (int)year, month, day,
        (int)(clock / 3600), (int)(clock / 60 % 60), (int)(clock % 60));
    if (fraction != 0) {
        length += snprintf(out + length, TIME_TEXT - (size_t)length, ".%09d", (int)fraction);
        while (out[length - 1] == '0')
            length--;
    }
    out[length++] = 'Z';
    out[length] = '\0';
    return (size_t)length;
}
