import { Injectable } from '@nestjs/common';
import { ALLOWED_SCORES, type Element } from '../../../libs/risk/index.js';
import { Api } from '../api.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { recordFindingDocument } from '../documents/record-finding.js';
import { workspaceDocument } from '../documents/workspace.js';
import type { Fields } from '../page/fields.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf, type Problem } from '../page/problems.js';
import { paths } from '../paths.js';
import { dayFrom } from '../presenters/dates.js';
import { FormView, type Choice } from '../presenters/form.js';
import { audienceFields, markingDefaults, markingFields, markingOf, markingProblems } from '../presenters/marking-form.js';
import { workspaceBar } from '../presenters/workspace.js';

const SCORES = [
  ['hygiene', 'Food hygiene and safety procedures', 'Select a score for food hygiene and safety'],
  ['structure', 'Structure and cleanliness of the premises', 'Select a score for structure and cleanliness'],
  ['confidence', 'Confidence in management', 'Select a score for confidence in management'],
] as const satisfies readonly (readonly [Element, string, string])[];

function scoreChoices(element: Element): Choice[] {
  return ALLOWED_SCORES[element].map((score) => ({ value: String(score), text: String(score) }));
}

/** The form that records what an inspection found. Whether it is a breach is for the risk rules to say. */
@Injectable()
export class NewFindingPage extends Page<WorkspaceHead> {
  readonly view = 'new-finding';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<WorkspaceHead | undefined> {
    const { workspace } = await this.api.ask(workspaceDocument, { id: parameters['id'] ?? '' }, context);
    return workspace?.can.recordFinding === true ? workspace : undefined;
  }

  title(head: WorkspaceHead): string {
    return `Record an inspection finding – ${head.reference}`;
  }

  override marking(head: WorkspaceHead): string {
    return head.marking.text;
  }

  present(head: WorkspaceHead, visit: Visit): object {
    const form = FormView.of(visit, markingDefaults(head.marking));
    return {
      bar: workspaceBar(head, 'record'),
      fields: {
        title: form.input('title', { label: 'Title', hint: 'For example, Unannounced inspection of the kitchen.' }),
        inspectedOn: form.date('inspectedOn', { label: 'Date of the inspection', hint: 'For example, 16 6 2026.' }),
        imminentRisk: form.choices('imminentRisk', { label: 'Is there an imminent risk of injury to health?', classes: 'govuk-radios--inline' }, [
          { value: 'yes', text: 'Yes' },
          { value: 'no', text: 'No' },
        ]),
        narrative: form.textarea('narrative', { label: 'What was found?', rows: 8 }),
      },
      scores: SCORES.map(([element, label]) => form.choices(element, { label, hint: '0 is the best score.', classes: 'govuk-radios--inline govuk-radios--small' }, scoreChoices(element))),
      marking: markingFields(form),
      audience: audienceFields(form, head, visit.me, 'finding'),
      cancel: paths.record.to({ id: head.id }),
    };
  }

  override async answer({ context, form, me }: Visit, head: WorkspaceHead): Promise<Answer> {
    const inspectedOn = dayFrom(form.text('inspectedOn.day'), form.text('inspectedOn.month'), form.text('inspectedOn.year'));
    const missing = missingFrom(form, inspectedOn);
    if (missing.length > 0 || inspectedOn === undefined) return { problems: missing };
    const input = {
      workspaceId: head.id,
      title: form.text('title'),
      inspectedOn,
      hygiene: Number(form.text('hygiene')),
      structure: Number(form.text('structure')),
      confidence: Number(form.text('confidence')),
      imminentRisk: form.text('imminentRisk') === 'yes',
      narrative: form.prose('narrative'),
      marking: markingOf(form, me),
    };
    const { recordFinding } = await this.api.ask(recordFindingDocument, { input }, context);
    if (recordFinding.__typename === 'Refused') return { problems: problemsOf(recordFinding) };
    const go = `${paths.record.to({ id: head.id })}#item-${recordFinding.item.id}`;
    return { go, flash: recordFinding.breach ? 'breach-recorded' : 'finding-recorded' };
  }
}

function missingFrom(form: Fields, inspectedOn: string | undefined): Problem[] {
  const problems: Problem[] = [];
  if (form.text('title') === '') problems.push({ field: 'title', message: 'Enter a title' });
  if (inspectedOn === undefined) problems.push({ field: 'inspectedOn', message: 'Enter the date of the inspection as a day, month and year, for example 16 6 2026' });
  for (const [element, , message] of SCORES) {
    if (!/^\d+$/.test(form.text(element))) problems.push({ field: element, message });
  }
  if (form.text('imminentRisk') === '') problems.push({ field: 'imminentRisk', message: 'Select whether there is an imminent risk of injury to health' });
  if (form.prose('narrative').trim() === '') problems.push({ field: 'narrative', message: 'Enter what was found' });
  return [...problems, ...markingProblems(form, true)];
}
