"""The first format: every record, the journal, the ballot box and the evidence tables.

Written out in full, so that what a file of this format looks like does not change when the declarations do; a change to them needs a migration of its own.
"""

from __future__ import annotations

from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    """CREATE TABLE goal (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, statement TEXT NOT NULL, priority_id TEXT, finding_id
        TEXT, population TEXT NOT NULL, characteristic TEXT NOT NULL, "group" TEXT NOT NULL, comparison_group TEXT NOT NULL, indicator_id TEXT NOT NULL, measure TEXT NOT
        NULL, baseline REAL, baseline_lower REAL, baseline_upper REAL, baseline_period TEXT NOT NULL, unit TEXT NOT NULL, target REAL, direction TEXT NOT NULL, resources
        TEXT NOT NULL, confidence INTEGER, who_gains TEXT NOT NULL, who_might_lose TEXT NOT NULL, start TEXT NOT NULL, due TEXT NOT NULL, owner TEXT NOT NULL,
        lived_experience_sponsor TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(priority_id) REFERENCES priority (id), FOREIGN KEY(finding_id) REFERENCES
        finding (id)) STRICT""",
    "CREATE INDEX ix_goal_finding_id ON goal (finding_id)",
    "CREATE INDEX ix_goal_priority_id ON goal (priority_id)",
    """CREATE TABLE resource (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, goal_id TEXT, title TEXT NOT NULL, kind TEXT NOT NULL, amount TEXT NOT
        NULL, provider TEXT NOT NULL, secured INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(goal_id) REFERENCES goal (id)) STRICT""",
    "CREATE INDEX ix_resource_goal_id ON resource (goal_id)",
    """CREATE TABLE milestone (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, goal_id TEXT, title TEXT NOT NULL, due TEXT NOT NULL, done INTEGER NOT
        NULL, PRIMARY KEY (id), FOREIGN KEY(goal_id) REFERENCES goal (id)) STRICT""",
    "CREATE INDEX ix_milestone_goal_id ON milestone (goal_id)",
    """CREATE TABLE equality_impact (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, goal_id TEXT, title TEXT NOT NULL, due TEXT NOT NULL, completed
        TEXT NOT NULL, purpose TEXT NOT NULL, affected TEXT NOT NULL, engagement TEXT NOT NULL, cumulative TEXT NOT NULL, human_rights TEXT NOT NULL, knows_duty INTEGER NOT
        NULL, before_decision INTEGER NOT NULL, in_substance INTEGER NOT NULL, not_delegated INTEGER NOT NULL, continuing INTEGER NOT NULL, recorded INTEGER NOT NULL,
        outcome TEXT NOT NULL, monitoring TEXT NOT NULL, review_due TEXT NOT NULL, signed_off TEXT NOT NULL, published TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(goal_id)
        REFERENCES goal (id)) STRICT""",
    "CREATE INDEX ix_equality_impact_goal_id ON equality_impact (goal_id)",
    """CREATE TABLE equality_impact_row (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, assessment_id TEXT, characteristic TEXT NOT NULL, impact TEXT
        NOT NULL, severity INTEGER, likelihood INTEGER, evidence TEXT NOT NULL, aim_eliminate INTEGER NOT NULL, aim_advance INTEGER NOT NULL, aim_relations INTEGER NOT NULL,
        mitigation TEXT NOT NULL, owner TEXT NOT NULL, due TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(assessment_id) REFERENCES equality_impact (id)) STRICT""",
    "CREATE INDEX ix_equality_impact_row_assessment_id ON equality_impact_row (assessment_id)",
    """CREATE TABLE action (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, goal_id TEXT, owner TEXT NOT NULL, start TEXT NOT NULL,
        due TEXT NOT NULL, state TEXT NOT NULL, place TEXT NOT NULL, cost TEXT NOT NULL, modes TEXT NOT NULL, training TEXT NOT NULL, online TEXT NOT NULL, partners TEXT NOT
        NULL, progress TEXT NOT NULL, blocker TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(goal_id) REFERENCES goal (id)) STRICT""",
    "CREATE INDEX ix_action_goal_id ON action (goal_id)",
    """CREATE TABLE governance (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, forum TEXT NOT NULL, executive TEXT NOT NULL, meets TEXT NOT NULL,
        lived_experience TEXT NOT NULL, escalation TEXT NOT NULL, goal_id TEXT, PRIMARY KEY (id), FOREIGN KEY(goal_id) REFERENCES goal (id)) STRICT""",
    "CREATE INDEX ix_governance_goal_id ON governance (goal_id)",
    """CREATE TABLE decision (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, decided TEXT NOT NULL, forum TEXT NOT NULL, options
        TEXT NOT NULL, rationale TEXT NOT NULL, present TEXT NOT NULL, dissent TEXT NOT NULL, duty INTEGER NOT NULL, interests TEXT NOT NULL, PRIMARY KEY (id)) STRICT""",
    """CREATE TABLE risk (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, goal_id TEXT, likelihood INTEGER, consequence INTEGER,
        controls TEXT NOT NULL, owner TEXT NOT NULL, review_due TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(goal_id) REFERENCES goal (id)) STRICT""",
    "CREATE INDEX ix_risk_goal_id ON risk (goal_id)",
    """CREATE TABLE option (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, action TEXT NOT NULL, set_up TEXT
        NOT NULL, impact TEXT NOT NULL, source TEXT NOT NULL, place TEXT NOT NULL, population TEXT NOT NULL, strength TEXT NOT NULL, fit TEXT NOT NULL, overlap TEXT NOT
        NULL, overlap_note TEXT NOT NULL, PRIMARY KEY (id)) STRICT""",
    """CREATE TABLE nominal_group (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, question TEXT NOT NULL, held TEXT NOT NULL, present INTEGER, places
        INTEGER NOT NULL, stage TEXT NOT NULL, stage_started TEXT NOT NULL, who TEXT NOT NULL, activity_id TEXT, PRIMARY KEY (id), FOREIGN KEY(activity_id) REFERENCES
        activity (id)) STRICT""",
    "CREATE INDEX ix_nominal_group_activity_id ON nominal_group (activity_id)",
    """CREATE TABLE idea (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, nominal_group_id TEXT, letter TEXT NOT NULL, words TEXT NOT NULL, clarified
        TEXT NOT NULL, merged_into_id TEXT, PRIMARY KEY (id), FOREIGN KEY(nominal_group_id) REFERENCES nominal_group (id), FOREIGN KEY(merged_into_id) REFERENCES idea (id))
        STRICT""",
    "CREATE INDEX ix_idea_merged_into_id ON idea (merged_into_id)",
    "CREATE INDEX ix_idea_nominal_group_id ON idea (nominal_group_id)",
    """CREATE TABLE voting_round (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, nominal_group_id TEXT, name TEXT NOT NULL, state TEXT NOT NULL, places
        INTEGER NOT NULL, voters INTEGER NOT NULL, ideas TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(nominal_group_id) REFERENCES nominal_group (id)) STRICT""",
    "CREATE INDEX ix_voting_round_nominal_group_id ON voting_round (nominal_group_id)",
    """CREATE TABLE diagram_node (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, diagram TEXT NOT NULL, level TEXT NOT NULL, title TEXT NOT NULL,
        measure TEXT NOT NULL, finding_id TEXT, idea_id TEXT, PRIMARY KEY (id), FOREIGN KEY(finding_id) REFERENCES finding (id), FOREIGN KEY(idea_id) REFERENCES idea (id))
        STRICT""",
    "CREATE INDEX ix_diagram_node_finding_id ON diagram_node (finding_id)",
    "CREATE INDEX ix_diagram_node_idea_id ON diagram_node (idea_id)",
    """CREATE TABLE diagram_link (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, cause_id TEXT, effect_id TEXT, why TEXT NOT NULL, strength TEXT NOT
        NULL, unintended TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(cause_id) REFERENCES diagram_node (id), FOREIGN KEY(effect_id) REFERENCES diagram_node (id)) STRICT""",
    "CREATE INDEX ix_diagram_link_cause_id ON diagram_link (cause_id)",
    "CREATE INDEX ix_diagram_link_effect_id ON diagram_link (effect_id)",
    """CREATE TABLE priority (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, idea_id TEXT, horizon TEXT NOT NULL, small_change
        INTEGER NOT NULL, first_step TEXT NOT NULL, lived_view TEXT NOT NULL, agreed_by TEXT NOT NULL, vote_overridden TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(idea_id)
        REFERENCES idea (id)) STRICT""",
    "CREATE INDEX ix_priority_idea_id ON priority (idea_id)",
    """CREATE TABLE measure (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, goal_id TEXT, instrument TEXT NOT
        NULL, definition TEXT NOT NULL, by_groups TEXT NOT NULL, direction TEXT NOT NULL, target REAL, frequency TEXT NOT NULL, owner TEXT NOT NULL, benchmark TEXT NOT NULL,
        PRIMARY KEY (id), FOREIGN KEY(goal_id) REFERENCES goal (id)) STRICT""",
    "CREATE INDEX ix_measure_goal_id ON measure (goal_id)",
    """CREATE TABLE measure_point (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, measure_id TEXT, group_name TEXT NOT NULL, measured TEXT NOT NULL,
        value REAL, people INTEGER, note TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(measure_id) REFERENCES measure (id)) STRICT""",
    "CREATE INDEX ix_measure_point_measure_id ON measure_point (measure_id)",
    """CREATE TABLE feedback (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, said TEXT NOT NULL, channel TEXT NOT NULL, person_kind TEXT NOT NULL,
        received TEXT NOT NULL, people INTEGER, goal_id TEXT, action_id TEXT, did TEXT NOT NULL, told TEXT NOT NULL, state TEXT NOT NULL, fair TEXT NOT NULL, PRIMARY KEY
        (id), FOREIGN KEY(goal_id) REFERENCES goal (id), FOREIGN KEY(action_id) REFERENCES action (id)) STRICT""",
    "CREATE INDEX ix_feedback_action_id ON feedback (action_id)",
    "CREATE INDEX ix_feedback_goal_id ON feedback (goal_id)",
    """CREATE TABLE training_need (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, need TEXT NOT NULL, team TEXT NOT NULL, people INTEGER, answer TEXT
        NOT NULL, met INTEGER NOT NULL, PRIMARY KEY (id)) STRICT""",
    """CREATE TABLE review (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, held TEXT NOT NULL, who_took_part TEXT NOT NULL, worked
        TEXT NOT NULL, not_worked TEXT NOT NULL, gaps TEXT NOT NULL, to_commissioning TEXT NOT NULL, next_cycle TEXT NOT NULL, PRIMARY KEY (id)) STRICT""",
    """CREATE TABLE reviewed_goal (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, review_id TEXT, goal_id TEXT, decision TEXT NOT NULL, gap TEXT NOT
        NULL, latest REAL, latest_comparison REAL, reason TEXT NOT NULL, carry_over INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(review_id) REFERENCES review (id),
        FOREIGN KEY(goal_id) REFERENCES goal (id)) STRICT""",
    "CREATE INDEX ix_reviewed_goal_goal_id ON reviewed_goal (goal_id)",
    "CREATE INDEX ix_reviewed_goal_review_id ON reviewed_goal (review_id)",
    """CREATE TABLE data_source (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, publisher TEXT NOT NULL,
        period TEXT NOT NULL, geography TEXT NOT NULL, licence TEXT NOT NULL, suppression TEXT NOT NULL, completeness TEXT NOT NULL, file_name TEXT NOT NULL, content_hash
        TEXT NOT NULL, layout TEXT NOT NULL, rows INTEGER, PRIMARY KEY (id)) STRICT""",
    """CREATE TABLE asset (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, area TEXT NOT NULL, reaches TEXT NOT
        NULL, languages TEXT NOT NULL, access TEXT NOT NULL, capacity TEXT NOT NULL, contact TEXT NOT NULL, checked TEXT NOT NULL, PRIMARY KEY (id)) STRICT""",
    """CREATE TABLE activity (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, question TEXT NOT NULL,
        population TEXT NOT NULL, held TEXT NOT NULL, place TEXT NOT NULL, venue TEXT NOT NULL, facilitator TEXT NOT NULL, scribe TEXT NOT NULL, invited INTEGER, attended
        INTEGER, left_early INTEGER, recruitment TEXT NOT NULL, accessibility TEXT NOT NULL, payment TEXT NOT NULL, payment_note TEXT NOT NULL, level TEXT NOT NULL,
        level_said TEXT NOT NULL, consent TEXT NOT NULL, debrief TEXT NOT NULL, PRIMARY KEY (id)) STRICT""",
    """CREATE TABLE participant (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, code TEXT NOT NULL, roles TEXT NOT NULL, activity_id TEXT, agreed
        INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(activity_id) REFERENCES activity (id)) STRICT""",
    "CREATE INDEX ix_participant_activity_id ON participant (activity_id)",
    """CREATE TABLE monitoring (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, activity_id TEXT, characteristic TEXT NOT NULL, answer TEXT NOT NULL,
        people INTEGER, PRIMARY KEY (id), FOREIGN KEY(activity_id) REFERENCES activity (id)) STRICT""",
    "CREATE INDEX ix_monitoring_activity_id ON monitoring (activity_id)",
    """CREATE TABLE access_need (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, activity_id TEXT, kind TEXT NOT NULL, state TEXT NOT NULL, people
        INTEGER, reason TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(activity_id) REFERENCES activity (id)) STRICT""",
    "CREATE INDEX ix_access_need_activity_id ON access_need (activity_id)",
    """CREATE TABLE theme (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, name TEXT NOT NULL, meaning TEXT NOT NULL, domain TEXT NOT NULL, parent_id
        TEXT, PRIMARY KEY (id), FOREIGN KEY(parent_id) REFERENCES theme (id)) STRICT""",
    "CREATE INDEX ix_theme_parent_id ON theme (parent_id)",
    """CREATE TABLE remark (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, words TEXT NOT NULL, speaker TEXT NOT NULL, roles TEXT NOT NULL, activity_id
        TEXT, language TEXT NOT NULL, translation TEXT NOT NULL, agreement TEXT NOT NULL, quote INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(activity_id) REFERENCES
        activity (id)) STRICT""",
    "CREATE INDEX ix_remark_activity_id ON remark (activity_id)",
    """CREATE TABLE challenge (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, kind TEXT NOT NULL, seen_in TEXT NOT NULL, source_id TEXT, activity_id
        TEXT, done TEXT NOT NULL, by_whom TEXT NOT NULL, result TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(source_id) REFERENCES data_source (id),
        FOREIGN KEY(activity_id) REFERENCES activity (id)) STRICT""",
    "CREATE INDEX ix_challenge_activity_id ON challenge (activity_id)",
    "CREATE INDEX ix_challenge_source_id ON challenge (source_id)",
    """CREATE TABLE finding (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, domain TEXT NOT NULL, characteristic TEXT NOT NULL,
        group_name TEXT NOT NULL, compared_with TEXT NOT NULL, indicator TEXT NOT NULL, area TEXT NOT NULL, period TEXT NOT NULL, indicator_id TEXT NOT NULL, unit TEXT NOT
        NULL, direction TEXT NOT NULL, value REAL, lower REAL, upper REAL, compared_value REAL, sentence TEXT NOT NULL, method TEXT NOT NULL, sureness TEXT NOT NULL, caveat
        TEXT NOT NULL, PRIMARY KEY (id)) STRICT""",
    """CREATE TABLE link (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, from_table TEXT NOT NULL, from_id TEXT NOT NULL, name TEXT NOT NULL, to_table
        TEXT NOT NULL, to_id TEXT NOT NULL, PRIMARY KEY (id)) STRICT""",
    "CREATE INDEX ix_link_from_id ON link (from_id)",
    "CREATE INDEX ix_link_to_id ON link (to_id)",
    """CREATE TABLE programme (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, name TEXT NOT NULL, area TEXT NOT NULL, organisation TEXT NOT NULL, scope
        TEXT NOT NULL, vision TEXT NOT NULL, cycle_number INTEGER NOT NULL, starts TEXT NOT NULL, review_due TEXT NOT NULL, data_controller TEXT NOT NULL, lawful_basis TEXT
        NOT NULL, privacy_notice TEXT NOT NULL, dpia TEXT NOT NULL, rehearsal INTEGER NOT NULL, PRIMARY KEY (id)) STRICT""",
    """CREATE TABLE population (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, name TEXT NOT NULL, why TEXT NOT NULL, involved TEXT NOT NULL, PRIMARY
        KEY (id)) STRICT""",
    """CREATE TABLE member (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, initials TEXT NOT NULL, duty TEXT NOT NULL, roles TEXT NOT NULL, paid
        INTEGER NOT NULL, PRIMARY KEY (id)) STRICT""",
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE journal_entry (id TEXT PRIMARY KEY, replica TEXT NOT NULL, sequence INTEGER NOT NULL, stamp TEXT NOT NULL, actor TEXT NOT NULL, label TEXT NOT NULL,
        kind TEXT NOT NULL, inverts TEXT REFERENCES journal_entry(id), previous TEXT NOT NULL, hash TEXT NOT NULL, UNIQUE (replica, sequence)) STRICT""",
    """CREATE TABLE journal_change (entry_id TEXT NOT NULL REFERENCES journal_entry(id), table_name TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT NOT NULL, before TEXT,
        after TEXT, salt TEXT, digest TEXT NOT NULL, PRIMARY KEY (entry_id, row_id, field)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX ix_journal_change_row ON journal_change (row_id, field)",
    """CREATE TABLE journal_supersedes (entry_id TEXT NOT NULL REFERENCES journal_entry(id), row_id TEXT NOT NULL, field TEXT NOT NULL, superseded TEXT NOT NULL, PRIMARY
        KEY (entry_id, row_id, field, superseded)) STRICT, WITHOUT ROWID""",
    "CREATE TABLE journal_head (row_id TEXT NOT NULL, field TEXT NOT NULL, entry_id TEXT NOT NULL, PRIMARY KEY (row_id, field, entry_id)) STRICT, WITHOUT ROWID",
    "CREATE TABLE purged (row_id TEXT PRIMARY KEY, entry_id TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE ballot (round_id TEXT NOT NULL REFERENCES voting_round(id), key TEXT NOT NULL, ranking TEXT NOT NULL, PRIMARY KEY (round_id, key)) STRICT, WITHOUT ROWID",
    """CREATE TABLE dataset (key INTEGER PRIMARY KEY, source_id TEXT NOT NULL UNIQUE, state TEXT NOT NULL CHECK (state IN ('loading', 'ready')), rows INTEGER NOT NULL, size
        INTEGER NOT NULL, content_hash TEXT NOT NULL) STRICT""",
    "CREATE TABLE area (key INTEGER PRIMARY KEY, type TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (type, code, name)) STRICT",
    "CREATE TABLE period (key INTEGER PRIMARY KEY, label TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT NOT NULL, UNIQUE (label, starts, ends)) STRICT",
    """CREATE TABLE category (key INTEGER PRIMARY KEY, characteristic TEXT NOT NULL, label TEXT NOT NULL, level TEXT NOT NULL, parent TEXT NOT NULL, UNIQUE (characteristic,
        label, level, parent)) STRICT""",
    "CREATE TABLE quantity (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, statistic TEXT NOT NULL) STRICT",
    "CREATE TABLE observed (key INTEGER PRIMARY KEY, area INTEGER NOT NULL, category INTEGER NOT NULL, source_row INTEGER NOT NULL, value ANY NOT NULL) STRICT",
    """CREATE TABLE run (dataset INTEGER NOT NULL, quantity INTEGER NOT NULL, period INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (dataset,
        quantity, period, first)) STRICT, WITHOUT ROWID""",
    "CREATE TABLE marker (dataset INTEGER NOT NULL, text TEXT NOT NULL, status TEXT NOT NULL, PRIMARY KEY (dataset, text)) STRICT, WITHOUT ROWID",
    "CREATE TABLE covered_area (dataset INTEGER NOT NULL, quantity INTEGER NOT NULL, area INTEGER NOT NULL, PRIMARY KEY (dataset, quantity, area)) STRICT, WITHOUT ROWID",
    """CREATE TABLE covered_category (dataset INTEGER NOT NULL, quantity INTEGER NOT NULL, category INTEGER NOT NULL, PRIMARY KEY (dataset, quantity, category)) STRICT,
        WITHOUT ROWID""",
    """CREATE VIEW observation AS SELECT r.dataset, r.quantity, r.period, o.area, o.category, o.source_row, iif(m.text IS NULL, o.value, NULL) AS value, m.text AS marker
        FROM run r JOIN observed o ON o.key BETWEEN r.first AND r.last LEFT JOIN marker m ON m.dataset = r.dataset AND m.text = o.value""",
)


def upgrade() -> None:
    """Make all tables."""
    for statement in TABLES:
        op.execute(statement)
