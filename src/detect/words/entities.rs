//! The names of the entities, as reports and rules write them.

macro_rules! entities {
    ($($constant:ident = $name:literal: $what:literal;)*) => {
        $(#[doc = $what] pub const $constant: &str = $name;)*

        /// Every entity that a heading can tell, in the order of this list.
        pub const ENTITIES: &[&str] = &[$($name),*];
    };
}

entities! {
    FIRST_NAME = "first_name": "A given name, or several.";
    LAST_NAME = "last_name": "A family name, of birth or of marriage.";
    FULL_NAME = "full_name": "A person's name, given and family.";
    USER_NAME = "user_name": "The name or handle that somebody signs in with.";
    EMAIL = "email": "An e-mail address.";
    PHONE = "phone": "A telephone or fax number.";
    STREET = "street": "A street with or without house number, or an address as a whole.";
    BUILDING_NUMBER = "building_number": "A house, flat or floor number.";
    CITY = "city": "A town or village.";
    REGION = "region": "A state, province or county.";
    POSTCODE = "postcode": "A postal code.";
    COUNTRY = "country": "A country's name or code.";
    DATE_OF_BIRTH = "date_of_birth": "A date or year of birth.";
    AGE = "age": "An age in years.";
    GENDER = "gender": "Sex, gender, or a salutation that tells it.";
    NATIONALITY = "nationality": "A citizenship.";
    RELIGION = "religion": "A religion or denomination.";
    ETHNICITY = "ethnicity": "An ethnic group.";
    HEALTH = "health": "A diagnosis, blood group, allergy, disability or the like.";
    MARITAL_STATUS = "marital_status": "Married, single and so on.";
    NATIONAL_ID = "national_id": "A number by which a state knows a person, social security included.";
    TAX_ID = "tax_id": "A number by which a tax office knows a payer.";
    PASSPORT = "passport": "The number of a passport.";
    DRIVING_LICENCE = "driving_licence": "The number of a driving licence.";
    IBAN = "iban": "An international bank account number.";
    ACCOUNT_NUMBER = "account_number": "A national bank account number, sort code or BIC.";
    CARD_NUMBER = "card_number": "The number of a payment card.";
    CARD_CVV = "card_cvv": "The security code of a payment card.";
    CARD_EXPIRY = "card_expiry": "The date at which a payment card expires.";
    IP_ADDRESS = "ip_address": "An IP address.";
    MAC_ADDRESS = "mac_address": "A hardware address.";
    IMEI = "imei": "A number of a telephone, SIM card or other device.";
    PASSWORD = "password": "A password, or its hash.";
    SECRET = "secret": "A token, key, PIN, session or security answer.";
    URL = "url": "A web address.";
    COMPANY = "company": "A company, or an employer.";
    JOB = "job": "A profession or position.";
    SALARY = "salary": "An income.";
    LICENCE_PLATE = "licence_plate": "The registration of a vehicle.";
    VIN = "vin": "The number of a vehicle's chassis.";
    LATITUDE = "latitude": "A latitude.";
    LONGITUDE = "longitude": "A longitude.";
    COORDINATES = "coordinates": "Both in one value.";
    NOTES = "notes": "Free text that people write.";
    COMMENT = "comment": "A remark or message.";
    SIGNATURE = "signature": "A signature.";
    PHOTO = "photo": "A portrait, or where it is stored.";
    BIOMETRIC = "biometric": "A fingerprint, voice print or the like.";
    PERSON_ID = "person_id": "The key of a person: a customer's, user's or employee's number.";
}
