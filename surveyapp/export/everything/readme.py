"""`README.txt`: what is what in the package, for whoever opens it in ten years."""

from textwrap import fill

from surveyapp.export.rows import Snapshot

WIDTH = 120
NAME = "README.txt"
EXAMPLE = """    import csv
    from collections import Counter

    def rows(name):
        with open(name, encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    responses = list(rows("responses.csv"))
    print(len(responses), "responses")
    for column in rows("codebook.csv"):
        if column["kind"] == "rating5" and not column["value"]:
            given = [int(row[column["column"]]) for row in responses if row[column["column"]]]
            mean = f"{sum(given) / len(given):.2f}" if given else "-"
            print(column["column"], mean, "of", len(given), "answers")
    print(Counter(row["state"] for row in rows("answers.csv")))
"""
PANDAS = """    import pandas

    empty = {"keep_default_na": False, "na_values": [""]}
    text = {"response_id": str, "follows": str, "group": str}
    responses = pandas.read_csv("responses.csv", dtype=text, **empty)
    answers = pandas.read_csv("answers.csv", dtype=str, **empty)
    print(len(responses), "responses,", answers["value_text"].str.removeprefix("'").count(), "texts")
"""
R = """    responses <- read.csv("responses.csv", encoding = "UTF-8", na.strings = "", check.names = FALSE)
    answers <- read.csv("answers.csv", encoding = "UTF-8", na.strings = "", colClasses = "character")
    cat(nrow(responses), "responses,", sum(!is.na(sub("^'", "", answers$value_text))), "texts\\n")
"""
_TEXT = """{title}
{underline}

Feedback of one event, taken out on {made_on}. {which}
{rows}

Handle with care: nobody gave a name, but people write about themselves. Keep it where only those who work with it can
open it, do not pass it on, and delete it when the work is done.

responses.csv                one line for each response, a column for each question
answers.csv                  one line for each answer; every word as typed; why an answer is missing
comments.csv                 one line for each comment
codebook.csv                 what the columns and codes of responses.csv mean, and how many answered
{equality}datapackage.json             the same for programs: Data Package, version 2
responses.csv-metadata.json  the same for programs: CSV on the Web
import.sps                   reads responses.csv into SPSS or PSPP, with labels and what is missing
import.R                     the same for R
import.do                    the same for Stata
manifest.json                what must be in this package, counted by the database; hashes of all other files

All tables are CSV (RFC 4180) in UTF-8. The lines are in the order of random ids, which says nothing about who came
first. There is no time finer than a day. An empty cell is a question that was skipped, not shown or not asked, or
blanked; answers.csv says which. Whoever runs the survey can check that nothing is missing:
surveyapp check-export FILE.zip

Words that begin with = + - @ ' (or a tab, a line break, a full-width sign of these) have one more ' in front, so that a
spreadsheet can't run them. Take one ' off the front of every cell that begins with one for the exact words.

In Python, without anything else:

{example}
With pandas, where only an empty cell is missing, and not the word “None”:

{pandas}
In R, without anything else:

{r}"""
_EQUALITY = "equality_totals.csv          how many gave each answer to the equality questions, counted apart\n"


_ORDINARY = (
    "This is the ordinary file: what could single somebody out is blanked. Day, edition, “late”, “follows” and all "
    "words are blank in every line; comments.csv has the words, and nothing joins them to a line. Group, questions "
    "that describe people, view, language and source are blank where fewer than five lines share what is left."
)
_FULL = (
    "This is the full file: nothing is blanked. Who knows somebody's role, room or way of writing may recognise their "
    "answers in it."
)


def which_rows(taken: Snapshot) -> str:
    """Whether rows are ordinary or full, in words."""
    return _ORDINARY if taken.is_ordinary else _FULL


def which_part(taken: Snapshot) -> str:
    """What was left out by whoever took it, in a sentence; empty where nothing was."""
    parts = [f"the questions {', '.join(sorted(taken.questions))}"] if taken.questions else []
    parts += [f"edition {taken.edition}"] if taken.edition is not None else []
    return f" This is a part: only {' and '.join(parts)}." if parts else ""


def readme_txt(taken: Snapshot) -> bytes:
    """The file."""
    text = _TEXT.format(
        title=taken.title,
        underline="=" * len(taken.title),
        made_on=taken.made_on.isoformat(),
        which="Unfinished responses are in it too." if taken.unfinished else "Only finished responses are in it.",
        rows=fill(which_rows(taken) + which_part(taken), WIDTH, break_on_hyphens=False),
        equality=_EQUALITY if taken.equality_limit is not None else "",
        example=EXAMPLE,
        pandas=PANDAS,
        r=R,
    )
    return text.encode()
