import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { SignInNeeded } from './sign-in-needed.js';
import { actContextOf, VERB, type DeclaredVerb } from './verb.js';

/** Denies by default: no declared verb, no entry; no session, only what is declared anonymous. */
@Injectable()
export class VerbGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    const declared = this.reflector.get<DeclaredVerb | undefined>(VERB, execution.getHandler());
    if (!declared) return false;
    if (declared.anonymous || actContextOf(execution).actor) return true;
    throw new SignInNeeded();
  }
}
