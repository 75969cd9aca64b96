#!/usr/bin/env python3
"""Scores everybody by a policy in pandas, as somebody would write it who knows pandas: whole columns at a time, counts by
numpy's bincount. What comes out is compared with the program's own results before anything is timed.

usage: policy_pandas.py load FOLDER                     enterprise.csv, fact.csv, relation.csv, before.csv to one pickle each
       policy_pandas.py score FOLDER POLICY TYPES DAY   TYPES: {"penalty": 1, ...}; prints what bench_score.py compares"""
import json
import os
import sys

import numpy as np
import pandas as pd

TEXTS = ("kind", "status", "industry", "address", "phone", "legal_person", "party", "type", "final_class")
TABLES = ("enterprise", "fact", "relation", "before")


def load(folder):
    for table in TABLES:
        columns = pd.read_csv(os.path.join(folder, f"{table}.csv"), nrows=0).columns
        texts = {name: "object" for name in columns if name in TEXTS and table != "fact"}
        frame = pd.read_csv(os.path.join(folder, f"{table}.csv"), dtype=texts, keep_default_na=False,
                            na_values={name: [""] for name in columns})
        frame.to_pickle(os.path.join(folder, f"{table}.pickle"))


def banded(bands, value):
    """100 times the points of the first band that holds each value; no value holds in none."""
    points = np.zeros(len(value), dtype=np.int64)
    free = ~np.isnan(value) if value.dtype.kind == "f" else np.ones(len(value), dtype=bool)
    for band in bands:
        inside = free & (value >= band.get("from", -np.inf)) & (value < band.get("to", np.inf))
        points[inside] = band["points"] * 100
        free &= ~inside
    return points


class Scorer:
    def __init__(self, folder, types, day):
        self.enterprise, self.fact, self.relation, self.before = (
            pd.read_pickle(os.path.join(folder, f"{table}.pickle")) for table in TABLES)
        self.types, self.day, self.count = types, day, len(self.enterprise)
        self.ids = self.enterprise["id"].to_numpy()
        fact = self.fact
        fact = fact[(fact["status"] == 0) & (fact["occurred_on"] <= day)]
        self.owner = np.searchsorted(self.ids, fact["enterprise"].to_numpy())
        self.type = fact["type"].to_numpy()
        self.level, self.amount = fact["level"].to_numpy(), fact["amount"].to_numpy()
        self.age = self.months(fact["occurred_on"].to_numpy())
        ended = fact["ended_on"].to_numpy()
        self.in_force = np.isnan(ended) | (ended > day)
        relation = self.relation
        self.link = relation[(relation["from_day"].fillna(0) <= day) & (relation["to_day"].isna() | (relation["to_day"] > day))]
        self.self_of = self.link.dropna(subset=["other"]).groupby("party")["other"].max().astype("int64")

    def months(self, since):
        """Whole months to the last of a month."""
        return (self.day // 10000 * 12 + self.day // 100 % 100) - (since // 10000 * 12 + since // 100 % 100)

    def matching(self, indicator):
        mask = np.isin(self.type, [self.types[word] for word in indicator["facts"]])
        for key, column in (("level", self.level), ("amount", self.amount)):
            if key in indicator:
                mask &= column >= indicator[key].get("from", -np.inf)
                mask &= column < indicator[key].get("to", np.inf)
        return mask

    def windowed(self, indicator):
        mask = self.matching(indicator)
        return mask & (self.age < indicator["window"]) if "window" in indicator else mask

    def counted(self, mask, weights=None):
        return np.bincount(self.owner[mask], weights, self.count).astype(np.int64)

    def event(self, indicator):
        mask = self.windowed(indicator)
        age = self.age[mask]
        if "by" in indicator:
            value = self.level[mask] if indicator["by"] == "level" else self.amount[mask] // 100
            points = np.where(np.isnan(value), indicator.get("missing", 0), banded(indicator["bands"], value) // 100)
        else:
            points = np.full(len(age), indicator["points"])
        percent = np.zeros(len(age), dtype=np.int64) if "decay" in indicator else np.full(len(age), 100)
        for months, left in reversed(indicator.get("decay", [])):
            percent[age < months] = left
        return self.counted(mask, points * percent)

    def growth(self, indicator):
        mask, recent, base = self.matching(indicator), indicator["recent"], indicator["base"]
        now = self.counted(mask & (self.age < recent))
        before = self.counted(mask & (self.age >= recent) & (self.age < recent + base))
        rate = 100 * now * base // (np.maximum(before, 1) * recent)
        return np.where(now >= indicator["least"], banded(indicator["bands"], rate), 0)

    def attribute(self, indicator):
        name, missing = indicator["attribute"], indicator.get("missing", 0) * 100
        if name == "age_months":
            since = self.enterprise["established_on"].to_numpy(dtype=float)
            value = np.where(since <= self.day, self.months(since), np.nan)
        elif name not in ("kind", "status", "industry"):
            value = self.enterprise[name].to_numpy(dtype=float)
            value = value // 1000000 if name == "capital" else value
        else:
            texts = self.enterprise[name]
            codes = {text: next((points * 100 for code, points in sorted(indicator["codes"].items(), key=lambda one: -len(one[0]))
                                 if (text.startswith(code) if name == "industry" else text == code)), 0)
                     for text in texts.dropna().unique()}
            return texts.map(codes).fillna(missing).to_numpy().astype(np.int64)
        return np.where(np.isnan(value), missing, banded(indicator["bands"], value))

    def party(self, kind):
        first = self.link[self.link["type"] == kind].groupby("enterprise")["party"].min()
        return self.enterprise["id"].map(first)

    def share(self, indicator):
        of = indicator["of"]
        if of == "agent":
            key = self.party("agent")
        else:
            key = self.enterprise[of].str.replace(" ", "", regex=False)
            key = key.str.replace("-", "", regex=False) if of == "phone" else key
            key = key.where(key != "")
            key = self.party("legal_representative").fillna(key) if of == "legal_person" else key
        codes, _ = pd.factorize(key)
        others = np.where(codes >= 0, np.bincount(codes[codes >= 0])[codes] - 1, 0)
        return np.where(codes >= 0, banded(indicator["bands"], others), indicator.get("missing", 0) * 100)

    def relation_of(self, indicator):
        links = self.link[self.link["type"].isin(indicator["relations"])][["party", "enterprise"]].drop_duplicates()
        own = self.self_of[self.self_of.index.isin(links["party"])].rename("enterprise").reset_index()
        nodes = pd.concat([links, own]).drop_duplicates()
        near = nodes.merge(nodes, on="party")[["enterprise_x", "enterprise_y"]].drop_duplicates()
        near = near[near["enterprise_x"] != near["enterprise_y"]].set_axis(["one", "other"], axis=1)
        if indicator.get("hops", 1) == 2:
            far = near.merge(near, left_on="other", right_on="one")[["one_x", "other_y"]].set_axis(["one", "other"], axis=1)
            near = pd.concat([near, far[far["one"] != far["other"]]]).drop_duplicates()
        if "classes" in indicator:
            hits = self.before[self.before["final_class"].isin(indicator["classes"])]["enterprise"].to_numpy()
            hit = np.isin(self.ids, hits)
        else:
            hit = self.counted(self.matching(indicator) & self.in_force) > 0
        one = np.searchsorted(self.ids, near["one"].to_numpy())
        other = np.searchsorted(self.ids, near["other"].to_numpy())
        known = np.bincount(one, minlength=self.count)
        value = np.bincount(one, hit[other], self.count).astype(np.int64)
        if indicator.get("measure", "count") == "percent":
            value = 100 * value // np.maximum(known, 1)
        return np.where(known > 0, banded(indicator["bands"], value), 0)

    def raw(self, indicator):
        """An indicator's centipoints before its floor and cap."""
        kind = indicator["kind"]
        if kind == "present":
            return np.where(self.counted(self.matching(indicator) & self.in_force) > 0, indicator["points"] * 100, 0)
        if kind == "count":
            return banded(indicator["bands"], self.counted(self.windowed(indicator)))
        if kind == "amount":
            mask = self.windowed(indicator)
            return banded(indicator["bands"], self.counted(mask, np.nan_to_num(self.amount[mask])) // 100)
        return {"event": self.event, "growth": self.growth, "attribute": self.attribute, "share": self.share,
                "relation": self.relation_of}[kind](indicator)

    def run(self, policy):
        points = {one["code"]: np.clip(self.raw(one), one.get("floor", 0) * 100, one["cap"] * 100 if "cap" in one else None)
                  for one in policy["indicators"]}
        result = pd.DataFrame(points).astype("int32")
        total = np.zeros(self.count, dtype=np.int64)
        for dimension in policy["dimensions"]:
            own = sum(points[one["code"]] for one in policy["indicators"] if one["dimension"] == dimension["code"])
            result[dimension["code"]] = np.clip(own, 0, dimension["cap"] * 100 if "cap" in dimension else None)
            total += result[dimension["code"]].to_numpy()
        result["total"] = total = np.minimum(total, policy["maximum"] * 100)
        bounds = [policy["classes"][letter] * 100 for letter in "BCD"]
        letter = np.array(list("ABCD"))[np.searchsorted(bounds, total, side="right")]
        for rule in policy["direct"]:
            if rule["mode"] == "auto":
                letter[self.counted(self.matching({"facts": rule["facts"]}) & self.in_force) > 0] = "D"
        result["final_class"] = letter
        return result


def main():
    job, folder = sys.argv[1:3]
    if job == "load":
        load(folder)
        return
    with open(sys.argv[3], encoding="utf-8") as file:
        policy = json.load(file)
    result = Scorer(folder, json.loads(sys.argv[4]), int(sys.argv[5])).run(policy)
    result.to_pickle(os.path.join(folder, "result.pickle"))
    print(len(result), int(result["total"].sum()), *((result["final_class"] == one).sum() for one in "ABCD"))


main()
