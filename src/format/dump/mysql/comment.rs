//! Comments: those that the dump tools write pass, and others may hold anything.

/// The lines that mysqldump and mariadb-dump write, by how they begin. What they say of conditions that rows were
/// chosen by is not among them, since conditions hold values.
const LINES: &[&str] = &[
    "-- MySQL dump ",
    "-- MariaDB dump ",
    "-- Host: ",
    "-- Server version",
    "-- ------------------------------------------------------",
    "-- Current Database: ",
    "-- Table structure for table ",
    "-- Dumping data for table ",
    "-- ORDER BY: ",
    "-- Sequence structure for ",
    "-- Temporary table structure for view ",
    "-- Temporary view structure for view ",
    "-- Final view structure for view ",
    "-- Dumping events for database ",
    "-- Dumping routines for database ",
    "-- GTID state at the beginning of the backup",
    COMPLETED,
];

/// How the line begins that ends a dump.
const COMPLETED: &str = "-- Dump completed";

/// What mariadb-dump begins with: the client that loads it then refuses commands of its own.
const SANDBOX: &[&[u8]] = &[br"/*M!999999\- enable the sandbox mode */", br"/*!999999\- enable the sandbox mode */"];

/// Whether a comment is one that the dump tools write.
pub(super) fn passes(comment: &[u8]) -> bool {
    let line = comment.trim_ascii_end();
    line == b"--" || LINES.iter().any(|known| line.starts_with(known.trim_end().as_bytes()))
}

/// Whether it is the line that begins a dump.
pub(super) fn begins_dump(comment: &[u8]) -> bool {
    [b"-- MySQL dump ".as_slice(), b"-- MariaDB dump "].iter().any(|known| comment.starts_with(known))
}

/// Whether it is the line that ends a dump.
pub(super) fn ends_dump(comment: &[u8]) -> bool {
    comment.starts_with(COMPLETED.as_bytes())
}

/// The length of the line that switches the client's own commands off, if `bytes` start with it.
pub(super) fn sandbox(bytes: &[u8]) -> Option<usize> {
    SANDBOX.iter().find(|line| bytes.starts_with(line)).map(|line| line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_of_the_dump_tools_pass() {
        for (comment, expected) in [
            ("--\n", true),
            ("-- Host: localhost    Database: shop\n", true),
            ("-- Table structure for table `t`\r\n", true),
            ("-- Dump completed\n", true),
            ("-- Dump completed on 2026-11-25  9:15:17", true),
            ("-- WHERE:  email='ana@shop.example'\n", false),
            ("-- INSERT INTO t VALUES (1);\n", false),
            ("# Host: x\n", false),
            ("/* ana@shop.example */", false),
        ] {
            assert_eq!(passes(comment.as_bytes()), expected, "{comment}");
        }
    }
}
