//! Kinds that are made of a person's names.

use super::gender::Sex;
use super::kernel::{Compose, Draw, Word};
use super::locale::Locale;
use crate::transform::slug::push_slug;
use crate::unchecked::push_ascii;

/// First and last name in the locale's order.
pub(super) struct FullName {
    /// For everybody, for men and for women.
    firsts: [Vec<&'static str>; 3],
    lasts: Vec<&'static str>,
    family_first: bool,
    gap: &'static str,
}

impl FullName {
    pub(super) fn of(locale: &Locale) -> Option<Self> {
        let (firsts, lasts) = locale.first_names().zip(locale.last_names())?;
        let [men, women] = locale.gendered_names().unwrap_or_else(|| [firsts.clone(), firsts.clone()]);
        let firsts = [firsts, men, women];
        Some(Self { firsts, lasts, family_first: locale.family_first, gap: locale.gap })
    }
}

impl Compose for FullName {
    fn compose(&self, draw: &Draw, value: &mut String) {
        let first = draw.one(Word::First, self.firsts.get(Sex::place(draw.sex())).map_or(&[], Vec::as_slice));
        let place = draw.turned(Word::Second, self.lasts.len() as u64);
        let last = self.lasts.get(place as usize).copied().unwrap_or_default();
        let (one, other) = if self.family_first { (last, first) } else { (first, last) };
        [one, self.gap, other].into_iter().for_each(|part| value.push_str(part));
    }

    fn turns(&self) -> u64 {
        self.lasts.len() as u64
    }
}

/// How many base36 characters keep people of one name apart: 36^6 are two thousand million.
const SPREAD: u32 = 6;

/// A first and a last name as they stand in an address, and some characters that keep people of one name apart.
struct Handle {
    firsts: Vec<String>,
    lasts: Vec<String>,
}

impl Handle {
    const TURNS: u64 = 36u64.pow(SPREAD);

    fn of(locale: &Locale) -> Option<Self> {
        let slugs = |names: Vec<&str>| {
            let slug = |name: &&str| {
                let mut slug = String::new();
                push_slug(&mut slug, name);
                slug
            };
            names.iter().map(slug).collect()
        };
        Some(Self { firsts: slugs(locale.first_names()?), lasts: slugs(locale.last_names()?) })
    }

    /// Takes the first three words of the draw.
    fn compose(&self, draw: &Draw, between: char, value: &mut String) {
        value.push_str(draw.one(Word::First, &self.firsts));
        value.push(between);
        value.push_str(draw.one(Word::Second, &self.lasts));
        value.push(between);
        push_base36::<{ SPREAD as usize }>(value, draw.turned(Word::Third, Self::TURNS));
    }
}

/// Appends the lowest `N` base36 digits of a number, the lowest first.
pub(super) fn push_base36<const N: usize>(value: &mut String, mut number: u64) {
    let digits: [u8; N] = std::array::from_fn(|_| {
        let digit = (number % 36) as u8;
        number /= 36;
        if digit < 10 { b'0' + digit } else { b'a' - 10 + digit }
    });
    push_ascii(value, digits, 0);
}

/// `anna_weber_k3x09q`.
pub(super) struct UserName(Handle);

impl UserName {
    pub(super) fn of(locale: &Locale) -> Option<Self> {
        Handle::of(locale).map(Self)
    }
}

impl Compose for UserName {
    fn compose(&self, draw: &Draw, value: &mut String) {
        self.0.compose(draw, '_', value);
    }

    fn turns(&self) -> u64 {
        Handle::TURNS
    }
}

/// The domains that nobody can receive mail at (RFC 2606, section 3).
pub(super) const DOMAINS: &[&str] = &["example.com", "example.org", "example.net"];

/// `anna.weber.k3x09q@example.com`.
pub(super) struct Email(Handle);

impl Email {
    pub(super) fn of(locale: &Locale) -> Option<Self> {
        Handle::of(locale).map(Self)
    }
}

impl Compose for Email {
    fn compose(&self, draw: &Draw, value: &mut String) {
        self.0.compose(draw, '.', value);
        value.push('@');
        value.push_str(draw.one(Word::Fourth, DOMAINS));
    }

    fn turns(&self) -> u64 {
        Handle::TURNS
    }
}
