"""What happens in a day to what is known of customers."""

import contextlib
from typing import Any

from sqlalchemy import select
from tests.live.keeping import Keeping

from frontdesk.base.errors import Conflict, Invalid
from frontdesk.people import companies, own_fields, profiles
from frontdesk.people.profile_model import KINDS
from frontdesk.people.tables import customer, customer_company

_WORTH = {
    "text": "oat milk",
    "number": "12.5",
    "date": "2026-11-23",
    "choice": "two",
    "link": "https://a.example",
}


class Profiling(Keeping):
    def _customers(self) -> list[str]:
        return [
            id
            for (id,) in self.desk.read_now(
                lambda view: view.all(select(customer.c.id).order_by(customer.c.id))
            )
        ]

    def writes_a_profile(self) -> None:
        known = self._customers()
        if not known:
            return
        asked: dict[str, Any] = self.some(
            [
                {"name": self.text("Kim")},
                {"name": ""},
                {"email": f"kim{self.choose(3)}@a.example", "phone": "+46 70 123 45 67"},
                {"company_name": f"Company {self.choose(3)}", "title": "Buyer"},
                {"company_id": ""},
                {"about": self.text("likes")},
            ]
        )
        self.desk.write_now(profiles.change, self.agent().actor, self.some(known), profiles.Asked(**asked))

    def writes_an_own_field(self) -> None:
        known = self._customers()
        fields = [one for one in self.desk.read_now(own_fields.everything) if one.of == "customer"]
        if not known or not fields:
            return
        one = self.some(fields)
        said = _WORTH[one.kind] if self.choose(3) else ""
        with contextlib.suppress(Invalid):
            self.desk.write_now(
                profiles.change, self.agent().actor, self.some(known), profiles.Asked(fields={one.id: said})
            )

    def defines_a_field(self) -> None:
        maja, of = self.cast.maja.actor, "company" if self.choose(3) == 0 else "customer"
        there = [one for one in self.desk.read_now(own_fields.everything) if one.of == of]
        if len(there) < 4:
            given = {"of": of, "name": f"Field {self.choose(6)}", "kind": self.some([*KINDS])}
            with contextlib.suppress(Conflict):
                self.desk.write_now(own_fields.add, maja, **given, choices=["one", "two"])
        elif self.choose(2):
            with contextlib.suppress(Conflict):
                self.desk.write_now(own_fields.retire, maja, field_id=there[0].id, on=not there[0].retired)
        else:
            self.desk.write_now(own_fields.order, maja, of=of, ids=[there[-1].id])

    def changes_a_customers_company(self) -> None:
        P = customer_company.c
        known = [id for (id,) in self.desk.read_now(lambda view: view.all(select(P.id).order_by(P.id)))]
        if not known:
            self.desk.write_now(companies.add, self.agent().actor, name=self.text("Works"))
        else:
            asked = companies.Changed(name=f"Company {self.choose(5)}", about=self.text("pays"))
            with contextlib.suppress(Conflict):
                self.desk.write_now(companies.change, self.agent().actor, self.some(known), asked)


PROFILING = (
    "writes_a_profile", "writes_a_profile", "writes_an_own_field", "defines_a_field",
    "changes_a_customers_company",
)  # fmt: skip
