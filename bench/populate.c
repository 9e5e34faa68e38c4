/* Opens many listeners, or many connections, over many processes on loopback, for the bench.
 *
 *   populate listeners PROCESSES PER_PROCESS
 *   populate connections PROCESSES TOTAL
 *
 * Prints "ready" once all are open; ends, with all its children, when its standard input closes
 * or after ten minutes. Each process has its own address of 127.1.0.0/16, so that no number of
 * listeners runs out of ports. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static struct sockaddr_in address_of(int process, int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(0x7f010000u + 1 + process);
  return address;
}

static int listen_at(int process, int port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  int one = 1;
  struct sockaddr_in address = address_of(process, port);
  if (fd < 0) fail("socket");
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) fail("bind");
  if (listen(fd, 128) < 0) fail("listen");
  return fd;
}

static void hold_listeners(int process, int count) {
  for (int i = 0; i < count; i++) listen_at(process, 20000 + i);
}

/* Both ends stay in this process: connect, then accept. */
static void hold_connections(int process, int count) {
  int server = listen_at(process, 20000);
  for (int i = 0; i < count; i++) {
    struct sockaddr_in address = address_of(process, 20000);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    if (client < 0) fail("socket");
    if (connect(client, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");
    if (accept(server, NULL, NULL) < 0) fail("accept");
  }
}

static void child(int process, int connections, int count, int ready) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  alarm(600);
  if (connections) hold_connections(process, count);
  else hold_listeners(process, count);
  if (write(ready, "+", 1) != 1) exit(1);
  close(ready);
  for (;;) pause();
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: populate listeners|connections PROCESSES COUNT\n");
    return 2;
  }
  int connections = strcmp(argv[1], "connections") == 0;
  int processes = atoi(argv[2]);
  int count = connections ? atoi(argv[3]) / processes / 2 : atoi(argv[3]);
  struct rlimit files = {65536, 65536};
  setrlimit(RLIMIT_NOFILE, &files);
  int ready[2];
  if (pipe(ready) < 0) fail("pipe");
  for (int i = 0; i < processes; i++) {
    pid_t pid = fork();
    if (pid < 0) fail("fork");
    if (pid == 0) {
      close(0);
      close(ready[0]);
      child(i, connections, count, ready[1]);
    }
  }
  close(ready[1]);
  char byte;
  for (int i = 0; i < processes; i++)
    if (read(ready[0], &byte, 1) != 1) fail("a child ended early");
  printf("ready\n");
  fflush(stdout);
  alarm(600);
  while (read(0, &byte, 1) > 0) {
  }
  signal(SIGTERM, SIG_IGN);
  kill(0, SIGTERM);
  while (wait(NULL) > 0) {
  }
  return 0;
}
