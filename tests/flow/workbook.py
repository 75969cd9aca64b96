#!/usr/bin/env python3
"""The plan workbook proves itself: as exported, saved again by another program, and with anything changed in it."""
import os
import re
import struct
import zipfile
from xml.sax.saxutils import escape

from story import ENTERPRISE_HEADER, FACT_HEADER, enterprise_row, fact_row, tell, uscc

SEED = "01382438112797316654"
COUNT = 90
LIST, STRATA, RECORD = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/worksheets/sheet5.xml"
CELL = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.S)


def export(story):
    facts = [fact_row(n, "行政处罚", "2026年3月5日", level="罚款", amount="137.50", document=f"呼罚{n}号", title="虚假宣传")
             for n in range(1, COUNT + 1, 3)]
    facts += [fact_row(n, "严重违法失信名单", "2026-08-01", document=f"呼严{n}号") for n in range(5, COUNT + 1, 30)]
    rows = [enterprise_row(n) for n in range(1, COUNT + 1)]
    rows[4] = enterprise_row(5, 企业名称="甲&乙<丙>_x0041_“丁”商行")
    story.must("init")
    story.must("import", "enterprises", story.write("e.csv", ENTERPRISE_HEADER, rows))
    story.must("import", "facts", story.write("f.csv", FACT_HEADER, facts))
    story.must("score", "--period", "2026-10")
    story.must("plan", "new", "--title", "四季度抽查", "--rates", "A=1/3,B=1/2,C=1/2,D=100%")
    story.must("plan", "draw", "1", "--seed", SEED)
    files = story.must("--lang", "zh", "plan", "export", "1", "--dir", story.path("out"), "--json").json["files"]
    return next(f for f in files if f.endswith(".xlsx"))


def read_parts(path):
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def write_parts(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)


def shown(sheet, name):
    """What a cell shows, escapes of XML and all."""
    for column, row, _, inside in CELL.findall(sheet):
        if column + row == name:
            return re.sub("<[^>]*>", "", inside)
    raise AssertionError(f"no cell {name}")


def put(sheet, name, text):
    """The sheet with another text in a cell."""
    def change(match):
        if match[1] + match[2] != name:
            return match[0]
        return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'
    changed = CELL.sub(change, sheet)
    assert changed != sheet, name
    return changed


def last_row(sheet):
    return max(int(row) for column, row, _, inside in CELL.findall(sheet) if inside)


class Bench:
    """The workbook taken apart, to be put together changed and verified."""

    def __init__(self, story, book):
        self.story = story
        self.parts = read_parts(book)
        self.path = os.path.join(os.path.dirname(book), "changed.xlsx")

    def write(self, **changed):
        parts = dict(self.parts)
        parts.update({{"list": LIST, "strata": STRATA, "record": RECORD}.get(name, name): text
                      for name, text in changed.items()})
        write_parts(self.path, parts)

    def names(self, what, *pieces, **changed):
        """A change has to be named with each of these pieces."""
        self.write(**changed)
        answer = self.story.refused(1, what, "verify", self.path, holding=pieces[0])
        for piece in pieces[1:]:
            self.story.check(piece in answer.err, f"{what}: {piece} is said", answer)

    def holds(self, what, parts):
        write_parts(self.path, parts)
        answer = self.story.run("verify", self.path)
        self.story.check(answer.status == 0 and "抽取名单" in answer.out, what, answer)


def change_list(bench):
    sheet = bench.parts[LIST]
    name, code = shown(sheet, "B6"), shown(sheet, "C6")
    last = last_row(sheet)
    bench.names("another name in the list", "抽取名单!B6", "他人商行", name, list=put(sheet, "B6", "他人商行"))
    bench.names("another code", "抽取名单!C6", uscc(999), code, list=put(sheet, "C6", uscc(999)))
    bench.names("another class", "抽取名单!D6", "shows Z", list=put(sheet, "D6", "Z"))
    bench.names("another rank", "抽取名单!H6", list=put(sheet, "H6", "99"))
    bench.names("another serial", "抽取名单!A6", list=put(sheet, "A6", "99"))
    bench.names("an emptied cell", "抽取名单!B6", "nothing", list=put(sheet, "B6", ""))
    bench.names("a blank more in a name", "抽取名单!B6", list=put(sheet, "B6", name + " "))
    formula = re.sub('<c r="B6"[^>]*>.*?</c>', f'<c r="B6" t="str"><f>"x"</f><v>{name}</v></c>', sheet)
    bench.names("a formula that shows the name for now", "抽取名单!B6", "formula", list=formula)
    swapped = put(put(sheet, "C6", shown(sheet, "C7")), "C7", code)
    bench.names("two units in another order", "抽取名单!C6", shown(sheet, "C7"), list=swapped)
    cut = re.sub(rf'<row r="{last}".*?</row>', "", sheet, flags=re.S)
    bench.names("the last unit left out", f"抽取名单!C{last}", "shows nothing", list=cut)
    cut = re.sub(r'<row r="6".*?</row>', "", sheet, flags=re.S)
    bench.names("a unit left out in between", "抽取名单!C6", "shows nothing", list=cut)
    for row, what in ((last + 1, "a unit more"), (last + 40, "a unit more, further down")):
        more = f'<row r="{row}"><c r="B{row}" t="inlineStr"><is><t>他人商行</t></is></c></row></sheetData>'
        bench.names(what, f"抽取名单!B{row}", "says nothing", list=sheet.replace("</sheetData>", more))
    bench.names("an empty list", "抽取名单!C4", list=re.sub("<sheetData>.*</sheetData>", "<sheetData/>", sheet, flags=re.S))


def change_strata(bench):
    sheet = bench.parts[STRATA]
    total = max(int(row) for column, row, _, inside in CELL.findall(sheet) if column == "E" and inside)
    for cell in ("A4", "C5", "D4", "E5", "F4", "G4", f"D{total}", f"E{total}"):
        bench.names(f"another text in {cell} of the strata", f"分层汇总!{cell}", "shows 12345", strata=put(sheet, cell, "12345"))
    drawn = next(row for row in range(4, total) if shown(sheet, f"E{row}") != "0")
    bench.names("another cut-off", f"分层汇总!J{drawn}", strata=put(sheet, f"J{drawn}", "0" * 64))


def change_record(bench):
    record = bench.parts[RECORD]
    seed = record.replace(SEED, SEED[:-1] + "5", 1)
    bench.names("another seed in the record", "Stratum", record=seed)
    code = shown(bench.parts[LIST], "C6")
    bench.names("another unit in list and record", "Next drawn unit", record=record.replace(code, uscc(999)),
                list=put(bench.parts[LIST], "C6", uscc(999)))
    bench.names("a cell beside the record", "draw.json", record=record.replace(
        "</row>", '<c r="B1" t="inlineStr"><is><t>x</t></is></c></row>', 1))
    bench.names("no text of a record", "draw", record=put(record, "A1", "x"))
    book = bench.parts["xl/workbook.xml"]
    gone = re.sub(r'<sheet name="draw.json"[^>]*/>', "", book)
    bench.names("the hidden sheet gone", "draw.json", **{"xl/workbook.xml": gone})
    hidden = re.sub(r'(<sheet name="抽取名单")', r'\1 state="hidden"', book)
    bench.names("the list hidden behind another", "分层汇总!", **{"xl/workbook.xml": hidden})
    few = re.sub(r'(<sheet name="(?:抽取名单|分层汇总)")', r'\1 state="veryHidden"', book)
    bench.names("too few sheets in sight", "second", **{"xl/workbook.xml": few})


def shared(parts):
    """The same workbook as other programs save it: shared texts, some in runs, lines ended by CR LF, sheets renumbered."""
    texts = []

    def share(match):
        attributes, inside = match[3], match[4] or ""
        found = re.fullmatch(r"<is><t[^>]*>(.*)</t></is>", inside, re.S)
        if not found:
            return match[0]
        texts.append(found[1].replace("\n", "_x000D_\n" if len(texts) % 2 else "\n"))
        attributes = attributes.replace('t="inlineStr"', 't="s"')
        return f'<c r="{match[1]}{match[2]}"{attributes}><v>{len(texts) - 1}</v></c>'

    def item(number, text):
        if number % 3 == 0 and len(text) > 2 and "&" not in text[:2] and "_" not in text[:3]:
            return (f'<si><r><t xml:space="preserve">{text[0]}</t></r><r><rPr><b/></rPr><t xml:space="preserve">'
                    f'{text[1:]}</t></r><rPh sb="0" eb="1"><t>zì</t></rPh></si>')
        return f'<si><t xml:space="preserve">{text}</t></si>'

    changed = dict(parts)
    rels = changed["xl/_rels/workbook.xml.rels"]
    for number in range(1, 6):
        name = f"xl/worksheets/sheet{number}.xml"
        text = CELL.sub(share, changed.pop(name))
        changed[f"xl/worksheets/Blatt{6 - number}.xml"] = text
        rels = rels.replace(f"worksheets/sheet{number}.xml", f"/xl/./worksheets/../worksheets/Blatt{6 - number}.xml")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    changed["xl/_rels/workbook.xml.rels"] = re.sub(r'<Relationship [^>]*sharedStrings[^>]*/>', "", rels).replace(
        "</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/></Relationships>')
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    changed["xl/sharedStrings.xml"] = (
        f'<?xml version="1.0"?><sst xmlns="{space}">' + "".join(map(item, range(len(texts)), texts)) + "</sst>")
    return changed


def save_again(bench):
    parts = bench.parts
    again = shared(parts)
    bench.holds("saved again with shared texts, it holds", again)
    texts = again["xl/sharedStrings.xml"]
    story, name = bench.story, shown(parts[LIST], "B6")
    other = texts.replace(f">{name}</t>", ">他人商行</t>").replace(f">{name[1:]}</t>", ">他人商行</t>")
    write_parts(bench.path, {**again, "xl/sharedStrings.xml": other})
    story.refused(1, "a changed shared text is named", "verify", bench.path, holding="B6")
    write_parts(bench.path, {**again, "xl/sharedStrings.xml": texts.replace("<si>", "<!--", 1).replace("</si>", "-->", 1)})
    story.refused(1, "a shared text too few is seen", "verify", bench.path)
    bare = re.sub(r'<(row|c) r="[A-Z]*\d+"', r"<\1", parts[RECORD])
    bench.holds("rows and cells without numbers count on", {**parts, RECORD: bare})
    prefixed = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", parts[LIST]).replace("xmlns=", "xmlns:x=")
    bench.holds("with a prefix on every name, it holds", {**parts, LIST: prefixed})


def refuse(bench):
    """Files built to harm, or to show different programs different things."""
    story, parts, sheet = bench.story, bench.parts, bench.parts[LIST]
    start = sheet.index("?>") + 2
    entity = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    bench.names("a document type", "document type", list=sheet[:start] + entity + sheet[start:])
    bench.names("a tag without end", "more than", list=sheet[:start] + "<w a='" + " " * (3 << 20))
    bench.names("elements in elements", "more than", list=sheet.replace("<sheetData>", "<q>" * 5000))
    bench.names("a text longer than any cell's", "more than", list=put(sheet, "B6", "长" * 60000))
    bench.names("something among the rows", "rules", list=sheet.replace("<sheetData>", "<sheetData><q/>"))
    choice = sheet.replace("<sheetData>", '<sheetData><m:AlternateContent xmlns:m="urn:x"/>')
    bench.names("something foreign among the rows", "rules", list=choice)
    bench.names("a second table", "rules", list=sheet.replace("</sheetData>", "</sheetData><sheetData/>"))
    bench.names("a row twice", "rules", list=sheet.replace('<row r="7"', '<row r="6"'))
    bench.names("a cell of another row", "rules", list=sheet.replace('r="C7"', 'r="C8"'))
    bench.names("a column that is none", "rules", list=sheet.replace('r="M7"', 'r="XFE7"'))
    bench.names("a text that is not shared", "rules", list=re.sub('<c r="B6"[^>]*>.*?</c>', '<c r="B6" t="s"><v>7</v></c>', sheet))
    bench.names("no XML", "damaged", list=sheet[: len(sheet) // 2])
    bench.names("a sheet twice", "rules", **{"xl/workbook.xml": parts["xl/workbook.xml"].replace("分层汇总", "抽取名单")})
    write_parts(bench.path, {name: text for name, text in parts.items() if name != LIST})
    story.refused(1, "a part missing is named", "verify", bench.path, holding="sheet2.xml")
    write_parts(bench.path, {**parts, LIST.replace("sheet2", "SHEET2"): sheet})
    story.refused(1, "a part twice is named", "verify", bench.path, holding="twice")
    bench.write()
    with open(bench.path, "rb") as file:
        whole = file.read()
    entry = whole.index(LIST.encode(), whole.index(b"PK\1\2")) - 46
    for what, place, value, piece in (("a part of two gigabytes", 24, struct.pack("<I", 2 << 30), "more than"),
                                      ("a password", 8, struct.pack("<H", 1), "password"),
                                      ("another check sum", 16, b"1234", "sheet2.xml")):
        broken = whole[: entry + place] + value + whole[entry + place + len(value):]
        with open(bench.path, "wb") as file:
            file.write(broken)
        story.refused(1, f"{what} is refused", "verify", bench.path, holding=piece)
    for what, broken in (("half a file", whole[: len(whole) // 2]), ("an archive of nothing", b"PK\5\6" + bytes(18)),
                         ("two letters", b"PK")):
        with open(bench.path, "wb") as file:
            file.write(broken)
        story.refused(1, f"{what} is no workbook", "verify", bench.path, holding="changed.xlsx")
    survive(bench, whole)


def survive(bench, whole):
    """One byte changed anywhere: it holds or it does not, but the program ends as it should."""
    wrong = []
    for place in range(0, len(whole), max(1, len(whole) // 150)):
        with open(bench.path, "wb") as file:
            file.write(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1:])
        answer = bench.story.run("verify", bench.path)
        if answer.status not in (0, 1) or (answer.status == 1) != answer.err.startswith("xinfeng: "):
            wrong.append(f"byte {place}: {answer}")
    bench.story.check(not wrong, "no changed byte brings it down", "\n".join(wrong[:3]))


def frame(story, book):
    place = book.replace(".xlsx", ".frame.tsv")
    elsewhere = story.path("elsewhere.tsv")
    os.rename(place, elsewhere)
    answer = story.refused(2, "a frame that is not there is named", "verify", book, holding="--frame")
    story.check(os.path.basename(place) in answer.err, "by its name", answer)
    story.must("verify", book, "--frame", elsewhere)
    with open(elsewhere, encoding="utf-8") as file:
        text = file.read()
    with open(place, "w", encoding="utf-8") as file:
        file.write(text.replace("\tB\t", "\tA\t", 1))
    story.refused(1, "a changed frame is named", "verify", book, holding="frame")
    os.rename(elsewhere, place)


def main(story):
    book = export(story)
    answer = story.must("verify", book)
    story.check("抽取名单" in answer.out and "分层汇总" in answer.out, "the workbook proves itself", answer)
    story.equal(story.must("verify", book, "--json").json, {"holds": True, "difference": None}, "as JSON too")
    story.equal(story.must("--quiet", "verify", book).out, "", "or without a word")
    renamed = os.path.join(os.path.dirname(book), "renamed.draw.json")
    with open(book, "rb") as file, open(renamed, "wb") as copy:
        copy.write(file.read())
    story.must("verify", renamed)
    english = story.must("plan", "export", "1", "--dir", story.path("english"), "--json").json["files"]
    answer = story.must("verify", next(f for f in english if f.endswith(".xlsx")))
    story.check("Enterprises drawn" in answer.out, "written in English it does as well", answer)
    bench = Bench(story, book)
    story.check(escape("甲&乙<丙>") in bench.parts[LIST], "a name with signs of XML is on the list")
    bench.holds("taken apart and put together, it holds", bench.parts)
    change_list(bench)
    change_strata(bench)
    change_record(bench)
    save_again(bench)
    refuse(bench)
    frame(story, book)
    bench.write(list=put(bench.parts[LIST], "B6", "他人商行"))
    answer = story.run("verify", bench.path, "--json")
    story.check(answer.status == 1 and answer.json["holds"] is False and "抽取名单!B6" in answer.json["difference"],
                "a difference as JSON", answer)


if __name__ == "__main__":
    tell(main)
