import type { Api } from '../api.js';
import { exhibitDocument, type ExhibitData } from '../documents/exhibit.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import type { Visit } from '../page/page.js';
import { pageMarking } from '../presenters/marking.js';

export type Exhibit = NonNullable<ExhibitData['exhibit']>;

/** An exhibit within its investigation. */
export interface ExhibitInCase {
  readonly head: WorkspaceHead;
  readonly exhibit: Exhibit;
}

/** The exhibit that an address names, if it is of the investigation that the address names. */
export async function exhibitInCase(api: Api, { context, parameters }: Visit, exhibitId = parameters['exhibitId'] ?? ''): Promise<ExhibitInCase | undefined> {
  const { workspace, exhibit } = await api.ask(exhibitDocument, { id: parameters['id'] ?? '', exhibitId }, context);
  return workspace === null || exhibit?.workspaceId !== workspace.id ? undefined : { head: workspace, exhibit };
}

export function markingOfBoth({ head, exhibit }: ExhibitInCase): string | undefined {
  return pageMarking([head.marking.text, exhibit.marking.text]);
}
