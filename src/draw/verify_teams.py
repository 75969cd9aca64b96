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
        steps = list(zip(path[1:], path))
        wanted -= (least := min(room[a][b] for a, b in steps))
        for a, b in steps: room[a][b], room[b][a] = room[a][b] - least, room[b][a] + least
    return True

class Teams:
    def __init__(self, record, frame):
        self.size, self.expert, self.most = map(int, record["roster"][0].split("\t")[1:])
        lines, regions = [line.split("\t") for line in record["roster"][1:]], dict(line.split("\t")[:2] for line in frame.split("\n")[:-1])
        self.experts, self.loads = {line[0] for line in lines if line[3] == "1"}, {line[0]: 0 for line in lines}
        units, context = {unit["uscc"] for unit in record["units"] + record["changes"]}, "draw-ticket/1\n{draw_id}\n%s\n{seed}\n".format(**record)
        self.key, self.tickets = sha(context % "inspector"), {unit: sha(sha(context % "unit") + unit) for unit in units}
        self.may = {u: frozenset(i for i, _, of, _, _, no in lines if regions[u].startswith(of) and u not in no.split(",")) for u in units}
    def short(self, team): return bool(self.expert) and not self.experts & {*team}
    def fill(self, unit, team, good):  # one seat after another goes to the first, by load and ticket, who is good in it
        for i in sorted(self.may[unit], key=lambda i: (self.loads[i], sha(f"{self.key}{unit}\n{i}"))) * (self.size - len(team)):
            if len(team) < self.size and i not in team and good([*team, i]): team = [*team, i]
        return team
    def possible(self, kinds, load, team=(), may=frozenset()):  # the other units (who may go: how many), and the seats behind a team
        room, left = collections.defaultdict(collections.Counter), (self.size - len(team)) * bool(team)
        groups = [(who, n, n * self.size, n * (self.size - 1)) for who, n in kinds.items()] + [(may - {*team}, 1, left, left - self.short(team))]
        for at, (who, n, seats, plain) in enumerate(groups):
            room["s"][at], room[at][at, "plain"] = seats, plain if self.expert else seats
            for i in who: room[at if i in self.experts else (at, "plain")][i] = n
        for i, given in self.loads.items(): room[i]["t"] = load - given - (i in team)
        return not (team and self.short(team) > left) and min(room[i]["t"] for i in self.loads) >= 0 and flows(room, sum(g[2] for g in groups))

def verify(text, frame):
    record = json.loads(text)
    teams, has, units, load = Teams(record, frame.decode()), {}, [unit["uscc"] for unit in record["units"]], record["load"]
    check("frame_digest", record["frame_digest"], hashlib.sha256(frame).hexdigest())
    check("roster_digest", record["roster_digest"], sha("".join(line + "\n" for line in record["roster"])))
    kinds, most = collections.Counter(teams.may[unit] for unit in units), teams.most or 10**9
    check("load", load, next(least for least in range(len(units) + 1) if teams.possible(kinds, least)))
    for recorded, unit in zip(record["units"], sorted(units, key=lambda unit: (teams.tickets[unit], unit))):
        kinds[teams.may[unit]] -= 1
        has[unit] = teams.fill(unit, [], lambda team: teams.possible(kinds, load, team, teams.may[unit]))
        teams.loads.update((i, teams.loads[i] + 1) for i in has[unit])
        check(f"unit {unit}", recorded, {"uscc": unit, "ticket": teams.tickets[unit], "team": has[unit]})
    for number, change in enumerate(record["changes"], 1):
        unit, leaves, kept = change["uscc"], change["leaves"], [i for i in has.get(change["uscc"], []) if i != change["leaves"]]
        fits = lambda team: team[-1] != leaves and teams.loads[team[-1]] < most and not (len(team) == teams.size and teams.short(team))
        comes = (teams.fill(unit, kept, fits) if change["chosen"] == "rule" else [*kept, change["comes"]])[len(kept):]
        check(f"change {number} may be", True, {*comes} <= teams.may[unit] - {*kept} and not teams.short(kept + comes))
        teams.loads.update([(i, teams.loads[i] + 1) for i in comes] + [(i, teams.loads[i] - 1) for i in [leaves] if i])
        has[unit] = [comes[0] if i == leaves else i for i in has[unit]] if leaves else comes
        check(f"change {number}, the team of {unit}", change["team"], has[unit])
    check("file written as records are", text == json.dumps(record, indent=2, ensure_ascii=False) + "\n", True)
    check("teams_digest (a reason or another text was changed)", record.pop("teams_digest"),
          sha(json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)))
    return f"OK: {len(has)} teams of draw {record['draw_id']}, at first nobody above {load} units"
try: print(verify(open(sys.argv[1], "rb").read().decode(), open(sys.argv[2], "rb").read()))
except Exception as fault: sys.exit(print("DIFFERS:", f"{type(fault).__name__}: {fault}"[:600]) or 1)
