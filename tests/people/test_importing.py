"""Rows become customers, on both databases."""

from collections.abc import Sequence

from sqlalchemy import func, select
from tests.cast import Cast
from tests.people.test_profiles import field, seen_by

from frontdesk.base.ids import new_id
from frontdesk.people import importing
from frontdesk.people.importing import Import
from frontdesk.people.tables import customer, identity

COLUMNS = ("id", "name", "email", "phone", "company", "title", "about")


def takes_in(cast: Cast, *rows: dict[str, str], own: Sequence[str] = ()) -> Import:
    """As the job does, a row at a time; each said twice, as after a crash."""
    import_id, names = new_id(), [*COLUMNS, *own]
    cast.desk.write_now(importing.upload, cast.maja.actor, import_id, new_id(), names, len(rows))
    mapping = {name: name for name in names}
    cast.desk.write_now(importing.begin, cast.maja.actor, upload_id=import_id, mapping=mapping)
    for at, row in enumerate(rows):
        cast.desk.write_now(importing.portion, import_id, [row], at)
        cast.desk.write_now(importing.portion, import_id, [row], at)
    cast.desk.write_now(importing.end, import_id)
    return cast.desk.read_now(importing.get, cast.maja.actor, import_id)


def many(cast: Cast) -> int:
    count = select(func.count()).select_from(customer).where(customer.c.merged_into.is_(None))
    return int(cast.desk.read_now(lambda view: view.value(count)))


def test_rows_make_customers_once(cast: Cast) -> None:
    size, before = field(cast, "Size", "number"), many(cast)
    rows = (
        {"id": "7", "name": "Ines", "email": "Ines@post.example", "company": "Bönor", size: "12,5"},
        {"name": "Tom", "email": "tom@post.example"},
        {"name": "Kim", "phone": "070-123 45 67"},
        {"name": "Eva", "email": "no address"},
        {"title": "Nobody"},
    )
    first = takes_in(cast, *rows, own=[size])
    assert (first.made, first.changed, first.unchanged, first.done) == (3, 0, 0, 5)
    assert [fault.row for fault in first.faults] == [5, 6]
    again = takes_in(cast, *rows, own=[size])
    assert (again.made, again.changed, again.unchanged) == (0, 0, 3)
    assert many(cast) == before + 3


def test_who_is_meant(cast: Cast) -> None:
    known = cast.ines.id
    first = takes_in(cast, {"id": known, "email": "ines@post.example"})
    assert (first.made, first.changed) == (0, 1)
    # From now on also by the other program's number, once a row held both.
    takes_in(cast, {"id": "7", "email": "INES@post.example"})
    takes_in(cast, {"id": "7", "name": "Ines O.", "email": "new@post.example"})
    assert (seen_by(cast, known).name, seen_by(cast, known).email) == ("Ines O.", "new@post.example")
    assert takes_in(cast, {"name": "Ines O."}).made == 1
    rows = select(identity.c.external_id).where(identity.c.channel == "import")
    assert cast.desk.read_now(lambda view: view.all(rows)) == [("7",)]


def test_empty_cells_change_nothing(cast: Cast) -> None:
    takes_in(cast, {"email": "a@post.example", "name": "Ines", "title": "Buyer"})
    done = takes_in(cast, {"email": "a@post.example", "name": "", "phone": ""})
    assert done.unchanged == 1
