import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCopyCommand,
  type CompletedPart,
  type GetObjectCommandOutput,
} from '@aws-sdk/client-s3';
import type { S3Settings } from '../../../platform/index.js';
import { awayOf, hasStatus, isNamed } from './s3-fault.js';
import { severalAtOnce } from './several-at-once.js';

/** Times a request is sent before the store counts as away. */
const ATTEMPTS = 4;

/** An object that lies in the bucket, or the parts of one that was never finished. */
export interface Found {
  readonly name: string;
  readonly sizeBytes: number;
  readonly at: Date;
}

/** One bucket, in the words the store needs. Every fault of it that is no answer comes out as BlobsAway. */
export class S3Bucket {
  private readonly client: S3Client;

  constructor(private readonly settings: S3Settings) {
    const { endpoint, region, pathStyle, credentials, timeoutMs } = settings;
    this.client = new S3Client({
      region,
      forcePathStyle: pathStyle,
      maxAttempts: ATTEMPTS,
      // Bodies are authenticated chunk by chunk and read back whole: further checksums keep stores out that do not know them.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: timeoutMs, requestTimeout: timeoutMs, throwOnRequestTimeout: true, socketTimeout: timeoutMs },
      ...(endpoint !== undefined && { endpoint }),
      ...(credentials && { credentials }),
    });
  }

  async put(name: string, octets: Uint8Array): Promise<void> {
    await this.send((signal) => this.client.send(new PutObjectCommand({ ...this.at(name), Body: octets, ContentLength: octets.length }), { abortSignal: signal }));
  }

  /** Fills `into` with the octets of an object from `offset` on; answers how many there were, fewer at its end; undefined when there is none. */
  async get(name: string, offset: number, into: Uint8Array): Promise<number | undefined> {
    const range = `bytes=${offset}-${offset + into.length - 1}`;
    return this.send(async (signal) => {
      try {
        const { Body } = await this.client.send(new GetObjectCommand({ ...this.at(name), Range: range }), { abortSignal: signal });
        return await pourInto(into, Body);
      } catch (fault) {
        if (hasStatus(fault, 416)) return 0;
        if (isNamed(fault, 'NoSuchKey')) return undefined;
        throw fault;
      }
    });
  }

  /** How long an object is; undefined when there is none. */
  async size(name: string): Promise<number | undefined> {
    return this.send(async (signal) => {
      try {
        return (await this.client.send(new HeadObjectCommand(this.at(name)), { abortSignal: signal })).ContentLength ?? 0;
      } catch (fault) {
        if (!hasStatus(fault, 404)) throw fault;
        // The answer has no body to say what there is none of. Without its bucket nothing is known of the object.
        await this.client.send(new HeadBucketCommand({ Bucket: this.settings.bucket }), { abortSignal: signal });
        return undefined;
      }
    });
  }

  async remove(name: string): Promise<void> {
    await this.send((signal) => this.client.send(new DeleteObjectCommand(this.at(name)), { abortSignal: signal }));
  }

  async *list(prefix: string): AsyncGenerator<Found> {
    for (let after: string | undefined, more = true; more; ) {
      const input = { Bucket: this.settings.bucket, Prefix: prefix, ...(after !== undefined && { ContinuationToken: after }) };
      const page = await this.send((signal) => this.client.send(new ListObjectsV2Command(input), { abortSignal: signal }));
      for (const { Key, Size, LastModified } of page.Contents ?? []) yield { name: Key ?? '', sizeBytes: Size ?? 0, at: LastModified ?? new Date(0) };
      after = page.NextContinuationToken;
      more = page.IsTruncated === true && after !== undefined;
    }
  }

  /**
   * Puts objects together, in order, into one that is there whole or not at all. The store copies; nothing passes through here. What was
   * there under that name is gone first, so that a lost answer is never taken for a former one.
   */
  async compose(name: string, parts: readonly Found[]): Promise<void> {
    await this.remove(name);
    const [first, ...more] = parts;
    if (!first) return this.put(name, new Uint8Array(0));
    if (more.length > 0) return this.composeParts(name, parts);
    await this.send((signal) => this.client.send(new CopyObjectCommand({ ...this.at(name), CopySource: this.source(first) }), { abortSignal: signal }));
  }

  /** What was begun to be put together and never finished. A store that does not know that it could be asked has none. */
  async *unfinished(prefix: string): AsyncGenerator<Found & { readonly uploadId: string }> {
    for (let after: { KeyMarker?: string; UploadIdMarker?: string } = {}, more = true; more; ) {
      const input = { Bucket: this.settings.bucket, Prefix: prefix, ...after };
      const page = await this.send((signal) => this.client.send(new ListMultipartUploadsCommand(input), { abortSignal: signal }).catch(noneIfUnknown));
      for (const { Key, UploadId, Initiated } of page.Uploads ?? []) yield { name: Key ?? '', uploadId: UploadId ?? '', sizeBytes: 0, at: Initiated ?? new Date(0) };
      after = { ...(page.NextKeyMarker !== undefined && { KeyMarker: page.NextKeyMarker }), ...(page.NextUploadIdMarker !== undefined && { UploadIdMarker: page.NextUploadIdMarker }) };
      more = page.IsTruncated === true && page.NextKeyMarker !== undefined;
    }
  }

  async abort(name: string, uploadId: string): Promise<void> {
    await this.send((signal) => this.client.send(new AbortMultipartUploadCommand({ ...this.at(name), UploadId: uploadId }), { abortSignal: signal }).catch(noneIfUnknown));
  }

  /** Whether the bucket is there and may be entered. Faults come out as they are, to be put into words by who asked. */
  async enter(): Promise<void> {
    await this.client.send(new HeadBucketCommand({ Bucket: this.settings.bucket }));
  }

  /** Whether the bucket keeps what is deleted, or did once. A store that knows of no versions keeps none; any other fault comes out as it is. */
  async keepsVersions(): Promise<boolean> {
    try {
      return (await this.client.send(new GetBucketVersioningCommand({ Bucket: this.settings.bucket }))).Status !== undefined;
    } catch (fault) {
      if (isNamed(fault, 'NotImplemented', 'MethodNotAllowed')) return false;
      throw fault;
    }
  }

  private async composeParts(name: string, parts: readonly Found[]): Promise<void> {
    const { UploadId: uploadId } = await this.send((signal) => this.client.send(new CreateMultipartUploadCommand(this.at(name)), { abortSignal: signal }));
    if (uploadId === undefined) throw awayOf(new Error('it began no upload'));
    try {
      await this.finish(name, uploadId, parts);
    } catch (fault) {
      // What is left of it when this fails too is found by the sweep.
      await this.abort(name, uploadId).catch(() => undefined);
      throw fault;
    }
  }

  private async finish(name: string, uploadId: string, parts: readonly Found[]): Promise<void> {
    const copied: CompletedPart[] = [];
    await severalAtOnce(parts, async (part, index) => {
      const input = { ...this.at(name), UploadId: uploadId, PartNumber: index + 1, CopySource: this.source(part) };
      const { CopyPartResult } = await this.send((signal) => this.client.send(new UploadPartCopyCommand(input), { abortSignal: signal }));
      copied[index] = { PartNumber: index + 1, ETag: CopyPartResult?.ETag };
    });
    const whole = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const input = { ...this.at(name), UploadId: uploadId, MultipartUpload: { Parts: copied } };
    await this.send((signal) => this.client.send(new CompleteMultipartUploadCommand(input), { abortSignal: signal })).catch(async (fault: unknown) => {
      // The answer may be what was lost: sent again, the store knows no such upload any more.
      if ((await this.size(name)) !== whole) throw fault;
    });
  }

  private at(name: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.settings.bucket, Key: name };
  }

  /** Names are of our own making: nothing in them needs escaping. */
  private source({ name }: Found): string {
    return `${this.settings.bucket}/${name}`;
  }

  /** All attempts together, and the body of the answer, are given an end too: a store that trickles is away. */
  private async send<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await act(AbortSignal.timeout(this.settings.timeoutMs * ATTEMPTS));
    } catch (fault) {
      throw awayOf(fault);
    }
  }
}

function noneIfUnknown(fault: unknown): { readonly Uploads?: undefined; readonly IsTruncated?: undefined; readonly NextKeyMarker?: undefined; readonly NextUploadIdMarker?: undefined } {
  if (isNamed(fault, 'NotImplemented', 'NoSuchUpload', 'MethodNotAllowed')) return {};
  throw fault;
}

/** Takes no more than there is room for: some stores send everything where one octet was asked for. */
async function pourInto(into: Uint8Array, body: GetObjectCommandOutput['Body']): Promise<number> {
  let length = 0;
  for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
    const part = piece.subarray(0, into.length - length);
    into.set(part, length);
    length += part.length;
    if (length === into.length && part.length < piece.length) break;
  }
  return length;
}
