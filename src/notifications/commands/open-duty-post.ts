import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { cleanText, err, ok, type Result } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';

const DUTY_POST = z.strictObject({
  agencyCode: z.string(),
  name: z.string().refine((name) => cleanText(name, { min: 1, max: 200, lines: false }).ok, 'Enter a name of at most 200 characters.'),
  email: z.email('Enter an e-mail address, such as duty@police.example.').max(320),
});
export type DutyPostInput = z.infer<typeof DUTY_POST>;

/**
 * Opens a duty post, where an agency is told of breaches, or gives the open one of this name another address. Needs the
 * owner of the schema: for the command line.
 */
@Injectable()
export class OpenDutyPost {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /** Answers the post's id, or what was wrong with what was given. */
  execute(context: ActContext, input: DutyPostInput): Promise<Result<string, string>> {
    const post = DUTY_POST.safeParse(input);
    if (!post.success) return Promise.resolve(err(post.error.issues.map(({ message }) => message).join(' ')));
    return this.unit.run(context, (work) => this.open(work, post.data));
  }

  private async open(work: Work, { agencyCode, name, email }: DutyPostInput): Promise<Result<string, string>> {
    const [agency] = await work.sql<{ id: string }>('SELECT id FROM agency WHERE code = $1 FOR UPDATE', [agencyCode]);
    if (agency === undefined) return err(`Nobody is known as ${agencyCode}. Import the agency first.`);
    const [known] = await work.sql<{ id: string; email: string }>('SELECT id, email FROM duty_post WHERE agency_id = $1 AND name = $2 AND closed_at IS NULL', [agency.id, name]);
    if (known?.email === email) return ok(known.id);
    const id = known?.id ?? randomUUID();
    await work.sql(
      'INSERT INTO duty_post (id, agency_id, name, email, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET email = excluded.email',
      [id, agency.id, name, email, work.at],
    );
    await this.ledger.append(work, { verb: 'duty-post.open', outcome: 'done', subject: { kind: 'duty-post', id, title: name, owner: agencyCode } });
    return ok(id);
  }
}
