"""Prints one example number a line for every region and type that the `phonenumbers` package knows.

Columns, apart by tabs: region, form (`e164`, `international`, `national`), number.
"""

import phonenumbers
from phonenumbers import PhoneNumberFormat as Form

FORMS = {"e164": Form.E164, "international": Form.INTERNATIONAL, "national": Form.NATIONAL}


def examples():
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in phonenumbers.PhoneNumberType.values():
            yield region, phonenumbers.example_number_for_type(region, kind)
    for code in sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        yield "001", phonenumbers.example_number_for_non_geo_entity(code)


seen = set()
for region, number in examples():
    if number is None:
        continue
    for form, way in FORMS.items():
        if region == "001" and form == "national":
            continue
        line = f"{region}\t{form}\t{phonenumbers.format_number(number, way)}"
        if line not in seen:
            seen.add(line)
            print(line)
