import { Module } from '@nestjs/common';
import { MailSender } from './jobs/mail-sender.js';
import { RaiseAlerts } from './jobs/raise-alerts.job.js';
import { SendEMail } from './jobs/send-e-mail.job.js';

/** What the worker does about breaches and alerts. */
@Module({ providers: [MailSender, RaiseAlerts, SendEMail] })
export class NotificationsJobsModule {}
