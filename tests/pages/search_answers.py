"""What the search answers, as data: in this process, or by `python -m tests.pages.search_answers` on another database."""

import json
import sys

# Question; path of the first page; key of the first telephone line ("" where no line is to be shown).
QUESTIONS = [
    ("nurse line", "/members/getting-care/nurse-advice-line", "medi-cal"),
    ("nurse advice line phone number", "/members/getting-care/nurse-advice-line", "medi-cal"),
    ("ID card", "/members/id-card", "medi-cal"),
    ("I lost my card", "/members/id-card", "medi-cal"),
    ("insurance card", "/members/id-card", "medi-cal"),
    ("find a doctor", "/members/member-tools/find-doctor-or-hospital", "medi-cal"),
    ("renew Medi-Cal", "/health-plans/medi-cal/renewals", "dpss"),
    ("how do I renew my medical", "/health-plans/medi-cal/renewals", "dpss"),
    ("redetermination", "/providers/medi-cal-redetermination-faqs", "dpss"),
    ("file a complaint", "/members/file-grievance", "medi-cal"),
    ("grievance form", "/members/file-grievance/grievance-appeal-form", "medi-cal"),
    ("appeal a decision", "/members/file-grievance", "medi-cal"),
    ("ride to the doctor", "/members/transportation", "medi-cal"),
    ("prescription refill", "/members/getting-care/pharmacy-services", "medi-cal"),
    ("medicine", "/members/getting-care/pharmacy-services", ""),
    ("mental health", "/members/getting-care/behavioral-health", "carelon"),
    ("therapist", "/members/getting-care/behavioral-health", "carelon"),
    ("dentist", "/members/getting-care/dental-services", ""),
    ("eye glasses", "/members/getting-care/vision", ""),
    ("urgent care", "/members/getting-care/urgent-care", ""),
    ("emergency room", "/members/getting-care/emergencies", ""),
    ("interpreters", "/members/interpretation-translation", "medi-cal"),
    ("pay my bill", "/health-plans/la-care-covered/payments", "covered"),
    ("do I qualify for Medi-Cal?", "/health-plans/medi-cal/do-i-qualify", "medi-cal"),
    ("D-SNP", "/health-plans/medicare-plus", "medicare-plus"),
    ("covered california", "/health-plans/la-care-covered", "covered"),
    ("report fraud", "/healthcare-fraud-prevention/reporting-fraud-waste-or-abuse", "compliance-helpline"),
    ("board meeting agenda", "/about/public-meetings/board-meetings", ""),
    ("jobs", "/careers", ""),
    ("privacy", "/privacy", ""),
    ("submit a claim", "/providers/claims", "providers"),
    ("ICD-10", "/providers/claims/icd-10", ""),
    ("encounter data", "/providers/claims/submitting-encounter-data", "providers"),
    ("PPG application", "/providers/cal-mediconnect/ppg-application", "providers"),
    ("member handbook", "/members/handbook", "medi-cal"),
    ("teladoc", "/members/getting-care/urgent-care/telehealth", ""),
    ("pregnant", "/healthy-living/library/maternity-care-programs", ""),
    ("community resource center", "/healthy-living/community-resource-centers", ""),
    ("cal mediconnect", "/health-plans/cal-mediconnect", "cal-mediconnect"),
    ("get a quote", "/calculator", "coverage"),
    ("who we are", "/news/we-are-la-care", ""),
    ("wildfire", None, "medi-cal"),
    ("1-888-839-9909", None, "medi-cal"),
    ("888 839 9909", None, "medi-cal"),
]
MISSPELT = [
    ("grievence", "grievance"),
    ("medi-cal renewel", "medi-cal renew"),
    ("perscription", "prescription"),
    ("phisician", "physician"),
    ("asdfqwer", ""),
]


def answers(language: str = "en") -> dict:
    """For each question the paths of the first twenty pages, their snippets and the keys of the lines; and the suggestions."""
    from pages.search import lines, questions, selectors, suggestions

    found = {}
    for question, *_expected in QUESTIONS:
        text = questions.clean(question)
        shown = selectors.results(selectors.find(text, language).hits[:20], language)
        keys = [line.key for line in lines.for_question(questions.parse(text, language)).lines]
        found[question] = {
            "paths": [result.url for result in shown],
            "snippets": [result.snippet for result in shown],
            "lines": keys,
        }
    for question, _suggestion in MISSPELT:
        unknown = selectors.find(question, language).unknown
        found[question] = suggestions.corrected(questions.parse(question, language), unknown) if unknown else ""
    return found


if __name__ == "__main__":
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_content", stdout=sys.stderr)
    print(json.dumps(answers()))
