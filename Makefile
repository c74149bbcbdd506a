# Huiying: one Makefile, not recursive. `make help` lists the targets.
# Everything generated goes below $(BUILD).

BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
VERSION := 0.1.0

CC      ?= gcc
# Library headers are treated as system headers: our warnings are about our code.
PKGS    := libcurl libxml-2.0 libpcre2-8 sqlite3 zlib jansson libsodium libutf8proc
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Wswitch-enum
OPT     ?= -O2 -g
HARDEN  ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LDHARD  ?= -pie -Wl,-z,relro,-z,now
WERROR  ?=
SAN     ?=

PKG_CFLAGS = $(shell pkg-config --cflags-only-I $(PKGS) 2>/dev/null | sed 's/-I/-isystem /g')
PKG_LIBS   = $(shell pkg-config --libs $(PKGS) 2>/dev/null)
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -DHUIYING_VERSION='"$(VERSION)"' \
	-DHUIYING_DATADIR='"$(PREFIX)/share"' -I. $(PKG_CFLAGS) $(WARN) $(WERROR) $(OPT) $(HARDEN) $(SAN) $(CFLAGS)
ALL_LDFLAGS = $(LDHARD) $(SAN) $(LDFLAGS)

# --- what is built ---------------------------------------------------------
ROOMS := base crawler matcher ledger office cli
MAINS := cli/main.c crawler/fetch_main.c
room_src = $(filter-out $(MAINS),$(wildcard $(1)/*.c)) $(if $(filter ledger,$(1)),$(BUILD)/gen/migrations.c)
obj_of   = $(patsubst %.c,$(BUILD)/obj/%.o,$(patsubst $(BUILD)/%,%,$(1)))
lib_of   = $(BUILD)/lib$(1).a

# A room links its own library and those its arrows allow, in link order.
LINK_base    := base
LINK_crawler := crawler base
LINK_matcher := matcher base
LINK_ledger  := ledger base
LINK_office  := office crawler matcher ledger base
LINK_cli     := cli office crawler matcher ledger base

PROGRAMS := $(BUILD)/huiying $(BUILD)/huiying-fetch
LANGS    := $(patsubst po/%.po,%,$(wildcard po/*.po))
CATALOGS := $(foreach l,$(LANGS),$(BUILD)/locale/$(l)/LC_MESSAGES/huiying.mo)

.PHONY: all deps demo check check-all check-unit check-tap bench asan werror tidy format \
	check-format install clean help pot bins tests
.DEFAULT_GOAL := all
.SECONDARY:

all: deps bins ## build both programs (installs what is missing)

bins: $(PROGRAMS) $(CATALOGS)

$(BUILD)/huiying: $(call obj_of,cli/main.c) $(foreach r,$(LINK_cli),$(call lib_of,$(r)))
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/huiying-fetch: $(call obj_of,crawler/fetch_main.c) $(foreach r,$(LINK_crawler),$(call lib_of,$(r)))
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

define room_rules
$(call lib_of,$(1)): $(call obj_of,$(call room_src,$(1)))
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(AR) rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rules,$(r))))

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/gen/migrations.c: $(wildcard ledger/sql/*.sql) ledger/sql/embed.sh
	@mkdir -p $(@D)
	sh ledger/sql/embed.sh $(sort $(wildcard ledger/sql/*.sql)) > $@.tmp && mv $@.tmp $@

# --- words -----------------------------------------------------------------
SOURCES := $(foreach r,$(ROOMS),$(wildcard $(r)/*.c $(r)/*.h)) $(wildcard cli/*.def)

pot: ## po/huiying.pot from the sources
	xgettext -o po/huiying.pot --language=C --from-code=UTF-8 --keyword=_ --keyword=N_ \
		--keyword=n_:1,2 --add-comments=TRANSLATORS --package-name=huiying \
		--sort-by-file $(filter %.c,$(SOURCES))

$(BUILD)/locale/%/LC_MESSAGES/huiying.mo: po/%.po
	@mkdir -p $(@D)
	msgfmt --check -o $@ $<

# --- tests -----------------------------------------------------------------
# tests/unit/test_<module>.c links the room that holds <module>.c.
UNIT_SRC := $(wildcard tests/unit/test_*.c)
module_of = $(patsubst tests/unit/test_%.c,%,$(1))
room_of   = $(firstword $(foreach r,$(ROOMS),$(if $(wildcard $(r)/$(1).c),$(r))))
UNIT_BIN :=
define unit_rules
UNIT_BIN += $(BUILD)/tests/test_$(1)
$(BUILD)/tests/test_$(1): $(BUILD)/obj/tests/unit/test_$(1).o $(foreach r,$(LINK_$(call room_of,$(1))),$(call lib_of,$(r)))
	@mkdir -p $$(@D)
	$$(CC) $$(ALL_LDFLAGS) -o $$@ $$^ $$(PKG_LIBS) -lcmocka
endef
$(foreach t,$(UNIT_SRC),$(eval $(call unit_rules,$(call module_of,$(t)))))

$(BUILD)/testserver: $(BUILD)/obj/tests/server/testserver.o $(call lib_of,base)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) -lmicrohttpd

TAP := $(sort $(wildcard tests/t/*.t))
PROVE = CMOCKA_MESSAGE_OUTPUT=TAP BUILD=$(abspath $(BUILD)) prove --timer --exec '' -j2

tests: $(UNIT_BIN) $(if $(wildcard tests/server/testserver.c),$(BUILD)/testserver)

check-unit: $(UNIT_BIN) ## unit tests only
	$(PROVE) $(UNIT_BIN)

check-tap: bins tests
	$(PROVE) $(TAP)

check: deps bins tests ## every test a newcomer should run (under 5 minutes)
	$(PROVE) $(UNIT_BIN) $(TAP)

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
