"""What the flow tests share: the program run as a person runs it, small files to take in, and TAP."""
import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import traceback

PROGRAM = os.environ["XINFENG"]
SOURCE = os.environ["XINFENG_SOURCE"]
TODAY = "2026-10-31"
ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in ("XINFENG_DB", "LANG")}
ENVIRONMENT.update(LANGUAGE="en", LC_ALL="C.UTF-8")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ENTERPRISE_HEADER = "企业名称 统一社会信用代码 市场主体类型 法定代表人 注册资本(万元) 成立日期 行业代码 登记状态 住所行政区划 住所 参保人数".split()
FACT_HEADER = "企业名称 统一社会信用代码 信息类型 发生日期 结束日期 程度 金额(元) 文号 事由 认定机关".split()


class Answer:
    """How a command ended: status, out, err, and out read as JSON."""

    def __init__(self, done):
        self.status = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    @property
    def json(self):
        return json.loads(self.out)

    def __str__(self):
        return f"status {self.status}\nout: {self.out[:2000]}\nerr: {self.err[:2000]}"


class Story:
    """A scratch folder with a database, the commands run in it, and what was found."""

    def __init__(self, folder):
        self.folder = folder
        self.database = self.path("county.db")
        self.count = 0

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def words(self, *words, today=TODAY):
        return [PROGRAM, "--db", self.database, "--today", today, *words]

    def run(self, *words, today=TODAY, **options):
        done = subprocess.run(self.words(*words, today=today), cwd=self.folder, env=ENVIRONMENT, text=True,
                              encoding="utf-8", errors="replace", capture_output=True, timeout=600, **options)
        return Answer(done)

    def must(self, *words, **options):
        """Runs a command that has to end well."""
        answer = self.run(*words, **options)
        if answer.status != 0:
            raise AssertionError(f"{' '.join(words)}\n{answer}")
        return answer

    def check(self, good, what, detail=""):
        self.count += 1
        print(f"{'ok' if good else 'not ok'} {self.count} - {what}")
        if not good:
            print("# " + str(detail).replace("\n", "\n# "))
        sys.stdout.flush()
        return good

    def equal(self, found, wanted, what):
        return self.check(found == wanted, what, f"wanted {wanted!r}\nfound {found!r}")

    def refused(self, status, what, *words, holding="", **options):
        """Runs a command that has to end with this status, nothing on standard output and one sentence."""
        answer = self.run(*words, **options)
        lines = answer.err.splitlines()
        good = answer.status == status and answer.out == "" and len(lines) == 1
        good = good and lines[0].startswith("xinfeng: ") and lines[0].endswith(".") and holding in lines[0]
        self.check(good, what, answer)
        return answer

    def connect(self):
        """The database itself, closed with the block."""
        return contextlib.closing(sqlite3.connect(self.database, isolation_level=None))

    def dump(self):
        """Everything the database holds, table by table, as text: equal dumps are equal contents."""
        with self.connect() as database:
            return "\n".join(database.iterdump())

    def write(self, name, header, rows, encoding="utf-8-sig"):
        """Writes a CSV file and gives its path."""
        def cell(value):
            text = "" if value is None else str(value)
            return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text
        lines = [",".join(cell(value) for value in row) for row in [header, *rows]]
        with open(self.path(name), "wb") as file:
            file.write(("\r\n".join(lines) + "\r\n").encode(encoding))
        return self.path(name)


def uscc(number):
    """A valid code of Hutubi county, the same for the same number."""
    body = f"91652323MA{number:07d}"
    total = sum(ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS))
    return body + ALPHABET[(31 - total % 31) % 31]


def enterprise_row(number, **known):
    row = {"企业名称": f"呼图壁县第{number}商贸有限公司", "统一社会信用代码": uscc(number), "市场主体类型": "有限责任公司",
           "法定代表人": f"张{number // 4}", "注册资本(万元)": 100 + number, "成立日期": f"20{10 + number % 15:02d}/{1 + number % 12}/3",
           "行业代码": ("5211", "6210", "1411", "5251")[number % 4], "登记状态": "开业",
           "住所行政区划": f"65232310{number % 3}", "住所": f"幸福路,{number // 4}号", "参保人数": number % 13}
    row.update(known)
    return [row[column] for column in ENTERPRISE_HEADER]


def fact_row(number, kind, day, ended="", level="", amount="", document="", title=""):
    return [f"呼图壁县第{number}商贸有限公司", uscc(number), kind, day, ended, level, amount, document, title, "呼图壁县市场监督管理局"]


def tell(story_function):
    """Runs a story in a scratch folder and closes the TAP."""
    with tempfile.TemporaryDirectory(prefix="xinfeng-flow-") as folder:
        story = Story(folder)
        try:
            story_function(story)
        except Exception:  # the story broke off: that too is a finding
            story.check(False, "the story goes to its end", traceback.format_exc())
        print(f"1..{story.count}")
