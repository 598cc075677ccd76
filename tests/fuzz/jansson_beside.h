/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JANSSON_BESIDE_H
#define JANSSON_BESIDE_H

/*
 * jansson and json/document.h in one file: some of jansson's names are ours too,
 * so here its types are JANSSON_OBJECT and so on. Its json_string and json_equal
 * cannot be called.
 */
#define JSON_OBJECT  JANSSON_OBJECT
#define JSON_ARRAY   JANSSON_ARRAY
#define JSON_STRING  JANSSON_STRING
#define JSON_INTEGER JANSSON_INTEGER
#define JSON_REAL    JANSSON_REAL
#define JSON_TRUE    JANSSON_TRUE
#define JSON_FALSE   JANSSON_FALSE
#define JSON_NULL    JANSSON_NULL
#define json_type    jansson_type
#define json_string  jansson_string
#define json_equal   jansson_equal
#include <jansson.h>
#undef JSON_OBJECT
#undef JSON_ARRAY
#undef JSON_STRING
#undef JSON_INTEGER
#undef JSON_REAL
#undef JSON_TRUE
#undef JSON_FALSE
#undef JSON_NULL
#undef json_type
#undef json_string
#undef json_equal

#endif
