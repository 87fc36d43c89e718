"""Patterns for dates, times, sums, measures and numbers; every repetition is bounded, so no text makes them slow."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "two|three|four|five|six|seven|eight|nine|one"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_SCALE = r"hundred|thousand|million|billion|trillion|lakhs?|crores?|mn|bn|tn"
_SIMPLE = rf"(?:(?:{_TENS})(?:[- ](?:{_ONES})\b)?|{_TEENS}|{_ONES})"
_COUNT_WORDS = (
    rf"(?:{_SIMPLE}\b(?:(?: (?:{_SCALE})\b){{1,2}}(?:(?: and)? {_SIMPLE}\b(?: (?:{_SCALE})\b){{0,2}}){{0,3}})?)"
)
_DIGITS = r"(?:\d{1,3}(?:,\d{2,3}){1,6}(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?)(?!\d)"
_FREE = r"(?<![\w.,$€£¥₹₦₱/-])"
_NUM = rf"(?:{_DIGITS}(?: (?:{_SCALE})\b)?|{_COUNT_WORDS})"
_RANGE = rf"{_NUM}(?:(?: ?[-–] ?| to | or | and ){_NUM})?"

MONTHS = "January February March April May June July August September October November December".split()
_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split()
_MONTH = "(?:" + "|".join(MONTHS + [m.upper() for m in MONTHS] + [rf"{m}\b\.?" for m in _SHORT]) + r")(?![\w-]*[a-z])"
_SAFE_MONTH = "(?:" + "|".join(m for m in MONTHS if m not in ("May", "March")) + r")\b"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAY = "(?:" + "|".join([f"{d}s?" for d in _DAYS] + [d.upper() for d in _DAYS]) + r")\b"
_YEAR = r"(?:1[3-9]\d\d|20\d\d)(?!\d|[.,]\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%])"
_REL = r"(?:last|next|this|past|previous|coming|following|current|same|that|every|each)"
_PERIOD = (
    r"(?:day|week|month|year|decade|century|season|quarter|fortnight|weekend|semester|half-year|fiscal year|"
    r"financial year|school year|calendar year|academic year|working day|business day|calendar day)"
)
_PERIODS = r"(?:days?|weeks?|months?|years?|decades?|centuries|century|fortnights?|seasons?|quarters?|weekends?)"
_SEASON = r"(?:spring|summer|autumn|winter|monsoon)"
_CLOCK = r"(?:[01]?\d|2[0-4])(?:[:.][0-5]\d){0,2} ?(?:a\.m\.|p\.m\.|am\b|pm\b|AM\b|PM\b|A\.M\.|P\.M\.)"
_ZONE = r"(?: (?:GMT|UTC|EST|EDT|CET|CEST|IST|EAT|WAT|PST|BST|local time)\b)"
_DAYTIME = r"(?:night|morning|afternoon|evening)"

_CURRENCY_SIGN = r"(?:(?:US|A|AU|C|CA|NZ|HK|S|NT|TT|FJ|J|G|R|EC|BZ|Z|B|L|M)?\$|GH[¢₵]|[€£¥₹₦₱₩₽₺₴₸₫฿₪₵¢])"
_CURRENCY_CODE = (
    r"(?:Rs\.?|KSh|KSH|Ksh|Sh|Shs|USh|UShs|TSh|Tsh|Tk|RM|SR|JD|BD|KD|LE|Nu\.?|Rp|Kshs|Ush|Afs|Birr|Dh|Dhs|Le|MK|ZK|"
    r"CFA|PKR|INR|USD|EUR|GBP|JPY|CNY|RMB|KES|UGX|TZS|NGN|GHS|ZAR|EGP|AED|SAR|QAR|KWD|BHD|OMR|JOD|LBP|IQD|IRR|TRY|"
    r"ILS|PLN|CZK|HUF|RON|SEK|NOK|DKK|CHF|AUD|NZD|CAD|SGD|HKD|TWD|KRW|THB|IDR|MYR|PHP|VND|BDT|LKR|NPR|MXN|BRL|ARS|"
    r"CLP|COP|PEN|XOF|XAF|ETB|RWF|MWK|ZMW|BWP|NAD|MUR|SCR|MGA|WST|PGK|FJD|SDR|[NPRKT](?=\d))"
)
_CODE_AFTER = (
    "(?:PKR|INR|USD|EUR|GBP|JPY|CNY|RMB|KES|UGX|TZS|NGN|GHS|ZAR|EGP|AED|SAR|TRY|PLN|CHF|AUD|NZD|CAD|XOF|XAF|SDR)"
)
_COIN = (
    r"(?:dollars?|euros?|pounds?(?: sterling)?|yen|yuan|renminbi|rupees?|rupiah|ringgit|baht|pesos?|rea(?:l|is)|rand|"
    r"naira|cedis?|shillings?|birr|dinars?|dirhams?|riyals?|rials?|liras?|rou?bles?|hryvnias?|hryvnia|"
    r"zlotys?|forints?|"
    r"kroner|kronor|krona|krone|koruna|korunas|crowns|francs?|won|dong|taka|kyats?|kwachas?|kwacha|pula|soles|sol|"
    r"bolivars?|bolivianos?|guaran[ií]s?|lempiras?|quetzals?|colones|gourdes?|afghanis?|tenge|soms?|sums?|"
    r"somoni|manats?|"
    r"lari|drams?|leva|lei|cents?|pence|paisa|paise|nakfa|ariary|dalasi|leones?|metical|meticais|kina|vatu|"
    r"tala|paanga|"
    r"shekels?|ouguiyas?|escudos?|bucks|tugriks?|riels?|kip|ngultrums?)\b"
)
_COIN_OWNER = r"(?:US|U\.S\.|CFA|[A-Z][a-z]{2,14}(?: [A-Z][a-z]{2,10})?)"

_UNIT = (
    r"(?:(?:square|cubic|nautical|metric|light|short|long|linear) ?-?)?"
    r"(?:kilomet(?:re|er)s?|centimet(?:re|er)s?|millimet(?:re|er)s?|nanomet(?:re|er)s?|met(?:re|er)s?|"
    r"miles?|feet|foot|"
    r"(?:kilo|mega|giga)watt-hours?|inch(?:es)?|yards?|tonnes?|tons?|kilogram(?:me)?s?|kilos?|grams?|"
    r"milligrams?|pounds?|ounces?|lit(?:re|er)s?|"
    r"millilit(?:re|er)s?|gallons?|barrels?(?: (?:per|a) day)?|bushels?|hectares?|acres?|kanals?|"
    r"megawatts?|gigawatts?|"
    r"kilowatts?|watts?|volts?|kilovolts?|terawatts?|knots?|"
    r"gigabytes?|terabytes?|megabytes?|hertz|megahertz|decibels?|"
    r"degrees?(?: (?:Celsius|Fahrenheit|centigrade|north|south|east|west))?|"
    r"km/h|kmph|kph|mph|km|cm|mm|kg|sq km|sq ft|ft|mg|ml|ha|MW|GW|kW|kWh|MWh|GWh|TWh|kV|GB|TB|MB|bpd|"
    r"(?<=\d)m|(?<=\d)C|(?<=\d)F|(?<=\d)°[CF]?|(?<=\d)g|(?<=\d)t)(?![\w])"
    r"(?: (?:per|an|a) (?:hour|second|day(?<=barrels per day)|square met(?:re|er)|hectare|lit(?:re|er))\b)?"
)
_HYPHEN_UNIT = (
    r"-(?:square-|cubic-|nautical-)?(?:kilomet(?:re|er)s?|centimet(?:re|er)|millimet(?:re|er)|nanomet(?:re|"
    r"er)|met(?:re|er)s?|"
    r"miles?|foot|inch|yard|tonne|ton|kilogram(?:me)?|kilo|gram|pound|lit(?:re|er)|gallon|barrel|hectare|acre|"
    r"megawatt|gigawatt|kilowatt|watt|volt|kilovolt|degree|km|kg|mm|cm|MW|kV)\b"
)

_LONG_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|"
    "fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|fortieth|fiftieth|hundredth"
)
_ORDINAL = rf"(?:(?:{_TENS})-)?(?:{_LONG_ORDINALS})|\d{{1,3}}(?:st|nd|rd|th)"
_NTH = rf"(?:{_LONG_ORDINALS}|last|final|opening|closing|\d{{1,2}}(?:st|nd|rd|th))"
_EDGE_OF = r"(?:start|end|beginning|middle|turn|close|rest|eve) of (?:the |this |last |next )?"

_HOLIDAY = (
    r"(?:Christmas(?: Day| Eve)?|Easter(?: Sunday| Monday)?|Ramadan|Ramadhan|Ramzan|Eid(?: al-Fitr|"
    r" al-Adha|-ul-Fitr|-ul-Azha)?|"
    r"Diwali|Deepavali|Holi|Nowruz|Navruz|Nauryz|New Year(?:['’]s)?(?: Day| Eve)?|Lunar New Year|Chinese New Year|"
    r"Independence Day|Good Friday|Ash Wednesday|Palm Sunday|Thanksgiving|Halloween|Labou?r Day|May Day|"
    r"Women['’]s Day|"
    r"Lent|Advent|Yom Kippur|Rosh Hashanah|Passover|Hanukkah|Tet|Vesak|Songkran|Boxing Day|Bastille Day|"
    r"Valentine['’]s Day|"
    r"Republic Day|Victory Day|Martyrs['’] Day|Ashura|Muharram|Durga Puja|Dussehra)\b"
)

_FLAGS = re.IGNORECASE


def _loose(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, _FLAGS)


_MONEY = (
    re.compile(
        rf"(?<![\w$]){_CURRENCY_SIGN} ?{_DIGITS}(?:(?: |-)(?i:{_SCALE})\b|(?:bn|mn|tn|m|b|k|M|B|K)\b)?"
        rf"(?:(?: to | and |[-–]){_CURRENCY_SIGN}?{_DIGITS}(?: (?i:{_SCALE})\b|(?:bn|mn|m|b|k)\b)?(?= "
        rf"(?:million|billion)|[\s.,;)]|$))?"
    ),
    re.compile(rf"(?<!\w){_CURRENCY_CODE} ?{_DIGITS}(?: (?i:{_SCALE})\b|(?:bn|mn|tn|m|b|k)\b)?"),
    re.compile(rf"{_FREE}(?i:\b{_RANGE}|half an?)(?:-| )(?:{_COIN_OWNER} )?(?i:{_COIN})"),
    re.compile(rf"{_FREE}{_DIGITS}(?:bn|mn|m)? {_CODE_AFTER}(?!\w)"),
    _loose(rf"{_FREE}{_DIGITS} ?(?:€|euros?\b|p\b(?= (?:a|per)))"),
)
_PERCENT = (
    _loose(
        rf"{_FREE}[-+]?(?:{_RANGE}|half a|a half) ?-?(?:%|(?:per ?cents?|pct|pc|percentage[- ]points?|"
        rf"basis[- ]points?)(?!\w))"
    ),
    _loose(rf"{_FREE}(?:a|one)? ?(?:quarter|half) (?:percentage )point\b"),
)
_TIME = (
    re.compile(rf"(?<![\w:.]){_CLOCK}{_ZONE}?"),
    re.compile(rf"(?<![\w:.,])(?:[01]\d|2[0-4])[:.]?[0-5]\d(?: hours| hrs)?{_ZONE}"),
    re.compile(r"(?<![\w:.,])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d|\.\d\d)?(?![\d:])"),
    _loose(
        rf"\b(?:late on |early on |late |early )?(?:{'|'.join(_DAYS)}|yesterday|tomorrow|last|that|same|this|"
        rf"next) {_DAYTIME}\b"
    ),
    _loose(
        rf"{_FREE}\b(?:every |last |next |past )?(?:{_RANGE}|half an|a half|an?(?= (?:hour|minute) (?:ago|later|"
        rf"earlier)))"
        rf"(?: and a half)?[ -](?:hours?|minutes?|seconds?|hrs?|mins?|secs?)\b(?:(?:, | and |, and | ){_NUM} "
        rf"(?:minutes?|seconds?)\b){{0,2}}"
        r"(?: (?:ago|earlier|later|before)\b)?"
    ),
    _loose(rf"{_FREE}\d{{1,3}}(?:st|nd|rd|th)[- ]minute\b"),
    _loose(rf"\b(?:{_SIMPLE}|\d{{1,2}}) o['’]clock\b"),
    _loose(rf"\b(?:half past|quarter to|quarter past) (?:{_SIMPLE})\b"),
    _loose(r"\b(?:tonight|midnight|overnight|noon)\b"),
)
_DATE = (
    re.compile(
        rf"(?<![\w,.])(?:{_WEEKDAY},? (?:the )?)?{_DAY}(?: ?(?:-|–|to|and) ?{_DAY})? (?:of )?{_MONTH}(?:,? {_YEAR})?"
    ),
    re.compile(
        rf"\b(?:{_WEEKDAY},? )?{_MONTH} {_DAY}(?![:,.]?\d)(?: ?(?:-|–|to) ?{_DAY}(?! ?[:%]))?(?:,? {_YEAR})?"
        rf"(?! (?:per cent|percent|million))"
    ),
    re.compile(
        rf"\b(?:(?:[Ee]arly|[Ll]ate|[Mm]id|[Ll]ast|[Nn]ext|[Tt]his)[- ])?{_MONTH}(?: (?:of )?{_YEAR}| (?:last|"
        rf"this|next) year)"
    ),
    re.compile(rf"\b(?:[Ee]arly|[Ll]ate|[Mm]id|[Ll]ast|[Nn]ext|[Tt]his|[Ee]very)[- ](?:in )?{_MONTH}"),
    re.compile(rf"\b{_MONTH}[-–]{_MONTH}(?: {_YEAR})?"),
    _loose(
        rf"\b{_EDGE_OF}(?:first |second |third |fourth |current |following )?(?:{_PERIOD}|{_YEAR}|{_SEASON}|"
        rf"(?:{'|'.join(MONTHS)})\b(?: {_YEAR})?)(?!\w)"
    ),
    _loose(
        rf"\b{_NTH} (?:half|quarter|week|month|day|year|season|weekend|{_NUM} (?:days|weeks|months|years))\b"
        rf" of (?:the |this |last |next )?(?:{_PERIOD}|{_YEAR}|(?:{'|'.join(MONTHS)})\b(?: {_YEAR})?)(?!\w)"
    ),
    _loose(rf"\b(?:first|second|third|fourth)[- ]quarter\b(?! final)(?: {_YEAR})?"),
    _loose(rf"\b(?:early |late |mid-? ?)?(?:{_LONG_ORDINALS}|\d{{1,2}}(?:st|nd|rd|th))[- ]century\b"),
    _loose(r"\b(?:early |late |mid-? ?)?(?:1[0-9]|20)\d0s\b"),
    re.compile(rf"\b(?:[Ff]iscal(?: [Yy]ear)?|[Ff]inancial [Yy]ear|FY) ?{_YEAR}(?:[-–/]\d{{2,4}})?"),
    re.compile(rf"(?<![\w.,$€£-]){_YEAR}(?:[-–/](?:\d\d|{_YEAR}))(?![\w-])"),
    _loose(rf"\b(?:early|late|mid)[- ]{_YEAR}(?!\w)"),
    _loose(rf"\b{_SEASON} (?:of )?{_YEAR}"),
    _loose(rf"\b{_REL} (?:{_PERIOD}|{_SEASON})\b"),
    re.compile(rf"\b(?:[Ll]ast|[Nn]ext|[Tt]his|[Ll]ate|[Ee]arly|[Ll]ate on|[Ee]arly on|[Ee]very) {_WEEKDAY}"),
    _loose(
        rf"{_FREE}\b(?:(?:last|next|past|first|previous|coming|every|final|following) )?(?:{_RANGE}|several)"
        rf"(?: and a half)?"
        rf"(?: (?:working|business|calendar|consecutive|straight|full|school|trading))?[ -]{_PERIODS}\b"
        rf"(?:-olds?\b| of age\b)?"
        r"(?: (?:ago|earlier|later|before|old)\b)?"
    ),
    _loose(r"\b(?:day|week|month|year|decade|fortnight|century) (?:ago|earlier|later|before)\b"),
    _loose(
        r"\b(?:today|yesterday|tomorrow|daily|weekly|monthly|quarterly|annually|yearly|annual|weekends?|"
        r"year-end|month-end|fortnightly)\b"
    ),
    _loose(r"\b(?:dry|rainy|wet|lean) season\b"),
    re.compile(rf"\b{_HOLIDAY}"),
    re.compile(rf"\b{_WEEKDAY}"),
    re.compile(rf"\b{_SAFE_MONTH}"),
    re.compile(
        r"\b(?i:in|by|of|until|till|since|from|after|before|during|for|to|every|through|and) "
        r"(May|March|MAY|MARCH)\b(?! [A-Z])"
    ),
    re.compile(
        rf"(?<![\w.,$€£¥₹#/-]){_YEAR}(?![\w%/-]|[.:,]\d| (?:{_UNIT}|{_COIN}|per cent|percent|million|people|"
        rf"voters|votes))"
    ),
    _loose(r"(?<=\baged )\d{1,3}(?: (?:and|to) \d{1,3})?\b"),
    re.compile(r"(?<=[^\W\d_], )(?:[1-9]\d|10\d)(?=, |\.\s|\.$|; |\))"),
    _loose(
        rf"\b(?:he|she|who) (?:is|was|turned) (?:only |just |now )?(\d\d|{_SIMPLE})(?=[.,;]|\s*$| and | when | now)"
    ),
    _loose(r"\b(?:dies|died|dead) (?:at|aged) (\d{1,3}|nine)\b"),
    _loose(rf"\b(?:ages? of|between the ages of) ({_NUM}(?: (?:and|to) {_NUM})?)\b"),
)
_QUANTITY = (
    _loose(rf"{_FREE}(?:minus )?\b(?:{_RANGE}|half an?|a half) ?{_UNIT}"),
    _loose(rf"{_FREE}\b{_NUM}{_HYPHEN_UNIT}"),
)
_ORDINAL_RULES = (
    _loose(rf"{_FREE}\b(?:{_ORDINAL})\b(?!-)"),
    _loose(rf"{_FREE}\b(?:{_ORDINAL})(?=-(?!class|hand|person|ever|degree|guess)[a-z]{{3}})"),
)
_CARDINAL = (
    _loose(rf"{_FREE}(?:{_SIMPLE})[- ](?:thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|tenths?)\b"),
    _loose(
        r"\b(?:by|a|almost a|more than|less than|nearly) (half|third|quarter|fifth|tenth)\b(?= of\b|[.,;]|"
        r" the size| below| above| more| less| in | from )"
    ),
    re.compile(r"(?<![\w.,-])\d{1,3}[-–]\d{1,3}(?![\w.,-]*\d)(?![-–])"),
    _loose(rf"{_FREE}(?:{_NUM})(?: dozen\b)?(?![\w%/]|[.,:]\d)(?!-(?:year|day|month|hour|minute|week))"),
    _loose(r"\b(?:several )?dozen\b(?!s)"),
    _loose(r"\bhalf\b(?= (?:of|the|a million|its|their|his|her)\b)"),
)

_IN_ORDER: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...] = (
    ("MONEY", _MONEY),
    ("PERCENT", _PERCENT),
    ("TIME", _TIME),
    ("DATE", _DATE),
    ("QUANTITY", _QUANTITY),
    ("ORDINAL", _ORDINAL_RULES),
    ("CARDINAL", _CARDINAL),
)
NUMBER_LABELS = tuple(label for label, _ in _IN_ORDER)
"""The labels these rules give, in the order in which they claim text."""

_IN_NAME = re.compile(r"[ -][A-Z][a-z]")
_NOT_COUNTS = re.compile(r"(?i:one)")
# A long row of bare numbers is a table, in which no number belongs to the next: broken up, it costs no time.
_TABLE = re.compile(r"(?<![\w.,])(?:\d{1,12}(?:[.,]\d{1,6})? ){8,}")
_LIST_NUMBER = re.compile(r"(?:^|(?<=\n))[ \t]{0,8}\d{1,3}[.)](?= )|(?<=[:;] )\d{1,2}\.(?= [A-Z])")


def find_numbers(text: str, labels: frozenset[str] = frozenset(NUMBER_LABELS)) -> list[tuple[int, int, str]]:
    """Dates, times, sums, measures and numbers of a text as half-open code point ranges that do not overlap."""
    taken = bytearray(len(text))
    text = _TABLE.sub(lambda row: row[0].replace(" ", "\n"), text)
    for number in _LIST_NUMBER.finditer(text):
        taken[number.start() : number.end()] = b"\x01" * (number.end() - number.start())
    found = []
    for label, patterns in _IN_ORDER:
        for start, end in _claims(text, patterns, taken):
            if label == "CARDINAL" and _NOT_COUNTS.fullmatch(text, start, end):
                continue
            if label == "ORDINAL" and text[start].isupper() and _IN_NAME.match(text, end):
                continue
            if label in labels:
                found.append((start, end, label))
    return sorted(found)


def _claims(text: str, patterns: tuple[re.Pattern[str], ...], taken: bytearray) -> Iterator[tuple[int, int]]:
    """Matches (the group, where a pattern has one) on free text, pattern by pattern; each is marked as taken."""
    for pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            if start < end and taken.find(1, start, end) < 0 and "\n" not in match[0]:
                taken[start:end] = b"\x01" * (end - start)
                yield start, end
