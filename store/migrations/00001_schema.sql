-- The first schema. One text for both databases: ids and hashes are BYTEA
-- (SQLite keeps blobs), instants epoch milliseconds, dates days since
-- 1970-01-01, months YYYYMM, truth values 0 or 1, JSON text. After "--sqlite"
-- or "--postgres" stands what only that one sees. PostgreSQL compares every
-- text by its bytes, as SQLite does. Statements end with a semicolon at the end
-- of a line.

CREATE TABLE organization (
  id BYTEA NOT NULL PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  zone TEXT NOT NULL,
  lang TEXT NOT NULL,
  packs TEXT NOT NULL,
  settings TEXT NOT NULL,
  created BIGINT,
  rev BIGINT NOT NULL
);

CREATE TABLE unit (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  parent_id BYTEA,
  path TEXT NOT NULL,
  code TEXT,
  name TEXT NOT NULL,
  head_id BYTEA,
  zone TEXT NOT NULL,
  departments TEXT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX unit_code ON unit (org_id, code);

CREATE TABLE staff (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  code TEXT,
  name TEXT NOT NULL,
  login TEXT,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  units TEXT NOT NULL,
  roles TEXT NOT NULL,
  qualifications TEXT NOT NULL,
  absences TEXT NOT NULL,
  active SMALLINT NOT NULL,
  lang TEXT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX staff_code ON staff (org_id, code);
CREATE UNIQUE INDEX staff_login ON staff (org_id, login);

-- Who holds which role where; unit zero: in the organization as a whole.
CREATE TABLE staff_role (
  org_id BYTEA NOT NULL,
  role TEXT NOT NULL,
  unit_id BYTEA NOT NULL,
  staff_id BYTEA NOT NULL,
  PRIMARY KEY (org_id, role, unit_id, staff_id)
  --sqlite , FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id)
) --sqlite WITHOUT ROWID
;
CREATE INDEX staff_role_staff ON staff_role (org_id, staff_id);

CREATE TABLE role (
  org_id BYTEA NOT NULL,
  code TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  permissions TEXT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, code)
);

CREATE TABLE credential (
  org_id BYTEA NOT NULL,
  staff_id BYTEA NOT NULL,
  hash TEXT NOT NULL,
  changed BIGINT,
  PRIMARY KEY (org_id, staff_id)
  --sqlite , FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id)
);

CREATE TABLE session (
  org_id BYTEA NOT NULL,
  hash TEXT NOT NULL,
  staff_id BYTEA NOT NULL,
  created BIGINT,
  expires BIGINT NOT NULL,
  PRIMARY KEY (org_id, hash)
  --sqlite , FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id)
);
CREATE INDEX session_hash ON session (hash);
CREATE INDEX session_staff ON session (org_id, staff_id);
CREATE INDEX session_expires ON session (org_id, expires);

CREATE TABLE token (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  permissions TEXT NOT NULL,
  created BIGINT,
  created_by BYTEA,
  expires BIGINT,
  revoked BIGINT,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX token_hash ON token (hash);

-- label is what a list is sorted by; search what a text is looked for in.
-- pinyin and initials are the name as it is typed without Chinese input; tail
-- is a phone number's last four digits, or an asset's label backwards.
CREATE TABLE contact (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  code TEXT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  unit_id BYTEA NOT NULL,
  owner_id BYTEA,
  steward_id BYTEA,
  phones TEXT NOT NULL,
  email TEXT NOT NULL,
  address TEXT NOT NULL,
  attributes TEXT NOT NULL,
  do_not_contact SMALLINT NOT NULL,
  quiet TEXT NOT NULL,
  search TEXT NOT NULL,
  pinyin TEXT NOT NULL,
  initials TEXT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX contact_code ON contact (org_id, code);
CREATE INDEX contact_name ON contact (org_id, name, id, unit_id);
CREATE INDEX contact_pinyin ON contact (org_id, pinyin, id, unit_id);
CREATE INDEX contact_initials ON contact (org_id, initials, id, unit_id);

CREATE TABLE contact_phone (
  org_id BYTEA NOT NULL,
  phone TEXT NOT NULL,
  contact_id BYTEA NOT NULL,
  tail TEXT NOT NULL,
  PRIMARY KEY (org_id, phone, contact_id)
  --sqlite , FOREIGN KEY (org_id, contact_id) REFERENCES contact (org_id, id)
) --sqlite WITHOUT ROWID
;
CREATE INDEX contact_phone_contact ON contact_phone (org_id, contact_id);
CREATE INDEX contact_phone_tail ON contact_phone (org_id, tail, contact_id);

CREATE TABLE asset (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  code TEXT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  unit_id BYTEA NOT NULL,
  contact_id BYTEA,
  attributes TEXT NOT NULL,
  label TEXT NOT NULL,
  search TEXT NOT NULL,
  tail TEXT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX asset_code ON asset (org_id, code);
CREATE INDEX asset_label ON asset (org_id, label, id, unit_id);
CREATE INDEX asset_tail ON asset (org_id, tail, id, unit_id);
CREATE INDEX asset_contact ON asset (org_id, contact_id);

-- What is left of a contact or asset (kind) that was merged into another: its
-- id and its code lead there.
CREATE TABLE alias (
  org_id BYTEA NOT NULL,
  kind TEXT NOT NULL,
  old_id BYTEA NOT NULL,
  to_id BYTEA NOT NULL,
  code TEXT,
  name TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_id BYTEA,
  PRIMARY KEY (org_id, kind, old_id)
);
CREATE UNIQUE INDEX alias_code ON alias (org_id, kind, code);
CREATE INDEX alias_to ON alias (org_id, kind, to_id);

-- Two contacts or assets of which somebody said that they are not the same.
CREATE TABLE distinct_pair (
  org_id BYTEA NOT NULL,
  kind TEXT NOT NULL,
  a_id BYTEA NOT NULL,
  b_id BYTEA NOT NULL,
  at BIGINT NOT NULL,
  by_id BYTEA,
  PRIMARY KEY (org_id, kind, a_id, b_id)
);
CREATE INDEX distinct_pair_b ON distinct_pair (org_id, kind, b_id);

CREATE TABLE event (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  type TEXT NOT NULL,
  at BIGINT NOT NULL,
  contact_id BYTEA,
  asset_id BYTEA,
  unit_id BYTEA,
  staff_id BYTEA,
  department TEXT NOT NULL,
  followup_id BYTEA,
  corrects_id BYTEA,
  received BIGINT,
  attributes TEXT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX event_key ON event (org_id, source, key);
CREATE INDEX event_contact ON event (org_id, contact_id, at) WHERE contact_id IS NOT NULL;
CREATE INDEX event_asset ON event (org_id, asset_id, at) WHERE asset_id IS NOT NULL;

-- Events that are acknowledged and not planned yet, in the order they came.
CREATE TABLE inbox (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  received BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (org_id, id)
) --sqlite WITHOUT ROWID
;

-- What came of those that did not become events: event_id is the one that was
-- known already, NULL where it is refused for the fault.
CREATE TABLE inbox_result (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  event_id BYTEA,
  received BIGINT NOT NULL,
  at BIGINT NOT NULL,
  fault TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX inbox_refused ON inbox_result (org_id, id) WHERE event_id IS NULL;
CREATE INDEX inbox_known ON inbox_result (org_id, at) WHERE event_id IS NOT NULL;

-- Which node plans what an organization received, and how long it may.
CREATE TABLE inbox_lease (
  org_id BYTEA NOT NULL PRIMARY KEY,
  holder BYTEA NOT NULL,
  until BIGINT NOT NULL
);

CREATE TABLE enrollment (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  program TEXT NOT NULL,
  subject TEXT NOT NULL,
  key_id BYTEA NOT NULL,
  contact_id BYTEA,
  asset_id BYTEA,
  unit_id BYTEA,
  wake_at BIGINT,
  active SMALLINT NOT NULL,
  rev BIGINT NOT NULL,
  state BYTEA,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX enrollment_key ON enrollment (org_id, program, key_id);
CREATE INDEX enrollment_contact ON enrollment (org_id, contact_id) WHERE active = 1 AND contact_id IS NOT NULL;
CREATE INDEX enrollment_asset ON enrollment (org_id, asset_id) WHERE active = 1 AND asset_id IS NOT NULL;
CREATE INDEX enrollment_wake ON enrollment (org_id, wake_at, id) WHERE wake_at IS NOT NULL;

-- unit_id and lead_id are zero for none: they are parts of keys.
CREATE TABLE followup (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  number TEXT NOT NULL,
  program TEXT NOT NULL,
  version INTEGER NOT NULL,
  enrollment_id BYTEA,
  step TEXT NOT NULL,
  occurrence INTEGER NOT NULL,
  event_id BYTEA,
  contact_id BYTEA,
  asset_id BYTEA,
  unit_id BYTEA NOT NULL,
  department TEXT NOT NULL,
  matter TEXT NOT NULL,
  opens_on INTEGER NOT NULL,
  opens_clock SMALLINT NOT NULL,
  closes_on INTEGER NOT NULL,
  closes_clock SMALLINT NOT NULL,
  opens_at BIGINT NOT NULL,
  closes_at BIGINT NOT NULL,
  due_month INTEGER NOT NULL,
  assignees TEXT NOT NULL,
  lead_id BYTEA NOT NULL,
  channels TEXT NOT NULL,
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  script TEXT NOT NULL,
  state TEXT NOT NULL,
  late SMALLINT NOT NULL,
  reason TEXT NOT NULL,
  taken_by BYTEA,
  taken_at BIGINT,
  returned_at BIGINT,
  attempts INTEGER NOT NULL,
  next_try BIGINT,
  done_at BIGINT,
  done_by BYTEA,
  score DOUBLE PRECISION NOT NULL,
  scored SMALLINT NOT NULL,
  satisfied TEXT NOT NULL,
  review TEXT NOT NULL,
  case_id BYTEA,
  created BIGINT,
  rev BIGINT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (org_id, id)
);
-- An enrollment belongs to one program, so this is the identity (organization,
-- program, enrollment, step, occurrence). Follow-ups made by hand have none.
CREATE UNIQUE INDEX followup_occurrence ON followup (org_id, enrollment_id, step, occurrence);
CREATE UNIQUE INDEX followup_number ON followup (org_id, number);
CREATE INDEX followup_open ON followup (org_id, late, closes_at, id, unit_id) WHERE state = 'planned';
CREATE INDEX followup_open_unit ON followup (org_id, unit_id, closes_at, id) WHERE state = 'planned';
CREATE INDEX followup_month ON followup (org_id, due_month, unit_id, program, closes_at, id, state, lead_id, done_at);
CREATE INDEX followup_unhappy ON followup (org_id, due_month, unit_id, closes_at, id, satisfied)
  WHERE satisfied IN ('dissatisfied', 'unqualified');
CREATE INDEX followup_late ON followup (org_id, due_month, unit_id, closes_at, id) WHERE state = 'completed' AND done_at >= closes_at;
CREATE INDEX followup_review ON followup (org_id, closes_at, id, unit_id) WHERE review = 'pending';
CREATE INDEX followup_contact ON followup (org_id, contact_id, closes_at, id) WHERE contact_id IS NOT NULL;
CREATE INDEX followup_asset ON followup (org_id, asset_id, closes_at, id) WHERE asset_id IS NOT NULL;
CREATE INDEX followup_case ON followup (org_id, case_id) WHERE case_id IS NOT NULL;

-- Whose worklist a follow-up is on; open 1 while it is planned.
CREATE TABLE followup_assignee (
  org_id BYTEA NOT NULL,
  staff_id BYTEA NOT NULL,
  open SMALLINT NOT NULL,
  closes_at BIGINT NOT NULL,
  followup_id BYTEA NOT NULL,
  PRIMARY KEY (org_id, staff_id, open, closes_at, followup_id)
) --sqlite WITHOUT ROWID
;

CREATE TABLE rollup (
  org_id BYTEA NOT NULL,
  due_month INTEGER NOT NULL,
  unit_id BYTEA NOT NULL,
  program TEXT NOT NULL,
  lead_id BYTEA NOT NULL,
  due BIGINT NOT NULL,
  done BIGINT NOT NULL,
  on_time BIGINT NOT NULL,
  late BIGINT NOT NULL,
  open BIGINT NOT NULL,
  open_late BIGINT NOT NULL,
  unreachable BIGINT NOT NULL,
  waived BIGINT NOT NULL,
  satisfied BIGINT NOT NULL,
  dissatisfied BIGINT NOT NULL,
  unqualified BIGINT NOT NULL,
  PRIMARY KEY (org_id, due_month, unit_id, program, lead_id)
) --sqlite WITHOUT ROWID
;

CREATE TABLE counter (
  org_id BYTEA NOT NULL,
  kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (org_id, kind, year)
) --sqlite WITHOUT ROWID
;

CREATE TABLE attempt (
  org_id BYTEA NOT NULL,
  followup_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  staff_id BYTEA,
  at BIGINT NOT NULL,
  channel TEXT NOT NULL,
  phone TEXT NOT NULL,
  disposition TEXT NOT NULL,
  note TEXT NOT NULL,
  call_back_at BIGINT,
  PRIMARY KEY (org_id, followup_id, id)
  --sqlite , FOREIGN KEY (org_id, followup_id) REFERENCES followup (org_id, id)
);

CREATE TABLE record (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  followup_id BYTEA NOT NULL,
  staff_id BYTEA,
  at BIGINT NOT NULL,
  channel TEXT NOT NULL,
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  score DOUBLE PRECISION NOT NULL,
  scored SMALLINT NOT NULL,
  band TEXT NOT NULL,
  satisfied TEXT NOT NULL,
  signatures TEXT NOT NULL,
  corrects_id BYTEA,
  answers TEXT NOT NULL,
  PRIMARY KEY (org_id, id)
  --sqlite , FOREIGN KEY (org_id, followup_id) REFERENCES followup (org_id, id)
);
CREATE INDEX record_followup ON record (org_id, followup_id);

CREATE TABLE review (
  org_id BYTEA NOT NULL,
  followup_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  record_id BYTEA,
  staff_id BYTEA,
  at BIGINT NOT NULL,
  decision TEXT NOT NULL,
  opinion TEXT NOT NULL,
  PRIMARY KEY (org_id, followup_id, id)
  --sqlite , FOREIGN KEY (org_id, followup_id) REFERENCES followup (org_id, id)
);

-- enrollment_id and event_id are zero for none.
CREATE TABLE not_planned (
  org_id BYTEA NOT NULL,
  enrollment_id BYTEA NOT NULL,
  program TEXT NOT NULL,
  step TEXT NOT NULL,
  occurrence INTEGER NOT NULL,
  event_id BYTEA NOT NULL,
  contact_id BYTEA,
  asset_id BYTEA,
  unit_id BYTEA,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (org_id, enrollment_id, program, step, occurrence, event_id)
);
CREATE INDEX not_planned_event ON not_planned (org_id, event_id);
CREATE INDEX not_planned_at ON not_planned (org_id, at);

CREATE TABLE case_file (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  number TEXT NOT NULL,
  followup_id BYTEA,
  event_id BYTEA,
  contact_id BYTEA,
  asset_id BYTEA,
  unit_id BYTEA NOT NULL,
  department TEXT NOT NULL,
  matter TEXT NOT NULL,
  severity TEXT NOT NULL,
  state TEXT NOT NULL,
  owner_id BYTEA,
  opened BIGINT NOT NULL,
  due INTEGER,
  explained TEXT NOT NULL,
  next_date INTEGER,
  resolution TEXT NOT NULL,
  resolved BIGINT,
  closed BIGINT,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX case_number ON case_file (org_id, number);
CREATE INDEX case_opened ON case_file (org_id, opened, id);
CREATE INDEX case_owner ON case_file (org_id, owner_id, opened, id);
CREATE INDEX case_contact ON case_file (org_id, contact_id, opened, id);
CREATE INDEX case_followup ON case_file (org_id, followup_id);

CREATE TABLE case_action (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  case_id BYTEA NOT NULL,
  owner_id BYTEA,
  measure TEXT NOT NULL,
  due INTEGER,
  done BIGINT,
  result TEXT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
  --sqlite , FOREIGN KEY (org_id, case_id) REFERENCES case_file (org_id, id)
);
CREATE INDEX case_action_case ON case_action (org_id, case_id);

CREATE TABLE recurrence (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  rule TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject_id BYTEA NOT NULL,
  unit_id BYTEA NOT NULL,
  matter TEXT NOT NULL,
  count INTEGER NOT NULL,
  month INTEGER NOT NULL,
  events TEXT NOT NULL,
  decision TEXT NOT NULL,
  decided BIGINT,
  decided_by BYTEA,
  opinion TEXT NOT NULL,
  case_id BYTEA,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX recurrence_key ON recurrence (org_id, rule, kind, subject_id, matter, month);
CREATE INDEX recurrence_month ON recurrence (org_id, month, unit_id);
CREATE INDEX recurrence_subject ON recurrence (org_id, kind, subject_id);

CREATE TABLE alert (
  org_id BYTEA NOT NULL,
  staff_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  kind TEXT NOT NULL,
  followup_id BYTEA,
  case_id BYTEA,
  text_zh TEXT NOT NULL,
  text_en TEXT NOT NULL,
  at BIGINT NOT NULL,
  read_at BIGINT,
  PRIMARY KEY (org_id, staff_id, id)
);
CREATE INDEX alert_unread ON alert (org_id, staff_id, id) WHERE read_at IS NULL;

CREATE TABLE program_version (
  org_id BYTEA NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at BIGINT,
  definition TEXT NOT NULL,
  PRIMARY KEY (org_id, kind, code, version)
);

CREATE TABLE program_setting (
  org_id BYTEA NOT NULL,
  program TEXT NOT NULL,
  unit_id BYTEA NOT NULL,
  active SMALLINT NOT NULL,
  override TEXT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, program, unit_id)
);

CREATE TABLE import_run (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  staff_id BYTEA,
  file TEXT NOT NULL,
  hash TEXT NOT NULL,
  total INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  known INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  planned INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  at BIGINT,
  done BIGINT,
  PRIMARY KEY (org_id, id)
);

CREATE TABLE import_reject (
  org_id BYTEA NOT NULL,
  import_id BYTEA NOT NULL,
  seq INTEGER NOT NULL,
  sheet TEXT NOT NULL,
  line INTEGER NOT NULL,
  cells TEXT NOT NULL,
  reason TEXT NOT NULL,
  text_zh TEXT NOT NULL,
  text_en TEXT NOT NULL,
  PRIMARY KEY (org_id, import_id, seq)
  --sqlite , FOREIGN KEY (org_id, import_id) REFERENCES import_run (org_id, id)
);

CREATE TABLE mapping (
  org_id BYTEA NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, name)
);

CREATE TABLE idempotency (
  org_id BYTEA NOT NULL,
  key TEXT NOT NULL,
  hash TEXT NOT NULL,
  status INTEGER NOT NULL,
  answer TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org_id, key)
);
CREATE INDEX idempotency_at ON idempotency (org_id, at);

-- ready is when somebody may take it: due, or the end of the lease; NULL once
-- it is finished.
CREATE TABLE job (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  kind TEXT NOT NULL,
  once TEXT,
  args TEXT NOT NULL,
  due BIGINT NOT NULL,
  tries INTEGER NOT NULL,
  lease BIGINT,
  ready BIGINT,
  errors TEXT NOT NULL,
  finished BIGINT,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX job_ready ON job (org_id, ready, id) WHERE ready IS NOT NULL;
CREATE UNIQUE INDEX job_once ON job (org_id, kind, once) WHERE ready IS NOT NULL;
CREATE INDEX job_finished ON job (org_id, finished) WHERE finished IS NOT NULL;

CREATE TABLE audit (
  org_id BYTEA NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  staff_id BYTEA,
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  record_id BYTEA,
  detail TEXT NOT NULL,
  prev BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (org_id, seq)
);
CREATE INDEX audit_record ON audit (org_id, record_id, seq) WHERE record_id IS NOT NULL;

CREATE TABLE audit_head (
  org_id BYTEA NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash BYTEA NOT NULL
);

CREATE TABLE frozen_month (
  org_id BYTEA NOT NULL,
  month INTEGER NOT NULL,
  at BIGINT NOT NULL,
  frozen_by BYTEA,
  body TEXT NOT NULL,
  PRIMARY KEY (org_id, month)
);

-- What a member of staff keeps for themselves: a saved view of a page, or, where
-- page is empty, a preference.
CREATE TABLE preference (
  org_id BYTEA NOT NULL,
  staff_id BYTEA NOT NULL,
  page TEXT NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (org_id, staff_id, page, name)
) --sqlite WITHOUT ROWID
;

-- Files whose content lies in the blob folder under its SHA-256.
CREATE TABLE file (
  org_id BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  media TEXT NOT NULL,
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  staff_id BYTEA,
  created BIGINT NOT NULL,
  PRIMARY KEY (org_id, hash)
);

-- What a file is attached to: who may read the record may read the file.
CREATE TABLE file_use (
  org_id BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  kind TEXT NOT NULL,
  record_id BYTEA NOT NULL,
  PRIMARY KEY (org_id, hash, kind, record_id)
) --sqlite WITHOUT ROWID
;
CREATE INDEX file_use_record ON file_use (org_id, record_id);

-- Whoever has the secret with the hash answers the follow-up, once.
CREATE TABLE survey_link (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  hash TEXT NOT NULL,
  followup_id BYTEA NOT NULL,
  created BIGINT,
  created_by BYTEA,
  expires BIGINT NOT NULL,
  used BIGINT,
  revoked BIGINT,
  PRIMARY KEY (org_id, id)
  --sqlite , FOREIGN KEY (org_id, followup_id) REFERENCES followup (org_id, id)
);
CREATE INDEX survey_link_hash ON survey_link (hash);
CREATE INDEX survey_link_followup ON survey_link (org_id, followup_id, id);

-- secrets is sealed text where the installation has a key.
CREATE TABLE sender (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  channel TEXT NOT NULL,
  alerts TEXT NOT NULL,
  active SMALLINT NOT NULL,
  settings TEXT NOT NULL,
  secrets TEXT NOT NULL,
  created BIGINT,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);

-- once is what a message is sent for: the same twice is one message.
CREATE TABLE message (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  once TEXT,
  followup_id BYTEA,
  contact_id BYTEA,
  sender_id BYTEA,
  channel TEXT NOT NULL,
  template TEXT NOT NULL,
  lang TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  error TEXT NOT NULL,
  tries INTEGER NOT NULL,
  due BIGINT,
  done BIGINT,
  ref TEXT,
  created BIGINT,
  created_by BYTEA,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX message_once ON message (org_id, once);
CREATE INDEX message_followup ON message (org_id, followup_id, id) WHERE followup_id IS NOT NULL;
CREATE INDEX message_contact ON message (org_id, contact_id, id) WHERE contact_id IS NOT NULL;
CREATE INDEX message_state ON message (org_id, state, id);
CREATE INDEX message_ref ON message (org_id, ref) WHERE ref IS NOT NULL;

CREATE TABLE message_template (
  org_id BYTEA NOT NULL,
  code TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  subject_zh TEXT NOT NULL,
  subject_en TEXT NOT NULL,
  body_zh TEXT NOT NULL,
  body_en TEXT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, code)
);

CREATE TABLE webhook (
  org_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  secret TEXT NOT NULL,
  active SMALLINT NOT NULL,
  failing BIGINT,
  disabled BIGINT,
  created BIGINT,
  created_by BYTEA,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);

CREATE TABLE webhook_delivery (
  org_id BYTEA NOT NULL,
  webhook_id BYTEA NOT NULL,
  id BYTEA NOT NULL,
  event TEXT NOT NULL,
  record_id BYTEA,
  at BIGINT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  tries INTEGER NOT NULL,
  status INTEGER NOT NULL,
  error TEXT NOT NULL,
  due BIGINT,
  done BIGINT,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org_id, webhook_id, id)
  --sqlite , FOREIGN KEY (org_id, webhook_id) REFERENCES webhook (org_id, id)
);
CREATE INDEX webhook_delivery_done ON webhook_delivery (org_id, done) WHERE done IS NOT NULL;

-- Constraints stand alone, one a statement, so that a distributed database can
-- take them after the tables are spread.
--postgres ALTER TABLE staff_role ADD CONSTRAINT staff_role_staff_fk FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id);
--postgres ALTER TABLE credential ADD CONSTRAINT credential_staff_fk FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id);
--postgres ALTER TABLE session ADD CONSTRAINT session_staff_fk FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id);
--postgres ALTER TABLE contact_phone ADD CONSTRAINT contact_phone_fk FOREIGN KEY (org_id, contact_id) REFERENCES contact (org_id, id);
--postgres ALTER TABLE attempt ADD CONSTRAINT attempt_followup_fk FOREIGN KEY (org_id, followup_id) REFERENCES followup (org_id, id);
--postgres ALTER TABLE record ADD CONSTRAINT record_followup_fk FOREIGN KEY (org_id, followup_id) REFERENCES followup (org_id, id);
--postgres ALTER TABLE review ADD CONSTRAINT review_followup_fk FOREIGN KEY (org_id, followup_id) REFERENCES followup (org_id, id);
--postgres ALTER TABLE case_action ADD CONSTRAINT case_action_case_fk FOREIGN KEY (org_id, case_id) REFERENCES case_file (org_id, id);
--postgres ALTER TABLE import_reject ADD CONSTRAINT import_reject_run_fk FOREIGN KEY (org_id, import_id) REFERENCES import_run (org_id, id);
--postgres ALTER TABLE survey_link ADD CONSTRAINT survey_link_followup_fk FOREIGN KEY (org_id, followup_id) REFERENCES followup (org_id, id);
--postgres ALTER TABLE webhook_delivery ADD CONSTRAINT webhook_delivery_webhook_fk FOREIGN KEY (org_id, webhook_id) REFERENCES webhook (org_id, id);

-- Rows that are updated often keep room on their page.
--postgres ALTER TABLE rollup SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
--postgres ALTER TABLE counter SET (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
--postgres ALTER TABLE audit_head SET (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
--postgres ALTER TABLE enrollment SET (fillfactor = 85);
--postgres ALTER TABLE followup SET (fillfactor = 85);
--postgres ALTER TABLE job SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
--postgres ALTER TABLE inbox SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.2);
