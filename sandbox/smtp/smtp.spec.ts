import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { SMTPServer } from 'smtp-server';
import { mailServer } from './mail-server.js';
import { MailStore, type KeptMail } from './mail-store.js';
import { mailPage } from './page.js';
import { readOptions } from './options.js';
import { mailWeb } from './web.js';

let folder: string;
let mail: SMTPServer;
let web: ReturnType<typeof mailWeb>;

const port = (server: Server): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-mail-'));
  const store = new MailStore(folder);
  mail = mailServer(store);
  web = mailWeb(store);
  await new Promise<void>((resolve) => mail.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await new Promise<void>((resolve) => mail.close(resolve));
  web.close();
  web.closeAllConnections();
  await rm(folder, { recursive: true });
});

function send(to: string, subject = 'An alert', text = 'See http://localhost:8080/alerts/1 now'): Promise<unknown> {
  const transport = createTransport({ host: '127.0.0.1', port: port(mail.server), ignoreTLS: true });
  return transport.sendMail({ from: 'no-reply@concordat.example', to, subject, text, messageId: '<d1@concordat.example>' });
}

const kept = async (): Promise<KeptMail[]> => (await fetch(`http://127.0.0.1:${port(web)}/messages.json`)).json() as Promise<KeptMail[]>;

describe('the sandbox mail server', () => {
  it('keeps what it is given and shows it, newest first, also after a restart', async () => {
    await send('duty@police.example', 'First');
    await send('duty@fire.example', 'Second');
    const mails = await kept();
    expect(mails.map(({ subject, to, messageId }) => ({ subject, to, messageId }))).toEqual([
      { subject: 'Second', to: ['duty@fire.example'], messageId: '<d1@concordat.example>' },
      { subject: 'First', to: ['duty@police.example'], messageId: '<d1@concordat.example>' },
    ]);
    expect(await new MailStore(folder).all()).toEqual(mails);
    const page = await (await fetch(`http://127.0.0.1:${port(web)}/`)).text();
    expect(page).toContain('<a href="http://localhost:8080/alerts/1" rel="noreferrer">');
  });

  it.each([
    ['no-such-user@police.example', 550],
    ['busy@police.example', 451],
  ])('answers %s with %i', async (to, code) => {
    const before = (await kept()).length;
    await expect(send(to)).rejects.toMatchObject({ responseCode: code });
    expect(await kept()).toHaveLength(before);
  });

  it('shows markup in a message as text', () => {
    const hostile = '<script>alert(1)</script>"\'&';
    const page = mailPage([{ id: 'x', receivedAt: '', from: hostile, to: [hostile], subject: hostile, messageId: hostile, text: hostile, raw: '' }]);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
  });

  it('changes nothing over the web and knows two addresses', async () => {
    const address = `http://127.0.0.1:${port(web)}`;
    expect((await fetch(`${address}/`, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${address}/../etc/passwd`)).status).toBe(404);
    expect((await fetch(`${address}/`)).headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('names every option that is wrong', () => {
    expect(() => readOptions({ SMTP_PORT: '0' })).toThrow(/SMTP_PORT, SMTP_WEB_PORT, SMTP_DATA\.$/);
    expect(readOptions({ SMTP_PORT: '2525', SMTP_WEB_PORT: '2526', SMTP_DATA: '/d' })).toEqual({ smtpPort: 2525, webPort: 2526, folder: '/d' });
  });

  it('tells a taken port', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const second = mailWeb(new MailStore(folder));
    const fault = await new Promise((resolve) => second.once('error', resolve).listen(port(other), '127.0.0.1'));
    expect(fault).toMatchObject({ code: 'EADDRINUSE' });
    other.close();
  });
});
