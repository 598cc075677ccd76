/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/meta.h"

/*
 * The assembler copies the files under meta/ in as they are: an array of bytes
 * spelled in C would have to be made by a program and could be read by nobody.
 * The path counts from the top of the tree, where make runs. 64 is JSON_PADDING.
 */
#define META(name, file)                                                                           \
    extern const char meta_##name[], meta_##name##_end[];                                          \
    __asm__(".pushsection .rodata\n"                                                               \
            ".global meta_" #name "\n"                                                             \
            ".global meta_" #name "_end\n"                                                         \
            "meta_" #name ": .incbin \"tools/lib/schema/meta/" file "\"\n"                         \
            "meta_" #name "_end: .zero 64\n"                                                       \
            ".popsection")

META(draft_04, "draft-04.json");
META(draft_06, "draft-06.json");
META(draft_07, "draft-07.json");
META(d2019_09, "2019-09.json");
META(d2019_09_core, "2019-09-core.json");
META(d2019_09_applicator, "2019-09-applicator.json");
META(d2019_09_validation, "2019-09-validation.json");
META(d2019_09_meta_data, "2019-09-meta-data.json");
META(d2019_09_format, "2019-09-format.json");
META(d2019_09_content, "2019-09-content.json");
META(d2020_12, "2020-12.json");
META(d2020_12_core, "2020-12-core.json");
META(d2020_12_applicator, "2020-12-applicator.json");
META(d2020_12_unevaluated, "2020-12-unevaluated.json");
META(d2020_12_validation, "2020-12-validation.json");
META(d2020_12_meta_data, "2020-12-meta-data.json");
META(d2020_12_format_annotation, "2020-12-format-annotation.json");
META(d2020_12_format_assertion, "2020-12-format-assertion.json");
META(d2020_12_content, "2020-12-content.json");

static const struct {
    const char *uri, *text, *end;
} built_in[] = {
    {"http://json-schema.org/draft-04/schema", meta_draft_04, meta_draft_04_end},
    {"http://json-schema.org/draft-06/schema", meta_draft_06, meta_draft_06_end},
    {"http://json-schema.org/draft-07/schema", meta_draft_07, meta_draft_07_end},
    {"https://json-schema.org/draft/2019-09/schema", meta_d2019_09, meta_d2019_09_end},
    {"https://json-schema.org/draft/2019-09/meta/core", meta_d2019_09_core, meta_d2019_09_core_end},
    {"https://json-schema.org/draft/2019-09/meta/applicator", meta_d2019_09_applicator,
        meta_d2019_09_applicator_end},
    {"https://json-schema.org/draft/2019-09/meta/validation", meta_d2019_09_validation,
        meta_d2019_09_validation_end},
    {"https://json-schema.org/draft/2019-09/meta/meta-data", meta_d2019_09_meta_data,
        meta_d2019_09_meta_data_end},
    {"https://json-schema.org/draft/2019-09/meta/format", meta_d2019_09_format,
        meta_d2019_09_format_end},
    {"https://json-schema.org/draft/2019-09/meta/content", meta_d2019_09_content,
        meta_d2019_09_content_end},
    {"https://json-schema.org/draft/2020-12/schema", meta_d2020_12, meta_d2020_12_end},
    {"https://json-schema.org/draft/2020-12/meta/core", meta_d2020_12_core, meta_d2020_12_core_end},
    {"https://json-schema.org/draft/2020-12/meta/applicator", meta_d2020_12_applicator,
        meta_d2020_12_applicator_end},
    {"https://json-schema.org/draft/2020-12/meta/unevaluated", meta_d2020_12_unevaluated,
        meta_d2020_12_unevaluated_end},
    {"https://json-schema.org/draft/2020-12/meta/validation", meta_d2020_12_validation,
        meta_d2020_12_validation_end},
    {"https://json-schema.org/draft/2020-12/meta/meta-data", meta_d2020_12_meta_data,
        meta_d2020_12_meta_data_end},
    {"https://json-schema.org/draft/2020-12/meta/format-annotation",
        meta_d2020_12_format_annotation, meta_d2020_12_format_annotation_end},
    {"https://json-schema.org/draft/2020-12/meta/format-assertion", meta_d2020_12_format_assertion,
        meta_d2020_12_format_assertion_end},
    {"https://json-schema.org/draft/2020-12/meta/content", meta_d2020_12_content,
        meta_d2020_12_content_end},
};

bool meta_find(const char *uri, struct slice *text)
{
    for (size_t i = 0; i < sizeof built_in / sizeof built_in[0]; i++) {
        if (strcmp(built_in[i].uri, uri) == 0) {
            *text = (struct slice){built_in[i].text, (size_t)(built_in[i].end - built_in[i].text)};
            return true;
        }
    }
    return false;
}
