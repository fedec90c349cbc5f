import { Injectable } from '@nestjs/common';
import { TiledTree } from '../../../libs/tlog/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { workConnection } from '../store/connection.js';
import { nodeReader, readHead } from '../store/tree-rows.js';

/** The signed tree as C2SP tlog-tiles publishes it: checkpoint and hash tiles, read from the stored nodes. No entry is in it. */
@Injectable()
export class PublishedTree {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The latest signed checkpoint; undefined before the first. */
  checkpoint(context: ActContext): Promise<string | undefined> {
    return this.reading(context, async (work) => (await readHead(workConnection(work)))?.note);
  }

  /**
   * One tile, whole or partial, under the latest checkpoint. Undefined for a path (attacker-controlled) that is not the one
   * spelling of a tile's, for entry bundles, and for hashes the signed tree does not have yet.
   *
   * @throws TreeHole when the tree must have a node that is not stored
   */
  async tile(context: ActContext, path: string): Promise<Buffer | undefined> {
    return this.reading(context, async (work) => {
      const connection = workConnection(work);
      const octets = await new TiledTree(nodeReader(connection), (await readHead(connection))?.size ?? 0).tile(path);
      return octets && Buffer.from(octets);
    });
  }

  /** With the auditor's rights, which may read the tree, and nothing can be written with. */
  private reading<T>(context: ActContext, read: (work: Work) => Promise<T>): Promise<T> {
    return this.unitOfWork.run(context, async (work) => {
      await work.sql('SET LOCAL ROLE concordat_auditor');
      return read(work);
    });
  }
}
