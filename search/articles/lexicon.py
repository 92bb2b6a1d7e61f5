"""The small words by which sentences of reported speech are read: each word's kind is one character.

A sentence becomes a string of kinds, so that "Kremlin aide Yuri Ushakov said" reads `NrNNc` and every rule about
noun phrases and clauses is a walk over characters.

    N name-like   T title   I initial   L particle   S name's   s noun's   r person noun   o body noun
    v past form of some other verb
    A according   d determiner   p subject pronoun   m object pronoun   0 number   D time word   w any other word
    c g b cue: finite, gerund, base   x auxiliary   B form of "be"   n negation   a adverb   O preposition   C and, or, but
    t that   W wh-word or subordinator   Q q marked words   and the punctuation . , ; : ( ) [ ] - ~ (inside abbreviations)
"""

from __future__ import annotations

from search.articles.cues import CUES
from search.articles.marks import BREAK

_WORDS = {
    "p": "he she they i we you it",
    "m": "him them us me himself herself themselves itself",
    "d": """the a an his her their its my our your this these those another each every some many most several few both
        no any all two three four five six seven eight nine ten one dozens hundreds other such half neither either
        everyone everybody someone somebody nobody nothing everything anyone""",
    "x": "has have had will would can could may might must shall should do does did 've 'd 'll having",
    "B": "is was were are be been being am 's 're 'm isn't wasn't aren't weren't",
    "n": """not never didn't doesn't don't won't wouldn't can't cannot couldn't hasn't haven't hadn't shouldn't
        declined refused declines refuses failed fails""",
    "C": "and or but nor yet &",
    "t": "that",
    "W": """who whom whose which where when while because although though if unless since as whether after before until
        once what why how so than whereas even""",
    "A": "according",
    "O": """of for in at with from on to by about into over under against during between among through without within
        toward towards across behind beyond despite near upon via regarding concerning per outside inside amid like
        including above below around alongside following""",
    "a": """also then later again still just now recently earlier previously repeatedly once often further moreover
        however meanwhile instead already always sometimes too therefore thus publicly privately only simply quickly
        flatly bluntly reportedly allegedly ever even soon long subsequently afterward afterwards afterwards ago back
        perhaps maybe indeed nevertheless nonetheless otherwise furthermore additionally finally first second twice
        likewise similarly overall anyway wait besides elsewhere afterwards hence accordingly yes well look please
        here there once almost nearly yesterday today tonight tomorrow""",
    "D": """monday tuesday wednesday thursday friday saturday sunday january february march april june july august
        september october november december mon tue tues wed thu thur thurs fri sat sun jan feb aug sept oct nov dec
        morning afternoon evening night week weeks month months year years weekend day days hour hours minutes last next""",
    "v": """met held made took gave won lost spent ran went came saw got knew sent became left kept led heard stood sat
        brought built bought caught chose drew drove ate fell fought flew forgot grew hid kept laid lay meant paid rose
        sold sought sought struck taught threw understood wore""",
    "w": "former late senior top acting veteran longtime fellow many-time newly retired outgoing incoming attack order show open close end cut guess voice weigh sound question offer start sum stress cite challenge",
}
_TITLES = """
    mr mrs ms miss mx messrs dr prof professor sir dame lord lady baron baroness rev reverend father sister brother rabbi imam
    sheikh ayatollah pope cardinal bishop archbishop pastor president vice-president premier chancellor minister secretary
    senator sen sens rep reps representative congressman congresswoman congressmen governor gov mayor councilman councilwoman
    councillor speaker leader chairman chairwoman chair chief director commissioner ambassador envoy spokesman
    spokeswoman spokesperson attorney general gen lt lieutenant col colonel maj major capt captain sgt sergeant cpl
    adm admiral cmdr commander officer detective sheriff judge justice king queen prince princess emperor sultan emir duke
    duchess coach manager editor host anchor correspondent republican democrat democratic lawmaker candidate
    nominee frontrunner front-runner pres supt superintendent prosecutor counsel strategist adviser advisor aide
    analyst economist author actor actress singer comedian journalist mogul tycoon magnate billionaire businessman
    co-chair co-chairman founder co-founder ceo cfo coo czar deputy inspector constable marshal dean
    assemblyman assemblywoman delegate del rapper reporter columnist historian investor comrade""".split()
_HONORIFICS = frozenset("mr mrs ms miss mx messrs sir dame lord lady dr".split())
_ABBREVIATED = frozenset(
    """mr mrs ms messrs dr prof rev sen sens rep reps gov lt col maj capt sgt cpl gen adm cmdr pres supt st ste jr sr hon
    del atty asst insp pvt mt ft vs no dept assn bros mx jan feb mar apr jun jul aug sept sep oct nov dec ala ariz ark
    calif colo conn fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis
    wyo u.s u.k u.n e.u d.c n.y n.j""".split()
)
_PARTICLES = frozenset(
    "de del della der den van von bin ibn al el la le di du dos das da ter ten abu af av zu st".split()
)
_PERSON_NOUNS = """
    aide adviser advisor agent analyst activist actor actress advocate ally ambassador anchor archbishop assistant
    attorney author banker bishop blogger boss brother businessman businesswoman candidate captain cardinal
    chair chairman chairperson chairwoman chancellor chief co-author co-chair co-chairman co-founder co-host
    coach colleague columnist comedian commander commentator commissioner communicator congressman
    congresswoman conservative consultant contender coordinator correspondent councillor councilman councilwoman counsel
    counselor critic daughter dean defendant delegate demographer democrat deputy designer detective developer diplomat director doctor
    donor driver economist editor employee engineer envoy executive expert farmer father filmmaker financier founder
    friend frontrunner front-runner general girlfriend boyfriend governor graduate historian host husband inspector investigator investor
    jeweler journalist judge juror justice king lawmaker lawyer leader lecturer legislator liberal librarian lieutenant lobbyist
    magnate man manager mayor member minister mogul moderator mother musician narrator neighbor neighbour nominee novelist nurse observer officer
    official operative opponent organizer organiser owner parent participant partner pastor patient philosopher physician
    pilot planner player plumber poet policeman politician pollster pope premier presenter president priest prince
    principal producer professor prosecutor protester psychologist publisher rabbi rapper reader real-estate
    refugee reporter representative republican researcher resident retiree reviewer rival scholar scientist secretary
    senator sergeant sheriff singer sister socialist sociologist soldier son specialist speaker spokesman spokesperson
    spokeswoman spokesmen spokespeople spokeswomen staffer strategist student successor superintendent supporter surgeon survivor surrogate
    teacher technician teen teenager trader treasurer trustee tycoon undersecretary veteran viewer voter
    volunteer warden whistleblower widow wife witness woman women men people worker writer youth source colleagues
    architect artist astronaut billionaire millionaire broker caller campaigner citizen client cleric constituent
    contractor creator customer demonstrator dissident engineer entrepreneur environmentalist executive fisherman
    foe guest hero heir immigrant insider inmate inventor journalist lecturer mathematician meteorologist migrant negotiator
    master nephew niece cousin uncle aunt grandfather grandmother grandson granddaughter nun nurse optimist painter passenger pensioner
    petitioner physicist pioneer police predecessor preacher proponent psychiatrist ranger realtor recruiter rebel relative
    respondent sailor salesman saleswoman seller servant shareholder shopkeeper skeptic sponsor tenant theorist therapist tourist
    translator traveler understudy user victim visitor waiter waitress watchdog weatherman winner newcomer incumbent
    hopeful guru confidant confidante proxy proxies stalwart backer detractor ex-wife ex-husband partner attendee boss
    biographer chaplain cofounder chef curator figure fundraiser individual intellectual marcher mastermind
    co-worker bystander officeholder partisan pundit statesman stockbroker synthesizer technocrat them tutor undergraduate
    admiral colonel major sheik emir monarch queen princess mogul""".split()
_BODY_NOUNS = """
    administration agency airline alliance army association assembly authority authorities bank board body branch brief
    broadcaster bureau cabinet camp campaign caucus center centre chamber channel charity church city club coalition college
    commission committee company conference congress consortium council country court crowd delegation department
    directorate embassy employer exchange faction family federation filing firm force foundation fund government group
    house industry initiative institute institution journal judiciary jury kremlin league magazine media ministry mission
    movement museum network newsletter newspaper office operation opposition organisation organization outlet panel parliament party
    poll polls post press prosecutors publication publisher regime report regulator regulators release school senate
    secretariat service site society state statement station study survey team think-tank tribunal union university
    website White-House paper memo memorandum letter documents document ad ads lawsuit complaint analysis
    article editorial tweet email emails note affidavit indictment ruling law sign banner book transcript message
    announcement post caption resolution bill platform essay blog story data figures records audience
    half majority percent researchers scientists left right public nation world program project side sides""".split()
_NAMES_TOO = frozenset(
    "will may mark bill rose grant price long young short early case chase major king bishop dean chair marshal sheriff duke prince judge justice general cook baker".split()
)
_FEMALE_NOUNS = """spokeswoman chairwoman congresswoman councilwoman businesswoman woman mother wife sister daughter actress queen
    princess widow girlfriend aunt niece grandmother granddaughter lady waitress dame baroness duchess mrs ms miss ex-wife confidante nun""".split()
_MALE_NOUNS = """spokesman chairman congressman councilman businessman man father husband brother son king prince boyfriend
    uncle nephew grandfather grandson policeman salesman mr sir pope priest lord archbishop bishop cardinal imam ex-husband fisherman""".split()

COLLECTIVES = frozenset(
    "police people men women authorities half majority percent most many some others both spokesmen".split()
)
QUANTITIES = frozenset("some many most several few both all other two three four five dozens hundreds".split())

FEMALE_WORDS = frozenset(_FEMALE_NOUNS)
MALE_WORDS = frozenset(_MALE_NOUNS)
HONORIFICS = _HONORIFICS

BODY_WORDS = frozenset(_BODY_NOUNS) | frozenset(
    """university department court party news times post journal union institute foundation corp inc ltd co bank ministry
    kremlin pentagon congress parliament reuters authority nations federation council states kingdom republic tribune herald
    gazette agency bureau""".split()
)


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith("man"):
        return noun[:-2] + "en"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


PLURALS: dict[str, str] = {_plural(noun): noun for noun in _PERSON_NOUNS + _BODY_NOUNS}


def _table() -> dict[str, str]:
    table = {word: "o" for noun in _BODY_NOUNS for word in (noun, _plural(noun))}
    table |= {word: "r" for noun in _PERSON_NOUNS for word in (noun, _plural(noun))}
    for word, cue in CUES.items():
        if cue.form != "base" or word not in table:
            table[word] = {"finite": "c", "gerund": "g", "base": "b"}[cue.form]
    table |= {word: kind for kind, words in _WORDS.items() for word in words.split()}
    return table


_KINDS = _table()
_PUNCTUATION = (
    dict.fromkeys(".!?…", ".")
    | dict.fromkeys("—–-―/", "-")
    | dict.fromkeys("$€£¥%#@*+=°", "0")
    | {sign: sign for sign in ",;:()[]"}
)


class _Kinds(dict[str, str]):
    """Word as written -> its kind, remembered up to a bound."""

    def __missing__(self, word: str) -> str:
        if len(self) > 200_000:
            self.clear()
            self.update({"": "q", BREAK: "¶"})
        kind = self[word] = _kind(word)
        return kind


def _kind(word: str) -> str:
    if word in "'’":
        return "~"
    if not word[0].isalnum():
        return _PUNCTUATION.get(word, "-" if not word[0].isalpha() else "w")
    if word[0].isdigit():
        return "0" if not word.endswith(("-year-old", "-year-olds")) else "r"
    plain = word.replace("’", "'")
    lower = plain.casefold()
    capital = word[0].isupper()
    if lower.endswith(("'d", "'ll", "'ve", "'re", "'m")) and lower not in _KINDS:
        return "p"
    if lower.endswith(("'s", "s'")) and lower not in _KINDS:
        return _contracted(lower) or ("S" if capital else "s")
    if capital:
        return _capitalised(word, lower)
    if lower in _PARTICLES and lower not in _KINDS:
        return "L"
    if lower in _KINDS:
        return _KINDS[lower]
    if lower.endswith("ly") and len(lower) > 4:
        return "a"
    if "-" in lower:
        return _hyphenated(word, lower)
    return "v" if lower.endswith("ed") and len(lower) > 4 else "w"


def _contracted(lower: str) -> str | None:
    stem = lower[:-2]
    if stem in _CONTRACTED:
        return "p"
    return "w" if stem in {"that", "there", "here", "what", "who", "how", "where", "let"} else None


_CONTRACTED = frozenset({"he", "she", "it"})


def _capitalised(word: str, lower: str) -> str:
    if len(word) == 1:
        return {"I": "p", "A": "d"}.get(word, "I")
    if lower in _TITLE_SET:
        return "T"
    known = _KINDS.get(lower)
    if known is None or lower in _NAMES_TOO:
        return "N"
    if known in "ocgbB" and known != "B":
        return "N" if known == "o" else "K"
    if word.isupper() and len(word) <= 3 and lower in {"us", "it", "who", "may", "am"}:
        return "N"
    return {"r": "R"}.get(known, known)


def _hyphenated(word: str, lower: str) -> str:
    head, _, last = word.rpartition("-")
    if last[:1].isupper() and head.casefold() in _PARTICLES:
        return "N"
    return _KINDS.get(last) if _KINDS.get(last) in ("r", "o") else "w"  # type: ignore[return-value]


_TITLE_SET = frozenset(_TITLES)
KINDS: dict[str, str] = _Kinds({"": "q", BREAK: "¶"})


def is_abbreviation(word: str) -> bool:
    """Whether a full stop after the word belongs to it."""
    return word.rpartition("-")[2].casefold() in _ABBREVIATED
