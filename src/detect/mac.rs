use memchr::memchr3_iter;

use super::text::class;
use super::{Candidate, Detector, Entity, Evidence, Needs, Sink, Text};

/// Hardware addresses of network cards.
pub(super) struct Mac;

impl Detector for Mac {
    fn name(&self) -> &'static str {
        "mac"
    }

    fn entity(&self) -> Entity {
        Entity::Mac
    }

    fn summary(&self) -> &'static str {
        "hardware addresses (EUI-48 and EUI-64) in pairs or fours; twelve digits without separators only by header"
    }

    fn example(&self) -> &'static str {
        "3c:22:fb:9a:01:7e"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["mac", "mac address", "mac addr", "hardware address", "hw address", "bssid", "eui"]
    }

    fn words(&self) -> &'static [&'static str] {
        &["mac", "mac address", "hardware address", "bssid", "ethernet", "hwaddr", "ether", "wi-fi", "wifi"]
    }

    fn needs(&self) -> Needs {
        Needs { length: 12, digits: 1, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        if text.survey.classes & (class::COLON | class::HYPHEN | class::POINT) != 0 {
            let mut end = 0;
            for place in memchr3_iter(b':', b'-', b'.', text.bytes()) {
                let width = if text.at(place) == b'.' { 4 } else { 2 };
                if let Some(start) = place.checked_sub(width)
                    && start >= end
                    && let Some(candidate) = address(text, start, width)
                {
                    end = candidate.range.end;
                    found.tell(candidate);
                }
            }
        }
        if found.hinted(0)
            && let [run] = text.runs
            && run.len() == 12
            && run.is_hex()
        {
            found.tell(Candidate::new(run.start..run.end, Evidence::Weak, 0.5));
        }
    }
}

/// The address in groups of `width` that starts at a place.
fn address(text: &Text<'_>, start: usize, width: usize) -> Option<Candidate> {
    let separator = text.at(start + width);
    let is_apart = |byte: u8| !byte.is_ascii_alphanumeric() && byte != separator && byte != b'_';
    if !is_apart(text.before(start)) {
        return None;
    }
    let (mut address, mut digits, mut place) = (0u64, 0, start);
    loop {
        for byte in text.slice(place..place + width) {
            address = address << 4 | u64::from(char::from(*byte).to_digit(16)?);
            digits += 1;
        }
        place += width;
        if digits >= 16 || text.at(place) != separator {
            break;
        }
        place += 1;
    }
    if !matches!(digits, 12 | 16) || !is_apart(text.at(place)) {
        return None;
    }
    let bytes = text.slice(start..place);
    // Of all zeros, of all ones, or of many cards at once.
    let nobody = address == 0 || address >> (4 * digits - 8) & 1 == 1;
    // Eight pairs may be of a digest; made of six, they have these two in the middle (RFC 4291, appendix A).
    let (telling, odds) = if digits == 12 || address >> 24 & 0xffff == 0xfffe { (true, 1e-3) } else { (false, 0.5) };
    let evidence = if nobody {
        Evidence::Capped
    } else if telling && bytes.iter().any(u8::is_ascii_alphabetic) {
        Evidence::Strong
    } else {
        Evidence::Fair
    };
    Some(Candidate::new(start..place, evidence, odds))
}
