"""What many pages of a site repeat: headers, footers, invitations to a newsletter. Pure."""

from collections import Counter
from collections.abc import Iterable

_LEAST, _SHARE = 5, 0.2


class Common:
    """Counts marks of blocks, page by page; a page that is told again replaces what it said before.

    What stands on five pages and on one in five belongs to none of them. If it is a sentence within what
    the pages are about (its mark says so), the page with the shortest address keeps it: it may be written
    nowhere else.
    """

    def __init__(self) -> None:
        self._pages: dict[str, frozenset[str]] = {}
        self._times = Counter[str]()
        self._homes: dict[str, str] = {}

    def tell(self, url: str, marks: Iterable[str]) -> None:
        self.forget(url)
        found = frozenset(marks)
        self._pages[url] = found
        self._times.update(found)
        for one in found:
            if one.endswith("m"):
                self._homes[one] = min(self._homes.get(one, url), url, key=lambda each: (len(each), each))

    def forget(self, url: str) -> None:
        self._times.subtract(self._pages.pop(url, ()))

    def urls(self) -> list[str]:
        return list(self._pages)

    def choose_homes(self) -> None:
        """Anew: whoever kept something may be gone."""
        self._homes.clear()
        for url in sorted(self._pages, key=lambda each: (len(each), each)):
            for one in self._pages[url]:
                self._homes.setdefault(one, url)

    def within(self, url: str) -> frozenset[str]:
        """Marks that the page has and that are not its own."""
        least = max(_LEAST, _SHARE * len(self._pages))
        return frozenset(
            one
            for one in self._pages.get(url, ())
            if self._times[one] >= least and not (one.endswith("m") and self._homes.get(one) == url)
        )
