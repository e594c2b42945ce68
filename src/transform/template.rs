use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, StringViewArray};

use super::slug::push_slug;
use super::text::{as_text, text};
use super::{
    Bound, Complaint, Example, Makes, Parameter, Params, Properties, Recipe, Refusal, Rewritten, Rows, Site, Span,
    Transform, TransformKind, is_text, nearest,
};
use crate::error::{Error, Result};
use crate::unchecked::TextBuilder;

/// `template`: a text composed of what other columns have become.
pub(super) struct Template;

impl TransformKind for Template {
    fn name(&self) -> &'static str {
        "template"
    }

    fn summary(&self) -> &'static str {
        "composed of what other columns of the row have become, so that an e-mail fits its name"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter {
            name: "text",
            takes: "a text with columns in braces",
            what: "`{column}` or `{path.to.leaf}` is the column's output, nothing where that is null; after a `|` come \
                   `slug` (lower-case ASCII letters and digits, `x` where none are left), `lower` or `upper`; \
                   `{{` and `}}` are braces",
        }]
    }

    fn makes(&self) -> Makes {
        Makes::Composed
    }

    fn properties(&self) -> Properties {
        Properties {
            deterministic: true,
            reversible: false,
            unique: false,
            keeps_length: false,
            keeps_type: true,
            keeps_format: false,
            always_differs: false,
            leaks: "which values are null, and whatever the outputs of the columns it names leak",
        }
    }

    fn example(&self) -> Example {
        Example {
            rule: r#"{ do = "template", text = "{first_name|slug}.{last_name|slug}@example.com" }"#,
            source: "ana.lopez@example.org",
            result: Some("zoe.ndiaye@example.com"),
        }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        let Some((span, text)) = params.text("text") else {
            params.missing("`template` needs a text", "write `text = \"…\"`, with the names of columns in braces");
            return None;
        };
        let (recipe, mistakes) = TemplateRecipe::read(&text);
        let clean = mistakes.is_empty();
        for Mistake { at, message, help } in mistakes {
            params.complain(Complaint::new(inside(&span, &text, at), message).help(help));
        }
        clean.then(|| Box::new(recipe) as Box<dyn Recipe>)
    }
}

/// The place of a part of a text in the rules file. A text written with an escape or with three quotes takes more room
/// there than its bytes and two quotes: then the place is the whole of it.
fn inside(span: &Span, text: &str, at: Range<usize>) -> Span {
    if span.len() == text.len() + 2 { span.start + 1 + at.start..span.start + 1 + at.end } else { span.clone() }
}

/// What is done to a value before it is put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    Slug,
    Lower,
    Upper,
}

impl Filter {
    const ALL: &[(&str, Self)] = &[("slug", Self::Slug), ("lower", Self::Lower), ("upper", Self::Upper)];

    fn append(self, value: &str, composed: &mut String) {
        match self {
            Self::Slug => push_slug(composed, value),
            Self::Lower => composed.push_str(&value.to_lowercase()),
            Self::Upper => composed.push_str(&value.to_uppercase()),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(String),
    /// A column, by its place among the columns of the recipe.
    Column(usize, Vec<Filter>),
}

/// Something wrong in a template's text, by its bytes there.
struct Mistake {
    at: Range<usize>,
    message: &'static str,
    help: String,
}

#[derive(Debug, Clone, Default)]
struct TemplateRecipe {
    parts: Vec<Part>,
    columns: Vec<String>,
}

impl TemplateRecipe {
    /// Reads a text to its end, whatever is wrong in it.
    fn read(text: &str) -> (Self, Vec<Mistake>) {
        let mut recipe = Self::default();
        let mut mistakes = Vec::new();
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let plain = rest.find(['{', '}']).unwrap_or(rest.len());
            let (literal, rest) = rest.split_at(plain);
            recipe.literal(literal);
            at += plain;
            at += if rest.starts_with("{{") || rest.starts_with("}}") {
                recipe.literal(&rest[..1]);
                2
            } else if let Some(open) = rest.strip_prefix('{') {
                match open.find(['{', '}']) {
                    Some(end) if open[end..].starts_with('}') => {
                        recipe.column(&open[..end], at..at + end + 2, &mut mistakes);
                        end + 2
                    }
                    _ => {
                        let help = "end the column's name with `}`, or write `{{` for a brace";
                        mistakes.push(Mistake {
                            at: at..at + 1,
                            message: "this brace is not closed",
                            help: help.into(),
                        });
                        1
                    }
                }
            } else if rest.starts_with('}') {
                let help = "begin the column's name with `{`, or write `}}` for a brace";
                mistakes.push(Mistake { at: at..at + 1, message: "this brace closes nothing", help: help.into() });
                1
            } else {
                0
            };
        }
        (recipe, mistakes)
    }

    fn literal(&mut self, text: &str) {
        match self.parts.last_mut() {
            Some(Part::Literal(literal)) => literal.push_str(text),
            _ if text.is_empty() => {}
            _ => self.parts.push(Part::Literal(text.to_owned())),
        }
    }

    /// Takes what stands between braces: a name, and filters after it.
    fn column(&mut self, inner: &str, at: Range<usize>, mistakes: &mut Vec<Mistake>) {
        let mut words = inner.split('|').map(str::trim);
        let name = words.next().unwrap_or_default();
        if name.is_empty() {
            let help = "write a column's name, or `{{` and `}}` for braces".to_owned();
            mistakes.push(Mistake { at: at.clone(), message: "no column is named between these braces", help });
        }
        let mut filters = Vec::new();
        for word in words {
            match Filter::ALL.iter().find(|(name, _)| *name == word) {
                Some((_, filter)) => filters.push(*filter),
                None => {
                    let help = match nearest(word, Filter::ALL.iter().map(|(name, _)| *name)) {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => "there are `slug`, `lower` and `upper`".to_owned(),
                    };
                    mistakes.push(Mistake { at: at.clone(), message: "there is no such filter", help });
                }
            }
        }
        let place = self.columns.iter().position(|column| column == name).unwrap_or_else(|| {
            self.columns.push(name.to_owned());
            self.columns.len() - 1
        });
        self.parts.push(Part::Column(place, filters));
    }
}

impl Recipe for TemplateRecipe {
    fn properties(&self) -> Properties {
        Template.properties()
    }

    fn reads_outputs(&self) -> Vec<String> {
        self.columns.clone()
    }

    fn fills_nulls(&self) -> bool {
        true
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        if !is_text(site.data_type) {
            return Err(Refusal::of_type("template", site, "text"));
        }
        Ok(Bound::same_type(site, Composer { recipe: self.clone(), fill_nulls: site.fill_nulls }))
    }
}

struct Composer {
    recipe: TemplateRecipe,
    fill_nulls: bool,
}

impl Transform for Composer {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten> {
        let outputs = self.recipe.columns.iter().map(|column| {
            let output = rows.output(column);
            as_text(output.ok_or_else(|| Error::internal("a template was not given an output that it reads"))?)
        });
        let outputs = outputs.collect::<Result<Vec<ArrayRef>>>()?;
        let outputs = outputs.iter().map(text).collect::<Result<Vec<&StringViewArray>>>()?;
        let mut builder = TextBuilder::new(values.len());
        let mut composed = String::new();
        for index in 0..values.len() {
            if values.is_null(index) && !self.fill_nulls {
                builder.push_null();
                continue;
            }
            composed.clear();
            self.compose(&outputs, rows.row(index), &mut composed)?;
            builder.push(&composed);
        }
        Ok(Rewritten::all(Arc::new(builder.finish())))
    }
}

impl Composer {
    fn compose(&self, outputs: &[&StringViewArray], row: usize, composed: &mut String) -> Result<()> {
        for part in &self.recipe.parts {
            let (place, filters) = match part {
                Part::Literal(literal) => {
                    composed.push_str(literal);
                    continue;
                }
                Part::Column(place, filters) => (place, filters),
            };
            let output = outputs.get(*place).filter(|output| row < output.len());
            let output = output.ok_or_else(|| Error::internal("an output that a template reads has too few rows"))?;
            let value = if output.is_valid(row) { output.value(row) } else { "" };
            match filters.split_last() {
                None => composed.push_str(value),
                Some((last, before)) => {
                    let value = before.iter().fold(Cow::Borrowed(value), |value, filter| {
                        let mut filtered = String::new();
                        filter.append(&value, &mut filtered);
                        Cow::Owned(filtered)
                    });
                    last.append(&value, composed);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
