"""The menus of the site map: sections, promo cards, and the addresses of each placement in their order."""

MAIN_SECTIONS = ["Home", "Become a Member", "For Members", "For Providers", "Healthy Living", "About Us", "Find a Doctor"]

PROMOS = {
    "For Members": "/health-plans/la-care-covered/payments",
    "For Providers": "/providers/medi-cal-redetermination-faqs",
    "Healthy Living": "/healthy-living/community-resource-centers",
    "About Us": "/about/health-equity",
}

ADDRESSES = {
    "main": """
        /health-plans/medi-cal
        /health-plans/medi-cal/plan-partners
        /health-plans/medi-cal/benefits-guide
        /health-plans/medi-cal/do-i-qualify
        /health-plans/medi-cal/how-to-join
        /health-plans/medicare-plus
        /health-plans/medicare-plus/benefits-and-assistance
        /health-plans/la-care-covered
        /health-plans/la-care-covered/how-to-enroll
        /health-plans/la-care-covered/find-provider
        /health-plans/la-care-covered/shop-plans
        /calculator
        /health-plans/pasc-seiu
        /health-plans/pasc-seiu/benefits-guide
        /health-plans/pasc-seiu/continuation-coverage
        /health-plans/pasc-seiu/do-i-qualify
        /health-plans/pasc-seiu/how-to-join
        /members/welcome-la-care
        /members/id-card
        /members/documents
        /members/handbook
        /members/my-la-care-covered
        /health-plans/la-care-covered/payments
        /members/rights-responsibilities
        /members/about-your-plan
        /members/newsletters
        /members/health-news-advisories
        /members/getting-care
        /members/getting-care/appointments
        /members/getting-care/routine-exams
        /members/getting-care/urgent-care
        /members/getting-care/emergencies
        /members/getting-care/nurse-advice-line
        /members/getting-care/pharmacy-services
        /members/getting-care/behavioral-health
        /members/getting-care/dental-services
        /members/getting-care/vision
        /members/getting-care/urgent-care/telehealth
        /members/getting-care/continuity-of-care
        https://communitylink.lacare.org/
        /members/interpretation-translation
        /members/transportation
        /members/care-management
        /members/enhanced-care-management
        /members/long-term-services
        /members/community-supports
        /members/file-grievance
        /members/file-grievance/grievance-appeal-form
        /health-plans/medi-cal/renewals
        /providers
        /providers/join-our-network
        /providers/elevating-safety-net
        /providers/ppe
        /providers/programs
        /providers/policies-compliance
        /providers/faqs
        /providers/news
        /providers/claims
        /providers/claims/icd-10
        /providers/claims/using-edi
        /providers/claims/submitting-encounter-data
        /providers/elevating-clinical-quality
        /providers/ecm
        /providers/provider-resources/care-management
        /providers/community-supports
        /providers/medi-cal-redetermination-faqs
        /providers/pharmacy-services
        /providers/training
        /providers/forms-manuals
        /providers/tools
        /providers/health-information-technology
        /healthy-living/community-resource-centers
        /healthy-living/health-promoters
        /healthy-living/caregivers
        /healthy-living/consumer-advisory-councils
        /healthy-living/library/national-health-center-week
        /healthy-living
        /healthy-living/sun-bucks
        /healthy-living/library/wellness-videos
        /healthy-living/library/maternity-care-programs
        /members/getting-care/nurse-advice-line/audio-reference-library
        /about
        /about/health-equity
        /about/board-governors
        /about/leadership
        /about/operational-excellence
        /about/history
        /about/awards-honors
        /about/grantmaking
        /careers
        /about/contact-us
        /about/public-meetings/board-meetings
        /about/public-meetings/committee-meetings
        /about-us/public-meetings/public-advisory-committee-meetings
        /news
        /news/fact-sheet
        /news/media-kit
        /news/annual-reports
        /news/videos
        /news/speakers-bureau
        /news/e-newsletters
        /news/we-are-la-care
    """.split(),
    "header_utility": """
        /members/member-tools/find-doctor-or-hospital
        https://jobs.lacare.org/
        /about/contact-us
    """.split(),
    "header_buttons": """
        https://members.lacare.org/
        /providers
    """.split(),
    "footer": """
        /help-me-choose
        /health-plans/la-care-covered
        /health-plans/medi-cal/plan-partners
        /health-plans/la-care-covered
        /members/health-news-advisories/covid-19
        /members/getting-care/nurse-advice-line
        /members/getting-care/behavioral-health
        /healthcare-fraud-prevention/reporting-fraud-waste-or-abuse
        /members/file-grievance/grievance-appeal-form
        /healthy-living/community-resource-centers
        /healthy-living/consumer-advisory-councils
        /healthy-living/caregivers
        /members/getting-care/nurse-advice-line/audio-reference-library
        /about/public-meetings/board-meetings
        https://jobs.lacare.org/
        /news/media-kit
        /news/annual-reports
        /procurement
        /about/applications
        /about/websites
    """.split(),
    "footer_utility": """
        /glossary-terms
        /social-media-guidelines
        /privacy
        /terms-and-conditions
        /nondiscrimination-notice
        /technical-information
        /agents
    """.split(),
    "social": """
        https://www.facebook.com/LACareHealth
        https://www.linkedin.com/company/27625
        https://www.instagram.com/lacarehealth
        https://twitter.com/LACareHealth
        https://www.youtube.com/user/lacarehealthplan
    """.split(),
}
