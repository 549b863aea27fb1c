"""The code lists of the method: each choice is stored as its code and shown as its label."""

from __future__ import annotations

from enum import StrEnum


class Choice(StrEnum):
    """A code with the words a person sees."""

    label: str

    def __new__(cls, code: str, label: str) -> Choice:
        """Make the member from its stored ``code`` and its shown ``label``."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class Domain(Choice):
    """Where an inequality shows: the resource's own triple."""

    ACCESS = "access", "Access"
    EXPERIENCE = "experience", "Experience"
    OUTCOMES = "outcomes", "Outcomes"


class Sureness(Choice):
    """How sure the group is of a finding."""

    HIGH = "high", "Sure"
    MODERATE = "moderate", "Fairly sure"
    LOW = "low", "Unsure"
    VERY_LOW = "very_low", "A guess so far"


class Treated(Choice):
    """Whether somebody says that a source's publisher dealt with small numbers."""

    YES = "yes", "Yes, by its publisher"
    NO = "no", "No, they are as they were counted"


class SourceKind(Choice):
    """What an existing source of 1A tells about."""

    POPULATION = "population", "Population and statistics"
    ASSETS = "assets", "Community assets or a local directory"
    USAGE = "usage", "Service usage"
    EXPERIENCE = "experience", "Experience measure"
    OUTCOME = "outcome", "Outcome measure"
    OTHER = "other", "Other"


class LawfulBasis(Choice):
    """Lawful bases for holding personal data, UK GDPR Article 6."""

    CONSENT = "consent", "Consent"
    PUBLIC_TASK = "public_task", "Public task"
    LEGITIMATE = "legitimate", "Legitimate interests"
    LEGAL = "legal", "Legal obligation"
    CONTRACT = "contract", "Contract"
    VITAL = "vital", "Vital interests"


class AssetKind(Choice):
    """What kind of community asset it is."""

    GROUP = "group", "Community group"
    SERVICE = "service", "Service"
    PLACE = "place", "Place to meet"
    FAITH = "faith", "Faith organisation"
    PEER = "peer", "Peer support"
    HELPLINE = "helpline", "Helpline or online"
    OTHER = "other", "Other"


class JoinKind(Choice):
    """What two labels that are joined stand for."""

    GROUP = "group", "Group of people"
    PLACE = "place", "Place or organisation"


class JoinQuality(Choice):
    """How well two labels fit that are joined."""

    EXACT = "exact", "Exactly the same"
    BROADER = "broader", "Part of a broader group"
    LOSSY = "lossy", "Nearly; something is lost"


class GroupKind(Choice):
    """Why a group is looked for that data tend to miss."""

    INCLUSION = "inclusion", "Inclusion health group"
    CONDITION = "condition", "Co-occurring condition"
    OTHER = "other", "Other"


class SeenState(Choice):
    """Whether any data here show how a group fares."""

    NOT_LOOKED = "not_looked", "Not looked yet"
    SEEN = "seen", "Data see them"
    PARTLY = "partly", "Data see some of them"
    UNSEEN = "unseen", "No data can see them"


class ActivityKind(Choice):
    """The four ways of 1B to hear from communities."""

    FOCUS_GROUP = "focus_group", "Focus group"
    SURVEY = "survey", "Survey"
    COMMUNITY = "community", "Input from a community group"
    SERVICE = "service", "Input from another service"


class Place(Choice):
    """How people take part."""

    IN_PERSON = "in_person", "In person"
    ONLINE = "online", "Online"
    MIXED = "mixed", "Some in the room, some online"
    WRITTEN = "written", "In writing"


class InvolvementLevel(Choice):
    """The ladder of co-production, lowest first."""

    INFORMED = "informed", "Informed"
    CONSULTED = "consulted", "Consulted"
    ENGAGED = "engaged", "Engaged"
    CO_DESIGN = "co_design", "Co-design"
    CO_PRODUCTION = "co_production", "Co-production"


class Payment(Choice):
    """How people are paid for their time."""

    FEE = "fee", "Fee"
    VOUCHER = "voucher", "Voucher"
    EXPENSES = "expenses", "Expenses only"
    NONE = "none", "Not paid"


class Role(Choice):
    """In what capacity somebody speaks; one person can hold several."""

    LIVED = "lived", "Lived experience"
    CARER = "carer", "Family or carer"
    COMMUNITY = "community", "Community member"
    STAFF = "staff", "Staff"
    VCSE = "vcse", "Voluntary or community organisation"
    COMMISSIONER = "commissioner", "Commissioner"
    OTHER = "other", "Other"


class NeedState(Choice):
    """What became of an access need."""

    ASKED = "asked", "Asked for"
    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"


class AccessNeedKind(Choice):
    """Access needs people are asked about before an activity."""

    INTERPRETER = "interpreter", "Interpreter"
    BSL = "bsl", "British Sign Language"
    LARGE_PRINT = "large_print", "Large print"
    EASY_READ = "easy_read", "Easy Read"
    HEARING_LOOP = "hearing_loop", "Hearing loop"
    STEP_FREE = "step_free", "Step-free way in"
    QUIET_ROOM = "quiet_room", "Quiet room"
    PRAYER = "prayer", "Prayer room or times"
    FOOD = "food", "Food needs"
    CHILDCARE = "childcare", "Childcare or respite"
    TRAVEL = "travel", "Travel"
    TIMING = "timing", "Time of day or year"
    GENDER_SPECIFIC = "gender_specific", "Women-only or men-only group"
    ONLINE = "online", "Online place or data costs"
    BREAKS = "breaks", "Breaks"
    COMPANION = "companion", "Companion"
    CAMERA_OFF = "camera_off", "Camera off"
    OTHER = "other", "Other"


class Agreement(Choice):
    """How many in the room shared a remark."""

    ONE = "one", "One person"
    SOME = "some", "Some"
    MOST = "most", "Most"
    ALL = "all", "All"


class ChallengeKind(Choice):
    """The eight challenges in identifying inequality issues that the resource names."""

    CAPTURE = "capture", "Demographic data not captured, inaccurate or unclear"
    AMALGAMATION = "amalgamation", "Sources not brought together"
    DISTRUST = "distrust", "Distrust in services"
    LANGUAGE = "language", "Cultural and language barriers"
    INFORMATION = "information", "Service information not accessible to all"
    HIDDEN = "hidden", "Populations the data hide"
    ACCURACY = "accuracy", "Data not always accurate"
    CO_OCCURRING = "co_occurring", "Co-occurring conditions obscure needs"


class ChallengeState(Choice):
    """How far a challenge is dealt with."""

    SEEN = "seen", "Seen"
    WORKING = "working", "Being worked on"
    EASED = "eased", "Eased"
    ACCEPTED = "accepted", "Cannot be changed now"


class OptionKind(Choice):
    """Where an option of 2A comes from."""

    COMMUNITY = "community", "Asked the community"
    PRACTICE = "practice", "Positive practice elsewhere"
    EVIDENCE = "evidence", "Evidence base"
    LOCAL = "local", "Already happening locally"


class Overlap(Choice):
    """What to do about an initiative that is there already."""

    NONE = "none", "No overlap"
    JOIN = "join", "Join it"
    EXTEND = "extend", "Extend it"
    AVOID = "avoid", "Leave it to them"


class DiagramKind(Choice):
    """The two planning diagrams of 2B."""

    DRIVER = "driver", "Driver diagram"
    THEORY = "theory", "Theory of change"


class NodeLevel(Choice):
    """Where a box stands in its diagram, left to right."""

    AIM = "aim", "Aim"
    PRIMARY = "primary", "Primary driver"
    SECONDARY = "secondary", "Secondary driver"
    CHANGE_IDEA = "change_idea", "Change idea"
    NEED = "need", "Need"
    INPUT = "input", "Input"
    ACTIVITY = "activity", "Activity"
    OUTPUT = "output", "Output"
    SHORT = "short", "Short-term outcome"
    MEDIUM = "medium", "Medium-term outcome"
    LONG = "long", "Long-term outcome"
    IMPACT = "impact", "Impact"


class Horizon(Choice):
    """When a priority is to be acted on."""

    IMMEDIATE = "immediate", "Immediate"
    SHORT = "short", "Short term, up to 6 months"
    MEDIUM = "medium", "Medium term, 6 to 18 months"
    LONG = "long", "Long term, over 18 months"


class Direction(Choice):
    """Which way is better."""

    UP = "up", "Higher is better"
    DOWN = "down", "Lower is better"


class GoalState(Choice):
    """How a goal stands."""

    DRAFT = "draft", "Draft"
    AGREED = "agreed", "Agreed"
    UNDER_WAY = "under_way", "Under way"
    ACHIEVED = "achieved", "Achieved"
    PARTLY = "partly", "Partly achieved"
    NOT_MET = "not_met", "Not met"
    STOPPED = "stopped", "Stopped"


class ResourceKind(Choice):
    """What a goal needs."""

    STAFF = "staff", "Staff"
    FACILITIES = "facilities", "Facilities"
    MONEY = "money", "Money"
    SKILLS = "skills", "Skills or training"
    OTHER = "other", "Other"


class Progress(Choice):
    """How a piece of work stands."""

    NOT_STARTED = "not_started", "Not started"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    BLOCKED = "blocked", "Blocked"
    STOPPED = "stopped", "Stopped"


class Impact(Choice):
    """How a plan bears on a group."""

    POSITIVE = "positive", "Positive"
    NEGATIVE = "negative", "Negative"
    NEUTRAL = "neutral", "None"
    UNKNOWN = "unknown", "Not known"


class EiaOutcome(Choice):
    """What the assessment concludes."""

    NO_CHANGE = "no_change", "No change needed"
    ADJUST = "adjust", "Adjust the plan"
    CONTINUE = "continue", "Continue, with a justification"
    STOP = "stop", "Stop and rethink"


class CareMode(Choice):
    """Ways of offering care, so that people can choose."""

    OUTREACH = "outreach", "Outreach"
    HOME = "home", "Home-based care"
    STREET = "street", "Street clinic"
    PHONE = "phone", "Help over the phone"
    ONLINE = "online", "Online"
    CLINIC = "clinic", "Clinic"
    GROUP = "group", "Group in the community"


class MeasureKind(Choice):
    """The kinds of measure 4A names."""

    PREM = "prem", "Patient-reported experience measure (PREM)"
    PROM = "prom", "Patient-reported outcome measure (PROM)"
    SELF_ASSESSMENT = "self_assessment", "Self-assessment"
    ACCESS = "access", "Access, by demographics"
    BENCHMARK = "benchmark", "Benchmark"
    DASHBOARD = "dashboard", "Dashboard"


class FeedbackChannel(Choice):
    """How feedback came."""

    IN_PERSON = "in_person", "In-person session"
    SURVEY = "survey", "Survey"
    FORUM = "forum", "Online forum"
    PHONE = "phone", "Phone"
    WRITTEN = "written", "Letter or card"
    COMPLAINT = "complaint", "Complaint or compliment"
    STAFF_SURVEY = "staff_survey", "Staff satisfaction survey"
    APPRAISAL = "appraisal", "Appraisal"


class PersonKind(Choice):
    """Whose feedback it is."""

    SERVICE_USER = "service_user", "People who use services"
    CARER = "carer", "Families and carers"
    COMMUNITY = "community", "Community members"
    WORKFORCE = "workforce", "Workforce"


class PromiseState(Choice):
    """What became of what was said."""

    OPEN = "open", "Not answered yet"
    DONE = "done", "We did"
    COULD_NOT = "could_not", "We could not, and said why"


class ReviewDecision(Choice):
    """What a review decides on a goal."""

    CONTINUE = "continue", "Continue"
    ADAPT = "adapt", "Adapt"
    SCALE = "scale", "Scale up"
    STOP = "stop", "Stop"
    DECOMMISSION = "decommission", "Decommission"


class GapState(Choice):
    """Whether the gap closed."""

    CLOSED = "closed", "Closed"
    NARROWED = "narrowed", "Narrowed"
    UNCHANGED = "unchanged", "Unchanged"
    WIDENED = "widened", "Widened"
    TOO_EARLY = "too_early", "Too early to tell"


class Strength(Choice):
    """How strong the evidence is."""

    HIGH = "high", "High"
    MODERATE = "moderate", "Moderate"
    LOW = "low", "Low"
    VERY_LOW = "very_low", "Very low"


class NominalStage(Choice):
    """The stages of a nominal group session."""

    WELCOME = "welcome", "Welcome"
    SILENT = "silent", "Silent writing"
    ROUND_ROBIN = "round_robin", "Round robin"
    CLARIFY = "clarify", "Clarification"
    VOTE = "vote", "Vote"
    DISCUSS = "discuss", "Discussion of the vote"
    FINAL_VOTE = "final_vote", "Final vote"
    CLOSED = "closed", "Closed"


class RoundState(Choice):
    """Whether a voting round takes ballots."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


def label_of(choices: type[Choice], code: str) -> str:
    """Return the label of ``code``, or the code itself where the list does not know it (a file from a newer program)."""
    try:
        return choices(code).label
    except ValueError:
        return code
