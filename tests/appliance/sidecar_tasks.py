"""A sidecar's child with tasks for the tests."""

import os
import sys
import threading
import time

from appliance.sidecar_child import serve

TASKS = {
    "double": lambda number: number * 2,
    "fail": lambda: 1 / 0,
    "die": lambda: os._exit(3),
    "hang": lambda: time.sleep(3600),
    "pid": os.getpid,
    "threads": threading.active_count,
    "echo": lambda data: data,
    "socket": lambda: threading.Lock(),
}

if __name__ == "__main__":
    serve(TASKS, int(sys.argv[-1]), threads=8)
