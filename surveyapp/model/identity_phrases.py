"""The words by which a question asks who somebody is, in the product's languages; between two stands a `|`.

A phrase is found anywhere in a text; a label only where the text says nothing else but labels and fillers.
"""

PHRASES = "|".join(
    (
        # Arabic
        "اسمك|ما اسمك|إسمك|اسمكم|الاسم الكامل|اسمك الكامل|الاسم الثلاثي|اسم العائلة|اسم عائلتك|بريدك الإلكتروني"
        "|البريد الإلكتروني|عنوان بريدك|رقم هاتفك|رقم الهاتف|رقم جوالك|رقم الجوال|رقم تليفونك|رقم هاتفكم|عنوانك"
        "|عنوان سكنك|عنوان منزلك|تاريخ ميلادك|تاريخ الميلاد|تاريخ الولادة|متى ولدت|رقم NHS|رقمك في NHS",
        # Bengali
        "আপনার নাম|তোমার নাম|আপনার পুরো নাম|পুরো নাম|আপনার ইমেইল|আপনার ই-মেইল|আপনার ইমেল|ইমেইল ঠিকানা|ইমেল ঠিকানা"
        "|আপনার ফোন নম্বর|ফোন নম্বর|মোবাইল নম্বর|টেলিফোন নম্বর|আপনার ঠিকানা|বাড়ির ঠিকানা|আপনার জন্ম তারিখ|জন্ম তারিখ"
        "|জন্মতারিখ|NHS নম্বর|এনএইচএস নম্বর",
        # Sorani
        "ناوت|ناوی تۆ|ناوت چییە|ناوی تەواوت|ناوی تەواو|ناوی سیانی|ناوی خێزان|ئیمەیڵت|ئیمەیڵەکەت|ناونیشانی ئیمەیڵ"
        "|ژمارەی مۆبایل|ژمارەی مۆبایلت|ژمارەی تەلەفۆن|ژمارەی تەلەفۆنت|ژمارە تەلەفۆنت|ناونیشانت|ناونیشانی ماڵ"
        "|ناونیشانی ماڵەوەت|بەرواری لەدایکبوون|بەرواری لەدایکبوونت|ڕۆژی لەدایکبوون|ژمارەی NHS",
        # Welsh
        "eich enw|dy enw|eich enw llawn|enw llawn|enw cyntaf|eich cyfenw|cyfenw|eich e-bost|dy e-bost|eich ebost"
        "|cyfeiriad e-bost|cyfeiriad ebost|eich cyfeiriad|dy gyfeiriad|cyfeiriad cartref|eich rhif ffôn|rhif ffôn"
        "|rhif ffôn symudol|eich rhif|eich dyddiad geni|dyddiad geni|rhif GIG|rhif y GIG|eich cod post",
        # Spanish
        "su nombre|tu nombre|vuestro nombre|nombre y apellidos|nombre y apellido|nombre completo|sus apellidos"
        "|tus apellidos|su apellido|tu apellido|cómo se llama usted|cómo te llamas|su correo|tu correo|su email"
        "|tu email"
        "|su e-mail|correo electrónico|dirección de correo|su dirección|tu dirección|su domicilio|tu domicilio"
        "|su teléfono|tu teléfono|número de teléfono|número de móvil|su móvil|tu móvil|fecha de nacimiento"
        "|cuándo nació|cuándo naciste|su cumpleaños|tu cumpleaños|número NHS|número del NHS|número de NHS",
        # Persian
        "نام شما|نام خود|نامتان|نام کامل|نام و نام خانوادگی|نام خانوادگی|اسم شما|اسمتان|اسم کامل|ایمیل شما|ایمیل خود"
        "|ایمیلتان|آدرس ایمیل|نشانی ایمیل|شماره تلفن|شماره موبایل|شماره همراه|شماره تماس|آدرس شما|آدرس خود|آدرس منزل"
        "|نشانی شما|نشانی منزل|تاریخ تولد|شماره NHS|کد ملی",
        # Gujarati
        "તમારું નામ|તમારુ નામ|આપનું નામ|પૂરું નામ|પૂરુ નામ|તમારો ઈમેલ|તમારો ઇમેઇલ|તમારું ઈમેલ|તમારું ઇમેઇલ|ઈમેલ સરનામું"
        "|ઇમેઇલ સરનામું|ફોન નંબર|મોબાઇલ નંબર|મોબાઈલ નંબર|તમારું સરનામું|ઘરનું સરનામું|જન્મ તારીખ|જન્મતારીખ|NHS નંબર",
        # Panjabi
        "ਤੁਹਾਡਾ ਨਾਮ|ਤੁਹਾਡਾ ਨਾਂ|ਤੇਰਾ ਨਾਮ|ਆਪਣਾ ਨਾਮ|ਆਪਣਾ ਨਾਂ|ਪੂਰਾ ਨਾਮ|ਪੂਰਾ ਨਾਂ|ਤੁਹਾਡੀ ਈਮੇਲ|ਆਪਣੀ ਈਮੇਲ|ਈਮੇਲ ਪਤਾ"
        "|ਫ਼ੋਨ ਨੰਬਰ|ਫੋਨ ਨੰਬਰ"
        "|ਮੋਬਾਈਲ ਨੰਬਰ|ਤੁਹਾਡਾ ਪਤਾ|ਆਪਣਾ ਪਤਾ|ਘਰ ਦਾ ਪਤਾ|ਜਨਮ ਮਿਤੀ|ਜਨਮ ਤਾਰੀਖ|ਜਨਮ ਦੀ ਤਾਰੀਖ|NHS ਨੰਬਰ",
        # Polish
        "imię i nazwisko|imienia i nazwiska|twoje imię|pana imię|pani imię|swoje imię|twoje nazwisko|swoje nazwisko"
        "|nazwisko|jak się nazywasz|jak się pan nazywa|jak się pani nazywa|jak masz na imię|twój email|twój e-mail"
        "|swój e-mail|adres email|adres e-mail|adres mailowy|adresu e-mail|twój adres|swój adres|pana adres|pani adres"
        "|adres zamieszkania|adres domowy|numer telefonu|nr telefonu|twój telefon|swój telefon|data urodzenia"
        "|datę urodzenia|daty urodzenia|kiedy się urodziłeś|kiedy się urodziłaś|numer NHS|PESEL",
        # Portuguese
        "seu nome|o seu nome|teu nome|nome completo|nome e apelido|nome e sobrenome|seu apelido|seu sobrenome"
        "|como se chama"
        "|como te chamas|seu email|seu e-mail|teu email|endereço de email|endereço de e-mail|correio eletrónico"
        "|correio eletrônico|seu endereço|sua morada|a sua morada|tua morada|seu telefone|número de telefone"
        "|número de telemóvel|seu telemóvel|número de celular|data de nascimento|quando nasceu"
        "|número NHS|número do NHS",
        # Romanian
        "numele dumneavoastră|numele dvs|numele tău|numele și prenumele|nume și prenume|numele complet|nume complet"
        "|prenumele dumneavoastră|prenumele tău|cum vă numiți|cum te numești|cum vă cheamă|cum te cheamă"
        "|adresa de e-mail|adresa de email|emailul dumneavoastră|e-mailul dumneavoastră|emailul tău"
        "|adresa dumneavoastră|adresa dvs|adresa ta|adresa de acasă|numărul de telefon|număr de telefon"
        "|numărul dumneavoastră|data nașterii"
        "|data de naștere|când v-ați născut|când te-ai născut|numărul NHS",
        # Somali
        "magacaaga|magacaagu|magacaaga oo dhammaystiran|magaca oo dhammaystiran|magaca oo buuxa|magacaaga oo buuxa"
        "|emailkaaga|iimaylkaaga|iimeylkaaga|cinwaanka iimaylka|cinwaanka emailka|lambarka telefoonka|lambarkaaga"
        "|nambarka telefoonka|nambarkaaga|telefoonkaaga|cinwaankaaga|cinwaanka guriga|taariikhda dhalashada"
        "|taariikhda dhalashadaada|goorma ayaad dhalatay|lambarka NHS",
        # Urdu
        "آپ کا نام|اپنا نام|تمہارا نام|پورا نام|آپ کا ای میل|آپ کی ای میل|اپنا ای میل|ای میل ایڈریس|ای میل پتہ"
        "|آپ کا فون نمبر|فون نمبر|موبائل نمبر|رابطہ نمبر|آپ کا پتہ|اپنا پتہ|گھر کا پتہ|تاریخ پیدائش|تاریخِ پیدائش"
        "|NHS نمبر|این ایچ ایس نمبر",
    )
)
LABELS = (
    # English
    "name|names|full name|first name|last name|family name|surname|forename|initials|signature|signed|email|e-mail"
    "|email address|e-mail address|phone|telephone|tel|mobile|phone number|phone no|telephone number|mobile number"
    "|contact number|contact|contact details|contact information|your details|personal details"
    "|address|home address|postal address|postcode|post code"
    "|zip code|date of birth|dob|d o b|birthday|birth date|nhs number|nhs no|nhs"
    # Arabic, Bengali, Sorani
    "|الاسم|اسم|الإيميل|ايميل|الهاتف|هاتف|الجوال|العنوان|عنوان|نام|নাম|ইমেইল|ইমেল|ফোন|মোবাইল|ঠিকানা|ناو|ئیمەیڵ"
    "|تەلەفۆن|مۆبایل"
    "|ناونیشان"
    # Welsh, Spanish, Persian
    "|enw|e-bost|ebost|ffôn|cyfeiriad|nombre|nombres|apellido|apellidos|correo|teléfono|móvil|dirección|domicilio"
    "|cumpleaños|firma|ایمیل|تلفن|موبایل|آدرس|نشانی"
    # Gujarati, Panjabi, Polish
    "|નામ|ઈમેલ|ઇમેઇલ|ફોન|મોબાઇલ|સરનામું|ਨਾਮ|ਨਾਂ|ਈਮੇਲ|ਫ਼ੋਨ|ਫੋਨ|ਮੋਬਾਈਲ|ਪਤਾ|imię|imiona|telefon|adres|podpis|mail"
    # Portuguese, Romanian, Somali, Urdu
    "|nome|apelido|sobrenome|telefone|telemóvel|endereço|morada|assinatura|nume|numele|prenume|prenumele|adresă|adresa"
    "|semnătura|magac|magaca|iimayl|telefoon|telefoonka|cinwaan|cinwaanka|ای میل|فون|موبائل|پتہ|ایڈریس"
)
FILLERS = (
    "optional|required|if you like|if you want|if you want to|if you wish|please|please print|print|and|or|your|the|my"
    "|of|patient|patients|child|childs|participant|respondent|attendee|delegate|carer|about you|details"
    "|in full|in capitals|capitals|block capitals|here|write|enter|full|q|question|number|no|i|y|e|și"
    "|o|neu|a|lub|oraz|ve|و|یا|أو|এবং|বা|અને|ਅਤੇ|اور|opcional|opcjonalnie|opțional|dewisol|اختياري|اختیاری"
)
