-- Names, types and statements of which few databases have many. What begins with `canary` is a value of somebody.
CREATE SCHEMA "Odd.Schema";
CREATE TYPE pair AS (a text, b int);
CREATE TYPE mood AS ENUM ('sad', 'it''s "ok"', 'a\b');
CREATE DOMAIN positive AS integer DEFAULT 7 CHECK (VALUE > 0);
CREATE TABLE "Weird.Name" ("Id" serial PRIMARY KEY, "a.b" text DEFAULT 'canary''s', "q""uote" text, "new
line" text, "select" text, "  sp " text, "back\slash" text);
INSERT INTO "Weird.Name" ("a.b", "q""uote", "new
line", "select", "  sp ", "back\slash") VALUES ('canary 1', 'canary 2', E'canary 3\nx\\N', '\N canary', '\.', E'canary 4\t\\t\r\b\f\v'),
    (NULL, '', 'NULL', '\\N', 'null', E'a\\');
CREATE TABLE t (id int, name text);
CREATE TABLE "T" (id int, name text);
CREATE TABLE "Odd.Schema".t (id int, name text);
INSERT INTO t VALUES (1, 'canary');
INSERT INTO "T" VALUES (1, 'canary');
INSERT INTO "Odd.Schema".t VALUES (1, 'canary');
CREATE TABLE none (a int, b text);
CREATE TABLE types (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, made text GENERATED ALWAYS AS (lower(tx)) STORED,
    tx text, p positive, m mood, ms mood[], c pair, cs pair[], ta text[], ia int[][], j json, jb jsonb, by bytea, bi bit(5),
    vb bit varying, iv interval, ip inet, ci cidr, mac macaddr, u uuid, mo money, ts tsvector, tq tsquery, r int4range,
    tr tstzrange, pt point, ft float8, nu numeric, nu2 numeric(10,2), tz timestamptz, tn timestamp(0), d date, ti time,
    tiz timetz, ch char(5), vc varchar(10), bo boolean, o oid, "char" "char", b2 bigint, si smallint);
INSERT INTO types (tx, p, m, ms, c, cs, ta, ia, j, jb, by, bi, vb, iv, ip, ci, mac, u, mo, ts, tq, r, tr, pt, ft, nu, nu2, tz,
    tn, d, ti, tiz, ch, vc, bo, o, "char", b2, si) VALUES
    ('canary', 3, 'a\b', ARRAY['sad', 'it''s "ok"']::mood[], ROW('canary', 1), ARRAY[ROW('canary', 2)::pair],
    ARRAY['canary', 'NULL', NULL, 'a,b', 'q"'], '{{1,2},{3,4}}', '{"a":"canary"}', '{"a": "canary"}', '\x63616e617279',
    '10101', '1', '1 year 2 mons -3 days 04:05:06.7', '10.1.2.3/8', '10.0.0.0/8', '08:00:2b:01:02:03',
    'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '1234.56', 'canary fat', 'cat & canary', '[1,5)', '[2020-01-01,2021-01-01)',
    '(1,2)', 'NaN', 'NaN', 'NaN', '2020-06-01 12:00+05', '2020-01-01', '0044-03-15 BC', '24:00', '12:00+05:30', 'ab',
    'canary', true, 4294967295, 'x', 9223372036854775807, -32768), (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '-Infinity',
    123456789012345678901234567890.123456789, -0.01, 'infinity', '-infinity', 'infinity', NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, -9223372036854775808, NULL);
CREATE TABLE parent (id int, name text DEFAULT 'canary');
CREATE TABLE child (extra text) INHERITS (parent);
INSERT INTO parent VALUES (1, 'canary');
INSERT INTO child VALUES (2, 'canary', 'canary');
CREATE TABLE part (id int, region text, name text, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
CREATE TABLE part_a PARTITION OF part FOR VALUES IN ('a''b', 'x');
CREATE TABLE part_d PARTITION OF part DEFAULT;
INSERT INTO part VALUES (1, 'a''b', 'canary'), (2, 'zz', 'canary');
CREATE TABLE ring1 (id int PRIMARY KEY, other int);
CREATE TABLE ring2 (id int PRIMARY KEY, other int REFERENCES ring1 DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE ring1 ADD FOREIGN KEY (other) REFERENCES ring2;
INSERT INTO ring1 VALUES (1, NULL);
INSERT INTO ring2 VALUES (1, 1);
UPDATE ring1 SET other = 1;
CREATE TABLE defaults (id int, b text DEFAULT 'canary', c text DEFAULT ('canary' || 'x'), d text[] DEFAULT ARRAY['canary', 'canary'],
    e timestamptz DEFAULT now(), f text[] DEFAULT ARRAY[current_user, session_user]);
INSERT INTO defaults VALUES (1);
CREATE UNLOGGED TABLE unlogged (a text);
INSERT INTO unlogged VALUES ('canary');
CREATE FUNCTION f1() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN /* COPY public.t (id, name) FROM stdin; */
-- it's
PERFORM '
\.
COPY public.t (id, name) FROM stdin;
';
RETURN NEW; END $body$;
CREATE FUNCTION f2() RETURNS text LANGUAGE sql AS $$ SELECT '$body$' || 'x;y' $$;
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.name <> 'x;') EXECUTE FUNCTION f1('arg;''x');
ALTER TABLE t DISABLE TRIGGER tr;
CREATE VIEW v AS SELECT id, name FROM t WHERE name <> 'v;';
CREATE MATERIALIZED VIEW mv AS SELECT count(*) FROM t;
CREATE RULE r AS ON DELETE TO "T" DO INSTEAD NOTHING;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY pol ON t FOR SELECT USING (name <> 'p;');
CREATE INDEX ix ON t (lower(name)) WHERE name <> 'i;';
ALTER TABLE t ALTER name SET STATISTICS 100;
ALTER TABLE t REPLICA IDENTITY FULL;
CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS $$begin end$$;
CREATE EVENT TRIGGER evt ON sql_drop WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION ev();
COMMENT ON TABLE t IS 'canary;
COPY x FROM stdin;';
COMMENT ON COLUMN t.name IS 'canary';
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'canary', password 'canary');
