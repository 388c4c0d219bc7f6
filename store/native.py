"""The operating system's own threads, also where gevent has patched the standard library.

A greenlet that waited for the disk would hold up every call; a native thread does not.
"""

from _queue import SimpleQueue  # the one in `queue` is replaced by gevent's

from gevent.monkey import get_original

start_thread = get_original("_thread", "start_new_thread")
sleep = get_original("time", "sleep")

__all__ = ["SimpleQueue", "sleep", "start_thread"]
