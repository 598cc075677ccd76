/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/writer.h"

#include "json/number.h"
#include "json/string.h"

#include <assert.h>
#include <math.h>

struct json_writer json_writer(struct buffer *out, unsigned indent)
{
    return (struct json_writer){.out = out, .indent = indent};
}

static void new_line(struct json_writer *writer, unsigned depth)
{
    if (writer->indent == 0)
        return;
    size_t blanks = (size_t)writer->indent * depth;
    char *room = buffer_room(writer->out, blanks + 1);
    if (!room)
        return;
    room[0] = '\n';
    memset(room + 1, ' ', blanks);
    buffer_wrote(writer->out, blanks + 1);
}

static uint64_t level_bit(const struct json_writer *writer)
{
    return UINT64_C(1) << (writer->depth - 1);
}

/* The comma and the line break before an item or a key. */
static void next_entry(struct json_writer *writer)
{
    if (writer->filled & level_bit(writer))
        buffer_add_char(writer->out, ',');
    writer->filled |= level_bit(writer);
    new_line(writer, writer->depth);
}

static void before_value(struct json_writer *writer)
{
    if (writer->after_key) {
        writer->after_key = false;
        return;
    }
    if (writer->depth == 0)
        return;
    assert(!(writer->object & level_bit(writer)) && "a value where a key is due");
    next_entry(writer);
}

static void begin(struct json_writer *writer, char bracket)
{
    before_value(writer);
    assert(writer->depth < JSON_WRITER_DEPTH);
    writer->depth++;
    writer->filled &= ~level_bit(writer);
    if (bracket == '{')
        writer->object |= level_bit(writer);
    else
        writer->object &= ~level_bit(writer);
    buffer_add_char(writer->out, bracket);
}

static void end(struct json_writer *writer, char bracket)
{
    assert(writer->depth > 0 && !writer->after_key);
    assert(!(writer->object & level_bit(writer)) == (bracket == ']'));
    bool filled = writer->filled & level_bit(writer);
    writer->depth--;
    if (filled)
        new_line(writer, writer->depth);
    buffer_add_char(writer->out, bracket);
}

void json_begin_object(struct json_writer *writer)
{
    begin(writer, '{');
}

void json_end_object(struct json_writer *writer)
{
    end(writer, '}');
}

void json_begin_array(struct json_writer *writer)
{
    begin(writer, '[');
}

void json_end_array(struct json_writer *writer)
{
    end(writer, ']');
}

void json_write_key_slice(struct json_writer *writer, struct slice key)
{
    assert(writer->depth > 0 && (writer->object & level_bit(writer)) && !writer->after_key);
    next_entry(writer);
    string_encode(writer->out, key);
    buffer_add(writer->out, ": ", writer->indent ? 2 : 1);
    writer->after_key = true;
}

void json_write_raw(struct json_writer *writer, struct slice json)
{
    before_value(writer);
    buffer_add_slice(writer->out, json);
}

void json_write_members(struct json_writer *writer, struct slice object)
{
    assert(writer->depth > 0 && (writer->object & level_bit(writer)) && !writer->after_key);
    assert(object.size >= 2 && object.data[0] == '{');
    if (object.size == 2)
        return;
    next_entry(writer);
    buffer_add(writer->out, object.data + 1, object.size - 2);
}

void json_begin_raw(struct json_writer *writer, struct slice head)
{
    json_write_raw(writer, head);
    writer->after_key = true;
}

void json_end_raw(struct json_writer *writer, struct slice tail)
{
    assert(!writer->after_key && "no value between head and tail");
    buffer_add_slice(writer->out, tail);
}

void json_write_null(struct json_writer *writer)
{
    json_write_raw(writer, slice_of("null"));
}

void json_write_bool(struct json_writer *writer, bool value)
{
    json_write_raw(writer, slice_of(value ? "true" : "false"));
}

static void write_whole(struct json_writer *writer, bool negative, uint64_t value)
{
    char text[24], *end_of_text = text + sizeof text, *at = end_of_text;
    do
        *--at = (char)('0' + value % 10);
    while (value /= 10);
    if (negative)
        *--at = '-';
    json_write_raw(writer, (struct slice){at, (size_t)(end_of_text - at)});
}

void json_write_integer(struct json_writer *writer, int64_t value)
{
    write_whole(writer, value < 0, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

void json_write_unsigned(struct json_writer *writer, uint64_t value)
{
    write_whole(writer, false, value);
}

void json_write_double(struct json_writer *writer, double value)
{
    if (!isfinite(value)) {
        json_write_null(writer);
        return;
    }
    char text[NUMBER_TEXT];
    json_write_raw(writer, (struct slice){text, double_print(text, value)});
}

void json_write_slice(struct json_writer *writer, struct slice text)
{
    before_value(writer);
    string_encode(writer->out, text);
}

/* The place after a scalar of valid JSON. */
static const char *scalar_end(const char *at, const char *end)
{
    if (*at == '"') {
        for (at++; *at != '"'; at++)
            at += *at == '\\';
        return at + 1;
    }
    while (at < end && !strchr(",:]} \t\r\n", *at))
        at++;
    return at;
}

/* The same value laid out anew, from its text alone, so that no depth is too deep. */
static void copy_laid_out(struct json_writer *writer, struct slice text)
{
    const char *at = text.data, *stop = text.data + text.size;
    unsigned depth = writer->depth;
    bool empty = false; /* nothing stands after the last bracket yet */
    while (at < stop) {
        char byte = *at;
        if (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n') {
            at++;
        } else if (byte == ',') {
            buffer_add_char(writer->out, ',');
            new_line(writer, depth);
            at++;
        } else if (byte == ':') {
            buffer_add(writer->out, ": ", 2);
            at++;
        } else if (byte == ']' || byte == '}') {
            depth--;
            if (!empty)
                new_line(writer, depth);
            empty = false;
            buffer_add_char(writer->out, byte);
            at++;
        } else {
            if (empty)
                new_line(writer, depth);
            empty = byte == '[' || byte == '{';
            const char *end_of_part = empty ? at + 1 : scalar_end(at, stop);
            depth += empty;
            buffer_add(writer->out, at, (size_t)(end_of_part - at));
            at = end_of_part;
        }
    }
}

void json_write_copy(
    struct json_writer *writer, const struct json_document *document, uint32_t node)
{
    struct slice text = {document->text + document->nodes[node].start,
        document->nodes[node].end - document->nodes[node].start};
    before_value(writer);
    if (writer->indent == 0)
        buffer_add_slice(writer->out, text);
    else
        copy_laid_out(writer, text);
}
