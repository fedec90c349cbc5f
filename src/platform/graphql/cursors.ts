import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { err, ok, refusal, RefusalCode, type ActorRef, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { CONFIG, type Config } from '../config/index.js';

const TAG_BYTES = 16;

/** A place in an ordered list: the sort values of the last row shown. */
export type CursorPosition = readonly (string | number)[];

/**
 * Cursors that mean something only to the person who was given them and only for the same list and filter. They are
 * authenticated, so a forged one is refused rather than believed.
 */
@Injectable()
export class Cursors {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** @param filterKey - names the list and its filter, for example `items:WORKSPACE:note`. */
  seal(actor: ActorRef, filterKey: string, position: CursorPosition): string {
    const body = Buffer.from(JSON.stringify(position));
    return Buffer.concat([this.tag(actor, filterKey, body), body]).toString('base64url');
  }

  /** The position in `cursor` (attacker-controlled), or undefined when none was given; a refusal for any other text. */
  open(actor: ActorRef, filterKey: string, cursor: string | null | undefined): Result<CursorPosition | undefined, Refusal> {
    if (cursor === null || cursor === undefined) return ok(undefined);
    const bytes = Buffer.from(cursor, 'base64url');
    const body = bytes.subarray(TAG_BYTES);
    const tag = bytes.subarray(0, TAG_BYTES);
    if (tag.length !== TAG_BYTES || !timingSafeEqual(tag, this.tag(actor, filterKey, body))) return err(FOREIGN_CURSOR);
    return ok(JSON.parse(body.toString()) as CursorPosition);
  }

  private tag(actor: ActorRef, filterKey: string, body: Buffer): Buffer {
    const bound = JSON.stringify([actor.personId, actor.agencyId, filterKey]);
    const mac = createHmac('sha256', this.config.keys.cookieSecret).update('cursor:').update(bound).update('\0').update(body);
    return mac.digest().subarray(0, TAG_BYTES);
  }
}

const FOREIGN_CURSOR = refusal(
  RefusalCode.Invalid,
  'This page link belongs to another list or another person. Go back to the first page of the list.',
);
