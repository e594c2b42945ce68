use serde::Serialize;

/// What a piece of personal or secret data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Entity {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// The name of a person.
    PersonName,
    /// A postal address, or the street and number of one.
    Address,
    /// A postcode.
    Postcode,
    /// A date of birth.
    BirthDate,
    /// The number of a payment card.
    Card,
    /// An international bank account number.
    Iban,
    /// The code of a bank.
    Bic,
    /// A number that a state gave a person: of identity, tax, social insurance, health.
    NationalNumber,
    /// A number that a state gave a firm, a practice or a bank, which may be one person.
    OrganisationNumber,
    /// An IP address.
    Ip,
    /// The hardware address of a network card.
    Mac,
    /// A web address.
    Url,
    /// The number of a vehicle.
    Vin,
    /// The registration of a vehicle.
    LicencePlate,
    /// The number of a mobile telephone.
    Imei,
    /// The address of a purse of a cryptocurrency.
    Wallet,
    /// A place on the globe.
    Coordinates,
    /// What opens a door: a key of an interface, a token, a private key, a password in an address.
    Credential,
    /// A password.
    Password,
    /// The hash of a password.
    PasswordHash,
    /// The name of an account.
    Username,
}

/// What a kind of data means for the person whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// It names one person by itself.
    Direct,
    /// It helps to single out a person together with other data.
    Quasi,
    /// It does harm in the wrong hands, whoever's it is.
    Sensitive,
    /// It is no personal data by itself.
    None,
}

impl Entity {
    /// What it means for the person.
    pub fn class(self) -> Class {
        match self {
            Self::Email
            | Self::Phone
            | Self::PersonName
            | Self::Address
            | Self::Iban
            | Self::NationalNumber
            | Self::Vin
            | Self::LicencePlate
            | Self::Imei
            | Self::Username => Class::Direct,
            Self::Postcode
            | Self::BirthDate
            | Self::OrganisationNumber
            | Self::Ip
            | Self::Mac
            | Self::Wallet
            | Self::Coordinates
            | Self::Url => Class::Quasi,
            Self::Card | Self::Credential | Self::Password | Self::PasswordHash => Class::Sensitive,
            Self::Bic => Class::None,
        }
    }
}
