# SPDX-License-Identifier: GPL-2.0-or-later
# benchline: one non-recursive Makefile. A new tool (tools/bench-x/), library
# file (tools/lib/AREA/x.c), module (tools/modules/x/), unit test
# (tests/unit/AREA/test_x.c), fuzz target (tests/fuzz/fuzz_x.c), calibration
# (tests/calibrate/calibrate_x.c) or command-line case (tests/cli/x.t) needs no
# line here.
#
#   make            build the tools into build/bin
#   make demo       install what is missing, build, run the main job
#   make check      install what the tests need, build, run the tests
#   make help       the other targets

VERSION := $(shell cat tools/lib/base/VERSION)

# An installed tree keeps this shape below PREFIX: a tool finds its data and
# modules beside itself (tool/place.h), so the tree can be moved.
PREFIX  ?= /usr/local
DESTDIR ?=
BINDIR  := $(PREFIX)/bin
LIBDIR  := $(PREFIX)/lib/benchline
DATADIR := $(PREFIX)/share/benchline
MANDIR  := $(PREFIX)/share/man
BASHDIR := $(PREFIX)/share/bash-completion/completions
ZSHDIR  := $(PREFIX)/share/zsh/site-functions
FISHDIR := $(PREFIX)/share/fish/vendor_completions.d

# ---- flavours: one build folder each ---------------------------------------
FLAVOUR ?= plain
B       := build/$(FLAVOUR)

CC      := gcc
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
           -Wwrite-strings -Wpointer-arith -Wvla -Wformat=2 -Wimplicit-fallthrough
CFLAGS  ?= -O2 -g
HARDEN  := -fstack-protector-strong -D_FORTIFY_SOURCE=2
LINK    :=
ifeq ($(FLAVOUR),san)
HARDEN  := -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
LINK    := -fsanitize=address,undefined
endif
ifeq ($(FLAVOUR),tsan)
HARDEN  := -fsanitize=thread
LINK    := -fsanitize=thread
endif
ifeq ($(FLAVOUR),cov)
CFLAGS  := -O0 -g
HARDEN  := --coverage -fprofile-update=atomic
LINK    := --coverage
endif
ifeq ($(FLAVOUR),clang)
CC      := clang
endif
ifeq ($(FLAVOUR),analyzer)
CFLAGS  := -O1 -g -fanalyzer
endif
ifeq ($(FLAVOUR),fuzz)
CC      := clang
CFLAGS  := -O1 -g
HARDEN  := -fsanitize=fuzzer-no-link,address,undefined
LINK    := -fsanitize=address,undefined
endif
WERROR  ?=

ALL_CFLAGS := -std=c17 -D_POSIX_C_SOURCE=200809L $(CFLAGS) $(HARDEN) $(WARN) $(WERROR) -fPIC -pthread \
              -Itools/lib -MMD -MP $(EXTRA_CFLAGS)
ALL_LINK   := $(LINK) -pthread -rdynamic -Wl,--as-needed -Wl,-z,relro -Wl,-z,now $(LDFLAGS)
LIBS       := -lcmark-gfm-extensions -lcmark-gfm -lpcre2-8 -lyaml -lzstd -lz -lidn2 -lmd -lRmath -ldl -lm
MODULE_LIBS_git := -lgit2

# ---- what there is ----------------------------------------------------------
TOOLS     := $(notdir $(patsubst %/,%,$(dir $(wildcard tools/bench*/main.c))))
LIB_SRC   := $(wildcard tools/lib/*/*.c)
MODULES   := $(notdir $(patsubst %/,%,$(sort $(dir $(wildcard tools/modules/*/*.c)))))
UNIT_SRC  := $(wildcard tests/unit/*/test_*.c)
HELP_SRC  := $(wildcard tests/helpers/*.c)
FUZZ_SRC  := $(wildcard tests/fuzz/fuzz_*.c)
CALI_SRC  := $(wildcard tests/calibrate/*.c)
CALI_MAIN := $(filter tests/calibrate/calibrate_%,$(CALI_SRC))
CLI       := $(wildcard tests/cli/*.t tests/cli/*/*.t)
MANUALS   := $(wildcard tools/bench*/*.1)
MANUALS_5 := $(wildcard docs/*.5)
MANUALS_7 := $(wildcard docs/*.7)

OBJ       = $(patsubst %.c,$(B)/obj/%.o,$(1))
LIB       := $(B)/libbenchline.a
LIB_OBJ   := $(call OBJ,$(LIB_SRC))
TOOL_BIN  := $(TOOLS:%=$(B)/bin/%)
MODULE_SO := $(MODULES:%=$(B)/lib/benchline/%.so)
UNIT_BIN  := $(patsubst tests/unit/%.c,$(B)/tests/%,$(UNIT_SRC))
HELP_BIN  := $(patsubst tests/helpers/%.c,$(B)/helpers/%,$(filter-out %_preload.c,$(HELP_SRC)))
HELP_SO   := $(patsubst tests/helpers/%.c,$(B)/helpers/%.so,$(filter %_preload.c,$(HELP_SRC)))
FUZZ_BIN  := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(FUZZ_SRC))
CALI_BIN  := $(patsubst tests/calibrate/%.c,$(B)/calibrate/%,$(CALI_MAIN))

.PHONY: all
all: $(TOOL_BIN) $(MODULE_SO) $(B)/share/benchline build/bin

# The build folder has the shape of an installed tree, so a tool finds its
# modules and data the same way in both.
$(B)/share/benchline: $(MANUALS) $(MANUALS_5) $(MANUALS_7)
	@mkdir -p $@ $(B)/share/man/man1 $(B)/share/man/man5 $(B)/share/man/man7
	@for manual in $(MANUALS) $(MANUALS_5) $(MANUALS_7); do \
	    ln -sf ../../../../../$$manual $(B)/share/man/man$${manual##*.}/; done
	@touch $@
	@ln -sfn ../../../../schemas $@/schemas
	@ln -sfn ../../../../templates $@/templates

build/bin: | $(TOOL_BIN)
	@mkdir -p build
	@ln -sfn plain/bin $@

# ---- rules ------------------------------------------------------------------
FORCE:
$(B)/flags: FORCE
	@mkdir -p $(B)
	@echo '$(CC) $(ALL_CFLAGS) | $(ALL_LINK) $(LIBS) | $(VERSION)' | cmp -s - $@ || \
	 echo '$(CC) $(ALL_CFLAGS) | $(ALL_LINK) $(LIBS) | $(VERSION)' > $@

$(B)/obj/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $(FILE_CFLAGS) -c -o $@ $<

# The archive is made anew when the list of files changes, so that a deleted
# file leaves it too.
$(B)/lib.list: FORCE
	@mkdir -p $(B)
	@echo '$(LIB_OBJ)' | cmp -s - $@ || echo '$(LIB_OBJ)' > $@

$(LIB): $(LIB_OBJ) $(B)/lib.list
	@rm -f $@
	@ar rcs $@ $(LIB_OBJ)

$(B)/obj/tools/lib/tool/tool.o: FILE_CFLAGS = -DBENCHLINE_VERSION='"$(VERSION)"'

# The assembler copies these in, of which the compiler's -MMD knows nothing.
$(B)/obj/tools/lib/schema/meta.o: $(wildcard tools/lib/schema/meta/*.json)

.SECONDEXPANSION:
$(TOOL_BIN): $(B)/bin/%: $$(call OBJ,$$(wildcard tools/$$*/*.c)) $(LIB)
	@mkdir -p $(@D)
	@$(CC) $(ALL_LINK) -o $@ $(filter %.o,$^) $(LIB) $(LIBS)

# A module that needs a symbol of the executable would fail only when it is loaded.
comma    := ,
NO_HOLES := $(if $(filter san tsan fuzz,$(FLAVOUR)),,-Wl$(comma)-z$(comma)defs)

$(MODULE_SO): $(B)/lib/benchline/%.so: $$(call OBJ,$$(wildcard tools/modules/$$*/*.c))
	@mkdir -p $(@D)
	@$(CC) $(LINK) -shared -pthread $(NO_HOLES) -Wl,--as-needed -o $@ $^ $(MODULE_LIBS_$*)

$(UNIT_BIN): $(B)/tests/%: $(B)/obj/tests/unit/%.o $(LIB)
	@mkdir -p $(@D)
	@$(CC) $(ALL_LINK) -o $@ $< $(LIB) -lcmocka -ljansson $(LIBS)

$(HELP_BIN): $(B)/helpers/%: $(B)/obj/tests/helpers/%.o $(LIB)
	@mkdir -p $(@D)
	@$(CC) $(ALL_LINK) -o $@ $< $(LIB) -ljansson $(LIBS)

$(HELP_SO): $(B)/helpers/%.so: tests/helpers/%.c
	@mkdir -p $(@D)
	@$(CC) -std=c17 -O1 -g -fPIC $(WARN) -shared -o $@ $< -ldl

$(CALI_BIN): $(B)/calibrate/%: $(B)/obj/tests/calibrate/%.o $(call OBJ,$(filter-out $(CALI_MAIN),$(CALI_SRC))) $(LIB)
	@mkdir -p $(@D)
	@$(CC) $(ALL_LINK) -o $@ $(filter %.o,$^) $(LIB) $(LIBS)

ifeq ($(FLAVOUR),fuzz)
$(FUZZ_BIN): $(B)/fuzz/%: $(B)/obj/tests/fuzz/%.o $(LIB)
	@mkdir -p $(@D)
	@$(CC) $(ALL_LINK) -fsanitize=fuzzer -o $@ $< $(LIB) -ljansson $(LIBS)
else
# Outside the fuzz flavour a target is linked with a driver that replays the
# files named on its command line.
$(FUZZ_BIN): $(B)/fuzz/%: $(B)/obj/tests/fuzz/%.o $(B)/obj/tests/fuzz/replay.o $(LIB)
	@mkdir -p $(@D)
	@$(CC) $(ALL_LINK) -o $@ $(filter %.o,$^) $(LIB) -ljansson $(LIBS)
endif

-include $(patsubst %.o,%.d,$(LIB_OBJ) $(call OBJ,$(wildcard tools/bench*/*.c tools/modules/*/*.c) \
           $(UNIT_SRC) $(HELP_SRC) $(CALI_SRC) $(wildcard tests/fuzz/*.c)))

# ---- what a user calls ------------------------------------------------------
.PHONY: deps demo check check-all check-san check-fast lint fuzz fuzz-coverage bench calibrate coverage install uninstall clean help
deps:
	@.ci/deps build

demo:
	@.ci/deps build
	@$(MAKE) --no-print-directory all
	@.ci/demo

.PHONY: test-programs fuzz-programs
fuzz-programs: $(FUZZ_BIN)
test-programs: all $(UNIT_BIN) $(HELP_BIN) $(HELP_SO) $(FUZZ_BIN) $(CALI_BIN)

check:
	@.ci/deps check
	@$(MAKE) --no-print-directory -j$$(nproc) test-programs
	@tests/run $(B)

# The same tests without looking for packages: for those who build all day.
check-fast: test-programs
	@tests/run $(B)

check-all:
	@.ci/deps all
	@$(MAKE) --no-print-directory -j$$(nproc) test-programs
	@tests/run $(B) tests/all

check-san:
	@.ci/deps check
	@$(MAKE) --no-print-directory -j$$(nproc) FLAVOUR=san test-programs
	@tests/run build/san

# Which lines the tests reach, by area.
coverage:
	@.ci/deps all
	@$(MAKE) --no-print-directory -j$$(nproc) FLAVOUR=cov test-programs
	@find build/cov -name '*.gcda' -delete
	@tests/run build/cov
	@lcov --quiet --capture --directory build/cov/obj/tools --output-file build/cov/lines.info
	@lcov --list build/cov/lines.info

lint:
	@.ci/deps all
	@tests/lint/run

fuzz:
	@.ci/deps all
	@$(MAKE) --no-print-directory -j$$(nproc) FLAVOUR=fuzz test-programs
	@tests/fuzz/run build/fuzz

# How much of its module each fuzz target reaches with its corpus.
fuzz-coverage:
	@.ci/deps all
	@$(MAKE) --no-print-directory -j$$(nproc) FLAVOUR=cov fuzz-programs
	@tests/fuzz/coverage build/cov

bench: test-programs
	@.ci/deps all
	@tests/bench/run

# What the verdicts are worth: simulated, and held against the goals.
calibrate: test-programs
	@tests/calibrate/run $(B)

COMPLETE = $(B)/bin/bench completion
install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBDIR) $(DESTDIR)$(DATADIR)/schemas \
	    $(DESTDIR)$(DATADIR)/templates $(DESTDIR)$(MANDIR)/man1 \
	    $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man7 \
	    $(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR) $(DESTDIR)$(FISHDIR)
	install -m 755 $(TOOL_BIN) $(DESTDIR)$(BINDIR)
	$(if $(MODULE_SO),install -m 644 $(MODULE_SO) $(DESTDIR)$(LIBDIR))
	cp -R schemas/. $(DESTDIR)$(DATADIR)/schemas
	cp -R templates/. $(DESTDIR)$(DATADIR)/templates
	install -d $(DESTDIR)$(DATADIR)/suites
	cp -R docs/suites/. $(DESTDIR)$(DATADIR)/suites
	chmod -R u=rwX,go=rX $(DESTDIR)$(DATADIR)
	$(if $(MANUALS),install -m 644 $(MANUALS) $(DESTDIR)$(MANDIR)/man1)
	$(if $(MANUALS_5),install -m 644 $(MANUALS_5) $(DESTDIR)$(MANDIR)/man5)
	$(if $(MANUALS_7),install -m 644 $(MANUALS_7) $(DESTDIR)$(MANDIR)/man7)
	$(COMPLETE) bash > $(DESTDIR)$(BASHDIR)/bench
	for tool in $(filter-out bench,$(TOOLS)); do ln -sf bench $(DESTDIR)$(BASHDIR)/$$tool; done
	$(COMPLETE) zsh > $(DESTDIR)$(ZSHDIR)/_bench
	$(COMPLETE) fish > $(DESTDIR)$(FISHDIR)/bench.fish

uninstall:
	rm -f $(TOOLS:%=$(DESTDIR)$(BINDIR)/%) $(addprefix $(DESTDIR)$(MANDIR)/man1/,$(notdir $(MANUALS))) \
	    $(addprefix $(DESTDIR)$(MANDIR)/man5/,$(notdir $(MANUALS_5))) \
	    $(addprefix $(DESTDIR)$(MANDIR)/man7/,$(notdir $(MANUALS_7)))
	rm -f $(TOOLS:%=$(DESTDIR)$(BASHDIR)/%) $(DESTDIR)$(ZSHDIR)/_bench $(DESTDIR)$(FISHDIR)/bench.fish
	rm -rf $(DESTDIR)$(LIBDIR) $(DESTDIR)$(DATADIR)

clean:
	rm -rf build

help:
	@sed -n 's/^#   \(make.*\)/\1/p' Makefile
	@echo 'make check-all  the tests that need other programs; a missing one is a failure'
	@echo 'make check-san  the tests under the address and undefined-behaviour sanitizers'
	@echo 'make lint       every static check; a warning is an error'
	@echo 'make coverage   the tests, and which lines they reach'
	@echo 'make fuzz       a short run of every fuzz target (SECONDS=60 each)'
	@echo 'make fuzz-coverage  which lines of its module each fuzz target reaches'
	@echo 'make bench      the figures, measured against the peers, kept in reports/'
	@echo 'make calibrate  what the verdicts are worth, simulated and kept in reports/'
	@echo 'make install    PREFIX=/usr/local DESTDIR='
