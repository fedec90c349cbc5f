import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { cleanText, err, ok, type Result } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';

/** OFFICIAL, the one tier this product takes; sensitive or not is said beside it. */
const CEILING_TIER = 1;

const line = (max: number) => z.string().refine((text) => cleanText(text, { min: 1, max, lines: false }).ok, `Enter one line of 1 to ${max} characters.`);
const prose = (max: number) => z.string().refine((text) => cleanText(text, { min: 1, max, lines: true }).ok, `Enter 1 to ${max} characters.`);
const instant = z.iso.datetime('Enter a moment in UTC, such as 2026-01-01T00:00:00Z.').transform((text) => new Date(text));

/** An agreement as it is drawn up: the form of the file that `concordat agreement import` reads. */
const AGREEMENT_FORM = z
  .strictObject({
    reference: line(50),
    title: line(200),
    validFrom: instant,
    validTo: instant,
    /** Whether what is marked OFFICIAL-SENSITIVE may pass under it. */
    ceiling: z.strictObject({ sensitive: z.boolean() }),
    parties: z.array(line(40)).min(2, 'An agreement has at least two parties.').max(100),
    clauses: z
      .array(z.strictObject({ code: line(20), purpose: line(200), gateway: line(100), category: line(200), words: prose(4000) }))
      .min(1, 'An agreement has at least one clause: every disclosure rests on one.')
      .max(100),
  })
  .refine(({ validFrom, validTo }) => validFrom < validTo, { path: ['validTo'], message: 'It must end after it begins.' })
  .refine(({ parties }) => new Set(parties).size === parties.length, { path: ['parties'], message: 'A party is named twice.' })
  .refine(({ clauses }) => new Set(clauses.map(({ code }) => code)).size === clauses.length, { path: ['clauses'], message: 'Two clauses have one code.' });

type AgreementForm = z.infer<typeof AGREEMENT_FORM>;

/** What was drawn up. */
export interface ImportedAgreement {
  readonly id: string;
  readonly reference: string;
  readonly parties: readonly string[];
}

/**
 * Draws up an information sharing agreement, live from the moment it says. It is never edited afterwards: what was
 * disclosed under a clause must stay readable as the clause it was. Needs the owner of the schema: for the command line.
 */
@Injectable()
export class ImportAgreement {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /** @param given - what the file says. Returns every fault of it in words, a line each. */
  async execute(context: ActContext, given: unknown): Promise<Result<ImportedAgreement, readonly string[]>> {
    const form = AGREEMENT_FORM.safeParse(given);
    if (!form.success) return err(form.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`));
    return this.unit.run(context, (work) => this.drawUp(work, form.data));
  }

  private async drawUp(work: Work, form: AgreementForm): Promise<Result<ImportedAgreement, readonly string[]>> {
    const { reference, title, parties } = form;
    const known = await work.sql('SELECT 1 FROM agreement WHERE reference = $1', [reference]);
    if (known.length > 0) return err([`reference: ${reference} is known already. An agreement is not edited: end it, and import the next under its own reference.`]);
    const found = await work.sql<{ code: string }>('SELECT code FROM agency WHERE code = ANY ($1)', [parties]);
    const unknown = parties.filter((code) => !found.some((agency) => agency.code === code));
    if (unknown.length > 0) return err([`parties: nobody is known as ${unknown.join(', ')}. Import the agency first.`]);
    const id = randomUUID();
    await insert(work, id, form);
    await this.ledger.append(work, {
      verb: 'agreement.sign', outcome: 'done', subject: { kind: 'agreement', id, title }, agreement: reference, recipients: parties,
      details: { clauses: form.clauses.map(({ code }) => code), validFrom: form.validFrom.toISOString(), validTo: form.validTo.toISOString() },
    });
    return ok({ id, reference, parties });
  }
}

async function insert(work: Work, id: string, { reference, title, validFrom, validTo, ceiling, parties, clauses }: AgreementForm): Promise<void> {
  await work.sql(
    `INSERT INTO agreement (id, reference, title, status, valid_from, valid_to, ceiling_tier, ceiling_sensitive)
     VALUES ($1, $2, $3, 'live', $4, $5, $6, $7)`,
    [id, reference, title, validFrom, validTo, CEILING_TIER, ceiling.sensitive],
  );
  await work.sql('INSERT INTO agreement_party (agreement_id, agency_id) SELECT $1, id FROM agency WHERE code = ANY ($2)', [id, parties]);
  for (const { code, purpose, gateway, category, words } of clauses) {
    await work.sql(
      'INSERT INTO agreement_clause (id, agreement_id, code, purpose, gateway, category, words) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [randomUUID(), id, code, purpose, gateway, category, words],
    );
  }
}
