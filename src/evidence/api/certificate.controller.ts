import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NOT_FOUND } from '../../../libs/kernel/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { printed } from '../../workspaces/index.js';
import { certificate, type Ended } from '../domain/certificate.js';
import { contentDisposition } from '../domain/file-name.js';
import { ExhibitsOfWorkspace, type ExhibitSeen } from '../queries/exhibits-of-workspace.js';
import { sendRefusal, statusOf } from './answers.js';

/** The certificate of an exhibit's disposal, to keep. */
@Controller('evidence')
export class CertificateController {
  constructor(private readonly exhibits: ExhibitsOfWorkspace) {}

  @Verb('exhibit.read')
  @Get(':itemId/certificate')
  async certificate(@Act() context: ActContext, @Param('itemId') id: string, @Res() reply: FastifyReply): Promise<void> {
    const seen = await this.exhibits.find(context, id);
    const ended = seen.ok && seen.value ? endOf(seen.value) : undefined;
    if (!ended) return void sendRefusal(reply, NOT_FOUND, statusOf(NOT_FOUND));
    const headers = {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': contentDisposition(`Disposal of ${ended.reference.replaceAll('/', '-')}.txt`),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'concordat-marking': ended.marking,
    };
    void reply.code(200).headers(headers).send(certificate(ended));
  }
}

function endOf(seen: ExhibitSeen): Ended | undefined {
  const { disposal, custody, fileName, sizeBytes, sha256 } = seen;
  const last = custody.findLast(({ act }) => act === 'disposed');
  if (!disposal?.approved || disposal.decidedBy === null || disposal.decidedAt === null || disposal.decidedFor === null || !last) return undefined;
  const { rule, reason, beforeReview, proposedBy, proposedAt, decidedBy, decidedAt, decidedFor } = disposal;
  return {
    reference: seen.reference, title: seen.title, marking: printed(seen), agency: seen.originator.name, producer: seen.producerName, deposited: seen.depositedAt,
    file: fileName === null || sizeBytes === null || sha256 === null ? undefined : { name: fileName, sizeBytes, sha256 },
    rule, reason, beforeReview, proposedBy, proposedAt, decidedBy, decidedAt, decidedFor, last,
  };
}
