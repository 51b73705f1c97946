"""`frontdesk` and `python -m frontdesk`."""

import gc

# What is imported stays to the end: looking for garbage in it is a tenth of the start.
gc.disable()

from frontdesk.cli import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
