"""Judges numbers for the Rust tests, by python-stdnum or, where that has no rule, by the published one.

A line of JSON comes in, a line goes out:

    {"judge": "at.vnr", "numbers": ["1237010180", ...]}                -> [true, ...]
    {"judge": "at.vnr", "examples": 40, "shapes": ["9999999999", ...]} -> ["1237010180", ...], all of them valid

A judge is a module of python-stdnum, or one of those below under a name of its own. In shapes, 9 stands for a digit,
A for a letter and X for either.
"""

import datetime
import importlib
import json
import random
import re
import string
import sys

# Some rules of python-stdnum look at today's date. Here it is always the same, and so late that it forbids nothing.
class Date(datetime.date):
    @classmethod
    def today(cls):
        return cls(2099, 12, 31)


class DateTime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2099, 12, 31, tzinfo=tz)


datetime.date, datetime.datetime = Date, DateTime

DIGITS, LETTERS = string.digits, string.ascii_uppercase


def stdnum(name):
    """The judgement of a module of python-stdnum."""
    module = importlib.import_module("stdnum." + name)

    def judge(number):
        try:
            return bool(module.is_valid(number))
        except Exception:
            return False

    return judge


def real(year, month, day):
    """Whether there is such a day."""
    try:
        datetime.date(int(year), int(month), int(day))
        return True
    except ValueError:
        return False


def weighted(number, weights):
    return sum(int(digit) * weight for digit, weight in zip(number, weights))


# Where python-stdnum has no such number: the rule, and examples that were published with it.


def au_medicare(n):
    """Services Australia: digit 9 is the check digit, digit 10 the issue, digit 11 the person."""
    return (
        re.fullmatch("[2-6][0-9]{8}[1-9][1-9]?", n) is not None
        and str(sum(int(n[i]) * (1, 3, 7, 9)[i % 4] for i in range(8)))[-1] == n[8]
    )


GOVERNORATES = "01 02 03 04 11 12 13 14 15 16 17 18 19 21 22 23 24 25 26 27 28 29 31 32 33 34 35 88".split()


def eg_nid(n):
    return (
        re.fullmatch("[23][0-9]{13}", n) is not None
        and real({"2": "19", "3": "20"}[n[0]] + n[1:3], n[3:5], n[5:7])
        and n[7:9] in GOVERNORATES
    )


def gb_nino(n):
    """The pattern that HMRC publishes for its XML schemas."""
    return re.fullmatch("(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]", n) is not None


def hk_hkid(n):
    match = re.fullmatch("([A-Z]{1,2})([0-9]{6})([0-9A])", n)
    if not match:
        return False
    signs = match[1].rjust(2) + match[2] + match[3]
    value = lambda sign: 36 if sign == " " else int(sign, 36)
    return sum(value(sign) * weight for sign, weight in zip(signs, range(9, 0, -1))) % 11 == 0


def hu_ado(n):
    return re.fullmatch("8[0-9]{9}", n) is not None and str(sum((i + 1) * int(n[i]) for i in range(9)) % 11) == n[9]


def hu_taj(n):
    return n.isdigit() and (3 * sum(map(int, n[0:8:2])) + 7 * sum(map(int, n[1:8:2]))) % 10 == int(n[8])


def kr_brn(n):
    """The check digit that python-stdnum leaves out: the last of nine products counts with both of its digits."""
    products = [int(digit) * weight for digit, weight in zip(n, (1, 3, 7, 1, 3, 7, 1, 3, 5))]
    return stdnum("kr.brn")(n) and (sum(products) + products[8] // 10 + int(n[9])) % 10 == 0


def lu_matricule(n):
    luhn, verhoeff = stdnum("luhn"), stdnum("verhoeff")
    return (
        n.isdigit()
        and 1850 <= int(n[:4]) < 2100
        and real(n[:4], n[4:6], n[6:8])
        and luhn(n[:12])
        and verhoeff(n[:11] + n[12])
    )


def ru_snils(n):
    if not n.isdigit() or int(n[:9]) <= 1001998:
        return False
    total = sum(int(digit) * (9 - i) for i, digit in enumerate(n[:9]))
    while total > 101:
        total -= 101
    return n[9:] == ("00" if total in (100, 101) else "%02d" % total)


def sg_nric(n):
    match = re.fullmatch("([STFGM])([0-9]{7})([A-Z])", n)
    if not match:
        return False
    total = weighted(match[2], (2, 7, 6, 5, 4, 3, 2)) + {"S": 0, "F": 0, "T": 4, "G": 4, "M": 3}[match[1]]
    check = 11 - (total % 11 + 1)
    table = {"S": "ABCDEFGHIZJ", "F": "KLMNPQRTUWX", "M": "KLJNPQRTUWX"}
    return match[3] == table[{"T": "S", "G": "F"}.get(match[1], match[1])][check]


def tw_id(n):
    if not re.fullmatch("[A-Z][1289][0-9]{8}", n):
        return False
    codes = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36)))
    number = "%d%s" % (codes[n[0]], n[1:])
    return weighted(number, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0


def us_aba(n):
    """The ABA's policy names the first two digits that are in use; python-stdnum takes any."""
    district = int(n[:2])
    used = district <= 12 or 21 <= district <= 32 or 61 <= district <= 72 or district == 80
    return used and stdnum("us.rtn")(n)


def us_dea(n):
    match = re.fullmatch("[ABCDEFGHJKLMPRSTUX][A-Z9]([0-9]{7})", n)
    return match is not None and str(
        sum(map(int, match[1][0:6:2])) + 2 * sum(map(int, match[1][1:6:2]))
    )[-1] == match[1][6]


def us_itin(n):
    """IRS, Publication 4757: more groups than python-stdnum has."""
    return re.fullmatch("9[0-9]{2}(5[0-9]|6[0-5]|7[0-9]|8[0-8]|9[0-24-9])[0-9]{4}", n) is not None


def us_mbi(n):
    """CMS, Understanding the MBI: C A AN N A AN N A A N N."""
    letter, either = "[AC-HJKMNP-RT-Y]", "[0-9AC-HJKMNP-RT-Y]"
    form = f"[1-9]{letter}{either}[0-9]{letter}{either}[0-9]{letter}{letter}[0-9][0-9]"
    return re.fullmatch(form, n) is not None


def us_npi(n):
    return re.fullmatch("[12][0-9]{9}", n) is not None and stdnum("luhn")("80840" + n)


# Where python-stdnum has one but is told otherwise here; `main.rs` says why.


CHINESE_PROVINCES = set(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)


def cn_ric(n):
    module = importlib.import_module("stdnum.cn.ric")
    module.get_birth_place = lambda number: {}
    return n[:2] in CHINESE_PROVINCES and n[6:10].isdigit() and 1850 <= int(n[6:10]) < 2100 and module.is_valid(n)


def do_cedula(n):
    importlib.import_module("stdnum.do.cedula").whitelist.clear()
    return stdnum("do.cedula")(n)


def eu_vat(n):
    return n[:2] not in ("EU", "IM") and stdnum("eu.vat")(n)


def fi_hetu(n):
    return stdnum("fi.hetu")(n[:6] + "-" + n[6:] if len(n) == 10 else n)


PROVINCES = set(
    "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96".split()
)


def id_nik(n):
    module = importlib.import_module("stdnum.id.nik")
    module._check_registration_place = lambda number: {}
    return n[:2] in PROVINCES and module.is_valid(n)


def id_npwp(n):
    return id_nik(n) if len(n) == 16 and n[0] != "0" else stdnum("id.npwp")(n)


def in_gstin(n):
    importlib.import_module("stdnum.in_.gstin")._STATE_CODES.update({"38": "Ladakh", "97": "Other Territory"})
    return stdnum("in_.gstin")(n)


def lv_pk(n):
    return n[0] <= "3" and stdnum("lv.pvn")(n)


def mx_curp(n):
    importlib.import_module("stdnum.mx.curp")._name_blacklist.clear()
    return stdnum("mx.curp")(n)


def mx_rfc(n):
    importlib.import_module("stdnum.mx.rfc")._name_blacklist.clear()
    return stdnum("mx.rfc")(n)


def se_personnummer(n):
    """Skatteverket: the coordination number has 60 added to the day, under which the check digit stays right."""
    birth, serial = n[:-4], n[-4:]
    day = int(birth[-2:])
    if day > 60:
        base = "%s%02d" % (birth[:-2], day - 60)
        century = base if len(base) == 8 else "20" + base
        return real(century[:4], century[4:6], century[6:]) and stdnum("luhn")(n[-10:])
    return stdnum("se.personnummer")(n)


OWN = {name: judge for name, judge in globals().items() if re.fullmatch("[a-z]{2}_[a-z]+", name) and callable(judge)}

# Numbers published or widely used as examples, by which those judges are judged themselves.
PUBLISHED = {
    "au_medicare": ["2123456701"],
    "cn_ric": ["11010519491231002X", "440524188001010014"],
    "do_cedula": ["00113918205"],
    "eg_nid": ["29001011234567"],
    "eu_vat": ["ATU13585627", "BE0403019261", "DE136695976", "IE6433435OA", "NL004495445B01", "FR40303265045"],
    "fi_hetu": ["131052308T", "131052A308T"],
    "gb_nino": ["AB123456C"],
    "hk_hkid": ["A1234563", "G123456A", "AB9876543"],
    "hu_ado": ["8071592153"],
    "hu_taj": ["123456788"],
    "id_nik": ["3171011708450001"],
    "id_npwp": ["013000666091000"],
    "in_gstin": ["27AAPFU0939F1ZV"],
    "kr_brn": ["1168200276"],
    "lu_matricule": ["1893120105732"],
    "lv_pk": ["16117519997"],
    "mx_curp": ["BOXW310820HNERXN09"],
    "mx_rfc": ["GODE561231GR8"],
    "ru_snils": ["11223344595"],
    "se_personnummer": ["8803200016", "7010632391"],
    "sg_nric": ["S1234567D", "T1234567J", "F1234567N", "G1234567X"],
    "tw_id": ["A123456789"],
    "us_aba": ["111000025", "122105278"],
    "us_dea": ["BB1388568", "F91234563"],
    "us_itin": ["912903457"],
    "us_mbi": ["1EG4TE5MK73"],
    "us_npi": ["1234567893"],
}


def fits(number, shape):
    classes = {"9": DIGITS, "A": LETTERS, "X": DIGITS + LETTERS}
    return len(number) == len(shape) and all(c in classes[sign] for c, sign in zip(number, shape))


def documented(name):
    """Every quoted string in the documentation of a module of python-stdnum, compact."""
    if name in OWN:
        return PUBLISHED[name]
    module = importlib.import_module("stdnum." + name)
    quoted = re.findall(r"'([^'\n]+)'", module.__doc__ or "")
    return [re.sub("[^0-9A-Z]", "", text.upper()) for text in quoted]


def examples(name, judge, count, shapes):
    """Valid numbers: those documented, those met among random ones, and others found from these step by step."""
    rng = random.Random(name)
    classes = {"9": DIGITS, "A": LETTERS, "X": DIGITS + LETTERS}
    found = {}

    def take(number):
        if number not in found and any(fits(number, shape) for shape in shapes) and judge(number):
            found[number] = None

    for number in documented(name):
        take(number)
    for _ in range(3000):
        if len(found) >= count:
            break
        take("".join(rng.choice(classes[sign]) for sign in rng.choice(shapes)))
    alike = lambda c: DIGITS if c in DIGITS else LETTERS
    for _ in range(100 * count):
        if len(found) >= count or not found:
            break
        number = list(rng.choice(list(found)))
        for _ in range(rng.randint(1, 4)):
            place = rng.randrange(len(number))
            number[place] = rng.choice(alike(number[place]))
        steps = [(place, c) for place in range(len(number)) for c in alike(number[place])]
        before = len(found)
        for place, c in rng.sample(steps, len(steps)):
            take("".join(number[:place] + [c] + number[place + 1 :]))
            if len(found) > before:
                break
    return list(found)


def main():
    for name, judge in OWN.items():
        wrong = [number for number in PUBLISHED[name] if not judge(number)]
        assert not wrong, f"{name} refuses {wrong}"
    for line in sys.stdin:
        request = json.loads(line)
        name = request["judge"]
        judge = OWN.get(name) or stdnum(name)
        if "numbers" in request:
            answer = [bool(judge(number)) for number in request["numbers"]]
        else:
            answer = examples(name, judge, request["examples"], request["shapes"])
        print(json.dumps(answer), flush=True)


main()
