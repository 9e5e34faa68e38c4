/*
 * The least that any program must do to tell who listens: one sock_diag dump for each of TCP and
 * UDP over IPv4 and IPv6, then every link below /proc/PID/fd, joined by inode. Prints two counts.
 * The yardstick for Homeport's own scan.
 *
 * Build: cc -O2 -o reader bench/reader.c       Run: ./reader   (root sees every process)
 */
#include <dirent.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TCP_LISTEN_STATE = 10, REPLY_SIZE = 65536 };

/* Open addressing; inode 0 marks a free slot. */
struct inode_set {
    uint32_t *slots;
    size_t capacity;
    size_t count;
};

static size_t slot_of(const struct inode_set *set, uint32_t inode) {
    size_t at = (inode * 2654435761u) & (set->capacity - 1);
    while (set->slots[at] != 0 && set->slots[at] != inode) at = (at + 1) & (set->capacity - 1);
    return at;
}

static void add(struct inode_set *set, uint32_t inode);

static void grow(struct inode_set *set) {
    struct inode_set larger = {NULL, set->capacity ? set->capacity * 2 : 1024, 0};
    larger.slots = calloc(larger.capacity, sizeof *larger.slots);
    if (larger.slots == NULL) exit(70);
    for (size_t at = 0; at < set->capacity; at++)
        if (set->slots[at] != 0) add(&larger, set->slots[at]);
    free(set->slots);
    *set = larger;
}

static void add(struct inode_set *set, uint32_t inode) {
    if (inode == 0) return;
    if (set->count * 2 >= set->capacity) grow(set);
    size_t at = slot_of(set, inode);
    if (set->slots[at] == 0) set->count++;
    set->slots[at] = inode;
}

static int has(const struct inode_set *set, uint32_t inode) {
    return set->capacity != 0 && set->slots[slot_of(set, inode)] == inode;
}

static void request_dump(int netlink, int family, int protocol) {
    struct {
        struct nlmsghdr header;
        struct inet_diag_req_v2 body;
    } request = {
        {sizeof request, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP, 1, 0},
        {.sdiag_family = family,
         .sdiag_protocol = protocol,
         .idiag_states = protocol == IPPROTO_TCP ? 1u << TCP_LISTEN_STATE : ~0u},
    };
    if (send(netlink, &request, sizeof request, 0) < 0) exit(70);
}

static size_t dump(int netlink, int family, int protocol, struct inode_set *inodes) {
    static _Alignas(8) char reply[REPLY_SIZE];
    size_t sockets = 0;
    request_dump(netlink, family, protocol);
    for (;;) {
        ssize_t received = recv(netlink, reply, sizeof reply, 0);
        if (received <= 0) exit(70);
        int length = (int)received;
        for (struct nlmsghdr *at = (void *)reply; NLMSG_OK(at, length); at = NLMSG_NEXT(at, length)) {
            if (at->nlmsg_type == NLMSG_DONE || at->nlmsg_type == NLMSG_ERROR) return sockets;
            const struct inet_diag_msg *message = NLMSG_DATA(at);
            add(inodes, message->idiag_inode);
            sockets++;
        }
    }
}

static size_t count_holders(int proc, const char *pid, const struct inode_set *inodes) {
    char path[64], link[64];
    size_t held = 0;
    snprintf(path, sizeof path, "%.40s/fd", pid);
    int directory = openat(proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = directory < 0 ? NULL : fdopendir(directory);
    if (entries == NULL) return 0;
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        ssize_t length = readlinkat(directory, entry->d_name, link, sizeof link - 1);
        if (length < 9 || memcmp(link, "socket:[", 8) != 0) continue;
        link[length] = 0;
        held += has(inodes, (uint32_t)strtoul(link + 8, NULL, 10));
    }
    closedir(entries);
    return held;
}

int main(void) {
    static const int families[] = {AF_INET, AF_INET6}, protocols[] = {IPPROTO_TCP, IPPROTO_UDP};
    struct inode_set inodes = {0};
    size_t sockets = 0, held = 0;
    int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (netlink < 0) return 70;
    for (int protocol = 0; protocol < 2; protocol++)
        for (int family = 0; family < 2; family++)
            sockets += dump(netlink, families[family], protocols[protocol], &inodes);
    DIR *processes = opendir("/proc");
    if (processes == NULL) return 70;
    for (struct dirent *entry; (entry = readdir(processes)) != NULL;)
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9')
            held += count_holders(dirfd(processes), entry->d_name, &inodes);
    printf("%zu sockets, %zu descriptors hold one\n", sockets, held);
    return 0;
}
