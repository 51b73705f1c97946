"""What the operator decides when starting the desk."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """`base_url` is the address people use, without a slash at its end; None: as each request says.

    `rate_scale` widens how much visitors may send, for load tests and for proxies that hide addresses.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str | None = None
    base_url: str | None = None
    trusted_proxies: tuple[str, ...] = ()
    rate_scale: float = 1.0
    # Networks that websites may be read from although they are not public: an intranet, the demo's shop.
    crawl_private: tuple[str, ...] = ()
    # Where the city database is fetched from by itself; None: it is not.
    places_registry: str | None = None
    # A language model that drafts, where the company runs or rents one; nothing else leaves the machine.
    llm_url: str | None = None
    llm_model: str = ""
    llm_key: str | None = None

    @property
    def address(self) -> str:
        host = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else self.host  # noqa: S104
        return self.base_url or f"http://{host}:{self.port}"
