"""Lines that are no question: what forms tell people to do, what mail and form programs add, greetings and thanks."""

import re
from dataclasses import dataclass
from typing import Literal

from surveyapp.model.known_answers import folded

LONGEST = 240
_TICK = r"(?:please\s+)?(?:tick|choose|select|mark|circle|pick|check|indicate|cross)\s+"
_SEVERAL = re.compile(
    rf"{_TICK}(?:(?:all|any|every)\b|as many\b|more than one|up to\b|one or more|multiple)"
    r"|(?:please\s+)?(?:you (?:can|may) (?:choose|tick|select|pick) (?:more|as many|several|all)|more than one answer)"
    r"|multiple answers|multiple choice|all that apply",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"{_TICK}(?:only\s+|just\s+)?(?:one\b|1\b|an?\s|the\s+(?:box|boxes|answer|number|option)|your answer|below)"
    r"|one answer only|single choice|(?:please\s+)?choose\.?$",
    re.IGNORECASE,
)
_WRITE = re.compile(
    r"(?:(?:long|short)[ -]answer text|your answer|enter your answer|(?:please\s+)?write (?:your answer|in|below|here)"
    r"|free[ -]text|open[ -]ended(?: response)?|text box|(?:please )?use (?:the space|another sheet|the back)"
    r"|continue on|type here|single[ -]line text|multi[ -]line text)\b",
    re.IGNORECASE,
)
_OF_PROGRAMS = (
    "this content is neither created nor endorsed", "never submit passwords", "powered by", "google forms",
    "microsoft forms", "report abuse", "terms of service", "this form was created", "see how easy it is to create",
    "create your own", "privacy & cookie", "privacy and cookie", "indicates required", "* indicates required",
    "* required", "required question", "skip to question", "after section", "untitled section", "clear form",
    "clear selection", "does this form look suspicious", "switch account", "not shared", "sign in to google",
    "sent from my", "get outlook for", "sent via", "this email ", "this e-mail ", "this message ", "disclaimer",
    "caution: this email", "please consider the environment", "copy of your responses", "when you submit this form",
    "you'll see", "never give out your password", "powered by surveymonkey", "page break", "end of form",
    "end of survey", "end of questionnaire", "back next", "prev next", "*this question is required", "required *",
)  # fmt: skip
_BUTTONS = frozenset({
    "submit", "next", "back", "prev", "done", "required", "choose", "clear", "rows", "columns", "add option",
    "answer", "answers", "your answer", "option", "end", "points", "comments box", "google forms",
})  # fmt: skip
_PAGE = re.compile(r"(?:page|section|seite|tudalen)\s+\d{1,3}\s*(?:of|/|von|o)\s*\d{1,3}|\d{1,3}\s*/\s*\d{1,3}|"
                   r"\(?\d{1,2} points?\)?", re.IGNORECASE)  # fmt: skip
_MAIL_HEAD = re.compile(r"(?:from|to|cc|bcc|sent|date|subject|reply-to|attachments?):\s", re.IGNORECASE)
_WROTE = re.compile(
    r"\A(?:on .{4,150} wrote:|-{2,20} ?(?:original|forwarded) message ?-{2,20}|begin forwarded message:?)", re.I
)
_GREETING = re.compile(
    r"(?:hi|hello|hiya|hey|dear|good (?:morning|afternoon|evening|day)|morning|annwyl|shwmae|bore da|hola|bonjour)\b"
    r"[^?:]{0,60}",
    re.IGNORECASE,
)
_CLOSINGS = frozenset({
    "thanks", "thank you", "many thanks", "thanks very much", "thanks so much", "thanks in advance", "kind regards",
    "best wishes", "best regards", "regards", "warm regards", "warmest regards", "kindest regards", "best", "cheers",
    "with thanks", "with best wishes", "yours sincerely", "yours faithfully", "all the best", "thanks a lot",
    "thank you in advance", "speak soon", "diolch", "diolch yn fawr", "cofion", "cofion gorau",
    "many thanks in advance", "thanks again", "take care", "yours", "kind wishes", "bw", "br", "ta", "love",
    "x", "hope that helps", "thankyou",
})  # fmt: skip
_THANKS = re.compile(
    r"(?:(?:and )?(?:many )?(?:thank you|thanks|thankyou)\b|diolch\b|we (?:really )?appreciate|that's (?:it|all)\b)",
    re.IGNORECASE,
)
_INSTRUCTIONS = (
    "please fill", "please complete", "please answer", "please return", "please hand", "please give this",
    "please give the", "please read", "please put", "please post", "please leave this", "please tick", "please circle",
    "please use", "please do not", "please don't", "do not include", "do not give", "don't include",
    "please take a", "please take the", "please help us",
    "please email this", "please email the", "please send", "please note", "please turn over", "please feel free",
    "please could you ask", "please can you ask", "could you ask", "can you ask", "could we ask", "can we ask",
    "please ask", "please add these", "here are the questions", "here are my questions", "these are the questions",
    "the questions are", "questions below", "see below", "return this", "return to", "return completed", "hand this",
    "put this", "put it in", "turn over", "continued over", "pto", "p.t.o", "for office use", "office use only",
    "confidential", "all answers are", "your answers are", "your answers will", "all responses", "your responses",
    "your response", "it will take", "it should take", "this will take", "this survey", "this form",
    "this questionnaire", "there are no right or wrong", "you do not have to", "you don't have to",
    "answers are anonymous", "fill in",
    "complete this", "complete the", "do not write your name", "if you need help", "if you would like help",
    "indicate your", "tick the box", "circle the", "circle a", "use the scale", "questionnaire number", "logo",
    "as discussed", "as promised", "hope you are well", "hope you're well", "hope all is well", "i hope you",
    "let me know", "shout if", "any questions let me", "could these go", "can these go", "anonymous",
)  # fmt: skip
_TO_ASK = re.compile(r"\b(?:please|could|can) (?:you |we )?(?:please )?ask\b", re.IGNORECASE)
_REACHED = re.compile(
    r"(?:tel|telephone|phone|mob|mobile|email|e-mail|web|website|address|fax|t|m|e|w)\s{0,3}[:.]\s", re.I
)
_ADDRESS = re.compile(r"@[a-z0-9-]{1,60}\.[a-z]{2}|https?://|www\.", re.IGNORECASE)
_SIGNATURE = frozenset({"--", "—", "-- ", "___", "––"})

What = Literal["one", "several", "write", "program", "mail", "greeting", "closing", "thanks", "instruction"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a line is that asks nothing and isn't answered."""

    what: What

    @property
    def several(self) -> bool | None:
        """Whether it says that several answers may be given; None where it says nothing of that."""
        return {"one": False, "several": True}.get(self.what)


def phrase_of(words: str, mark: str = "") -> Phrase | None:
    """What a line that asks nothing is; None for any other line. A line with a mark is seldom one."""
    if len(words) > LONGEST:
        return None
    said = folded(words.strip("*_()[]: \t").strip())
    what = _of_programs(words, said) or _how_to_answer(words, said)
    if what is None and not mark and not words.endswith(("?", "؟")):
        what = _of_mail(words, said) or _of_forms(said, words)
    return Phrase(what) if what else None


def starts_signature(pasted: str) -> bool:
    """Whether a line is the one that mail programs put above a signature."""
    return pasted.strip() in _SIGNATURE


def _of_programs(words: str, said: str) -> What | None:
    is_added = said in _BUTTONS or said.startswith(_OF_PROGRAMS) or words.lower().startswith(_OF_PROGRAMS)
    return "program" if is_added or _PAGE.fullmatch(words) else None


def _how_to_answer(words: str, said: str) -> What | None:
    bare = words.strip("*_()[] \t")
    if len(bare) > 90 or words.endswith(("?", "؟", ":")):
        return None
    if _SEVERAL.match(bare):
        return "several"
    if _ONE.match(bare):
        return "one"
    return "write" if _WRITE.match(bare) or said.startswith("(write") else None


def _of_mail(words: str, said: str) -> What | None:
    if _MAIL_HEAD.match(words) or _WROTE.fullmatch(words):
        return "mail"
    if said.rstrip(",") in _CLOSINGS:
        return "closing"
    is_short = len(words) <= 60 and len(words.split()) <= 6
    if (is_short and _GREETING.fullmatch(words) and words.endswith((",", "!", "-", "–"))) or said in ("hi", "hello"):
        return "greeting"
    return "greeting" if is_short and said.startswith(("hi ", "dear ", "hello ")) and len(words.split()) < 4 else None


def _of_forms(said: str, words: str) -> What | None:
    if _THANKS.match(words):
        return "thanks"
    if _TO_ASK.search(words) or (said.startswith(_INSTRUCTIONS) and not words.endswith(":")):
        return "instruction"
    is_reached = _REACHED.match(words) or _ADDRESS.search(words)
    return "mail" if is_reached and not words.endswith((":", "_")) else None
