import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { cleanText, type AgencyId } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';

/** An agency as it is imported. */
export const AGENCY = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'A code is 2 to 40 small letters, digits and hyphens, starting with a letter.'),
  name: z.string().refine((name) => cleanText(name, { min: 1, max: 200, lines: false }).ok, 'Enter a name of at most 200 characters.'),
  kind: z.enum(['council', 'police', 'fire', 'health', 'audit', 'other']),
});
export type ImportAgencyInput = z.infer<typeof AGENCY>;

/** Makes an agency known, or renames it. Its code never changes. Needs the owner of the schema: for the command line. */
@Injectable()
export class ImportAgency {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /**
   * Answers the agency's id.
   *
   * @throws ZodError when the input is not an agency.
   */
  async execute(context: ActContext, input: ImportAgencyInput): Promise<AgencyId> {
    const agency = AGENCY.parse(input);
    return this.unit.run(context, async (work) => {
      const id = await upsert(work, agency);
      await this.ledger.append(work, {
        verb: 'agency.import', outcome: 'done', subject: { kind: 'agency', id, title: agency.name, owner: agency.code },
        details: { kind: agency.kind },
      });
      return id;
    });
  }
}

async function upsert(work: Work, { code, name, kind }: ImportAgencyInput): Promise<AgencyId> {
  const [row] = await work.sql<{ id: AgencyId }>(
    `INSERT INTO agency (id, code, name, kind, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind RETURNING id`,
    [randomUUID(), code, name, kind, work.at],
  );
  if (!row) throw new Error('The agency could not be written.');
  return row.id;
}
