"""`frontdesk` and `python -m frontdesk`."""

import gc
import os

# numpy's own threads spin for a while after each product: with a question now and then, that is a whole
# processor that the chat beside them goes without.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# What is imported stays to the end: looking for garbage in it is a tenth of the start.
gc.disable()

from frontdesk.cli import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
