#!/usr/bin/env python3
"""What leaves the house: commitment, ceremony, public list and notice of results say nothing of classes or scores, in no
part of their files; the whole set comes out at once; what may not go out is refused."""
import html
import json
import os
import re
import zipfile

from story import tell

SEED = "01382438112797316654"
TODAY = "2026-10-31"
OUTWARD = ("commitment", "ceremony", "public-list", "public-notice")
INSIDE = re.compile(r"[A-DＡ-Ｄ]\s*[类级等]|类|等级|分级|风险|得分|评分|分值|\brisk|\bscore|\bstrat|\bclass|\bINTERNAL|内部", re.I)
LETTER = re.compile(r"^\s*[A-D]\s*$")
# ways of a workbook to carry what nobody sees at once
SOUND = re.compile(r"hidden|<definedName (?!name=\"_xlnm\.Print_)|dataBar|<comment|<drawing|chart|externalLink|custom-prop", re.I)


def parts(path):
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def told(path, names):
    """Every text and every attribute of every part, names of enterprises taken out."""
    pieces = []
    for part in parts(path).values():
        pieces += re.findall(r"""=\s*["']([^"']*)["']""", part) + re.split(r"<[^>]*>", part)
    texts = [html.unescape(piece) for piece in pieces]
    return [text for text in texts if text.strip() and text not in names]


def leaks(path, names):
    return [text for text in told(path, names) if INSIDE.search(text.replace("抽查类型", "")) or LETTER.search(text)]


def file_of(files, tail):
    return next(file for file in files if file.endswith(tail))


def make(story, title="2026年第四季度抽查"):
    plan = story.must("plan", "new", "--title", title, "--rates", "A=10%,B=20%,C=50%,D=100%", "--json", today=TODAY).json
    return str(plan["id"])


def before_the_seed(story, language):
    number = make(story)
    for verb in ("commitment", "ceremony", "notice"):
        story.refused(3, f"{verb}: nothing goes out of a draft", "plan", verb, number, "--dir", story.path("none"), today=TODAY,
                      holding="not committed yet")
    story.must("plan", "frame", number, today=TODAY)
    hint = story.must("plan", "commit", number, today=TODAY).out
    story.check(f"plan commitment {number} --dir" in hint, "commit says what is to be published", hint)
    plan = story.must("plan", "show", number, "--json", today=TODAY).json
    folder = story.path(f"public-{language}")
    one = story.must("--lang", language, "plan", "commitment", number, "--dir", folder, "--json", today=TODAY).json["files"]
    story.equal(one, [os.path.join(folder, f"{plan['number']}.commitment.xlsx")], "one commitment sheet")
    texts = told(one[0], ())
    for key in ("draw_id", "frame_digest", "measures_digest", "roster_digest"):
        story.check(plan[key] in texts, f"the commitment carries the {key}", texts)
    story.check("printf %s%s $key $code | sha256sum" in texts, "and how to verify")
    two = story.must("--lang", language, "plan", "ceremony", number, "--dir", folder, "--json", today=TODAY).json["files"]
    boxes = parts(two[0])["xl/worksheets/sheet1.xml"]
    story.check(SEED[:5] not in boxes, "the ceremony sheet waits for its digits")
    story.equal(leaks(one[0], ()) + leaks(two[0], ()), [], "neither speaks of classes")
    story.refused(3, "no list before the draw", "plan", "notice", number, "--dir", folder, today=TODAY, holding="not drawn yet")
    story.refused(3, "no whole set either", "plan", "export", number, "--whole", "--dir", folder, today=TODAY,
                  holding="not drawn yet")
    story.must("plan", "seed", number, "--seed", SEED, "--seed-source", "摇奖机", today=TODAY)
    story.must("plan", "draw", number, today=TODAY)
    return number, folder


def take_results(story, number, units, name, matter="公示信息检查"):
    story.must("--as", "李审核", "plan", "approve", number, today=TODAY)
    header = ["企业名称", "统一社会信用代码", "抽查任务编号", "抽查事项", "检查完成日期", "检查结果", "备注"]
    rows = [[unit["name"], unit["uscc"], number, matter, "2026-11-20", "未发现问题", "D类企业，得分高"] for unit in units]
    story.must("import", "results", story.write(name, header, rows), "--json", today="2026-11-21")


def published(story, number, folder, language):
    plan = story.must("plan", "show", number, "--json", today=TODAY).json
    names = {unit["name"] for unit in plan["units"]}
    files = story.must("--lang", language, "plan", "notice", number, "--dir", folder, "--json", today=TODAY).json["files"]
    story.equal([os.path.basename(file) for file in files], [f"{plan['number']}.public-list.xlsx"], "without results a list alone")
    texts = told(files[0], ())
    listed = [text for text in texts if text in {unit["uscc"] for unit in plan["units"]}]
    story.equal(listed, sorted(unit["uscc"] for unit in plan["units"]), "all that were drawn, in the order of their codes")
    story.check(not any(unit["ticket"] in texts for unit in plan["units"]), "without tickets")
    checked = plan["units"][::2]
    take_results(story, plan["number"], checked, f"results-{language}.csv")
    files = story.must("--lang", language, "plan", "export", number, "--whole", "--dir", folder, "--json", today=TODAY).json["files"]
    tails = [os.path.basename(file)[len(plan["number"]):] for file in files]
    story.equal(tails, [".xlsx", ".draw.json", ".frame.tsv", *(f".{name}.xlsx" for name in (*OUTWARD, "forms", "return"))],
                "the whole set")
    story.equal(sorted(os.listdir(folder)), sorted(os.path.basename(file) for file in files), "and nothing beside it")
    for name in OUTWARD:
        path = file_of(files, f".{name}.xlsx")
        story.check(any("摇奖机" in text for text in told(path, ())), f"{name} ({language}): the source of the seed stands on it")
        story.equal(leaks(path, names), [], f"{name} ({language}): no word of class or score in any part")
        sound = {part: SOUND.findall(text) for part, text in parts(path).items() if SOUND.search(text)}
        story.equal(sound, {}, f"{name} ({language}): nothing hidden, drawn or noted")
    notice = told(file_of(files, ".public-notice.xlsx"), ())
    story.equal([text for text in notice if text in {unit["uscc"] for unit in plan["units"]}],
                sorted(unit["uscc"] for unit in checked), "the notice names who was checked")
    rest = str(len(plan["units"]) - len(checked))
    story.check(any(rest in text and ("more" in text or "待公示" in text) for text in notice), "and counts who was not", notice)
    groups = told(file_of(files, ".ceremony.xlsx"), ())
    story.check(all(SEED[at:at + 5] in groups for at in range(0, 20, 5)), "the seed stands in groups of five, zeros kept", groups)
    story.check(any("摇奖机" in text for text in groups), "with its source")
    first = sorted(plan["units"], key=lambda unit: unit["ticket"])[:10]
    story.equal([text for text in groups if text in {unit["uscc"] for unit in plan["units"]}], [unit["uscc"] for unit in first],
                "and the ten smallest tickets by name and code")
    story.check(leaks(files[0], names), "the same search finds classes in the plan workbook of the house")
    with story.connect() as database:
        after = json.loads(database.execute("SELECT after FROM journal WHERE action = 'plan.export' ORDER BY id DESC").fetchone()[0])
    story.equal(sorted(after["files"]), sorted(os.path.basename(file) for file in files), "the journal names the set")


def refused(story):
    number = make(story, "D类企业定向抽查")
    story.must("plan", "draw", number, "--seed", SEED, today=TODAY)
    folder = story.path("refused")
    for words in (("notice",), ("ceremony",), ("commitment",), ("export", "--whole")):
        story.refused(3, f"{words[0]}: a title that speaks of classes", "plan", words[0], number, *words[1:], "--dir", folder,
                      today=TODAY, holding="speaks of classes")
    for title in ("C级", "Ｂ 类抽查", "信用风险分类", "class A draw", "高风险"):
        story.refused(3, f"title: {title}", "plan", "notice", number, "--title", title, "--dir", folder, today=TODAY, holding="title")
    files = story.must("plan", "notice", number, "--title", "食品类抽查 VIP等", "--dir", folder, "--json", today=TODAY).json["files"]
    story.check("食品类抽查 VIP等" in "".join(told(files[0], ())) and "D类" not in "".join(told(files[0], ())), "another title goes out")
    story.equal(os.listdir(folder), [os.path.basename(files[0])], "refusals left nothing")
    story.refused(2, "--title goes with --whole", "plan", "export", number, "--title", "甲", "--dir", folder, today=TODAY,
                  holding="--whole")
    plan = story.must("plan", "show", number, "--json", today=TODAY).json
    take_results(story, plan["number"], plan["units"][:1], "odd.csv", "D类企业检查")
    story.refused(3, "a result that speaks of classes", "plan", "notice", number, "--title", "甲", "--dir", folder, today=TODAY,
                  holding=plan["units"][0]["uscc"])
    story.must("plan", "void", number, "--reason", "重抽", today=TODAY)
    story.refused(3, "nothing goes out of a void plan", "plan", "notice", number, "--title", "甲", "--dir", folder, today=TODAY,
                  holding="void")
    whole = story.must("plan", "export", number, "--whole", "--dir", folder, "--json", today=TODAY).json["files"]
    story.equal(len(whole), 3, "of a void plan there is its proof alone")


def main(story):
    story.must("init", today=TODAY)
    story.must("sample", "--enterprises", "400", today=TODAY)
    story.must("score", today=TODAY)
    for language in ("en", "zh"):
        number, folder = before_the_seed(story, language)
        published(story, number, folder, language)
    refused(story)


if __name__ == "__main__":
    tell(main)
