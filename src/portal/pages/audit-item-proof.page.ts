import { Injectable } from '@nestjs/common';
import { exhibitProofDocument, type ExhibitProofData } from '../documents/exhibit-proof.js';
import { proveExhibitDocument } from '../documents/prove-exhibit.js';
import type { Answer, Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { proofView } from '../presenters/exhibit-proof.js';
import { AuditorPage } from './auditor-page.js';

type Proof = NonNullable<ExhibitProofData['exhibitProof']>;

/** For auditors: has one exhibit read now from its first octet to its last, and follows how far it is. */
@Injectable()
export class AuditItemProofPage extends AuditorPage<Proof> {
  readonly view = 'audit-item-proof';

  protected async read({ context, parameters }: Visit): Promise<Proof | undefined> {
    return (await this.api.ask(exhibitProofDocument, { id: parameters['id'] ?? '' }, context)).exhibitProof ?? undefined;
  }

  protected address({ parameters }: Visit): string {
    return paths.auditItemProof.to({ id: parameters['id'] ?? '' });
  }

  protected titleOf(): string {
    return 'Whether it is whole';
  }

  protected show(proof: Proof, visit: Visit): object {
    return { back: paths.auditItem.to({ id: visit.parameters['id'] ?? '' }), here: this.address(visit), proof: proofView(proof) };
  }

  override async answer(visit: Visit): Promise<Answer> {
    const { proveExhibit: done } = await this.api.ask(proveExhibitDocument, { id: visit.parameters['id'] ?? '' }, visit.context);
    return done.__typename === 'Refused' ? { problems: problemsOf(done) } : { go: this.address(visit), flash: 'proof-asked' };
  }
}
