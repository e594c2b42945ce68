use super::text::class;
use super::{Candidate, Detector, Entity, Evidence, Needs, Sink, Text};

/// Places on the globe.
pub(super) struct Coordinates;

impl Detector for Coordinates {
    fn name(&self) -> &'static str {
        "coordinates"
    }

    fn entity(&self) -> Entity {
        Entity::Coordinates
    }

    fn summary(&self) -> &'static str {
        "pairs of latitude and longitude, exact to some hundred metres; certain with the letters of the four winds"
    }

    fn example(&self) -> &'static str {
        "38.7223° N, 9.1393° W"
    }

    fn headers(&self) -> &'static [&'static str] {
        &[
            "lat",
            "latitude",
            "lon",
            "lng",
            "long",
            "longitude",
            "coordinates",
            "coords",
            "gps",
            "geo",
            "geolocation",
            "location",
            "lat lon",
            "lat lng",
            "position",
        ]
    }

    fn words(&self) -> &'static [&'static str] {
        &[
            "lat",
            "latitude",
            "lon",
            "lng",
            "longitude",
            "coordinates",
            "coords",
            "gps",
            "geo",
            "location",
            "point",
            "located",
        ]
    }

    fn needs(&self) -> Needs {
        Needs { all: class::POINT, digits: 4, length: 5, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        let mut end = 0;
        for run in text.runs {
            if run.start < end || !run.is_number() || run.len() > 3 {
                continue;
            }
            let Some(first) = angle(text, run.start) else { continue };
            let second = between(text, first.end).and_then(|(place, told)| Some((angle(text, place)?, told)));
            if let Some((second, told)) = second {
                if let Some(evidence) = judge(&first, &second, told) {
                    found.tell(Candidate::new(first.start..second.end, evidence, 0.01));
                    end = second.end;
                }
            } else if found.hinted(0) && first.decimals >= 3 && first.degrees <= 180.0 {
                let range = first.start..first.end;
                if text.is_whole(&range) {
                    found.tell(Candidate::new(range, Evidence::Weak, 0.5));
                }
            }
        }
    }
}

/// An angle in a text.
struct Angle {
    start: usize,
    end: usize,
    degrees: f64,
    /// Digits behind the point; minutes and seconds count as four.
    decimals: usize,
    /// `N`, `S`, `E`, `W`, or 0.
    wind: u8,
}

/// The angle whose first digit is at a place: `38.7223`, `-9.1393`, `38.7223° N`, `38°43'20.3"N`.
fn angle(text: &Text<'_>, place: usize) -> Option<Angle> {
    let sign = usize::from(matches!(text.before(place), b'-' | b'+'));
    let start = place - sign;
    let before = text.before(start);
    if before.is_ascii_alphanumeric() || matches!(before, b'.' | b'_' | b'-' | b'/' | b'$') {
        return None;
    }
    let (mut degrees, decimals, mut end) = decimal(text, place)?;
    let mut decimals = decimals;
    if text.slice(end..end + 2) == "°".as_bytes() {
        end += 2;
        for (scale, signs) in [(60.0, ["'", "′", "’"]), (3600.0, ["\"", "″", "”"])] {
            let next = end + usize::from(text.at(end) == b' ');
            let Some((value, _, after)) = decimal(text, next) else { break };
            let rest = text.slice(after..text.bytes().len());
            let Some(sign) = signs.iter().find(|sign| rest.starts_with(sign.as_bytes())) else { break };
            degrees += value / scale;
            (decimals, end) = (4, after + sign.len());
        }
    }
    let place = end + usize::from(text.at(end) == b' ');
    let wind =
        Some(text.at(place)).filter(|byte| b"NSEWO".contains(byte) && !text.at(place + 1).is_ascii_alphanumeric());
    let end = if wind.is_some() { place + 1 } else { end };
    let joined = text.at(end).is_ascii_alphanumeric() || text.at(end) == b'.' && text.at(end + 1).is_ascii_digit();
    (!joined).then_some(Angle { start, end, degrees, decimals, wind: wind.unwrap_or(0) })
}

/// A number without sign and with up to three digits before the point; how many it has behind; where it ends.
fn decimal(text: &Text<'_>, start: usize) -> Option<(f64, usize, usize)> {
    let (mut value, mut place) = (0.0, start);
    while text.at(place).is_ascii_digit() {
        value = 10.0 * value + f64::from(text.at(place) - b'0');
        place += 1;
    }
    if !matches!(place - start, 1..=3) {
        return None;
    }
    let (mut decimals, mut weight) = (0, 0.1);
    if text.at(place) == b'.' && text.at(place + 1).is_ascii_digit() {
        place += 1;
        while text.at(place).is_ascii_digit() {
            value += weight * f64::from(text.at(place) - b'0');
            (decimals, weight, place) = (decimals + 1, weight / 10.0, place + 1);
        }
    }
    Some((value, decimals, place))
}

/// Where the next number's first digit is, and whether a comma or semicolon stands between.
fn between(text: &Text<'_>, end: usize) -> Option<(usize, bool)> {
    let mut place = end;
    let told = matches!(text.at(place), b',' | b';');
    place += usize::from(told);
    let blanks = text.slice(place..place + 3).iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    place += blanks;
    if !told && blanks == 0 {
        return None;
    }
    place += usize::from(matches!(text.at(place), b'-' | b'+'));
    Some((place, told))
}

fn judge(first: &Angle, second: &Angle, told: bool) -> Option<Evidence> {
    let turned = matches!(first.wind, b'E' | b'W' | b'O');
    let (latitude, longitude) = if turned { (second, first) } else { (first, second) };
    let decimals = first.decimals.min(second.decimals);
    // WKT and GeoJSON put the longitude first.
    let fits = latitude.degrees <= 90.0 && longitude.degrees <= 180.0
        || latitude.degrees <= 180.0 && longitude.degrees <= 90.0;
    let winds = matches!(latitude.wind, b'N' | b'S') && matches!(longitude.wind, b'E' | b'W' | b'O');
    match decimals {
        _ if !fits => None,
        2.. if winds => Some(Evidence::Strong),
        4.. if told => Some(Evidence::Fair),
        3.. => Some(Evidence::Weak),
        _ => None,
    }
}
