import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { custodyLines } from '../presenters/custody-lines.js';
import { dateTime } from '../presenters/dates.js';
import { malwareView } from '../presenters/malware.js';
import { markingView } from '../presenters/marking.js';
import { exactSize, size } from '../presenters/sizes.js';
import { relationWords } from '../presenters/words.js';
import { classifyPathOf, paragraphs, sightLink, workspaceBar } from '../presenters/workspace.js';
import { exhibitInCase, markingOfBoth, type Exhibit, type ExhibitInCase } from './exhibit-part.js';

/** One exhibit: what it is, who has it, how to open it, and its chain of custody as lines to read. */
@Injectable()
export class ExhibitPage extends Page<ExhibitInCase> {
  readonly view = 'exhibit';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  load(visit: Visit): Promise<ExhibitInCase | undefined> {
    return exhibitInCase(this.api, visit);
  }

  title({ head, exhibit }: ExhibitInCase): string {
    return `${exhibit.reference} ${exhibit.title} – ${head.reference}`;
  }

  override marking(loaded: ExhibitInCase): string | undefined {
    return markingOfBoth(loaded);
  }

  present({ head, exhibit }: ExhibitInCase, { me }: Visit): object {
    const { id } = head;
    return {
      bar: workspaceBar(head, 'evidence'),
      reference: exhibit.reference,
      title: exhibit.title,
      isThing: exhibit.form === 'physical',
      description: paragraphs(exhibit.description),
      details: { rows: rowsOf(exhibit).map(([key, text]) => ({ key: { text: key }, value: { text, classes: 'app-break' } })) },
      sha256: exhibit.sha256,
      contentPath: exhibit.contentPath,
      malware: malwareView(exhibit.scan),
      sealed: exhibit.sealedPath === null ? undefined : { as: exhibit.sealedPath, anew: `${exhibit.sealedPath}?form=outside` },
      // Who has it is for the agency it is from to say.
      sharing: exhibit.agency.id === me.agency.id ? paths.exhibitSharing.to({ id, exhibitId: exhibit.id }) : undefined,
      opensHere: exhibit.opensHere,
      viewPath: exhibit.preview === null || !exhibit.opensHere ? undefined : paths.viewExhibit.to({ id, exhibitId: exhibit.id }),
      classify: classifyPathOf({ id: exhibit.id, kind: 'exhibit', agency: exhibit.agency }, id, me),
      past: paths.itemPast.to({ id, itemId: exhibit.id }),
      sight: sightLink(exhibit, id, me),
      size: exhibit.sizeBytes === null ? undefined : size(exhibit.sizeBytes),
      custody: custodyLines(exhibit.custody, exhibit.form),
      ...handsOf(exhibit, id),
      ...kinOf(exhibit, head),
    };
  }
}

/** What reading the sealed file again last found, for whoever relies on it. */
function provenWords(proof: Exhibit['proof']): string {
  if (proof === null) return 'Not yet: sealed files are read again in turn';
  const last = proof.provenAt === null ? '' : ` Last proven whole on ${dateTime(proof.provenAt)}.`;
  if (proof.outcome === 'whole') return `On ${dateTime(proof.provenAt ?? proof.checkedAt)}`;
  if (proof.outcome === 'locked') return `Only an agency that holds its own key can prove it. The sealed file was there on ${dateTime(proof.checkedAt)}.`;
  return `NOT WHOLE: found ${proof.outcome} on ${dateTime(proof.checkedAt)}.${last} Tell the service manager.`;
}

function rowsOf(exhibit: Exhibit): readonly (readonly [string, string])[] {
  const { fileName, mediaType, sizeBytes } = exhibit;
  const marking = markingView(exhibit.marking);
  const file = fileName === null || sizeBytes === null ? [] : ([['File', fileName], ['Kind of file', mediaType ?? ''], ['Size', exactSize(sizeBytes)]] as const);
  const kept = exhibit.holds.length > 0 ? [['Hold', exhibit.holds.map(({ agency, reason }) => `${agency}: ${reason}`).join('; ')]] as const : [];
  const ended = exhibit.disposal?.state === 'approved' ? [['Disposed of', `Approved by ${exhibit.disposal.decidedBy ?? ''} on ${dateTime(exhibit.disposal.decidedAt ?? '')}`]] as const : [];
  const thing = exhibit.form === 'physical' ? ([['Seal', exhibit.seal ?? 'None'], ['Where it is', exhibit.location ?? 'Not recorded']] as const) : [];
  return [
    ['Held by', exhibit.holder === null ? 'Nobody in this investigation' : `${exhibit.holder.name}, ${exhibit.holder.agency}`],
    ...ended,
    ...kept,
    ...thing,
    ...file,
    ['Produced by', `${exhibit.producedBy}, ${exhibit.agency.name}`],
    [exhibit.form === 'physical' ? 'Recorded' : 'Deposited', dateTime(exhibit.depositedAt)],
    ...(exhibit.form === 'physical' ? [] : [['Last proven whole', provenWords(exhibit.proof)] as const]),
    ...(exhibit.scan === null ? [] : [['Malware', malwareView(exhibit.scan)?.words ?? ''] as const]),
    ['Marking', marking.text],
    ['Who may see it', marking.audience],
  ];
}

/** Who offers it to whom, and what this reader can do about it. */
function handsOf({ id: exhibitId, offer, can }: Exhibit, id: string): object {
  const to = { id, exhibitId };
  return {
    offer: offer === null ? undefined : { words: `${offer.by.name}, ${offer.by.agency}, offered it to ${offer.to} on ${dateTime(offer.at)}. It has not been answered.`, canAnswer: can.answer, canWithdraw: can.withdraw },
    links: {
      record: can.acts.length === 0 ? undefined : paths.recordCustody.to(to),
      offer: can.offer ? paths.offerCustody.to(to) : undefined,
      answer: can.answer || can.withdraw ? paths.answerCustody.to(to) : undefined,
    },
  };
}

/** What it came of, what came of it, and what more can be made of it. */
function kinOf({ id: of, form, relation, derivedFrom, derived }: Exhibit, head: ExhibitInCase['head']): object {
  const { id } = head;
  const isThing = form === 'physical';
  return {
    origin: relation === null ? undefined : { words: relationWords(relation), reference: derivedFrom?.reference, href: derivedFrom === null ? undefined : paths.exhibit.to({ id, exhibitId: derivedFrom.id }) },
    keeping: paths.keeping.to({ id, exhibitId: of }),
    disclosure: paths.reviewDisclosure.to({ id, exhibitId: of }),
    derived: derived.map((one) => ({ text: `${one.reference} ${one.title}`, words: relationWords(one.relation), href: paths.exhibit.to({ id, exhibitId: one.id }) })),
    derive: head.can.addExhibit
      ? { file: { text: isThing ? 'Add a photograph of it' : 'Add a working copy or redacted version of it', href: paths.newExhibit.to({ id }, { of }) }, part: isThing ? paths.newThing.to({ id }, { of }) : undefined }
      : undefined,
  };
}
