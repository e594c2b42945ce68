use console::{measure_text_width, truncate_str};

use crate::error::printable;

/// What stands between two columns.
const GAP: &str = "  ";

/// Lines of cells, laid out in columns as wide as their widest cell.
#[derive(Debug)]
pub(super) struct Table {
    indent: usize,
    lines: Vec<Vec<String>>,
}

impl Table {
    /// An empty table, to be set in by `indent` blanks.
    pub(super) fn new(indent: usize) -> Self {
        Self { indent, lines: Vec::new() }
    }

    /// Adds a line, with what could drive a terminal escaped. Lines may differ in how many cells they have.
    pub(super) fn line<const N: usize>(&mut self, cells: [impl AsRef<str>; N]) {
        self.lines.push(cells.into_iter().map(|cell| printable(cell.as_ref())).collect());
    }

    /// The table as text. Where the last cell of a line goes past `width`, it is broken at blanks and goes on below
    /// itself; a line without room for that is left as long as it is.
    pub(super) fn render(&self, width: Option<usize>) -> String {
        let mut widths: Vec<usize> = Vec::new();
        for line in &self.lines {
            // The last cell needs no room to its right.
            for (place, cell) in line.iter().enumerate().take(line.len().saturating_sub(1)) {
                let wide = measure_text_width(cell);
                match widths.get_mut(place) {
                    Some(width) => *width = wide.max(*width),
                    None => widths.push(wide),
                }
            }
        }
        let mut text = String::new();
        for line in &self.lines {
            let mut out = " ".repeat(self.indent);
            let Some((last, cells)) = line.split_last() else { continue };
            for (cell, width) in cells.iter().zip(&widths) {
                out.push_str(cell);
                out.push_str(&" ".repeat(width - measure_text_width(cell)));
                out.push_str(GAP);
            }
            let margin = measure_text_width(&out);
            for (place, part) in broken(last, width.map(|width| width.saturating_sub(margin))).iter().enumerate() {
                if place > 0 {
                    text.push('\n');
                    out = " ".repeat(margin);
                }
                out.push_str(part);
                text.push_str(out.trim_end());
            }
            text.push('\n');
        }
        text
    }
}

/// A text in pieces of at most `room` columns, broken at blanks.
fn broken(text: &str, room: Option<usize>) -> Vec<String> {
    /// With less room than this, breaking makes nothing easier to read.
    const LEAST: usize = 20;
    let Some(room) = room.filter(|room| *room >= LEAST && *room < measure_text_width(text)) else {
        return vec![text.to_owned()];
    };
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for word in text.split(' ') {
        if !piece.is_empty() && measure_text_width(&piece) + 1 + measure_text_width(word) > room {
            pieces.push(std::mem::take(&mut piece));
        } else if !piece.is_empty() {
            piece.push(' ');
        }
        piece.push_str(word);
    }
    pieces.push(piece);
    pieces
}

/// A text of at most `width` columns, with an ellipsis where something was cut off.
pub(super) fn shortened(text: &str, width: usize) -> String {
    truncate_str(text, width, "…").into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_what_they_take_up_on_a_terminal() {
        let mut table = Table::new(2);
        table.line(["a", "b", "last"]);
        table.line(["山田", "", "one two three four five six"]);
        table.line(["Élodie"]);
        let text = "  a     b  last\n  山田     one two three four\n           five six\n  Élodie\n";
        assert_eq!(table.render(Some(31)), text);
        assert_eq!(table.render(None).lines().count(), 3);
    }

    #[test]
    fn what_is_too_long_is_cut() {
        assert_eq!(shortened("abcdef", 6), "abcdef");
        assert_eq!(shortened("abcdefg", 6), "abcde…");
        assert_eq!(shortened("山田太郎", 5), "山田…");
    }
}
