"""What runs beside the chat takes no processor that it has no use for."""

import subprocess
import sys

import pytest

_MULTIPLIES = """
import os
import frontdesk.__main__
import numpy as np
rows = np.ones((8_000, 384), np.float32)
rows @ rows[:2].T
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_numbers_are_multiplied_on_the_thread_that_asks() -> None:
    """Threads of numpy's own go on spinning after each product."""
    done = subprocess.run([sys.executable, "-c", _MULTIPLIES], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
