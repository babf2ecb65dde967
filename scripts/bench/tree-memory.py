"""Runs a command; what it and its descendants held at most, in MB, as JSON: `largest`, one process's resident set (as the system counts it), and `shared`,
of all at one moment, a page of several counted once among all that have it (PSS, which leaves out a share for others' processes: at least so much)."""
import json
import os
import resource
import subprocess
import sys


def children(process):
    try:
        for thread in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{thread}/children") as file:
                yield from map(int, file.read().split())
    except OSError:
        pass  # It has ended.


def descendants(process):
    found = [process]
    for each in found:
        found.extend(children(each))
    return found


def proportional(process):
    try:
        with open(f"/proc/{process}/smaps_rollup") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("Pss:")), 0)
    except OSError:
        return 0


run = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
most = 0
while run.poll() is None:
    most = max(most, sum(map(proportional, descendants(run.pid))))
if run.returncode != 0:
    sys.exit(f"{sys.argv[1]} ended with {run.returncode}")
print(json.dumps({"largest": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, "shared": most / 1024}))
