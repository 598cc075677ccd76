// SPDX-License-Identifier: GPL-2.0-or-later
// simdjson_parse FILE: reads the lines of FILE and parses each with simdjson, as
// json_parse_bench -w does with our own parser and with jansson.
#include <simdjson.h>

#include <cstdio>
#include <cstring>
#include <vector>

int main(int count, char **words)
{
    constexpr std::size_t block = 1 << 18;
    std::vector<char> text(2 * block + simdjson::SIMDJSON_PADDING);
    simdjson::dom::parser parser;
    std::FILE *file = count == 2 ? std::fopen(words[1], "rb") : nullptr;
    std::size_t kept = 0, got = 0;
    unsigned long lines = 0, bad = 0;
    if (!file)
        return 2;
    std::setvbuf(file, nullptr, _IONBF, 0);
    do {
        if (text.size() < kept + block + simdjson::SIMDJSON_PADDING)
            text.resize(kept + block + simdjson::SIMDJSON_PADDING);
        got = std::fread(text.data() + kept, 1, block, file);
        const char *at = text.data(), *end = at + kept + got;
        while (const void *found = std::memchr(at, '\n', end - at)) {
            const char *newline = static_cast<const char *>(found);
            bad += parser.parse(at, newline - at, false).error() != simdjson::SUCCESS;
            lines++;
            at = newline + 1;
        }
        kept = end - at;
        std::memmove(text.data(), at, kept);
    } while (got > 0);
    std::fclose(file);
    std::printf("%lu lines, %lu bad\n", lines, bad);
    return bad > 0;
}
