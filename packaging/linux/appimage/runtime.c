/* The first part of the AppImage: a program that needs no FUSE, no root and no library. It unpacks the image
   behind it into the person's cache once, and becomes what is in there.

   The usual start of AppImages mounts them, which needs a helper (fusermount) that many systems no longer have;
   people then see nothing, or an error. What it offers on the command line is offered here as well. */
#define _GNU_SOURCE
#include "runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char help[] =
    TITLE " in one file. Words for the file itself; all others are for the program:\n"
    "  --appimage-extract  write what is in the file into the folder squashfs-root here\n"
    "  --appimage-clear    take away the copies unpacked by earlier starts that nothing runs from\n"
    "  --appimage-offset   say where the image begins, in bytes\n"
    "  --appimage-help     these words\n";

static void extract(struct image *image) {
    static const char name[] = "squashfs-root";
    if (!image_begin(image) || !image_is_as_made(image)) stop_for_error(name);
    if (mkdir(name, 0755) != 0) {
        if (errno == EEXIST) stop("There is a %s here already. Please start this in another folder.", name);
        stop_for_error(name);
    }
    int folder = open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0 || !image_unpack(image, folder)) stop_for_error(name);
    puts(name);
}

/* Do what concerns the file alone. False when `word` is none of these. */
static bool did(struct image *image, const char *word) {
    if (!strcmp(word, "--appimage-extract"))
        extract(image);
    else if (!strcmp(word, "--appimage-clear"))
        cache_clear();
    else if (!strcmp(word, "--appimage-offset"))
        printf("%lld\n", (long long)image->start);
    else if (!strcmp(word, "--appimage-help"))
        fputs(help, stdout);
    else if (!strncmp(word, "--appimage-", strlen("--appimage-")))
        stop("%s is not known here. --appimage-help says what is.", word);
    else
        return false;
    return true;
}

int main(int argc, char **argv) {
    static char self[PATH_MAX], tree[PATH_MAX], run[PATH_MAX + 16];
    struct image image;
    ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
    if (size < 0) stop_for_error("/proc/self/exe");
    if (!image_open(&image, self)) stop_for_error(self);
    /* What other AppImages need to run as this one always does. */
    bool said = argc > 1 && !strcmp(argv[1], "--appimage-extract-and-run");
    if (argc > 1 && !said && did(&image, argv[1])) return fflush(stdout) != 0;
    int lock = -1;
    if (!image_begin(&image)) stop_for_error(self);
    cache_provide(&image, tree, sizeof tree, &lock);
    snprintf(run, sizeof run, "%s/AppRun", tree);
    if (setenv("APPIMAGE", self, 1) || setenv("APPDIR", tree, 1) || (argc && setenv("ARGV0", argv[0], 1)))
        stop_for_error(self);
    if (said) {
        argv[1] = argv[0];
        argv++;
    }
    execv(run, argv);
    if (errno == EACCES)
        stop("Programs may not be started from %s. Please name a folder on another disk in XDG_CACHE_HOME.", tree);
    stop_for_error(run);
}
