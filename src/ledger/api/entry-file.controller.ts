import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NOT_FOUND, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { EntryFiles, type EntryFileView } from '../queries/entry-files.js';

/** One entry and its proof as files, for auditors: what a stranger needs, with the ledger's public key, to check it anywhere. */
@Controller('ledger/entry')
export class EntryFileController {
  constructor(private readonly files: EntryFiles) {}

  @Verb('ledger.export')
  @Get(':id')
  async entry(@Act() context: ActContext, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    send(reply, await this.files.entry(context, id), 'application/json; charset=utf-8');
  }

  @Verb('ledger.export')
  @Get(':id/proof')
  async proof(@Act() context: ActContext, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    send(reply, await this.files.proof(context, id), 'text/plain; charset=utf-8');
  }
}

function send(reply: FastifyReply, found: Result<EntryFileView | undefined, Refusal>, mediaType: string): void {
  const refused = found.ok ? NOT_FOUND : found.error;
  if (!found.ok || found.value === undefined) {
    void reply.code(found.ok ? 404 : 422).type('text/plain; charset=utf-8').send(`${refused.faults[0]?.message ?? refused.message}\n`);
    return;
  }
  const { text, name, marking } = found.value;
  const headers = { 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'concordat-marking': marking };
  void reply.headers({ 'content-type': mediaType, ...headers }).send(text);
}
