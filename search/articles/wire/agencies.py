"""News agencies: the name that each goes by, and what looks like one in a dateline.

An agency that the table knows gets one name however copy spells it; any other is recognised by where it stands and by
its shape, and is kept as written, without the capitals of upper-case copy.
"""

from __future__ import annotations

import re
from functools import lru_cache

from search.articles.wire.places import is_region, titled

_OTHER_NAMES = {
    "reuter": "Reuters",
    "thomson reuters": "Reuters",
    "itar-tass": "ITAR-TASS",
    "xinhuanet": "Xinhua",
    "the associated press": "AP",
    "associated press": "AP",
    "agence france-presse": "AFP",
    "agence france presse": "AFP",
    "united press international": "UPI",
    "the canadian press": "Canadian Press",
    "kyodo news": "Kyodo",
    "dpa": "dpa",
    "ats": "ats",
    "ap dow jones": "AP-Dow Jones",
}
_SHORT = """
AAP ACAN ACAN-EFE AFP AFX ANA ANI ANP ANSA AP APA Antara BBC BNS Belga Bernama Bloomberg CBS.MW CNA CNN CNS CP CTK DYN
EFE IANS IPS IRIN IRNA Interfax JTA KCNA KRT KUNA Kyodo Lusa MENA MTI NTB NewsFactor Notimex PAP PNA PTI QNA RIA Reuters
Ritzau SANA SPA STT TASS Tanjug Telam TT UPI USATODAY.com VNA WAM Xinhua Yonhap
"""
_LONG = """
Agencia Brasil; Anadolu; Business Wire; BusinessWeek Online; Canadian Press; Dow Jones; Europa Press; GLOBE NEWSWIRE;
PC World; PR Newswire; Prensa Latina; RIA Novosti; Sports Network; Ziff Davis
"""
_AS_WRITTEN = (*_SHORT.split(), *(" ".join(name.split()) for name in _LONG.split(";")))
_KNOWN = _OTHER_NAMES | {name.casefold(): name for name in _AS_WRITTEN}
_SITE = re.compile(r"[a-z0-9-]{2,30}(?:\.[a-z0-9-]{2,20})?\.(?:com|org|net)", re.IGNORECASE)
_SHAPE = re.compile(r"[^\W\d_][\w .,&'’/+\[\]-]{0,58}[\w.)\]]|[^\W_]")


@lru_cache(maxsize=4096)
def known_agency(text: str) -> str | None:
    """The agency's name where `text` is one that we know, or a web site's name standing as one; else None."""
    plain = " ".join(text.split()).strip(" .")
    return _KNOWN.get(plain.casefold()) or (plain if _SITE.fullmatch(plain) or _joined(plain) else None)


@lru_cache(maxsize=4096)
def agency_in_brackets(text: str) -> str | None:
    """The name of what stands where datelines put their agency in brackets; None for a country or a description."""
    plain = " ".join(text.split()).strip(" .,").replace(" - ", "-")
    if known := known_agency(plain):
        return known
    if not _SHAPE.fullmatch(plain) or is_region(plain) or len(plain.split()) > 8 or " per " in plain.lower():
        return None
    if not any(c.isupper() for c in plain):
        return None
    return titled(plain, acronyms=True) if plain.isupper() else plain


def _joined(text: str) -> bool:
    """Whether a name is made of agencies: "CBS/AP", "ats afp"."""
    parts = re.split(r"[/ -]", text.casefold())
    return 1 < len(parts) < 4 and parts[-1] in _KNOWN and all(part in _KNOWN or len(part) == 3 for part in parts)
