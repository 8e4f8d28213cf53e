/* The squashfs image behind the program: where it begins, whether it is whole, and unpacking it. */
#define _GNU_SOURCE
#include "runtime.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

static uint8_t buffer[1 << 20];

static sqfs_err expand(void *in, size_t in_size, void *out, size_t *out_size) {
    size_t size = ZSTD_decompress(out, *out_size, in, in_size);
    if (ZSTD_isError(size)) return SQFS_ERR;
    *out_size = size;
    return SQFS_OK;
}

/* Takes the place of the library's own function, which would bring four more compressions in. */
sqfs_decompressor sqfs_decompressor_get(sqfs_compression_type type) {
    return type == ZSTD_COMPRESSION ? expand : NULL;
}

static bool damaged(void) {
    errno = EBADMSG;
    return false;
}

/* A program ends where its table of sections or its last section does, whatever comes later. */
bool image_open(struct image *image, const char *path) {
    Elf64_Ehdr head;
    Elf64_Shdr last;
    image->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (image->fd < 0) return false;
    if (pread(image->fd, &head, sizeof head, 0) != sizeof head || head.e_shnum == 0) return damaged();
    off_t table = (off_t)head.e_shoff, size = (off_t)head.e_shentsize * head.e_shnum;
    if (pread(image->fd, &last, sizeof last, table + size - head.e_shentsize) != sizeof last) return damaged();
    off_t end = (off_t)(last.sh_offset + last.sh_size);
    image->start = table + size > end ? table + size : end;
    return true;
}

bool image_begin(struct image *image) {
    return sqfs_init(&image->fs, image->fd, (size_t)image->start) == SQFS_OK || damaged();
}

/* Whether every byte is the one that the maker wrote. Reads all of it: for when it is unpacked, not for every start. */
bool image_is_as_made(const struct image *image) {
    struct stat file;
    if (fstat(image->fd, &file) != 0) return false;
    if (file.st_size != image->start + (off_t)IMAGE_SIZE) return damaged();
    struct blake2b hash;
    blake2b_begin(&hash);
    for (off_t at = image->start; at < file.st_size;) {
        ssize_t part = pread(image->fd, buffer, sizeof buffer, at);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return false;
        if (part == 0) return damaged();
        blake2b_add(&hash, buffer, (size_t)part);
        at += part;
    }
    uint8_t digest[DIGEST_BYTES];
    char told[2 * DIGEST_BYTES + 1];
    blake2b_end(&hash, digest);
    for (int i = 0; i < DIGEST_BYTES; i++) snprintf(told + 2 * i, 3, "%02x", digest[i]);
    return strcmp(told, IMAGE_DIGEST) == 0 || damaged();
}

static bool write_all(int fd, const uint8_t *data, size_t size) {
    while (size) {
        ssize_t part = write(fd, data, size);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return false;
        data += part;
        size -= (size_t)part;
    }
    return true;
}

static bool unpack_file(struct image *image, sqfs_inode *inode, int folder, const char *path) {
    int fd = openat(folder, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    bool done = true;
    for (uint64_t at = 0; done && at < inode->xtra.reg.file_size;) {
        sqfs_off_t part = sizeof buffer;
        if (sqfs_read_range(&image->fs, inode, (sqfs_off_t)at, &part, buffer) != SQFS_OK || part <= 0)
            done = damaged();
        else
            done = write_all(fd, buffer, (size_t)part);
        at += (uint64_t)part;
    }
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = (time_t)inode->base.mtime}};
    done = done && fchmod(fd, inode->base.mode & 0755) == 0 && futimens(fd, times) == 0;
    /* Some file systems say only now that there was no room. */
    int reason = errno;
    if (close(fd) != 0) return false;
    errno = reason;
    return done;
}

static bool target_of(struct image *image, sqfs_inode *inode, char target[PATH_MAX]) {
    size_t size = PATH_MAX;
    return sqfs_readlink(&image->fs, inode, target, &size) == SQFS_OK || damaged();
}

static bool unpack_one(struct image *image, sqfs_inode *inode, int folder, const char *path) {
    char target[PATH_MAX];
    if (S_ISDIR(inode->base.mode)) return mkdirat(folder, path, 0755) == 0;
    if (S_ISREG(inode->base.mode)) return unpack_file(image, inode, folder, path);
    if (S_ISLNK(inode->base.mode)) return target_of(image, inode, target) && symlinkat(target, folder, path) == 0;
    return damaged(); /* the maker puts nothing else in */
}

static bool equals_one(struct image *image, sqfs_inode *inode, int folder, const char *path) {
    struct stat is;
    if (fstatat(folder, path, &is, AT_SYMLINK_NOFOLLOW) != 0) return false;
    if ((is.st_mode & S_IFMT) != (inode->base.mode & S_IFMT)) return false;
    if (S_ISREG(is.st_mode))
        return (uint64_t)is.st_size == inode->xtra.reg.file_size && is.st_mtime == (time_t)inode->base.mtime &&
               (is.st_mode & 0777) == (inode->base.mode & 0755u);
    if (S_ISLNK(is.st_mode)) {
        char wanted[PATH_MAX], found[PATH_MAX];
        ssize_t size = readlinkat(folder, path, found, sizeof found - 1);
        if (size < 0 || !target_of(image, inode, wanted)) return false;
        found[size] = 0;
        return strcmp(wanted, found) == 0;
    }
    return true;
}

typedef bool each_one(struct image *, sqfs_inode *, int, const char *);

static bool for_each(struct image *image, int folder, each_one *act) {
    sqfs_traverse walk;
    sqfs_err error = SQFS_OK;
    bool done = true;
    if (sqfs_traverse_open(&walk, &image->fs, sqfs_inode_root(&image->fs)) != SQFS_OK) return damaged();
    while (done && sqfs_traverse_next(&walk, &error)) {
        sqfs_inode inode;
        if (walk.dir_end) continue;
        if (sqfs_inode_get(&image->fs, &inode, sqfs_dentry_inode(&walk.entry)) != SQFS_OK)
            done = damaged();
        else
            done = act(image, &inode, folder, walk.path);
    }
    int reason = errno;
    sqfs_traverse_close(&walk);
    errno = reason;
    if (done && error != SQFS_OK) return damaged();
    return done;
}

/* Into an empty folder. */
bool image_unpack(struct image *image, int folder) { return for_each(image, folder, unpack_one); }

/* Whether every file is there with its length, its time and its rights: what a broken-off unpacking, a cleaning
   program or a full disk leaves is told apart in milliseconds. What is in the files is not read again. */
bool image_equals(struct image *image, int folder) { return for_each(image, folder, equals_one); }
