"""Names that last: article ids, quote ids, slugs and permalinks.

An id comes from what an article *is* (its own address or agency id, else agency, date and headline), never from where
it lies, so links survive rebuilds, moved folders and corrected bodies.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no letter that reads as a digit
_PAIRS = [low + high for high in _ALPHABET for low in _ALPHABET]  # of ten bits, the lower five first
_ID_LENGTH = 12  # 60 bits: among ten million articles, one chance in 20,000 that any two collide
_SLUG_LENGTH = 80
_SLUG_LETTERS = 24  # of scripts that are not Latin
_ASCII_WORD = re.compile("[a-z0-9]+")
_NO_LETTER = re.compile(r"[\W_]+")
_ASCII_FOLDED = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)) + bytes(128)


def article_id(*, url: str | None, source_id: str | None, agency: str | None, date: str | None, headline: str) -> str:
    """Twelve characters that depend on the article's identity alone; two articles with one id are versions of one."""
    if url:
        identity: tuple[str, ...] = ("url", url.strip())
    elif source_id and (agency or date):
        identity = ("id", source_id.strip(), folded(agency), date or "")
    elif source_id:
        identity = ("id", source_id.strip(), folded(headline))
    else:
        identity = ("text", folded(agency), date or "", folded(headline))
    return _digest(identity, _ID_LENGTH)


def quote_id(article: str, text: str, occurrence: int = 0) -> str:
    """The article's id and six characters of the quoted words, so that a correction elsewhere does not move it."""
    return f"{article}-{_digest(('quote', folded(text), str(occurrence)), 6)}"


def slug(text: str) -> str:
    """A short form of a headline for addresses: its ASCII words, else those of its own script, percent-encoded.

    'untitled' where no letter survives.
    """
    return _ascii(text) or _own_script(text) or "untitled"


def name_slug(name: str) -> str:
    """A person's or place's name for addresses; names that differ in case, accents or punctuation alone share one.

    A name that ASCII can't write whole, or that is too long, gets six characters of its own.
    """
    plain = folded(name)
    if plain.isascii() and 0 < len(plain) <= _SLUG_LENGTH:
        return plain.replace(" ", "-")  # as `_ascii` would write it, but quicker
    short = _ascii(name)
    return (
        short
        if short and short == plain.replace(" ", "-")
        else f"{short or 'untitled'}-{_digest(('name', plain or name), 6)}"
    )


def permalink(article: str, headline: str) -> str:
    """The article's address on the site."""
    return f"/articles/{article}/{slug(headline)}"


def folded(text: str | None) -> str:
    """Folded for comparison: no case, accents or punctuation, single spaces. Most texts are ASCII, and quicker so."""
    if not text:
        return ""
    if text.isascii():
        return b" ".join(text.encode().translate(_ASCII_FOLDED).split()).decode()
    folded = unicodedata.normalize("NFKD", text).casefold()
    if not folded.isascii():
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(_NO_LETTER.sub(" ", folded).split())


def _ascii(text: str) -> str:
    plain = folded(text)
    words = plain.split() if plain.isascii() else _ASCII_WORD.findall(plain.encode("ascii", "ignore").decode())
    out = ""
    for word in words:
        if out and len(out) + len(word) >= _SLUG_LENGTH:
            break
        out = f"{out}-{word}" if out else word[:_SLUG_LENGTH]
    return out


def _own_script(text: str) -> str:
    """Letters with their marks; each takes up to twelve characters of an address (RFC 3987)."""
    plain = unicodedata.normalize("NFC", text[: 4 * _SLUG_LETTERS]).casefold()
    words = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in plain).split()
    out = "-".join(words)
    if len(out) > _SLUG_LETTERS:
        out = out[: _SLUG_LETTERS + 1].rpartition("-")[0] or out[:_SLUG_LETTERS]
    return quote(out)


def _digest(parts: tuple[str, ...], length: int) -> str:
    """So many characters, an even number, that stand for the parts."""
    number = int.from_bytes(hashlib.blake2b("\0".join(parts).encode(), digest_size=16).digest(), "big")
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(0, 5 * length, 10)])
