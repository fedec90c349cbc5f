import { Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { err, invalid, NOT_FOUND, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { Act, CONFIG, Verb, type ActContext, type Config } from '../../platform/index.js';
import { REFUSAL_HEADERS, isCsrfToken, refusalPage } from '../../platform/http/index.js';
import { ReceiveUpload, type Progress } from '../commands/receive-upload.js';
import { cleanFileName } from '../domain/file-name.js';
import { TicketOfPerson, type TicketProgress } from '../queries/ticket-of-person.js';
import { orSignIn, statusOf, storeFaultOfForm } from './answers.js';

/** A token and a file, and room for what a browser adds. */
const LIMITS = { fields: 10, fieldSize: 10_000, fieldNameSize: 200, files: 1, parts: 12, headerPairs: 50, fileSize: Infinity };

/** Deposit by a plain form, for browsers without script. Not resumable: what breaks off begins again. */
@Controller('evidence/forms')
export class FormController {
  constructor(
    private readonly tickets: TicketOfPerson,
    private readonly receiveUpload: ReceiveUpload,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Verb('exhibit.deposit')
  @Post(':ticketId')
  async post(@Act() context: ActContext, @Param('ticketId') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.tickets.usable(context, id);
    if (!found.ok) return void say(reply, found.error);
    if (!request.isMultipart()) return void say(reply, NO_FILE);
    if (found.value.ticket.state === 'done') return void say(reply, DONE);
    const received = await this.takeParts(context, found.value, request);
    if (!received.ok) return void say(reply, received.error);
    void reply.code(303).header('location', `/investigations/${found.value.ticket.workspaceId}/evidence`).send();
  }

  /** The token comes before the file, or the file is not read. */
  private async takeParts(context: ActContext, progress: TicketProgress, request: FastifyRequest): Promise<Result<Progress, Refusal>> {
    let trusted = false;
    for await (const part of request.parts({ limits: LIMITS })) {
      if (part.type === 'field') {
        trusted ||= part.fieldname === 'csrf' && context.actor !== undefined && isCsrfToken(this.config.keys.cookieSecret, context.actor.sessionId, part.value);
        continue;
      }
      const received = trusted ? await this.takeFile(context, progress, part) : err(NOT_FROM_HERE);
      part.file.resume();
      return received;
    }
    return err(NO_FILE);
  }

  private async takeFile(context: ActContext, { ticket, limitBytes }: TicketProgress, part: MultipartFile): Promise<Result<Progress, Refusal>> {
    if (part.filename === '') return err(NO_FILE);
    const name = cleanFileName(ticket.fileName ?? part.filename);
    if (!name.ok) return err(invalid([{ field: 'file', message: name.error }]));
    const delivery = {
      octets: part.file.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>,
      cut: () => void part.file.destroy(),
      offset: 0,
      fileName: name.value,
      sizeBytes: undefined,
      limitBytes,
    };
    try {
      return await this.receiveUpload.receiveWhole(context, ticket, delivery);
    } catch (fault) {
      const said = storeFaultOfForm(fault);
      if (said) return err(said);
      throw fault;
    }
  }
}

/** A page for whoever has no script; the way back is the browser's own. */
function say(reply: FastifyReply, refused: Refusal): FastifyReply {
  const said = orSignIn(refused);
  return reply.code(statusOf(said)).headers({ ...REFUSAL_HEADERS, connection: 'close' }).send(refusalPage('The file was not taken', said.message));
}

const NO_FILE = invalid([{ field: 'file', message: 'Choose a file first.' }]);
const NOT_FROM_HERE: Refusal = { ...NOT_FOUND, message: 'This form did not come from your session. Open the page again and send it from there.' };
const DONE = refusal(RefusalCode.Conflict, 'This file has already been deposited. It is listed with the evidence of the investigation.');
