import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { exhibitViewDocument, type ExhibitViewData } from '../documents/exhibit-view.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { malwareView } from '../presenters/malware.js';
import { pageMarking } from '../presenters/marking.js';
import { size } from '../presenters/sizes.js';
import { workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly exhibit: NonNullable<ExhibitViewData['exhibit']>;
  /** A thing has no size, and nothing to show. */
  readonly sizeBytes: number;
}

/** An exhibit shown in the page: pictures, film, sound, documents and text, streamed from what is sealed. */
@Injectable()
export class ViewExhibitPage extends Page<Loaded> {
  readonly view = 'view-exhibit';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { id = '', exhibitId = '' } = parameters;
    const { workspace, exhibit } = await this.api.ask(exhibitViewDocument, { id, exhibitId }, context);
    return workspace === null || exhibit?.workspaceId !== workspace.id || exhibit.sizeBytes === null ? undefined : { head: workspace, exhibit, sizeBytes: exhibit.sizeBytes };
  }

  title({ head, exhibit }: Loaded): string {
    return `View ${exhibit.reference} ${exhibit.title} – ${head.reference}`;
  }

  override marking({ head, exhibit }: Loaded): string | undefined {
    return pageMarking([head.marking.text, exhibit.marking.text]);
  }

  present({ head, exhibit, sizeBytes }: Loaded): object {
    const { reference, title, fileName, mediaType, sha256, contentPath, opensHere } = exhibit;
    // For an agency that holds its own key there is nothing to show: the page says where the sealed copy is.
    const preview = opensHere ? exhibit.preview : null;
    return {
      bar: workspaceBar(head, 'evidence'),
      reference, title, fileName, mediaType, sha256, contentPath, opensHere, preview,
      malware: malwareView(exhibit.scan),
      size: size(sizeBytes),
      part: preview !== null && preview.shownBytes < sizeBytes ? size(preview.shownBytes) : undefined,
      back: paths.exhibit.to({ id: head.id, exhibitId: exhibit.id }),
    };
  }
}
