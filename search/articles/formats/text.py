"""Plain text into paragraphs, whatever habits broke its lines.

Agencies separate paragraphs by blank lines, by indents, or by nothing but the end of a line, and end their copy with a
word of their own. The paragraphs that come out have their inner line breaks mended.
"""

from __future__ import annotations

import re
from itertools import pairwise

_WRAPPED = 100  # lines up to here were broken to fit a terminal; longer ones end where their author ended them

_BLANK = re.compile(r"\n[ \t\xa0]*\n\s*")
_DEEP_INDENT = re.compile(r"\n(?=[ \t]{2})")
_FINAL = re.compile(r"[.!?…:;][\"”’»')\]]*$")
_SIGN_OFFS = 4  # lines that copy may end with one after the other
_BULLETS = "*•·–—-"
_BULLET = re.compile(rf"[{_BULLETS}]\s")
_SIGN_OFF = re.compile(
    r"\n[ \t]*(?:reuters?|-?30-?|\#{1,5}|-?\(?ends?\)?-?|-0-|(?:©|\(c\)|copyright\b)[^\n]{0,200}|all rights reserved)"
    r"[ \t=;.]*\s*\Z",
    re.IGNORECASE,
)


def unsigned(text: str) -> str:
    """A text without the lines that agencies end their copy with: "Reuter", "ENDS", "-30-", a copyright."""
    for _ in range(_SIGN_OFFS):
        found = _SIGN_OFF.search(text, max(0, len(text) - 300))
        if not found:
            break
        text = text[: found.start()]
    return text.rstrip()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, inner line breaks and runs of spaces mended."""
    blocks = _BLANK.split(text.strip("\n"))
    mended = [paragraph for block in blocks for paragraph in (_broken(block) if "\n" in block else (block,))]
    return [single_spaced(paragraph) for paragraph in mended if paragraph and not paragraph.isspace()]


def single_spaced(text: str) -> str:
    """A text with one space for each run of white space, and none around it."""
    if "  " not in text and text.isprintable():  # as most are; no white space but spaces is printable
        return text.strip()
    return " ".join(text.split())


def ends_sentence(text: str) -> bool:
    """Whether a line ends with the punctuation of a sentence, inside or outside closing quotation marks."""
    return _FINAL.search(text.rstrip()[-4:]) is not None


def _broken(block: str) -> list[str]:
    """The paragraphs of a block of several lines."""
    return [paragraph for piece in _DEEP_INDENT.split(block) for paragraph in _mended(piece)]


def _mended(piece: str) -> list[str]:
    """The paragraphs of one block without blank lines or deep indents: its lines joined, unless each is a paragraph."""
    lines = piece.split("\n")
    if len(lines) == 1 or sum(len(line) <= _WRAPPED for line in lines[:-1]) < 0.8 * (len(lines) - 1):
        return lines
    width = min(_WRAPPED, max(map(len, lines[:-1])))
    out = [[lines[0]]]
    for before, line in pairwise(lines):
        if _starts_anew(before, line, width):
            out.append([line])
        elif before[-1:] == "-" and before[-2:-1].isalpha() and line[:1].isalpha():
            out[-1][-1] += line
        else:
            out[-1].append(line)
    return [" ".join(parts) for parts in out]


def _starts_anew(before: str, line: str, width: int) -> bool:
    """Whether a line of hard-wrapped text begins a paragraph: the one before ended early, at the end of a sentence."""
    if line[:1] in _BULLETS and _BULLET.match(line):
        return True
    if line[:1] in {" ", "\t"}:
        return len(before) < 0.6 * width or ends_sentence(before)
    return len(before) < 0.75 * width and ends_sentence(before)
