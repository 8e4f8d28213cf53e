/* Stands between a program and the system, for one folder: records what is asked of the disk, or refuses it.
 *
 * Loaded with LD_PRELOAD. MB_SHIM_FOLDER is the folder, MB_SHIM_LOG (optional) the file that is written to. The
 * program itself may call mb_mark() to put a line of its own between the events, mb_fault() to have the
 * n-th call of a kind fail, and mb_calls() to count them. Everything outside the folder goes through untouched.
 *
 * A record is: kind (1 byte), inode, offset (8 bytes each), two lengths (4 bytes each), then so many bytes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 0, SYNC = 1, SYNC_FOLDER = 2, NAME = 3, CREATE = 4, TRUNCATE = 5, KINDS = 6 };

static char folder[PATH_MAX];
static size_t folder_length;
static int log_file = -1;
static pthread_mutex_t gate = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static long calls[KINDS], fails_from[KINDS], fails_until[KINDS];
static int fails_with[KINDS];

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    const char *wanted = getenv("MB_SHIM_FOLDER"), *log = getenv("MB_SHIM_LOG");
    if (wanted && realpath(wanted, folder)) folder_length = strlen(folder);
    if (log) log_file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_inside(const char *path) {
    return folder_length && !strncmp(path, folder, folder_length) &&
           (path[folder_length] == '/' || !path[folder_length]);
}

/* The path behind a descriptor, if it is inside; for a file without a name, where it was made. */
static int inside_file(int file, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = folder_length ? readlink(link, path, PATH_MAX - 1) : -1;
    if (length < 0) return 0;
    path[length] = 0;
    return is_inside(path);
}

/* The whole path of a name relative to an open folder; whether it is inside. */
static int inside_at(int at, const char *name, char *path) {
    if (name[0] == '/') {
        snprintf(path, PATH_MAX, "%s", name);
    } else if (at == AT_FDCWD) {
        if (!getcwd(path, PATH_MAX)) return 0;
        size_t used = strlen(path);
        snprintf(path + used, PATH_MAX - used, "/%s", name);
    } else {
        if (!inside_file(at, path)) return 0;
        size_t used = strlen(path);
        snprintf(path + used, PATH_MAX - used, "/%s", name);
    }
    return is_inside(path);
}

static uint64_t number_of(int file) {
    struct stat found;
    return fstat(file, &found) ? 0 : (uint64_t)found.st_ino;
}

static uint64_t number_at(const char *path) {
    struct stat found;
    return lstat(path, &found) ? 0 : (uint64_t)found.st_ino;
}

static void record(char kind, uint64_t number, uint64_t offset, const void *first, uint32_t first_length,
                   const void *second, uint32_t second_length) {
    if (log_file < 0) return;
    char head[25];
    head[0] = kind;
    memcpy(head + 1, &number, 8);
    memcpy(head + 9, &offset, 8);
    memcpy(head + 17, &first_length, 4);
    memcpy(head + 21, &second_length, 4);
    struct iovec parts[3] = {
        {head, sizeof head}, {(void *)first, first_length}, {(void *)second, second_length}};
    int kept = errno;
    size_t all = sizeof head + first_length + second_length;
    if (syscall(SYS_writev, log_file, parts, 3) != (long)all) abort();
    errno = kept;
}

static void record_path(char kind, uint64_t number, const char *path) {
    record(kind, number, 0, path, (uint32_t)strlen(path), "", 0);
}

/* Whether this call is to fail; errno is set then. */
static int refused(int kind) {
    long number = ++calls[kind];
    if (!fails_with[kind] || number < fails_from[kind] || number >= fails_until[kind]) return 0;
    errno = fails_with[kind];
    return 1;
}

void mb_mark(const char *text) {
    pthread_mutex_lock(&gate);
    record('M', 0, 0, text, (uint32_t)strlen(text), "", 0);
    pthread_mutex_unlock(&gate);
}

/* From the n-th call of this kind on, counted from now, so many fail with this error; 0 ends it. */
void mb_fault(int kind, long n, long times, int error) {
    pthread_mutex_lock(&gate);
    calls[kind] = 0;
    fails_from[kind] = n;
    fails_until[kind] = n + times;
    fails_with[kind] = error;
    pthread_mutex_unlock(&gate);
}

long mb_calls(int kind) {
    pthread_mutex_lock(&gate);
    long number = calls[kind];
    pthread_mutex_unlock(&gate);
    return number;
}

#define LOCKED(type, inside, kind, call, succeeded, recorded) \
    if (!(inside)) return call; \
    pthread_mutex_lock(&gate); \
    type result = -1; \
    if (!refused(kind)) { \
        result = call; \
        if (succeeded) { recorded; } \
    } \
    pthread_mutex_unlock(&gate); \
    return result

static int opened(int (*real)(int, const char *, int, ...), int at, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    int nameless = (flags & O_TMPFILE) == O_TMPFILE;
    if (!(flags & (O_CREAT | O_TRUNC)) && !nameless) return real(at, name, flags, mode);
    if (!inside_at(at, name, path)) return real(at, name, flags, mode);
    pthread_mutex_lock(&gate);
    struct stat before;
    int is_new = nameless || lstat(path, &before) != 0;
    int result = -1;
    if (!is_new || !refused(CREATE)) {
        result = real(at, name, flags, mode);
        if (result >= 0 && nameless) record_path('N', number_of(result), path);
        else if (result >= 0 && is_new) record_path('C', number_of(result), path);
        else if (result >= 0 && (flags & O_TRUNC) && before.st_size)
            record('T', number_of(result), 0, "", 0, "", 0);
    }
    pthread_mutex_unlock(&gate);
    return result;
}

#define OPENS(own, real_name, has_at) \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
        va_list more; \
        va_start(more, flags); \
        mode = (mode_t)va_arg(more, int); \
        va_end(more); \
    } \
    static int (*real)(int, const char *, int, ...); \
    if (!real) real = (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, real_name)

int open(const char *name, int flags, ...) {
    OPENS(open, "openat64", 0);
    return opened(real, AT_FDCWD, name, flags, mode);
}
int open64(const char *name, int flags, ...) {
    OPENS(open64, "openat64", 0);
    return opened(real, AT_FDCWD, name, flags, mode);
}
int openat(int at, const char *name, int flags, ...) {
    OPENS(openat, "openat64", 1);
    return opened(real, at, name, flags, mode);
}
int openat64(int at, const char *name, int flags, ...) {
    OPENS(openat64, "openat64", 1);
    return opened(real, at, name, flags, mode);
}
int creat(const char *name, mode_t mode) { return open(name, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *name, mode_t mode) { return open(name, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static void wrote(int file, off_t offset, const void *data, ssize_t length) {
    record('W', number_of(file), (uint64_t)offset, data, (uint32_t)length, "", 0);
}

ssize_t write(int file, const void *data, size_t length) {
    REAL(write);
    char path[PATH_MAX];
    LOCKED(ssize_t, inside_file(file, path), WRITE, real(file, data, length), result > 0,
           wrote(file, lseek(file, 0, SEEK_CUR) - result, data, result));
}
ssize_t pwrite64(int file, const void *data, size_t length, off64_t offset) {
    REAL(pwrite64);
    char path[PATH_MAX];
    LOCKED(ssize_t, inside_file(file, path), WRITE, real(file, data, length, offset), result > 0,
           wrote(file, offset, data, result));
}
ssize_t pwrite(int file, const void *data, size_t length, off_t offset) {
    return pwrite64(file, data, length, offset);
}
ssize_t writev(int file, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    REAL(writev);
    if (!inside_file(file, path)) return real(file, parts, count);
    ssize_t all = 0;
    for (int each = 0; each < count; each++) {
        ssize_t done = write(file, parts[each].iov_base, parts[each].iov_len);
        if (done < 0) return all ? all : done;
        all += done;
        if ((size_t)done < parts[each].iov_len) break;
    }
    return all;
}

/* What moves data within the kernel is not to be had, as on many systems: Python then copies by hand. */
ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) {
    static ssize_t (*real)(int, int, off64_t *, size_t);
    char path[PATH_MAX];
    if (!real) real = (ssize_t(*)(int, int, off64_t *, size_t))dlsym(RTLD_NEXT, "sendfile64");
    if (inside_file(out, path)) { errno = EINVAL; return -1; }
    return real(out, in, offset, count);
}
ssize_t sendfile(int out, int in, off_t *offset, size_t count) { return sendfile64(out, in, offset, count); }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t count, unsigned flags) {
    REAL(copy_file_range);
    char path[PATH_MAX];
    if (inside_file(out, path)) { errno = EXDEV; return -1; }
    return real(in, from, out, to, count, flags);
}

int ftruncate64(int file, off64_t size) {
    REAL(ftruncate64);
    char path[PATH_MAX];
    LOCKED(int, inside_file(file, path), TRUNCATE, real(file, size), !result,
           record('T', number_of(file), (uint64_t)size, "", 0, "", 0));
}
int ftruncate(int file, off_t size) { return ftruncate64(file, size); }
int truncate64(const char *name, off64_t size) {
    REAL(truncate64);
    char path[PATH_MAX];
    LOCKED(int, inside_at(AT_FDCWD, name, path), TRUNCATE, real(name, size), !result,
           record('T', number_at(path), (uint64_t)size, "", 0, "", 0));
}
int truncate(const char *name, off_t size) { return truncate64(name, size); }

static int synced(int (*real)(int), int file) {
    char path[PATH_MAX];
    struct stat found;
    if (!inside_file(file, path) || fstat(file, &found)) return real(file);
    int is_folder = S_ISDIR(found.st_mode);
    LOCKED(int, 1, is_folder ? SYNC_FOLDER : SYNC, real(file), !result,
           record_path(is_folder ? 'D' : 'S', (uint64_t)found.st_ino, path));
}
int fsync(int file) {
    REAL(fsync);
    return synced(real, file);
}
int fdatasync(int file) {
    REAL(fdatasync);
    return synced(real, file);
}

/* With MB_SHIM_NO_LOCKS the folder is on a network drive that knows no locks. */
static int knows_no_locks(int file) {
    char path[PATH_MAX];
    return getenv("MB_SHIM_NO_LOCKS") && inside_file(file, path);
}
int flock(int file, int operation) {
    REAL(flock);
    if (knows_no_locks(file)) { errno = EOPNOTSUPP; return -1; }
    return real(file, operation);
}
static int controlled(int file, int command, void *argument) {
    static int (*real)(int, int, ...);
    if (!real) real = (int (*)(int, int, ...))dlsym(RTLD_NEXT, "fcntl64");
    if ((command == F_SETLK || command == F_SETLKW) && knows_no_locks(file)) { errno = ENOLCK; return -1; }
    return real(file, command, argument);
}
#define CONTROLS \
    va_list more; \
    va_start(more, command); \
    void *argument = va_arg(more, void *); \
    va_end(more); \
    return controlled(file, command, argument)
int fcntl(int file, int command, ...) { CONTROLS; }
int fcntl64(int file, int command, ...) { CONTROLS; }

static void renamed(const char *from, const char *to) {
    record('R', 0, 0, from, (uint32_t)strlen(from), to, (uint32_t)strlen(to));
}
int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    REAL(renameat2);
    char before[PATH_MAX], after[PATH_MAX];
    int inside = inside_at(from_at, from, before) & inside_at(to_at, to, after);
    LOCKED(int, inside, NAME, real(from_at, from, to_at, to, flags), !result, renamed(before, after));
}
int renameat(int from_at, const char *from, int to_at, const char *to) {
    return renameat2(from_at, from, to_at, to, 0);
}
int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }

int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
    REAL(linkat);
    char path[PATH_MAX];
    LOCKED(int, inside_at(to_at, to, path), NAME, real(from_at, from, to_at, to, flags), !result,
           record_path('L', number_at(path), path));
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int at, const char *name, int flags) {
    REAL(unlinkat);
    char path[PATH_MAX];
    LOCKED(int, inside_at(at, name, path), NAME, real(at, name, flags), !result,
           record_path(flags & AT_REMOVEDIR ? 'Q' : 'U', 0, path));
}
int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }

int mkdirat(int at, const char *name, mode_t mode) {
    REAL(mkdirat);
    char path[PATH_MAX];
    LOCKED(int, inside_at(at, name, path), NAME, real(at, name, mode), !result,
           record_path('F', number_at(path), path));
}
int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }
