import { Inject, Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { TransientFailure } from '../../platform/queue/index.js';
import { CONFIG, type Config } from '../../platform/index.js';
import type { AlertMail } from '../domain/alert-mail.js';
import { mailFailure } from './mail-failure.js';

const CONNECT_MS = 5_000;
const SILENCE_MS = 10_000;
/** The longest any attempt takes, however slowly the server (which may be hostile) drips its answers. */
export const LONGEST_SEND_MS = 20_000;

/** Gives messages to the mail server of the deployment. */
@Injectable()
export class MailSender {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /**
   * Returns when the server has said 250 to the whole message, and only then.
   *
   * @throws JobFailure, saying whether trying again can help.
   */
  async send(to: string, mail: AlertMail): Promise<void> {
    const transport = createTransport({
      url: this.config.smtp.url,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const { response } = await withinLimit(transport.sendMail({ ...this.envelope(to), ...mail }));
      if (!response.startsWith('250')) throw new TransientFailure('mail-not-accepted');
    } catch (fault) {
      throw fault instanceof TransientFailure ? fault : mailFailure(fault);
    } finally {
      transport.close();
    }
  }

  private envelope(to: string): { from: string; to: { name: string; address: string }; xMailer: false; headers: Record<string, string> } {
    return {
      from: this.config.smtp.from,
      to: { name: '', address: to },
      xMailer: false,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    };
  }
}

/** A message that is late may yet arrive; it then has the same Message-ID as the next attempt's. */
async function withinLimit<T>(sending: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TransientFailure('mail-too-slow')), LONGEST_SEND_MS);
  });
  try {
    return await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}
