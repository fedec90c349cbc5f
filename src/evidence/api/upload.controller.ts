import { Controller, Head, Options, Param, Patch, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { invalid, refusal, RefusalCode, type Refusal } from '../../../libs/kernel/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { LiveUploads } from '../commands/live-uploads.js';
import { ReceiveUpload, type Progress } from '../commands/receive-upload.js';
import { tooLarge } from '../domain/file-size.js';
import { TicketOfPerson, type TicketProgress } from '../queries/ticket-of-person.js';
import { sendRefusal, statusOf, storeFault } from './answers.js';

const VERSION = '1.0.0';
const OFFSET = /^(0|[1-9]\d{0,15})$/;

/** What a well-formed PATCH says of itself. */
interface Part {
  readonly offset: number;
  /** Undefined: sent in chunks of unknown total. */
  readonly length: number | undefined;
}

/**
 * Resumable upload by tus 1.0.0 (core and expiration). A ticket takes the place of the creation extension: leave to upload
 * is asked for through GraphQL, where it can be refused before anything is sent.
 */
@Controller('evidence/uploads')
export class UploadController {
  constructor(
    private readonly tickets: TicketOfPerson,
    private readonly uploads: LiveUploads,
    private readonly receiveUpload: ReceiveUpload,
  ) {}

  @Verb('exhibit.deposit')
  @Options(':ticketId')
  options(@Res() reply: FastifyReply): void {
    void reply.code(204).headers({ 'tus-resumable': VERSION, 'tus-version': VERSION, 'tus-extension': 'expiration' }).send();
  }

  @Verb('exhibit.deposit')
  @Head(':ticketId')
  async head(@Act() context: ActContext, @Param('ticketId') id: string, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.tickets.usable(context, id);
    if (!found.ok) return void reply.code(statusOf(found.error)).header('tus-resumable', VERSION).send();
    const { ticket, offset } = found.value;
    if (ticket.state === 'done') return void reply.code(200).headers(progressHeaders(found.value, offset)).send();
    const slot = await this.uploads.slot(context, ticket);
    if (!slot.ok) return void reply.code(statusOf(slot.error)).header('tus-resumable', VERSION).send();
    void reply.code(200).headers(progressHeaders(found.value, slot.value.upload.takenBytes)).send();
  }

  @Verb('exhibit.deposit')
  @Patch(':ticketId')
  async patch(@Act() context: ActContext, @Param('ticketId') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    void reply.header('tus-resumable', VERSION);
    const found = await this.tickets.usable(context, id);
    if (!found.ok) return void sendRefusal(reply, found.error, statusOf(found.error));
    const part = readPart(request, found.value);
    if ('code' in part) return void sendRefusal(reply, part, request.headers['tus-resumable'] === VERSION ? statusOf(part) : 412);
    await this.deliver(context, found.value, part, { request, reply });
  }

  private async deliver(context: ActContext, { ticket, limitBytes }: TicketProgress, part: Part, { request, reply }: Exchange): Promise<void> {
    try {
      const received = await this.receiveUpload.receive(context, ticket, {
        // Leaving the loop early must not destroy the connection the refusal is to be said on.
        octets: request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>,
        cut: () => void request.raw.destroy(),
        offset: part.offset,
        fileName: ticket.fileName ?? ticket.reference,
        sizeBytes: ticket.sizeBytes ?? undefined,
        limitBytes,
      });
      if (!received.ok) return void sendRefusal(reply, received.error, statusOf(received.error));
      void reply.code(204).headers(doneHeaders(received.value)).send();
    } catch (fault) {
      const said = storeFault(fault);
      if (said) return void sendRefusal(reply, said, statusOf(said));
      // A connection that was cut is no fault of anybody here: what arrived is kept, and nobody is left to answer.
      if (request.raw.complete || !request.raw.destroyed) throw fault;
      reply.hijack();
      request.raw.destroy();
    }
  }
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Reads the headers of a PATCH (attacker-controlled), refusing what can be refused before a single octet is read. */
function readPart(request: FastifyRequest, { ticket, limitBytes }: TicketProgress): Part | Refusal {
  const { headers } = request;
  if (headers['tus-resumable'] !== VERSION) return refusal(RefusalCode.Invalid, `Speak tus ${VERSION}: send the header Tus-Resumable.`);
  if (ticket.sizeBytes === null) return refusal(RefusalCode.Conflict, 'This ticket is for the plain form. Ask for one with the size of the file.');
  if (ticket.state === 'done') return refusal(RefusalCode.Conflict, 'This upload is complete.');
  const offset = String(headers['upload-offset'] ?? '');
  if (!OFFSET.test(offset)) return invalid([{ field: 'Upload-Offset', message: 'Say in Upload-Offset where this part begins.' }]);
  const length = headers['content-length'];
  if (length !== undefined && Number(offset) + Number(length) > ticket.sizeBytes) {
    return refusal(RefusalCode.TooLarge, ticket.sizeBytes >= limitBytes ? tooLarge(limitBytes) : 'This part goes beyond the size that was announced.');
  }
  return { offset: Number(offset), length: length === undefined ? undefined : Number(length) };
}

function progressHeaders({ ticket }: TicketProgress, offset: number): Record<string, string> {
  return {
    'tus-resumable': VERSION,
    'upload-offset': String(offset),
    'upload-expires': ticket.expiresAt.toUTCString(),
    ...(ticket.sizeBytes === null ? {} : { 'upload-length': String(ticket.sizeBytes) }),
  };
}

function doneHeaders({ offset, itemId }: Progress): Record<string, string> {
  return { 'upload-offset': String(offset), ...(itemId === undefined ? {} : { 'concordat-exhibit': itemId }) };
}
