import type { Readable } from 'node:stream';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { MailStore } from './mail-store.js';

const LARGEST_BYTES = 1024 * 1024;

/** What the real world also does, for tests and for trying it out: the local part of the recipient decides. */
const ANSWERS: Readonly<Record<string, readonly [code: number, words: string]>> = {
  'no-such-user': [550, '5.1.1 No such user here'],
  busy: [451, '4.3.0 Try again later'],
};

/** A mail server that takes everything, keeps it, and passes nothing on. */
export function mailServer(store: MailStore): SMTPServer {
  return new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    banner: 'Concordat sandbox, mail is kept and never passed on',
    size: LARGEST_BYTES,
    disableReverseLookup: true,
    logger: false,
    onRcptTo(address: SMTPServerAddress, _session: SMTPServerSession, done: (fault?: Error | null) => void): void {
      const answer = ANSWERS[address.address.split('@')[0]?.toLowerCase() ?? ''];
      done(answer ? Object.assign(new Error(answer[1]), { responseCode: answer[0] }) : null);
    },
    onData(stream: SMTPServerDataStream, session: SMTPServerSession, done: (fault?: Error | null) => void): void {
      receive(stream, session, store).then(() => done(), (fault: unknown) => done(fault instanceof Error ? fault : new Error('Not kept')));
    },
  });
}

async function receive(stream: Readable & { sizeExceeded?: boolean }, session: SMTPServerSession, store: MailStore): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
  if (stream.sizeExceeded === true) throw Object.assign(new Error('5.3.4 Too large'), { responseCode: 552 });
  const { mailFrom, rcptTo } = session.envelope;
  await store.keep(mailFrom === false ? '' : mailFrom.address, rcptTo.map((address) => address.address), Buffer.concat(parts));
}
