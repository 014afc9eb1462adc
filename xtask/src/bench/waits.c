/* Put before libc in a program that is measured (LD_PRELOAD): counts how often it waits for its disk, and makes each wait
   last at least as long as on a disk that is slower. Nothing else of the program is touched. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static _Atomic unsigned long long *waits;
static long long at_least; /* nanoseconds */

__attribute__((constructor)) static void begin(void) {
    const char *counted = getenv("VIGIE_BENCH_WAITS");
    const char *slow = getenv("VIGIE_BENCH_WAIT_NANOS");
    at_least = slow ? atoll(slow) : 0;
    int file = counted ? open(counted, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (file < 0) return;
    if (ftruncate(file, sizeof *waits) == 0) {
        void *at = mmap(0, sizeof *waits, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (at != MAP_FAILED) waits = at;
    }
    close(file);
}

static long long now(void) {
    struct timespec it;
    clock_gettime(CLOCK_MONOTONIC, &it);
    return it.tv_sec * 1000000000LL + it.tv_nsec;
}

static int waited(const char *name, int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    long long begun = now();
    int said = real(file);
    if (waits) atomic_fetch_add(waits, 1);
    long long left = at_least - (now() - begun);
    if (left > 0) {
        struct timespec rest = {left / 1000000000LL, left % 1000000000LL};
        nanosleep(&rest, 0);
    }
    return said;
}

int fsync(int file) { return waited("fsync", file); }
int fdatasync(int file) { return waited("fdatasync", file); }
