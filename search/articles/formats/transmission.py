"""Messages as agencies transmit them, IPTC 7901 and ANPA 1312: the article in them without its wrapping.

A message opens with a line for machines (service and number, priority, category, words) behind SOH; its text stands
between STX and ETX. The heading goes first, a line each for notes, headline and byline, and ends with an equals sign;
in ANPA 1312 a slug with the number of words comes before it, and each of its lines has a mark at both ends.
"""

from __future__ import annotations

import re

_BEGINS, _TEXT, _END = b"\x01", b"\x02", b"\x03"
_WRAPPING = 400  # bytes that may stand before the text
_HEADING = 12  # lines
_FOR_MACHINES = re.compile(
    rb"\s{0,9}[a-z]{2,4}\d{3,5} [1-9] [a-z]{1,4} {1,3}\d{1,5} [^\n]{0,60}\n\s{0,9}(?:[^\n]{0,80}/\s{0,3}\n)?"
)
_SLUG = re.compile(rb"\^?[^\n]{3,80},\d{1,5}\n(?=\^)")  # never the only line of a heading
_MARKED_END = re.compile(rb"<[ \r]{0,3}\n")


def unwrapped(message: bytes) -> bytes:
    """The article of a message; anything else as it is."""
    start = message.find(_TEXT, 0, _WRAPPING)
    if start > 0 and _BEGINS in message[:start]:
        end = message.find(_END, start)
        text = _MARKED_END.sub(b"\n", message[start + 1 : end if end >= 0 else len(message)])
        return _apart(text[found.end() :] if (found := _SLUG.match(text)) else text)
    stated = _FOR_MACHINES.match(message)
    return _apart(message[stated.end() :]) if stated else message


def _apart(text: bytes) -> bytes:
    """The text with a blank line behind each line of its heading."""
    text = text.removeprefix(b"^").replace(b"\n^", b"\n\n")
    *heading, rest = text.split(b"\n", _HEADING)
    ends = [at for at, line in enumerate(heading) if line.rstrip().endswith(b"=")]
    if not ends:
        return text
    last = ends[0] + 1
    return b"\n\n".join([*filter(None, map(bytes.strip, heading[:last])), b"\n".join([*heading[last:], rest])])
