import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Act, Log, Verb, type ActContext } from '../../platform/index.js';
import { TakeSealed } from '../commands/take-sealed.js';
import { contentDisposition } from '../domain/file-name.js';
import { orAway, sendRefusal, statusOf } from './answers.js';
import { octetStream } from './octet-stream.js';

/** RFC 3156 section 4 names this type for an encrypted OpenPGP message. */
const ENCRYPTED = 'application/pgp-encrypted';

/** Sealed copies of exhibits, for agencies that hold their own key. */
@Controller('evidence')
export class SealedController {
  constructor(
    private readonly takeSealed: TakeSealed,
    private readonly log: Log,
  ) {}

  /** @param form - `outside` for programs that do not read what is stored (attacker-controlled); anything else: as stored. */
  @Verb('exhibit.take-sealed')
  @Get(':itemId/sealed')
  async sealed(@Act() context: ActContext, @Param('itemId') id: string, @Query('form') form: unknown, @Res() reply: FastifyReply): Promise<void> {
    const taken = await orAway(this.takeSealed.execute(context, id, form === 'outside' ? 'outside' : 'stored'), this.log);
    if (!taken.ok) return void sendRefusal(reply, taken.error, statusOf(taken.error));
    const { exhibit, marking } = taken.value;
    const octets = octetStream(taken.value);
    // Broken off, the message lacks its last tag: no program takes the part for the whole.
    octets.on('error', (fault) => {
      this.log.error({ item: exhibit.itemId, fault: fault.message }, 'A sealed copy broke off while being sent');
      reply.raw.destroy();
    });
    const headers = { 'content-type': ENCRYPTED, 'content-disposition': contentDisposition(`${exhibit.fileName}.pgp`), 'concordat-marking': marking };
    void reply.code(200).headers(headers).send(octets);
  }
}
