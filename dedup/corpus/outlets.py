"""From an address or a site's name to one outlet name.

One outlet publishes under several hosts (``www``, ``m``, ``arabic``, an old domain). The host is looked up whole, then
without its first label, and so on, so ``sport.example.com`` finds an entry for ``example.com``; a host without an entry
is its own name, without ``www.``, ``m.`` and ``amp.``. Entries are in ``data/outlets.toml``; a user's lexicon adds its
own ``[[outlet]]`` entries, and these win.

On a platform of many outlets (:data:`CHANNELS_OF`) the channel is the outlet, and an address that names none tells
nothing: the posts of all channels are no outlet's.

>>> host("https://user@www.Aljazeera.net:443/news/1?x=y")
'aljazeera.net'
>>> host("m.aljazeera.net/news"), host("no address")
('aljazeera.net', None)
>>> site("https://t.me/s/Echo_News/5"), site("https://www.youtube.com/@echo/videos"), site("youtube.com/watch?v=1")
('t.me/echo_news', 'youtube.com/echo', None)
"""

from __future__ import annotations

import os
import re
import stat
import threading
import tomllib
from functools import lru_cache
from importlib.resources import files

from dedup.errors import LexiconUnreadable

_HOST = re.compile(
    r"\s*(?:[a-zA-Z][a-zA-Z0-9+.\-]*:)?(?://)?(?:[^/@\s]*@)?(?P<host>[^/:?#\s@]+\.[^/:?#\s@.]{2,})\.?(?=[/:?#]|\s*$)"
)
_ADDRESS = re.compile(r"\s*(?:https?://\S+|(?:[a-z0-9\-]+\.)+[a-z]{2,}(?:/\S*)?)\s*$", re.IGNORECASE)


_VIEWS = re.compile(r"^(?:(?:www|m|amp|mobile)\.(?=[^.]+\.))+")
"""Labels of one site for other screens."""

CHANNELS_OF = {
    "t.me": "t.me", "telegram.me": "t.me", "facebook.com": "facebook.com", "web.facebook.com": "facebook.com",
    "fb.com": "facebook.com", "x.com": "x.com", "twitter.com": "x.com", "youtube.com": "youtube.com",
    "instagram.com": "instagram.com", "tiktok.com": "tiktok.com", "threads.net": "threads.net",
    "medium.com": "medium.com",
}  # fmt: skip
"""Hosts whose addresses begin with a channel -> the name before that of the channel."""
_BEFORE_CHANNEL = frozenset({"s", "c", "channel", "user", "groups", "pages", "pg"})
"""What stands before the name of a channel in some addresses."""
_NO_CHANNEL = re.compile(
    r"(?:embed|events|explore|feed|hashtag|home|i|intent|joinchat|live|p|permalink|photo|playlist|profile|reels?|results|"
    r"search|share|sharer|shorts|status|story|tv|video|videos|watch)(?:\.php)?|\+.*"
)
"""What stands where others have the name of a channel."""


def host(address: str) -> str | None:
    """Host of an address in lower case without what tells its views apart; None when there is none."""
    found = _HOST.match(address)
    return _VIEWS.sub("", found["host"].lower()) if found else None


def site(address: str) -> str | None:
    """The same, or on a platform the channel; None where an address on a platform names none."""
    found = host(address)
    platform = CHANNELS_OF.get(found or "")
    if platform is None:
        return found
    path = re.split("[?#]", address.strip(), maxsplit=1)[0].rpartition("://")[2]
    names = [name.removeprefix("@").lower() for name in path.split("/")[1:] if name]
    if len(names) > 1 and names[0] in _BEFORE_CHANNEL:
        del names[0]
    return f"{platform}/{names[0]}" if names and not _NO_CHANNEL.fullmatch(names[0]) else None


class Outlets:
    """Host -> outlet name, and back; ``lexicon``: a user's file with entries of its own."""

    def __init__(self, lexicon: str | None = None) -> None:
        self._names = dict(_known())
        if lexicon is not None:
            self._names.update(_entries(_lexicon(lexicon), lexicon))
        self.listed: dict[str, tuple[str, ...]] = {}
        """Outlet name -> its hosts."""
        for one, name in self._names.items():
            self.listed[name] = (*self.listed.get(name, ()), one)

    def of_address(self, address: str) -> str | None:
        """Outlet of an address, or None."""
        found = site(address)
        return self._named(found) if found else None

    def of_field(self, written: str) -> str:
        """Outlet of an outlet field: what it says, unless that is an address or a bare host."""
        if _ADDRESS.match(written):
            return self.of_address(written) or written
        return written

    def _named(self, found: str) -> str:
        rest = found
        while rest:
            name = self._names.get(rest)
            if name is not None:
                return name
            rest = rest.partition(".")[2]
        return found


@lru_cache(maxsize=1)
def shipped() -> Outlets:
    """The shipped entries alone."""
    return Outlets()


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    source = files("dedup.corpus").joinpath("data/outlets.toml").read_text(encoding="utf-8")
    return _entries(tomllib.loads(source), "outlets.toml")


_reading = threading.Lock()
_of_pipes: dict[tuple[str, int, int], bytes] = {}
"""What came out of a pipe (``--lexicon <(...)``): it gives its bytes once, and several readers ask for them."""


def lexicon_bytes(path: str) -> bytes:
    """The bytes of a user's lexicon; those of a pipe are read once and kept. Raises OSError."""
    with _reading, open(path, "rb") as file:
        status = os.fstat(file.fileno())
        if stat.S_ISREG(status.st_mode):
            return file.read()
        pipe = (path, status.st_dev, status.st_ino)
        if pipe not in _of_pipes:
            _of_pipes[pipe] = file.read()
        return _of_pipes[pipe]


def _lexicon(path: str) -> dict[str, object]:
    try:
        return tomllib.loads(lexicon_bytes(path).decode("utf-8-sig"))
    except OSError as error:
        raise LexiconUnreadable(path, None, f"could not be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconUnreadable(path, None, f"is no valid TOML ({error})") from None


def _entries(content: dict[str, object], path: str) -> dict[str, str]:
    """``[[outlet]] name = "...", hosts = ["...", ...]`` as host -> name."""
    listed = content.get("outlet", [])
    names: dict[str, str] = {}
    for number, entry in enumerate(listed if isinstance(listed, list) else [listed], 1):
        name, hosts = _entry(entry, path, number)
        names.update((one, name) for one in hosts)
    return names


def _entry(entry: object, path: str, number: int) -> tuple[str, list[str]]:
    """An outlet's name and its hosts, checked."""
    fields = entry if isinstance(entry, dict) else {}
    name, written = fields.get("name"), fields.get("hosts")
    called = name if isinstance(name, str) and name.strip() else None

    def refused(cause: str) -> LexiconUnreadable:
        return LexiconUnreadable(path, f"[[outlet]] {called or number}", cause, "dedup/corpus/data/outlets.toml")

    unknown = sorted(fields.keys() - {"name", "hosts"})
    if unknown:
        raise refused(f"unknown field '{unknown[0]}'; there are hosts, name")
    if called is None or not isinstance(written, list) or not written or not all(isinstance(h, str) for h in written):
        raise refused("an outlet needs a name and a list of hosts")
    hosts = [site(one) for one in written]
    if None in hosts:
        raise refused(f"'{written[hosts.index(None)]}' is no host such as 'example.com'")
    return called, [one for one in hosts if one is not None]
