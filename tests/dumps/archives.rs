//! The archives of `pg_dump`, which `pg_restore` reads.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

use crate::postgres::{RULES, sakila};
use crate::support::Workplace;

#[test]
fn an_archive_is_refused_by_its_name_and_goes_through_a_pipe() {
    let Some(server) = sakila("an_archive_is_refused_by_its_name_and_goes_through_a_pipe") else { return };
    let workplace = Workplace::new().with("rules.toml", RULES);
    workplace.write("plain.sql", server.dump("sakila", ""));
    workplace.bowdler("run rules.toml plain.sql --to safe.sql --key-file key").exits(0);
    server.create("from_plain");
    server.load("from_plain", &workplace.path("safe.sql"));
    for (name, options, is) in
        [("shop.dump", "-Fc", "custom format"), ("shop.tar", "-Ft", "tar file"), ("shop.sql", "-Fc", "custom format")]
    {
        let path = workplace.path(name);
        server.dump("sakila", &format!("{options} -f {}", path.display()));
        for (command, code) in [
            ("run rules.toml GIVEN --to out", 3),
            ("check rules.toml --from GIVEN", 1),
            ("init GIVEN -o made.toml", 3),
            ("mask GIVEN -o out", 3),
        ] {
            let ran = workplace.bowdler(&command.replace("GIVEN", name)).exits(code);
            ran.says(&[is, "pg_restore -f - ", "| bowdler run RULES -"]).never_says(&["panicked"]);
            assert!(!workplace.path("out").exists() && !workplace.path("made.toml").exists());
        }
        workplace.shell(&format!("$BOWDLER run rules.toml - --key-file key < {name}")).exits(3).says(&[is]);
        let restore = server.client_line("pg_restore");
        workplace
            .shell(&format!("{restore} -f - {name} | $BOWDLER run rules.toml - --key-file key > safe.sql"))
            .exits(0);
        let database = format!("from_{}", name.replace(['.', '/'], "_"));
        server.create(&database);
        server.load(&database, &workplace.path("safe.sql"));
        for table in server.tables("sakila") {
            let rows = format!("SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM {table} t");
            assert_eq!(server.ask(&database, &rows), server.ask("from_plain", &rows), "{name}: {table}");
        }
    }
}
