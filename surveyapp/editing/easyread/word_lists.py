"""Short lists of English words that the rules look for."""

INITIALS_EVERYBODY_KNOWS = frozenset({"NHS", "OK", "TV", "UK", "GP", "QR"})

LONG_BUT_KNOWN = frozenset(
    {
        "appointment", "appointments", "information", "comfortable", "understand", "understanding", "interesting",
        "temperature", "physiotherapy", "wheelchairs", "conference", "conferences", "grandchildren", "grandparents",
        "interpreter", "interpreters", "communities", "photographs", "experiences", "grandmother", "grandfather",
        "sometimes", "independence",
    }
)  # fmt: skip

ADJECTIVES_IN_ED = frozenset(
    {
        "tired", "worried", "scared", "bored", "pleased", "interested", "confused", "excited", "married", "retired",
        "disabled", "surprised", "disappointed", "frightened", "used", "need", "red", "bed", "sad",
    }
)  # fmt: skip

PARTICIPLES = (
    "given", "told", "made", "done", "shown", "taken", "seen", "held", "kept", "sent", "written", "chosen", "brought",
    "found", "put", "read", "asked", "heard", "led", "run", "spoken",
)  # fmt: skip

UN_BUT_NOT_NEGATIVE = frozenset(
    {"under", "until", "unit", "uncle", "union", "unless", "univers", "uniform", "unique", "unpaid"}
)

VAGUE_AMOUNTS = frozenset(
    {
        "percent", "per cent", "percentage", "half of", "a third of", "a quarter of", "most people", "most of",
        "few people", "a fraction", "the majority", "a minority", "thousands", "millions", "dozens",
    }
)  # fmt: skip

NUMBER_WORDS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "twenty": "20",
}  # fmt: skip

FIGURES_OF_SPEECH = {
    "at the end of the day": "in the end",
    "blown away": "very surprised",
    "break the ice": "start to talk",
    "bottom line": "most important thing",
    "get the ball rolling": "start",
    "going forward": "from now on",
    "hands-on": "trying it out",
    "hit the mark": "was right",
    "in a nutshell": "in short",
    "in the loop": "told what happens",
    "in your shoes": "like you",
    "low-hanging fruit": "easy things",
    "moving forward": "from now on",
    "on board": "with us",
    "on the same page": "thinking the same",
    "out of the blue": "suddenly",
    "piece of cake": "very easy",
    "play it by ear": "see what happens",
    "reach out": "talk to us",
    "state of the art": "new and good",
    "take away": "remember",
    "takeaway": "thing you remember",
    "takeaways": "things you remember",
    "think outside the box": "think of new ideas",
    "touch base": "talk",
    "under the weather": "not well",
    "up in the air": "not decided",
    "up to speed": "knowing what is new",
    "wrap up": "finish",
}

FOREIGN = {
    "e.g.": "like", "eg": "like", "i.e.": "that is", "ie": "that is", "etc": "and so on", "etc.": "and so on",
    "vice versa": "the other way round", "per annum": "a year", "per se": "itself", "ad hoc": "when needed",
    "pro rata": "in parts", "n.b.": "please note", "nb": "please note", "et al.": "and others", "vs": "or",
    "versus": "or", "a.m.": "in the morning", "p.m.": "in the afternoon",
}  # fmt: skip

LEADING = frozenset(
    {
        "enjoy", "enjoyed", "enjoyable", "great", "wonderful", "amazing", "fantastic", "brilliant", "lovely", "love",
        "loved", "helpful", "useful", "valuable", "interesting", "inspiring", "excellent", "successful", "problem",
        "problems", "fail", "failed", "terrible", "awful", "boring", "disappointing", "surely", "obviously",
        "of course", "don't you think", "wouldn't you",
    }
)  # fmt: skip

EVALUATIVE = frozenset(
    {
        "good", "bad", "helpful", "useful", "clear", "friendly", "kind", "nice", "interesting", "enjoyable", "happy",
        "satisfied", "comfortable", "well organised", "informative", "welcoming",
    }
)  # fmt: skip

SAME_THING = (
    frozenset({"event", "conference", "session", "workshop", "course", "meeting"}),
    frozenset({"survey", "questionnaire", "form", "poll"}),
    frozenset({"speaker", "presenter", "facilitator", "trainer", "leader"}),
)
