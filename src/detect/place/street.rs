//! Streets with house numbers, as people write them in a dozen languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::detect::fold::{Folded, Lexicon};
use crate::detect::strength::Strength;

/// Tells whether the whole of `text` is a street address: `12 Main St`, `10 bis rue de la Paix`, `Hauptstraße 5a`,
/// `Calle Mayor, 3`, `Via Roma 10`, `Keizersgracht 12-3`, `P.O. Box 12`; more of the address may follow.
///
/// Strong for a word that means street in the place where its language puts it, and a house number; weak for either a
/// street without number, or a number beside a word that also means something else.
pub fn street(text: &str) -> Option<Strength> {
    let text = text.trim();
    if !(5..=160).contains(&text.len()) {
        return None;
    }
    if is_post_box(text) {
        return Some(Strength::Strong);
    }
    let mut number = None;
    let (mut found, mut count): (Option<(usize, Kind, bool)>, _) = (None, 0);
    for (place, word) in text.split([' ', ',', ';', '\n', '\t']).filter(|word| !word.is_empty()).enumerate() {
        count = place + 1;
        if place > 24 {
            return None;
        }
        if number.is_none_or(|number: usize| number != 0) && is_house_number(word) && place < 9 {
            number = Some(place);
        } else if found.is_none_or(|(_, _, sure)| !sure) {
            let fitting = kind(word).filter(|(kind, _)| kind.may_stand(place, number));
            found = fitting.map(|(kind, sure)| (place, kind, sure)).or(found);
        }
    }
    let (at, kind, sure) = found?;
    let numbered = number.is_some_and(|number| number.abs_diff(at) <= 6);
    match (numbered, sure) {
        (true, true) => Some(Strength::Strong),
        (true, false) => Some(Strength::Weak),
        (false, true) => (kind == Kind::Within || (2..=8).contains(&count)).then_some(Strength::Weak),
        (false, false) => None,
    }
}

/// Where a word for a street stands in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// After it: Main Street.
    After,
    /// Before it: rue de la Paix.
    Before,
    /// As its end: Hauptstraße.
    Within,
}

impl Kind {
    fn may_stand(self, place: usize, number: Option<usize>) -> bool {
        match self {
            Self::After => place > 1 || (place == 1 && number.is_none()),
            Self::Before => place == 0 || number.is_some_and(|number| place - number <= 2),
            Self::Within => true,
        }
    }
}

/// The kind of a word for a street, and whether it means nothing else.
fn kind(word: &str) -> Option<(Kind, bool)> {
    let folded = Folded::of(word.trim_end_matches('.'))?;
    WORDS.whole.get_folded(&folded).or_else(|| WORDS.by_end(folded.as_str()))
}

/// The words for streets, ready to be looked up.
struct Words {
    whole: Lexicon<(Kind, bool)>,
    /// The ends of words, by their last letter; those that mean nothing else come first.
    ends: BTreeMap<u8, Vec<(&'static str, bool)>>,
}

static WORDS: LazyLock<Words> = LazyLock::new(Words::new);

impl Words {
    fn new() -> Self {
        let of = |list: &'static str, kind, sure| list.split_ascii_whitespace().map(move |word| (word, (kind, sure)));
        // Of a word that is in two lists, the first counts.
        let lists = of(BEFORE, Kind::Before, true)
            .chain(of(AFTER, Kind::After, true))
            .chain(of(BEFORE_OR_ELSE, Kind::Before, false))
            .chain(of(AFTER_OR_ELSE, Kind::After, false));
        let mut ends: BTreeMap<u8, Vec<(&'static str, bool)>> = BTreeMap::new();
        for (list, sure) in [(ENDINGS, true), (ENDINGS_OR_ELSE, false)] {
            for end in list.split_ascii_whitespace() {
                ends.entry(end.bytes().next_back().unwrap_or_default()).or_default().push((end, sure));
            }
        }
        Self { whole: Lexicon::new(lists, |first, _| first), ends }
    }

    fn by_end(&self, word: &str) -> Option<(Kind, bool)> {
        let ends = self.ends.get(&word.bytes().next_back()?)?;
        let fits = |(end, _): &&(&str, bool)| word.strip_suffix(*end).is_some_and(|head| head.len() > 2);
        ends.iter().find(fits).map(|(_, sure)| (Kind::Within, *sure))
    }
}

/// `12`, `12a`, `12-14`, `12/3`, `12bis`, `#12`, `n°12`: at most five digits first.
fn is_house_number(word: &str) -> bool {
    let word = ["#", "n°", "nº", "no.", "nr."].iter().find_map(|sign| word.strip_prefix(sign)).unwrap_or(word);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = word.get(digits..).unwrap_or_default().trim_end_matches('.');
    let range = rest.strip_prefix(['-', '/', '–']).unwrap_or(rest);
    let numbers = range.trim_start_matches(|c: char| c.is_ascii_digit());
    let letters =
        matches!(numbers, "bis" | "ter" | "quater") || numbers.len() <= 1 && numbers.chars().all(char::is_alphabetic);
    (1..=5).contains(&digits) && letters && rest.len() <= 7
}

fn is_post_box(text: &str) -> bool {
    let first = text.as_bytes().first().map(u8::to_ascii_lowercase);
    if !matches!(first, Some(b'p' | b'b' | b'a' | b'c' | b's')) {
        return false;
    }
    let names = [
        "p.o. box",
        "po box",
        "p o box",
        "post office box",
        "postfach",
        "boite postale",
        "boîte postale",
        "apartado de correos",
        "apartado",
        "casella postale",
        "caixa postal",
        "postbus",
        "skrytka pocztowa",
        "postboks",
    ];
    names.iter().any(|name| {
        let head = text.get(..name.len()).is_some_and(|head| head.to_lowercase() == *name);
        let rest = text.get(name.len()..).unwrap_or_default().trim_start_matches([' ', ':', '#']);
        head && rest.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// English, German, Dutch, Turkish: after the name.
const AFTER: &str = "street strasse gasse straat st str avenue ave av road rd lane ln boulevard blvd highway hwy parkway pkwy crescent cres expressway \
    freeway turnpike tpke terrace terr causeway alley bypass chowk marg cul-de-sac esplanade mews cadde caddesi cad sokak sokagi sok bulvari utca utja krt korut koz setany ulica ulice";

/// Words of street names that mean other things as well.
const AFTER_OR_ELSE: &str = "drive weg platz dr way court ct place pl square sq close circle cir trail trl loop row walk gardens grove hill \
    park rise view path pike plaza run route trace crossing ridge heights point wharf quay vale green spur knoll ford fords \
    forge forges glen manor mill mills port ports rapids shoal shoals station stravenue summit track tunnel underpass union valley \
    viaduct village ville vista island isle junction key lake landing mall meadow meadows mission mount mountain orchard oval pass \
    passage pine prairie ramp ranch river shore spring springs stream creek corner corners course cove curve dale estate estates \
    extension falls ferry field fields flats forest fork garden gateway harbor haven inlet bridge brook burg canyon cape center common";

/// French, Spanish, Italian, Portuguese, Romanian, Polish, Czech, Russian: before the name.
const BEFORE: &str = "rue boulevard bd bld chemin impasse allee allees quai avenue av faubourg fbg montee venelle esplanade calle c/ \
    avenida avda avd avinguda carrer paseo plaza pza plza glorieta camino carretera ctra travesia ronda viale v.le piazza piazzale p.zza \
    corso c.so vicolo largo lungomare strada contrada rua r. travessa praca praceta alameda estrada rodovia ulica ul al aleja aleje plac \
    osiedle strada str bulevardul bd calea soseaua ulitsa prospekt pereulok naberezhnaya naberezhnaia nab bulvar per shosse vul vulitsya vulitsia provulok jalan jl jln gang gg aleea \
    intrarea splaiul fundatura odos leoph leophoros calzada calz privada prol prolongacion callejon andador circuito cerrada retorno \
    ladeira viela beco trg";

const BEFORE_OR_ELSE: &str = "via setor quadra vila vereda trecho distrito parque condominio corredor viaducto periferico eje pr prospekt mah route place cours passage square sentier voie cite residence hameau lieu-dit rambla barrio alto largo \
    os pl";

/// German, Dutch, Danish, Norwegian, Swedish, Finnish, Hungarian: the end of the word.
const ENDINGS: &str = "strasse str straat gracht gasse platz allee laan plein kade singel dreef vagen gatan gata gate gaten veien vegen \
    gade katu polku steenweg dijk chaussee promenade utca";

const ENDINGS_OR_ELSE: &str = "weg ring damm ufer steig pfad hof berg markt tor graben vej vei vag tie kuja allen stien torget torvet \
    lei hage wal steeg pad park";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_in_many_languages() {
        let strong = [
            "12 Main St",
            "221B Baker Street",
            "1600 Pennsylvania Ave NW, Washington, DC 20500",
            "10 Downing Street, London",
            "12 rue de la Paix",
            "12, rue de la Paix, 75002 Paris",
            "10 bis avenue Foch",
            "Hauptstraße 5",
            "Hauptstr. 5a, 10115 Berlin",
            "Kurfürstendamm-Allee 12",
            "Calle Mayor, 3",
            "C/ Mayor 3",
            "Avda. de América 12",
            "Viale Europa 22",
            "Corso Italia, 12",
            "Rua Augusta 1500",
            "Avenida Paulista, 1578",
            "Keizersgracht 123",
            "Dorpsstraat 5-7",
            "ul. Marszałkowska 10",
            "Drottninggatan 12",
            "Storgata 5",
            "Istiklal Caddesi No 12",
            "P.O. Box 1234",
            "Postfach 12 34",
            "Postbus 12",
        ];
        for text in strong {
            assert_eq!(street(text), Some(Strength::Strong), "{text}");
        }
    }

    #[test]
    fn what_may_be_something_else_is_weak() {
        for text in [
            "12 Park Drive",
            "5 Oak Court",
            "Via Roma 10",
            "Main Street",
            "rue de la Paix",
            "Hauptstraße",
            "Lange Weg 4",
            "Mühlenweg 3",
        ] {
            assert_eq!(street(text), Some(Strength::Weak), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_none() {
        let cases = [
            "",
            "12",
            "Main",
            "Order 12 received",
            "12 items in stock",
            "version 3",
            "John Smith",
            "2024-01-15",
            "Mountain View",
            "drive",
            "The way we work",
            "Paris",
            "555 123 4567",
            "street",
            "a by b",
        ];
        for text in cases {
            assert_eq!(street(text), None, "{text}");
        }
    }
}
