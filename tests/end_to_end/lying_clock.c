/* A wall clock that jumps, for test_clock_jumps.py: LD_PRELOAD=… LYING_CLOCK=file. Each line of the
   file tells a moment of the machine's own clock and by how many seconds it is wrong from then on.
   Files have the times that they would have had. Whatever runs by the monotonic clock runs on. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <fcntl.h>

#define MOST 16
static __thread struct { long from, by; } jumps[MOST];
static __thread int known;
static __thread long read_at = -1;

static void real(clockid_t clock, struct timespec *now) { syscall(SYS_clock_gettime, clock, now); }

static void look(void) {
    struct timespec now;
    real(CLOCK_MONOTONIC, &now);
    if (now.tv_sec == read_at) return;
    read_at = now.tv_sec;
    FILE *file = fopen(getenv("LYING_CLOCK"), "r");
    if (!file) return;
    known = 0;
    while (known < MOST && fscanf(file, "%ld %ld", &jumps[known].from, &jumps[known].by) == 2) known++;
    fclose(file);
}

static long wrong_by(long moment) {
    long by = 0;
    look();
    for (int at = 0; at < known; at++)
        if (moment >= jumps[at].from) by = jumps[at].by;
    return by;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    long failed = syscall(SYS_clock_gettime, clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += wrong_by(now->tv_sec);
    return (int)failed;
}

time_t time(time_t *kept) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (kept) *kept = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *kept, void *zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    kept->tv_sec = now.tv_sec;
    kept->tv_usec = now.tv_nsec / 1000;
    return 0;
}

static int told(int failed, struct stat *found) {
    if (!failed) {
        found->st_mtim.tv_sec += wrong_by(found->st_mtim.tv_sec);
        found->st_ctim.tv_sec += wrong_by(found->st_ctim.tv_sec);
    }
    return failed;
}

int fstatat(int folder, const char *path, struct stat *found, int flags) {
    return told((int)syscall(SYS_newfstatat, folder, path, found, flags), found);
}
int stat(const char *path, struct stat *found) { return fstatat(AT_FDCWD, path, found, 0); }
int lstat(const char *path, struct stat *found) {
    return fstatat(AT_FDCWD, path, found, AT_SYMLINK_NOFOLLOW);
}
int fstat(int file, struct stat *found) { return fstatat(file, "", found, AT_EMPTY_PATH); }
