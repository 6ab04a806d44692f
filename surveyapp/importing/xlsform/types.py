"""The column `type` of an XLSForm: what a row asks, or why nobody can be asked it here."""

import re
from dataclasses import dataclass

PHOTO = "send a photo or a drawing"
SOUND = "record their voice or a sound"
FILM = "send a film"
FILE = "send a file"
PLACE = "give a place on a map"
BARCODE = "scan a barcode"
ORDER = "put answers in order"
TICK = "tick that they have read something"
LISTED = "choose from a list that is kept in another file"

PLAIN = {
    "text": "text",
    "string": "text",
    "note": "note",
    "integer": "integer",
    "int": "integer",
    "number": "integer",
    "decimal": "decimal",
    "range": "range",
    "date": "date",
    "today_date": "date",
    "time": "date",
    "datetime": "date",
    "email": "text",
    "phone_number": "text",
    "add_text_prompt": "text",
    "add_note_prompt": "note",
    "add_integer_prompt": "integer",
    "add_decimal_prompt": "decimal",
    "add_date_prompt": "date",
    "add_date_time_prompt": "date",
}
NOT_ASKED = {
    "image": PHOTO,
    "photo": PHOTO,
    "signature": PHOTO,
    "draw": PHOTO,
    "annotate": PHOTO,
    "audio": SOUND,
    "background_audio": SOUND,
    "video": FILM,
    "file": FILE,
    "geopoint": PLACE,
    "gps": PLACE,
    "location": PLACE,
    "geotrace": PLACE,
    "geoshape": PLACE,
    "start_geopoint": PLACE,
    "osm": PLACE,
    "barcode": BARCODE,
    "trigger": TICK,
    "acknowledge": TICK,
    "rank_level": ORDER,
}
COLLECTED = frozenset({
    "start", "end", "today", "deviceid", "device_id", "imei", "subscriberid", "subscriber_id", "simserial", "sim_id",
    "phonenumber", "username", "caseid", "audit", "uri", "uuid", "instanceid", "start_time", "end_time",
})  # fmt: skip
WORKED_OUT = frozenset({"calculate", "hidden", "calculation", "xml_external", "csv_external", "entity"})
CHOOSING = (
    ("select_one_from_file", LISTED),
    ("select_multiple_from_file", LISTED),
    ("select_one_external", LISTED),
    ("cascading_select", LISTED),
    ("select_multiple", "multiple"),
    ("select_all_that_apply_from", "multiple"),
    ("select_all_that_apply", "multiple"),
    ("add_select_multiple_prompt_using", "multiple"),
    ("selectmultiple", "multiple"),
    ("select_many", "multiple"),
    ("select_one_from", "single"),
    ("select_one", "single"),
    ("select1", "single"),
    ("selectone", "single"),
    ("add_select_one_prompt_using", "single"),
    ("rank", ORDER),
)
GROUPS = re.compile(r"(begin|end)[_ ]?(group|repeat|loop|lgroup|looped group|score|rank|kobomatrix)", re.IGNORECASE)
REPEATS = frozenset({"repeat", "loop", "lgroup", "looped group"})
_SIGNS = re.compile(r"[\s_-]+")
_OTHER = re.compile(r" (?:or[_ ]other|or[_ ]specify[_ ]other|or specify other)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowType:
    """What a row is.

    `what` is one of: single, multiple, text, note, integer, decimal, range, date; begin, end; collected, worked_out;
    unknown; or not_asked, with what people would have been asked to do as `reason`. `name` is its list of answers or,
    of a group, `group` or `repeat`.
    """

    what: str
    name: str = ""
    or_other: bool = False
    reason: str = ""


def row_type(text: str) -> RowType:
    """Read a type as people write it: `select_one places or_other`, `Select one places`, `begin group`."""
    folded = " ".join(text.split())
    group = GROUPS.fullmatch(folded)
    if group:
        return RowType(group[1].lower(), "repeat" if group[2].lower() in REPEATS else "group")
    name = _SIGNS.sub("_", folded.lower())
    if name in PLAIN:
        return RowType(PLAIN[name])
    if name in NOT_ASKED:
        return RowType("not_asked", reason=NOT_ASKED[name])
    if name in COLLECTED or name in WORKED_OUT:
        return RowType("collected" if name in COLLECTED else "worked_out")
    return _choosing(folded, name)


def _choosing(folded: str, name: str) -> RowType:
    for start, what in CHOOSING:
        if name == start or name.startswith(f"{start}_"):
            listed = _OTHER.sub("", folded)
            skipped = start.count("_") + 1 if _in_words(folded, start) else 1
            rest = listed.split()[skipped:]
            if what in ("single", "multiple"):
                return RowType(what, " ".join(rest), listed != folded)
            return RowType("not_asked", reason=what)
    return RowType("unknown")


def _in_words(folded: str, start: str) -> bool:
    """Whether `select_one` was written as two words."""
    return "_".join(folded.lower().split()).startswith(start) and not folded.lower().startswith(start)
