import { Injectable } from '@nestjs/common';
import type { AgencyId } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';

/** An agency as the sign-in page shows it. */
export interface AgencyToSignIn {
  readonly id: AgencyId;
  readonly code: string;
  readonly name: string;
}

/** The agencies one can sign in with, by name. Public: whoever may use the portal knows which agencies do. */
@Injectable()
export class AgenciesToSignIn {
  constructor(private readonly unit: UnitOfWork) {}

  execute(context: ActContext): Promise<AgencyToSignIn[]> {
    return this.unit.run(context, (work) =>
      work.sql<AgencyToSignIn>(
        `SELECT a.id, a.code, a.name FROM agency a JOIN agency_idp i ON i.agency_id = a.id WHERE a.closed_at IS NULL ORDER BY a.name`,
      ),
    );
  }
}
