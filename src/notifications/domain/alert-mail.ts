import { acknowledgeBy, type Urgency } from '../../../libs/contracts/index.js';

/** What the e-mail about an alert may be made of. Nothing here comes from the case. */
export interface AlertMailFacts {
  readonly alertId: string;
  readonly deliveryId: string;
  readonly reference: string;
  readonly urgency: Urgency;
  readonly raisedAt: Date;
  /** Address of the portal, without a trailing slash. */
  readonly baseUrl: string;
}

/** A plain text message. */
export interface AlertMail {
  readonly subject: string;
  readonly text: string;
  /** The same for every attempt at the same delivery, so that a mail server which got it twice can tell. */
  readonly messageId: string;
}

/**
 * The e-mail that tells a duty post of an alert. It crosses networks nobody here answers for, so it says only that there
 * is something, how urgent it is, and where to sign in; OFFICIAL is the marking of those words themselves.
 */
export function alertMail(facts: AlertMailFacts): AlertMail {
  const { reference, urgency, raisedAt, baseUrl, alertId, deliveryId } = facts;
  return {
    subject: `Alert ${reference}: ${urgency}`,
    text: [
      'OFFICIAL',
      '',
      'An alert has been raised for your duty post.',
      '',
      `Reference: ${reference}`,
      `Urgency: ${urgency}`,
      `Acknowledge by: ${localTime(acknowledgeBy(urgency, raisedAt))}`,
      '',
      'Sign in to see it and to acknowledge it:',
      `${baseUrl}/alerts/${alertId}`,
      '',
      'What it is about is not said here on purpose. Replies to this address are not read.',
      '',
      'OFFICIAL',
      '',
    ].join('\n'),
    messageId: `<${deliveryId}@${new URL(baseUrl).hostname}>`,
  };
}

const TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h12',
});

/** A moment as people here write it: `16 June 2026 at 8:36am`. */
function localTime(at: Date): string {
  const part = new Map(TIME.formatToParts(at).map(({ type, value }) => [type, value]));
  const hour = part.get('hour') === '0' ? '12' : part.get('hour');
  const clock = `${hour}:${part.get('minute')}${part.get('dayPeriod')?.toLowerCase().replaceAll(/[^apm]/g, '')}`;
  return `${part.get('day')} ${part.get('month')} ${part.get('year')} at ${clock}`;
}
