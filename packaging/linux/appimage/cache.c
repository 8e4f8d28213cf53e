/* The unpacked copies: made at the first start, looked through at every other, taken away when no longer used.

   ~/.cache/memorybook-appimage/        the owner's alone
       lock                             held while something here is made or taken away
       DIGEST/                          an unpacked copy; it gets this name when it is whole
           in-use                       held, shared, by every program that runs from the copy
           tree/                        what is in the image
       making                           being unpacked; left over when that was broken off
       going-NUMBER                     being taken away

   Locks end with the program that holds them, however it ends. Where the file system knows none, as some network
   folders do, copies are made and used as well, and none is taken away. */
#define _GNU_SOURCE
#include "runtime.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER "memorybook-appimage"
#define NAME_LENGTH 32 /* digits of the digest: enough for a name */
#define MAKING "making"
#define GOING "going-"
#define LOCK "lock"
#define IN_USE "in-use"
#define TREE "tree"

static char base_path[PATH_MAX - NAME_LENGTH - 64];

static bool is_copy(const char *name) {
    return strlen(name) == NAME_LENGTH && strspn(name, "0123456789abcdef") == NAME_LENGTH;
}

static bool locked(int fd, int how) {
    while (flock(fd, how) != 0)
        if (errno != EINTR) return false;
    return true;
}

/* A folder that is one, is not a link to one, and is our own. */
static int open_folder(int at, const char *name) {
    struct stat is;
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0 && (fstat(fd, &is) != 0 || is.st_uid != geteuid())) {
        close(fd);
        errno = EPERM;
        return -1;
    }
    return fd;
}

/* Everything below `name`, and itself. What cannot be taken away stays, and the next start tries again. */
static void take_away(int at, const char *name) {
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (!folder) {
        if (fd >= 0) close(fd);
        unlinkat(at, name, 0);
        return;
    }
    for (struct dirent *item; (item = readdir(folder));) {
        if (!strcmp(item->d_name, ".") || !strcmp(item->d_name, "..")) continue;
        if (item->d_type != DT_UNKNOWN && item->d_type != DT_DIR)
            unlinkat(fd, item->d_name, 0);
        else
            take_away(fd, item->d_name);
    }
    closedir(folder);
    unlinkat(at, name, AT_REMOVEDIR);
}

/* It gets another name first: a copy is whole as long as it has its own. */
static void retire(int base, const char *name) {
    char going[sizeof GOING + 64];
    for (unsigned number = 0; number < 1000; number++) {
        snprintf(going, sizeof going, GOING "%u", number);
        if (renameat(base, name, base, going) == 0) return take_away(base, going);
        if (errno != EEXIST && errno != ENOTEMPTY) break;
    }
    take_away(base, name);
}

/* What broken-off starts left, and copies that no program runs from, apart from `keep`. Under the lock only. */
static void clean(int base, const char *keep) {
    int fd = openat(base, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (!folder) return;
    for (struct dirent *item; (item = readdir(folder));) {
        const char *name = item->d_name;
        if (!strcmp(name, MAKING) || !strncmp(name, GOING, strlen(GOING))) take_away(base, name);
        if (!is_copy(name) || !strcmp(name, keep)) continue;
        char path[NAME_LENGTH + sizeof IN_USE + 1];
        snprintf(path, sizeof path, "%s/" IN_USE, name);
        int held = openat(base, path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
        if (held >= 0 ? locked(held, LOCK_EX | LOCK_NB) : errno == ENOENT) retire(base, name);
        if (held >= 0) close(held);
    }
    closedir(folder);
}

static bool is_whole(struct image *image, int base, const char *name) {
    char path[NAME_LENGTH + sizeof TREE + 1];
    snprintf(path, sizeof path, "%s/" TREE, name);
    int copy = open_folder(base, name), tree = copy < 0 ? -1 : open_folder(base, path);
    bool whole = tree >= 0 && image_equals(image, tree);
    if (copy >= 0) close(copy);
    if (tree >= 0) close(tree);
    return whole;
}

static bool unpack_into(struct image *image, int making) {
    if (mkdirat(making, TREE, 0700) != 0) return false;
    int tree = open_folder(making, TREE);
    /* On the disk before it has its name: after a power cut there is all of it or nothing. */
    bool done = tree >= 0 && image_unpack(image, tree) && image_equals(image, tree) && syncfs(tree) == 0;
    int reason = errno;
    if (tree >= 0) close(tree);
    errno = reason;
    return done;
}

/* Make the copy `name`, in the place of a damaged one if need be. */
static bool make(struct image *image, int base, const char *name, bool alone) {
    char making_name[sizeof MAKING + 16] = MAKING, old_use[NAME_LENGTH + sizeof IN_USE + 1];
    if (!image_is_as_made(image)) return false;
    /* Without locks another start may be at it as well: each then has a folder of its own. */
    if (!alone) snprintf(making_name, sizeof making_name, GOING "%d", (int)getpid());
    take_away(base, making_name);
    if (mkdirat(base, making_name, 0700) != 0) return false;
    int making = open_folder(base, making_name);
    bool done = making >= 0 && unpack_into(image, making);
    if (done) {
        /* A program that runs from the damaged copy has its lock on this very file. */
        snprintf(old_use, sizeof old_use, "%s/" IN_USE, name);
        if (renameat(base, old_use, making, IN_USE) != 0) {
            int use = openat(making, IN_USE, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
            done = use >= 0 && close(use) == 0;
        }
    }
    if (done && renameat(base, making_name, base, name) != 0) {
        if (alone) retire(base, name);
        done = renameat(base, making_name, base, name) == 0 || is_whole(image, base, name);
    }
    int reason = errno;
    if (making >= 0) close(making);
    take_away(base, making_name); /* there no more when all went well */
    errno = reason;
    return done;
}

static void make_parents(char *path) {
    for (char *at = path + 1; (at = strchr(at, '/')); at++) {
        *at = 0;
        mkdir(path, 0700);
        *at = '/';
    }
}

/* Our folder among the person's caches; -1 when it is not there and not wanted. */
static int open_base(bool wanted) {
    const char *caches = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    int size;
    if (caches && *caches == '/')
        size = snprintf(base_path, sizeof base_path, "%s/" FOLDER, caches);
    else if (home && *home == '/')
        size = snprintf(base_path, sizeof base_path, "%s/.cache/" FOLDER, home);
    else
        stop("There is no home folder to unpack into. Please name a folder in XDG_CACHE_HOME.");
    if (size >= (int)sizeof base_path) stop("The folder for caches has a name that is too long: %s", base_path);
    if (wanted) {
        make_parents(base_path);
        if (mkdir(base_path, 0700) != 0 && errno != EEXIST) stop_for_error(base_path);
    }
    struct stat is;
    int base = open_folder(AT_FDCWD, base_path);
    if (base < 0 && errno == ENOENT && !wanted) return -1;
    if (base < 0 && (errno == EPERM || errno == ELOOP || errno == ENOTDIR))
        stop("%s does not belong to you or is not a folder. Nothing is started from there. Please have it moved "
             "away, or name another folder in XDG_CACHE_HOME.", base_path);
    if (base < 0 || fstat(base, &is) != 0) stop_for_error(base_path);
    if (is.st_mode & 0022)
        stop("Others may write into %s, so nothing is started from there. Please take that right away from them, "
             "or name another folder in XDG_CACHE_HOME.", base_path);
    if (is.st_mode & 0077 && fchmod(base, 0700) != 0) stop_for_error(base_path);
    return base;
}

/* The lock is let go when the descriptor is closed, by the start of the program at the latest. */
static bool take_lock(int base) {
    int fd = openat(base, LOCK, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) stop_for_error(base_path);
    return locked(fd, LOCK_EX);
}

void cache_provide(struct image *image, char *path, size_t size, int *lock) {
    char name[NAME_LENGTH + 1], use[NAME_LENGTH + sizeof IN_USE + 1];
    snprintf(name, sizeof name, "%.*s", NAME_LENGTH, IMAGE_DIGEST);
    int base = open_base(true);
    bool alone = take_lock(base);
    if (alone) clean(base, name); /* first, as it may make the room that is needed */
    if (!is_whole(image, base, name) && !make(image, base, name, alone)) stop_for_error(base_path);
    snprintf(use, sizeof use, "%s/" IN_USE, name);
    /* Not closed by exec: the program has it, and keeps it when another start of itself takes its place. */
    *lock = openat(base, use, O_RDWR | O_CREAT | O_NOFOLLOW, 0600);
    if (*lock >= 0) locked(*lock, LOCK_SH);
    snprintf(path, size, "%s/%s/" TREE, base_path, name);
    close(base);
}

void cache_clear(void) {
    int base = open_base(false);
    if (base < 0) return;
    if (!take_lock(base)) stop("%s is in a place that knows no locks. It can be removed by hand.", base_path);
    clean(base, "");
}
