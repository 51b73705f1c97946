"""What is answered about customers, and their companies, on the wire."""

from dataclasses import dataclass

from frontdesk.people.model import CustomerBrief
from frontdesk.people.profile_model import CustomerCompany, CustomerRow, OwnField, Profile, ProfileChange
from frontdesk.talk.past import NoteOf


@dataclass(frozen=True)
class PageSeen:
    """What a customer has before them now. `since`: when this visit began."""

    title: str
    url: str
    since: int


@dataclass(frozen=True)
class CustomerAnswer:
    """`conversations`: how many. `duplicates`: who may be the same person."""

    seq: int
    customer: Profile
    page: PageSeen | None
    conversations: int
    duplicates: list[CustomerBrief]


@dataclass(frozen=True)
class ProfileAnswer:
    customer: Profile
    overwritten: list[str]


@dataclass(frozen=True)
class ChangesAnswer:
    seq: int
    changes: list[ProfileChange]
    next: str | None


@dataclass(frozen=True)
class CustomerCompaniesAnswer:
    seq: int
    companies: list[CustomerCompany]


@dataclass(frozen=True)
class CustomersAnswer:
    """`count` stops one beyond 10,000; None on every page but the first."""

    seq: int
    rows: list[CustomerRow]
    next: str | None
    count: int | None


@dataclass(frozen=True)
class CompanyPage:
    """The first customers by name, and the newest changes."""

    seq: int
    company: CustomerCompany
    customers: list[CustomerRow]
    changes: list[ProfileChange]


@dataclass(frozen=True)
class CompanyNotes:
    seq: int
    notes: list[NoteOf]
    next: str | None


@dataclass(frozen=True)
class CustomerCompanyAnswer:
    company: CustomerCompany


@dataclass(frozen=True)
class OwnFieldAnswer:
    own_field: OwnField


@dataclass(frozen=True)
class OwnFieldsAnswer:
    own_fields: list[OwnField]
