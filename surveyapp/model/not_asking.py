"""What of a text asks something of its reader: without what it asks not to be given, and how something was.

“Please don't give us your name or email address.” names both and asks for neither; nor does “Were you given a contact
number?”. Such a part reaches to the end of its clause. The negations are those of English, Polish, Welsh, Romanian,
Spanish and Portuguese; outside English they are our own and no native speaker has checked them.
"""

import re
import unicodedata
from collections.abc import Iterator

_CLAUSE_END = re.compile(
    r"(?<=\w\w)\.|[;:!?\n\r\x85\u2028\u2029\u061f\u061b\u0964\u3002]|\bbut\b|,\s?(?:ale|ond|dar|pero|mas|sino)\b"
    r"|,\s?(?:and )?(?=(?:what|please|just|only)\b)|\band (?=what\b)"
)
_REMINDED = (
    r"(?! (?:\w{1,3} ){0,2}(?:anghofio|zapom|esque|olvid|uit|dude|ezit))"  # “do not forget to write your name” asks
)

_NOT = re.compile(
    r" (?:do not|dont|never|need not|neednt|will not|wont|cannot|cant|without|no need to|no need for|does not|doesnt"
    r"|did not|didnt|must not|mustnt|may not|should not|shouldnt|avoid|refrain from)"
    r"(?: (?:please|need to|have to|ever|even|want to|wish to|be|us))?"
    r" (?:writ|giv|put|say|tell|includ|add|us(?:e|ing)|leav(?!\w* without)"
    r"|enter|typ|ask|need|keep|shar|mention|stor|collect|want|know"
    r"|provid|stat|record|reveal|giving|hold|see|identify)"
    r"|(?: avoid| no) (?:your |any |personal )*(?:names|details)(?= )"
    rf"| nie{_REMINDED}(?: \w+){{0,2}} (?:poda|pisz|pisa|wpis|zapis|zbier|umieszcz|ujawni|dolacz|zamieszcz|pros|pyta"
    r"|potrzeb|gromadz|wymaga|uzywa|udostepni|zostawia|przechow|notu)"
    rf"| (?:peidiwch|peidio|paid|ddim|dim|nid|heb|byth){_REMINDED}(?: \w+){{0,2}} (?:ysgrifen|sgrifen|sgwen|rhoi|roi"
    r"|nodi|cynnwys|gynnwys|chynnwys|casglu|gasglu|chasglu|gofyn|ofyn|dweud|ddweud|rhannu|gadael|adael|teipio|defnyddio"
    r"|ddefnyddio|cadw|gadw|storio|enwi)"
    rf"| (?:nu|fara|evitati|evita){_REMINDED}(?: \w+){{0,2}} (?:scri|introduc|includ|dati|dand|oferi|mention"
    r"|cere|colect|pune|complet|nota|pastr|stoc|lasa|spune|folos|furniz|preciz|trec|solicit)"
    rf"| (?:no|nunca|sin|evite|evita|evitar){_REMINDED}(?: \w+){{0,2}} (?:escrib|pon|inclu|indi(?:qu|ca|que)|dar|dando"
    r"|anot|compart|recog|recopil|pedi|pide|pida|guard|diga|decir|facilit|proporcion|necesit|almacen|mencion|solicit)"
    r"| no (?:(?:nos|me|le) )?(?:de|des|den) "
    rf"| (?:nao|nunca|sem|evite|evitar){_REMINDED}(?: \w+){{0,2}} (?:escrev|coloqu|coloca|inclu|indi(?:qu|ca)|dar|dando"
    r"|partilh|compartilh|recolh|colet|pedi|peca|guard|diga|dizer|fornec|precis|armazen|mencion|inform|ponha|solicit)"
    r"| nao (?:(?:nos|me|lhe) )?(?:de|des|deem) "
)
_HOW_IT_WAS = re.compile(
    r"^(?: q?[0-9]{1,3})?(?: and| or)? (?:(?:were|was) (?:you|your|the|staff|they|we|there|it)(?: |$)"
    r"|did (?:you|staff|they|we|the|our|people|anyone|anybody|someone|somebody|he|she|it)(?: |$)"
    r"|do you (?:know|feel|think|remember|like) |how (?:long|often|easy|happy|satisfied|safe|many|much|well|clear) "
    r"|(?:have|had) you (?:ever|been|had) |has (?:anyone|anybody|someone|somebody) )"
)


def what_asks(folded: str) -> Iterator[str]:
    """The words of each clause of a text in small letters without accents, up to where it stops asking for anything."""
    for clause in _CLAUSE_END.split(folded):
        words = f" {' '.join(words_of_text(clause))} "
        if _HOW_IT_WAS.search(words):
            continue
        stops = _NOT.search(words)
        yield words[: stops.start()] if stops else words


def words_of_text(folded: str) -> tuple[str, ...]:
    """The words of a text: runs of letters, marks and digits."""
    return tuple("".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in folded).split())
