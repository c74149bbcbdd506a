# Huiying: one Makefile, not recursive. `make help` lists the targets.
# Everything generated goes below $(BUILD).

BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
VERSION := 0.1.0

# make has a CC of its own ("cc"), which ?= would leave.
ifeq ($(origin CC),default)
CC      := gcc
endif
# Packs what is written five times as fast as zlib does; not every system has it.
ISAL    ?= $(shell pkg-config --exists libisal && echo libisal)
# Library headers are treated as system headers: our warnings are about our code.
PKGS    := libcurl libxml-2.0 libpcre2-8 sqlite3 zlib libdeflate jansson nettle libsodium \
	libutf8proc libzip $(ISAL)
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Wswitch-enum
OPT     ?= -O2 -g
HARDEN  ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LDHARD  ?= -pie -Wl,-z,relro,-z,now
WERROR  ?=
SAN     ?=

PKG_CFLAGS = $(shell pkg-config --cflags-only-I $(PKGS) 2>/dev/null | sed 's/-I/-isystem /g')
PKG_LIBS   = $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lm -pthread
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -DHUIYING_VERSION='"$(VERSION)"' \
	-DHUIYING_DATADIR='"$(PREFIX)/share"' -pthread $(if $(ISAL),-DHUIYING_ISAL) -I. $(PKG_CFLAGS) $(WARN) $(WERROR) $(OPT) $(HARDEN) $(SAN) $(CFLAGS)
ALL_LDFLAGS = -Wl,--as-needed $(LDHARD) $(SAN) $(LDFLAGS)

# --- what is built ---------------------------------------------------------
ROOMS := base crawler matcher ledger office cli
MAINS := cli/main.c crawler/fetch_main.c crawler/send_main.c
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

ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 1)
endif

PROGRAMS := $(BUILD)/huiying $(BUILD)/huiying-fetch $(BUILD)/huiying-send
LANGS    := $(patsubst po/%.po,%,$(wildcard po/*.po))
CATALOGS := $(foreach l,$(LANGS),$(BUILD)/locale/$(l)/LC_MESSAGES/huiying.mo)

.PHONY: all deps demo check check-all check-unit check-tap bench benches accuracy asan werror tidy format \
	check-format install clean help pot bins tests tour
.DEFAULT_GOAL := all
.SECONDARY:

all: deps bins ## build both programs (installs what is missing)

bins: $(PROGRAMS) $(CATALOGS)

$(BUILD)/huiying: $(call obj_of,cli/main.c) $(foreach r,$(LINK_cli),$(call lib_of,$(r)))
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/huiying-fetch: $(call obj_of,crawler/fetch_main.c) $(foreach r,$(LINK_crawler),$(call lib_of,$(r)))
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/huiying-send: $(call obj_of,crawler/send_main.c) $(foreach r,$(LINK_crawler),$(call lib_of,$(r)))
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

# The folder is newer when one was taken away, too.
$(BUILD)/gen/migrations.c: $(wildcard ledger/sql/*.sql) ledger/sql/embed.sh ledger/sql
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
# test_tamper is about the whole ledger.
room_of   = $(if $(filter tamper,$(1)),ledger)$(firstword $(foreach r,$(ROOMS),$(if $(wildcard $(r)/$(1).c),$(r))))
UNIT_BIN :=
define unit_rules
UNIT_BIN += $(BUILD)/tests/test_$(1)
$(BUILD)/tests/test_$(1): $(BUILD)/obj/tests/unit/test_$(1).o $(foreach r,$(LINK_$(call room_of,$(1))),$(call lib_of,$(r)))
	@mkdir -p $$(@D)
	$$(CC) $$(ALL_LDFLAGS) -o $$@ $$^ $$(PKG_LIBS) -lcmocka
endef
$(foreach t,$(UNIT_SRC),$(eval $(call unit_rules,$(call module_of,$(t)))))

$(BUILD)/testserver: $(addprefix $(BUILD)/obj/tests/server/,testserver.o raw.o) $(call lib_of,base)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) -lmicrohttpd

$(BUILD)/dnsserver: $(BUILD)/obj/tests/server/dnsserver.o $(call lib_of,base)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/robot $(BUILD)/mailserver: $(BUILD)/%: $(BUILD)/obj/tests/server/%.o $(BUILD)/obj/tests/server/loopback.o
	$(CC) $(ALL_LDFLAGS) -o $@ $^

# huiying-fetch with addresses of the test's choice; see there.
$(BUILD)/fetch-mapped: $(call obj_of,crawler/fetch_main.c) $(BUILD)/obj/tests/server/mapped.o \
		$(foreach r,$(LINK_crawler),$(call lib_of,$(r)))
	$(CC) $(ALL_LDFLAGS) -Wl,--wrap=address_block,--wrap=address_block_text -o $@ $^ $(PKG_LIBS)

# Makes one call of a program fail, to be preloaded; see there. Sanitizers bring their own malloc.
$(BUILD)/inject.so: tests/fault/inject.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(WERROR) -O1 -g -fPIC -shared -o $@ $< -ldl

# Short here, long in check-all. The longest begin, so that none is left alone at the end; one more
# at a time than there are processors, since some wait for servers that keep them waiting.
TAP := tests/all/faults.t tests/t/year.t tests/all/eight.t tests/all/kill_verbs.t tests/all/send_faults.t
TAP += $(filter-out $(TAP),$(sort $(wildcard tests/t/*.t)))
CHECKS ?= $(shell expr $$(nproc 2>/dev/null || echo 1) + 1)
PROVE = CMOCKA_MESSAGE_OUTPUT=TAP BUILD=$(abspath $(BUILD)) prove --timer --exec '' -j$(CHECKS)

tests: $(UNIT_BIN) $(if $(wildcard tests/server/testserver.c),$(BUILD)/testserver) \
	$(BUILD)/fetch-mapped $(BUILD)/dnsserver $(BUILD)/robot $(BUILD)/mailserver $(BUILD)/accuracy/accuracy \
	$(BUILD)/accuracy/promises $(BUILD)/inject.so

check-unit: $(UNIT_BIN) ## unit tests only
	$(PROVE) $(UNIT_BIN)

check-tap: bins tests ## end-to-end tests only
	$(PROVE) $(TAP)

check: deps ## every test a newcomer should run (under 5 minutes)
	@$(MAKE) --no-print-directory bins tests
	$(PROVE) $(TAP) $(UNIT_BIN)

# What this system refuses (namespaces, npm) is skipped with "not run" and the reason.
check-all: check ## the long versions: kills, fuzzing, namespaces, other programs
	KILLS=200 FUZZ_ROUNDS=200000 EVAL_PAIRS=1000000 WALKS=200 $(PROVE) $(UNIT_BIN) tests/t/kill.t \
		tests/t/desk_walk.t
	TAMPER=1000 $(PROVE) $(BUILD)/tests/test_tamper
	NETNS=1 LASTS=120 FAULTS=all KILLS=200 $(PROVE) tests/t/hostile_server.t $(sort $(wildcard tests/all/*.t))

# The sanitizers' own build directory; every unit and end-to-end test again.
ASAN_FLAGS = -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
asan: deps ## all tests under AddressSanitizer and UndefinedBehaviorSanitizer
	ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1 \
	$(MAKE) BUILD=$(BUILD)/asan OPT="-O1 -g" HARDEN= LDHARD= SAN="$(ASAN_FLAGS)" \
		SANITIZED=1 check

werror: deps ## both compilers, warnings are errors
	$(MAKE) CC=gcc BUILD=$(BUILD)/werror-gcc WERROR=-Werror bins tests benches
	$(MAKE) CC=clang BUILD=$(BUILD)/werror-clang WERROR=-Werror bins tests benches

FORMATTED = $(foreach r,$(ROOMS),$(wildcard $(r)/*.[ch])) $(wildcard tests/*/*.[ch] tests/*/*/*.[ch])
format: ## clang-format everything
	clang-format -i $(FORMATTED)

check-format:
	clang-format --dry-run --Werror $(FORMATTED)

tidy: ## clang-tidy and cppcheck
	@sh tests/deps.sh clang-tidy cppcheck
	clang-tidy --quiet $(foreach r,$(ROOMS),$(wildcard $(r)/*.c)) -- $(ALL_CFLAGS)
	cppcheck --quiet --std=c11 --enable=warning,portability --inline-suppr --error-exitcode=1 \
		-I. $(foreach r,$(ROOMS),$(wildcard $(r)/*.c))

# --- packages --------------------------------------------------------------
DEB_BUILD := gcc make pkg-config libc6-dev libcurl4-openssl-dev libxml2-dev libpcre2-dev \
	libsqlite3-dev zlib1g-dev libdeflate-dev libjansson-dev \
	nettle-dev libsodium-dev libutf8proc-dev libzip-dev gettext tzdata ca-certificates \
	$(if $(filter x86_64 aarch64,$(shell uname -m)),libisal-dev)
DEB_TEST := perl zip libxml2-utils libcmocka-dev libmicrohttpd-dev sqlite3 openssl strace iproute2 util-linux bsdutils \
	clang clang-format libclang-rt-14-dev systemd man-db groff-base bash-completion
# What `make bench` measures beside ours, and serves feeds with.
DEB_BENCH := newsboat sfeed nginx-light curl time xz-utils ripgrep \
	$(if $(filter x86_64 aarch64,$(shell uname -m)),libvectorscan-dev)

deps: ## install what is missing (Debian), or say what is missing
	@sh tests/deps.sh $(DEB_BUILD) $(DEB_TEST)

# --- the rest --------------------------------------------------------------
demo: deps ## the whole way on a loopback server, explained as it goes
	@$(MAKE) --no-print-directory bins $(BUILD)/testserver
	BUILD=$(abspath $(BUILD)) tests/demo/demo.sh

# Linked into one benchmark only, where it is there.
HS = $(shell pkg-config --exists libhs && echo libhs)
$(BUILD)/obj/tests/bench/bench_match.o: ALL_CFLAGS += $(if $(HS),-DBENCH_HS $(subst -I,-isystem ,$(shell pkg-config --cflags libhs)))
$(BUILD)/bench/bench_match: PKG_LIBS += $(if $(HS),$(shell pkg-config --libs libhs))

BENCH_BIN := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/*.c))
$(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o $(foreach r,$(LINK_office),$(call lib_of,$(r)))
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

POLL_BIN := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/poll/*.c))

benches: $(BENCH_BIN) $(POLL_BIN)

# A goal that is missed is told and does not fail it: figures depend on the machine. What cannot be
# run, or finds another number of hits than another way does, fails it.
bench: deps ## figures: feed parse, matching, items a second end to end, polls beside other programs
	@sh tests/deps.sh $(DEB_BENCH) || echo "without them some lines below read \"not run\", and this fails" >&2
	@$(MAKE) --no-print-directory bins benches
	@failed=; for b in $(sort $(BENCH_BIN)) tests/bench/poll.sh; do \
		CORPUS=$(CORPUS) BUILD=$(abspath $(BUILD)) $$b || failed="$$failed $$b"; done; \
	[ -z "$$failed" ] || { echo "failed, or could not run all:$$failed" >&2; exit 1; }

DEV ?=
PROMISES ?=
$(BUILD)/accuracy/%: $(BUILD)/obj/tests/accuracy/%.o $(foreach r,$(LINK_matcher),$(call lib_of,$(r)))
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

accuracy: deps ## right and wrong on labelled texts: make accuracy DEV=TOPICS.jsonl PROMISES=SENTENCES.jsonl
	@$(MAKE) --no-print-directory $(BUILD)/accuracy/accuracy $(BUILD)/accuracy/promises
	$(if $(PROMISES),$(BUILD)/accuracy/promises $(V) $(PROMISES))
	$(if $(PROMISES)$(DEV),$(if $(DEV),$(BUILD)/accuracy/accuracy $(V) $(DEV)),$(BUILD)/accuracy/accuracy)

# The manual page of huiying is made from the command table.
$(BUILD)/man/huiying.1: $(BUILD)/huiying
	@mkdir -p $(@D)
	LANGUAGE=en $(BUILD)/huiying help --man > $@.tmp && mv $@.tmp $@

MAN1 := $(wildcard docs/*.1)
MAN5 := $(wildcard docs/*.5)
UNITDIR ?= $(PREFIX)/lib/systemd/system
# As they stand the units start /usr/bin/huiying; installed, the program that is installed with them.
UNITS   := $(notdir $(wildcard systemd/*.service systemd/*.timer systemd/*.path))

install: bins $(BUILD)/man/huiying.1 ## into $(DESTDIR)$(PREFIX)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/huiying/local.d
	install -m 755 $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	install -m 644 $(wildcard rules/*.conf rules/*.csv) $(DESTDIR)$(PREFIX)/share/huiying
	install -m 644 $(wildcard rules/local.d/*.conf) $(DESTDIR)$(PREFIX)/share/huiying/local.d
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man1 $(BUILD)/man/huiying.1 $(MAN1)
	$(if $(MAN5),install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man5 $(MAN5))
	LANGUAGE=en $(BUILD)/huiying help --completion bash > $(BUILD)/completion.bash
	install -D -m 644 $(BUILD)/completion.bash \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/huiying
	install -d $(BUILD)/units
	for u in $(UNITS); do \
		sed 's,/usr/bin/huiying,$(PREFIX)/bin/huiying,g' systemd/$$u > $(BUILD)/units/$$u || exit 1; done
	install -D -m 644 -t $(DESTDIR)$(UNITDIR) $(addprefix $(BUILD)/units/,$(UNITS))
	install -D -m 644 systemd/sysusers.d/huiying.conf $(DESTDIR)$(PREFIX)/lib/sysusers.d/huiying.conf
	install -D -m 644 systemd/tmpfiles.d/huiying.conf $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/huiying.conf
	for l in $(LANGS); do \
		install -D -m 644 $(BUILD)/locale/$$l/LC_MESSAGES/huiying.mo \
			$(DESTDIR)$(PREFIX)/share/locale/$$l/LC_MESSAGES/huiying.mo; done

clean: ## remove everything generated
	rm -rf $(BUILD)

ROOM ?= $(ROOMS)
tour: ## what each file is, in its own words (ROOM=ledger: those of one room)
	@awk -f tests/tour.awk $(foreach r,$(ROOM),$(sort $(wildcard $(r)/*.h)) $(sort $(wildcard $(r)/*.c)))

help: ## this list
	@sed -n 's/^\([a-z][a-z-]*\):[^#]*## \(.*\)/  \1\t\2/p' Makefile | expand -t 18

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
