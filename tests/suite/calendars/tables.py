"""Writes the tables of this folder: the dates of public holidays as other people publish them.

    pip install holidays==0.109 govuk-bank-holidays==0.19
    python tables.py

Both packages are under the MIT licence; the second holds a copy of the list of the British
government, which is under the Open Government Licence v3.0. The README says what is left out.
"""

import datetime
import json
import pathlib

import govuk_bank_holidays
import holidays

HERE = pathlib.Path(__file__).parent
WEEKDAYS = "Saturdays and Sundays"


def days(country, years, subdiv=None, categories=("public",)):
    found = holidays.country_holidays(
        country, subdiv=subdiv, years=years, categories=categories, language="en_US"
    )
    return {day: name for day, name in found.items() if day.year in years}


def weekdays(found):
    return {day: name for day, name in found.items() if day.weekday() < 5}


def without(found, *names):
    left = {day: [n for n in name.split("; ") if n not in names] for day, name in found.items()}
    return {day: "; ".join(n) for day, n in left.items() if n}


def common(years):
    """The days that every state and territory of Australia keeps."""
    states = "ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"
    each = [days("AU", years, state) for state in states]
    return {day: each[1][day] for day in set.intersection(*map(set, each))}


def write(name, source, left_out, found):
    lines = [f"# {source}", f"# left out: {left_out}"]
    lines += [f"{day} {found[day]}" for day in sorted(found)]
    (HERE / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def of_package():
    years, later = range(2010, 2030), range(2012, 2032)
    span = {years: "2010 to 2029", later: "2012 to 2031"}
    dutch = "public", "optional"

    def table(name, what, left_out, found, years=years):
        source = f"{what}, {span[years]}: Python package holidays {holidays.__version__} (MIT)"
        write(name, source, left_out, found)

    british = (
        ("england-and-wales", "England", "ENG"),
        ("scotland", "Scotland", "SCT"),
        ("northern-ireland", "Northern Ireland", "NIR"),
    )
    for name, what, subdiv in british:
        table(name, f"GB {subdiv}", WEEKDAYS, weekdays(days("GB", years, subdiv)))
    for name in ("de", "dk", "fr", "se"):
        table(name, name.upper(), "nothing", days(name.upper(), years))
    table("us-federal", "US", "nothing", days("US", years))
    eves = "Midsummer Eve", "Christmas Eve"
    table("fi", "FI", ", ".join(eves), without(days("FI", years), *eves))
    table("nl", "NL", "Good Friday", without(days("NL", years), "Good Friday"))
    act = without(days("NL", years, categories=dutch), "Easter Sunday", "Pentecost")
    table("nl-awt", "NL, public and optional", "Easter Sunday, Pentecost", act)
    what = "AU, days common to all eight states and territories"
    table("au", what, WEEKDAYS, weekdays(common(later)), later)


def of_government():
    folder = pathlib.Path(govuk_bank_holidays.__file__).parent
    lists = json.loads(next(folder.rglob("bank-holidays.json")).read_text(encoding="utf-8"))
    for name, events in lists.items():
        found = {datetime.date.fromisoformat(it["date"]): it["title"] for it in events["events"]}
        years = f"{min(found).year} to {max(found).year}"
        source = f"{name}, {years}: gov.uk/bank-holidays, as copied in govuk-bank-holidays 0.19 (MIT)"
        write(f"{name}.gov-uk", source, "nothing", found)


of_package()
of_government()
