use super::coded::push;
use super::kernel::{Compose, Draw, Word};
use super::locale::Locale;
use super::words::Streets;

/// House number and street in the locale's order.
pub(super) struct Street {
    names: Vec<&'static str>,
    streets: &'static Streets,
}

impl Street {
    pub(super) fn of(locale: &Locale) -> Option<Self> {
        let streets = locale.streets?;
        let names = match streets.names {
            Some(names) => names.to_vec(),
            None => locale.last_names()?,
        };
        Some(Self { names, streets })
    }
}

impl Compose for Street {
    fn compose(&self, draw: &Draw, value: &mut String) {
        let (lowest, highest) = self.streets.numbers;
        for c in self.streets.layout.chars() {
            match c {
                '#' => {
                    let number = lowest + draw.turned(Word::First, highest - lowest + 1);
                    push(value, number, 1);
                }
                '%' => value.push_str(draw.one(Word::Second, &self.names)),
                '@' => value.push_str(draw.one(Word::Third, self.streets.kinds)),
                c => value.push(c),
            }
        }
    }

    fn turns(&self) -> u64 {
        let (lowest, highest) = self.streets.numbers;
        highest - lowest + 1
    }
}

/// A house number alone, as high as the locale's streets have them.
pub(super) struct Building {
    lowest: u64,
    highest: u64,
}

impl Building {
    pub(super) fn of(locale: &Locale) -> Self {
        let (lowest, highest) = locale.streets.map_or((1, 299), |streets| streets.numbers);
        Self { lowest, highest }
    }
}

impl Compose for Building {
    fn compose(&self, draw: &Draw, value: &mut String) {
        push(value, self.lowest + draw.turned(Word::First, self.turns()), 1);
    }

    fn turns(&self) -> u64 {
        self.highest - self.lowest + 1
    }
}
