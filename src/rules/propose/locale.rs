use super::TableFacts;
use crate::detect::words::split;

/// Words of headings that tell a language, by the locale that has every kind of fake. Where there is none for a
/// language, the names stay foreign to it.
const TELLING: &[(&str, &[&str])] = &[
    (
        "fr_FR",
        &["nom", "prenom", "adresse", "ville", "telephone", "courriel", "naissance", "pays", "montant", "numero"],
    ),
    (
        "de_DE",
        &[
            "vorname",
            "nachname",
            "strasse",
            "ort",
            "plz",
            "telefon",
            "geburtsdatum",
            "hausnummer",
            "betrag",
            "datum",
            "kunde",
        ],
    ),
    ("en_GB", &["postcode", "surname", "nino", "nhs", "mobile", "county"]),
];

/// The locale of a table's fakes, by the words of its headings.
pub(super) fn guess(table: &TableFacts) -> &'static str {
    let words: Vec<String> = table.columns.iter().flat_map(|column| split(&column.path)).collect();
    let score = |telling: &[&str]| words.iter().filter(|word| telling.contains(&word.as_str())).count();
    let scores = TELLING.iter().map(|(locale, telling)| (score(telling), *locale));
    scores.rev().max_by_key(|(score, _)| *score).filter(|(score, _)| *score > 0).map_or("en_US", |(_, locale)| locale)
}
