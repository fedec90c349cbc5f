import { Injectable } from '@nestjs/common';
import type { CustodyAct } from '../../../libs/custody/index.js';
import { ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import type { ActContext } from '../../platform/index.js';
import { CustodyBook, type Recorded } from './custody-book.js';

/** An act that somebody says was done, checked at the edge. */
export interface RecordCustodyInput {
  readonly exhibitId: string;
  readonly act: CustodyAct;
  readonly happenedAt: Date | undefined;
  readonly doneBy: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly location: string | undefined;
  readonly reason: string | undefined;
  readonly sealBefore: string | undefined;
  readonly sealAfter: string | undefined;
}

/** Records what was done to an exhibit: sealed, opened, examined, copied, received, returned. */
@Injectable()
export class RecordCustody {
  constructor(private readonly book: CustodyBook) {}

  execute(context: ActContext, { exhibitId, ...said }: RecordCustodyInput): Promise<Result<Recorded, Refusal>> {
    return this.book.add(context, 'custody.record', exhibitId, () => Promise.resolve(ok(said)));
  }
}
