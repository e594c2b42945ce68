use super::kernel::{Compose, Draw, Word};
use super::locale::Locale;

/// One or two last names and a legal form: `Weber GmbH`, `Weber-Koch GmbH`.
pub(super) struct Company {
    names: Vec<&'static str>,
    forms: Vec<&'static str>,
    /// Whether companies are also called by two names.
    paired: bool,
    gap: &'static str,
}

impl Company {
    pub(super) fn of(locale: &Locale) -> Option<Self> {
        let (names, forms) = locale.last_names().zip(locale.company_forms())?;
        Some(Self { names, forms, paired: !locale.family_first, gap: locale.gap })
    }
}

impl Compose for Company {
    fn compose(&self, draw: &Draw, value: &mut String) {
        let place = draw.turned(Word::First, self.names.len() as u64);
        let name = self.names.get(place as usize).copied().unwrap_or_default();
        value.push_str(name);
        let second = draw.one(Word::Second, &self.names);
        if self.paired && second != name && draw.below(Word::Third, 2) == 1 {
            value.push('-');
            value.push_str(second);
        }
        value.push_str(self.gap);
        value.push_str(draw.one(Word::Fourth, &self.forms));
    }

    fn turns(&self) -> u64 {
        self.names.len() as u64
    }
}
