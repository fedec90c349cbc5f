import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { myWorkDocument, type MyWorkData } from '../documents/my-work.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { alertRow } from '../presenters/alerts.js';
import { dateTime } from '../presenters/dates.js';
import { pageMarking } from '../presenters/marking.js';
import { recallView, waits } from '../presenters/recalls.js';
import { unusualUseRow } from '../presenters/unusual-use.js';
import { workspaceRow } from '../presenters/workspace.js';

const NOTHING: MyWorkData = { alerts: { openCount: 0, nodes: [] }, workspaces: { nodes: [] }, unusualUses: { nodes: [] }, custodyOffers: [], recalls: [] };

/** The first page: what waits for this person, the oldest first. */
@Injectable()
export class MyWorkPage extends Page<MyWorkData> {
  readonly view = 'my-work';
  readonly section = 'my-work';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, me }: Visit): Promise<MyWorkData> {
    return me.can.seeCases ? this.api.ask(myWorkDocument, {}, context) : NOTHING;
  }

  title(): string {
    return 'My work';
  }

  override marking({ alerts, workspaces, custodyOffers, recalls }: MyWorkData): string | undefined {
    return pageMarking([...custodyOffers.map(({ marking }) => marking), ...recalls.filter(waits).map(({ marking }) => marking), ...alerts.nodes.map(({ marking }) => marking.text), ...workspaces.nodes.map(({ marking }) => marking)]);
  }

  present({ alerts, workspaces, unusualUses, custodyOffers, recalls }: MyWorkData, { me }: Visit): object {
    return {
      can: me.can,
      alerts: [...alerts.nodes].sort((one, other) => new Date(one.raisedAt).getTime() - new Date(other.raisedAt).getTime()).map(alertRow),
      openCount: alerts.openCount,
      hasMoreAlerts: alerts.openCount > alerts.nodes.length,
      investigations: workspaces.nodes.map(workspaceRow),
      offers: custodyOffers.map(({ id: exhibitId, workspaceId: id, reference, title, workspaceReference, marking, offeredBy, agency, offeredAt }) => ({
        href: paths.answerCustody.to({ id, exhibitId }), reference, title, said: `${workspaceReference}, offered by ${offeredBy}, ${agency}, ${dateTime(offeredAt)}. ${marking}`,
      })),
      recalls: recalls.filter(waits).map(recallView),
      toExplain: unusualUses.nodes.map(unusualUseRow),
      links: {
        alerts: paths.alerts.to({}),
        investigations: paths.investigations.to({}),
        newInvestigation: paths.newInvestigation.to({}),
        audit: paths.audit.to({}),
        ledger: paths.ledger.to({}),
        administration: paths.signInAdministration.to({}),
      },
    };
  }
}
