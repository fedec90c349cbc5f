import { Inject, Injectable } from '@nestjs/common';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import { CONFIG, type Config } from '../../platform/index.js';
import { REQUEST_LIFE_MS } from '../domain/instants.js';

/** Where a person reads how far her sign-out has come: a page of the portal. */
export const AFTER_SIGN_OUT = '/signed-out';

/**
 * The two cookies: of a session, and of a browser that is at its agency, signing in or out. Under https both carry the `__Host-` prefix, which
 * ties them to this very host; plain http exists for the demonstration only.
 */
@Injectable()
export class SessionCookies {
  readonly sessionName: string;
  readonly loginName: string;
  private readonly secure: boolean;

  constructor(@Inject(CONFIG) config: Config) {
    this.secure = config.baseUrl.startsWith('https:');
    const prefix = this.secure ? '__Host-' : '';
    this.sessionName = `${prefix}concordat`;
    this.loginName = `${prefix}concordat-login`;
  }

  setSession(reply: FastifyReply, token: string, expires: Date): void {
    void reply.setCookie(this.sessionName, token, { ...this.attributes('lax'), expires });
  }

  clearSession(reply: FastifyReply): void {
    void reply.clearCookie(this.sessionName, this.attributes('lax'));
  }

  /** The identity provider posts back from its own site, and only `SameSite=None` comes along with that. */
  setLogin(reply: FastifyReply, browser: string): void {
    void reply.setCookie(this.loginName, browser, { ...this.attributes(this.secure ? 'none' : 'lax'), maxAge: REQUEST_LIFE_MS / 1000 });
  }

  private attributes(sameSite: 'lax' | 'none'): CookieSerializeOptions {
    return { path: '/', httpOnly: true, secure: this.secure, sameSite };
  }
}
