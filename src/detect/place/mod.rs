//! Places: streets with house numbers, postal codes, cities, regions, countries.

mod cities;
mod countries;
mod postcode;
mod street;

use std::sync::LazyLock;

use super::fold::Lexicon;

pub use countries::{country, country_code, us_state};
pub use postcode::postcode;
pub use street::street;

static CITIES: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(cities::CITIES.iter().flat_map(|list| list.split(',')).map(|city| (city, ())), |(), ()| ())
});

/// Whether the whole of `text` is the name of one of some five hundred large cities, in English or in its own language,
/// in any case and with or without accents.
pub fn city(text: &str) -> bool {
    CITIES.get(text.trim()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_are_known_in_any_case_and_with_any_accents() {
        for text in [
            "Paris",
            "LONDON",
            "München",
            "Munich",
            "Sao Paulo",
            "São Paulo",
            "Kraków",
            "New York",
            "'s-Hertogenbosch",
            "İstanbul",
        ] {
            assert!(city(text), "{text}");
        }
        for text in ["", "Street", "Paris France", "12", "Invoice"] {
            assert!(!city(text), "{text}");
        }
    }
}
