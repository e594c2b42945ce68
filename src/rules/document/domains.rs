use std::collections::BTreeMap;

use crate::key::SMALLEST_DOMAIN;
use crate::transform::{Complaint, Domain, Fields, Form, Section, Span, Value, read_day};

/// The forms by their names, with what they have where nothing else is declared.
const FORMS: &[(&str, Form)] = &[
    ("text", Form::Text { length: Form::TEXT_LENGTH }),
    ("integer", Form::Integer { min: 0, max: i64::MAX as i128 }),
    ("uuid", Form::Uuid),
    ("digits", Form::Digits { length: 6 }),
    ("decimal", Form::Decimal { min: 0, max: i64::MAX as i128, scale: 2 }),
    ("date", Form::Date { min: FIRST_DAY, max: LAST_DAY }),
];

/// 0001-01-01 and 9999-12-31.
const FIRST_DAY: i64 = -719_162;
const LAST_DAY: i64 = 2_932_896;

/// Reads the identity domains.
pub(super) fn read(fields: Fields, complaints: &mut Vec<Complaint>) -> BTreeMap<String, Domain> {
    let mut domains = BTreeMap::new();
    for (name, (span, value)) in fields {
        let Value::Table(fields) = value else {
            complaints.push(Complaint::new(span, "a domain is a table").help("as in { form = \"text\" }"));
            continue;
        };
        let mut section = Section::new(span.clone(), fields);
        let form = match section.word("form", FORMS) {
            Some((_, form)) => declared(form, &mut section),
            None => {
                if !section.has("form") {
                    let names: Vec<_> = FORMS.iter().map(|(name, _)| format!("\"{name}\"")).collect();
                    section.missing("a domain has a form", format!("write form = one of {}", names.join(", ")));
                }
                Form::Text { length: Form::TEXT_LENGTH }
            }
        };
        complaints.extend(section.finish());
        domains.insert(name, Domain { form, span });
    }
    domains
}

/// The form with what is declared beside it. A mistake leaves the form as it is without.
fn declared(form: Form, section: &mut Section) -> Form {
    match form {
        Form::Text { length } => {
            let length = section.integer("length", 8, 51).map_or(length, |(_, length)| length as usize);
            Form::Text { length }
        }
        Form::Integer { .. } => numbers(section, 0).map_or(form, |(min, max)| Form::Integer { min, max }),
        Form::Uuid => Form::Uuid,
        Form::Digits { .. } => {
            if !section.has("length") {
                section
                    .missing("a domain of digits needs their number", "write `length = 9`, or however many there are");
            }
            section.integer("length", 6, 38).map_or(form, |(_, length)| Form::Digits { length: length as usize })
        }
        Form::Decimal { .. } => {
            if !section.has("scale") {
                section.missing("a domain of decimals needs the number of their decimals", "write `scale = 2`");
            }
            let scale = section.integer("scale", 1, 18).map_or(2, |(_, scale)| scale as u8);
            numbers(section, scale).map_or(form, |(min, max)| Form::Decimal { min, max, scale })
        }
        Form::Date { .. } => dates(section).map_or(form, |(min, max)| Form::Date { min, max }),
    }
}

/// A domain below the limit of SP 800-38G revision 1.
fn too_small(span: Span, help: &str) -> Complaint {
    Complaint::new(span, "a domain of fewer than 1,000,000 values can be guessed through").help(help)
}

/// The range of a domain of numbers, in units of the last decimal. `min` and `max` are whole numbers.
fn numbers(section: &mut Section, scale: u8) -> Option<(i128, i128)> {
    let min = section.integer("min", i64::MIN, i64::MAX).map_or(0, |(_, min)| i128::from(min));
    let Some((span, max)) = section.integer("max", i64::MIN, i64::MAX) else {
        section.missing(
            "a domain of integers or decimals needs its largest value",
            "write `max = 999_999_999`, or as large as the values may become",
        );
        return None;
    };
    let unit = 10i128.pow(scale.into());
    let (min, max) = (min * unit, i128::from(max) * unit);
    if max - min < SMALLEST_DOMAIN as i128 - 1 {
        section.complain(too_small(span, "give it a larger `max`, or generalise the column instead"));
        return None;
    }
    Some((min, max))
}

/// The range of a domain of dates.
fn dates(section: &mut Section) -> Option<(i64, i64)> {
    let mut day = |name: &'static str, default: i64| {
        let Some((span, text)) = section.text(name) else { return (section.span(), Some(default)) };
        let day = read_day(&text).filter(|day| (FIRST_DAY..=LAST_DAY).contains(day));
        if day.is_none() {
            let message = format!("`{name}` takes a day from \"0001-01-01\" to \"9999-12-31\"");
            section.complain(Complaint::new(span.clone(), message));
        }
        (span, day)
    };
    let ((_, min), (span, max)) = (day("min", FIRST_DAY), day("max", LAST_DAY));
    let (min, max) = (min?, max?);
    if i128::from(max) - i128::from(min) < SMALLEST_DOMAIN as i128 - 1 {
        let help =
            "without `min` and `max` it has all dates there are; `shift` and `generalise` keep a date near its source";
        section.complain(too_small(span, help));
        return None;
    }
    Some((min, max))
}
