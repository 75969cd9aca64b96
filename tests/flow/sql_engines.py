"""Runs the SQL that a policy compiles to, in SQLite and in a PostgreSQL of its own, and lays what it says beside the
stored results. A helper of policy_oracle.py and policy_odd.py."""
import contextlib
import csv
import glob
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile

TABLES = "enterprise fact override relation period result".split()
RESULT = "enterprise total score_class final_class decided_by decided_rule decided_id".split()
INDICATOR = "enterprise place value code raw centipoints".split()
NO_VALUE = r"\N"


def dimension_columns(policy):
    return [f"dimension_{place}" for place in range(1, len(policy["dimensions"]) + 1)]


def results_of(scored, indicators):
    """{enterprise: (result, {place: (value, raw, centipoints)})} of rows of both tables."""
    found = {row[0]: (list(row[1:]), {}) for row in scored}
    for enterprise, place, value, code, raw, centipoints in indicators:
        assert place not in found[enterprise][1], (enterprise, place)
        found[enterprise][1][place] = (value if code is None else code, raw, centipoints)
    return found


def stored_results(database, period, policy):
    """The same, from the table result, which keeps only indicators that have points: of those whom the policy scored."""
    found = {}
    names = ", ".join(RESULT)
    for row in database.execute(f"SELECT {names}, dimensions, indicators FROM result WHERE period = ? AND "
                                "policy IN (SELECT id FROM policy WHERE code = ?)", (period, policy["code"])):
        indicators = {one[0]: (one[1], one[2], one[3]) for one in json.loads(row[-1])}
        found[row[0]] = ([*row[1:-2], *json.loads(row[-2])], indicators)
    return found


def as_stored(said):
    """What SQL said in the shape of what is stored."""
    return {enterprise: (result, {place: one for place, one in indicators.items() if one[1] or one[2]})
            for enterprise, (result, indicators) in said.items()}


def differences(said, stored):
    """Sentences on what SQL says otherwise than the stored results."""
    if said.keys() != stored.keys():
        yield f"enterprises: {len(said)} by SQL, {len(stored)} stored"
    for enterprise in said.keys() & stored.keys():
        (result, indicators), (wanted, kept) = said[enterprise], stored[enterprise]
        if result != wanted:
            yield f"enterprise {enterprise}: {result} by SQL, {wanted} stored"
        if indicators != kept:
            wrong = [(place, indicators.get(place), kept.get(place)) for place in sorted(indicators.keys() | kept.keys())
                     if indicators.get(place) != kept.get(place)]
            yield f"enterprise {enterprise}, (indicator, by SQL, stored): {wrong}"


def run_sqlite(path, script, policy):
    """Runs a script on a database that it cannot write to."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        database.executescript(script)
        scored = database.execute(f"SELECT {', '.join(RESULT + dimension_columns(policy))} FROM scored").fetchall()
        return results_of(scored, database.execute(f"SELECT {', '.join(INDICATOR)} FROM scored_indicator").fetchall())


class Postgres:
    """A server of its own in a scratch folder, reached by a socket there alone, sorting as Chinese is sorted."""

    def __init__(self):
        self.programs = (sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
                         or [shutil.which("initdb") or ""])[-1][:-len("initdb")]
        self.folder = None
        self.user = "nobody" if os.geteuid() == 0 else None

    def missing(self):
        """Why it cannot be tried; None when it can."""
        if not self.programs or not os.path.exists(self.programs + "psql"):
            return "PostgreSQL is not installed (package postgresql-15)"
        if self.user and not shutil.which("runuser"):
            return "PostgreSQL does not run as root, and there is no runuser"
        return None

    def tool(self, name, *words, **options):
        prefix = ["runuser", "-u", self.user, "--"] if self.user else []
        subprocess.run([*prefix, self.programs + name, *words], check=True, cwd="/", stdout=subprocess.DEVNULL,
                       timeout=300, **options)

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="xf-pg-", dir="/tmp")
        if self.user:
            shutil.chown(self.folder, self.user)
        self.data = os.path.join(self.folder, "data")
        try:
            self.tool("initdb", "-D", self.data, "-A", "trust", "-U", "scorer", "-E", "UTF8", "--no-sync",
                      "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh-CN")
            self.tool("pg_ctl", "-D", self.data, "-w", "-l", os.path.join(self.folder, "log"), "-o",
                      f"-k {self.folder} -c listen_addresses='' -c fsync=off", "start")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if os.path.exists(os.path.join(self.data, "postmaster.pid")):
            self.tool("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def psql(self, *words):
        done = subprocess.run([self.programs + "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U",
                               "scorer", "-d", "postgres", *words], capture_output=True, text=True, timeout=600,
                              env={**os.environ, "PGOPTIONS": "-c client_min_messages=warning"})
        if done.returncode != 0:
            raise AssertionError(f"psql {words}\n{done.stderr}")

    def load(self, path, folder):
        """Takes the tables of a database in, anew."""
        words = []
        with contextlib.closing(sqlite3.connect(path)) as database:
            for table in TABLES:
                columns = database.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
                kinds = ", ".join(f"{name} {'bigint' if kind == 'INTEGER' else 'text'}" for name, kind in columns)
                file = os.path.join(folder, f"{table}.csv")
                with open(file, "w", newline="", encoding="utf-8") as out:
                    csv.writer(out).writerows([NO_VALUE if value is None else value for value in row]
                                              for row in database.execute(f"SELECT * FROM {table}"))
                words += ["-c", f"DROP TABLE IF EXISTS {table}", "-c", f"CREATE TABLE {table} ({kinds})", "-c",
                          f"\\copy {table} from '{file}' (format csv, null '{NO_VALUE}')"]
        self.psql(*words)

    def run(self, script, policy, folder):
        """Runs a script; what it says, as run_sqlite does."""
        files = [os.path.join(folder, name) for name in ("script.sql", "scored.csv", "indicators.csv")]
        with open(files[0], "w", encoding="utf-8") as out:
            out.write(script)
        words = ["-o", os.devnull, "-f", files[0]]
        for table, columns, file in (("scored", RESULT + dimension_columns(policy), files[1]),
                                     ("scored_indicator", INDICATOR, files[2])):
            words += ["-c", f"\\copy (select {', '.join(columns)} from {table}) to '{file}' (format csv, null "
                            f"'{NO_VALUE}')"]
        self.psql(*words)

        def read(file, texts):
            with open(file, newline="", encoding="utf-8") as lines:
                for row in csv.reader(lines):
                    yield [None if cell == NO_VALUE else cell if place in texts else int(cell)
                           for place, cell in enumerate(row)]
        return results_of(read(files[1], {2, 3, 4, 5}), read(files[2], {3}))


@contextlib.contextmanager
def postgres_if_any(story):
    """A server for the block; None, and a test skipped, where PostgreSQL is not installed."""
    server = Postgres()
    if server.missing():
        story.check(True, f"PostgreSQL says the same # SKIP {server.missing()}")
        yield None
    else:
        with server:
            yield server


def script_of(story, dialect, *words, **options):
    return story.must("--json", "policy", "sql", *words, "--dialect", dialect, **options).json["sql"]
