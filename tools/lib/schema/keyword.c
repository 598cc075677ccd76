/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/keyword.h"

enum {
    D04 = 1 << SCHEMA_DRAFT_04,
    D06 = 1 << SCHEMA_DRAFT_06,
    D07 = 1 << SCHEMA_DRAFT_07,
    D19 = 1 << SCHEMA_2019_09,
    D20 = 1 << SCHEMA_2020_12,
    ALL = D04 | D06 | D07 | D19 | D20,
    SINCE_06 = ALL & ~D04,
    SINCE_07 = D07 | D19 | D20,
    SINCE_19 = D19 | D20,
    CORE = VOCABULARY_CORE,
    APPLY = VOCABULARY_APPLICATOR,
    REST = VOCABULARY_UNEVALUATED,
    VALID = VOCABULARY_VALIDATION,
    FORMAT = VOCABULARY_FORMAT,
    META = VOCABULARY_META_DATA,
    CONTENT = VOCABULARY_CONTENT,
    NONE = KEYWORD_HOLDS_NONE,
    SCHEMA = KEYWORD_HOLDS_SCHEMA,
    LIST = KEYWORD_HOLDS_LIST,
    EITHER = KEYWORD_HOLDS_EITHER,
    MAP = KEYWORD_HOLDS_MAP,
    DEPENDS = KEYWORD_HOLDS_DEPENDENCIES
};

const struct keyword_row keyword_rows[KEYWORD_COUNT] = {
    [KEYWORD_NONE] = {"", 0, 0, NONE},
    [KEYWORD_SCHEMA] = {"$schema", ALL, CORE, NONE},
    [KEYWORD_ID] = {"$id", SINCE_06, CORE, NONE},
    [KEYWORD_ID_04] = {"id", D04, CORE, NONE},
    [KEYWORD_ANCHOR] = {"$anchor", SINCE_19, CORE, NONE},
    [KEYWORD_DYNAMIC_ANCHOR] = {"$dynamicAnchor", D20, CORE, NONE},
    [KEYWORD_RECURSIVE_ANCHOR] = {"$recursiveAnchor", D19, CORE, NONE},
    [KEYWORD_REF] = {"$ref", ALL, CORE, NONE},
    [KEYWORD_DYNAMIC_REF] = {"$dynamicRef", D20, CORE, NONE},
    [KEYWORD_RECURSIVE_REF] = {"$recursiveRef", D19, CORE, NONE},
    [KEYWORD_VOCABULARY] = {"$vocabulary", SINCE_19, CORE, NONE},
    [KEYWORD_COMMENT] = {"$comment", SINCE_07, CORE, NONE},
    [KEYWORD_DEFS] = {"$defs", SINCE_19, CORE, MAP},
    /* Kept by the later drafts' meta-schemas because schemas still use it. */
    [KEYWORD_DEFINITIONS] = {"definitions", ALL, CORE, MAP},
    [KEYWORD_TYPE] = {"type", ALL, VALID, NONE},
    [KEYWORD_ENUM] = {"enum", ALL, VALID, NONE},
    [KEYWORD_CONST] = {"const", SINCE_06, VALID, NONE},
    [KEYWORD_MULTIPLE_OF] = {"multipleOf", ALL, VALID, NONE},
    [KEYWORD_MAXIMUM] = {"maximum", ALL, VALID, NONE},
    [KEYWORD_EXCLUSIVE_MAXIMUM] = {"exclusiveMaximum", ALL, VALID, NONE},
    [KEYWORD_MINIMUM] = {"minimum", ALL, VALID, NONE},
    [KEYWORD_EXCLUSIVE_MINIMUM] = {"exclusiveMinimum", ALL, VALID, NONE},
    [KEYWORD_MAX_LENGTH] = {"maxLength", ALL, VALID, NONE},
    [KEYWORD_MIN_LENGTH] = {"minLength", ALL, VALID, NONE},
    [KEYWORD_PATTERN] = {"pattern", ALL, VALID, NONE},
    [KEYWORD_FORMAT] = {"format", ALL, FORMAT, NONE},
    [KEYWORD_ITEMS] = {"items", ALL, APPLY, EITHER},
    [KEYWORD_PREFIX_ITEMS] = {"prefixItems", D20, APPLY, LIST},
    [KEYWORD_ADDITIONAL_ITEMS] = {"additionalItems", ALL & ~D20, APPLY, SCHEMA},
    [KEYWORD_UNEVALUATED_ITEMS] = {"unevaluatedItems", SINCE_19, REST, SCHEMA},
    [KEYWORD_CONTAINS] = {"contains", SINCE_06, APPLY, SCHEMA},
    [KEYWORD_MAX_CONTAINS] = {"maxContains", SINCE_19, VALID, NONE},
    [KEYWORD_MIN_CONTAINS] = {"minContains", SINCE_19, VALID, NONE},
    [KEYWORD_MAX_ITEMS] = {"maxItems", ALL, VALID, NONE},
    [KEYWORD_MIN_ITEMS] = {"minItems", ALL, VALID, NONE},
    [KEYWORD_UNIQUE_ITEMS] = {"uniqueItems", ALL, VALID, NONE},
    [KEYWORD_PROPERTIES] = {"properties", ALL, APPLY, MAP},
    [KEYWORD_PATTERN_PROPERTIES] = {"patternProperties", ALL, APPLY, MAP},
    [KEYWORD_ADDITIONAL_PROPERTIES] = {"additionalProperties", ALL, APPLY, SCHEMA},
    [KEYWORD_UNEVALUATED_PROPERTIES] = {"unevaluatedProperties", SINCE_19, REST, SCHEMA},
    [KEYWORD_PROPERTY_NAMES] = {"propertyNames", SINCE_06, APPLY, SCHEMA},
    [KEYWORD_MAX_PROPERTIES] = {"maxProperties", ALL, VALID, NONE},
    [KEYWORD_MIN_PROPERTIES] = {"minProperties", ALL, VALID, NONE},
    [KEYWORD_REQUIRED] = {"required", ALL, VALID, NONE},
    /* Split in two in 2019-09; kept as an older schema means it. */
    [KEYWORD_DEPENDENCIES] = {"dependencies", ALL, APPLY, DEPENDS},
    [KEYWORD_DEPENDENT_REQUIRED] = {"dependentRequired", SINCE_19, VALID, NONE},
    [KEYWORD_DEPENDENT_SCHEMAS] = {"dependentSchemas", SINCE_19, APPLY, MAP},
    [KEYWORD_ALL_OF] = {"allOf", ALL, APPLY, LIST},
    [KEYWORD_ANY_OF] = {"anyOf", ALL, APPLY, LIST},
    [KEYWORD_ONE_OF] = {"oneOf", ALL, APPLY, LIST},
    [KEYWORD_NOT] = {"not", ALL, APPLY, SCHEMA},
    [KEYWORD_IF] = {"if", SINCE_07, APPLY, SCHEMA},
    [KEYWORD_THEN] = {"then", SINCE_07, APPLY, SCHEMA},
    [KEYWORD_ELSE] = {"else", SINCE_07, APPLY, SCHEMA},
    [KEYWORD_TITLE] = {"title", ALL, META, NONE},
    [KEYWORD_DESCRIPTION] = {"description", ALL, META, NONE},
    [KEYWORD_DEFAULT] = {"default", ALL, META, NONE},
    [KEYWORD_DEPRECATED] = {"deprecated", SINCE_19, META, NONE},
    [KEYWORD_READ_ONLY] = {"readOnly", SINCE_07, META, NONE},
    [KEYWORD_WRITE_ONLY] = {"writeOnly", SINCE_07, META, NONE},
    [KEYWORD_EXAMPLES] = {"examples", SINCE_06, META, NONE},
    [KEYWORD_CONTENT_ENCODING] = {"contentEncoding", SINCE_07, CONTENT, NONE},
    [KEYWORD_CONTENT_MEDIA_TYPE] = {"contentMediaType", SINCE_07, CONTENT, NONE},
    [KEYWORD_CONTENT_SCHEMA] = {"contentSchema", SINCE_19, CONTENT, SCHEMA},
};

enum keyword keyword_find(struct slice name, enum schema_dialect draft)
{
    for (int i = KEYWORD_NONE + 1; i < KEYWORD_COUNT; i++)
        if ((keyword_rows[i].drafts & 1 << draft) && slice_is(name, keyword_rows[i].name))
            return (enum keyword)i;
    return KEYWORD_NONE;
}

const char *keyword_draft_name(enum schema_dialect draft)
{
    static const char *const names[] = {
        [SCHEMA_DRAFT_04] = "draft-04",
        [SCHEMA_DRAFT_06] = "draft-06",
        [SCHEMA_DRAFT_07] = "draft-07",
        [SCHEMA_2019_09] = "2019-09",
        [SCHEMA_2020_12] = "2020-12",
    };
    return names[draft];
}
