#!/usr/bin/env python3
"""Computes the teams of a draw again and names the first difference: verify_teams.py RECORD.teams.json FRAME.frame.tsv"""
import collections, hashlib, json, sys
def sha(text): return hashlib.sha256(text.encode()).hexdigest()
def check(what, recorded, computed):
    if recorded != computed: raise ValueError(f"{what}: the record has {recorded!r}, computed is {computed!r}")
def flows(room, wanted):  # room[a][b]: what may still flow from a to b; True when all that is wanted comes from "s" to "t"
    while wanted:
        came, queue, path = {"s": None}, ["s"], ["t"]
        for a in queue:
            new = [b for b, left in room[a].items() if left > 0 and b not in came]
            came.update((b, a) for b in new), queue.extend(new)
        if "t" not in came: return False
        while path[-1] != "s": path.append(came[path[-1]])
        least = min(room[a][b] for b, a in zip(path, path[1:]))
        for b, a in zip(path, path[1:]): room[a][b], room[b][a] = room[a][b] - least, room[b][a] + least
        wanted -= least
    return True

class Teams:
    def __init__(self, record, frame):
        self.size, self.expert, self.most = map(int, record["roster"][0].split("\t")[1:])
        lines, regions = [line.split("\t") for line in record["roster"][1:]], dict(line.split("\t")[:2] for line in frame.split("\n")[:-1])
        self.experts, self.loads = {line[0] for line in lines if line[3] == "1"}, {line[0]: 0 for line in lines}
        units, context = {unit["uscc"] for unit in record["units"] + record["changes"]}, "draw-ticket/1\n{draw_id}\n%s\n{seed}\n".format(**record)
        self.key, self.tickets = sha(context % "inspector"), {unit: sha(sha(context % "unit") + unit) for unit in units}
        self.may = {u: frozenset(i for i, _, of, _, _, no in lines if regions[u].startswith(of) and u not in no.split(",")) for u in units}
    def line_up(self, unit): return sorted(self.may[unit], key=lambda i: (self.loads[i], sha(f"{self.key}{unit}\n{i}")))
    def short(self, team): return self.expert and not self.experts & {*team}
    def possible(self, kinds, load, team=(), may=frozenset()):  # the other units (who may go: how many), and the seats behind a team
        room, left = collections.defaultdict(collections.Counter), (self.size - len(team)) * bool(team)
        groups = [(who, n, n * self.size, n * (self.size - 1)) for who, n in kinds.items()] + [(may - {*team}, 1, left, left - self.short(team))]
        for at, (who, n, seats, plain) in enumerate(groups):
            room["s"][at], room[at][at, "plain"] = seats, plain if self.expert else seats
            for i in who: room[at if i in self.experts else (at, "plain")][i] = n
        for i, given in self.loads.items(): room[i]["t"] = load - given - (i in team)
        return not (team and self.short(team) > left) and min(room[i]["t"] for i in self.loads) >= 0 and flows(room, sum(g[2] for g in groups))
    def first(self, unit, kinds, load):  # one seat after another goes to the first who leaves the rest possible
        line, team = self.line_up(unit), []
        for i in [] if self.possible(kinds, load, line[:self.size], self.may[unit]) else line:
            if len(team) < self.size and self.possible(kinds, load, team + [i], self.may[unit]): team.append(i)
        return team or line[:self.size]
    def next(self, unit, team, out):  # for a unit that came in, or a seat that is empty
        for i in self.line_up(unit) * (self.size - len(team)):
            barred = i in [*team, out] or len(team) == self.size or self.loads[i] >= self.most
            if not barred and (i in self.experts or len(team) + 1 < self.size or not self.short(team)): team = [*team, i]
        return team
    def give(self, team, by=1): self.loads.update((i, self.loads[i] + by) for i in team)

def verify(text, frame):
    record = json.loads(text)
    teams, has, units = Teams(record, frame.decode()), {}, [unit["uscc"] for unit in record["units"]]
    check("frame_digest", record["frame_digest"], hashlib.sha256(frame).hexdigest())
    check("roster_digest", record["roster_digest"], sha("".join(line + "\n" for line in record["roster"])))
    kinds, teams.most = collections.Counter(teams.may[unit] for unit in units), teams.most or 10**9
    check("load", record["load"], next(load for load in range(len(units) + 1) if teams.possible(kinds, load)))
    for recorded, unit in zip(record["units"], sorted(units, key=lambda unit: (teams.tickets[unit], unit))):
        kinds[teams.may[unit]] -= 1
        has[unit] = teams.first(unit, kinds, record["load"])
        teams.give(has[unit])
        check(f"unit {unit}", recorded, {"uscc": unit, "ticket": teams.tickets[unit], "team": has[unit]})
    for number, change in enumerate(record["changes"], 1):
        unit, leaves, kept = change["uscc"], change["leaves"], [i for i in has.get(change["uscc"], []) if i != change["leaves"]]
        comes = (teams.next(unit, kept, leaves) if change["chosen"] == "rule" else [*kept, change["comes"]])[len(kept):]
        check(f"change {number} may be", True, {*comes} <= teams.may[unit] - {*kept} and not teams.short(kept + comes))
        teams.give(comes), teams.give([leaves] * (leaves is not None), -1)
        has[unit] = [comes[0] if i == leaves else i for i in has[unit]] if leaves else comes
        check(f"change {number}, the team of {unit}", change["team"], has[unit])
    check("file written as records are", text == json.dumps(record, indent=2, ensure_ascii=False) + "\n", True)
    stated, canonical = record.pop("teams_digest"), json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    check("teams_digest (a reason or another text was changed)", stated, sha(canonical))
    return f"OK: {len(has)} teams of draw {record['draw_id']}, at first nobody above {record['load']} units"
try: print(verify(open(sys.argv[1], "rb").read().decode(), open(sys.argv[2], "rb").read()))
except Exception as fault: sys.exit(print("DIFFERS:", f"{type(fault).__name__}: {fault}"[:600]) or 1)
