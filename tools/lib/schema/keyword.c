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

#define NAME(text) text, sizeof(text) - 1

const struct keyword_row keyword_rows[KEYWORD_COUNT] = {
    [KEYWORD_NONE] = {NAME(""), 0, 0, NONE},
    [KEYWORD_SCHEMA] = {NAME("$schema"), ALL, CORE, NONE},
    [KEYWORD_ID] = {NAME("$id"), SINCE_06, CORE, NONE},
    [KEYWORD_ID_04] = {NAME("id"), D04, CORE, NONE},
    [KEYWORD_ANCHOR] = {NAME("$anchor"), SINCE_19, CORE, NONE},
    [KEYWORD_DYNAMIC_ANCHOR] = {NAME("$dynamicAnchor"), D20, CORE, NONE},
    [KEYWORD_RECURSIVE_ANCHOR] = {NAME("$recursiveAnchor"), D19, CORE, NONE},
    [KEYWORD_REF] = {NAME("$ref"), ALL, CORE, NONE},
    [KEYWORD_DYNAMIC_REF] = {NAME("$dynamicRef"), D20, CORE, NONE},
    [KEYWORD_RECURSIVE_REF] = {NAME("$recursiveRef"), D19, CORE, NONE},
    [KEYWORD_VOCABULARY] = {NAME("$vocabulary"), SINCE_19, CORE, NONE},
    [KEYWORD_COMMENT] = {NAME("$comment"), SINCE_07, CORE, NONE},
    [KEYWORD_DEFS] = {NAME("$defs"), SINCE_19, CORE, MAP},
    /* Kept by the later drafts' meta-schemas because schemas still use it. */
    [KEYWORD_DEFINITIONS] = {NAME("definitions"), ALL, CORE, MAP},
    [KEYWORD_TYPE] = {NAME("type"), ALL, VALID, NONE},
    [KEYWORD_ENUM] = {NAME("enum"), ALL, VALID, NONE},
    [KEYWORD_CONST] = {NAME("const"), SINCE_06, VALID, NONE},
    [KEYWORD_MULTIPLE_OF] = {NAME("multipleOf"), ALL, VALID, NONE},
    [KEYWORD_MAXIMUM] = {NAME("maximum"), ALL, VALID, NONE},
    [KEYWORD_EXCLUSIVE_MAXIMUM] = {NAME("exclusiveMaximum"), ALL, VALID, NONE},
    [KEYWORD_MINIMUM] = {NAME("minimum"), ALL, VALID, NONE},
    [KEYWORD_EXCLUSIVE_MINIMUM] = {NAME("exclusiveMinimum"), ALL, VALID, NONE},
    [KEYWORD_MAX_LENGTH] = {NAME("maxLength"), ALL, VALID, NONE},
    [KEYWORD_MIN_LENGTH] = {NAME("minLength"), ALL, VALID, NONE},
    [KEYWORD_PATTERN] = {NAME("pattern"), ALL, VALID, NONE},
    [KEYWORD_FORMAT] = {NAME("format"), ALL, FORMAT, NONE},
    [KEYWORD_ITEMS] = {NAME("items"), ALL, APPLY, EITHER},
    [KEYWORD_PREFIX_ITEMS] = {NAME("prefixItems"), D20, APPLY, LIST},
    [KEYWORD_ADDITIONAL_ITEMS] = {NAME("additionalItems"), ALL & ~D20, APPLY, SCHEMA},
    [KEYWORD_UNEVALUATED_ITEMS] = {NAME("unevaluatedItems"), SINCE_19, REST, SCHEMA},
    [KEYWORD_CONTAINS] = {NAME("contains"), SINCE_06, APPLY, SCHEMA},
    [KEYWORD_MAX_CONTAINS] = {NAME("maxContains"), SINCE_19, VALID, NONE},
    [KEYWORD_MIN_CONTAINS] = {NAME("minContains"), SINCE_19, VALID, NONE},
    [KEYWORD_MAX_ITEMS] = {NAME("maxItems"), ALL, VALID, NONE},
    [KEYWORD_MIN_ITEMS] = {NAME("minItems"), ALL, VALID, NONE},
    [KEYWORD_UNIQUE_ITEMS] = {NAME("uniqueItems"), ALL, VALID, NONE},
    [KEYWORD_PROPERTIES] = {NAME("properties"), ALL, APPLY, MAP},
    [KEYWORD_PATTERN_PROPERTIES] = {NAME("patternProperties"), ALL, APPLY, MAP},
    [KEYWORD_ADDITIONAL_PROPERTIES] = {NAME("additionalProperties"), ALL, APPLY, SCHEMA},
    [KEYWORD_UNEVALUATED_PROPERTIES] = {NAME("unevaluatedProperties"), SINCE_19, REST, SCHEMA},
    [KEYWORD_PROPERTY_NAMES] = {NAME("propertyNames"), SINCE_06, APPLY, SCHEMA},
    [KEYWORD_MAX_PROPERTIES] = {NAME("maxProperties"), ALL, VALID, NONE},
    [KEYWORD_MIN_PROPERTIES] = {NAME("minProperties"), ALL, VALID, NONE},
    [KEYWORD_REQUIRED] = {NAME("required"), ALL, VALID, NONE},
    /* Split in two in 2019-09; kept as an older schema means it. */
    [KEYWORD_DEPENDENCIES] = {NAME("dependencies"), ALL, APPLY, DEPENDS},
    [KEYWORD_DEPENDENT_REQUIRED] = {NAME("dependentRequired"), SINCE_19, VALID, NONE},
    [KEYWORD_DEPENDENT_SCHEMAS] = {NAME("dependentSchemas"), SINCE_19, APPLY, MAP},
    [KEYWORD_ALL_OF] = {NAME("allOf"), ALL, APPLY, LIST},
    [KEYWORD_ANY_OF] = {NAME("anyOf"), ALL, APPLY, LIST},
    [KEYWORD_ONE_OF] = {NAME("oneOf"), ALL, APPLY, LIST},
    [KEYWORD_NOT] = {NAME("not"), ALL, APPLY, SCHEMA},
    [KEYWORD_IF] = {NAME("if"), SINCE_07, APPLY, SCHEMA},
    [KEYWORD_THEN] = {NAME("then"), SINCE_07, APPLY, SCHEMA},
    [KEYWORD_ELSE] = {NAME("else"), SINCE_07, APPLY, SCHEMA},
    [KEYWORD_TITLE] = {NAME("title"), ALL, META, NONE},
    [KEYWORD_DESCRIPTION] = {NAME("description"), ALL, META, NONE},
    [KEYWORD_DEFAULT] = {NAME("default"), ALL, META, NONE},
    [KEYWORD_DEPRECATED] = {NAME("deprecated"), SINCE_19, META, NONE},
    [KEYWORD_READ_ONLY] = {NAME("readOnly"), SINCE_07, META, NONE},
    [KEYWORD_WRITE_ONLY] = {NAME("writeOnly"), SINCE_07, META, NONE},
    [KEYWORD_EXAMPLES] = {NAME("examples"), SINCE_06, META, NONE},
    [KEYWORD_CONTENT_ENCODING] = {NAME("contentEncoding"), SINCE_07, CONTENT, NONE},
    [KEYWORD_CONTENT_MEDIA_TYPE] = {NAME("contentMediaType"), SINCE_07, CONTENT, NONE},
    [KEYWORD_CONTENT_SCHEMA] = {NAME("contentSchema"), SINCE_19, CONTENT, SCHEMA},
};

enum keyword keyword_find(struct slice name, enum schema_dialect draft)
{
    for (int i = KEYWORD_NONE + 1; i < KEYWORD_COUNT; i++) {
        const struct keyword_row *row = &keyword_rows[i];
        if ((row->drafts & 1 << draft) && slice_equal((struct slice){row->name, row->size}, name))
            return (enum keyword)i;
    }
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
