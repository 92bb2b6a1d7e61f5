"""Bytes into text: which encoding, and whether it is text at all.

Archives hold UTF-8, UTF-16 from old editors, and Windows-1252. The last can decode nearly anything, so a file is taken
for it only when what comes out looks like writing.
"""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROLS = bytes((*range(1, 9), *range(14, 27), *range(28, 32)))
_TIDY = bytes((9, 10, *range(32, 127)))  # what a text of ASCII may hold as it is
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\ufeff\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNTIDY = re.compile("|".join((_LINE_ENDS.pattern, _UNPRINTABLE.pattern, _SURROGATE.pattern)))


def decoded_text(data: bytes) -> str | None:
    """The text that the bytes hold, tidied; None where they hold no text in an encoding that we know."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data, encoding)
    if b"\0" in data:
        return None
    text = _checked(data, "utf-8")
    return text if text is not None else _western(data)


def tidy(text: str) -> str:
    """Text with one kind of line end and without control characters, marks that turn its direction, half characters."""
    if text.replace("\n", " ").isprintable() or not _UNTIDY.search(text):
        return text
    text = _LINE_ENDS.sub("\n", text)
    return _SURROGATE.sub("\ufffd", _UNPRINTABLE.sub("", text))


def _checked(data: bytes, encoding: str) -> str | None:
    if data.isascii() and not data.translate(None, _TIDY):
        return data.decode()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    controls = 0 if encoding == "utf-16" else len(data) - len(data.translate(None, _CONTROLS))
    return None if "\0" in text or controls > 2 + len(text) // 100 else tidy(text)


def _western(data: bytes) -> str | None:
    """Windows-1252, where the text is mostly ASCII, as all languages that it serves are."""
    beyond = sum(1 for byte in data[:65536] if byte > 127)
    return _checked(data, "cp1252") if beyond * 10 <= min(len(data), 65536) * 3 else None
