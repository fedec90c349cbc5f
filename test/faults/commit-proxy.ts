import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What becomes of the next commit in which something matching is done. */
export type Loss = 'never arrives' | 'answer is lost' | 'answer is lost and the database is away';

/**
 * Stands between the product and its database, and loses one commit: the connection ends before the statement arrives, or
 * after it was executed and before its answer is handed on.
 */
export class CommitProxy {
  /** Commits lost so far. */
  lost = 0;
  private armed: { readonly act: string; readonly loss: Loss } | undefined;
  private isAway = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on('connection', (client: Socket) => this.join(client));
  }

  /** @param target - address of the database, as the product is given it. */
  static async open(target: string): Promise<CommitProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new CommitProxy(server, new URL(target));
  }

  /** The address of the same database by way of here. */
  get url(): string {
    const address = new URL(this.target);
    address.hostname = '127.0.0.1';
    address.port = String((this.server.address() as AddressInfo).port);
    return address.href;
  }

  /** Loses the next commit of a connection that has been sent `act` (a piece of SQL) for the first time. */
  lose(act: string, loss: Loss): void {
    this.armed = { act, loss };
  }

  /** Lets the product reach the database again. */
  comeBack(): void {
    this.isAway = false;
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private join(client: Socket): void {
    if (this.isAway) return void client.destroy();
    const database = connect(Number(this.target.port), this.target.hostname);
    let seen = false;
    let losing: Loss | undefined;
    for (const [socket, other] of [[client, database], [database, client]] as const) {
      this.sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (sent: Buffer) => {
      const { armed } = this;
      if (armed && sent.includes(armed.act)) seen = true;
      if (armed && seen && sent.includes('COMMIT')) {
        this.armed = undefined;
        losing = armed.loss;
        if (losing === 'never arrives') return this.cut(losing, client);
      }
      database.write(sent);
    });
    // The answer to a commit comes once it is done and for all to see. Where the commit never arrived, answers to what was sent before it
    // may still come; they reach nobody.
    database.on('data', (answer: Buffer) => {
      if (losing === undefined) client.write(answer);
      else if (losing !== 'never arrives') this.cut(losing, client);
    });
  }

  private cut(loss: Loss, client: Socket): void {
    if (client.destroyed) return;
    this.lost += 1;
    if (loss === 'answer is lost and the database is away') {
      this.isAway = true;
      for (const socket of this.sockets) socket.destroy();
    }
    client.destroy();
  }
}
