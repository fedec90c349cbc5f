import type { MigrationInterface } from 'typeorm';
import { CreateRoles1763700000100 } from './0001-create-roles.js';
import { CreateOutbox1763700000200 } from './0002-create-outbox.js';
import { CreateAgenciesAndPersons1763700001000 } from './0010-create-agencies-and-persons.js';
import { CreateSessions1763700001100 } from './0011-create-sessions.js';
import { CreateQueueSchema1763700005000 } from './0050-create-queue-schema.js';
import { SettleOutbox1763700005100 } from './0051-settle-outbox.js';
import { CreateLedger1763700006000 } from './0060-create-ledger.js';

/** Every migration in the order it is applied. Once landed, none is edited. */
export const migrations: (new () => MigrationInterface)[] = [
  CreateRoles1763700000100,
  CreateOutbox1763700000200,
  CreateAgenciesAndPersons1763700001000,
  CreateSessions1763700001100,
  CreateQueueSchema1763700005000,
  SettleOutbox1763700005100,
  CreateLedger1763700006000,
];
