#!/usr/bin/env python3
"""Every kind of file: its template, taken in filled, taken in again, refused where it is wrong, undone."""
import sheets
from story import ENTERPRISE_HEADER, enterprise_row, tell, uscc

PERSON = "652323198001010010"
GOOD = {
    "inspectors": (["工号", "姓名", "性别", "执法证编号", "执法证有效期", "所在部门", "地区", "层级", "执法事项范围", "岗位资质资格", "是否专家", "状态"],
                   [["A01", "王五", "男", "Z001", "2027-12-31", "信用科", "呼图壁县", "县", "M01、M02", "食品", "否", "在岗"],
                    ["A02", "赵六", "女", "Z002", "2020-12-31", "信用科", "呼图壁县", "县", "M01", "", "是", "在岗"]]),
    "recusals": (["工号", "企业名称", "统一社会信用代码", "回避原因"],
                 [["A01", "呼图壁县第1商贸有限公司", uscc(1), "配偶持股"], ["赵六", "呼图壁县第2商贸有限公司", "", "曾任职"]]),
    "matters": (["事项编码", "抽查类别", "抽查事项", "检查依据", "检查主体", "检查对象", "检查内容", "检查方式", "比例", "频次", "人员要求", "有效/失效"],
                [["M01", "一般检查事项", "公示信息检查", "条例第十四条", "县市场监管局", "企业", "公示信息", "书面检查", "5%", "每年不超过2次", "2人", "有效"],
                 ["M02", "重点检查事项", "食品销售检查", "食品安全法", "县市场监管局", "食品经营者", "标签", "现场检查", "12.5%", "4", "2人", "有效"]]),
    "grades": (["企业名称", "统一社会信用代码", "专业领域", "专业等级", "评定日期", "有效期至", "评定机关"],
               [["呼图壁县第1商贸有限公司", uscc(1), "食品", "B", "2026-01-05", "2026-12-31", "县市场监管局"]]),
    "relations": (["企业名称", "统一社会信用代码", "关系类型", "关联方名称", "关联方证件号码", "持股比例", "职务"],
                  [["呼图壁县第1商贸有限公司", uscc(1), "法定代表人", "张三", PERSON, "", "执行董事"],
                   ["呼图壁县第2商贸有限公司", uscc(2), "股东", "张三", PERSON, "51%", ""],
                   ["呼图壁县第1商贸有限公司", uscc(1), "股东", "呼图壁县第3商贸有限公司", uscc(3), "33.33%", ""]]),
    "results": (["抽查任务编号", "企业名称", "统一社会信用代码", "抽查事项编码", "检查人员", "检查完成日期", "检查方式", "检查结果", "后续处置"],
                [["2026-001", "呼图壁县第1商贸有限公司", uscc(1), "M01", "王五、赵六", "2026-10-12", "现场检查", "发现问题已责令改正", "责令改正"],
                 ["2026-001", "呼图壁县第2商贸有限公司", uscc(2), "M01", "王五、赵六", "2026-10-13", "书面检查", "未发现问题", "无需后续处置"]]),
}
BAD = {
    "inspectors": ["", "无名", "男", "", "", "", "", "", "", "", "", ""],
    "recusals": ["A99", "呼图壁县第1商贸有限公司", uscc(1), "不详"],
    "matters": ["M03", "", "抽查", "", "", "", "", "", "130%", "", "", ""],
    "grades": ["呼图壁县第1商贸有限公司", uscc(1), "食品", "", "", "", ""],
    "relations": ["呼图壁县第1商贸有限公司", uscc(1), "朋友", "李四", "", "", ""],
    "results": ["2026-001", "呼图壁县第1商贸有限公司", uscc(1), "M09", "", "2026-10-12", "现场检查", "还行", ""],
}
LIBRARY = {"inspectors": "A01", "recusals": "A02", "matters": "M02", "grades": "食品", "relations": uscc(3), "results": "2026-001"}


def take(story, kind):
    header, rows = GOOD[kind]
    path = story.write(f"{kind}.csv", header, rows)
    answer = story.run("import", kind, path, "--json")
    story.check(answer.status == 0 and answer.json["inserted"] == len(rows), f"{kind} come in", answer)
    again = story.must("import", kind, path, "--json").json
    story.equal((again["unchanged"], again["updated"]), (len(rows), 0), f"{kind} told again change nothing")
    wrong = story.run("import", kind, story.write(f"{kind}-错.csv", header, [BAD[kind]]), "--json", "--rejects", story.path("r.csv"))
    story.check(wrong.status == 1 and wrong.json["rejected"] == 1, f"{kind}: what is wrong is handed back with its reason", wrong)
    listed = story.must("--json", "library", kind)
    story.check(LIBRARY[kind] in listed.out and len(listed.json) == len(rows), f"{kind} are listed", listed)
    return answer.json["batch"]


def templates(story):
    """A template is taken in as it is: its example is no data; and filled in, its rows are."""
    for kind in ["enterprises", "facts", *GOOD]:
        path = story.path(f"模板-{kind}.xlsx")
        story.must("import", "--template", kind, path)
        empty = story.run("import", kind, path, "--json")
        story.check(empty.status == 0 and (empty.json["read"], empty.json["skipped"]) == (0, 1),
                    f"the template of {kind} holds an example and no data", empty)
        seen = story.must("preview", path, "--kind", kind, "--json").json
        unread = [c["header"] for c in seen["columns"] if c["field"] is None]
        story.equal(unread, [], f"every column of the template of {kind} is read")


def private(story):
    """A person is known again across enterprises, and the number that tells is nowhere."""
    relations = story.must("--json", "library", "relations").json
    parties = [r["party"] for r in relations if r["party_name"] == "张三"]
    story.check(len(parties) == 2 and len(set(parties)) == 1, "the same person is the same party twice", relations)
    # the database alone: a rejected row is the bureau's own file and keeps what stood in it
    with story.connect() as database:
        kept = "\n".join(str(row) for row in database.execute("SELECT * FROM relation"))
    story.check(PERSON not in kept and PERSON[6:] not in kept, "the number itself is not kept")
    with story.connect() as database:
        other = database.execute("SELECT other, share FROM relation WHERE party = ?", (uscc(3),)).fetchone()
    story.equal(other, (3, 3333), "an enterprise is found, and its share is exact")


def results(story):
    """A result is a fact too, told once; it comes with the enterprise and goes with its file."""
    shown = story.must("--json", "show", uscc(1)).json
    facts = [f for f in shown["facts"] if f["type"] == "inspection"]
    story.equal([len(f["sources"]) for f in facts], [1], "the result shows as a fact, with where it came from")
    story.equal([r["result"] for r in shown["results"]], ["发现问题已责令改正"], "and among the results of the enterprise")
    story.equal([g["field"] for g in shown["grades"]], ["食品"], "grades show with the enterprise")
    story.equal(len(shown["relations"]), 2, "relations show with the enterprise")


def undo(story, batches):
    story.refused(3, "inspectors with recusals told later stay", "batch", "undo", str(batches["inspectors"]), holding="recusals")
    for kind in ["results", "relations", "grades", "recusals", "matters", "inspectors"]:
        undone = story.must("--json", "batch", "undo", str(batches[kind])).json
        story.equal(undone["records"], len(GOOD[kind][1]), f"{kind} are taken back")
    with story.connect() as database:
        left = [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in
                ("inspector", "recusal", "matter", "grade", "relation", "inspection_result", "fact")]
    story.equal(left, [0] * 7, "and nothing of them is left")


def updated(story):
    """A row told differently is updated, journalled, and undone to what it was."""
    header, rows = GOOD["inspectors"]
    changed = [[*rows[0][:4], "2028-12-31", *rows[0][5:]]]
    answer = story.must("import", "inspectors", story.write("换证.csv", header, changed), "--json").json
    story.equal(answer["updated"], 1, "a new certificate is an update")
    story.check("inspector.update" in story.must("journal", "show").out, "which the journal tells")
    story.must("batch", "undo", str(answer["batch"]))
    listed = story.must("--json", "library", "inspectors").json
    story.equal(listed[0]["certificate_until"], "2027-12-31", "and which is undone alone")


def workbook(story):
    """A returned workbook of results, its header below a title, comes in by itself."""
    header, rows = GOOD["results"]
    data = sheets.workbook([("结果", [["2026年抽查结果"], header, *rows])], merged=["A1:I1"])
    with open(story.path("返回.xlsx"), "wb") as file:
        file.write(data)
    answer = story.must("import", "results", story.path("返回.xlsx"), "--json").json
    story.equal(answer["unchanged"], len(rows), "the same results from a workbook change nothing")
    story.must("batch", "undo", str(answer["batch"]))  # it told the facts from a further source


def story(story):
    story.must("init")
    story.must("import", "enterprises", story.write("名录.csv", ENTERPRISE_HEADER, [enterprise_row(n) for n in range(1, 6)]))
    story.must("score")
    batches = {kind: take(story, kind) for kind in GOOD}
    private(story)
    results(story)
    updated(story)
    workbook(story)
    undo(story, batches)
    templates(story)
    story.must("journal", "verify")
    story.must("doctor")


tell(story)
