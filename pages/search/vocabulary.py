"""Words as data: those that say nothing about what is looked for, and English ones that ask for the same thing."""

# Left out of a question that has other words, and kept in one that has none ("who we are").
STOP_WORDS = {
    "en": """a about am an and any are as at be been but by can could did do does for from get got had has have he help her here his how i
        if in into is it its may me my need no not of on or our out please she should so some than that the their them then there
        these they this to up us want was we were what when where which who whom why will with would you your""",
    "es": """a al algo alguien como con cual cuando de del desde donde el ella en es esta este estoy hay la las le les lo los me mi mis
        necesito no o para pero por puedo que quien quiero se si sin son su sus tengo tu un una y ya yo""",
    "ru": "а без был в во вы где для до если есть за и из или их как какой когда кто ли мне могу мой моя на не о об от по при с у что это я",
    "tl": "ako ang ano anong at ay ba gusto ito kailangan ko kung ko mga mo na nasaan ng nang ni o paano para po sa saan si sino",
    "vi": "bao cho có của cần gì hay hoặc khi không là làm muốn ở sao thì tôi và về với",
    "hy": "եմ է են և կամ համար ինչ ինչպես իմ մի որ որտեղ ու ում",
    "fa": "آن آیا از است اگر این با باید برای به تا چه چگونه چطور در را کجا که ما من می ها های هم و یا",
    "ar": "أن أنا أو أين إلى أي في عن على من ما متى مع هذا هذه هل هو هي و كيف لا لي",
    "ko": "",
    "zh-hant": "",
    "km": "",
}

# Words of one line find each other; the word that was typed counts more. Single words, in any of their forms.
SYNONYMS = """
    doctor physician pcp provider
    specialist specialty
    medicine medication drug prescription pharmacy rx
    refill prescription
    renew redetermination recertification
    complaint complain grievance
    appeal dispute
    ride transportation transport taxi
    enroll join apply signup
    qualify eligible
    pay payment bill billing premium invoice
    price cost quote premium
    interpreter interpretation translator translation
    dentist dental teeth tooth
    eye vision glasses optometrist eyeglasses
    mental behavioral
    therapy therapist counseling counselor psychologist psychiatrist behavioral
    pregnant pregnancy maternity prenatal baby
    job career employment hiring vacancy
    telehealth teladoc virtual video
    vaccine vaccination shot immunization
    covid covid19 coronavirus
    fraud scam
    emergency er
    caregiver caretaker caregiving
    login signin portal account
    handbook manual
    press media newsroom
    hipaa privacy
    discrimination nondiscrimination
    class workshop
    center office location
    dual dsnp
"""

# Several words for which the site has others, put in their place before a question is read.
PHRASES = {
    "insurance card": "id card",
    "identification card": "id card",
    "member card": "id card",
    "membership card": "id card",
    "log in": "login",
    "logging in": "login",
    "sign in": "signin",
    "sign up": "enroll",
    "customer service": "member services",
    "customer support": "member services",
    "primary care provider": "doctor",
    "primary care physician": "doctor",
    "primary care doctor": "doctor",
    "phone number": "telephone number",
    "phone numbers": "telephone numbers",
    "change doctors": "change doctor",
    "switch doctor": "change doctor",
    "switch doctors": "change doctor",
    "emergency room": "emergency",
    # Many people write Medi-Cal as one word.
    "medical renewal": "medi-cal renewal",
    "medical renewals": "medi-cal renewals",
    "renew medical": "renew medi-cal",
    "renew my medical": "renew my medi-cal",
    "medical card": "medi-cal card",
    "medical member": "medi-cal member",
    "apply for medical": "apply for medi-cal",
    "qualify for medical": "qualify for medi-cal",
    "summer ebt": "sun bucks",
    "work for": "careers",
}

# Say that a line is meant, not which: a question's other words decide which line is shown.
LINE_WORDS = "line number phone telephone call hotline contact talk speak"
