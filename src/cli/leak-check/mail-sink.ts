import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A mail server on this machine that delivers nothing (RFC 5321, as much of it as a sender needs): what was sent is read and thrown away. */
export class MailSink {
  /** Every mail with its envelope, as it came over the wire. */
  readonly mails: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<MailSink> {
    const server = createServer();
    const sink = new MailSink(server);
    server.on('connection', (socket) => sink.converse(socket));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', () => resolve()));
    return sink;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private converse(socket: Socket): void {
    let [rest, envelope, mail] = ['', '', undefined as string | undefined];
    socket.setEncoding('latin1').on('error', () => undefined);
    socket.write('220 leak check\r\n');
    socket.on('data', (chunk: string) => {
      const lines = `${rest}${chunk}`.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (mail !== undefined && line !== '.') mail += `${line}\r\n`;
        else if (mail !== undefined) {
          this.mails.push(mail);
          [mail, envelope] = [undefined, ''];
          socket.write('250 read\r\n');
        } else if (/^DATA$/i.test(line)) {
          mail = envelope;
          socket.write('354 go on\r\n');
        } else if (/^QUIT$/i.test(line)) {
          socket.end('221 done\r\n');
        } else {
          envelope += `${line}\r\n`;
          socket.write('250 yes\r\n');
        }
      }
    });
  }
}
