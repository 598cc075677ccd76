/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bench.h"

#include "extract.h"

#include <stdlib.h>

void bench_release(const struct bench *bench)
{
    for (size_t i = 0; i < bench->extraction_count; i++)
        extraction_release(&bench->extractions[i]);
}

void benches_release(struct benches *benches)
{
    /* Variants, which follow each other, share their extractions. */
    for (size_t i = 0; i < benches->count; i++)
        if (i == 0 || benches->items[i].extractions != benches->items[i - 1].extractions)
            bench_release(&benches->items[i]);
    free(benches->items);
}
