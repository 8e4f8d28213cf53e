/* What the parts of the AppImage's own start know of one another. */
#ifndef MEMORYBOOK_RUNTIME_H
#define MEMORYBOOK_RUNTIME_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include <squashfuse/squashfuse.h>

/* Told by the maker when it compiles: the digest of the image behind this program, and the image's length. */
#ifndef IMAGE_DIGEST
#error "IMAGE_DIGEST: BLAKE2b-256 of the image, 64 digits"
#endif
#ifndef IMAGE_SIZE
#error "IMAGE_SIZE: the length of the image in bytes"
#endif

#define TITLE "Memory Book"
#define DIGEST_BYTES 32

/* This very file: a program, and behind it a squashfs image. */
struct image {
    int fd;
    off_t start;
    sqfs fs;
};

/* blake2b.c: RFC 7693, 32 bytes, without a key. */
struct blake2b {
    uint64_t state[8];
    uint64_t length;
    uint8_t waiting[128];
    size_t filled;
};
void blake2b_begin(struct blake2b *hash);
void blake2b_add(struct blake2b *hash, const uint8_t *data, size_t size);
void blake2b_end(struct blake2b *hash, uint8_t digest[DIGEST_BYTES]);

/* image.c. What returns false has set errno; EBADMSG stands for a damaged image. */
bool image_open(struct image *image, const char *path);
bool image_begin(struct image *image);
bool image_is_as_made(const struct image *image);
bool image_unpack(struct image *image, int folder);
bool image_equals(struct image *image, int folder);

/* cache.c: the path of an unpacked copy that stays while `*lock` is open. Does not return when there is none. */
void cache_provide(struct image *image, char *path, size_t size, int *lock);
void cache_clear(void);

/* telling.c: to the terminal, or where there is none in a window. Both end the program. */
_Noreturn void stop(const char *form, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void stop_for_error(const char *place);

#endif
