/** The tables of a task hub. Times are modelled milliseconds since the epoch; bodies and events are JSON text. */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS instances (
  instance_id TEXT PRIMARY KEY,
  execution_id TEXT NOT NULL,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  status TEXT NOT NULL,
  input TEXT,
  custom_status TEXT,
  output TEXT,
  created REAL NOT NULL,
  updated REAL NOT NULL,
  parent TEXT,
  events INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS history (
  instance_id TEXT NOT NULL,
  execution_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (instance_id, execution_id, sequence)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  instance_id TEXT NOT NULL,
  execution_id TEXT,
  due REAL,
  body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS messages_of_instance ON messages (instance_id);
CREATE TABLE IF NOT EXISTS trial (filler BLOB);
`;
