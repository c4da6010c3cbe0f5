"""What each question path answers: what is chosen, the answer, the lines to call, and what its source must say in these words.

The expected answers were read off the facts and the pages by hand, not off the rules.
"""

BOTH = "People with both Medicare and Medi-Cal"
COUNTY = "Los Angeles County decides who gets Medi-Cal, and it costs nothing to ask"
ALL_PLANS = ["medi-cal", "covered", "medicare-plus", "pasc-seiu"]

WHICH_LINE = [
    (("medi-cal", "nurse"), "ask for a nurse", ["medi-cal"], "ask for the Nurse Advice Line"),
    (("medicare-plus", "nurse"), "ask for a nurse", ["medicare-plus"], "24 hours a day, 7 days a week"),
    (("covered", "mind"), "mental health", ["carelon", "covered"], "call Carelon Behavioral Health"),
    (("none", "mind"), "health coverage", ["coverage"], "Not a member yet?"),
    (("pasc-seiu", "doctor"), "line of your plan", ["pasc-seiu"], "Call your plan's Member Services line well before your visit"),
    (("medi-cal", "medicine"), "line of your plan", ["medi-cal"], "call us before you pay"),
    (("unsure", "card"), "line of your plan", ALL_PLANS, "If you moved, tell us your new address on the same call"),
    (("covered", "bill"), "line of your plan", ["covered"], "Call us before the due date on your bill"),
    (("medicare-plus", "bill"), "line of your plan", ["medicare-plus"], "what you pay"),
    (("medi-cal", "renew"), "county", ["dpss"], "call the County Department of Public Social Services"),
    (("none", "renew"), "county", ["dpss"], "due date printed on it"),
    (("medi-cal", "language"), "interpreter is free", ["medi-cal"], "say the name of your language in English"),
    (("pasc-seiu", "wrong"), "what happened", ["pasc-seiu"], "You don't need to know which one it is"),
    (("none", "join"), "joining a plan", ["coverage"], "You can ask about more than one plan"),
    (("medicare-plus", "join"), "joining a plan", ["coverage"], "you don't have to decide on the call"),
    (("none", "wrong"), "what happened", [*ALL_PLANS, "coverage"], "You don't need to know which one it is"),
    (("none", "language"), "interpreter is free", [*ALL_PLANS, "coverage"], "say the name of your language in English"),
    (("none", "bill"), "Help with a bill", [*ALL_PLANS, "coverage"], "what you pay"),
    (("none", "doctor"), "health coverage", ["coverage"], "to ask about coverage"),
    (("provider", "nurse"), "line for providers", ["providers"], "Provider Information"),
    (("provider", "report"), "Compliance Helpline", ["compliance-helpline"], "You don't have to give your name"),
    (("unsure", "other"), "line of your plan", ALL_PLANS, "24 hours a day, 7 days a week, including holidays"),
]
HELP_ME_CHOOSE = [
    (("both", "no", "yes"), "L.A. Care Medicare Plus (HMO D-SNP) may fit you", ["medicare-plus"], BOTH),
    (("neither", "yes", "no"), "Ask about the PASC-SEIU Plan", ["pasc-seiu", "coverage"], "It is not open to everyone"),
    (("medi-cal", "no", "no"), "Our Medi-Cal plan may fit you", ["coverage", "medi-cal"], "you can choose L.A. Care"),
    (("medicare", "no", "unsure"), "Ask whether you can get Medi-Cal, too", ["dpss", "medicare-plus"], BOTH),
    (("neither", "no", "yes"), "Medi-Cal may fit you", ["dpss", "coverage"], COUNTY),
    (
        ("neither", "no", "unsure"),
        "Medi-Cal may fit you",
        ["dpss", "coverage"],
        "Medi-Cal looks at things like your household and your income",
    ),
    (("unsure", "no", "no"), "Find out first", ["coverage", "dpss"], "Any letters from Medi-Cal, Medicare or Covered California"),
    (("unsure", "no", "unsure"), "Find out first", ["coverage", "dpss"], "You can ask about more than one plan"),
    (("unsure", "yes", "yes"), "Find out first", ["coverage", "dpss", "pasc-seiu"], "You can ask about more than one plan"),
    (("neither", "no", "no"), "L.A. Care Covered may fit you", ["coverage"], "Covered California decides"),
]
MEDI_CAL = [
    (
        ("no", "yes", "yes"),
        "Our Medi-Cal plan is for Los Angeles County",
        ["coverage"],
        "People who live in Los Angeles County and qualify for Medi-Cal",
    ),
    (("yes", "yes", "yes"), "You may be able to join L.A. Care Medicare Plus (HMO D-SNP)", ["medicare-plus", "coverage"], BOTH),
    (
        ("yes", "yes", "no"),
        "you may be able to choose us",
        ["coverage", "medi-cal"],
        "asked which health plan you want, say L.A. Care",
    ),
    (
        ("yes", "ended", "unsure"),
        "Ask the county why it ended",
        ["dpss", "coverage"],
        "Ask the county why, and if you can get it back",
    ),
    (("yes", "no", "yes"), "You may qualify: apply to find out", ["dpss", "medicare-plus"], BOTH),
    (("yes", "no", "unsure"), "You may qualify: apply to find out", ["dpss", "coverage"], "The county decides, not L.A. Care"),
]
PASC_SEIU = [
    (("yes",), "You may be able to join: call to find out", ["pasc-seiu"], "The rules can change"),
    (
        ("ending",),
        "Call before your coverage ends",
        ["pasc-seiu", "coverage"],
        "you may be able to keep your PASC-SEIU Plan coverage for a while",
    ),
    (("family",), "Call and ask about each person", ["pasc-seiu", "coverage"], "Please ask about each person"),
    (("no",), "Another of our plans may fit you better", ["coverage", "pasc-seiu"], "This plan is not open to everyone"),
]
CASES = {"which_line": WHICH_LINE, "help_me_choose": HELP_ME_CHOOSE, "medi_cal": MEDI_CAL, "pasc_seiu": PASC_SEIU}
ABOUT_COVERAGE = ("help_me_choose", "medi_cal", "pasc_seiu")
