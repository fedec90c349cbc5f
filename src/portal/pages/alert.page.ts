import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { acknowledgeAlertDocument } from '../documents/acknowledge-alert.js';
import { alertDocument, type AlertData } from '../documents/alert.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { alertRow } from '../presenters/alerts.js';
import { dateTime } from '../presenters/dates.js';
import { channelWords, deliveryWords } from '../presenters/words.js';

type Loaded = NonNullable<AlertData['alert']>;

/** One alert, with the button by which a duty officer says "I have it". */
@Injectable()
export class AlertPage extends Page<Loaded> {
  readonly view = 'alert';
  readonly section = 'alerts';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, me, parameters }: Visit): Promise<Loaded | undefined> {
    if (!me.can.seeCases) return undefined;
    const { alert } = await this.api.ask(alertDocument, { id: parameters['id'] ?? '' }, context);
    return alert ?? undefined;
  }

  title(alert: Loaded): string {
    return `Alert ${alert.reference}`;
  }

  override marking(alert: Loaded): string {
    return alert.marking.text;
  }

  present(alert: Loaded, { me }: Visit): object {
    return {
      alert: alertRow(alert),
      canAcknowledge: alert.can.acknowledge && alert.acknowledgedAt === null,
      me: `${me.displayName}, ${me.agency.name}`,
      findingHref: `${paths.record.to({ id: alert.workspaceId })}#item-${alert.findingId}`,
      deliveries: alert.deliveries.map(({ channel, state, at }) => ({ channel: channelWords(channel), state: deliveryWords(channel, state), at: dateTime(at) })),
      back: paths.alerts.to({}),
    };
  }

  override async answer({ context }: Visit, { id }: Loaded): Promise<Answer> {
    const { acknowledgeAlert } = await this.api.ask(acknowledgeAlertDocument, { id }, context);
    if (acknowledgeAlert.__typename === 'Refused') return { problems: problemsOf(acknowledgeAlert) };
    return { go: paths.alert.to({ id }), flash: 'alert-acknowledged' };
  }
}
