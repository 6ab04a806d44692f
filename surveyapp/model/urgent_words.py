"""Words by which a comment may be a cry for help, in fourteen languages: it is shown first, and nothing else follows.

A short list that errs on the side of showing too many. Outside English the words are our own and no native speaker has
checked them. Where somebody says it in other words nobody notices but a reader, who can flag the comment.
"""

import re

URGENT = {
    "en": (
        "suicid|kill myself|end my life|want to die|hurt myself|harm myself|self.?harm|not safe|"
        "unsafe at home|hits me|beats me|abus(?:e|ed|es|ing|ive)|rape[ds]?|assault|"
        "afraid of (?:him|her|my)|scared of (?:him|her|my)|call the police|safeguarding|overdose|"
        "can.?t go on|help me now|urgent help|emergency"
    ),
    "cy": ("hunanladdiad|lladd fy hun|eisiau marw|niweidio fy hun|ddim yn ddiogel|fy nharo|cam-?drin|treisio|argyfwng"),
    "pl": (
        "samobój|zabić się|chcę umrzeć|skrzywdzić siebie|nie czuję się bezpieczn|bije mnie|przemoc|"
        "gwałt|zgwałc|nagły wypadek"
    ),
    "ro": (
        "sinucid|să mor|mă omor|îmi fac rău|nu sunt în siguranță|mă bate|mă lovește|abuz|viol(?:at|ul|ență)|urgență"
    ),
    "es": (
        "suicid|matarme|quiero morir|hacerme daño|no estoy (?:a salvo|segur)|me pega|me golpea|abus[oa]|"
        "viola(?:ción|ron|do)|emergencia"
    ),
    "pt": (
        "suic[ií]d|matar-?me|me matar|quero morrer|magoar-?me|não estou segur|bate-?me|me bate|abus[oa]|"
        "viola(?:ção|ram|da)|emergência"
    ),
    "so": ("is dilid|is dilo|doonayaa inaan dhinto|ma nabad qabo|wuu i garaacaa|i garaac|xadgudub|kufsi|degdeg"),
    "ar": ("انتحار|أقتل نفسي|اقتل نفسي|أريد أن أموت|اريد ان اموت|أؤذي نفسي|لست آمن|يضربني|اعتداء|اغتصاب|طوارئ|ساعدوني"),
    "ckb": "خۆکوشتن|خۆم بکوژم|دەمەوێت بمرم|سەلامەت نیم|لێم دەدات|دەستدرێژی|فریاگوزاری",
    "fa": "خودکشی|خودم را بکشم|می‌خواهم بمیرم|میخواهم بمیرم|امنیت ندارم|کتکم می|کتک می|آزار|تجاوز|اورژانس",
    "ur": "خودکشی|مرنا چاہت|خود کو مار|محفوظ نہیں|مجھے مارت|تشدد|زیادتی|ریپ|ہنگامی",
    "pa": "ਖੁਦਕੁਸ਼ੀ|ਮਰਨਾ ਚਾਹ|ਸੁਰੱਖਿਅਤ ਨਹੀਂ|ਮੈਨੂੰ ਮਾਰਦ|ਕੁੱਟਦ|ਬਲਾਤਕਾਰ|ਐਮਰਜੈਂਸੀ",
    "bn": "আত্মহত্যা|মরতে চাই|নিজেকে শেষ|নিরাপদ নই|আমাকে মারে|নির্যাতন|ধর্ষণ|জরুরি সাহায্য",
    "gu": "આત્મહત્યા|આપઘાત|મરવા માગ|મરવું છે|સુરક્ષિત નથી|મને મારે|બળાત્કાર|અત્યાચાર|કટોકટી",
}
_URGENT = re.compile("|".join(f"(?<!\\w)(?:{words})" for words in URGENT.values()), re.IGNORECASE)


def sounds_urgent(text: str) -> bool:
    """Whether a comment has one of the words; in whichever language it was written, since people mix them."""
    return bool(_URGENT.search(" ".join(text.replace("’", "'").split())))
