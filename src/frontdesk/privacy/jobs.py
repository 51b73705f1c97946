"""What is to be cleaned after something was erased."""

from collections.abc import Sequence

from frontdesk.base.clock import DAY
from frontdesk.base.db import Job, Tx
from frontdesk.base.jobs import a_job

CLEAN = "clean_traces"
FORGET_FILES = "forget_files"


def clean(tx: Tx, files: Sequence[str], customers: Sequence[str], browsers: Sequence[str]) -> None:
    """Soon, and then nothing of them can be read in the data folder."""
    tx.enqueue(a_job(CLEAN, {"files": list(files), "customers": list(customers), "browsers": list(browsers)}))


def clean_by_night(tx: Tx, files: Sequence[str]) -> None:
    """The bytes soon, the database once a day, however much is erased."""
    if files:
        tx.enqueue(a_job(FORGET_FILES, {"files": list(files)}))
    tomorrow = tx.now // DAY * DAY + DAY
    tx.enqueue(Job(f"{CLEAN}-{tomorrow}", CLEAN, b"{}", tomorrow))
