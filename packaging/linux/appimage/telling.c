/* Saying why there is no window, also to somebody who started the program by clicking on it. */
#define _GNU_SOURCE
#include "runtime.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool shown_by(char *const command[]) {
    pid_t child = fork();
    if (child < 0) return false;
    if (child == 0) {
        execvp(command[0], command);
        _exit(127);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return false;
    /* Closing such a window may count as an error to them; that it was not there is what matters. */
    return !WIFEXITED(status) || WEXITSTATUS(status) != 127;
}

static void show(char *text) {
    if (!getenv("DISPLAY") && !getenv("WAYLAND_DISPLAY")) return;
    char *const zenity[] = {"zenity", "--error", "--no-markup", "--title=" TITLE, "--text", text, NULL};
    char *const kdialog[] = {"kdialog", "--title", TITLE, "--error", text, NULL};
    char *const notify[] = {"notify-send", TITLE, text, NULL};
    char *const xmessage[] = {"xmessage", "-center", text, NULL};
    if (!shown_by(zenity) && !shown_by(kdialog) && !shown_by(notify)) shown_by(xmessage);
}

_Noreturn void stop(const char *form, ...) {
    static char text[8192];
    va_list given;
    va_start(given, form);
    vsnprintf(text, sizeof text, form, given);
    va_end(given);
    fprintf(stderr, "%s: %s\n", TITLE, text);
    if (!isatty(STDERR_FILENO)) show(text);
    exit(1);
}

_Noreturn void stop_for_error(const char *place) {
    int reason = errno;
    if (reason == EBADMSG)
        stop("This file is not whole; it may not have been downloaded to its end. Please download it again. "
             "Your books are not touched by this.");
    if (reason == ENOSPC || reason == EDQUOT)
        stop("There is not enough room in %s to start. About 400 MB are needed there. Please free some room and "
             "start again, or name another folder in XDG_CACHE_HOME. Your books are not touched by this.", place);
    stop("It could not be started: %s: %s. Your books are not touched by this.", place, strerror(reason));
}
