"""Threads that wait for everybody else."""

import contextlib
import os
import threading


def wait_for_others() -> None:
    """From now on this thread gives way to the chat beside it."""
    # On Linux a thread has a priority of its own.
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 15)
