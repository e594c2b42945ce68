//! What a workbook holds beside the cells of its table: for whoever looks for what is left in it.

use std::collections::HashSet;
use std::path::Path;

use arrow::array::{AsArray, RecordBatch};

use super::package::{each_part, open};
use crate::format::Notes;

/// The texts of all parts but what stands in cells, each with the part's name; and which parts are no texts.
pub(super) fn of(path: &Path, rows: &RecordBatch) -> Notes {
    let mut notes = Notes::default();
    let names = rows.schema();
    let mut cells: HashSet<&str> = names.fields().iter().map(|field| field.name().as_str()).collect();
    let columns = rows.columns().iter().filter_map(|column| column.as_string_view_opt());
    columns.for_each(|column| cells.extend(column.iter().flatten()));
    let mut has_others = false;
    let seen = open(path).and_then(|mut archive| {
        each_part(&mut archive, |name, bytes| {
            if name.ends_with('/') || bytes.is_empty() {
                return Ok(());
            }
            match std::str::from_utf8(bytes) {
                Ok(text) if name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".vml") => {
                    let kind = Kind::of(name);
                    texts(text, kind, &mut |text| {
                        if kind != Kind::Texts || !cells.contains(text) {
                            notes.texts.push((name.to_owned(), text.to_owned()));
                        }
                    });
                }
                _ => has_others = true,
            }
            Ok(())
        })
    });
    if has_others {
        notes.unseen.push((
            "the workbook has parts that are no text, such as pictures, macros or files in it: they were not looked at",
            "take them out of the workbook, or write it anew with bowdler",
        ));
    }
    if seen.is_err() {
        notes.unseen.push((
            "what the workbook holds beside its cells can't be read: it was not looked at",
            "save it anew in a spreadsheet program",
        ));
    }
    notes.texts.sort();
    notes.texts.dedup();
    notes
}

/// What a part is, as far as it makes a difference to which of its texts are no cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A sheet: what stands in its cells is looked at as a table.
    Sheet,
    /// The texts that cells point to.
    Texts,
    Other,
}

impl Kind {
    fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        if name.contains("worksheets/") && !name.ends_with(".rels") {
            Self::Sheet
        } else if name.ends_with("sharedstrings.xml") {
            Self::Texts
        } else {
            Self::Other
        }
    }
}

/// Gives the texts of a part to `tell`: what stands between its tags, and the values of attributes.
fn texts(part: &str, kind: Kind, tell: &mut impl FnMut(&str)) {
    for piece in part.split('<').skip(1) {
        let (tag, between) = piece.split_once('>').unwrap_or((piece, ""));
        let element = tag.split([' ', '\t', '\n', '\r', '/', '>']).next().unwrap_or_default();
        let element = element.rsplit(':').next().unwrap_or_default();
        let is_cell = kind == Kind::Sheet && matches!(element, "c" | "row" | "v" | "t" | "is" | "dimension");
        if !is_cell && !between.trim().is_empty() {
            tell(&unescaped(between));
        }
        if kind != Kind::Texts && !is_cell && !tag.starts_with(['?', '!']) {
            for attribute in tag.split('"').skip(1).step_by(2) {
                let is_name = attribute.starts_with("http://schemas.") || attribute.starts_with("http://purl.org/");
                if attribute.chars().filter(|c| c.is_alphanumeric()).count() > 2 && !is_name {
                    tell(&unescaped(attribute));
                }
            }
        }
    }
}

fn unescaped(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_outside_cells_are_found() {
        let told = |part: &str, kind| {
            let mut told = Vec::new();
            texts(part, kind, &mut |text| told.push(text.to_owned()));
            told
        };
        let sheet = "<?xml version=\"1.0\"?><worksheet><row r=\"1000\"><c r=\"A1000\" t=\"s\"><f>\"Ana\"&amp;A1</f><v>1234</v></c></row>\
                     <hyperlink ref=\"A1\" display=\"mail to Ana\"/><oddHeader>Secret &amp; more</oddHeader></worksheet>";
        assert_eq!(told(sheet, Kind::Sheet), ["\"Ana\"&A1", "mail to Ana", "Secret & more"]);
        let texts = "<sst uniqueCount=\"100\"><si><t>one</t></si><si><t xml:space=\"preserve\"> two </t></si></sst>";
        assert_eq!(told(texts, Kind::Texts), ["one", " two "]);
        assert_eq!(told("<dc:creator>Ana Silva</dc:creator>", Kind::Other), ["Ana Silva"]);
        assert_eq!(told("no tags at all > here", Kind::Other), Vec::<String>::new());
    }
}
