/*
 * inject.c - makes one call of a program fail: a library to preload (faults.t).
 *
 * FAULT_CALL   malloc (with calloc, realloc), step (of SQLite, as the program calls it: its own
 *              calls read a schema, where an error that it does not know of would be lost),
 *              write, sync, rename, unlink, make (a temporary file), send or recv; absent: none
 * FAULT_AT     which of these calls fails, from 1
 * FAULT_HOW    kill: the program is killed there instead of seeing the call fail
 * FAULT_LOG    without FAULT_CALL: file for what could fail: a line "malloc NUMBER HASH" of
 *              each, where equal hashes are calls from the same place by the same way, and at
 *              the end "step COUNT" and so on for the others; with it: for the way to the call
 *              that failed
 *
 * Only calls that begin in the program or its libraries are seen, not those inside libc.
 */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <grp.h>
#include <link.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define FRAMES 12
#define SQLITE_IOERR 10

enum call {
	CALL_NONE,
	CALL_MALLOC,
	CALL_STEP,
	CALL_WRITE,
	CALL_SYNC,
	CALL_RENAME,
	CALL_UNLINK,
	CALL_MAKE,
	CALL_SEND,
	CALL_RECV,
	CALLS
};

static const char *const names[CALLS] = {
	"", "malloc", "step", "write", "sync", "rename", "unlink", "make", "send", "recv"};

/* A preloaded library has nowhere else to keep it. */
static struct {
	enum call call;
	long at, count[CALLS];
	int log; /* descriptor; 0: none */
	bool on, busy, kills;
	struct {
		uintptr_t from, to, base;
	} module[64];
	int modules;
} fault;

static enum call call_of(const char *name)
{
	for (int i = CALL_NONE + 1; name && i < CALLS; i++)
		if (strcmp(name, names[i]) == 0)
			return (enum call)i;
	return CALL_NONE;
}

static int note_module(struct dl_phdr_info *info, size_t size, void *data)
{
	(void)size;
	(void)data;
	for (int i = 0; i < info->dlpi_phnum && fault.modules < 64; i++) {
		const ElfW(Phdr) *p = &info->dlpi_phdr[i];
		uintptr_t from = info->dlpi_addr + p->p_vaddr;
		if (p->p_type != PT_LOAD || !(p->p_flags & PF_X))
			continue;
		fault.module[fault.modules].base = info->dlpi_addr;
		fault.module[fault.modules].from = from;
		fault.module[fault.modules++].to = from + p->p_memsz;
	}
	return 0;
}

__attribute__((constructor)) static void start(void)
{
	const char *at = getenv("FAULT_AT"), *log = getenv("FAULT_LOG");
	const char *how = getenv("FAULT_HOW");
	void *frames[FRAMES];

	fault.busy = true;
	(void)backtrace(frames, FRAMES); /* loads what it needs now */
	dl_iterate_phdr(note_module, NULL);
	fault.call = call_of(getenv("FAULT_CALL"));
	if (log)
		fault.log = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	fault.at = at ? atol(at) : 0;
	fault.kills = how && strcmp(how, "kill") == 0;
	fault.busy = false;
	fault.on = true;
}

/* Addresses differ from run to run; places in their files do not. */
static uint64_t place_of(uintptr_t address)
{
	for (int i = 0; i < fault.modules; i++)
		if (address >= fault.module[i].from && address < fault.module[i].to)
			return address - fault.module[i].base;
	return 0;
}

static void log_stack(void)
{
	void *frames[FRAMES];
	int n = backtrace(frames, FRAMES);
	uint64_t hash = UINT64_C(14695981039346656037);
	char line[64];

	for (int i = 2; i < n; i++)
		hash = (hash ^ place_of((uintptr_t)frames[i])) * UINT64_C(1099511628211);
	n = snprintf(line, sizeof line, "malloc %ld %016llx\n", fault.count[CALL_MALLOC],
		(unsigned long long)hash);
	if (write(fault.log, line, (size_t)n) != n)
		fault.log = 0;
}

static void log_way(void)
{
	void *frames[4 * FRAMES];

	backtrace_symbols_fd(frames, backtrace(frames, 4 * FRAMES), fault.log);
}

/* True when this call is to fail. */
static bool fails(enum call call)
{
	bool it;

	if (!fault.on || fault.busy)
		return false;
	fault.busy = true;
	it = ++fault.count[call] == fault.at && fault.call == call;
	if (fault.log > 0 && it)
		log_way();
	else if (fault.log > 0 && fault.call == CALL_NONE && call == CALL_MALLOC)
		log_stack();
	fault.busy = false;
	if (it && fault.kills)
		(void)kill(getpid(), SIGKILL);
	return it;
}

__attribute__((destructor)) static void finish(void)
{
	char line[64];

	fault.on = false;
	for (int i = CALL_MALLOC + 1; fault.log > 0 && fault.call == CALL_NONE && i < CALLS; i++) {
		int n = snprintf(line, sizeof line, "%s %ld\n", names[i], fault.count[i]);
		if (write(fault.log, line, (size_t)n) != n)
			fault.log = 0;
	}
}

/* ISO C has no other way from an object to a function. */
#define NEXT(name)                                                                                 \
	((union {                                                                                  \
		void *p;                                                                           \
		name##_call *f;                                                                    \
	}){dlsym(RTLD_NEXT, #name)}                                                                \
			.f)

typedef struct passwd *getpwuid_call(uid_t);
typedef int getgrouplist_call(const char *, gid_t, gid_t *, int *);
typedef int sqlite3_step_call(void *);
typedef int sqlite3_exec_call(void *, const char *, void *, void *, char **);
typedef ssize_t pwrite64_call(int, const void *, size_t, off_t);
typedef ssize_t write_call(int, const void *, size_t);
typedef int fsync_call(int);
typedef int fdatasync_call(int);
typedef int rename_call(const char *, const char *);
typedef int unlink_call(const char *);
typedef int mkostemp_call(char *, int);
typedef ssize_t send_call(int, const void *, size_t, int);
typedef ssize_t recv_call(int, void *, size_t, int);
typedef int renameat2_call(int, const char *, int, const char *, unsigned);

/* glibc's own names: dlsym() itself asks for memory. */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

void *malloc(size_t n);
void *malloc(size_t n)
{
	if (!fails(CALL_MALLOC))
		return __libc_malloc(n);
	errno = ENOMEM;
	return NULL;
}

void *calloc(size_t n, size_t size);
void *calloc(size_t n, size_t size)
{
	if (!fails(CALL_MALLOC))
		return __libc_calloc(n, size);
	errno = ENOMEM;
	return NULL;
}

void *realloc(void *p, size_t n);
void *realloc(void *p, size_t n)
{
	if (!fails(CALL_MALLOC))
		return __libc_realloc(p, n);
	errno = ENOMEM;
	return NULL;
}

/* glibc 2.36 aborts, or worse, when these get no memory. */
struct passwd *getpwuid(uid_t id)
{
	struct passwd *found;
	bool was = fault.busy;

	fault.busy = true;
	found = NEXT(getpwuid)(id);
	fault.busy = was;
	return found;
}

int getgrouplist(const char *name, gid_t group, gid_t *groups, int *count)
{
	bool was = fault.busy;
	int rc;

	fault.busy = true;
	rc = NEXT(getgrouplist)(name, group, groups, count);
	fault.busy = was;
	return rc;
}

/* The program itself is the first module. */
static bool is_program(const void *address)
{
	uintptr_t at = (uintptr_t)address;

	return at >= fault.module[0].from && at < fault.module[0].to;
}

int sqlite3_step(void *statement);
int sqlite3_step(void *statement)
{
	if (is_program(__builtin_return_address(0)) && fails(CALL_STEP))
		return SQLITE_IOERR;
	return NEXT(sqlite3_step)(statement);
}

int sqlite3_exec(void *db, const char *sql, void *each, void *data, char **why);
int sqlite3_exec(void *db, const char *sql, void *each, void *data, char **why)
{
	if (is_program(__builtin_return_address(0)) && fails(CALL_STEP))
		return SQLITE_IOERR;
	return NEXT(sqlite3_exec)(db, sql, each, data, why);
}

ssize_t pwrite64(int fd, const void *data, size_t n, off_t at)
{
	if (!fails(CALL_WRITE))
		return NEXT(pwrite64)(fd, data, n, at);
	errno = ENOSPC;
	return -1;
}

ssize_t write(int fd, const void *data, size_t n)
{
	if (!fails(CALL_WRITE))
		return NEXT(write)(fd, data, n);
	errno = ENOSPC;
	return -1;
}

int fsync(int fd)
{
	if (!fails(CALL_SYNC))
		return NEXT(fsync)(fd);
	errno = EIO;
	return -1;
}

int fdatasync(int fd)
{
	if (!fails(CALL_SYNC))
		return NEXT(fdatasync)(fd);
	errno = EIO;
	return -1;
}

int rename(const char *from, const char *to)
{
	if (!fails(CALL_RENAME))
		return NEXT(rename)(from, to);
	errno = EIO;
	return -1;
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	if (!fails(CALL_RENAME))
		return NEXT(renameat2)(from_dir, from, to_dir, to, flags);
	errno = EIO;
	return -1;
}

int unlink(const char *path)
{
	if (!fails(CALL_UNLINK))
		return NEXT(unlink)(path);
	errno = EIO;
	return -1;
}

int mkostemp(char *path, int flags)
{
	if (!fails(CALL_MAKE))
		return NEXT(mkostemp)(path, flags);
	errno = ENOSPC;
	return -1;
}

ssize_t send(int fd, const void *data, size_t n, int flags);
ssize_t send(int fd, const void *data, size_t n, int flags)
{
	if (!fails(CALL_SEND))
		return NEXT(send)(fd, data, n, flags);
	errno = ECONNRESET;
	return -1;
}

ssize_t recv(int fd, void *data, size_t n, int flags);
ssize_t recv(int fd, void *data, size_t n, int flags)
{
	if (!fails(CALL_RECV))
		return NEXT(recv)(fd, data, n, flags);
	errno = ECONNRESET;
	return -1;
}
