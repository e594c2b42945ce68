//! Telephone numbers: what can be one by the numbering plans of the world, and where one stands in a text.

mod plans;
mod spans;
mod written;

use super::strength::Strength;
use plans::Plan;
use written::{Mark, Written};

pub use spans::spans;

/// A telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phone {
    /// The ISO 3166 code of the country whose plan it fits; the first of those that share a calling code; none where
    /// only its shape tells, or its code is no country's.
    pub country: Option<&'static str>,
    /// How it is written.
    pub form: Form,
    /// How sure it is.
    pub strength: Strength,
}

/// Whether a telephone number has its calling code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With it: `+33 1 42 68 53 00`.
    International,
    /// Without it: `01 42 68 53 00`.
    National,
}

/// Tells whether the whole of `text` is a telephone number, and of what kind.
///
/// `hint` is the ISO 3166 code of the country that national numbers are of, if it is known; without it the shape has
/// to tell: a trunk prefix, an area code in parentheses, the groups that are usual somewhere. An extension may follow.
///
/// ```
/// use bowdler::detect::Strength;
/// use bowdler::detect::phone::{Form, judge};
///
/// let phone = judge("+41 (0)44 668 18 00", None).unwrap();
/// assert_eq!((phone.country, phone.form, phone.strength), (Some("CH"), Form::International, Strength::Strong));
/// assert_eq!(judge("01 42 68 53 00", Some("FR")).unwrap().country, Some("FR"));
/// assert_eq!(judge("2024-01-15", None), None);
/// ```
pub fn judge(text: &str, hint: Option<&str>) -> Option<Phone> {
    let text = text.trim();
    let text = text.strip_prefix("tel:").unwrap_or(text);
    if !(4..=64).contains(&text.len()) {
        return None;
    }
    let written = Written::read(text)?;
    if written.plus {
        return international(written.digits()).map(|plan| Phone::of(plan, Form::International, Strength::Strong));
    }
    if is_something_else(&written) {
        return None;
    }
    let grouped = written.groups().len() > 1;
    let sure = if grouped { Strength::Strong } else { Strength::Weak };
    if let Some(plan) = written.digits().strip_prefix(b"00").and_then(international) {
        return Some(Phone::of(plan, Form::International, sure));
    }
    let hinted = hint.and_then(plans::of_country).and_then(|plan| of_hint(&written, plan));
    hinted.or_else(|| by_shape(&written))
}

impl Phone {
    fn of(plan: Plan, form: Form, strength: Strength) -> Self {
        Self { country: plan.country(), form, strength }
    }

    fn shaped(strength: Strength) -> Self {
        Self { country: None, form: Form::National, strength }
    }
}

/// The plan that digits with their calling code fit. A trunk prefix that was left in, `+44 07700 ..`, is forgiven.
fn international(digits: &[u8]) -> Option<Plan> {
    let digits = digits.get(..=15).map_or(digits, |_| &[]);
    (1..=3).find_map(|width| {
        let (head, national) = digits.split_at_checked(width)?;
        let code = head.iter().fold(0, |code, digit| code * 10 + u16::from(digit - b'0'));
        let fits = |plan: &&Plan| {
            plan.has(national) || (width > 1 && national.strip_prefix(b"0").is_some_and(|rest| plan.has(rest)))
        };
        plans::of_code(code).iter().find(fits).copied()
    })
}

/// Judges a number that is likely one of a country's.
fn of_hint(written: &Written, plan: Plan) -> Option<Phone> {
    let digits = written.digits();
    let with_trunk =
        plan.trunks().any(|trunk| digits.strip_prefix(trunk.as_bytes()).is_some_and(|rest| plan.has(rest)));
    let grouped = written.groups().len() > 1;
    if with_trunk || plan.has(digits) {
        let sure = with_trunk || grouped || plan.trunks().next().is_none() || plan.code() == 1;
        let strength = if sure { Strength::Strong } else { Strength::Weak };
        return Some(Phone::of(plan, Form::National, strength));
    }
    let mut code = plan.code();
    let mut width = 0;
    while code > 0 {
        (code, width) = (code / 10, width + 1);
    }
    let (head, national) = digits.split_at_checked(width)?;
    let same = head.iter().fold(0, |code, digit| code * 10 + u16::from(digit - b'0')) == plan.code();
    (same && plan.has(national)).then(|| Phone::of(plan, Form::International, Strength::Weak))
}

/// Judges a number that may be anyone's by how it is written.
fn by_shape(written: &Written) -> Option<Phone> {
    let (digits, groups) = (written.digits(), written.groups());
    let grouped = groups.len() > 1;
    if let Some(rest) = digits.strip_prefix(b"011")
        && let Some(plan) = international(rest)
        && groups.len() > 2
    {
        return Some(Phone::of(plan, Form::International, Strength::Strong));
    }
    let (ten, tens) = match (digits, groups) {
        ([b'1', rest @ ..], [1, tens @ ..]) => (rest, tens),
        _ => (digits, groups),
    };
    if ten.len() == 10 && plans::north_american(ten) && matches!(tens, [3, 3, 4] | [3, 7] | [10]) {
        let strength = if tens == [3, 3, 4] { Strength::Strong } else { Strength::Weak };
        return Some(Phone { country: Some("US"), ..Phone::shaped(strength) });
    }
    if tens == [3, 3, 4] && written.only(Mark::Hyphen) && ten.first() > Some(&b'0') {
        return None;
    }
    if let Some(rest) = digits.strip_prefix(b"0")
        && (8..=12).contains(&digits.len())
        && (plans::somewhere_after_zero(rest) || plans::somewhere(digits))
    {
        let sure = groups.len() > 2 || (grouped && (written.parentheses || written.has(Mark::Slash)));
        return Some(Phone::shaped(if sure && digits.len() > 8 { Strength::Strong } else { Strength::Weak }));
    }
    if let ([b'8', rest @ ..], [1, 3, 3, 2, 2]) = (digits, groups)
        && let Some(plan) = plans::of_code(7).iter().find(|plan| plan.has(rest))
    {
        return Some(Phone::of(*plan, Form::National, Strength::Strong));
    }
    let possible = plans::somewhere(digits) || plans::somewhere_after_zero(digits);
    if grouped && possible && (8..=11).contains(&digits.len()) {
        let area = written.parentheses && groups.first().is_some_and(|first| (2..=4).contains(first));
        return Some(Phone::shaped(if area { Strength::Strong } else { Strength::Weak }));
    }
    if groups == [3, 4] && digits.first().is_some_and(|first| *first >= b'2') && !written.has(Mark::Slash) {
        return Some(Phone::shaped(Strength::Weak));
    }
    let whole = !grouped && digits.len() >= 11;
    let plan = whole.then(|| international(digits)).flatten()?;
    Some(Phone::of(plan, Form::International, Strength::Weak))
}

/// Whether digits are grouped as something that is no telephone number: a date, an IPv4 address, a number with decimals
/// or thousands, a social security number, an ISBN.
fn is_something_else(written: &Written) -> bool {
    let groups = written.groups();
    let value = |group| written.value(group).unwrap_or(u32::MAX);
    let dotted = written.only(Mark::Dot);
    let day_and_month = |a, b| (1..=31).contains(&a) && (1..=31).contains(&b) && (a <= 12 || b <= 12);
    match groups {
        [4, 1..=2, 1..=2, ..] if !written.parentheses && !written.only(Mark::Space) => {
            (1800..2200).contains(&value(0)) && day_and_month(value(1), value(2))
        }
        [1..=2, 1..=2, 4 | 2] if !written.parentheses && groups != [2, 2, 2] => day_and_month(value(0), value(1)),
        [1..=2, 1..=2, 2] => !written.only(Mark::Space) && day_and_month(value(0), value(1)),
        [4, 4] => (0..2).all(|group| (1900..2100).contains(&value(group))),
        [1..=3, 1..=3, 1..=3, 1..=3] if dotted => (0..4).all(|group| value(group) <= 255),
        [_, _] if dotted => true,
        [1..=3, rest @ ..] if dotted && !rest.is_empty() => rest.iter().all(|length| *length == 3),
        [3, 2, 4] => !written.parentheses && (written.only(Mark::Hyphen) || written.only(Mark::Space)),
        [3, .., 1] => matches!(value(0), 978 | 979),
        [1, .., 1] => written.only(Mark::Hyphen) || written.only(Mark::Space),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_known_by_their_plan_and_shape() {
        use Form::{International, National};
        use Strength::{Strong, Weak};
        type Case = (&'static str, Option<&'static str>, Option<&'static str>, Form, Strength);
        let cases: &[Case] = &[
            ("+33 1 42 68 53 00", None, Some("FR"), International, Strong),
            ("+33142685300", None, Some("FR"), International, Strong),
            ("0033 1 42 68 53 00", None, Some("FR"), International, Strong),
            ("0033142685300", None, Some("FR"), International, Weak),
            ("011 44 20 7946 0958", None, Some("GB"), International, Strong),
            ("+44 07700 900123", None, Some("GB"), International, Strong),
            ("+1 (650) 253-0000 ext. 12", None, Some("US"), International, Strong),
            ("001-518-640-0854", None, Some("US"), International, Strong),
            ("650-253-0000", None, Some("US"), National, Strong),
            ("(650)253-0000x0135", None, Some("US"), National, Strong),
            ("6502530000", None, Some("US"), National, Weak),
            ("6502530000", Some("us"), Some("US"), National, Strong),
            ("06 12 34 56 78", None, None, National, Strong),
            ("06 12 34 56 78", Some("FR"), Some("FR"), National, Strong),
            ("612345678", Some("FR"), Some("FR"), National, Weak),
            ("33612345678", Some("FR"), Some("FR"), International, Weak),
            ("030/1234567", None, None, National, Strong),
            ("8 (495) 123-45-67", None, Some("RU"), National, Strong),
            ("(11) 91234-5678", Some("BR"), Some("BR"), National, Strong),
            ("467-3395", None, None, National, Weak),
            ("+870 773 111 632", None, None, International, Strong),
        ];
        for (text, hint, country, form, strength) in cases {
            let phone = judge(text, *hint).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(phone, Phone { country: *country, form: *form, strength: *strength }, "{text} {hint:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        let cases = [
            "2024-01-15",
            "15.01.2024",
            "15/01/2024",
            "1.2.2024",
            "192.168.100.200",
            "12345.6789",
            "1.234.567",
            "123.456.789",
            "123-45-6789",
            "978-3-16-148410-0",
            "0-306-40615-2",
            "4111 1111 1111 1111",
            "4111111111111111",
            "+999 123 456 789",
            "+1 111 253 0000",
            "911-253-0000",
            "650-911-0000",
            "650-153-0000",
            "123",
            "12345",
            "+33 0",
            "2019 2020",
            "12 Main St",
            "",
            "12345678",
        ];
        for text in cases {
            assert_eq!(judge(text, None), None, "{text}");
        }
    }
}
