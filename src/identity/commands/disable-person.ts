import { Injectable } from '@nestjs/common';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import { disablePerson } from '../store/person-rows.js';
import { endSessionsOf } from '../store/session-rows.js';

/** What became of disabling somebody. */
export interface PersonDisabled {
  readonly displayName: string;
  readonly sessionsEnded: number;
}

/** Shuts a person out: her sessions end now, and her agency's word no longer opens new ones. For the command line. */
@Injectable()
export class DisablePerson {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /** Answers undefined when there is no such person, or she is disabled already. */
  async execute(context: ActContext, personId: string): Promise<PersonDisabled | undefined> {
    return this.unit.run(context, async (work) => {
      const disabled = await disablePerson(work, personId);
      if (!disabled) return undefined;
      const sessionsEnded = await endSessionsOf(work, personId, 'person-disabled');
      await this.ledger.append(work, {
        verb: 'person.disable',
        outcome: 'done',
        subject: { kind: 'person', id: personId, title: disabled.displayName, owner: disabled.agencyCode },
        details: { sessionsEnded },
      });
      return { displayName: disabled.displayName, sessionsEnded };
    });
  }
}
