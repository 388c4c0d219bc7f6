/* A disk that is slow, for test_slow_disk.py: LD_PRELOAD=… SLOW_DISK=file. The file tells the folder,
   and how many milliseconds a write below it and a flush of it take longer. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static __thread char folder[512];
static __thread long write_ms, flush_ms, read_at = -1;

static void look(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (now.tv_sec == read_at) return;
    read_at = now.tv_sec;
    FILE *file = fopen(getenv("SLOW_DISK"), "r");
    if (!file) return;
    if (fscanf(file, "%511s %ld %ld", folder, &write_ms, &flush_ms) != 3) write_ms = flush_ms = 0;
    fclose(file);
}

static int lies_there(int file) {
    char place[32], path[1024];
    struct stat found;
    if (fstat(file, &found) || !S_ISREG(found.st_mode)) return 0;
    snprintf(place, sizeof place, "/proc/self/fd/%d", file);
    long length = readlink(place, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return !strncmp(path, folder, strlen(folder));
}

static void wait_ms(long ms) {
    struct timespec rest = {ms / 1000, ms % 1000 * 1000000};
    while (nanosleep(&rest, &rest)) {}
}

static void before_write(int file) {
    look();
    if (write_ms && lies_there(file)) wait_ms(write_ms);
}

static void before_flush(int file) {
    look();
    if (flush_ms && lies_there(file)) wait_ms(flush_ms);
}

ssize_t write(int file, const void *data, size_t size) {
    before_write(file);
    return syscall(SYS_write, file, data, size);
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    before_write(file);
    return syscall(SYS_pwrite64, file, data, size, at);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    return pwrite64(file, data, size, at);
}
ssize_t writev(int file, const struct iovec *parts, int count) {
    before_write(file);
    return syscall(SYS_writev, file, parts, count);
}
int fsync(int file) {
    before_flush(file);
    return (int)syscall(SYS_fsync, file);
}
int fdatasync(int file) {
    before_flush(file);
    return (int)syscall(SYS_fdatasync, file);
}
