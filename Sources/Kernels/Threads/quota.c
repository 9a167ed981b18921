// An affinity mask is not all that limits a process: a container with a quota of two processors sees every one of the machine, and threads
// beyond the quota are stopped for the rest of each period, in the midst of a parallel region that the others wait for. A batch system that
// does not bind tasks tells how many processors are a task's.
#include "quota.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { longest_path = 4096 };

/// The first line of a file; false where there is none.
static bool first_line(const char *path, char *line, int size) {
  FILE *file = fopen(path, "re");
  if (!file) return false;
  bool is_read = fgets(line, size, file) != NULL;
  fclose(file);
  return is_read;
}

/// Processors by a group's quota and period, in microseconds, rounded up; `least` where it has no quota or a smaller limit is known.
static int lesser(int least, long long quota, long long period) {
  if (quota <= 0 || period <= 0) return least;
  long long granted = (quota + period - 1) / period;
  return granted < least ? (int)granted : least;
}

static int granted_by_group(const char *root, const char *group, bool is_unified, int least) {
  char path[longest_path], line[128];
  long long quota = 0, period = 0;
  if (is_unified) {
    snprintf(path, sizeof path, "%s%s/cpu.max", root, group);
    if (first_line(path, line, sizeof line) && sscanf(line, "%lld %lld", &quota, &period) == 2) least = lesser(least, quota, period);
    return least;
  }
  snprintf(path, sizeof path, "%s%s/cpu.cfs_quota_us", root, group);
  if (!first_line(path, line, sizeof line) || sscanf(line, "%lld", &quota) != 1) return least;
  snprintf(path, sizeof path, "%s%s/cpu.cfs_period_us", root, group);
  if (!first_line(path, line, sizeof line) || sscanf(line, "%lld", &period) != 1) return least;
  return lesser(least, quota, period);
}

/// Whether a comma-separated list of controllers has `cpu`.
static bool has_cpu(const char *controllers) {
  size_t length = strlen(controllers);
  for (const char *at = controllers; (at = strstr(at, "cpu")) && at < controllers + length; at += 3) {
    bool begins = at == controllers || at[-1] == ',', ends = at[3] == 0 || at[3] == ',';
    if (begins && ends) return true;
  }
  return false;
}

/// From the process's own group up to the root: each of them may have a quota.
static int granted_by_groups(int least) {
  FILE *file = fopen("/proc/self/cgroup", "re");
  if (!file) return least;
  char line[longest_path];
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    char *controllers = strchr(line, ':');
    char *group = controllers ? strchr(controllers + 1, ':') : NULL;
    if (!group) continue;
    *controllers++ = 0;
    *group++ = 0;
    bool is_unified = *controllers == 0;
    if (!is_unified && !has_cpu(controllers)) continue;
    const char *root = is_unified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/cpu";
    for (;;) {
      if (strcmp(group, "/") == 0) *group = 0;
      least = granted_by_group(root, group, is_unified, least);
      char *above = strrchr(group, '/');
      if (!above) break;
      *above = 0;
    }
  }
  fclose(file);
  return least;
}

int segue_processors_granted(int processors) {
  const char *wish = getenv("SLURM_CPUS_PER_TASK");
  if (wish && *wish) {
    char *end;
    long count = strtol(wish, &end, 10);
    if (!*end && count >= 1 && count < processors) processors = (int)count;
  }
  return granted_by_groups(processors);
}
