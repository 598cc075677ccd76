/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/ecma_read.h"

#include <stdio.h>

/* General categories: the names of PropertyValueAliases.txt, and PCRE2's. */
static const struct {
    const char *brief, *full, *other;
} categories[] = {
    {"L", "Letter", NULL},
    {"LC", "Cased_Letter", NULL},
    {"Lu", "Uppercase_Letter", NULL},
    {"Ll", "Lowercase_Letter", NULL},
    {"Lt", "Titlecase_Letter", NULL},
    {"Lm", "Modifier_Letter", NULL},
    {"Lo", "Other_Letter", NULL},
    {"M", "Mark", "Combining_Mark"},
    {"Mn", "Nonspacing_Mark", NULL},
    {"Mc", "Spacing_Mark", NULL},
    {"Me", "Enclosing_Mark", NULL},
    {"N", "Number", NULL},
    {"Nd", "Decimal_Number", "digit"},
    {"Nl", "Letter_Number", NULL},
    {"No", "Other_Number", NULL},
    {"P", "Punctuation", "punct"},
    {"Pc", "Connector_Punctuation", NULL},
    {"Pd", "Dash_Punctuation", NULL},
    {"Ps", "Open_Punctuation", NULL},
    {"Pe", "Close_Punctuation", NULL},
    {"Pi", "Initial_Punctuation", NULL},
    {"Pf", "Final_Punctuation", NULL},
    {"Po", "Other_Punctuation", NULL},
    {"S", "Symbol", NULL},
    {"Sm", "Math_Symbol", NULL},
    {"Sc", "Currency_Symbol", NULL},
    {"Sk", "Modifier_Symbol", NULL},
    {"So", "Other_Symbol", NULL},
    {"Z", "Separator", NULL},
    {"Zs", "Space_Separator", NULL},
    {"Zl", "Line_Separator", NULL},
    {"Zp", "Paragraph_Separator", NULL},
    {"C", "Other", NULL},
    {"Cc", "Control", "cntrl"},
    {"Cf", "Format", NULL},
    {"Cs", "Surrogate", NULL},
    {"Co", "Private_Use", NULL},
    {"Cn", "Unassigned", NULL},
};

/* ECMA-262, table "Binary Unicode property aliases". */
static const struct {
    const char *full, *brief;
} binaries[] = {
    {"ASCII", NULL},
    {"ASCII_Hex_Digit", "AHex"},
    {"Alphabetic", "Alpha"},
    {"Bidi_Control", "Bidi_C"},
    {"Bidi_Mirrored", "Bidi_M"},
    {"Case_Ignorable", "CI"},
    {"Cased", NULL},
    {"Changes_When_Casefolded", "CWCF"},
    {"Changes_When_Casemapped", "CWCM"},
    {"Changes_When_Lowercased", "CWL"},
    {"Changes_When_Titlecased", "CWT"},
    {"Changes_When_Uppercased", "CWU"},
    {"Dash", NULL},
    {"Default_Ignorable_Code_Point", "DI"},
    {"Deprecated", "Dep"},
    {"Diacritic", "Dia"},
    {"Emoji", NULL},
    {"Emoji_Component", "EComp"},
    {"Emoji_Modifier", "EMod"},
    {"Emoji_Modifier_Base", "EBase"},
    {"Emoji_Presentation", "EPres"},
    {"Extended_Pictographic", "ExtPict"},
    {"Extender", "Ext"},
    {"Grapheme_Base", "Gr_Base"},
    {"Grapheme_Extend", "Gr_Ext"},
    {"Hex_Digit", "Hex"},
    {"IDS_Binary_Operator", "IDSB"},
    {"IDS_Trinary_Operator", "IDST"},
    {"ID_Continue", "IDC"},
    {"ID_Start", "IDS"},
    {"Ideographic", "Ideo"},
    {"Join_Control", "Join_C"},
    {"Logical_Order_Exception", "LOE"},
    {"Lowercase", "Lower"},
    {"Math", NULL},
    {"Noncharacter_Code_Point", "NChar"},
    {"Pattern_Syntax", "Pat_Syn"},
    {"Pattern_White_Space", "Pat_WS"},
    {"Quotation_Mark", "QMark"},
    {"Radical", NULL},
    {"Regional_Indicator", "RI"},
    {"Sentence_Terminal", "STerm"},
    {"Soft_Dotted", "SD"},
    {"Terminal_Punctuation", "Term"},
    {"Unified_Ideograph", "UIdeo"},
    {"Uppercase", "Upper"},
    {"Variation_Selector", "VS"},
    {"White_Space", "space"},
    {"XID_Continue", "XIDC"},
    {"XID_Start", "XIDS"},
};

static bool is(struct slice name, const char *text)
{
    return text && slice_is(name, text);
}

static const char *category_of(struct slice name)
{
    for (size_t i = 0; i < ARRAY_SIZE(categories); i++)
        if (is(name, categories[i].brief) || is(name, categories[i].full) ||
            is(name, categories[i].other))
            return categories[i].brief;
    return NULL;
}

static const char *binary_of(struct slice name)
{
    for (size_t i = 0; i < ARRAY_SIZE(binaries); i++)
        if (is(name, binaries[i].full) || is(name, binaries[i].brief))
            return binaries[i].full;
    return NULL;
}

/* The form of a script's name; which there are, PCRE2 knows. */
static bool is_script(struct slice name)
{
    if (name.size < 2 || name.size > 40 || name.data[0] < 'A' || name.data[0] > 'Z')
        return false;
    for (size_t i = 1; i < name.size; i++) {
        char byte = name.data[i];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        if (!letter && byte != '_')
            return false;
    }
    return true;
}

int ecma_property(char *out, size_t size, struct slice name, struct slice value, bool negative)
{
    const char *found = NULL, *prefix = "";
    if (value.data == NULL) {
        if (slice_is(name, "Any") || slice_is(name, "Assigned")) {
            /* PCRE2 has no Assigned: all but the unassigned. */
            bool any = slice_is(name, "Any");
            snprintf(out, size, "\\%c{%s}", negative == any ? 'P' : 'p', any ? "Any" : "Cn");
            return 0;
        }
        found = category_of(name);
        if (!found)
            found = binary_of(name);
    } else if (slice_is(name, "General_Category") || slice_is(name, "gc")) {
        found = category_of(value);
    } else if (is_script(value)) {
        if (slice_is(name, "Script") || slice_is(name, "sc"))
            prefix = "sc:";
        else if (slice_is(name, "Script_Extensions") || slice_is(name, "scx"))
            prefix = "scx:";
        if (*prefix) {
            snprintf(out, size, "\\%c{%s%.*s}", negative ? 'P' : 'p', prefix, (int)value.size,
                value.data);
            return 0;
        }
    }
    if (!found)
        return -1;
    /* PCRE2 writes the category of cased letters L&. */
    if (strcmp(found, "LC") == 0)
        found = "L&";
    snprintf(out, size, "\\%c{%s}", negative ? 'P' : 'p', found);
    return 0;
}
